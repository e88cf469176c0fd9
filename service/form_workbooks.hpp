/// Workbooks of a form to be filled in: blank, with what is known beforehand, or one office's part.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "generator/form_workbook.hpp"
#include "model/submission.hpp"
#include "service/migrating.hpp"
#include "service/workspace.hpp"

namespace cosp {

struct FormWorkbookRequest {
  std::string language;  ///< one of the form's
  std::filesystem::path output;
  std::optional<std::filesystem::path> cycle;
  std::string submitter;                          ///< code of the cycle's roster; empty: anybody
  std::optional<std::filesystem::path> previous;  ///< submission of the last cycle, to carry over
  std::optional<std::filesystem::path> from;      ///< submission to show, as it is
  std::vector<std::string> chapters;              ///< codes; empty: what the cycle asks, or all
  std::string office;                             ///< whose part it is; empty: nobody's
};

/// Writes one workbook; an existing file is replaced. Returns what could not be carried over of a
/// last submission that answered an earlier release of the form.
///
/// Errors: those of reading the cycle and the submissions; `bad_input` when the submitter is not of
/// the cycle, a chapter is not of the form, or a submitter is named without a cycle; `io`.
Result<std::vector<NotCarried>> make_form_workbook(
    Workspace& workspace, const std::shared_ptr<const PreparedForm>& prepared,
    const FormWorkbookRequest& request);

/// Writes a workbook beside the output, then puts it in its place whole; an existing file is
/// replaced. Errors: those of `write_form_workbook`.
Result<void> write_workbook_file(const Form& form, const FormWorkbookOptions& options,
                                 const std::filesystem::path& output);

/// A draft in which stands what is known beforehand: the header, the treaty position, the act
/// of a party with its day and the reservations as the cycle has them (origin `prefilled`), and the
/// answers, rows and contacts of the last submission where the cycle says nothing (origin
/// `carried_over`). Explanations and codes that the form does not know are not carried over.
/// `previous` may be null.
Submission prefilled_submission(const Form& form, const Cycle& cycle, const std::string& submitter,
                                const Submission* previous, const std::string& language);

/// "justice" of "Ministry of Justice": what an office's new entries are numbered with, so that
/// those of several parts do not meet. Letters and digits of ASCII; else, or besides, of a digest.
std::string row_prefix_of(std::string_view office);

}  // namespace cosp
