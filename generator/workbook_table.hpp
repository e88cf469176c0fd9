/// One table on its sheet. For generator/ only.
#pragma once

#include <string>

#include "generator/compilation.hpp"
#include "generator/table_text.hpp"
#include "generator/workbook_sheet.hpp"

namespace cosp {

/// What every sheet of a workbook says.
struct WorkbookFrame {
  std::string title;          ///< of the product
  std::string mark;           ///< test data, draft; never empty for made-up data
  std::string contents_name;  ///< of the sheet to go back to
};

/// "TEST DATA …", "Draft …", each where it holds.
std::string marks_of(const CompilationInput& input, TableText& text);
void set_page(WorkbookFile& book, lxw_worksheet* sheet, const WorkbookFrame& frame,
              TableText& text);
/// Letters, digits and underscores, as names in workbooks take them, and no address of a cell.
std::string defined_name(std::string_view id);

void write_table_sheet(WorkbookFile& book, lxw_worksheet* sheet, const std::string& sheet_name,
                       const Table& table, const WorkbookFrame& frame,
                       const CompilationInput& input, TableText& text);

}  // namespace cosp
