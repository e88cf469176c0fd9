/// Submissions from one kind of file to another, or to another release of their form, and several
/// files put together.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "model/finding.hpp"
#include "service/merging.hpp"
#include "service/migrating.hpp"
#include "service/workspace.hpp"

namespace cosp {

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

/// What became of a migration of a file. Nothing was written unless `is_written`.
struct FileMigration {
  std::shared_ptr<const PreparedForm> from, to;
  std::vector<Finding> findings;  ///< of reading, located
  bool is_unreadable = false;
  bool is_written = false;
  Migrated migrated;
};

/// Reads one file of an earlier release and writes it as one of `to`. What could not be read would
/// be lost: then nothing is written, unless `leaves_out` allows it.
///
/// Errors: those of reading the file, its form, and the map; `bad_input` when the map is not of
/// these two releases; those of `write_submission_file`.
Result<FileMigration> migrate_file(Workspace& workspace, const std::filesystem::path& in,
                                   const std::filesystem::path& out,
                                   const std::shared_ptr<const PreparedForm>& to,
                                   const std::optional<std::filesystem::path>& map,
                                   const std::string& language, bool leaves_out);

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
