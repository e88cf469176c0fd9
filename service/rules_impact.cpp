#include "service/rules_impact.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "base/escape.hpp"

namespace cosp {
namespace {

/// Of several findings of one rule at one place the gravest counts.
using Found = std::map<std::pair<std::string, std::string>, Severity>;

Found found_in(const Report& report) {
  Found found;
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    const Finding& finding = report.findings[i];
    const auto [at, is_new] =
        found.emplace(std::pair(finding.rule, report.places[i]), finding.severity);
    if (!is_new) at->second = std::max(at->second, finding.severity);
  }
  return found;
}

void compare(const Report& before, const Report& after, RulesImpact& impact) {
  const Found first = found_in(before), second = found_in(after);
  const auto add = [&](const Found::key_type& key, std::optional<Severity> was,
                       std::optional<Severity> is) {
    impact.findings.push_back({before.file, key.first, key.second, was, is});
  };
  for (const auto& [key, severity] : first) {
    const auto same = second.find(key);
    if (same == second.end())
      add(key, severity, {});
    else if (same->second != severity)
      add(key, severity, same->second);
  }
  for (const auto& [key, severity] : second)
    if (!first.contains(key)) add(key, {}, severity);
  if (before.outcome != after.outcome)
    impact.outcomes.emplace_back(before.file, std::pair(before.outcome, after.outcome));
}

std::string word_of(const std::optional<Severity>& severity) {
  return severity ? std::string(to_string(*severity)) : "nothing";
}

}  // namespace

Result<RulesImpact> rules_impact(Workspace& before, Workspace& after,
                                 std::span<const std::filesystem::path> paths,
                                 const BatchOptions& options) {
  const auto first = check_paths(before, paths, options);
  if (!first) return first.error();
  const auto second = check_paths(after, paths, options);
  if (!second) return second.error();
  RulesImpact impact;
  impact.digest_before = first->form->form.rules_digest();
  impact.digest_after = second->form->form.rules_digest();
  impact.files = first->files.size();
  // The same paths give the same files in the same order.
  for (std::size_t i = 0; i < std::min(first->files.size(), second->files.size()); ++i)
    compare(first->files[i].report, second->files[i].report, impact);
  std::ranges::sort(impact.findings, {}, [](const ImpactOnFinding& one) {
    return std::tie(one.file, one.rule, one.place);
  });
  return impact;
}

std::string impact_text(const RulesImpact& impact) {
  struct Counts {
    std::size_t gone = 0, come = 0, changed = 0;
  };
  std::map<std::string, Counts> by_rule;
  for (const ImpactOnFinding& one : impact.findings) {
    Counts& counts = by_rule[one.rule];
    if (!one.before)
      ++counts.come;
    else if (!one.after)
      ++counts.gone;
    else
      ++counts.changed;
  }
  std::string text =
      fmt::format("{} file{}; rules {:.12} before, {:.12} after\n", impact.files,
                  impact.files == 1 ? "" : "s", impact.digest_before, impact.digest_after);
  for (const auto& [rule, counts] : by_rule)
    text += fmt::format("  {}: {} new, {} gone, {} of another severity\n", rule, counts.come,
                        counts.gone, counts.changed);
  for (const ImpactOnFinding& one : impact.findings)
    text += fmt::format("{}: {} at {}: {} -> {}\n", escape::terminal(one.file), one.rule,
                        escape::terminal(one.place.empty() ? "-" : one.place), word_of(one.before),
                        word_of(one.after));
  for (const auto& [file, outcome] : impact.outcomes)
    text += fmt::format("{}: {} -> {}\n", escape::terminal(file), to_string(outcome.first),
                        to_string(outcome.second));
  if (impact.findings.empty() && impact.outcomes.empty()) text += "no difference\n";
  return text;
}

}  // namespace cosp
