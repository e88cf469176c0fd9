/// Small workbooks made in tests, part by part.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "readers/workbook_reader.hpp"
#include "tests/support/archive.hpp"

namespace cosp::test {

/// Cells are written in a notation of their own: "text", "#12.5" a figure, "%0.25" a percentage,
/// "@2027-12-31" a day, "?1" a boolean, "!#REF!" an error, "=A1+1|12" a formula with its value ("="
/// alone before "|": without one); "" nothing.
struct TestSheet {
  std::string name;
  std::vector<std::vector<std::string>> rows;
  bool is_hidden = false;
};
std::string xlsx_of(const std::vector<TestSheet>& sheets);
std::string ods_of(const std::vector<TestSheet>& sheets);

/// The parts of an xlsx file with one sheet of this `sheetData`.
Parts xlsx_parts(std::string_view sheet_data, std::string_view shared_strings = {},
                 std::string_view styles = {});

/// The cover of a workbook for `all_types_form`, whole.
TestSheet cover(std::vector<std::vector<std::string>> more = {});
/// A sheet with the table of questions and these rows.
TestSheet questions(std::vector<std::vector<std::string>> rows);

/// Reads with a reader of its own, and holds the counts of cells against each other.
ReadWorkbook read_all_types_workbook(const std::string& bytes, const WorkbookLimits& limits = {});
ReadWorkbook read_all_types_workbook(const std::vector<TestSheet>& sheets);

/// "id@sheet!cell" of each finding but those about what is gone: most tests give a few rows only.
std::vector<std::string> placed(const ReadWorkbook& read);
/// The same of those about rows, columns and tables that are gone.
std::vector<std::string> gaps(const ReadWorkbook& read);
bool is_about_a_gap(const Finding& finding);
/// The sheet of the register `papers`, with all its columns, the name first.
TestSheet papers_sheet(std::vector<std::vector<std::string>> rows);

}  // namespace cosp::test
