#include "generator/kinds/register_rows.hpp"

#include <algorithm>

namespace cosp {
namespace {

std::vector<Label> option_labels(const Form& form, const Column& column, std::uint64_t mask) {
  std::vector<Label> labels;
  const std::uint32_t first = form.list(column.list).options.first;
  for (std::uint32_t option = 0; option < form.options_of(column.list).size(); ++option)
    if ((mask >> option & 1) != 0) labels.push_back(Label::of(Label::Kind::option, first + option));
  return labels;
}

Label submitter_label(const Cycle& cycle, const std::string& code) {
  const RosterEntry* entry = cycle.roster.find(code);
  if (entry == nullptr) return Label::plain(code);
  return Label::of(Label::Kind::entry,
                   static_cast<std::uint32_t>(entry - cycle.roster.entries.data()));
}

/// The rows that a reference cites, by their titles, where these may be read.
std::vector<Label> cited_titles(const Tally& tally, const RegisterRow& row, const Column& column,
                                const Answer& answer) {
  std::vector<Label> labels;
  const Submission& submission = *tally.members()[row.member].contributor->submission;
  const Register& cited = tally.form().registry(column.registry);
  for (const std::uint32_t index : submission.numbers_of(answer)) {
    const Row& target = submission.registers[column.registry].at(index);
    const std::uint32_t title = cited.title_column;
    const Answer* cell = title == kNone ? nullptr : &target.cells.at(title - cited.columns.first);
    const bool may_read = cell != nullptr && tally.visibility_of(title, *cell) == Visibility::open;
    const std::string_view name = may_read ? submission.original_text(*cell) : std::string_view();
    labels.push_back(Label::plain(std::string(name.empty() ? std::string_view(target.id) : name)));
  }
  return labels;
}

void put_value(const Tally& tally, const RegisterRow& row, const Column& column,
               const Answer& answer, Cell& cell) {
  const Submission& submission = *tally.members()[row.member].contributor->submission;
  cell.kind = Cell::Kind::labels;
  if (is_choice(column.type)) {
    cell.labels = option_labels(tally.form(), column, answer.mask);
  } else if (is_text(column.type)) {
    cell.kind = Cell::Kind::text;
    const auto texts = submission.texts_of(answer);
    cell.texts.assign(texts.begin(), texts.end());
  } else if (column.type == QuestionType::number) {
    cell.kind = Cell::Kind::figure;
    cell.figure = answer.number;
  } else if (column.type == QuestionType::money) {
    const auto currency = submission.items_of(answer);
    cell.labels = {Label::text(
        "cell.money", {{"amount", answer.number},
                       {"currency", currency.empty() ? std::string() : currency.front()}})};
  } else if (column.type == QuestionType::date) {
    cell.kind = Cell::Kind::date;
    cell.date = answer.date;
  } else if (column.type == QuestionType::period) {
    cell.labels = {Label::text("cell.period", {{"start", answer.date}, {"end", answer.end}})};
  } else if (column.type == QuestionType::reference) {
    cell.labels = cited_titles(tally, row, column, answer);
  } else if (column.type == QuestionType::provisions) {
    for (const std::uint32_t provision : submission.numbers_of(answer))
      cell.labels.push_back(Label::of(Label::Kind::provision, provision));
  } else {
    for (const std::string& item : submission.items_of(answer))
      cell.labels.push_back(column.type == QuestionType::submitter
                                ? submitter_label(tally.input().cycle, item)
                                : Label::plain(item));
  }
}

}  // namespace

std::vector<RegisterRow> rows_where(const Tally& tally, std::uint32_t registry,
                                    std::uint32_t condition) {
  std::vector<RegisterRow> found;
  for (std::size_t member = 0; member < tally.members().size(); ++member) {
    const Contributor& contributor = *tally.members()[member].contributor;
    const auto count =
        static_cast<std::uint32_t>(contributor.submission->registers[registry].size());
    for (std::uint32_t row = 0; row < count; ++row)
      if (contributor.evaluation->holds(condition, {registry, row})) found.push_back({member, row});
  }
  return found;
}

const Answer& cell_of(const Tally& tally, const RegisterRow& row, std::uint32_t column) {
  const std::uint32_t registry = tally.form().column(column).owner;
  return tally.members()[row.member].contributor->submission->cell(tally.form(), registry, row.row,
                                                                   column);
}

AnswerView view_cell(const Tally& tally, const RegisterRow& row, std::uint32_t column) {
  const Answer& answer = cell_of(tally, row, column);
  if (answer.is_absent()) return {Standing::not_provided, false, nullptr};
  const Visibility visibility = tally.visibility_of(column, answer);
  if (visibility == Visibility::secretariat) return {Standing::not_published, false, nullptr};
  const bool is_open = visibility == Visibility::open && tally.members()[row.member].consents;
  if (answer.has_reason()) return {standing_of(answer.reason), is_open, nullptr};
  return {Standing::value, is_open, &answer};
}

std::string row_id(const Tally& tally, const RegisterRow& row, std::uint32_t registry) {
  std::string id =
      tally.members()[row.member].contributor->entry->code + "." + row.of(tally, registry).id;
  std::replace(id.begin(), id.end(), '/', '_');
  return id;
}

Cell words_of(const Tally& tally, const RegisterRow& row, std::uint32_t column) {
  Cell cell;
  const Answer& answer = cell_of(tally, row, column);
  if (answer.is_absent()) return cell;
  const Member& member = tally.members()[row.member];
  const bool is_open = tally.visibility_of(column, answer) == Visibility::open && member.consents;
  if (!is_open && tally.input().audience == Audience::open) {
    cell.is_restricted = true;
    return cell;
  }
  Source source;
  source.registry = tally.form().column(column).owner;
  source.column = column;
  if (answer.has_reason()) {
    source.standing = standing_of(answer.reason);
    cell.kind = Cell::Kind::labels;
    cell.labels = {Label::text("standing." + std::string(to_string(source.standing)))};
  } else {
    put_value(tally, row, tally.form().column(column), answer, cell);
  }
  trace_in(cell, source, member, is_open);
  return cell;
}

Cell state_cell(const Tally& tally, const RegisterRow& row, std::uint32_t registry) {
  Cell cell;
  const Member& member = tally.members()[row.member];
  cell.kind = Cell::Kind::labels;
  cell.labels = {Label::of(Label::Kind::entry, member.entry)};
  Source source;
  source.registry = registry;
  trace_in(cell, source, member, member.consents);
  return cell;
}

}  // namespace cosp
