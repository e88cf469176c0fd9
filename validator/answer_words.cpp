#include "validator/answer_words.hpp"

namespace cosp {
namespace {

/// Joins with "; ": the parts may contain commas.
void append(std::string& joined, std::string_view part) {
  if (!joined.empty()) joined += "; ";
  joined += part;
}

std::string choice_codes(const Form& form, const Field& field, const Answer& answer) {
  std::string codes;
  const auto options = form.options_of(field.list);
  for (std::size_t i = 0; i < options.size(); ++i)
    if (answer.mask >> i & 1) append(codes, form.string(options[i].code));
  return codes;
}

std::string joined_items(const Submission& submission, const Answer& answer) {
  std::string joined;
  for (const std::string& item : submission.items_of(answer)) append(joined, item);
  return joined;
}

std::string money(const Submission& submission, const Answer& answer) {
  const auto currency = submission.items_of(answer);
  return answer.number.to_string() + (currency.empty() ? "" : " " + currency.front());
}

std::string provision_codes(const Form& form, const Submission& submission, const Answer& answer) {
  std::string codes;
  for (const std::uint32_t provision : submission.numbers_of(answer))
    if (provision < form.provisions().size())
      append(codes, form.string(form.provisions()[provision].code));
  return codes;
}

/// Ids of rows, or what names them to a reader.
std::string cited_rows(const Form& form, const Submission& submission, const Field& field,
                       const Answer& answer, bool for_reader) {
  std::string rows;
  if (field.registry >= submission.registers.size()) return rows;
  for (const std::uint32_t row : submission.numbers_of(answer)) {
    if (row >= submission.registers[field.registry].size()) continue;
    append(rows, for_reader ? title_of_row(form, submission, field.registry, row)
                            : submission.registers[field.registry][row].id);
  }
  return rows;
}

std::string plain_value(const Form& form, const Submission& submission, const Field& field,
                        const Answer& answer, bool for_reader) {
  switch (field.type) {
    case QuestionType::status:
    case QuestionType::single:
    case QuestionType::multi:
    case QuestionType::yes_no: return choice_codes(form, field, answer);
    case QuestionType::number: return answer.number.to_string();
    case QuestionType::money: return money(submission, answer);
    case QuestionType::text:
    case QuestionType::long_text: return std::string(submission.original_text(answer));
    case QuestionType::date: return answer.date.to_string();
    case QuestionType::period: return answer.date.to_string() + " – " + answer.end.to_string();
    case QuestionType::reference: return cited_rows(form, submission, field, answer, for_reader);
    case QuestionType::provisions: return provision_codes(form, submission, answer);
    case QuestionType::language:
    case QuestionType::languages:
    case QuestionType::submitter:
    case QuestionType::email:
    case QuestionType::phone: return joined_items(submission, answer);
  }
  return {};
}

}  // namespace

std::string shorten_written(std::string_view text) {
  std::size_t characters = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool starts = (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
    // The ellipsis is the last of the characters allowed.
    if (starts && ++characters == kWrittenCharacters) {
      std::size_t end = i + 1;
      while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
      if (end == text.size()) break;
      return std::string(text.substr(0, i)) + "…";
    }
  }
  return std::string(text);
}

std::string written_answer(const Form& form, const Submission& submission, const Field& field,
                           const Answer& answer) {
  if (answer.is_absent()) return {};
  if (answer.has_reason()) return std::string(to_string(answer.reason));
  if (field.is_personal) return std::string(kMasked);
  return shorten_written(plain_value(form, submission, field, answer, false));
}

FindingArgument readable_answer(const Form& form, const Submission& submission, const Field& field,
                                const Answer& answer) {
  if (answer.is_absent()) return TextName{"report.not_answered"};
  if (answer.has_reason()) return TextName{"reason." + std::string(to_string(answer.reason))};
  if (field.is_personal) return std::string(kMasked);
  if (is_choice(field.type)) {
    std::vector<TextReference> labels;
    const auto options = form.options_of(field.list);
    for (std::size_t i = 0; i < options.size(); ++i)
      if (answer.mask >> i & 1) labels.push_back({options[i].label});
    return labels;
  }
  if (field.type == QuestionType::number) return answer.number;
  if (field.type == QuestionType::date) return answer.date;
  return shorten_written(plain_value(form, submission, field, answer, true));
}

void set_written(const Form& form, const Submission& submission, const Field& field,
                 const Answer& answer, Finding& finding) {
  finding.written = written_answer(form, submission, field, answer);
  if (answer.is_absent()) return;
  const bool has_labels =
      answer.has_reason() || is_choice(field.type) || field.type == QuestionType::reference;
  if (has_labels)
    finding.arguments.emplace_back("written", readable_answer(form, submission, field, answer));
}

std::string title_of_row(const Form& form, const Submission& submission, std::uint32_t registry,
                         std::uint32_t row) {
  const Register& declared = form.registry(registry);
  const std::string& id = submission.registers[registry][row].id;
  if (declared.title_column == kNone) return id;
  const Column& column = form.column(declared.title_column);
  const Answer& cell = submission.cell(form, registry, row, declared.title_column);
  // A reference as title would lead on to another row; its id is enough.
  if (!cell.has_value() || column.is_personal) return id;
  std::string title = plain_value(form, submission, column, cell, false);
  return title.empty() ? id : shorten_written(title);
}

PlacedAnswer answer_at(const Form& form, const Submission& submission, const Place& place) {
  if (place.registry != kNone) {
    if (place.column == kNone || place.row == kNone) return {};
    return {&form.column(place.column),
            &submission.cell(form, place.registry, place.row, place.column)};
  }
  if (place.question == kNone) return {};
  return {&form.question(place.question), &submission.answers[place.question]};
}

}  // namespace cosp
