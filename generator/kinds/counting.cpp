#include "generator/kinds/counting.hpp"

#include <algorithm>

namespace cosp {

Role role_of(Standing standing) {
  if (standing == Standing::value) return Role::value;
  return is_within_asked(standing) ? Role::non_answer : Role::beside;
}

TableColumn heading(std::string_view id, Role role) {
  return {std::string(id), Label::text("column." + std::string(id)), {}, role};
}

TableColumn heading(Standing standing) {
  return {std::string(to_string(standing)),
          Label::text("standing." + std::string(to_string(standing))),
          {},
          role_of(standing)};
}

TableColumn option_heading(const Form& form, std::uint32_t list, std::uint32_t option) {
  const std::uint32_t index = form.list(list).options.first + option;
  return {std::string(form.string(form.tables().options[index].code)),
          Label::of(Label::Kind::option, index),
          {},
          Role::value};
}

bool is_on_record(Standing standing) {
  return standing == Standing::by_reservation || standing == Standing::outside_phase;
}

std::uint32_t add_non_answers(Draft& draft) {
  const auto first = static_cast<std::uint32_t>(draft.table.columns.size());
  for (const Standing standing : kNonAnswers) {
    if (is_on_record(standing))
      draft.public_columns.push_back(static_cast<std::uint32_t>(draft.table.columns.size()));
    draft.table.columns.push_back(heading(standing));
  }
  return first;
}

TableRow count_row(const Table& table, std::string id, Label label) {
  TableRow row;
  row.id = std::move(id);
  row.label = std::move(label);
  row.cells.resize(table.columns.size());
  for (Cell& cell : row.cells) cell.kind = Cell::Kind::count;
  return row;
}

TableRow block_row(const Table& table, const Form& form, std::uint32_t block) {
  TableRow row = count_row(table, std::string(form.string(form.block(block).code)),
                           Label::of(Label::Kind::block, block));
  row.block = block;
  return row;
}

void trace_in(Cell& cell, const Source& like, const Member& member, bool is_open) {
  const auto same = [&](const Source& source) {
    return source.question == like.question && source.registry == like.registry &&
           source.column == like.column && source.option == like.option &&
           source.standing == like.standing && source.is_position == like.is_position;
  };
  auto found = std::find_if(cell.sources.begin(), cell.sources.end(), same);
  if (found == cell.sources.end()) found = cell.sources.insert(cell.sources.end(), like);
  (is_open ? found->open : found->closed).insert(member.entry);
}

void count_in(Cell& cell, const Source& like, const Member& member, bool is_open) {
  ++cell.count;
  trace_in(cell, like, member, is_open);
}

Source source_of(std::uint32_t question, Standing standing, std::uint32_t option) {
  Source source;
  source.question = question;
  source.standing = standing;
  source.option = option;
  return source;
}

bool is_offered(const Field& field, std::uint32_t option) {
  return (field.allowed >> option & 1) != 0;
}

void relate_row(Draft& draft, std::uint32_t row, std::uint32_t asked_column) {
  Relation within{{}, CellRef{row, asked_column}};
  Relation all{{{row, asked_column}}, std::nullopt};
  for (std::uint32_t column = 0; column < draft.table.columns.size(); ++column) {
    const Role role = draft.table.columns[column].role;
    if (role == Role::value || role == Role::non_answer) within.parts.push_back({row, column});
    if (role == Role::beside) all.parts.push_back({row, column});
  }
  draft.relations.push_back(std::move(within));
  draft.relations.push_back(std::move(all));
}

}  // namespace cosp
