#include "validator/answer_digest.hpp"

#include <algorithm>
#include <tuple>

#include "base/digest.hpp"
#include "base/escape.hpp"

namespace cosp {
namespace {

constexpr std::size_t kDigits = 16;

/// Writes arrays without spaces.
class Canonical {
 public:
  Canonical(const Evaluation& evaluation) : evaluation_(evaluation) {}

  void question(std::uint32_t index) {
    const Field& field = evaluation_.form().question(index);
    begin(evaluation_.form().code(field));
    answer(field, evaluation_.answer(index));
    bytes_ += ']';
  }

  void row(RowScope scope) {
    const Form& form = evaluation_.form();
    const Row& row = evaluation_.submission().registers[scope.registry][scope.row];
    const Register& registry = form.registry(scope.registry);
    begin(std::string(form.string(registry.code)) + "/" + row.id);
    for (std::uint32_t i = 0; i < row.cells.size(); ++i) {
      if (i > 0) bytes_ += ',';
      answer(form.column(registry.columns.first + i), row.cells[i]);
    }
    bytes_ += ']';
  }

  std::string finish() { return bytes_ += bytes_.empty() ? "[]" : "]"; }

 private:
  void begin(std::string_view name) {
    bytes_ += bytes_.empty() ? "[" : ",";
    (bytes_ += '[') += escape::json_string(name);
    bytes_ += ',';
  }

  void string(std::string_view text) {
    // Most texts need no escape, and rows with long texts are read by many findings.
    const bool is_plain = std::all_of(text.begin(), text.end(), [](char c) {
      return c >= ' ' && c < 0x7F && c != '"' && c != '\\';
    });
    if (is_plain)
      ((bytes_ += '"') += text) += '"';
    else
      bytes_ += escape::json_string(text);
  }

  template <class Members, class Write>
  void array(const Members& members, Write write) {
    char separator = '[';
    for (const auto& member : members) {
      bytes_ += separator;
      separator = ',';
      write(member);
    }
    bytes_ += separator == '[' ? "[]" : "]";
  }

  void answer(const Field& field, const Answer& answer) {
    if (answer.is_absent()) {
      bytes_ += "null";
    } else if (answer.has_reason()) {
      bytes_ += "{\"reason\":";
      string(to_string(answer.reason));
      bytes_ += '}';
    } else if (field.is_personal) {
      bytes_ += "true";
    } else {
      value(field, answer);
    }
  }

  void value(const Field& field, const Answer& answer) {
    const Form& form = evaluation_.form();
    const Submission& submission = evaluation_.submission();
    if (is_choice(field.type)) {
      std::vector<std::string_view> codes;
      const auto options = form.options_of(field.list);
      for (std::size_t i = 0; i < options.size(); ++i)
        if (answer.mask >> i & 1) codes.push_back(form.string(options[i].code));
      array(codes, [&](std::string_view code) { string(code); });
    } else if (is_text(field.type)) {
      array(submission.texts_of(answer), [&](const LocalText& text) {
        (bytes_ += '[') += escape::json_string(text.language);
        bytes_ += ',';
        string(text.text);
        bytes_ += ']';
      });
    } else if (field.type == QuestionType::reference) {
      array(submission.numbers_of(answer),
            [&](std::uint32_t row) { string(submission.registers[field.registry][row].id); });
    } else if (field.type == QuestionType::provisions) {
      array(submission.numbers_of(answer), [&](std::uint32_t provision) {
        string(form.string(form.provisions()[provision].code));
      });
    } else {
      simple_value(field, answer);
    }
  }

  void simple_value(const Field& field, const Answer& answer) {
    std::vector<std::string> members;
    if (is_figure(field.type)) members.push_back(answer.number.to_string());
    if (field.type == QuestionType::date || field.type == QuestionType::period)
      members.push_back(answer.date.to_string());
    if (field.type == QuestionType::period) members.push_back(answer.end.to_string());
    for (const std::string& item : evaluation_.submission().items_of(answer))
      members.push_back(item);
    array(members, [&](const std::string& member) { string(member); });
  }

  const Evaluation& evaluation_;
  std::string bytes_;
};

}  // namespace

std::string answer_digest(const Evaluation& evaluation, const Trace& read) {
  std::vector<std::uint32_t> questions = read.questions;
  std::sort(questions.begin(), questions.end());
  questions.erase(std::unique(questions.begin(), questions.end()), questions.end());
  std::vector<RowScope> rows = read.rows;
  // By id, so that rows may change their order in the file.
  const auto& registers = evaluation.submission().registers;
  const auto key = [&](const RowScope& scope) {
    return std::tie(scope.registry, registers[scope.registry][scope.row].id);
  };
  std::sort(rows.begin(), rows.end(),
            [&](const RowScope& a, const RowScope& b) { return key(a) < key(b); });
  rows.erase(std::unique(rows.begin(), rows.end(),
                         [&](const RowScope& a, const RowScope& b) { return key(a) == key(b); }),
             rows.end());
  Canonical canonical(evaluation);
  for (const std::uint32_t question : questions) canonical.question(question);
  for (const RowScope& row : rows) canonical.row(row);
  return sha256_hex(canonical.finish()).substr(0, kDigits);
}

Trace trace_of(const Place& place) {
  Trace trace;
  if (place.registry != kNone && place.row != kNone)
    trace.rows.push_back({place.registry, place.row});
  else if (place.question != kNone)
    trace.questions.push_back(place.question);
  return trace;
}

}  // namespace cosp
