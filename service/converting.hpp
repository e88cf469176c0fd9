/// Submissions from one kind of file to another, and several files put together.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "model/finding.hpp"
#include "service/merging.hpp"
#include "service/workspace.hpp"

namespace cosp {

struct SubmissionFile;

/// After such a finding of reading, something that was written does not stand in the submission.
bool loses_answers(const Finding& finding);
/// Everything of the file stands in the submission that was read.
bool is_whole(const SubmissionFile& file);
/// Reads a file and places its findings. Errors: those of opening it.
Result<SubmissionFile> read_located(const std::filesystem::path& path, const Form& form);

/// The form that a submission's file names. Errors: those of reading the file; `bad_input` when it
/// names none, or one that is not known.
Result<std::shared_ptr<const PreparedForm>> form_of_file(Workspace& workspace,
                                                         const std::filesystem::path& file);

/// Whether `write_submission_file` knows the kind of file: *.json, *.xlsx.
bool is_written_kind(const std::filesystem::path& file);

/// Writes a submission whole, as the name of the file says: its JSON form for people, or a workbook
/// in the language (one of the form's). An existing file is replaced. Errors: `bad_input` for
/// another kind of file; `io`.
Result<void> write_submission_file(const Form& form, const Submission& submission,
                                   const std::filesystem::path& file, const std::string& language);

/// What became of a conversion. Nothing was written unless `is_written`.
struct Conversion {
  std::shared_ptr<const PreparedForm> form;
  std::vector<Finding> findings;  ///< of reading, located
  bool is_unreadable = false;
  bool is_written = false;
};

/// Reads one file and writes it as another. What could not be read would be lost: then nothing is
/// written, unless `leaves_out` allows it.
Result<Conversion> convert_file(Workspace& workspace, const std::filesystem::path& from,
                                const std::filesystem::path& to, const std::string& language,
                                bool leaves_out);

struct FileMerge {
  std::shared_ptr<const PreparedForm> form;
  Merged merged;
};

/// Merges files against their common base (see `merge`). A partial workbook, or a file that names
/// its chapters, takes nothing out of what it does not hold.
///
/// Errors: `bad_input` for a file with answers that could not be read, with each finding a line;
/// those of `merge` and of reading files.
Result<FileMerge> merge_files(Workspace& workspace, const std::filesystem::path& base,
                              const std::vector<std::filesystem::path>& parts);

}  // namespace cosp
