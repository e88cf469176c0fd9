/// Reading a submission from a workbook, xlsx or ods (docs/formats/workbook.md).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "readers/spreadsheet.hpp"
#include "readers/submission_reader.hpp"
#include "readers/workbook_places.hpp"

namespace cosp {

/// What became of the cells that hold something. The three add up to `read`.
struct WorkbookCounts {
  std::uint32_t read = 0;
  std::uint32_t imported = 0;  ///< answers and what stands beside them
  std::uint32_t rejected = 0;  ///< a finding says why
  std::uint32_t ignored = 0;   ///< the program's own words
};

/// What a workbook has room for: a partial one says nothing of the rest.
struct WorkbookCoverage {
  struct Rows {
    std::uint32_t registry = kNone;
    std::vector<std::string> ids;        ///< of rows on its sheets, empty ones too, in their order
    std::vector<std::uint32_t> columns;  ///< absolute, ascending
  };
  std::vector<std::uint32_t> questions;  ///< ascending
  std::vector<Rows> registers;           ///< those that stand on a sheet
  /// What was left out on purpose: codes of questions, "R/row", "R/row/column", as written.
  std::vector<std::string> held_back;
};

/// Findings have `cell` set. A workbook that cannot be read has one finding, and counts nothing.
struct ReadWorkbook : ReadSubmission {
  WorkbookCounts counts;
  WorkbookCoverage coverage;
  WorkbookPlaces places;  ///< for findings that come later
};

struct WorkbookLimits {
  SpreadsheetLimits spreadsheet{};
  ReadLimits submission{};
};

/// Reads workbooks, one after the other; keeps its buffers. One thread at a time.
///
/// The cells are put together as the JSON form and read by `SubmissionReader`, so that a workbook
/// and a JSON file that say the same are the same, findings included.
class WorkbookReader {
 public:
  WorkbookReader();
  WorkbookReader(WorkbookReader&&) noexcept;
  WorkbookReader& operator=(WorkbookReader&&) noexcept;
  ~WorkbookReader();

  /// Tolerant: what cannot be read is empty.
  SubmissionHead head(std::string_view bytes, const WorkbookLimits& limits = {});

  /// Reads against a form. Whatever the bytes are, they become answers and findings; the result
  /// keeps no reference to them or the form. Answers that `header.held_back` names are neither
  /// there nor asked for. Does not share closings.
  ReadWorkbook read(std::string_view bytes, const Form& form, const WorkbookLimits& limits = {});

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace cosp
