#include "validator/validator.hpp"

#include "validator/answer_digest.hpp"
#include "validator/engine_findings.hpp"
#include "validator/explanations.hpp"
#include "validator/field_checks.hpp"
#include "validator/header_checks.hpp"
#include "validator/rule_engine.hpp"

namespace cosp {
namespace {

/// Takes out what the cycle has switched off, and gives the rest the cycle's severities, told with
/// each finding.
void apply_overrides(const Form& form, const Cycle* cycle, std::vector<Finding>& findings) {
  if (!cycle) return;
  for (const RuleOverride& over : cycle->overrides) {
    if (!can_override(form, over.rule)) continue;
    if (!over.is_active)
      std::erase_if(findings, [&](const Finding& finding) { return finding.rule == over.rule; });
    if (!over.severity) continue;
    for (Finding& finding : findings) {
      if (finding.rule != over.rule || finding.change || finding.severity == *over.severity)
        continue;
      finding.change = SeverityChange{finding.severity, over.reason, over.on};
      finding.severity = *over.severity;
    }
  }
}

/// What is not of a rule reads its own place. Only what can be explained needs a digest.
void add_digests(const Evaluation& evaluation, std::vector<Finding>& findings) {
  for (Finding& finding : findings) {
    const bool can_be_explained =
        finding.severity == Severity::warning || finding.severity == Severity::error;
    if (can_be_explained && finding.digest.empty() && finding.place != Place{})
      finding.digest = answer_digest(evaluation, trace_of(finding.place));
  }
}

}  // namespace

struct Validator::Implementation {
  explicit Implementation(const Form& given) : form(given), patterns(given), rules(given) {}
  const Form& form;
  FieldPatterns patterns;
  RuleEngine rules;
};

Validator::Validator(const Form& form) : implementation_(std::make_unique<Implementation>(form)) {}
Validator::Validator(Validator&&) noexcept = default;
Validator& Validator::operator=(Validator&&) noexcept = default;
Validator::~Validator() = default;

std::vector<Finding> Validator::check(const Evaluation& evaluation, Stage stage,
                                      std::vector<Finding> read) const {
  std::vector<Finding> findings = std::move(read);
  check_header(evaluation, stage, findings);
  FieldChecks(implementation_->patterns, evaluation, stage, findings).check_all();
  const Cycle* cycle = evaluation.surroundings().cycle;
  const auto rules = implementation_->form.rules();
  for (std::uint32_t rule = 0; rule < rules.size(); ++rule)
    implementation_->rules.run(rule, evaluation, stage, findings);
  apply_overrides(implementation_->form, cycle, findings);
  add_digests(evaluation, findings);
  apply_explanations(evaluation, stage, findings);
  sort_findings(findings);
  return findings;
}

std::vector<Unchecked> Validator::unchecked(const Surroundings& surroundings) const {
  std::vector<Unchecked> unchecked;
  const auto add = [&](std::string_view what, FindingArguments arguments = {}) {
    unchecked.push_back({"report.unchecked." + std::string(what), std::move(arguments)});
  };
  const Cycle* cycle = surroundings.cycle;
  if (cycle) {
    add("time");
  } else {
    for (const std::string_view what : {"identity", "phase", "position", "deadline"}) add(what);
  }
  if (!surroundings.previous)
    add(surroundings.has_others_previous ? "previous_of_others" : "previous");
  if (cycle) {
    for (const RuleOverride& over : cycle->overrides) {
      const bool is_refused = !can_override(implementation_->form, over.rule);
      if (is_refused || !over.is_active)
        add(is_refused ? "override" : "rule",
            {{"rule", over.rule}, {"reason", over.reason}, {"on", over.on}});
    }
  }
  add("truth");
  return unchecked;
}

}  // namespace cosp
