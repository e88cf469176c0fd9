#include "validator/engine_findings.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace cosp {
namespace {

constexpr EngineFinding same(std::string_view id, Severity severity) {
  return {id, severity, severity};
}

constexpr std::array kFindings = {
    same("answer-while-hidden", Severity::info),
    same("answer-while-reserved", Severity::info),
    same("currency-unknown", Severity::error),
    same("date-out-of-range", Severity::error),
    same("email-form", Severity::error),
    same("exclusive-option", Severity::error),
    same("explanation-lapsed", Severity::info),
    same("explanation-unmatched", Severity::info),
    same("header-differs", Severity::blocker),
    same("language-form", Severity::error),
    same("not-expected", Severity::info),
    same("not-in-roster", Severity::error),
    same("not-offered", Severity::error),
    EngineFinding{"note-required", Severity::error, Severity::warning},
    same("out-of-range", Severity::error),
    same("outside-phase", Severity::info),
    same("pattern", Severity::error),
    same("period-outside-cycle", Severity::warning),
    same("phone-form", Severity::error),
    same("purpose-differs", Severity::blocker),
    same("real-state-in-test", Severity::blocker),
    EngineFinding{"reason-detail-required", Severity::error, Severity::warning},
    same("reason-not-allowed", Severity::error),
    EngineFinding{"reason-rows-required", Severity::error, Severity::warning},
    EngineFinding{"required", Severity::error, Severity::warning},
    same("row-limit", Severity::error),
    same("submitter-kind-differs", Severity::blocker),
    same("submitter-not-admitted", Severity::blocker),
    same("submitter-unknown", Severity::blocker),
    EngineFinding{"too-few-citations", Severity::error, Severity::warning},
    same("too-many-characters", Severity::error),
    same("too-many-choices", Severity::error),
    same("too-many-citations", Severity::error),
    same("too-many-decimals", Severity::error),
    same("too-many-words", Severity::warning),
    same("wrong-cycle", Severity::blocker),
    same("wrong-release", Severity::blocker),
};

}  // namespace

std::span<const EngineFinding> engine_findings() { return kFindings; }

bool can_override(const Form& form, std::string_view rule) {
  constexpr std::array<std::string_view, 3> kOfTheSubmissionItself = {
      "explanation-lapsed", "explanation-unmatched", "not-expected"};
  if (const std::uint32_t own = form.find_rule(rule); own != kNone)
    return form.rules()[own].severity != Severity::blocker;
  if (std::ranges::find(kOfTheSubmissionItself, rule) != kOfTheSubmissionItself.end()) return false;
  const auto found = std::ranges::find(kFindings, rule, &EngineFinding::id);
  return found != kFindings.end() && found->severity != Severity::blocker;
}

Finding make_engine_finding(std::string_view id, Stage stage, const Place& place) {
  const auto found = std::lower_bound(
      kFindings.begin(), kFindings.end(), id,
      [](const EngineFinding& finding, std::string_view key) { return finding.id < key; });
  if (found == kFindings.end() || found->id != id)
    throw std::logic_error("no engine finding " + std::string(id));
  Finding finding;
  finding.rule = id;
  finding.severity = stage == Stage::draft ? found->at_draft : found->severity;
  finding.place = place;
  finding.text = "finding." + finding.rule;
  return finding;
}

}  // namespace cosp
