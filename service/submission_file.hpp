/// A submission's file, whatever its kind: JSON, xlsx or ods, told apart by what it holds.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "readers/workbook_reader.hpp"

namespace cosp {

class Workspace;
struct PreparedForm;

/// One file read against a form.
struct SubmissionFile : ReadSubmission {
  bool is_workbook = false;
  WorkbookCounts counts;      ///< of a workbook's cells
  WorkbookCoverage coverage;  ///< of a workbook; a JSON file covers what it says of itself
  WorkbookPlaces places;

  /// Places findings that came after reading: line and column of a JSON file, `sheet!cell` of a
  /// workbook. `bytes` are the file's.
  void locate(std::vector<Finding>& findings, std::string_view bytes) const;
};

/// The media types of the three kinds.
inline constexpr std::string_view kJsonType = "application/json";
inline constexpr std::string_view kXlsxType =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
inline constexpr std::string_view kOdsType = "application/vnd.oasis.opendocument.spreadsheet";

/// Whether files of this name are submissions: *.json, *.xlsx, *.ods.
bool is_submission_name(const std::filesystem::path& file);

/// Reads one file after the other; keeps its buffers. One thread at a time.
class SubmissionFileReader {
 public:
  SubmissionFileReader();
  SubmissionFileReader(SubmissionFileReader&&) noexcept;
  SubmissionFileReader& operator=(SubmissionFileReader&&) noexcept;
  ~SubmissionFileReader();

  /// Tolerant: what cannot be read is empty.
  SubmissionHead head(std::string& bytes);
  /// `said` is what the sender calls the kind of the file, its name or media type: bytes that are
  /// neither JSON nor a workbook are held to it. May be empty.
  SubmissionFile read(std::string& bytes, std::string_view said, const Form& form);

  static constexpr std::size_t kPadding = SubmissionReader::kPadding;
  /// Of a file; one byte more is let through, so that "too large" is a finding like any other.
  static constexpr std::uint64_t kMostBytes = ReadLimits{}.bytes;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

/// The bytes of a submission's file. Errors: those of `read_file`.
Result<std::string> load_submission_file(const std::filesystem::path& file);

/// Loads and reads. Errors: those of `read_file`; what is wrong within the file are findings.
/// Closings are not shared.
Result<SubmissionFile> read_submission_file(const std::filesystem::path& file, const Form& form);

/// The finding that a workbook is one office's part: what it leaves out does not stand in it.
inline constexpr std::string_view kPartOfSubmission = "part-of-submission";
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

}  // namespace cosp
