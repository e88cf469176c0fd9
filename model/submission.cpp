#include "model/submission.hpp"

#include <algorithm>

namespace cosp {
namespace {

/// A member's name within an RFC 6901 pointer.
std::string pointer_token(std::string_view name) {
  std::string token = "/";
  for (const char c : name) {
    if (c == '~')
      token += "~0";
    else if (c == '/')
      token += "~1";
    else
      token += c;
  }
  return token;
}

std::string_view row_id(const Submission& submission, const Place& place) {
  const auto& rows = submission.registers;
  if (place.registry >= rows.size() || place.row >= rows[place.registry].size()) return {};
  return rows[place.registry][place.row].id;
}

/// The cell as an answer of a question of the same type: choices go by their codes when the lists
/// differ.
Answer shared_answer(const Form& form, const Column& column, const Question& question,
                     const Answer& cell) {
  Answer answer = cell;
  answer.origin = Origin::shared;
  answer.visibility = std::max(cell.visibility, question.floor);
  if (!is_choice(question.type) || column.list == question.list) return answer;
  answer.mask = 0;
  const auto options = form.options_of(column.list);
  for (std::size_t i = 0; i < options.size(); ++i) {
    if ((cell.mask >> i & 1) == 0) continue;
    const std::uint32_t position = form.find_option(question.list, form.string(options[i].code));
    if (position != kNone) answer.mask |= std::uint64_t{1} << position;
  }
  if (cell.has_value() && answer.mask == 0) answer.state = Answer::State::absent;
  return answer;
}

/// Gives one block the answers of one row.
void share_row(const Form& form, Submission& submission, const SharedDeclaration& shared,
               const Row& row, std::uint32_t block) {
  const Register& registry = form.registry(shared.registry);
  for (const SharedColumn& pair :
       form.tables().shared_columns.subspan(shared.columns.first, shared.columns.count)) {
    const std::uint32_t question = form.find_question(form.block(block), form.string(pair.suffix));
    if (question == kNone) continue;
    const Column& column = form.column(pair.column);
    const bool is_same_type = column.type == form.question(question).type ||
                              (is_text(column.type) && is_text(form.question(question).type));
    const Answer& cell = row.cells[pair.column - registry.columns.first];
    Answer& answer = submission.answers[question];
    if (!is_same_type || cell.is_absent() || !answer.is_absent() || answer.is_rejected) continue;
    answer = shared_answer(form, column, form.question(question), cell);
  }
}

}  // namespace

std::span<const LocalText> Submission::texts_of(const Answer& answer) const {
  return std::span(texts).subspan(answer.content.first, answer.content.count);
}

std::span<const std::string> Submission::items_of(const Answer& answer) const {
  return std::span(items).subspan(answer.content.first, answer.content.count);
}

std::span<const std::uint32_t> Submission::numbers_of(const Answer& answer) const {
  return std::span(numbers).subspan(answer.content.first, answer.content.count);
}

const AnswerExtra* Submission::extra_of(const Answer& answer) const {
  return answer.extra == kNone ? nullptr : &extras[answer.extra];
}

std::string_view Submission::original_text(const Answer& answer) const {
  const auto versions = texts_of(answer);
  for (const LocalText& version : versions)
    if (version.is_original) return version.text;
  return versions.empty() ? std::string_view{} : std::string_view(versions.front().text);
}

std::uint32_t Submission::find_row(std::uint32_t registry, std::string_view id) const {
  if (registry >= registers.size()) return kNone;
  const std::vector<Row>& rows = registers[registry];
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (rows[i].id == id) return static_cast<std::uint32_t>(i);
  return kNone;
}

const Answer& Submission::cell(const Form& form, std::uint32_t registry, std::uint32_t row,
                               std::uint32_t column) const {
  return registers[registry][row].cells[column - form.registry(registry).columns.first];
}

bool has_rejected(const Submission& submission) {
  const auto is_rejected = [](const Answer& answer) { return answer.is_rejected; };
  if (std::ranges::any_of(submission.answers, is_rejected)) return true;
  for (const std::vector<Row>& rows : submission.registers)
    for (const Row& row : rows)
      if (std::ranges::any_of(row.cells, is_rejected)) return true;
  return false;
}

std::string place_name(const Form& form, const Submission& submission, const Place& place) {
  if (place.registry == kNone)
    return place.question == kNone ? std::string{}
                                   : std::string(form.code(form.question(place.question)));
  std::string name(form.string(form.registry(place.registry).code));
  if (place.row == kNone && place.column == kNone) return name;
  (name += '/') += row_id(submission, place);
  if (place.column != kNone) (name += '/') += form.code(form.column(place.column));
  return name;
}

Place find_place(const Form& form, const Submission& submission, std::string_view name) {
  Place place;
  const std::size_t slash = name.find('/');
  if (slash == std::string_view::npos) {
    place.question = form.find_question(name);
    return place;
  }
  place.registry = form.find_register(name.substr(0, slash));
  if (place.registry == kNone) return place;
  std::string_view row = name.substr(slash + 1);
  // Ids have no slash, columns neither.
  if (const std::size_t second = row.find('/'); second != std::string_view::npos) {
    place.column = form.find_column(form.registry(place.registry), row.substr(second + 1));
    row = row.substr(0, second);
  }
  place.row = submission.find_row(place.registry, row);
  return place;
}

std::string json_pointer(const Form& form, const Submission& submission, const Place& place) {
  if (place.registry == kNone) {
    if (place.question == kNone) return {};
    const Question& question = form.question(place.question);
    return (question.is_personal ? "/contacts/answers" : "/answers") +
           pointer_token(form.code(question));
  }
  const std::string registry = pointer_token(form.string(form.registry(place.registry).code));
  const bool is_personal = place.column != kNone && form.column(place.column).is_personal;
  std::string pointer = (is_personal ? "/contacts/registers" : "/registers") + registry;
  if (place.row == kNone) return pointer;
  if (is_personal)
    pointer += pointer_token(row_id(submission, place));
  else
    pointer += '/' + std::to_string(place.row);
  if (place.column == kNone) return pointer;
  if (!is_personal) pointer += "/values";
  return pointer + pointer_token(form.code(form.column(place.column)));
}

void share_answers(const Form& form, Submission& submission) {
  for (const SharedDeclaration& shared : form.tables().shared) {
    const Column& blocks = form.column(shared.blocks_column);
    const auto options = form.options_of(blocks.list);
    const std::uint32_t first = form.registry(shared.registry).columns.first;
    for (const Row& row : submission.registers[shared.registry]) {
      const Answer& named = row.cells[shared.blocks_column - first];
      if (!named.has_value()) continue;
      for (std::size_t i = 0; i < options.size(); ++i)
        if ((named.mask >> i & 1) != 0 && options[i].block != kNone)
          share_row(form, submission, shared, row, options[i].block);
    }
  }
}

}  // namespace cosp
