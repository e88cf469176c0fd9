/// A small form with a question of every type, and the reading of submissions against it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/form.hpp"
#include "readers/submission_reader.hpp"

namespace cosp::test {

/// Compiled once a process from its own declarations, written to a temporary folder. Ends the
/// process when they have mistakes.
const Form& all_types_form();

/// `{"format": …, …, <members>}`: a submission with a whole header and these members behind it.
std::string submission_with(std::string_view members);

/// Reads with a reader of its own.
ReadSubmission read_all_types(std::string bytes, const ReadLimits& limits = {});

/// "id@line:column" of each finding.
std::vector<std::string> located(const ReadSubmission& read);
/// "id" of each finding.
std::vector<std::string> ids(const ReadSubmission& read);

}  // namespace cosp::test
