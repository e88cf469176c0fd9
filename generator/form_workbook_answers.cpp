#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "generator/form_workbook_book.hpp"

namespace cosp {
namespace {

using workbook::Property;

/// The text as cells keep it, each but the last saying that it goes on.
std::vector<std::string> cells_of(std::string_view text) {
  const std::string escaped = workbook::escape_cell(text);
  std::string_view rest = escaped;
  std::vector<std::string> cells;
  while (true) {
    const std::string_view piece = first_units(rest, workbook::kMostUnits);
    cells.emplace_back(piece);
    rest.remove_prefix(piece.size());
    if (rest.empty()) return cells;
    cells.back() += workbook::kContinued;
  }
}

bool is_exact_in_cell(const Decimal& number) {
  std::int64_t rest = number.coefficient();
  int digits = 0;
  for (; rest != 0; rest /= 10) ++digits;
  return digits <= workbook::kMostDigits;
}

/// A name within a row label: on one line, without what separates labels.
std::string label_name(std::string_view name) {
  constexpr std::size_t kMost = 120;
  std::string clean;
  for (const char c : first_units(name, kMost)) clean += c == '\n' ? ' ' : c == ';' ? ',' : c;
  return clean;
}

Look look_of(const Field& field) {
  switch (field.type) {
    case QuestionType::status:
    case QuestionType::single:
    case QuestionType::yes_no: return Look::choice;
    case QuestionType::number:
    case QuestionType::money: return field.decimals == 0 ? Look::whole_number : Look::figure;
    case QuestionType::date:
    case QuestionType::period: return Look::date;
    default: return Look::text;
  }
}

}  // namespace

void FormBook::write_texts(lxw_worksheet* sheet, std::uint32_t row, std::uint16_t column,
                           std::span<const LocalText> versions, const std::string& code,
                           bool is_personal, Look look) {
  std::vector<TextLine>& lines = is_personal ? personal_texts : further_texts;
  const std::string& language = submission.header.language;
  std::string shown;
  for (const LocalText& version : versions) {
    std::vector<std::string> cells = cells_of(version.text);
    std::size_t next = 0;
    if (version.language == language) shown = cells[next++];
    for (; next < cells.size(); ++next) {
      const bool is_original = version.is_original && version.language != language && next == 0;
      lines.push_back({code, version.language, std::move(cells[next]), is_original});
    }
  }
  text(sheet, row, column, shown, look);
}

std::string FormBook::joined_rows(std::uint32_t registry, std::span<const std::uint32_t> rows) {
  std::string joined;
  for (const std::uint32_t row : rows) {
    if (row >= submission.registers[registry].size()) continue;
    joined += (joined.empty() ? "" : "; ") + row_label(registry, row);
  }
  return joined;
}

std::string FormBook::joined_items(const Field& field, const Answer& answer) {
  std::string joined;
  const auto add = [&](std::string_view item) {
    joined += (joined.empty() ? "" : "; ") + std::string(item);
  };
  switch (field.type) {
    case QuestionType::provisions:
      for (const std::uint32_t index : submission.numbers_of(answer))
        add(form.string(form.provisions()[index].code));
      break;
    case QuestionType::multi:
      for (std::uint32_t i = 0; i < form.options_of(field.list).size(); ++i)
        if ((answer.mask >> i & 1) != 0) add(words.joined_option(field.list, i));
      break;
    case QuestionType::reference: return joined_rows(field.registry, submission.numbers_of(answer));
    default:
      for (const std::string& item : submission.items_of(answer)) add(item);
  }
  return joined;
}

/// What the cell of a value says, as far as it is words.
std::string FormBook::cell_words(const Field& field, const Answer& answer) {
  if (!answer.has_value()) return {};
  switch (field.type) {
    case QuestionType::status:
    case QuestionType::single:
    case QuestionType::yes_no:
      for (std::uint32_t i = 0; i < form.options_of(field.list).size(); ++i)
        if ((answer.mask >> i & 1) != 0) return words.option(field.list, i);
      return {};
    case QuestionType::number:
    case QuestionType::money: return answer.number.to_string();
    case QuestionType::date:
    case QuestionType::period: return answer.date.to_string();
    case QuestionType::text:
    case QuestionType::long_text:
      for (const LocalText& version : submission.texts_of(answer))
        if (version.language == submission.header.language) return cells_of(version.text).front();
      return {};
    default: return joined_items(field, answer);
  }
}

bool FormBook::fills_cells(std::uint32_t registry, std::uint32_t row) const {
  if (row == kNone) return false;
  const Register& declared = form.registry(registry);
  for (std::uint32_t c = 0; c < declared.columns.count; ++c) {
    const std::uint32_t index = declared.columns.first + c;
    const Answer& cell = submission.registers[registry][row].cells[c];
    if (form.column(index).is_personal || !has_value_in_cells(form.column(index), cell)) continue;
    if (!plan.holds_cell_back(
            cell_code(form, registry, submission.registers[registry][row].id, index)))
      return true;
  }
  return false;
}

std::string FormBook::row_name(std::uint32_t registry, std::uint32_t row) {
  const Register& declared = form.registry(registry);
  const Row& entry = submission.registers[registry][row];
  const RegisterPlace& place = plan.registers[registry];
  // An entry that is held back has its number only.
  if (std::find(place.rows.begin(), place.rows.end(), row) == place.rows.end()) return {};
  if (declared.title_column == kNone || form.column(declared.title_column).is_personal) return {};
  if (plan.holds_cell_back(cell_code(form, registry, entry.id, declared.title_column))) return {};
  const Answer& cell = entry.cells[declared.title_column - declared.columns.first];
  return label_name(cell_words(form.column(declared.title_column), cell));
}

std::string FormBook::row_label(std::uint32_t registry, std::uint32_t row) {
  return workbook::escape_cell(
      workbook::row_label(row_name(registry, row), submission.registers[registry][row].id));
}

bool FormBook::has_value_in_cells(const Field& field, const Answer& answer) const {
  if (!answer.has_value() || answer.origin == Origin::shared) return false;
  if (!is_text(field.type)) return true;
  const auto versions = submission.texts_of(answer);
  return std::any_of(versions.begin(), versions.end(), [&](const LocalText& version) {
    return version.language == submission.header.language;
  });
}

bool FormBook::is_required(const Field& field) const {
  if (field.required == Requirement::never) return false;
  return field.required != Requirement::parties || evaluation.owes_answers();
}

Standing FormBook::standing_of(std::uint32_t question) const {
  const Answer& answer = submission.answers[question];
  if (!evaluation.is_asked(question)) return Standing::not_asked;
  const bool is_unconfirmed =
      answer.origin == Origin::prefilled || answer.origin == Origin::carried_over;
  if (answer.origin == Origin::shared || answer.is_absent())
    return is_required(form.question(question)) ? Standing::required : Standing::open;
  if (answer.has_reason())
    return is_unconfirmed ? Standing::reasoned_unconfirmed : Standing::reasoned;
  return is_unconfirmed ? Standing::given_unconfirmed : Standing::given;
}

void FormBook::write_value(lxw_worksheet* sheet, std::uint32_t row, std::uint16_t column,
                           const AnswerAt& at, bool is_known) {
  const Look look = is_known ? Look::known : look_of(at.field);
  if (!at.answer.has_value() || at.answer.origin == Origin::shared)
    return text(sheet, row, column, {}, look);
  switch (at.field.type) {
    case QuestionType::text:
    case QuestionType::long_text:
      return write_texts(sheet, row, column, submission.texts_of(at.answer), at.code,
                         at.field.is_personal, look);
    case QuestionType::number:
    case QuestionType::money: {
      const Decimal& figure = at.answer.number;
      if (!is_exact_in_cell(figure))
        return text(sheet, row, column, figure.to_string(), Look::text);
      return number(sheet, row, column, figure.approximate(),
                    look == Look::whole_number && figure.decimals() > 0 ? Look::figure : look);
    }
    case QuestionType::date:
    case QuestionType::period:
      return day(sheet, row, column, at.answer.date, is_known ? Look::known_date : look);
    case QuestionType::reference:
    case QuestionType::status:
    case QuestionType::single:
    case QuestionType::yes_no:
      return text(sheet, row, column, cell_words(at.field, at.answer), look);
    default:
      return text(sheet, row, column, workbook::escape_cell(cell_words(at.field, at.answer)), look);
  }
}

void FormBook::write_second(lxw_worksheet* sheet, std::uint32_t row, std::uint16_t column,
                            const AnswerAt& at, bool is_known) {
  const bool is_period = at.field.type == QuestionType::period;
  const Look look = is_known ? (is_period ? Look::known_date : Look::known)
                             : (is_period ? Look::date : Look::text);
  if (!at.answer.has_value()) return text(sheet, row, column, {}, look);
  if (is_period) return day(sheet, row, column, at.answer.end, look);
  text(sheet, row, column, workbook::escape_cell(joined_items(at.field, at.answer)), look);
}

void FormBook::write_property(lxw_worksheet* sheet, std::uint32_t row, std::uint16_t column,
                              Property property, const AnswerAt& at, Visibility floor) {
  const Answer& answer = at.answer;
  const AnswerExtra* extra = submission.extra_of(answer);
  const bool is_there = answer.origin != Origin::shared && !answer.is_rejected;
  const auto& declared = form.tables().reasons[static_cast<std::size_t>(answer.reason)];
  std::string said;
  switch (property) {
    case Property::answer: return write_value(sheet, row, column, at, false);
    case Property::reason:
      if (is_there && answer.has_reason()) said = words.reason(answer.reason);
      break;
    case Property::detail:
      if (is_there && answer.has_reason() && answer.detail != kNone &&
          declared.detail_list != kNone)
        said = words.option(declared.detail_list, answer.detail);
      break;
    case Property::rows:
      if (is_there && answer.has_reason() && extra != nullptr && declared.registry != kNone)
        said = joined_rows(declared.registry, extra->rows);
      break;
    case Property::expected_on:
      if (is_there && extra != nullptr && extra->expected_on)
        return day(sheet, row, column, *extra->expected_on, Look::date);
      return text(sheet, row, column, {}, Look::date);
    case Property::note:
      if (is_there && extra != nullptr)
        return write_texts(sheet, row, column, extra->note,
                           at.code + std::string(workbook::kNoteSuffix), at.field.is_personal,
                           Look::text);
      return text(sheet, row, column, {}, Look::text);
    case Property::visibility:
      if (is_there && answer.visibility > floor) said = words.visibility(answer.visibility);
      break;
    case Property::author:
      if (is_there && extra != nullptr) said = workbook::escape_cell(extra->author);
      break;
    case Property::origin:
      if (is_there && answer.origin != Origin::typed) said = words.origin(answer.origin);
      break;
  }
  const bool is_choice = property == Property::reason || property == Property::detail ||
                         property == Property::visibility || property == Property::origin;
  text(sheet, row, column, said, is_choice ? Look::choice : Look::text);
}

}  // namespace cosp
