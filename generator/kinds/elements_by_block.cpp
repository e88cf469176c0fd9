#include <fmt/format.h>

#include "generator/kinds/counting.hpp"

namespace cosp {
namespace {

enum Columns : std::uint32_t { kAsked, kInPlace, kNotIndicated, kNo };

struct Element {
  std::uint32_t block = kNone;
  std::uint32_t status = kNone;    ///< question
  std::uint32_t elements = kNone;  ///< question
  std::uint32_t option = 0;        ///< position in the list of `elements`
  StatusOptions scale{};
};

/// Where a State with a status counts: an element is in place when the status or its tick says so;
/// one that is not ticked is not indicated, never "no".
void count_status(TableRow& row, const Element& element, std::uint32_t non_answers,
                  const Member& member, const AnswerView& status, const AnswerView& ticks) {
  const Source stated = source_of(element.status, Standing::value);
  const std::uint64_t mask = status.answer->mask;
  if ((mask & element.scale[0]) != 0) {
    ++row.answered;
    count_in(row.cells[kInPlace], stated, member, status.is_open);
  } else if ((mask & element.scale[2]) != 0) {
    ++row.answered;
    count_in(row.cells[kNo], stated, member, status.is_open);
  } else if (ticks.standing == Standing::not_published) {
    count_in(row.cells[non_answers + static_cast<std::uint32_t>(Standing::not_published) - 1],
             source_of(element.elements, Standing::not_published), member, false);
  } else if (ticks.standing == Standing::value && (ticks.answer->mask >> element.option & 1) != 0) {
    ++row.answered;
    count_in(row.cells[kInPlace], source_of(element.elements, Standing::value, element.option),
             member, status.is_open && ticks.is_open);
  } else {
    ++row.answered;
    count_in(row.cells[kNotIndicated], stated, member,
             status.is_open && (ticks.answer == nullptr || ticks.is_open));
  }
}

TableRow count_row_of(const Element& element, const Table& table, std::uint32_t non_answers,
                      Tally& tally, Population population) {
  const Form& form = tally.form();
  const TableColumn head =
      option_heading(form, form.question(element.elements).list, element.option);
  TableRow row =
      count_row(table, fmt::format("{}.{}", form.string(form.block(element.block).code), head.id),
                head.label);
  row.block = element.block;
  const auto statuses = tally.answers(element.status);
  const auto ticks = tally.answers(element.elements);
  for (std::size_t i = 0; i < statuses.size(); ++i) {
    const Member& member = tally.members()[i];
    const AnswerView& view = statuses[i];
    if (member.population != population) continue;
    const Source any = source_of(element.status, view.standing);
    if (is_within_asked(view.standing)) {
      ++row.asked;
      count_in(row.cells[kAsked], any, member, view.is_open);
    }
    if (view.standing == Standing::value)
      count_status(row, element, non_answers, member, view, ticks[i]);
    else
      count_in(row.cells[non_answers + static_cast<std::uint32_t>(view.standing) - 1], any, member,
               view.is_open);
  }
  return row;
}

/// What says the same of each element of a block is shown for all or none.
void tie_block(Draft& draft, std::uint32_t first, std::uint32_t end) {
  for (std::uint32_t column = 0; column < draft.table.columns.size(); ++column) {
    const std::string& id = draft.table.columns[column].id;
    if (column == kInPlace || column == kNotIndicated || id == to_string(Standing::not_published))
      continue;
    std::vector<CellRef> tied;
    for (std::uint32_t row = first; row < end; ++row) {
      tied.push_back({row, column});
      if (row > first) draft.relations.push_back({{{row - 1, column}}, CellRef{row, column}});
    }
    if (tied.size() > 1) draft.ties.push_back(std::move(tied));
  }
}

Draft count(const std::vector<Element>& elements, Tally& tally, Population population) {
  Draft draft;
  Table& table = draft.table;
  table.row_heading = Label::text("column.element");
  table.columns = {heading("asked", Role::denominator), heading("in_place", Role::value),
                   heading("not_indicated", Role::value), heading("no", Role::value)};
  const std::uint32_t non_answers = add_non_answers(draft);
  std::uint32_t first = 0;
  for (const Element& element : elements) {
    const auto index = static_cast<std::uint32_t>(table.rows.size());
    if (index > first && table.rows.back().block != element.block) {
      tie_block(draft, first, index);
      first = index;
    }
    table.rows.push_back(count_row_of(element, table, non_answers, tally, population));
    relate_row(draft, index, kAsked);
  }
  tie_block(draft, first, static_cast<std::uint32_t>(table.rows.size()));
  return draft;
}

}  // namespace

Counter prepare_elements_by_block(ParameterReader& parameters) {
  const Form& form = parameters.form();
  const std::string status = parameters.suffix("status");
  const std::string suffix = parameters.suffix("elements");
  std::vector<Element> elements;
  for (const std::uint32_t block : parameters.blocks("rows", suffix)) {
    Element element;
    element.block = block;
    element.status = form.find_question(form.block(block), status);
    element.elements = form.find_question(form.block(block), suffix);
    if (element.status == kNone || element.elements == kNone) continue;
    const Question& question = form.question(element.elements);
    if (!is_choice(form.question(element.status).type) || !is_choice(question.type)) {
      parameters.mistake(fmt::format("expected questions with options, got those of \"{}\"",
                                     form.string(form.block(block).code)));
      continue;
    }
    element.scale = parameters.status_options("scale", form.question(element.status).list);
    const auto options = form.options_of(question.list);
    for (element.option = 0; element.option < options.size(); ++element.option)
      if (is_offered(question, element.option) && options[element.option].provisions.count > 0)
        elements.push_back(element);
  }
  return [elements](Tally& tally, Population population) {
    return count(elements, tally, population);
  };
}

}  // namespace cosp
