/// A made-up submission while it is being written; only for the files of SampleWriter.
#pragma once

#include <cstdint>
#include <optional>
#include <set>

#include "model/cycle.hpp"
#include "model/submission.hpp"
#include "service/sample_answers.hpp"
#include "service/sample_random.hpp"

namespace cosp {

struct SampleWriter::Draft {
  const RosterEntry& entry;
  SampleRandom random;
  Submission submission;
  std::set<std::uint32_t> redrawn = {};  ///< questions drawn again in this round
  std::uint64_t first_lot = 0;  ///< where in the pools of texts the rows of the submission begin
  std::optional<std::uint64_t> row_lot = {};  ///< of the row being drawn: its texts belong together
};

}  // namespace cosp
