/// Who reports, for which cycle, against which release: what a file says of itself.
#pragma once

#include <vector>

#include "model/evaluation.hpp"
#include "model/finding.hpp"

namespace cosp {

/// Adds what disagrees between header, form, cycle and the questions that repeat the header.
/// Without a cycle only what the form alone can tell.
void check_header(const Evaluation& evaluation, Stage stage, std::vector<Finding>& findings);

}  // namespace cosp
