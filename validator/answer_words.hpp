/// Answers as they stand in findings: for a reader, and as what was written. Personal data are
/// masked in both.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "model/finding.hpp"
#include "model/form.hpp"
#include "model/submission.hpp"

namespace cosp {

inline constexpr std::size_t kWrittenCharacters = 200;
inline constexpr std::string_view kMasked = "•••";

/// Cut to 200 code points, with an ellipsis where something was cut.
std::string shorten_written(std::string_view text);

/// What was written, with codes of options and ids of rows; empty for an absent answer.
std::string written_answer(const Form& form, const Submission& submission, const Field& field,
                           const Answer& answer);

/// The answer as a reader sees it: labels of options, figures and dates in their language, titles
/// of rows.
FindingArgument readable_answer(const Form& form, const Submission& submission, const Field& field,
                                const Answer& answer);

/// Sets what the finding says was written there: the codes, and for a reader the labels where they
/// differ, as its argument "written".
void set_written(const Form& form, const Submission& submission, const Field& field,
                 const Answer& answer, Finding& finding);

/// What names a row to a reader: its title column, else its id.
std::string title_of_row(const Form& form, const Submission& submission, std::uint32_t registry,
                         std::uint32_t row);

/// The field and the answer at a place; the answer is null where the place holds none.
struct PlacedAnswer {
  const Field* field = nullptr;
  const Answer* answer = nullptr;
};
PlacedAnswer answer_at(const Form& form, const Submission& submission, const Place& place);

}  // namespace cosp
