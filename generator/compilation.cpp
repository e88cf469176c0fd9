#include "generator/compilation.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "generator/kinds/table_declaration.hpp"

namespace cosp {
namespace {

bool consents(const Contributor& contributor, std::string_view condition) {
  const Evaluation& evaluation = *contributor.evaluation;
  const std::uint32_t index = evaluation.form().named_condition(condition);
  return index != kNone && evaluation.holds(index);
}

bool is_due(const Cycle& cycle, const RosterEntry& entry) {
  return cycle.owes_answers(entry.code, cycle.cut_off) && cycle.expects(entry.code);
}

DenominatorKind kind_apart(DenominatorKind kind, Population population) {
  const bool is_narrower = kind == DenominatorKind::asked || kind == DenominatorKind::answered;
  if (population == Population::parties || is_narrower || kind == DenominatorKind::none)
    return kind;
  return DenominatorKind::submitted_others;
}

std::int64_t whole_of(const Tally& tally, DenominatorKind kind, Population population) {
  if (kind == DenominatorKind::none) return 0;
  if (population != Population::parties) return tally.size_of(population);
  if (kind == DenominatorKind::roster) return tally.counts().roster;
  if (kind == DenominatorKind::parties) return tally.counts().parties;
  return tally.counts().submitted;
}

void set_denominators(Table& table) {
  for (TableRow& row : table.rows)
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      Cell& cell = row.cells[i];
      const Role column = table.columns[i].role;
      const bool is_told_of = (column == Role::value || column == Role::non_answer) &&
                              (row.role == Role::value || row.role == Role::non_answer);
      if (cell.kind != Cell::Kind::count || cell.denominator_kind != DenominatorKind::none ||
          !is_told_of)
        continue;
      cell.denominator_kind = table.denominator_kind;
      cell.denominator = table.denominator_kind == DenominatorKind::asked      ? row.asked
                         : table.denominator_kind == DenominatorKind::answered ? row.answered
                                                                               : table.denominator;
    }
}

/// What a chart shows: of stacked bars all that makes up the whole, else the values.
Figure make_figure(FigureShape shape, const Table& table) {
  Figure figure;
  figure.shape = shape;
  const auto is_drawn = [&](Role role) {
    return role == Role::value || (shape == FigureShape::stacked_bar && role == Role::non_answer);
  };
  for (std::uint32_t i = 0; i < table.columns.size(); ++i)
    if (is_drawn(table.columns[i].role)) figure.series.push_back(i);
  for (std::uint32_t i = 0; i < table.rows.size(); ++i)
    if (table.rows[i].role == Role::value) figure.rows.push_back(i);
  return figure;
}

void add_notes(const Form& form, Table& table) {
  const std::string note = "table." + table.declared_id + ".note";
  if (form.find_text(note) != kNone) table.notes.insert(table.notes.begin(), Label::text(note));
  if (table.population != Population::parties)
    table.notes.push_back(Label::text("note.apart." + std::string(to_string(table.population))));
  if (!table.has_suppressed()) return;
  if (table.suppress_below > 1)
    table.notes.push_back(Label::text("note.suppressed", {{"limit", table.suppress_below}}));
  else
    table.notes.push_back(Label::text("note.suppressed_closed"));
}

Table finish(Draft draft, const TableDeclaration& declaration, Tally& tally,
             Population population) {
  Table& table = draft.table;
  table.declared_id = declaration.id;
  table.id = declaration.id;
  if (population != Population::parties) table.id += "." + std::string(to_string(population));
  table.kind = declaration.kind->id;
  table.title = Label::text("table." + declaration.id + ".title");
  table.population = population;
  table.denominator_kind = kind_apart(declaration.denominator, population);
  table.denominator = whole_of(tally, declaration.denominator, population);
  table.suppress_below = declaration.suppress_below;
  const auto& decision = tally.input().cycle.decision;
  table.is_invented = declaration.kind->compares_states && decision && decision->is_invented;
  set_denominators(table);
  if (declaration.shape) {
    table.figure = make_figure(*declaration.shape, table);
    table.alternative_id = "table." + declaration.id + ".alternative";
  }
  for (const Member& member : tally.members())
    if (!member.consents) draft.without_consent.insert(member.entry);
  if (tally.input().audience == Audience::open) suppress(draft, declaration.suppress_below);
  add_notes(tally.form(), table);
  return std::move(table);
}

/// A table that too few stand behind is all suppressed, and one apart has nobody to hide among.
bool is_too_small(const TableDeclaration& declaration, const Tally& tally, Population population) {
  return tally.input().audience == Audience::open &&
         tally.size_of(population) < declaration.suppress_below;
}

void count_one(const TableDeclaration& declaration, Tally& tally, std::vector<Table>& tables) {
  const auto& decision = tally.input().cycle.decision;
  if (declaration.kind->compares_states && !(decision && decision->asks_comparison)) return;
  tables.push_back(finish(declaration.count(tally, Population::parties), declaration, tally,
                          Population::parties));
  if (!declaration.kind->is_counted_apart) return;
  for (const Population population : {Population::organizations, Population::others})
    if (tally.size_of(population) > 0 && !is_too_small(declaration, tally, population))
      tables.push_back(
          finish(declaration.count(tally, population), declaration, tally, population));
}

}  // namespace

std::string_view to_string(Audience audience) {
  return audience == Audience::open ? "public" : "secretariat";
}

std::optional<Audience> parse_audience(std::string_view word) {
  if (word == "public") return Audience::open;
  if (word == "secretariat") return Audience::secretariat;
  return std::nullopt;
}

bool may_publish(const Contributor& contributor) { return consents(contributor, "may_publish"); }
bool may_be_named(const Contributor& contributor) { return consents(contributor, "may_be_named"); }
bool may_be_compared(const Contributor& contributor) {
  return consents(contributor, "may_be_compared");
}

std::optional<Population> population_of(const CompilationInput& input,
                                        const Contributor& contributor) {
  const RosterEntry& entry = *contributor.entry;
  if (entry.kind == SubmitterKind::body || !input.cycle.expects(entry.code)) return std::nullopt;
  if (entry.kind == SubmitterKind::organization) return Population::organizations;
  return input.cycle.owes_answers(entry.code, input.cycle.cut_off) ? Population::parties
                                                                   : Population::others;
}

CycleCounts count_cycle(const CompilationInput& input) {
  CycleCounts counts;
  for (const RosterEntry& entry : input.cycle.roster.entries) {
    if (entry.kind != SubmitterKind::state) continue;
    ++counts.roster;
    if (is_due(input.cycle, entry)) ++counts.parties;
  }
  for (const Contributor& contributor : input.contributors) {
    const auto population = population_of(input, contributor);
    if (!population) continue;
    if (*population == Population::parties) ++counts.submitted;
    if (*population == Population::organizations) ++counts.submitted_organizations;
    if (*population == Population::others) ++counts.submitted_others;
    if (!may_publish(contributor)) ++counts.without_consent;
  }
  return counts;
}

Result<std::vector<Table>> count_tables(const CompilationInput& input,
                                        std::span<const std::string> only) {
  for (const std::string& id : only)
    if (input.form.find_table(id) == kNone)
      return Error{
          Error::Kind::bad_input, fmt::format("expected a declared table, got \"{}\"", id), {}};
  Tally tally(input);
  std::vector<Table> tables;
  for (const Declaration& declared : input.form.table_declarations()) {
    const std::string_view id = input.form.string(declared.id);
    if (!only.empty() && std::find(only.begin(), only.end(), id) == only.end()) continue;
    std::vector<Mistake> mistakes;
    const auto declaration = read_table_declaration(input.form, declared, mistakes);
    if (!declaration)
      return Error{Error::Kind::bad_input, mistakes.front().what,
                   fmt::format("{}:{}", mistakes.front().file, mistakes.front().line)};
    count_one(*declaration, tally, tables);
  }
  return tables;
}

const Table* find_table(std::span<const Table> tables, std::string_view id) {
  const auto found = std::find_if(tables.begin(), tables.end(),
                                  [&](const Table& table) { return table.id == id; });
  return found == tables.end() ? nullptr : &*found;
}

}  // namespace cosp
