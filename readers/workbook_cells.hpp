/// The cells of a workbook in the hands of its reader: what becomes of each, and what is found at
/// them.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/finding.hpp"
#include "readers/spreadsheet.hpp"

namespace cosp {

/// What becomes of a cell. `answer` and `beside` wait for the submission's reader: it takes them,
/// or finds why not.
enum class CellFate : std::uint8_t { unread, ignored, rejected, imported, answer, beside };

struct CellPosition {
  std::uint32_t sheet = kNone;
  std::uint32_t row = 0;
  std::uint32_t column = 0;
  bool is_somewhere() const { return sheet != kNone; }
};

/// A workbook's cells, their fates and the findings at them. Cells are named by their index.
class WorkbookCells {
 public:
  /// Sorts the cells of each sheet by row and column. `sheets` must outlive this.
  WorkbookCells(Spreadsheet& sheets, std::uint32_t most_findings);

  const Spreadsheet& sheets() const { return sheets_; }
  std::size_t size() const { return sheets_.cells.size(); }
  const SpreadsheetCell& cell(std::uint32_t index) const { return sheets_.cells[index]; }
  std::string_view text(std::uint32_t index) const { return sheets_.text(cell(index)); }
  std::uint32_t sheet_of(std::uint32_t index) const;
  CellPosition position(std::uint32_t index) const;
  /// "Chapter 2!E14"
  std::string name(const CellPosition& position) const;

  CellFate fate(std::uint32_t index) const { return fates_[index]; }
  void set(std::uint32_t index, CellFate fate) { fates_[index] = fate; }

  /// A finding at a cell. Beyond the limit they are counted and not kept.
  Finding& add(std::string_view id, std::uint32_t index, const Place& place = {});
  /// The same, and the cell is rejected.
  Finding& reject(std::string_view id, std::uint32_t index, const Place& place = {});
  Finding& add_at(std::string_view id, const CellPosition& position, const Place& place = {});

  /// Personal places show nothing of what was written.
  void mask(bool is_personal) { is_masked_ = is_personal; }

  std::vector<Finding> take_findings();

 private:
  Spreadsheet& sheets_;
  std::vector<CellFate> fates_;
  std::vector<Finding> findings_;
  std::uint32_t most_findings_;
  bool is_over_ = false;
  bool is_masked_ = false;
  Finding beyond_;
};

}  // namespace cosp
