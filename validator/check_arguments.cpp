#include "validator/check_arguments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "validator/checks.hpp"

namespace cosp {
namespace {

using Json = nlohmann::json;

std::string joined(std::span<const std::string_view> words) {
  return fmt::format("\"{}\"", fmt::join(words, "\", \""));
}

/// Scalars as their text: YAML knows no other.
std::string scalar(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::vector<std::string> list(const Json& value) {
  std::vector<std::string> members;
  if (value.is_array())
    for (const Json& member : value) members.push_back(scalar(member));
  else
    members.push_back(scalar(value));
  return members;
}

class Linker {
 public:
  Linker(const Form& form, const CheckDeclaration& check, CheckCall& call)
      : form_(form), check_(check), call_(call) {}

  void link(const Json& parameters) {
    for (const auto& member : parameters.items()) {
      const std::string& name = member.key();
      const auto known = [&](const CheckParameter& parameter) { return parameter.name == name; };
      if (name != "name" && std::none_of(check_.parameters.begin(), check_.parameters.end(), known))
        unknown(name);
    }
    for (const CheckParameter& parameter : check_.parameters) {
      const auto found = parameters.find(parameter.name);
      if (found != parameters.end())
        call_.arguments.set(parameter.name, value_of(parameter, *found, parameters));
      else if (parameter.is_required)
        problem("expected the parameter \"{}\" of the check \"{}\"", parameter.name, check_.name);
    }
  }

 private:
  template <class... Values>
  void problem(std::string_view pattern, const Values&... values) {
    call_.problems.push_back(fmt::format(fmt::runtime(pattern), values...));
  }

  void unknown(std::string_view name) {
    std::vector<std::string_view> names;
    for (const CheckParameter& parameter : check_.parameters) names.push_back(parameter.name);
    const auto near = nearest(name, names);
    problem("the check \"{}\" has no parameter \"{}\"{}", check_.name, name,
            near ? fmt::format(", perhaps \"{}\"", *near) : std::string());
  }

  CheckValue value_of(const CheckParameter& parameter, const Json& given, const Json& all) {
    CheckValue value;
    switch (parameter.kind) {
      case ParameterKind::count: link_count(parameter, given, value); break;
      case ParameterKind::figure: link_figure(parameter, given, value); break;
      case ParameterKind::word: link_word(parameter, given, value); break;
      case ParameterKind::questions: link_questions(parameter, given, value); break;
      case ParameterKind::question: add_question(parameter, scalar(given), value); break;
      case ParameterKind::registry: value.registry = registry(parameter, scalar(given)); break;
      case ParameterKind::columns: link_columns(parameter, given, all, value); break;
      case ParameterKind::patterns:
        for (const std::string& text : list(given)) value.patterns.emplace_back(text);
        break;
    }
    return value;
  }

  void link_count(const CheckParameter& parameter, const Json& given, CheckValue& value) {
    constexpr std::int64_t kMost = 1'000'000;
    const auto number = Decimal::parse(scalar(given));
    if (number && number->decimals() == 0 && number->coefficient() >= 1 &&
        number->coefficient() <= kMost)
      value.count = number->coefficient();
    else
      problem("expected for \"{}\" a whole number from 1, got \"{}\"", parameter.name,
              scalar(given));
  }

  void link_figure(const CheckParameter& parameter, const Json& given, CheckValue& value) {
    const auto number = Decimal::parse(scalar(given));
    if (number && *number > Decimal{})
      value.figure = *number;
    else
      problem("expected for \"{}\" a number above zero, got \"{}\"", parameter.name, scalar(given));
  }

  void link_word(const CheckParameter& parameter, const Json& given, CheckValue& value) {
    value.word = scalar(given);
    if (std::find(parameter.words.begin(), parameter.words.end(), value.word) ==
        parameter.words.end())
      problem("expected for \"{}\" one of {}, got \"{}\"", parameter.name, joined(parameter.words),
              value.word);
  }

  void link_questions(const CheckParameter& parameter, const Json& given, CheckValue& value) {
    if (given.is_string()) {
      link_word(parameter, given, value);
      for (std::uint32_t q = 0; q < form_.questions().size(); ++q)
        if (form_.question(q).type == QuestionType::long_text) value.questions.push_back(q);
      return;
    }
    for (const std::string& code : list(given)) add_question(parameter, code, value);
  }

  void add_question(const CheckParameter& parameter, const std::string& code, CheckValue& value) {
    if (code.starts_with("*.")) return add_suffix(parameter, code, value);
    const std::uint32_t question = form_.find_question(code);
    if (question == kNone)
      problem("expected for \"{}\" a question, got \"{}\"", parameter.name, code);
    else
      value.questions.push_back(question);
  }

  /// "*.practice": the questions of that suffix in every block.
  void add_suffix(const CheckParameter& parameter, const std::string& code, CheckValue& value) {
    const std::string_view ending = std::string_view(code).substr(1);
    const std::size_t before = value.questions.size();
    for (std::uint32_t q = 0; q < form_.questions().size(); ++q)
      if (form_.code(form_.question(q)).ends_with(ending)) value.questions.push_back(q);
    if (value.questions.size() == before)
      problem("expected for \"{}\" questions, got \"{}\"", parameter.name, code);
  }

  std::uint32_t registry(const CheckParameter& parameter, const std::string& code) {
    const std::uint32_t found = form_.find_register(code);
    if (found == kNone) problem("expected for \"{}\" a register, got \"{}\"", parameter.name, code);
    return found;
  }

  void link_columns(const CheckParameter& parameter, const Json& given, const Json& all,
                    CheckValue& value) {
    const auto named = all.find("register");
    const std::uint32_t owner = named == all.end() ? kNone : form_.find_register(scalar(*named));
    if (owner == kNone) return;  // told at the register
    for (const std::string& code : list(given)) {
      const std::uint32_t column = form_.find_column(form_.registry(owner), code);
      if (column == kNone)
        problem("expected for \"{}\" a column of the register, got \"{}\"", parameter.name, code);
      else
        value.columns.push_back(column);
    }
  }

  const Form& form_;
  const CheckDeclaration& check_;
  CheckCall& call_;
};

}  // namespace

CheckCall link_check(const Form& form, std::string_view check, std::string_view parameters) {
  CheckCall call;
  const CheckDeclaration* declaration = find_check(check);
  if (!declaration) {
    std::vector<std::string_view> names;
    for (const CheckDeclaration& known : check_declarations()) names.push_back(known.name);
    const auto near = nearest(check, names);
    call.problems.push_back(
        fmt::format("unknown check \"{}\"{}", check,
                    near ? fmt::format(", perhaps \"{}\"", *near) : std::string()));
    return call;
  }
  call.function = check_function(check);
  const Json json = Json::parse(parameters.empty() ? "{}" : parameters, nullptr, false);
  if (!json.is_object())
    call.problems.push_back(fmt::format("expected parameters of the check \"{}\"", check));
  else
    Linker(form, *declaration, call).link(json);
  return call;
}

}  // namespace cosp
