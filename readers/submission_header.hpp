/// Reading what a submission says of itself: whom it is from, against which form, for which cycle.
#pragma once

#include "model/form.hpp"
#include "model/submission.hpp"
#include "readers/json_tree.hpp"
#include "readers/submission_findings.hpp"

namespace cosp {

/// Fills the header from the members of the root, and finds what is missing or cannot be read.
/// Whether it is the right form, cycle and submitter is for the validator to say. Members that are
/// not of the header are left.
void read_header(const Form& form, const JsonTree& json, SubmissionHeader& header,
                 ReadFindings& findings);

/// All members that the root may have.
std::span<const std::string_view> root_members();

}  // namespace cosp
