/// The questionnaire as a workbook that is filled in offline, blank or with what is known
/// (docs/formats/workbook.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "model/evaluation.hpp"
#include "model/form.hpp"
#include "model/submission.hpp"

namespace cosp {

/// What stands in the workbook beside the questions. Pointers may be null and must outlive the
/// call.
struct FormWorkbookOptions {
  std::string language;  ///< of the workbook's own words; one of the form's
  /// Everything in it is in the workbook, unless held back. Null: a blank workbook.
  const Submission* submission = nullptr;
  /// The cycle (deadline, position, reservations, phases) and the last cycle's answers, which
  /// conditions ask for. They fill in nothing: what is to stand in cells is in `submission`.
  Surroundings surroundings;
  /// Codes: nothing of other chapters is in the workbook then. Empty: the submission's own parts,
  /// or what the cycle asks, or all, and whatever is answered.
  std::vector<std::string> chapters;
  /// Whose part it is: answers that are not public, and are not this office's own, stay out of the
  /// workbook, and the header lists them. Empty: nobody's, nothing stays out.
  std::string office;
  std::string row_prefix;       ///< before the numbers of new entries; empty: none
  std::optional<Date> created;  ///< in the file's properties; else the cycle's cut-off, else fixed
  std::uint32_t spare_rows =
      30;  ///< empty entries prepared in each register, as far as it takes them
};

/// Writes the workbook. Same input, same bytes.
///
/// The workbook counts and greys out by formulas, which hold their results as `Evaluation` has them
/// at the time of writing. What a formula cannot know (answers that the workbook leaves out,
/// comparisons with the last cycle's) is settled when it is written, or taken as asked.
///
/// Errors: `bad_input` for a chapter that the form does not have; `io` if the file cannot be
/// written whole (nothing is left then). The file is written in place: give a path in a staging
/// folder.
Result<void> write_form_workbook(const Form& form, const FormWorkbookOptions& options,
                                 const std::filesystem::path& path);

}  // namespace cosp
