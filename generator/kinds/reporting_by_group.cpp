#include "generator/kinds/counting.hpp"

namespace cosp {
namespace {

enum Columns : std::uint32_t { kParties, kReceived, kShare };

TableRow empty_row(const Table& table, std::string id, Label label) {
  TableRow row = count_row(table, std::move(id), std::move(label));
  row.cells[kShare].kind = Cell::Kind::share;
  return row;
}

/// One party of the roster, and whether it has submitted.
void add_party(TableRow& row, std::uint32_t entry, const Member* member) {
  Source position;
  position.is_position = true;
  Member party;
  party.entry = entry;
  count_in(row.cells[kParties], position, party, true);
  if (member == nullptr) return;
  for (const std::uint32_t column : {kReceived, kShare})
    count_in(row.cells[column], Source{}, *member, member->consents);
}

void close_row(TableRow& row) {
  for (const std::uint32_t column : {kReceived, kShare}) {
    row.cells[column].denominator = row.cells[kParties].count;
    row.cells[column].denominator_kind = DenominatorKind::parties;
  }
}

bool is_due(const Cycle& cycle, const RosterEntry& entry) {
  return cycle.owes_answers(entry.code, cycle.cut_off) && cycle.expects(entry.code);
}

/// The roster's groups in its order, then none, all States, organizations; those without a party
/// but the groups and the sum are left out.
Draft count(Tally& tally) {
  const Roster& roster = tally.input().cycle.roster;
  Draft draft;
  Table& table = draft.table;
  table.row_heading = Label::text("column.group");
  table.columns = {heading("parties", Role::denominator), heading("received", Role::value),
                   heading("share", Role::share)};
  for (const std::string& group : roster.groups)
    table.rows.push_back(empty_row(table, group, Label::group(group)));
  TableRow none = empty_row(table, "no_group", Label::group({}));
  TableRow all = empty_row(table, "all", Label::text("row.all_states"));
  TableRow organizations = empty_row(table, "organizations", Label::text("row.organizations"));
  all.role = Role::total;
  organizations.role = Role::beside;
  std::vector<const Member*> members(roster.entries.size(), nullptr);
  for (const Member& member : tally.members()) members[member.entry] = &member;
  for (std::uint32_t entry = 0; entry < roster.entries.size(); ++entry) {
    const RosterEntry& who = roster.entries[entry];
    if (!is_due(tally.input().cycle, who)) continue;
    if (who.kind == SubmitterKind::organization) add_party(organizations, entry, members[entry]);
    if (who.kind != SubmitterKind::state) continue;
    std::size_t group = 0;
    while (group < roster.groups.size() && roster.groups[group] != who.group) ++group;
    add_party(group < roster.groups.size() ? table.rows[group] : none, entry, members[entry]);
    add_party(all, entry, members[entry]);
  }
  if (none.cells[kParties].count > 0) table.rows.push_back(std::move(none));
  const auto parts = static_cast<std::uint32_t>(table.rows.size());
  table.rows.push_back(std::move(all));
  // How many submitted in all, and of organizations, is told with every table.
  draft.public_rows = {parts};
  if (organizations.cells[kParties].count > 0) {
    draft.public_rows.push_back(static_cast<std::uint32_t>(table.rows.size()));
    table.rows.push_back(std::move(organizations));
  }
  Relation received{{}, CellRef{parts, kReceived}};
  for (std::uint32_t row = 0; row < table.rows.size(); ++row) {
    close_row(table.rows[row]);
    draft.ties.push_back({{row, kReceived}, {row, kShare}});
    if (row < parts) received.parts.push_back({row, kReceived});
  }
  draft.relations.push_back(std::move(received));
  return draft;
}

}  // namespace

Counter prepare_reporting_by_group(ParameterReader&) {
  return [](Tally& tally, Population) { return count(tally); };
}

}  // namespace cosp
