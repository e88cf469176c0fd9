/// A State's explanations, held against the findings they cite.
#pragma once

#include <vector>

#include "model/evaluation.hpp"
#include "model/finding.hpp"

namespace cosp {

/// Closes each warning and error that an explanation cites by rule, place and digest. One whose
/// answers have changed since gives `explanation-lapsed`, one that cites no finding
/// `explanation-unmatched`; blockers are not closed.
void apply_explanations(const Evaluation& evaluation, Stage stage, std::vector<Finding>& findings);

}  // namespace cosp
