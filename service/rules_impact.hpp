/// What a changed rule set says of submissions, beside what it said before.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "model/kinds.hpp"
#include "service/checking.hpp"
#include "service/workspace.hpp"

namespace cosp {

/// A finding that only one of the two rule sets gives, or gives with another severity.
struct ImpactOnFinding {
  std::string file, rule, place;
  std::optional<Severity> before, after;  ///< nothing: no such finding
};

struct RulesImpact {
  std::string digest_before, digest_after;  ///< of the rules
  std::size_t files = 0;
  std::vector<ImpactOnFinding> findings;  ///< by file, rule, place
  std::vector<std::pair<std::string, std::pair<Outcome, Outcome>>> outcomes;  ///< that differ
};

/// Checks the files in both workspaces, each with its own forms and rules, and compares. Errors:
/// those of `check_paths`.
Result<RulesImpact> rules_impact(Workspace& before, Workspace& after,
                                 std::span<const std::filesystem::path> paths,
                                 const BatchOptions& options);

/// For people: a line a rule with its numbers, then each finding.
std::string impact_text(const RulesImpact& impact);

}  // namespace cosp
