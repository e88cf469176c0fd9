/// The examples of rules: what a wrong and a right submission look like, as a rule's file gives
/// them.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "model/cycle.hpp"
#include "model/form.hpp"
#include "model/submission.hpp"

namespace cosp {

/// A submission made of an example, and what surrounds it. The period is 2026-01-01 to 2027-12-31,
/// the cut-off 2028-06-30, the submitter a State that is a party bound by the treaty, unless the
/// example says otherwise; stage final.
struct Example {
  Submission submission;
  Submission previous;
  bool has_previous = false;
  Cycle cycle;
  std::vector<std::string> problems;  ///< "expected X, got Y"
};

/// Members read: `answers`, `contacts` (as answers), `registers`, `previous`, `position`, `stage`,
/// `submitter` (kind).
Example make_example(const Form& form, const nlohmann::json& declared);

}  // namespace cosp
