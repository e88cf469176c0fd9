#include "generator/json_schema.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace cosp {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kFigurePattern = "^-?(0|[1-9][0-9]*)(\\.[0-9]*[1-9])?$";

Json ref(const char* name) { return {{"$ref", std::string("#/$defs/") + name}}; }

Json options(const Form& form, const Field& field) {
  Json codes = Json::array();
  const auto listed = form.options_of(field.list);
  for (std::size_t i = 0; i < listed.size(); ++i)
    if ((field.allowed >> i & 1) != 0) codes.push_back(form.string(listed[i].code));
  return {{"enum", codes}};
}

Json list_of(Json items, std::uint32_t least, std::uint32_t most) {
  Json schema = {{"type", "array"}, {"items", std::move(items)}, {"uniqueItems", true}};
  if (least > 0) schema["minItems"] = least;
  if (most > 0) schema["maxItems"] = most;
  return schema;
}

Json text_value(const Field& field) {
  Json one = {{"type", "string"}};
  if (field.most_characters > 0) one["maxLength"] = field.most_characters;
  return {{"anyOf",
           {one,
            {{"type", "object"},
             {"propertyNames", ref("language")},
             {"additionalProperties", one},
             {"minProperties", 1}}}}};
}

/// Figures are strings, so a range is told in words: JSON Schema has no numeric limits for them.
Json figure_value(const Form& form, const Field& field) {
  Json schema = {
      {"anyOf", {{{"type", "string"}, {"pattern", kFigurePattern}}, {{"type", "number"}}}}};
  std::string comment;
  if (field.unit.size > 0) comment += fmt::format("unit {}; ", form.string(field.unit));
  if (field.has_minimum) comment += fmt::format("at least {}; ", field.minimum.to_string());
  if (field.has_maximum) comment += fmt::format("at most {}; ", field.maximum.to_string());
  schema["$comment"] = comment + fmt::format("up to {} decimals", field.decimals);
  // A bare number can be held to the range.
  if (field.has_minimum) schema["anyOf"][1]["minimum"] = field.minimum.approximate();
  if (field.has_maximum) schema["anyOf"][1]["maximum"] = field.maximum.approximate();
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
    case QuestionType::reference: return list_of({{"type", "string"}}, 0, field.most_rows);
    case QuestionType::provisions: return list_of({{"type", "string"}}, 0, 0);
    case QuestionType::submitter:
    case QuestionType::email:
    case QuestionType::phone: return {{"type", "string"}};
  }
  return Json::object();
}

/// A bare value, null, or an object with a value or a reason.
Json answer_schema(const Form& form, const Field& field, std::uint32_t language) {
  const Json value = value_schema(form, field);
  Json with_value = {{"type", "object"},
                     {"properties", {{"value", value}, {"original", ref("language")}}},
                     {"required", Json::array({"value"})},
                     {"$ref", "#/$defs/beside"}};
  Json answer = {{"title", form.text(field.label, language).value},
                 {"anyOf", Json::array({value, with_value, {{"type", "null"}}})}};
  if (!field.always_answered) answer["anyOf"].push_back(ref("reason"));
  return answer;
}

Json definitions() {
  Json reasons = Json::array();
  for (int i = 0; i < kReasonCount; ++i) reasons.push_back(to_string(static_cast<Reason>(i)));
  const Json note = {{"anyOf",
                      {{{"type", "string"}},
                       {{"type", "object"}, {"additionalProperties", {{"type", "string"}}}}}}};
  return {{"date", {{"type", "string"}, {"format", "date"}}},
          {"language", {{"type", "string"}, {"pattern", "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"}}},
          {"period",
           {{"type", "object"},
            {"properties", {{"start", ref("date")}, {"end", ref("date")}}},
            {"required", {"start", "end"}},
            {"additionalProperties", false}}},
          {"beside",
           {{"type", "object"},
            {"properties",
             {{"note", note},
              {"visibility", {{"enum", {"public", "counted", "secretariat"}}}},
              {"author", {{"type", "string"}}},
              {"origin", {{"enum", {"typed", "prefilled", "carried_over", "shared"}}}}}}}},
          {"reason",
           {{"type", "object"},
            {"properties",
             {{"reason", {{"enum", reasons}}},
              {"detail", {{"type", "string"}}},
              {"rows", {{"type", "array"}, {"items", {{"type", "string"}}}}},
              {"expected_on", ref("date")}}},
            {"required", Json::array({"reason"})},
            {"$ref", "#/$defs/beside"}}}};
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
                       {"required", {"format", "form", "cycle", "submitter", "stage"}},
                       {"additionalProperties", false},
                       {"$defs", definitions()}};
  return schema.dump(2) + "\n";
}

}  // namespace cosp
