#include <algorithm>

#include <fmt/format.h>

#include "generator/kinds/counting.hpp"

namespace cosp {
namespace {

struct Plan {
  std::vector<std::uint32_t> questions;  ///< one a row
  std::uint32_t list = kNone;
  std::uint64_t offered = 0;  ///< options that some of the questions offer
  bool adds_up = true;        ///< one option an answer
};

/// Column of each option, by position; kNone when no question offers it.
std::vector<std::uint32_t> add_options(const Form& form, const Plan& plan, Table& table) {
  std::vector<std::uint32_t> columns(form.options_of(plan.list).size(), kNone);
  for (std::uint32_t option = 0; option < columns.size(); ++option) {
    if ((plan.offered >> option & 1) == 0) continue;
    columns[option] = static_cast<std::uint32_t>(table.columns.size());
    table.columns.push_back(option_heading(form, plan.list, option));
  }
  return columns;
}

void count_answer(TableRow& row, const std::vector<std::uint32_t>& options,
                  std::uint32_t non_answers, std::uint32_t question, const Member& member,
                  const AnswerView& view) {
  const Source any = source_of(question, view.standing);
  if (is_within_asked(view.standing)) {
    ++row.asked;
    count_in(row.cells[0], any, member, view.is_open);
  }
  if (view.standing != Standing::value) {
    count_in(row.cells[non_answers + static_cast<std::uint32_t>(view.standing) - 1], any, member,
             view.is_open);
    return;
  }
  ++row.answered;
  for (std::uint32_t option = 0; option < options.size(); ++option)
    if (options[option] != kNone && (view.answer->mask >> option & 1) != 0)
      count_in(row.cells[options[option]], source_of(question, Standing::value, option), member,
               view.is_open);
}

Draft count(const Plan& plan, Tally& tally, Population population) {
  const Form& form = tally.form();
  Draft draft;
  Table& table = draft.table;
  table.row_heading = Label::text("column.block");
  table.columns = {heading("asked", Role::denominator)};
  const auto options = add_options(form, plan, table);
  const std::uint32_t non_answers = add_non_answers(draft);
  for (const std::uint32_t question : plan.questions) {
    TableRow row = block_row(table, form, form.question(question).block);
    const auto views = tally.answers(question);
    for (std::size_t i = 0; i < views.size(); ++i)
      if (tally.members()[i].population == population)
        count_answer(row, options, non_answers, question, tally.members()[i], views[i]);
    table.rows.push_back(std::move(row));
    const auto index = static_cast<std::uint32_t>(table.rows.size() - 1);
    if (plan.adds_up) {
      relate_row(draft, index, 0);
    } else {
      for (std::uint32_t column = 1; column < table.columns.size(); ++column)
        if (table.columns[column].role != Role::beside) draft.against.push_back({index, column});
    }
  }
  return draft;
}

}  // namespace

static_assert(kNonAnswers[0] == static_cast<Standing>(1) &&
                  kNonAnswers.back() == static_cast<Standing>(kStandingCount - 1),
              "non-answers stand in the order of their numbers");

Counter prepare_options_by_block(ParameterReader& parameters) {
  Plan plan;
  const Form& form = parameters.form();
  const std::string suffix = parameters.suffix("question");
  for (const std::uint32_t block : parameters.blocks("rows", suffix)) {
    const std::uint32_t index = form.find_question(form.block(block), suffix);
    if (index == kNone) continue;
    const Question& question = form.question(index);
    if (!is_choice(question.type)) {
      parameters.mistake(
          fmt::format("expected a question with options, got \"{}\"", form.code(question)));
      continue;
    }
    if (plan.list == kNone) plan.list = question.list;
    if (plan.list != question.list)
      parameters.mistake(fmt::format("expected questions of one list, got \"{}\" with \"{}\"",
                                     form.code(question),
                                     form.string(form.list(question.list).code)));
    plan.adds_up = plan.adds_up && question.type != QuestionType::multi;
    plan.offered |= question.allowed;
    plan.questions.push_back(index);
  }
  return [plan](Tally& tally, Population population) { return count(plan, tally, population); };
}

}  // namespace cosp
