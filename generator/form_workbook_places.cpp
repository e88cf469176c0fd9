// Where formulas find answers, and the lists that follow the registers.
#include <algorithm>

#include <fmt/format.h>

#include "generator/form_workbook_book.hpp"

namespace cosp {

/// Three columns for each register: the name of each row, how many have one so far, and the names
/// without gaps, which drop-downs offer.
void FormBook::add_register_lists(std::uint32_t index) {
  const RegisterPlace& place = plan.registers[index];
  const Register& registry = form.registry(index);
  const auto count = static_cast<std::uint32_t>(place.ids.size());
  const std::uint16_t title = registry.title_column == kNone
                                  ? std::uint16_t{0}
                                  : place.columns[registry.title_column - registry.columns.first];
  const std::string code(form.string(registry.code));
  std::vector<ListCell> names, counts, packed;
  const std::uint16_t names_at = lists_->next_column();
  const auto counts_at = static_cast<std::uint16_t>(names_at + 1);
  double so_far = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t row = place.first + i;
    const std::string id = reference(place.sheet, row, 0);
    const std::string filled =
        fmt::format("{}:{}", reference(place.sheet, row, 1),
                    fixed_cell_name(row, std::max<std::uint16_t>(1, place.width - 1)));
    const std::string named = reference(place.sheet, row, title);
    ListCell name{
        fmt::format("=IF(COUNTA({})=0,\"\",{})", filled,
                    title == 0 ? id
                               : fmt::format("IF({0}=\"\",{1},SUBSTITUTE(SUBSTITUTE(LEFT({0},"
                                             "120),CHAR(10),\" \"),\";\",\",\")&\" [\"&{1}&\"]\")",
                                             named, id)),
        fills_cells(index, place.rows[i]) ? row_label(index, place.rows[i]) : std::string()};
    if (!name.text.empty()) so_far += 1;
    const std::string own = lists_->address(names_at, i);
    const std::string above = i == 0 ? "0" : lists_->address(counts_at, i - 1);
    counts.push_back({fmt::format("={}+IF({}<>\"\",1,0)", above, own), {}, so_far, true});
    names.push_back(std::move(name));
  }
  std::vector<std::string> given;
  for (const ListCell& name : names)
    if (!name.text.empty()) given.push_back(name.text);
  const std::string names_range = lists_->add("=names " + code, std::move(names));
  const std::string counts_range = lists_->add("=count " + code, std::move(counts));
  for (std::uint32_t i = 0; i < count; ++i)
    packed.push_back(
        {fmt::format("=IFERROR(INDEX({},MATCH({},{},0)),\"\")", names_range, i + 1, counts_range),
         i < given.size() ? given[i] : std::string()});
  lists_->add("=rows " + code, std::move(packed));
}

std::optional<FormulaPlaces::QuestionCells> FormBook::question(std::uint32_t index) const {
  const QuestionPlace& place = plan.questions[index];
  if (place.sheet == kNone) return std::nullopt;
  const auto at = [&](std::uint32_t row, std::uint16_t column) {
    return reference(place.sheet, row, column);
  };
  QuestionCells cells;
  cells.standing = at(place.row, QuestionColumn::kStanding);
  cells.reason = at(place.row, QuestionColumn::kReason);
  const Question& question = form.question(index);
  switch (workbook::shape_of(question.type, false)) {
    case workbook::Shape::one_cell: cells.answer = at(place.row, QuestionColumn::kAnswer); break;
    case workbook::Shape::start_end:
    case workbook::Shape::amount_currency:
      cells.answer = at(place.row + 1, QuestionColumn::kAnswer);
      cells.second = at(place.row + 2, QuestionColumn::kAnswer);
      break;
    case workbook::Shape::references:
      cells.lines = fmt::format("{}:{}", at(place.row + 1, QuestionColumn::kAnswer),
                                fixed_cell_name(place.row + place.lines, QuestionColumn::kAnswer));
      break;
    case workbook::Shape::ticks:
      cells.options.resize(form.options_of(question.list).size());
      for (std::uint32_t i = 0; i < place.options.size(); ++i)
        cells.options[place.options[i]] = at(place.row + 1 + i, QuestionColumn::kAnswer);
      break;
  }
  return cells;
}

std::string FormBook::option(std::uint32_t list, std::uint32_t position) {
  return lists_->option(list, position);
}

std::string FormBook::reason(Reason reason) { return lists_->reason(reason); }

std::string FormBook::stage_is(Stage stage) {
  return fmt::format(
      "{}={}",
      reference(plan.sheet_of(PlannedSheet::Kind::cover), CoverRows::kStage, CoverColumn::kAnswer),
      lists_->stage(stage));
}

std::string FormBook::reserved(std::uint32_t provision) {
  const auto found = reserved_cells_.find(provision);
  return found == reserved_cells_.end() ? std::string() : found->second;
}

std::string FormBook::row_names(std::uint32_t registry) const {
  return lists_->range("=names " + std::string(form.string(form.registry(registry).code)));
}

std::string FormBook::row_ids(std::uint32_t registry) const {
  const RegisterPlace& place = plan.registers[registry];
  const auto last = place.first + static_cast<std::uint32_t>(place.ids.size()) - 1;
  return fmt::format("{}:{}", reference(place.sheet, place.first, 0), fixed_cell_name(last, 0));
}

std::string FormBook::column(std::uint32_t index, bool second) const {
  const Column& column = form.column(index);
  const RegisterPlace& place = plan.registers[column.owner];
  const std::uint16_t first = place.columns[index - form.registry(column.owner).columns.first];
  if (first == 0) return {};
  const auto at = static_cast<std::uint16_t>(first + (second ? 1 : 0));
  const auto last = place.first + static_cast<std::uint32_t>(place.ids.size()) - 1;
  return fmt::format("{}:{}", reference(place.sheet, place.first, at), fixed_cell_name(last, at));
}

}  // namespace cosp
