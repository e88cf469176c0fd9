#include "service/submission_file.hpp"

#include <algorithm>
#include <array>

#include "base/file.hpp"
#include "readers/spreadsheet.hpp"
#include "readers/submission_writer.hpp"
#include "service/workspace.hpp"

namespace cosp {
namespace fs = std::filesystem;
namespace {

std::string lower(std::string_view text) {
  std::string folded(text);
  for (char& c : folded)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return folded;
}

/// Whether the sender calls it a workbook.
bool is_called_workbook(std::string_view said) {
  const std::string name = lower(said);
  constexpr std::array<std::string_view, 6> kEnds = {".xlsx", ".xlsm", ".xls",
                                                     ".xlsb", ".ods",  ".csv"};
  return std::ranges::any_of(kEnds, [&](std::string_view end) { return name.ends_with(end); }) ||
         name.starts_with(kXlsxType) || name.starts_with(kOdsType);
}

bool is_workbook(std::string_view bytes, std::string_view said) {
  switch (file_kind(bytes)) {
    case FileKind::workbook: return true;
    case FileKind::json: return false;
    case FileKind::other: return is_called_workbook(said);
  }
  return false;
}

/// Findings of reading after which everything that was written still stands in the submission.
constexpr std::string_view kLosesNothing[] = {
    "unknown-question", "missing-member", "missing-header",    "duplicate-row",
    "row-without-id",   "form-mismatch",  "structure-mismatch"};

}  // namespace

struct SubmissionFileReader::Implementation {
  SubmissionReader json;
  WorkbookReader workbook;
};

SubmissionFileReader::SubmissionFileReader()
    : implementation_(std::make_unique<Implementation>()) {}
SubmissionFileReader::SubmissionFileReader(SubmissionFileReader&&) noexcept = default;
SubmissionFileReader& SubmissionFileReader::operator=(SubmissionFileReader&&) noexcept = default;
SubmissionFileReader::~SubmissionFileReader() = default;

SubmissionHead SubmissionFileReader::head(std::string& bytes) {
  return is_workbook(bytes, {}) ? implementation_->workbook.head(bytes)
                                : implementation_->json.head(bytes);
}

SubmissionFile SubmissionFileReader::read(std::string& bytes, std::string_view said,
                                          const Form& form) {
  SubmissionFile file;
  file.is_workbook = is_workbook(bytes, said);
  if (!file.is_workbook) {
    static_cast<ReadSubmission&>(file) = implementation_->json.read(bytes, form);
    return file;
  }
  ReadWorkbook read = implementation_->workbook.read(bytes, form);
  file.counts = read.counts;
  file.coverage = std::move(read.coverage);
  file.places = std::move(read.places);
  static_cast<ReadSubmission&>(file) = std::move(static_cast<ReadSubmission&>(read));
  return file;
}

void SubmissionFile::locate(std::vector<Finding>& found, std::string_view bytes) const {
  if (is_workbook)
    places.locate(found);
  else
    cosp::locate(found, bytes);
}

bool is_submission_name(const std::filesystem::path& file) {
  const std::string extension = lower(file.extension().string());
  return extension == ".json" || extension == ".xlsx" || extension == ".ods";
}

Result<std::string> load_submission_file(const std::filesystem::path& file) {
  return read_file(file, SubmissionFileReader::kMostBytes + 1, SubmissionFileReader::kPadding);
}

Result<SubmissionFile> read_submission_file(const std::filesystem::path& file, const Form& form) {
  auto bytes = load_submission_file(file);
  if (!bytes) return bytes.error();
  return SubmissionFileReader().read(*bytes, file.string(), form);
}

bool loses_answers(const Finding& finding) {
  if (finding.rule == kPartOfSubmission) return true;
  return finding.severity >= Severity::warning &&
         std::ranges::find(kLosesNothing, finding.rule) == std::end(kLosesNothing);
}

bool is_whole(const SubmissionFile& file) {
  return !file.is_unreadable && file.counts.rejected == 0 && !has_rejected(file.submission) &&
         std::ranges::none_of(file.findings, loses_answers);
}

Result<SubmissionFile> read_located(const fs::path& path, const Form& form) {
  auto bytes = load_submission_file(path);
  if (!bytes) return bytes.error();
  SubmissionFile file = SubmissionFileReader().read(*bytes, path.string(), form);
  file.locate(file.findings, *bytes);
  return file;
}

Result<std::shared_ptr<const PreparedForm>> form_of_file(Workspace& workspace,
                                                         const fs::path& file) {
  auto bytes = load_submission_file(file);
  if (!bytes) return bytes.error();
  const SubmissionHead head = SubmissionFileReader().head(*bytes);
  if (head.form_id.empty())
    return Error{Error::Kind::bad_input, "expected a submission that names its form",
                 file.string()};
  return workspace.form(head.form_id, head.form_version);
}

}  // namespace cosp
