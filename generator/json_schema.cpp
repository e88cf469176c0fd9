#include "generator/json_schema.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace cosp {
namespace {

using Json = nlohmann::ordered_json;

/// Days from 1800 to 2200, in which 2000 is the only leap year that ends a century.
constexpr std::string_view kDatePattern =
    "^(?:(?:(?:1[89]|2[01])[0-9]{2}|2200)-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|"
    "(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))|"
    "(?:(?:1[89]|2[01])(?:0[48]|[2468][048]|[13579][26])|2000)-02-29)$";

/// Digits before and after the point of a bound without its sign.
struct Magnitude {
  std::string whole, fraction;
};

Magnitude magnitude_of(const Decimal& bound) {
  std::string text = bound.to_string();
  if (text.starts_with('-')) text.erase(0, 1);
  const std::size_t point = text.find('.');
  if (point == std::string::npos) return {text, {}};
  return {text.substr(0, point), text.substr(point + 1)};
}

/// Digits that are, at each place after the same ones in front, below (or above) the bound's.
void add_beside(const std::string& digits, bool below, const std::string& front, bool is_fraction,
                std::vector<std::string>& ways) {
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (digits[i] == (below ? '0' : '9')) continue;
    const std::string range = below ? fmt::format("[0-{}]", static_cast<char>(digits[i] - 1))
                                    : fmt::format("[{}-9]", static_cast<char>(digits[i] + 1));
    const std::string rest =
        is_fraction ? "[0-9]*" : fmt::format("[0-9]{{{}}}(?:\\.[0-9]+)?", digits.size() - i - 1);
    ways.push_back(fmt::format("{}{}{}{}", front, digits.substr(0, i), range, rest));
  }
}

/// Figures without sign and zeros in front that are at most the bound.
std::string at_most(const Magnitude& bound) {
  std::vector<std::string> ways;
  const std::string& whole = bound.whole;
  if (whole.size() > 1)
    ways.push_back(fmt::format("[0-9]{{1,{}}}(?:\\.[0-9]+)?", whole.size() - 1));
  add_beside(whole, true, "", false, ways);
  ways.push_back(whole + "(?:\\.0+)?");
  add_beside(bound.fraction, true, whole + "\\.", true, ways);
  for (std::size_t i = 1; i <= bound.fraction.size(); ++i)
    ways.push_back(whole + "\\." + bound.fraction.substr(0, i) + "0*");
  return fmt::format("(?:{})", fmt::join(ways, "|"));
}

/// Those that are at least the bound.
std::string at_least(const Magnitude& bound) {
  std::vector<std::string> ways;
  const std::string& whole = bound.whole;
  ways.push_back(fmt::format("[1-9][0-9]{{{},}}(?:\\.[0-9]+)?", whole.size()));
  add_beside(whole, false, "", false, ways);
  if (bound.fraction.empty())
    ways.push_back(whole + "(?:\\.[0-9]+)?");
  else
    ways.push_back(whole + "\\." + bound.fraction + "[0-9]*");
  add_beside(bound.fraction, false, whole + "\\.", true, ways);
  return fmt::format("(?:{})", fmt::join(ways, "|"));
}

/// A figure as a string: JSON Schema has no numeric limits for strings, so the pattern holds them.
std::string figure_pattern(const Field& field) {
  std::string pattern = "^";
  const auto require = [&](const std::string& ways) {
    pattern += fmt::format("(?=(?:{})$)", ways);
  };
  if (field.has_minimum) {
    const Magnitude bound = magnitude_of(field.minimum);
    require(field.minimum.is_negative() ? "[+]?[0-9.]+|-0*" + at_most(bound)
            : field.minimum.is_zero()   ? std::string("[+]?[0-9.]+|-[0.]+")
                                        : "[+]?0*" + at_least(bound));
  }
  if (field.has_maximum) {
    const Magnitude bound = magnitude_of(field.maximum);
    require(field.maximum.is_negative() ? "-0*" + at_least(bound)
                                        : "-[0-9.]+|[+]?0*" + at_most(bound));
  }
  // At most 18 digits, besides zeros at both ends.
  pattern += "(?![+-]?0*[1-9][0-9]{18})(?![+-]?0*[1-9](?:\\.?[0-9]){17,}\\.?[1-9])";
  pattern += "[+-]?[0-9]+";
  pattern += field.decimals == 0 ? std::string("(?:\\.0+)?")
                                 : fmt::format("(?:\\.(?=[0-9])[0-9]{{0,{}}}0*)?",
                                               static_cast<unsigned>(field.decimals));
  return pattern + "$";
}

Json ref(const char* name) { return {{"$ref", std::string("#/$defs/") + name}}; }

Json options(const Form& form, const Field& field) {
  Json codes = Json::array();
  const auto listed = form.options_of(field.list);
  for (std::size_t i = 0; i < listed.size(); ++i)
    if ((field.allowed >> i & 1) != 0) codes.push_back(form.string(listed[i].code));
  return {{"enum", codes}};
}

Json list_of(Json items, std::uint32_t least, std::uint32_t most) {
  // What is named twice counts once, and an empty list is no answer.
  Json schema = {{"type", "array"}, {"items", std::move(items)}};
  if (least > 0) schema["anyOf"] = Json::array({{{"maxItems", 0}}, {{"minItems", least}}});
  if (most > 0) schema["maxItems"] = most;
  return schema;
}

Json or_null(Json schema) {
  return {{"anyOf", Json::array({std::move(schema), {{"type", "null"}}})}};
}

Json text_value(const Field& field) {
  Json one = {{"type", "string"}};
  if (field.most_characters > 0) one["maxLength"] = field.most_characters;
  return {{"anyOf",
           {one,
            {{"type", "object"},
             {"propertyNames", ref("language")},
             // An object with one of these is an answer in its long form.
             {"not",
              {{"anyOf", Json::array({{{"required", Json::array({"value"})}},
                                      {{"required", Json::array({"reason"})}}})}}},
             {"additionalProperties", or_null(one)}}}}};
}

Json figure_value(const Form& form, const Field& field) {
  Json bare = {{"type", "number"}, {"exclusiveMinimum", -1e18}, {"exclusiveMaximum", 1e18}};
  if (field.has_minimum) bare["minimum"] = field.minimum.approximate();
  if (field.has_maximum) bare["maximum"] = field.maximum.approximate();
  // Of decimals, multiples are not exact in the arithmetic of most validators.
  if (field.decimals == 0) bare["multipleOf"] = 1;
  Json schema = {
      {"anyOf", Json::array({{{"type", "string"}, {"pattern", figure_pattern(field)}}, bare})}};
  if (field.unit.size > 0) schema["$comment"] = fmt::format("unit {}", form.string(field.unit));
  return schema;
}

Json value_schema(const Form& form, const Field& field) {
  switch (field.type) {
    case QuestionType::status:
    case QuestionType::single:
    case QuestionType::yes_no: return options(form, field);
    case QuestionType::multi: return list_of(options(form, field), 0, field.most_choices);
    case QuestionType::number: return figure_value(form, field);
    case QuestionType::money:
      return {{"type", "object"},
              {"properties",
               {{"amount", figure_value(form, field)},
                {"currency", {{"type", "string"}, {"pattern", "^[A-Z]{3}$"}}}}},
              {"required", {"amount", "currency"}},
              {"additionalProperties", false}};
    case QuestionType::text:
    case QuestionType::long_text: return text_value(field);
    case QuestionType::date: return ref("date");
    case QuestionType::period: return ref("period");
    case QuestionType::language: return ref("language");
    case QuestionType::languages:
      return list_of(ref("language"), field.least_rows, field.most_rows);
    case QuestionType::reference:
      return list_of({{"type", "string"}}, field.least_rows, field.most_rows);
    case QuestionType::provisions: return list_of(ref("provision"), 0, 0);
    case QuestionType::submitter:
    case QuestionType::email:
    case QuestionType::phone: return {{"type", "string"}};
  }
  return Json::object();
}

/// A bare value, nothing, or an object with a value, a reason, or neither. An empty string is
/// nothing whatever the type.
Json answer_schema(const Form& form, const Field& field, std::uint32_t language) {
  const Json value = value_schema(form, field);
  const Json nothing = {{"enum", Json::array({"", nullptr})}};
  Json with_value = {{"type", "object"},
                     {"$ref", "#/$defs/beside"},
                     {"properties",
                      {{"value", {{"anyOf", Json::array({value, nothing})}}},
                       {"original", or_null(ref("language"))}}},
                     {"minProperties", 1},
                     {"unevaluatedProperties", false}};
  Json answer = {{"title", form.text(field.label, language).value},
                 {"anyOf", Json::array({value, with_value, nothing})}};
  if (!field.always_answered) answer["anyOf"].push_back(ref("reason"));
  return answer;
}

Json provision_codes(const Form& form) {
  Json codes = Json::array();
  for (const Provision& provision : form.provisions()) codes.push_back(form.string(provision.code));
  // An enumeration cannot be empty; no string is a provision then.
  return codes.empty() ? Json{{"not", Json::object()}} : Json{{"enum", codes}};
}

Json definitions(const Form& form) {
  Json reasons = Json::array();
  for (int i = 0; i < kReasonCount; ++i) reasons.push_back(to_string(static_cast<Reason>(i)));
  const Json text = {{"type", "string"}};
  const Json note = {
      {"anyOf",
       Json::array({text, {{"type", "object"}, {"additionalProperties", or_null(text)}}})}};
  return {{"date", {{"type", "string"}, {"format", "date"}, {"pattern", kDatePattern}}},
          {"language", {{"type", "string"}, {"pattern", "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"}}},
          {"provision", provision_codes(form)},
          {"period",
           {{"type", "object"},
            {"properties", {{"start", ref("date")}, {"end", ref("date")}}},
            {"required", {"start", "end"}},
            {"additionalProperties", false}}},
          {"beside",
           {{"type", "object"},
            {"properties",
             {{"note", or_null(note)},
              {"visibility", {{"enum", {"public", "counted", "secretariat", nullptr}}}},
              {"author", or_null(text)},
              {"origin", {{"enum", {"typed", "prefilled", "carried_over", nullptr}}}}}}}},
          {"reason",
           {{"type", "object"},
            {"$ref", "#/$defs/beside"},
            {"properties",
             {{"reason", {{"enum", reasons}}},
              {"detail", or_null(text)},
              {"rows", or_null({{"type", "array"}, {"items", text}})},
              {"expected_on", or_null(ref("date"))}}},
            {"required", Json::array({"reason"})},
            {"unevaluatedProperties", false}}}};
}

Json registers_schema(const Form& form, std::uint32_t language) {
  Json properties = Json::object();
  for (const Register& registry : form.registers()) {
    Json columns = Json::object();
    for (const Column& column : form.columns_of(registry))
      if (!column.is_personal)
        columns[std::string(form.code(column))] = answer_schema(form, column, language);
    const Json row = {
        {"type", "object"},
        {"properties",
         {{"id", {{"type", "string"}, {"minLength", 1}}},
          {"values",
           {{"type", "object"}, {"properties", columns}, {"additionalProperties", false}}}}},
        {"required", Json::array({"id"})},
        {"additionalProperties", false}};
    Json rows = {
        {"title", form.text(registry.title, language).value}, {"type", "array"}, {"items", row}};
    if (registry.most_rows > 0) rows["maxItems"] = registry.most_rows;
    properties[std::string(form.string(registry.code))] = std::move(rows);
  }
  return {{"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
}

Json answers_schema(const Form& form, std::uint32_t language) {
  Json properties = Json::object();
  for (const Question& question : form.questions())
    if (!question.is_personal)
      properties[std::string(form.code(question))] = answer_schema(form, question, language);
  return {{"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
}

}  // namespace

std::string submission_schema(const Form& form, std::string_view language) {
  const std::uint32_t index = form.language(language);
  const Json header = {
      {"format", {{"const", "cosp-submission/1"}}},
      {"form",
       {{"type", "object"},
        {"properties",
         {{"id", {{"const", form.id()}}},
          {"version", {{"const", form.version()}}},
          {"structure", {{"const", form.structure_digest()}}}}},
        {"required", {"id", "version"}}}},
      {"cycle", {{"type", "string"}}},
      {"submitter",
       {{"type", "object"},
        {"properties",
         {{"kind", {{"enum", {"state", "organization", "body"}}}}, {"code", {{"type", "string"}}}}},
        {"required", {"kind", "code"}}}},
      {"revision", {{"type", "integer"}, {"minimum", 1}}},
      {"stage", {{"enum", {"draft", "final"}}}},
      {"language", ref("language")},
      {"purpose", {{"enum", {"test", "pilot", "official"}}}},
      {"period", ref("period")},
      {"parts", {{"type", "array"}, {"items", {{"type", "string"}}}}}};
  Json properties = header;
  properties["answers"] = answers_schema(form, index);
  properties["registers"] = registers_schema(form, index);
  properties["explanations"] = {
      {"type", "array"},
      {"items", {{"type", "object"}, {"required", {"rule", "place", "answers", "text"}}}}};
  properties["contacts"] = {
      {"type", "object"},
      {"description", "Answers to personal questions and columns; outside the digest."}};
  const Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                       {"$id", fmt::format("urn:cosp:form:{}:{}", form.id(), form.version())},
                       {"title", fmt::format("{} {}", form.id(), form.version())},
                       {"type", "object"},
                       {"properties", properties},
                       {"required", {"format", "form", "cycle", "submitter", "stage", "language"}},
                       {"additionalProperties", false},
                       {"$defs", definitions(form)}};
  return schema.dump(2) + "\n";
}

}  // namespace cosp
