#include <set>

#include <fmt/format.h>

#include "generator/kinds/register_rows.hpp"

namespace cosp {
namespace {

enum Columns : std::uint32_t { kStates, kRows };
enum FixedRows : std::uint32_t { kAny };

struct Plan {
  std::uint32_t registry = kNone;
  std::uint32_t column = kNone;
  std::uint32_t where = kNone;
};

/// Counts rows as they come, member by member: a State is in each line once.
class Lines {
 public:
  Lines(const Form& form, const Plan& plan, const Table& table) : plan_(plan) {
    list_ = form.column(plan.column).list;
    add(count_row(table, "any", Label::text("row.any")), Role::denominator);
    for (std::uint32_t option = 0; option < form.options_of(list_).size(); ++option) {
      const TableColumn head = option_heading(form, list_, option);
      add(count_row(table, head.id, head.label), Role::value);
    }
    non_answers_ = static_cast<std::uint32_t>(rows_.size());
    for (const Standing standing : kNonAnswers) {
      if (!is_within_asked(standing)) continue;
      const TableColumn head = heading(standing);
      add(count_row(table, head.id, head.label), Role::non_answer);
    }
  }

  void count(std::uint32_t line, const Tally& tally, const RegisterRow& row, std::uint32_t option,
             const AnswerView& view) {
    const Member& member = tally.members()[row.member];
    Source source = source_of(kNone, view.standing, option);
    source.registry = plan_.registry;
    source.column = plan_.column;
    TableRow& target = rows_[line];
    if (last_member_[line] != row.member) ++target.cells[kStates].count;
    last_member_[line] = row.member;
    ++target.cells[kRows].count;
    for (Cell& cell : target.cells) trace_in(cell, source, member, view.is_open);
  }

  void count(const Tally& tally, const RegisterRow& row, const AnswerView& view) {
    count(kAny, tally, row, kNone, view);
    if (view.standing != Standing::value) {
      // What is beside "asked" elsewhere has no meaning for a row: it is a non-answer like another.
      const Standing standing =
          is_within_asked(view.standing) ? view.standing : Standing::not_applicable;
      return count(non_answers_ + static_cast<std::uint32_t>(standing) - 1, tally, row, kNone,
                   view);
    }
    for (std::uint32_t option = 0; kAny + 1 + option < non_answers_; ++option)
      if ((view.answer->mask >> option & 1) != 0)
        count(kAny + 1 + option, tally, row, option, view);
  }

  std::vector<TableRow> take() { return std::move(rows_); }

 private:
  void add(TableRow row, Role role) {
    row.role = role;
    rows_.push_back(std::move(row));
    last_member_.push_back(static_cast<std::size_t>(-1));
  }

  const Plan& plan_;
  std::uint32_t list_ = kNone;
  std::uint32_t non_answers_ = 0;
  std::vector<TableRow> rows_;
  std::vector<std::size_t> last_member_;  ///< by line: who was counted last
};

struct ViewedRow {
  RegisterRow row;
  AnswerView view;
};

/// The population's rows. What the public rows say is listed elsewhere: closed rows of fewer States
/// than can hide one another are told as "not published", as in tables of answers.
std::vector<ViewedRow> rows_of(const Plan& plan, const Tally& tally, Population population) {
  std::vector<ViewedRow> viewed;
  std::set<std::size_t> closed;
  for (const RegisterRow& row : rows_where(tally, plan.registry, plan.where)) {
    if (tally.members()[row.member].population != population) continue;
    viewed.push_back({row, view_cell(tally, row, plan.column)});
    if (is_closed(viewed.back().view)) closed.insert(row.member);
  }
  if (closed.size() >= kFewestClosed) return viewed;
  for (ViewedRow& one : viewed)
    if (is_closed(one.view)) one.view = {Standing::not_published, false, nullptr};
  return viewed;
}

Draft count(const Plan& plan, Tally& tally, Population population) {
  Draft draft;
  Table& table = draft.table;
  table.row_heading = Label::text("column.option");
  table.columns = {heading("states", Role::value), heading("rows", Role::beside)};
  Lines lines(tally.form(), plan, table);
  for (const ViewedRow& one : rows_of(plan, tally, population))
    lines.count(tally, one.row, one.view);
  table.rows = lines.take();
  draft.public_columns = {kRows};
  Relation rows{{}, CellRef{kAny, kRows}};
  for (std::uint32_t row = 0; row < table.rows.size(); ++row) {
    draft.ties.push_back({{row, kStates}, {row, kRows}});
    draft.against.push_back({row, kStates});
    if (row != kAny) rows.parts.push_back({row, kRows});
  }
  if (tally.form().column(plan.column).type != QuestionType::multi)
    draft.relations.push_back(std::move(rows));
  return draft;
}

}  // namespace

Counter prepare_rows_by_option(ParameterReader& parameters) {
  Plan plan;
  plan.registry = parameters.registry("register");
  plan.column = parameters.column("column", plan.registry);
  plan.where = parameters.condition("where");
  if (plan.column != kNone && !is_choice(parameters.form().column(plan.column).type))
    parameters.mistake(fmt::format("expected a column with options, got \"{}\"",
                                   parameters.form().code(parameters.form().column(plan.column))));
  return [plan](Tally& tally, Population population) { return count(plan, tally, population); };
}

}  // namespace cosp
