#include "readers/workbook_cells.hpp"

#include <algorithm>
#include <tuple>

#include "readers/submission_findings.hpp"

namespace cosp {
namespace {

bool stands_before(const SpreadsheetCell& a, const SpreadsheetCell& b) {
  return std::tie(a.row, a.column) < std::tie(b.row, b.column);
}

}  // namespace

WorkbookCells::WorkbookCells(Spreadsheet& sheets, std::uint32_t most_findings)
    : sheets_(sheets),
      fates_(sheets.cells.size(), CellFate::unread),
      most_findings_(most_findings) {
  for (const SpreadsheetSheet& sheet : sheets.sheets) {
    const auto first = sheets.cells.begin() + sheet.first;
    const auto last = first + sheet.count;
    if (!std::is_sorted(first, last, stands_before)) std::stable_sort(first, last, stands_before);
  }
}

std::uint32_t WorkbookCells::sheet_of(std::uint32_t index) const {
  // Of sheets without cells, which begin where the next one does, the last is the one.
  const auto after =
      std::upper_bound(sheets_.sheets.begin(), sheets_.sheets.end(), index,
                       [](std::uint32_t i, const SpreadsheetSheet& s) { return i < s.first; });
  return static_cast<std::uint32_t>(after - sheets_.sheets.begin()) - 1;
}

CellPosition WorkbookCells::position(std::uint32_t index) const {
  return {sheet_of(index), cell(index).row, cell(index).column};
}

std::string WorkbookCells::name(const CellPosition& position) const {
  if (!position.is_somewhere()) return {};
  return sheets_.sheets[position.sheet].name + "!" + cell_name(position.row, position.column);
}

Finding& WorkbookCells::add_at(std::string_view id, const CellPosition& position,
                               const Place& place) {
  const bool is_beyond = findings_.size() >= most_findings_;
  is_over_ = is_over_ || is_beyond;
  Finding& finding = is_beyond ? beyond_ : findings_.emplace_back();
  finding = read_finding(id, kNone);
  finding.place = place;
  finding.cell = name(position);
  return finding;
}

Finding& WorkbookCells::add(std::string_view id, std::uint32_t index, const Place& place) {
  Finding& finding = add_at(id, position(index), place);
  finding.written = is_masked_ ? std::string(kMaskedText) : shortened(text(index));
  return finding;
}

Finding& WorkbookCells::reject(std::string_view id, std::uint32_t index, const Place& place) {
  set(index, CellFate::rejected);
  return add(id, index, place);
}

std::vector<Finding> WorkbookCells::take_findings() {
  if (is_over_) {
    findings_.push_back(read_finding("too-many-findings", kNone));
    findings_.back().arguments.emplace_back("most", std::int64_t{most_findings_});
    is_over_ = false;
  }
  return std::move(findings_);
}

}  // namespace cosp
