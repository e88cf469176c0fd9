/// Writing a submission as JSON: its canonical form, which digests are made of, and a form for
/// people.
#pragma once

#include <string>

#include "model/form.hpp"
#include "model/submission.hpp"

namespace cosp {

/// RFC 8785: keys sorted by UTF-16 code units, no spaces, figures as strings, every answer in its
/// long form. Absent and rejected answers, contacts and all answers to personal questions are left
/// out, and answers that only a shared closing gave (they stand in its register). Same answers,
/// same bytes, however the file was written.
std::string canonical_json(const Form& form, const Submission& submission);

/// The canonical form of the `contacts` member alone: the answers to personal questions. "{}" when
/// there are none.
std::string contacts_json(const Form& form, const Submission& submission);

/// For people: indented by two spaces, bare values where an answer is nothing but its value,
/// contacts included, members in the order of the documentation, answers in the order of the
/// questionnaire. Ends with a line feed.
std::string full_json(const Form& form, const Submission& submission);

}  // namespace cosp
