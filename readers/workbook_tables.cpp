#include "readers/workbook_tables.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace cosp {
namespace {

using workbook::Marker;
using workbook::Table;

constexpr std::uint16_t kNoColumn = 0xFFFF;
/// A column of the program's own words.
constexpr std::uint16_t kOwnColumn = 0xFFFE;
constexpr std::size_t kLongestCode = 1'000;

bool is_own_words(std::string_view property) { return property.starts_with(workbook::kOwnWords); }

/// Whether a cell without text in the sense of people: nothing but white space.
bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\xC2\xA0") == std::string_view::npos;
}

class TableFinder {
 public:
  explicit TableFinder(WorkbookCells& cells) : cells_(cells) {}

  WorkbookTables find() {
    const auto& sheets = cells_.sheets().sheets;
    for (std::uint32_t i = 0; i < sheets.size(); ++i) find_in_sheet(i, sheets[i]);
    return std::move(out_);
  }

 private:
  /// What stands below the last head.
  enum class Within { nothing, table, read_by_nobody, orphan };

  void find_in_sheet(std::uint32_t index, const SpreadsheetSheet& sheet) {
    sheet_ = index;
    within_ = Within::nothing;
    const std::uint32_t last = sheet.first + sheet.count;
    if (!has_head(sheet.first, last)) return reject_sheet(sheet.first, last);
    for (std::uint32_t first = sheet.first; first < last;) {
      std::uint32_t end = first + 1;
      while (end < last && cells_.cell(end).row == cells_.cell(first).row) ++end;
      take_row(first, end);
      first = end;
    }
  }

  bool has_head(std::uint32_t first, std::uint32_t last) const {
    for (std::uint32_t i = first; i < last; ++i)
      if (workbook::is_marker_like(cells_.text(i)) || looks_like_property(i)) return true;
    return false;
  }

  /// One finding for the whole sheet, which somebody has added.
  void reject_sheet(std::uint32_t first, std::uint32_t last) {
    std::uint32_t count = 0;
    std::uint32_t shown = kNone;
    for (std::uint32_t i = first; i < last; ++i) {
      const bool is_empty =
          is_blank(cells_.text(i)) && cells_.cell(i).kind == SpreadsheetCell::Kind::text;
      cells_.set(i, is_empty ? CellFate::ignored : CellFate::rejected);
      if (is_empty) continue;
      ++count;
      shown = std::min(shown, i);
    }
    if (count != 0) add_counted("sheet-not-read", shown, count);
  }

  void add_counted(std::string_view id, std::uint32_t cell, std::uint32_t count) {
    Finding& finding = cells_.add(id, cell);
    finding.arguments.emplace_back("sheet", cells_.sheets().sheets[sheet_].name);
    finding.arguments.emplace_back("count", std::int64_t{count});
  }

  void take_row(std::uint32_t first, std::uint32_t end) {
    for (std::uint32_t i = first; i < end; ++i)
      if (workbook::is_marker_like(cells_.text(i))) return take_head(first, end, i);
    const bool is_open = within_ == Within::nothing || within_ == Within::orphan;
    if (is_open && is_orphan_head(first, end)) return take_orphan_head(first, end);
    switch (within_) {
      case Within::table: return take_answers(first, end);
      case Within::read_by_nobody:
        for (std::uint32_t i = first; i < end; ++i) cells_.set(i, CellFate::ignored);
        return;
      case Within::orphan: return take_orphans(first, end);
      case Within::nothing:
        for (std::uint32_t i = first; i < end; ++i) outside(i);
        return;
    }
  }

  void take_head(std::uint32_t first, std::uint32_t end, std::uint32_t marker_cell) {
    for (std::uint32_t i = first; i < end; ++i) cells_.set(i, CellFate::ignored);
    const auto marker = workbook::parse_marker(trim(cells_.text(marker_cell)));
    set_columns(first, end, marker_cell);
    if (!marker) {
      cells_.reject("marker-unknown", marker_cell);
      within_ = Within::orphan;
      return;
    }
    if (marker->table == Table::lists || marker->table == Table::progress) {
      within_ = Within::read_by_nobody;
      return;
    }
    within_ = Within::table;
    table_ = static_cast<std::uint32_t>(out_.tables.size());
    WorkbookTable& table = out_.tables.emplace_back();
    table.marker = *marker;
    table.sheet = sheet_;
    table.head_cell = marker_cell;
    table.code_column = code_column_ = cells_.cell(marker_cell).column;
    table.columns = std::move(columns_);
  }

  /// Which column holds which property; of two of one name the first.
  void set_columns(std::uint32_t first, std::uint32_t end, std::uint32_t marker_cell) {
    columns_.clear();
    by_column_.assign(cells_.cell(end - 1).column + 1, kNoColumn);
    for (std::uint32_t i = first; i < end; ++i) {
      if (i == marker_cell) continue;
      const std::uint32_t column = cells_.cell(i).column;
      std::string property = trim(cells_.text(i));
      if (is_own_words(property)) {
        by_column_[column] = kOwnColumn;
        continue;
      }
      const bool is_new = std::ranges::none_of(
          columns_, [&](const WorkbookColumn& known) { return known.property == property; });
      if (!is_new || columns_.size() >= kOwnColumn) continue;
      by_column_[column] = static_cast<std::uint16_t>(columns_.size());
      columns_.push_back({column, i, std::move(property)});
    }
  }

  std::uint16_t slot_of(std::uint32_t cell) const {
    const std::uint32_t column = cells_.cell(cell).column;
    return column < by_column_.size() ? by_column_[column] : kNoColumn;
  }

  void take_answers(std::uint32_t first, std::uint32_t end) {
    WorkbookRow row;
    row.table = table_;
    row.row = cells_.cell(first).row;
    row.first = static_cast<std::uint32_t>(out_.entries.size());
    for (std::uint32_t i = first; i < end; ++i)
      if (cells_.cell(i).column == code_column_) take_code(i, row);
    if (row.code == std::string_view(&workbook::kOwnWords, 1)) {
      for (std::uint32_t i = first; i < end; ++i) cells_.set(i, CellFate::ignored);
      return;
    }
    for (std::uint32_t i = first; i < end; ++i) {
      if (i == row.code_cell) continue;
      const std::uint16_t slot = slot_of(i);
      const bool is_text = cells_.cell(i).kind == SpreadsheetCell::Kind::text;
      if (slot == kOwnColumn || (is_text && is_blank(cells_.text(i))))
        cells_.set(i, CellFate::ignored);
      else if (slot == kNoColumn || cells_.cell(i).column == code_column_)
        outside(i);
      else
        out_.entries.push_back({slot, i});
    }
    row.count = static_cast<std::uint32_t>(out_.entries.size()) - row.first;
    if (row.count != 0 || row.code_cell != kNone) out_.rows.push_back(std::move(row));
  }

  void take_code(std::uint32_t cell, WorkbookRow& row) {
    if (row.code_cell != kNone) return;  // a second cell at one place
    const std::string_view text = cells_.text(cell);
    row.code = trim(text.substr(0, kLongestCode));
    row.code_cell = cell;
    cells_.set(cell, CellFate::ignored);
  }

  void outside(std::uint32_t cell) {
    const bool is_text = cells_.cell(cell).kind == SpreadsheetCell::Kind::text;
    if (is_text && is_blank(cells_.text(cell)))
      cells_.set(cell, CellFate::ignored);
    else
      cells_.reject("text-outside-answers", cell);
  }

  // Where the column of codes was deleted, its markers went with it.

  /// A word that stands in heads alone.
  bool looks_like_property(std::uint32_t cell) const {
    const std::string_view text = cells_.text(cell);
    if (text.size() > 1 && is_own_words(text) && text[1] >= 'a' && text[1] <= 'z') return true;
    return workbook::parse_property(text).has_value();
  }

  bool is_orphan_head(std::uint32_t first, std::uint32_t end) const {
    constexpr int kEnough = 2;
    int found = 0;
    for (std::uint32_t i = first; i < end && found < kEnough; ++i)
      if (looks_like_property(i)) ++found;
    return found >= kEnough;
  }

  void take_orphan_head(std::uint32_t first, std::uint32_t end) {
    for (std::uint32_t i = first; i < end; ++i) cells_.set(i, CellFate::ignored);
    set_columns(first, end, kNone);
    columns_.clear();
    within_ = Within::orphan;
    const std::uint32_t last =
        cells_.sheets().sheets[sheet_].first + cells_.sheets().sheets[sheet_].count;
    add_counted("codes-missing", first, count_orphans(end, last));
  }

  /// Cells below an orphan head in whose columns answers stood, up to the next head.
  std::uint32_t count_orphans(std::uint32_t from, std::uint32_t last) const {
    std::uint32_t count = 0;
    for (std::uint32_t i = from; i < last; ++i) {
      if (workbook::is_marker_like(cells_.text(i))) break;
      if (slot_of(i) != kOwnColumn) ++count;
    }
    return count;
  }

  void take_orphans(std::uint32_t first, std::uint32_t end) {
    for (std::uint32_t i = first; i < end; ++i)
      cells_.set(i, slot_of(i) == kOwnColumn ? CellFate::ignored : CellFate::rejected);
  }

  WorkbookCells& cells_;
  WorkbookTables out_;
  std::uint32_t sheet_ = 0;
  Within within_ = Within::nothing;
  std::uint32_t table_ = 0;
  std::uint32_t code_column_ = 0;
  std::vector<WorkbookColumn> columns_;
  std::vector<std::uint16_t> by_column_;
};

}  // namespace

std::uint32_t WorkbookTable::column_of(std::string_view property) const {
  const auto found = std::ranges::find(columns, property, &WorkbookColumn::property);
  return found == columns.end() ? kNone : found->column;
}

std::uint32_t WorkbookTables::position_of(const WorkbookRow& row, std::string_view property) const {
  return tables[row.table].column_of(property);
}

WorkbookTables find_tables(WorkbookCells& cells) { return TableFinder(cells).find(); }

}  // namespace cosp
