#include "readers/submission_writer.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include "base/digest.hpp"
#include "readers/json_write.hpp"

namespace cosp {
namespace {

/// An object or an array that is being written: puts the commas. Members are given in the order of
/// RFC 8785.
class Writer {
 public:
  Writer(std::string& out, char open, char close) : out_(out), close_(close) { out_ += open; }
  ~Writer() { out_ += close_; }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  std::string& element() {
    if (!is_first_) out_ += ',';
    is_first_ = false;
    return out_;
  }
  std::string& member(std::string_view key) {
    append_string(element(), key);
    return out_ += ':';
  }
  void text(std::string_view key, std::string_view value) { append_string(member(key), value); }

 private:
  std::string& out_;
  char close_;
  bool is_first_ = true;
};

/// Which answers are written.
enum class Part { open, contacts };

class SubmissionWriter {
 public:
  SubmissionWriter(const Form& form, const Submission& submission)
      : form_(form), submission_(submission) {}

  std::string canonical() const {
    std::string out;
    const SubmissionHeader& header = submission_.header;
    {
      Writer root(out, '{', '}');
      answers(root.member("answers"), Part::open, true);
      root.text("cycle", header.cycle);
      if (!submission_.explanations.empty()) explanations(root.member("explanations"));
      form(root.member("form"));
      root.text("format", "cosp-submission/1");
      if (!header.language.empty()) root.text("language", header.language);
      if (!header.parts.empty()) {
        Writer parts(root.member("parts"), '[', ']');
        for (const std::string& part : header.parts) append_string(parts.element(), part);
      }
      if (header.period) period(root.member("period"), header.period->start, header.period->end);
      root.text("purpose", to_string(header.purpose));
      registers(root.member("registers"));
      root.member("revision") += std::to_string(header.revision);
      root.text("stage", to_string(header.stage));
      Writer submitter(root.member("submitter"), '{', '}');
      submitter.text("code", header.submitter);
      submitter.text("kind", to_string(header.submitter_kind));
    }
    return out;
  }

  std::string contacts() const {
    std::string out;
    {
      Writer root(out, '{', '}');
      std::string personal;
      answers(personal, Part::contacts, false);
      if (personal != "{}") root.member("answers") += personal;
      if (const std::string rows = contact_registers(); rows != "{}")
        root.member("registers") += rows;
    }
    return out;
  }

 private:
  static bool is_written(const Field& field, const Answer& answer, Part part) {
    if (field.is_personal != (part == Part::contacts) || answer.is_rejected) return false;
    return (!answer.is_absent() || answer.extra != kNone) && answer.origin != Origin::shared;
  }

  void form(std::string& out) const {
    const SubmissionHeader& header = submission_.header;
    Writer form(out, '{', '}');
    form.text("id", header.form_id);
    if (!header.structure_digest.empty()) form.text("structure", header.structure_digest);
    form.text("version", header.form_version);
  }

  static void period(std::string& out, Date start, Date end) {
    Writer period(out, '{', '}');
    period.text("end", end.to_string());
    period.text("start", start.to_string());
  }

  /// Known and unknown codes in one order.
  void answers(std::string& out, Part part, bool with_unknown) const {
    std::vector<const UnknownAnswer*> unknown;
    if (with_unknown)
      for (const UnknownAnswer& one : submission_.unknown) unknown.push_back(&one);
    std::sort(unknown.begin(), unknown.end(), [](const UnknownAnswer* a, const UnknownAnswer* b) {
      return is_utf16_less(a->code, b->code);
    });
    auto next = unknown.begin();
    Writer object(out, '{', '}');
    for (const std::uint32_t index : form_.tables().questions_by_code) {
      const Question& question = form_.question(index);
      if (!is_written(question, submission_.answers[index], part)) continue;
      for (; next != unknown.end() && is_utf16_less((*next)->code, form_.code(question)); ++next)
        object.member((*next)->code) += (*next)->json;
      answer(object.member(form_.code(question)), question, question.floor,
             submission_.answers[index]);
    }
    for (; next != unknown.end(); ++next) object.member((*next)->code) += (*next)->json;
  }

  std::vector<std::uint32_t> sorted_registers() const {
    std::vector<std::uint32_t> sorted(form_.registers().size());
    std::iota(sorted.begin(), sorted.end(), 0U);
    std::sort(sorted.begin(), sorted.end(), [&](std::uint32_t a, std::uint32_t b) {
      return form_.string(form_.registry(a).code) < form_.string(form_.registry(b).code);
    });
    std::erase_if(sorted, [&](std::uint32_t i) { return submission_.registers[i].empty(); });
    return sorted;
  }

  std::vector<std::uint32_t> sorted_columns(const Register& registry) const {
    std::vector<std::uint32_t> sorted(registry.columns.count);
    std::iota(sorted.begin(), sorted.end(), registry.columns.first);
    std::sort(sorted.begin(), sorted.end(), [&](std::uint32_t a, std::uint32_t b) {
      return form_.code(form_.column(a)) < form_.code(form_.column(b));
    });
    return sorted;
  }

  void registers(std::string& out) const {
    Writer object(out, '{', '}');
    for (const std::uint32_t index : sorted_registers()) {
      const Register& registry = form_.registry(index);
      const std::vector<std::uint32_t> columns = sorted_columns(registry);
      Writer rows(object.member(form_.string(registry.code)), '[', ']');
      for (const Row& row : submission_.registers[index]) {
        Writer written(rows.element(), '{', '}');
        if (!row.id.empty()) written.text("id", row.id);
        cells(written.member("values"), registry, columns, row, Part::open);
      }
    }
  }

  std::string contact_registers() const {
    std::string out;
    {
      Writer object(out, '{', '}');
      for (const std::uint32_t index : sorted_registers()) {
        const std::vector<std::uint32_t> columns = sorted_columns(form_.registry(index));
        const auto rows_with = contact_rows(index, columns);
        if (rows_with.empty()) continue;
        Writer rows(object.member(form_.string(form_.registry(index).code)), '{', '}');
        for (const Row* row : rows_with)
          cells(rows.member(row->id), form_.registry(index), columns, *row, Part::contacts);
      }
    }
    return out;
  }

  /// The rows that have contacts, by id; of two rows of one id the first.
  std::vector<const Row*> contact_rows(std::uint32_t index,
                                       const std::vector<std::uint32_t>& columns) const {
    const std::uint32_t first = form_.registry(index).columns.first;
    std::vector<const Row*> rows;
    for (const Row& row : submission_.registers[index]) {
      const bool has_contact =
          std::any_of(columns.begin(), columns.end(), [&](std::uint32_t column) {
            return is_written(form_.column(column), row.cells[column - first], Part::contacts);
          });
      if (has_contact && !row.id.empty()) rows.push_back(&row);
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const Row* a, const Row* b) { return is_utf16_less(a->id, b->id); });
    rows.erase(std::unique(rows.begin(), rows.end(),
                           [](const Row* a, const Row* b) { return a->id == b->id; }),
               rows.end());
    return rows;
  }

  void cells(std::string& out, const Register& registry, const std::vector<std::uint32_t>& columns,
             const Row& row, Part part) const {
    Writer object(out, '{', '}');
    for (const std::uint32_t index : columns) {
      const Column& column = form_.column(index);
      const Answer& cell = row.cells[index - registry.columns.first];
      if (is_written(column, cell, part))
        answer(object.member(form_.code(column)), column, std::max(registry.floor, column.floor),
               cell);
    }
  }

  void answer(std::string& out, const Field& field, Visibility floor, const Answer& answer) const {
    const AnswerExtra* extra = submission_.extra_of(answer);
    Writer object(out, '{', '}');
    if (extra != nullptr && !extra->author.empty()) object.text("author", extra->author);
    if (answer.has_reason()) detail(object, answer);
    if (extra != nullptr && extra->expected_on)
      object.text("expected_on", extra->expected_on->to_string());
    if (extra != nullptr && !extra->note.empty()) texts(object.member("note"), extra->note);
    if (answer.origin != Origin::typed) object.text("origin", to_string(answer.origin));
    if (answer.has_value() && is_text(field.type)) original(object, submission_.texts_of(answer));
    if (answer.has_reason()) object.text("reason", to_string(answer.reason));
    if (answer.has_reason() && extra != nullptr && !extra->rows.empty())
      rows(object.member("rows"),
           form_.tables().reasons[static_cast<std::size_t>(answer.reason)].registry, extra->rows);
    if (answer.has_value()) value(object.member("value"), field, answer);
    if (answer.visibility > floor) object.text("visibility", to_string(answer.visibility));
  }

  void detail(Writer& object, const Answer& answer) const {
    const std::uint32_t list =
        form_.tables().reasons[static_cast<std::size_t>(answer.reason)].detail_list;
    if (answer.detail != kNone && list != kNone)
      object.text("detail", form_.string(form_.options_of(list)[answer.detail].code));
  }

  static void original(Writer& object, std::span<const LocalText> versions) {
    if (versions.size() < 2) return;
    for (const LocalText& version : versions)
      if (version.is_original) return object.text("original", version.language);
  }

  /// A text in the submission's own language stands alone.
  void texts(std::string& out, std::span<const LocalText> versions) const {
    if (versions.size() == 1 && versions.front().language == submission_.header.language)
      return append_string(out, versions.front().text);
    std::vector<const LocalText*> sorted;
    for (const LocalText& version : versions) sorted.push_back(&version);
    std::sort(sorted.begin(), sorted.end(),
              [](const LocalText* a, const LocalText* b) { return a->language < b->language; });
    Writer object(out, '{', '}');
    for (const LocalText* version : sorted) object.text(version->language, version->text);
  }

  void rows(std::string& out, std::uint32_t registry,
            std::span<const std::uint32_t> numbers) const {
    Writer array(out, '[', ']');
    for (const std::uint32_t row : numbers)
      append_string(array.element(), submission_.registers[registry][row].id);
  }

  void options(std::string& out, const Field& field, const Answer& answer) const {
    const auto offered = form_.options_of(field.list);
    Writer array(out, '[', ']');
    for (std::size_t i = 0; i < offered.size(); ++i)
      if ((answer.mask >> i & 1) != 0)
        append_string(array.element(), form_.string(offered[i].code));
  }

  void value(std::string& out, const Field& field, const Answer& answer) const {
    switch (field.type) {
      case QuestionType::status:
      case QuestionType::single:
      case QuestionType::yes_no:
        return append_string(out, form_.string(chosen(field, answer).code));
      case QuestionType::multi: return options(out, field, answer);
      case QuestionType::number: return append_string(out, answer.number.to_string());
      case QuestionType::money: {
        Writer object(out, '{', '}');
        object.text("amount", answer.number.to_string());
        object.text("currency", submission_.items_of(answer).front());
        return;
      }
      case QuestionType::text:
      case QuestionType::long_text: return texts(out, submission_.texts_of(answer));
      case QuestionType::date: return append_string(out, answer.date.to_string());
      case QuestionType::period: return period(out, answer.date, answer.end);
      case QuestionType::language:
      case QuestionType::submitter:
      case QuestionType::email:
      case QuestionType::phone: return append_string(out, submission_.items_of(answer).front());
      case QuestionType::languages: {
        Writer array(out, '[', ']');
        for (const std::string& tag : submission_.items_of(answer))
          append_string(array.element(), tag);
        return;
      }
      case QuestionType::reference:
        return rows(out, field.registry, submission_.numbers_of(answer));
      case QuestionType::provisions: {
        Writer array(out, '[', ']');
        for (const std::uint32_t index : submission_.numbers_of(answer))
          append_string(array.element(), form_.string(form_.provisions()[index].code));
        return;
      }
    }
  }

  const Option& chosen(const Field& field, const Answer& answer) const {
    std::size_t position = 0;
    while (position < 63 && (answer.mask >> position & 1) == 0) ++position;
    return form_.options_of(field.list)[position];
  }

  void explanations(std::string& out) const {
    Writer array(out, '[', ']');
    for (const Explanation& one : submission_.explanations) {
      Writer object(array.element(), '{', '}');
      if (!one.digest.empty()) object.text("answers", one.digest);
      object.text("place", one.place);
      object.text("rule", one.rule);
      texts(object.member("text"), one.text);
    }
  }

  const Form& form_;
  const Submission& submission_;
};

}  // namespace

std::string canonical_json(const Form& form, const Submission& submission) {
  return SubmissionWriter(form, submission).canonical();
}

std::string contacts_json(const Form& form, const Submission& submission) {
  return SubmissionWriter(form, submission).contacts();
}

}  // namespace cosp
