#include "validator/finding_text.hpp"

#include <algorithm>

#include "base/numbers.hpp"

namespace cosp {
namespace {

bool has(const Arguments& arguments, std::string_view name) {
  return std::any_of(arguments.begin(), arguments.end(),
                     [&](const auto& argument) { return argument.first == name; });
}

}  // namespace

FindingTexts::FindingTexts(const Form& form, std::string_view language)
    : form_(form),
      language_(form.language(language)),
      formatter_(form.has_language(language) ? language : form.language_tag(0)) {}

Argument FindingTexts::argument(const FindingArgument& value) {
  const auto text = [&](TextId id) { return std::string(form_.text(id, language_).value); };
  if (const auto* string = std::get_if<std::string>(&value)) return *string;
  if (const auto* number = std::get_if<Decimal>(&value)) return *number;
  if (const auto* count = std::get_if<std::int64_t>(&value)) return *count;
  if (const auto* date = std::get_if<Date>(&value)) return *date;
  if (const auto* reference = std::get_if<TextReference>(&value)) return text(reference->id);
  if (const auto* name = std::get_if<TextName>(&value)) return phrase(name->id);
  std::vector<std::string> items;
  for (const TextReference& reference : std::get<std::vector<TextReference>>(value))
    items.push_back(text(reference.id));
  return items;
}

FindingText FindingTexts::text(const Finding& finding) {
  Arguments arguments;
  for (const auto& [name, value] : finding.arguments) arguments.emplace_back(name, argument(value));
  // What every message may use.
  if (!has(arguments, "question")) arguments.emplace_back("question", label(finding));
  if (!has(arguments, "written")) arguments.emplace_back("written", finding.written);
  if (!has(arguments, "expected")) arguments.emplace_back("expected", expected(finding));
  FindingText result;
  result.message = phrase(finding.text + ".message", arguments);
  result.why = phrase(finding.text + ".why", arguments);
  // Whoever fills in a workbook sees cells and lists, not codes and brackets.
  std::string mend = finding.text + ".mend_in_cell";
  if (finding.cell.empty() || form_.find_text(mend) == kNone) mend = finding.text + ".mend";
  if (form_.find_text(mend) != kNone) result.mend = phrase(mend, arguments);
  return result;
}

std::string FindingTexts::phrase(std::string_view id, const Arguments& arguments) {
  return formatter_.format(form_.text(id, language_).value, arguments);
}

std::string FindingTexts::text(const Unchecked& unchecked) {
  Arguments arguments;
  for (const auto& [name, value] : unchecked.arguments)
    arguments.emplace_back(name, argument(value));
  return phrase(unchecked.id, arguments);
}

std::string FindingTexts::label(const Finding& finding) const {
  const Place& place = finding.place;
  const auto text = [&](TextId id) { return std::string(form_.text(id, language_).value); };
  if (place.registry == kNone)
    return place.question == kNone ? std::string() : text(form_.question(place.question).label);
  if (place.column != kNone) return text(form_.column(place.column).label);
  return text(form_.registry(place.registry).title);
}

std::string FindingTexts::heading(const Finding& finding) const {
  const Place& place = finding.place;
  const auto text = [&](TextId id) { return std::string(form_.text(id, language_).value); };
  if (place.registry != kNone)
    return place.column == kNone ? std::string() : text(form_.registry(place.registry).title);
  if (place.question == kNone) return {};
  return text(form_.block(form_.question(place.question).block).title);
}

std::optional<std::string> FindingTexts::given(const Finding& finding, std::string_view name) {
  for (const auto& [known, value] : finding.arguments)
    if (known == name) return formatter_.format("{" + known + "}", {{known, argument(value)}});
  return std::nullopt;
}

std::string FindingTexts::written(const Finding& finding) {
  return given(finding, "written").value_or(finding.written);
}

std::string FindingTexts::expected(const Finding& finding) {
  if (auto labels = given(finding, "expected")) return std::move(*labels);
  // What the engine expects by the name of a standard is told by an example.
  if (const std::string example = finding.text + ".expected";
      !finding.expected.empty() && form_.find_text(example) != kNone)
    return phrase(example);
  return finding.expected;
}

std::string FindingTexts::provisions(const Finding& finding) const {
  std::vector<std::string> codes;
  for (const std::uint32_t provision : finding.provisions)
    codes.emplace_back(form_.number(form_.provisions()[provision]));
  return format_list(codes, language());
}

FindingText finding_text(const Form& form, std::string_view language, const Finding& finding) {
  return FindingTexts(form, language).text(finding);
}

}  // namespace cosp
