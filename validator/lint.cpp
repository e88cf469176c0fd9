#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/messages.hpp"
#include "validator/checks.hpp"
#include "validator/engine_findings.hpp"
#include "validator/example.hpp"
#include "validator/rule_engine.hpp"
#include "validator/validator.hpp"

namespace cosp {
namespace {

using Names = std::set<std::string, std::less<>>;

class Linter {
 public:
  explicit Linter(const Form& form) : form_(form), engine_(form) {}

  std::vector<Mistake> run() {
    for (const Question& question : form_.questions()) lint_pattern(question);
    for (const Column& column : form_.columns()) lint_pattern(column);
    for (std::uint32_t rule = 0; rule < form_.rules().size(); ++rule) {
      lint_calls(form_.rules()[rule]);
      lint_texts(form_.rules()[rule]);
      lint_examples(rule);
    }
    std::stable_sort(mistakes_.begin(), mistakes_.end(), [](const Mistake& a, const Mistake& b) {
      return std::tie(a.file, a.line, a.column) < std::tie(b.file, b.line, b.column);
    });
    return std::move(mistakes_);
  }

 private:
  void add(const DeclaredAt& at, std::string what) {
    Mistake mistake;
    if (at.file != kNone) mistake.file = form_.string(form_.tables().files[at.file]);
    mistake.line = at.line;
    mistake.column = at.column;
    mistake.what = std::move(what);
    // A module's question is declared once and expanded many times; its mistake is told once.
    const auto is_same = [&](const Mistake& other) {
      return other.file == mistake.file && other.line == mistake.line && other.what == mistake.what;
    };
    if (std::none_of(mistakes_.begin(), mistakes_.end(), is_same))
      mistakes_.push_back(std::move(mistake));
  }

  void lint_pattern(const Field& field) {
    const std::string_view pattern = form_.string(field.pattern);
    if (pattern.empty()) return;
    if (const std::string refused = Pattern(pattern).problem(); !refused.empty())
      add(field.declared,
          fmt::format("expected a pattern of RE2, got \"{}\": {}", pattern, refused));
  }

  void lint_calls(const Rule& rule) {
    for (std::uint32_t i = 0; i < rule.instances.count; ++i) {
      const CheckCall* call = engine_.call(rule.instances.first + i);
      if (!call) continue;
      for (const std::string& problem : call->problems) add(rule.declared, problem);
      for (const auto& [name, value] : call->arguments.values())
        for (const Pattern& pattern : value.patterns)
          if (const std::string refused = pattern.problem(); !refused.empty())
            add(rule.declared, fmt::format("expected for \"{}\" a pattern, got \"{}\": {}", name,
                                           pattern.text(), refused));
    }
  }

  /// Names that the rule's messages may use: its own arguments and those of its check.
  Names known_arguments(const Rule& rule) const {
    Names names;
    for (const RuleInstance& instance : form_.instances_of(rule))
      for (std::uint32_t i = 0; i < instance.arguments.count; ++i)
        names.emplace(
            form_.string(form_.tables().rule_arguments[instance.arguments.first + i].name));
    if (const CheckDeclaration* check = find_check(form_.string(rule.check)))
      names.insert(check->arguments.begin(), check->arguments.end());
    return names;
  }

  void lint_texts(const Rule& rule) {
    const Names known = known_arguments(rule);
    for (const TextId text : {rule.message, rule.why, rule.mend}) {
      if (text == kNone) continue;
      std::optional<Names> of_source;
      for (std::uint32_t language = 0; language < form_.tables().languages.size(); ++language)
        lint_text(rule, text, language, known, of_source);
    }
  }

  void lint_text(const Rule& rule, TextId text, std::uint32_t language, const Names& known,
                 std::optional<Names>& of_source) {
    const Text pattern = form_.text(text, language);
    const std::string id(form_.string(form_.tables().text_ids[text]));
    const std::string tag(form_.language_tag(language));
    if (pattern.is_fallback) return;  // the lint of texts tells what is missing
    const auto used = message_arguments(pattern.value);
    if (!used) {
      add(rule.declared, fmt::format("{} in \"{}\": {}", id, tag, used.error().what));
      return;
    }
    Names names;
    for (const MessageArgument& argument : *used) names.insert(argument.name);
    for (const std::string& name : names)
      if (!known.contains(name))
        add(rule.declared,
            fmt::format("expected an argument of the rule in {} in \"{}\", got \"{}\"", id, tag,
                        name));
    if (!of_source)
      of_source = std::move(names);
    else if (names != *of_source)
      add(rule.declared,
          fmt::format("expected the arguments of the source language in {} in \"{}\": {}, got {}",
                      id, tag, listed(*of_source), listed(names)));
  }

  static std::string listed(const Names& names) {
    return names.empty() ? "none" : fmt::format("\"{}\"", fmt::join(names, "\", \""));
  }

  void lint_examples(std::uint32_t index) {
    const Rule& rule = form_.rules()[index];
    const std::string_view source = form_.string(rule.examples);
    const nlohmann::json examples =
        nlohmann::json::parse(source.empty() ? "null" : source, nullptr, false);
    if (!examples.is_object() || !examples.contains("wrong") || !examples.contains("right")) {
      add(rule.declared, "expected the examples \"wrong\" and \"right\"");
      return;
    }
    lint_example(index, examples["wrong"], "wrong", 1);
    lint_example(index, examples["right"], "right", 0);
  }

  void lint_example(std::uint32_t index, const nlohmann::json& declared, std::string_view name,
                    std::size_t expected) {
    const Rule& rule = form_.rules()[index];
    const Example example = make_example(form_, declared);
    for (const std::string& problem : example.problems)
      add(rule.declared, fmt::format("example \"{}\": {}", name, problem));
    Surroundings surroundings{&example.cycle, example.has_previous ? &example.previous : nullptr};
    const Evaluation evaluation(form_, example.submission, surroundings, {.opens_gates = true});
    std::vector<Finding> findings;
    engine_.run(index, evaluation, example.submission.header.stage, findings);
    if (findings.size() == expected) return;
    std::string places;
    for (const Finding& finding : findings)
      places +=
          (places.empty() ? " at " : ", ") + place_name(form_, example.submission, finding.place);
    add(rule.declared, fmt::format("example \"{}\": expected {} of the rule \"{}\", got {}{}", name,
                                   expected == 1 ? "1 finding" : "no finding",
                                   form_.string(rule.id), findings.size(), places));
  }

  const Form& form_;
  RuleEngine engine_;
  std::vector<Mistake> mistakes_;
};

}  // namespace

std::vector<Mistake> Validator::lint(const Form& form) { return Linter(form).run(); }

}  // namespace cosp
