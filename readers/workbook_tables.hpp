/// Finding the tables of a workbook: their heads, columns and rows (docs/formats/workbook.md).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/workbook_layout.hpp"
#include "readers/workbook_cells.hpp"

namespace cosp {

struct WorkbookColumn {
  std::uint32_t column = 0;
  std::uint32_t head_cell = kNone;
  std::string property;
};

struct WorkbookTable {
  workbook::Marker marker;
  std::uint32_t sheet = 0;
  std::uint32_t head_cell = kNone;  ///< that of the marker
  std::uint32_t code_column = 0;
  std::vector<WorkbookColumn> columns;  ///< without those of the program's own words

  /// kNone when there is none of that name.
  std::uint32_t column_of(std::string_view property) const;
};

/// One cell of a row that an answer may stand in.
struct WorkbookEntry {
  std::uint32_t column = 0;  ///< index into the table's columns
  std::uint32_t cell = 0;
};

struct WorkbookRow {
  std::uint32_t table = 0;
  std::uint32_t row = 0;  ///< on the sheet
  std::string code;       ///< trimmed; empty: the row has none
  std::uint32_t code_cell = kNone;
  std::uint32_t first = 0, count = 0;  ///< into `entries`
};

struct WorkbookTables {
  std::vector<WorkbookTable> tables;
  std::vector<WorkbookRow> rows;
  std::vector<WorkbookEntry> entries;

  std::uint32_t position_of(const WorkbookRow& row, std::string_view property) const;
};

/// Heads, codes and own words become `ignored`; what stands where nothing is read becomes a finding
/// and `rejected`. All other cells are entries of rows.
WorkbookTables find_tables(WorkbookCells& cells);

}  // namespace cosp
