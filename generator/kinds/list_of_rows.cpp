#include <algorithm>

#include "generator/kinds/register_rows.hpp"

namespace cosp {
namespace {

struct Plan {
  std::uint32_t registry = kNone;
  std::vector<std::uint32_t> columns;
  std::uint32_t where = kNone;
  std::uint32_t consent = kNone;
};

/// In public only States that consent, and rows of which something may be read.
bool is_listed(const Plan& plan, const Tally& tally, const RegisterRow& row, const TableRow& made) {
  if (tally.input().audience == Audience::secretariat) return true;
  const Member& member = tally.members()[row.member];
  if (!member.consents || !member.contributor->evaluation->holds(plan.consent)) return false;
  return std::any_of(made.cells.begin() + 1, made.cells.end(),
                     [](const Cell& cell) { return cell.kind != Cell::Kind::empty; });
}

Draft count(const Plan& plan, Tally& tally) {
  Draft draft;
  Table& table = draft.table;
  table.is_alphabetical = true;
  table.columns = {heading("state", Role::words)};
  for (const std::uint32_t column : plan.columns)
    table.columns.push_back({std::string(tally.form().code(tally.form().column(column))),
                             Label::of(Label::Kind::column, column),
                             {},
                             Role::words});
  std::int64_t left_out = 0;
  for (const RegisterRow& row : rows_where(tally, plan.registry, plan.where)) {
    TableRow made;
    made.id = row_id(tally, row, plan.registry);
    made.role = Role::words;
    made.entry = tally.members()[row.member].entry;
    made.cells.push_back(state_cell(tally, row, plan.registry));
    for (const std::uint32_t column : plan.columns)
      made.cells.push_back(words_of(tally, row, column));
    if (is_listed(plan, tally, row, made))
      table.rows.push_back(std::move(made));
    else
      ++left_out;
  }
  if (left_out > 0) table.notes.push_back(Label::text("note.some_rows_not_published"));
  return draft;
}

}  // namespace

Counter prepare_list_of_rows(ParameterReader& parameters) {
  Plan plan;
  plan.registry = parameters.registry("register");
  plan.columns = parameters.columns("columns", plan.registry);
  plan.where = parameters.condition("where");
  plan.consent = parameters.named_condition("consent", "may_publish");
  return [plan](Tally& tally, Population) { return count(plan, tally); };
}

}  // namespace cosp
