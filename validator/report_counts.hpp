/// Numbers of findings and of files, for the renderings.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "validator/report.hpp"

namespace cosp {

struct FindingCounts {
  std::array<std::int64_t, 4> open{};  ///< by Severity
  std::int64_t explained = 0;

  std::int64_t of(Severity severity) const { return open[static_cast<std::size_t>(severity)]; }
};

inline FindingCounts count_findings(std::span<const Report> reports) {
  FindingCounts counts;
  for (const Report& report : reports) {
    for (const Finding& finding : report.findings) {
      if (finding.is_explained())
        ++counts.explained;
      else
        ++counts.open[static_cast<std::size_t>(finding.severity)];
    }
  }
  return counts;
}

inline std::int64_t count_outcome(std::span<const Report> reports, Outcome outcome) {
  std::int64_t count = 0;
  for (const Report& report : reports)
    if (report.outcome == outcome) ++count;
  return count;
}

}  // namespace cosp
