/// What has gone from a workbook: columns, rows of questions, the tables of contacts. Nobody knows
/// whether an answer stood there, so nothing is asked of it and no merge deletes it.
#pragma once

#include <cstdint>
#include <vector>

#include "readers/workbook_cells.hpp"
#include "readers/workbook_content.hpp"
#include "readers/workbook_tables.hpp"

namespace cosp {

/// Answers for which the workbook has no cell, though it should.
struct WorkbookGaps {
  std::vector<std::uint32_t> questions;  ///< ascending
  std::vector<std::uint32_t> columns;    ///< of registers, absolute, ascending
  std::vector<bool> registers;           ///< by register: its table has gone
};

/// One finding for each column that is missing from a table, one for the rows of questions of each
/// chapter, one for all registers and one for all contacts. Only a workbook of this form's version
/// is held against the form.
WorkbookGaps find_gaps(const Form& form, WorkbookCells& cells, const WorkbookTables& tables,
                       const WorkbookContent& content);

}  // namespace cosp
