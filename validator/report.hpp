/// What checking one file came to, and its renderings
/// (docs/formats/findings.md).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "model/cycle.hpp"
#include "model/finding.hpp"
#include "model/form.hpp"
#include "model/submission.hpp"

namespace cosp {

/// Digests of what was checked and of what it was checked with; empty where there is none.
struct ReportDigests {
  std::string submission;
  std::string contacts;
  std::string structure;
  std::string rules;
  std::string cycle;
};

/// What became of the cells of a workbook that hold something: the three add up to `read`.
struct ReportCells {
  std::uint32_t read = 0;
  std::uint32_t imported = 0;
  std::uint32_t rejected = 0;
  std::uint32_t ignored = 0;  ///< left as they were: the program's own words
};

struct Report {
  std::string file;         ///< as named by the caller
  SubmissionHeader header;  ///< default when the file was unreadable
  Outcome outcome = Outcome::unreadable;
  std::vector<Finding> findings;  ///< sorted
  std::vector<std::string>
      places;  ///< name of each finding's place ("block.suffix", "register/row/column")
  std::vector<Unchecked> unchecked;
  std::optional<Date> due;   ///< the submitter's deadline, when the cycle sets one
  bool is_extended = false;  ///< for this submitter
  ReportDigests digests;
  std::optional<ReportCells> cells;  ///< of a workbook
  /// Of a draft: required answers that a final submission would still lack.
  std::uint32_t open_for_final = 0;
};

/// A report on a submission that could be read, held against a cycle or none.
Report make_report(const Form& form, const Submission& submission, std::string file,
                   std::vector<Finding> findings, std::vector<Unchecked> unchecked,
                   const Cycle* cycle = nullptr);
/// A report on a file that could not.
Report make_unreadable_report(std::string file, std::vector<Finding> findings);

/// For people, at a terminal or by e-mail: each file's findings grouped by rule with counts, then
/// one by one; what was not checked; before the last line what it was checked with, as last line
/// the verdict. Control and bidi characters of answers are masked. `colour`: with ANSI colours.
std::string render_text(const Form& form, std::span<const Report> reports,
                        std::string_view language, bool colour);

/// One document for any number of files, for programs; members in fixed order, ends with a line
/// feed. Follows docs/formats/findings.schema.json.
std::string render_json(const Form& form, std::span<const Report> reports,
                        std::string_view language);

/// SARIF 2.1.0 (OASIS), for programs that show findings beside the lines of a file. Explained
/// findings are suppressed ones. Ends with a line feed.
std::string render_sarif(const Form& form, std::span<const Report> reports,
                         std::string_view language);

/// JUnit XML, for continuous integration: a suite a file, a case a rule that found something. What
/// decides the exit code fails its case; an unreadable file is an error.
std::string render_junit(const Form& form, std::span<const Report> reports,
                         std::string_view language);

/// RFC 4180, a line a finding after one of names; UTF-8 without a mark. A text that a spreadsheet
/// would take for a formula has an apostrophe before it.
std::string render_csv(const Form& form, std::span<const Report> reports,
                       std::string_view language);

}  // namespace cosp
