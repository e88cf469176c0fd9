/// Reading the answers, registers, contacts and explanations of a submission.
#pragma once

#include "model/form.hpp"
#include "model/submission.hpp"
#include "readers/json_tree.hpp"
#include "readers/submission_findings.hpp"
#include "readers/submission_reader.hpp"

namespace cosp {

/// Fills all of the submission but its header, which must have been read: texts without a language
/// are in its. One pass over each member; rows come first, so that answers can cite them wherever
/// they stand.
void read_body(const Form& form, const ReadLimits& limits, const JsonTree& json,
               Submission& submission, ReadFindings& findings);

}  // namespace cosp
