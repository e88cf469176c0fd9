#include "readers/workbook_places.hpp"

#include <algorithm>

namespace cosp {
namespace {

using workbook::HeaderMember;

constexpr std::array<std::pair<std::string_view, HeaderMember>, 16> kHeaderPointers = {{
    {"/format", HeaderMember::format},
    {"/form", HeaderMember::form},
    {"/form/id", HeaderMember::form},
    {"/form/version", HeaderMember::version},
    {"/form/structure", HeaderMember::structure},
    {"/cycle", HeaderMember::cycle},
    {"/submitter", HeaderMember::submitter},
    {"/submitter/kind", HeaderMember::kind},
    {"/submitter/code", HeaderMember::submitter},
    {"/revision", HeaderMember::revision},
    {"/stage", HeaderMember::stage},
    {"/language", HeaderMember::language},
    {"/purpose", HeaderMember::purpose},
    {"/period", HeaderMember::period_start},
    {"/period/start", HeaderMember::period_start},
    {"/period/end", HeaderMember::period_end},
}};

}  // namespace

CellPosition WorkbookPlaces::of_pointer(std::string_view pointer) const {
  if (pointer.starts_with("/parts")) return header[static_cast<std::size_t>(HeaderMember::parts)];
  for (const auto& [known, member] : kHeaderPointers)
    if (pointer == known) return header[static_cast<std::size_t>(member)];
  return {};
}

CellPosition WorkbookPlaces::of_source(std::uint32_t source) const {
  if (source == kNone || source == 0) return {};
  const auto after =
      std::upper_bound(marks.begin(), marks.end(), source,
                       [](std::uint32_t at, const auto& mark) { return at < mark.first; });
  return after == marks.begin() ? CellPosition{} : std::prev(after)->second;
}

CellPosition WorkbookPlaces::of_place(const Place& place) const {
  if (place.registry == kNone)
    return place.question < questions.size() ? questions[place.question] : CellPosition{};
  if (place.registry >= rows.size()) return {};
  if (place.row >= rows[place.registry].size()) return register_heads[place.registry];
  for (const RowPlace* row :
       {&rows[place.registry][place.row], &contacts[place.registry][place.row]}) {
    if (place.column == kNone || row->table == kNone) continue;
    for (const auto& [field, column] : table_columns[row->table])
      if (field == place.column) return {row->code.sheet, row->code.row, column};
  }
  return rows[place.registry][place.row].code;
}

/// The cell of a note, a detail or rows that an answer lacks.
CellPosition WorkbookPlaces::of_missing(const Finding& finding) const {
  const Place& place = finding.place;
  if (!finding.rule.ends_with("-required") || place.registry != kNone) return {};
  if (place.question >= question_rows.size()) return {};
  const RowPlace& row = question_rows[place.question];
  const auto property =
      workbook::parse_property(finding.pointer.substr(finding.pointer.rfind('/') + 1));
  if (!property || row.table == kNone) return {};
  for (const auto& [known, column] : table_columns[row.table])
    if (known == static_cast<std::uint32_t>(*property))
      return {row.code.sheet, row.code.row, column};
  return {};
}

CellPosition WorkbookPlaces::find(const Finding& finding) const {
  if (const CellPosition of_header = of_pointer(finding.pointer); of_header.is_somewhere())
    return of_header;
  if (const CellPosition missing = of_missing(finding); missing.is_somewhere()) return missing;
  if (const CellPosition read = of_source(finding.source); read.is_somewhere()) return read;
  return of_place(finding.place);
}

void WorkbookPlaces::locate(std::vector<Finding>& findings) const {
  for (Finding& finding : findings) {
    finding.line = finding.column = 0;
    if (!finding.cell.empty()) continue;
    const CellPosition position = find(finding);
    if (position.is_somewhere())
      finding.cell = sheets[position.sheet] + "!" + cell_name(position.row, position.column);
  }
}

}  // namespace cosp
