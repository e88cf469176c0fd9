#include <fmt/format.h>

#include "apps/commands.hpp"
#include "base/text.hpp"
#include "service/form_outline.hpp"
#include "service/rules_document.hpp"
#include "service/rules_impact.hpp"
#include "validator/checks.hpp"
#include "validator/validator.hpp"

namespace cosp::apps {
namespace {

int list_checks() {
  std::string text;
  for (const CheckDeclaration& check : check_declarations()) {
    text += fmt::format("{}\n    {}\n", check.name, check.meaning);
    for (const CheckParameter& parameter : check.parameters)
      text += fmt::format("    {}{}: {}\n", parameter.name,
                          parameter.is_required ? "" : " (optional)", parameter.meaning);
  }
  return print(text);
}

Error unknown_rule(const Form& form, std::string_view id) {
  std::vector<std::string_view> known;
  for (const Rule& rule : form.rules()) known.push_back(form.string(rule.id));
  const auto near = nearest(id, known);
  return {Error::Kind::not_found,
          fmt::format("unknown rule \"{}\"{}", id,
                      near ? fmt::format("; did you mean \"{}\"?", *near) : ""),
          ""};
}

int tell_impact(const RulesOptions& options) {
  CommonOptions before, after;
  before.data = options.before;
  after.data = options.after;
  const auto first = open_workspace(before);
  if (!first) return fail(first.error());
  const auto second = open_workspace(after);
  if (!second) return fail(second.error());
  BatchOptions batch;
  batch.cycle = options.cycle;
  const auto impact = rules_impact(**first, **second, options.paths, batch);
  if (!impact) return fail(impact.error());
  const bool is_same = impact->findings.empty() && impact->outcomes.empty();
  return std::max(is_same ? kDone : kFound, print(impact_text(*impact)));
}

int test_rules(const Form& form) {
  std::string text;
  const std::vector<Mistake> mistakes = Validator::lint(form);
  for (const Mistake& mistake : mistakes)
    text += fmt::format("{}:{}:{}: {}\n", mistake.file, mistake.line, mistake.column, mistake.what);
  text += fmt::format("{} {}: {} rules, {} examples, {} mistake{}\n", form.id(), form.version(),
                      form.rules().size(), 2 * form.rules().size(), mistakes.size(),
                      mistakes.size() == 1 ? "" : "s");
  return std::max(mistakes.empty() ? kDone : kFound, print(text));
}

}  // namespace

int run(const RulesOptions& options, Workspace& workspace) {
  if (options.act == RulesOptions::Act::checks) return list_checks();
  if (options.act == RulesOptions::Act::impact) return tell_impact(options);
  const auto prepared = form_named(workspace, options.form);
  if (!prepared) return fail(prepared.error());
  const Form& form = (*prepared)->form;
  const std::string language = language_for(form, options.language);
  if (options.act == RulesOptions::Act::test) return test_rules(form);
  if (options.act == RulesOptions::Act::document) return print(rules_document(form, language));
  if (options.act == RulesOptions::Act::list)
    return print(options.as_json ? rules_json(form, language) : rules_text(form, language));
  const std::uint32_t rule = form.find_rule(options.rule);
  if (rule == kNone) return fail(unknown_rule(form, options.rule));
  return print(options.as_json ? rule_json(form, rule, language) : rule_text(form, rule, language));
}

}  // namespace cosp::apps
