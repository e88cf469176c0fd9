#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "generator/kinds/register_rows.hpp"

namespace cosp {
namespace {

struct Side {
  std::uint32_t registry = kNone;
  std::vector<std::uint32_t> columns;  ///< those matched, in the order declared
  std::uint32_t where = kNone;
};

struct Plan {
  Side left, right;
};

/// A row that may be shown, with its choices in the columns matched.
struct Candidate {
  RegisterRow row;
  std::vector<std::uint64_t> masks;
};

/// Everything that shows in a pair must be open to the reader.
std::vector<Candidate> candidates(const Side& side, const Tally& tally) {
  std::vector<Candidate> found;
  const bool shows_all = tally.input().audience == Audience::secretariat;
  for (const RegisterRow& row : rows_where(tally, side.registry, side.where)) {
    Candidate candidate{row, {}};
    for (const std::uint32_t column : side.columns) {
      const Answer& answer = cell_of(tally, row, column);
      const bool may_show = shows_all || view_cell(tally, row, column).is_open;
      candidate.masks.push_back(answer.has_value() && may_show ? answer.mask : 0);
    }
    if (std::find(candidate.masks.begin(), candidate.masks.end(), 0) == candidate.masks.end())
      found.push_back(std::move(candidate));
  }
  return found;
}

Cell agreed_cell(const Tally& tally, std::uint32_t column, std::uint64_t mask,
                 const Candidate& left, const Candidate& right) {
  Cell cell;
  cell.kind = Cell::Kind::labels;
  const std::uint32_t list = tally.form().column(column).list;
  for (std::uint32_t option = 0; option < tally.form().options_of(list).size(); ++option)
    if ((mask >> option & 1) != 0)
      cell.labels.push_back(
          Label::of(Label::Kind::option, tally.form().list(list).options.first + option));
  Source source;
  source.registry = tally.form().column(column).owner;
  source.column = column;
  for (const Candidate* side : {&left, &right})
    trace_in(cell, source, tally.members()[side->row.member],
             tally.members()[side->row.member].consents);
  return cell;
}

/// The row's title, or nothing where the register names none.
Cell title_cell(const Tally& tally, const Side& side, const Candidate& candidate) {
  const std::uint32_t title = tally.form().registry(side.registry).title_column;
  return title == kNone ? Cell{} : words_of(tally, candidate.row, title);
}

TableRow make_row(const Plan& plan, const Tally& tally, const Candidate& left,
                  const Candidate& right) {
  TableRow row;
  row.id = row_id(tally, left.row, plan.left.registry) + "-" +
           row_id(tally, right.row, plan.right.registry);
  row.role = Role::words;
  row.entry = tally.members()[left.row.member].entry;
  row.cells = {state_cell(tally, left.row, plan.left.registry), title_cell(tally, plan.left, left),
               state_cell(tally, right.row, plan.right.registry),
               title_cell(tally, plan.right, right)};
  for (std::size_t i = 0; i < left.masks.size(); ++i)
    row.cells.push_back(
        agreed_cell(tally, plan.left.columns[i], left.masks[i] & right.masks[i], left, right));
  return row;
}

bool agree(const Candidate& left, const Candidate& right) {
  for (std::size_t i = 0; i < left.masks.size(); ++i)
    if ((left.masks[i] & right.masks[i]) == 0) return false;
  return left.row.member != right.row.member;
}

/// Rows of the right side by each option they hold in the first column matched, so that only those
/// that share one are held against each other.
std::vector<std::vector<std::uint32_t>> by_option(const std::vector<Candidate>& rows) {
  std::vector<std::vector<std::uint32_t>> index(64);
  for (std::uint32_t i = 0; i < rows.size(); ++i)
    for (std::uint32_t option = 0; option < 64; ++option)
      if ((rows[i].masks[0] >> option & 1) != 0) index[option].push_back(i);
  return index;
}

Draft count(const Plan& plan, Tally& tally) {
  Draft draft;
  Table& table = draft.table;
  table.is_alphabetical = true;
  table.columns = {heading("left_state", Role::words), heading("left_row", Role::words),
                   heading("right_state", Role::words), heading("right_row", Role::words)};
  for (const std::uint32_t column : plan.left.columns)
    table.columns.push_back({std::string(tally.form().code(tally.form().column(column))),
                             Label::of(Label::Kind::column, column),
                             {},
                             Role::words});
  const auto lefts = candidates(plan.left, tally);
  const auto rights = candidates(plan.right, tally);
  const auto index = by_option(rights);
  for (const Candidate& left : lefts) {
    std::vector<std::uint32_t> near;
    for (std::uint32_t option = 0; option < 64; ++option)
      if ((left.masks[0] >> option & 1) != 0)
        near.insert(near.end(), index[option].begin(), index[option].end());
    std::sort(near.begin(), near.end());
    near.erase(std::unique(near.begin(), near.end()), near.end());
    for (const std::uint32_t right : near)
      if (agree(left, rights[right]))
        table.rows.push_back(make_row(plan, tally, left, rights[right]));
  }
  table.notes.push_back(Label::text("note.possible_match"));
  return draft;
}

}  // namespace

Counter prepare_pairs(ParameterReader& parameters) {
  Plan plan;
  const Form& form = parameters.form();
  plan.left.registry = parameters.registry("left");
  plan.right.registry = parameters.registry("right");
  plan.left.columns = parameters.columns("match", plan.left.registry);
  plan.right.columns = parameters.columns("match", plan.right.registry);
  plan.left.where = parameters.condition("left_where");
  plan.right.where = parameters.condition("right_where");
  for (std::size_t i = 0; i < plan.left.columns.size() && i < plan.right.columns.size(); ++i) {
    const Column& left = form.column(plan.left.columns[i]);
    const Column& right = form.column(plan.right.columns[i]);
    if (!is_choice(left.type) || !is_choice(right.type) || left.list != right.list)
      parameters.mistake(
          fmt::format("expected columns with the options of one list in both registers, got \"{}\"",
                      form.code(left)));
  }
  return [plan](Tally& tally, Population) { return count(plan, tally); };
}

}  // namespace cosp
