/// The end of reading a workbook: what the submission's reader has found is brought back to the
/// cells, and every cell is counted.
#pragma once

#include "readers/workbook_gaps.hpp"
#include "readers/workbook_reader.hpp"
#include "readers/workbook_values.hpp"

namespace cosp {

/// Merges the findings, gives each its cell, rejects the answers that the cells did not let be
/// written, takes out what was held back or has gone, and counts. Sorted.
void settle_outcome(const Form& form, WorkbookCells& cells, const WorkbookValues& values,
                    const WorkbookGaps& gaps, WorkbookLabels& labels, const CellMarks& marks,
                    ReadWorkbook& result);

}  // namespace cosp
