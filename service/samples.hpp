/// Made-up submissions of invented States, for demonstrations, tests and measurements.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>

#include "base/result.hpp"
#include "service/workspace.hpp"

namespace cosp {

struct SampleRequest {
  std::uint32_t states = 12;
  std::uint64_t seed = 1;
  double fault_rate = 0;  ///< share of the files that get one to three faults
  std::filesystem::path output;
  std::string form;  ///< "id" or "id/version"; empty: the only one. Not used with a cycle
  std::optional<std::filesystem::path>
      cycle;  ///< answered instead of a made one; copied beside the files
  std::function<void(std::size_t done, std::size_t total)> progress;
};

struct SampleSummary {
  std::uint32_t files = 0;
  std::uint32_t with_faults = 0;
};

/// Writes CODE.json per State, and cycle.yaml. Same seed, same bytes. States come from the roster
/// of invented States, in its order; beyond it they are numbered, under further codes reserved for
/// private use, with a roster of their own. Errors: `bad_input` for more States than the cycle
/// given names or than there are codes (1,000); `io`.
Result<SampleSummary> make_samples(Workspace& workspace, const SampleRequest& request);

}  // namespace cosp
