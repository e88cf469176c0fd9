/// What the tables of a workbook hold, by what it means: cells of the header, of answers, of rows.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "model/form.hpp"
#include "model/workbook_layout.hpp"
#include "readers/workbook_cells.hpp"
#include "readers/workbook_rows.hpp"
#include "readers/workbook_tables.hpp"
#include "readers/workbook_texts.hpp"
#include "readers/workbook_values.hpp"

namespace cosp {

struct WorkbookExplanation {
  std::string rule, place;
  std::uint32_t code_cell = kNone, digest = kNone, text = kNone;
};

/// A cell of an answer whose code the form does not know.
struct UnknownPiece {
  std::string code, line;
  workbook::Property property = workbook::Property::answer;
  std::uint32_t cell = kNone, code_cell = kNone;
};

struct WorkbookContent {
  explicit WorkbookContent(const Form& form)
      : question_positions(form.questions().size()),
        registers(form.registers().size()),
        contacts(form.registers().size()),
        rows(form) {
    header.fill(kNone);
  }

  /// What stands there, trimmed; empty when the workbook does not have the member.
  std::string header_text(const WorkbookCells& cells, workbook::HeaderMember member) const;

  std::array<std::uint32_t, workbook::kHeaderMemberCount> header;  ///< cells
  std::array<CellPosition, workbook::kHeaderMemberCount> header_positions;
  std::vector<CellPosition> question_positions;  ///< of its answer, be it empty; by question
  std::vector<AnswerPiece> answers;              ///< sorted by question, property, line
  /// By register; sorted by row, column, property, line. Those of `contacts` stand among the
  /// contacts.
  std::vector<std::vector<AnswerPiece>> registers, contacts;
  WorkbookRows rows;
  WorkbookTexts texts;
  std::vector<WorkbookExplanation> explanations;
  std::vector<UnknownPiece> unknown;                                  ///< sorted by code
  std::vector<std::pair<std::uint32_t, std::uint32_t>> unknown_json;  ///< code cell, cell
  std::vector<std::pair<std::uint32_t, std::uint32_t>> columns;  ///< register, column: on a sheet
};

/// Gathers the entries of all tables. What is no part of any answer becomes a finding and is
/// rejected. All pieces are cells that hold something.
WorkbookContent gather_content(const Form& form, WorkbookCells& cells,
                               const WorkbookTables& tables);

}  // namespace cosp
