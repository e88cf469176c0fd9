#include <algorithm>

#include <fmt/format.h>

#include "generator/kinds/counting.hpp"

namespace cosp {
namespace {

enum Columns : std::uint32_t { kAsked, kAnswered, kFirstBand };

struct Plan {
  std::vector<std::uint32_t> questions;
  std::vector<Decimal> bounds;  ///< lower ends, ascending; 0 as the first has a band of its own
};

std::string id_of(std::string_view word, Decimal bound) {
  std::string id = fmt::format("{}_{}", word, bound.to_string());
  std::replace(id.begin(), id.end(), '.', '_');
  return id;
}

/// The first band is exactly zero (or all below the first bound, when that is above zero), each
/// other one begins at its bound. A figure below zero, which no question should take, gets a band
/// before them.
std::vector<TableColumn> band_headings(const std::vector<Decimal>& bounds, bool has_negative) {
  std::vector<TableColumn> columns;
  const auto add = [&](std::string id, std::string text, Arguments arguments) {
    columns.push_back(
        {std::move(id), Label::text(std::move(text), std::move(arguments)), {}, Role::value});
  };
  const bool has_zero = bounds.front().is_zero();
  if (has_negative) add("under_0", "band.under", {{"end", Decimal()}});
  if (has_zero) add("zero", "band.zero", {});
  if (!has_zero) add(id_of("under", bounds[0]), "band.under", {{"end", bounds[0]}});
  if (has_zero && bounds.size() == 1) add("above_0", "band.above_zero", {});
  for (std::size_t i = has_zero ? 1 : 0; i < bounds.size(); ++i) {
    if (has_zero && i == 1)
      add(id_of("under", bounds[1]), "band.above_zero_under", {{"end", bounds[1]}});
    if (i + 1 < bounds.size())
      add(id_of("from", bounds[i]), "band.between", {{"start", bounds[i]}, {"end", bounds[i + 1]}});
    else
      add(id_of("from", bounds[i]), "band.from", {{"start", bounds[i]}});
  }
  return columns;
}

/// Position of the figure's band.
std::uint32_t band_of(const std::vector<Decimal>& bounds, bool has_negative, Decimal figure) {
  const auto above = std::upper_bound(bounds.begin(), bounds.end(), figure);
  const auto passed = static_cast<std::uint32_t>(above - bounds.begin());
  if (figure.is_negative() && has_negative) return 0;
  const std::uint32_t first = has_negative ? 1 : 0;
  return first + (figure.is_zero() ? 0 : passed);
}

/// Only matters where zero has a band of its own: else what is below zero is below the first bound.
bool has_negative_figure(const Plan& plan, Tally& tally, Population population) {
  if (!plan.bounds.front().is_zero()) return false;
  for (const std::uint32_t question : plan.questions) {
    const auto views = tally.answers(question);
    for (std::size_t i = 0; i < views.size(); ++i)
      if (tally.members()[i].population == population && views[i].standing == Standing::value &&
          views[i].answer->number.is_negative())
        return true;
  }
  return false;
}

void relate(Draft& draft, std::uint32_t row, std::uint32_t non_answers) {
  Relation bands{{}, CellRef{row, kAnswered}};
  for (std::uint32_t column = kFirstBand; column < non_answers; ++column)
    bands.parts.push_back({row, column});
  Relation within{{{row, kAnswered}}, CellRef{row, kAsked}};
  Relation all{{{row, kAsked}}, std::nullopt};
  for (std::uint32_t column = non_answers; column < draft.table.columns.size(); ++column)
    (draft.table.columns[column].role == Role::beside ? all : within)
        .parts.push_back({row, column});
  draft.relations.insert(draft.relations.end(), {bands, within, all});
}

Draft count(const Plan& plan, Tally& tally, Population population) {
  const Form& form = tally.form();
  Draft draft;
  Table& table = draft.table;
  table.row_heading = Label::text("column.block");
  table.columns = {heading("asked", Role::denominator), heading("answered", Role::denominator)};
  const bool has_negative = has_negative_figure(plan, tally, population);
  for (TableColumn& column : band_headings(plan.bounds, has_negative))
    table.columns.push_back(std::move(column));
  const std::uint32_t non_answers = add_non_answers(draft);
  for (const std::uint32_t question : plan.questions) {
    TableRow row = block_row(table, form, form.question(question).block);
    const auto views = tally.answers(question);
    for (std::size_t i = 0; i < views.size(); ++i) {
      const Member& member = tally.members()[i];
      if (member.population != population) continue;
      const Source any = source_of(question, views[i].standing);
      if (is_within_asked(views[i].standing))
        ++row.asked, count_in(row.cells[kAsked], any, member, views[i].is_open);
      if (views[i].standing == Standing::value) {
        ++row.answered;
        count_in(row.cells[kAnswered], any, member, views[i].is_open);
        count_in(
            row.cells[kFirstBand + band_of(plan.bounds, has_negative, views[i].answer->number)],
            any, member, views[i].is_open);
      } else {
        count_in(row.cells[non_answers + static_cast<std::uint32_t>(views[i].standing) - 1], any,
                 member, views[i].is_open);
      }
    }
    table.rows.push_back(std::move(row));
    relate(draft, static_cast<std::uint32_t>(table.rows.size() - 1), non_answers);
  }
  return draft;
}

}  // namespace

Counter prepare_distribution(ParameterReader& parameters) {
  Plan plan;
  const Form& form = parameters.form();
  const std::string suffix = parameters.suffix("question");
  plan.bounds = parameters.bands("bands");
  for (const std::uint32_t block : parameters.blocks("rows", suffix)) {
    const std::uint32_t index = form.find_question(form.block(block), suffix);
    if (index == kNone) continue;
    if (form.question(index).type == QuestionType::number)
      plan.questions.push_back(index);
    else
      parameters.mistake(fmt::format("expected a question of type number, got \"{}\"",
                                     form.code(form.question(index))));
  }
  return [plan](Tally& tally, Population population) { return count(plan, tally, population); };
}

}  // namespace cosp
