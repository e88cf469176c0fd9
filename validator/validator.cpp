#include "validator/validator.hpp"

#include "validator/answer_digest.hpp"
#include "validator/explanations.hpp"
#include "validator/field_checks.hpp"
#include "validator/header_checks.hpp"
#include "validator/rule_engine.hpp"

namespace cosp {
namespace {

/// Takes out what the cycle has switched off, and gives the rest the cycle's severities. A blocker stays one: who
/// reports, and what is secret, is no matter of a round.
void apply_overrides(const Cycle* cycle, std::vector<Finding>& findings) {
  if (!cycle || cycle->overrides.empty()) return;
  std::erase_if(findings, [&](const Finding& finding) {
    const RuleOverride* over = cycle->override_of(finding.rule);
    return over && !over->is_active && finding.severity != Severity::blocker;
  });
  for (Finding& finding : findings) {
    const RuleOverride* over = cycle->override_of(finding.rule);
    if (over && over->severity && finding.severity != Severity::blocker)
      finding.severity = *over->severity;
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
  apply_overrides(cycle, findings);
  add_digests(evaluation, findings);
  apply_explanations(evaluation, stage, findings);
  sort_findings(findings);
  return findings;
}

std::vector<std::string> Validator::unchecked(const Surroundings& surroundings) const {
  std::vector<std::string> ids;
  if (!surroundings.cycle)
    ids.insert(ids.end(), {"report.unchecked.identity", "report.unchecked.phase",
                           "report.unchecked.position", "report.unchecked.deadline"});
  if (!surroundings.previous) ids.emplace_back("report.unchecked.previous");
  ids.emplace_back("report.unchecked.truth");
  return ids;
}

}  // namespace cosp
