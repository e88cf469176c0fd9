/// Faults as people make them, put into made-up submissions.
#pragma once

#include <string>

#include "model/form.hpp"
#include "service/sample_random.hpp"

namespace cosp {

/// The JSON of a submission with one to three faults: mistyped codes, words for figures, impossible
/// dates, rows that do not exist, missing answers, hidden characters; seldom a wrong cycle, or a
/// file that was cut.
std::string with_faults(const Form& form, const std::string& json, SampleRandom& random);

}  // namespace cosp
