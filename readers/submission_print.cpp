#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include "readers/json_write.hpp"
#include "readers/submission_answers.hpp"
#include "readers/submission_writer.hpp"

namespace cosp {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kLineBytes = 110;

/// Prints for people: what is short stays on one line, else each member has its own.
class Printer {
 public:
  std::string take() && { return std::move(out_); }

  void open(char bracket) {
    out_ += bracket;
    indent_ += 2;
    is_first_ = true;
  }
  void close(char bracket) {
    indent_ -= 2;
    if (!is_first_) line();
    out_ += bracket;
    is_first_ = false;
  }
  /// The start of a member's or an element's line.
  void item() {
    if (!is_first_) out_ += ',';
    is_first_ = false;
    line();
  }
  void member(std::string_view key) {
    item();
    append_string(out_, key);
    out_ += ": ";
  }
  /// JSON as it stands, letter by letter.
  void raw(std::string_view json) { out_ += json; }
  void value(const Json& json) {
    const std::string dumped = json.dump();
    if (!json.is_structured() || json.empty() || dumped.size() + indent_ <= kLineBytes) {
      out_ += dumped;
      return;
    }
    open(json.is_object() ? '{' : '[');
    for (const auto& entry : json.items()) {
      if (json.is_object())
        member(entry.key());
      else
        item();
      value(entry.value());
    }
    close(json.is_object() ? '}' : ']');
  }

 private:
  void line() { (out_ += '\n').append(indent_, ' '); }

  std::string out_;
  std::size_t indent_ = 0;
  bool is_first_ = true;
};

/// An answer that is nothing but its value is written bare, unless it would then be taken for a
/// long form.
const Json& bare(const Json& answer) {
  if (!answer.is_object() || answer.size() != 1 || !answer.contains("value")) return answer;
  const Json& value = answer.at("value");
  const auto is_member_of = [&](std::string_view name) { return value.contains(name); };
  if (value.is_object() && std::ranges::any_of(long_form_members(), is_member_of)) return answer;
  return value;
}

void make_bare(Json& object) {
  for (Json& member : object) member = Json(bare(member));
}

void print_answers(Printer& printer, const Form& form, const Json& answers,
                   const std::vector<UnknownAnswer>& unknown) {
  printer.open('{');
  for (const Question& question : form.questions()) {
    const auto found = answers.find(form.code(question));
    if (found == answers.end()) continue;
    printer.member(form.code(question));
    printer.value(bare(*found));
  }
  for (const UnknownAnswer& one : unknown) {
    printer.member(one.code);
    printer.raw(one.json);
  }
  printer.close('}');
}

}  // namespace

std::string full_json(const Form& form, const Submission& submission) {
  // What the form does not know may hold numbers that no parser keeps.
  Submission known = submission;
  known.unknown.clear();
  Json canonical = Json::parse(canonical_json(form, known));
  Json contacts = Json::parse(contacts_json(form, submission));
  for (Json& rows : canonical["registers"])
    for (Json& row : rows) make_bare(row["values"]);
  if (contacts.contains("answers")) make_bare(contacts["answers"]);
  if (contacts.contains("registers"))
    for (Json& rows : contacts["registers"])
      for (Json& row : rows) make_bare(row);
  if (!contacts.empty()) canonical["contacts"] = std::move(contacts);
  Printer printer;
  printer.open('{');
  for (const char* name :
       {"format", "form", "cycle", "submitter", "revision", "stage", "language", "purpose",
        "period", "parts", "answers", "registers", "explanations", "contacts"}) {
    if (!canonical.contains(name)) continue;
    printer.member(name);
    if (std::string_view(name) == "answers")
      print_answers(printer, form, canonical.at(name), submission.unknown);
    else
      printer.value(canonical.at(name));
  }
  printer.close('}');
  return std::move(printer).take() + '\n';
}

}  // namespace cosp
