/// The digest of the answers a finding depends on, which an explanation cites
/// (docs/formats/findings.md).
#pragma once

#include <string>

#include "model/evaluation.hpp"

namespace cosp {

/// The first 16 hexadecimal digits of the SHA-256 over the canonical JSON of what was read:
/// questions as rules see them (an answer that is not asked is null), rows with all their cells.
/// The order of reading does not matter; notes, visibility and origin do not enter; a personal
/// value enters as `true`.
std::string answer_digest(const Evaluation& evaluation, const Trace& read);

/// What a place alone reads: its question, or its row.
Trace trace_of(const Place& place);

}  // namespace cosp
