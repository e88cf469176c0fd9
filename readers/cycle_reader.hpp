/// Reading a cycle file and its roster (docs/formats/cycle.md).
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "base/result.hpp"
#include "model/cycle.hpp"
#include "model/mistake.hpp"

namespace cosp {

/// All mistakes of meaning of both files, in one pass; no cycle when there is any.
struct CycleReading {
  std::optional<Cycle> cycle;
  std::vector<Mistake> mistakes;
};

/// `rosters_folder` holds the rosters named by a bare word ("invented" → invented.yaml); a name
/// that ends in .yaml is a path relative to the cycle file. Files of up to 4 MB. What a cycle says
/// of a form (chapters, rules, provisions) is not checked here: the form is not known.
CycleReading read_cycle(const std::filesystem::path& file,
                        const std::filesystem::path& rosters_folder);

/// The same for callers that only go on with a good cycle. Errors: `not_found`, `too_large`, `io`
/// if a file cannot be read; `bad_input` with all mistakes in `what`, one a line.
Result<Cycle> load_cycle(const std::filesystem::path& file,
                         const std::filesystem::path& rosters_folder);

}  // namespace cosp
