/// From findings to the cells that they speak of.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/finding.hpp"
#include "model/workbook_layout.hpp"
#include "readers/workbook_cells.hpp"

namespace cosp {

/// Where everything of a submission stood in its workbook. Plain data; outlives the workbook.
struct WorkbookPlaces {
  struct RowPlace {
    CellPosition code;
    std::uint32_t table = kNone;  ///< index into `table_columns`
  };

  std::vector<std::string> sheets;
  /// By byte offset in the JSON that the workbook was read as; each holds up to the next.
  std::vector<std::pair<std::uint32_t, CellPosition>> marks;
  std::array<CellPosition, workbook::kHeaderMemberCount> header;
  std::vector<CellPosition> questions;          ///< of their answers, empty ones too
  std::vector<std::vector<RowPlace>> rows;      ///< by register and row of the submission
  std::vector<std::vector<RowPlace>> contacts;  ///< the same among the contacts
  std::vector<CellPosition> register_heads;     ///< by register
  std::vector<std::vector<std::pair<std::uint32_t, std::uint32_t>>>
      table_columns;  ///< column of the form (absolute), or Property; column of the sheet
  std::vector<RowPlace> question_rows;  ///< by question, with what stands beside its answer

  /// Sets `cell` of each finding that has none, and takes away its line and column.
  void locate(std::vector<Finding>& findings) const;

 private:
  CellPosition find(const Finding& finding) const;
  CellPosition of_place(const Place& place) const;
  CellPosition of_missing(const Finding& finding) const;
  CellPosition of_pointer(std::string_view pointer) const;
  CellPosition of_source(std::uint32_t source) const;
};

}  // namespace cosp
