#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "generator/kinds/counting.hpp"

namespace cosp {
namespace {

enum Columns : std::uint32_t { kStates, kBlocks };

struct Plan {
  std::vector<std::uint32_t> questions;
  std::vector<std::uint32_t> lists;  ///< of the questions, each once, in their order
  bool has_blocks = false;           ///< declared over blocks
  bool adds_up = false;              ///< one question, one option an answer
};

/// One row, counted State by State: a State is in it once, with all its answers behind it.
struct Line {
  TableRow row;
  std::uint32_t list = kNone;     ///< of options
  std::vector<bool> is_in_block;  ///< by question
  bool is_counted = false;        ///< the State at hand

  void add(std::size_t question_position, const Source& source, const Member& member,
           bool is_open) {
    if (!is_counted) ++row.cells[kStates].count;
    is_counted = true;
    trace_in(row.cells[kStates], source, member, is_open);
    if (row.cells.size() <= kBlocks) return;
    trace_in(row.cells[kBlocks], source, member, is_open);
    if (!is_in_block[question_position]) ++row.cells[kBlocks].count;
    is_in_block[question_position] = true;
  }
};

struct Lines {
  std::vector<Line> all;
  std::uint32_t asked = 0, answered = 1, non_answers = 0;
  std::map<std::uint32_t, std::uint32_t> first_option;  ///< by list
};

Line make_line(const Plan& plan, const Table& table, std::string id, Label label, Role role) {
  Line line;
  line.row = count_row(table, std::move(id), std::move(label));
  line.row.role = role;
  line.is_in_block.resize(plan.questions.size());
  return line;
}

Lines make_lines(const Plan& plan, const Form& form, const Table& table) {
  Lines lines;
  for (const std::string_view id : {"asked", "answered"})
    lines.all.push_back(make_line(plan, table, std::string(id),
                                  Label::text("row." + std::string(id)), Role::denominator));
  for (const std::uint32_t list : plan.lists) {
    lines.first_option[list] = static_cast<std::uint32_t>(lines.all.size());
    for (std::uint32_t option = 0; option < form.options_of(list).size(); ++option) {
      const TableColumn head = option_heading(form, list, option);
      const std::string id = plan.lists.size() == 1
                                 ? head.id
                                 : fmt::format("{}.{}", form.string(form.list(list).code), head.id);
      lines.all.push_back(make_line(plan, table, id, head.label, Role::value));
      lines.all.back().list = list;
    }
  }
  lines.non_answers = static_cast<std::uint32_t>(lines.all.size());
  for (const Standing standing : kNonAnswers) {
    const TableColumn head = heading(standing);
    lines.all.push_back(make_line(plan, table, head.id, head.label, head.role));
  }
  return lines;
}

void add_answer(Lines& lines, const Form& form, std::size_t position, std::uint32_t question,
                const Member& member, const AnswerView& view) {
  const Source any = source_of(question, view.standing);
  if (is_within_asked(view.standing))
    lines.all[lines.asked].add(position, any, member, view.is_open);
  if (view.standing != Standing::value) {
    lines.all[lines.non_answers + static_cast<std::uint32_t>(view.standing) - 1].add(
        position, any, member, view.is_open);
    return;
  }
  lines.all[lines.answered].add(position, any, member, view.is_open);
  const std::uint32_t list = form.question(question).list;
  for (std::uint32_t option = 0; option < form.options_of(list).size(); ++option)
    if ((view.answer->mask >> option & 1) != 0)
      lines.all[lines.first_option.at(list) + option].add(
          position, source_of(question, Standing::value, option), member, view.is_open);
}

/// Once all of a State's answers are in: whether it belongs to the denominators of each list's
/// rows.
void close_member(Lines& lines, const Plan& plan, Tally& tally, std::size_t member) {
  for (const std::uint32_t list : plan.lists) {
    bool is_asked = false, has_answered = false;
    for (const std::uint32_t question : plan.questions) {
      if (tally.form().question(question).list != list) continue;
      const Standing standing = tally.answers(question)[member].standing;
      is_asked = is_asked || is_within_asked(standing);
      has_answered = has_answered || standing == Standing::value;
    }
    for (Line& line : lines.all) {
      if (line.list != list) continue;
      line.row.asked += is_asked ? 1 : 0;
      line.row.answered += has_answered ? 1 : 0;
    }
  }
  for (Line& line : lines.all) line.is_counted = false;
}

/// Ties of one question: options (when one is chosen) make "answered", that and the non-answers
/// "asked", and so on.
void relate(Draft& draft, const Lines& lines, bool adds_up) {
  Relation options{{}, CellRef{lines.answered, kStates}};
  Relation within{{{lines.answered, kStates}}, CellRef{lines.asked, kStates}};
  Relation all{{{lines.asked, kStates}}, std::nullopt};
  for (std::uint32_t row = 0; row < draft.table.rows.size(); ++row) {
    const Role role = draft.table.rows[row].role;
    if (role == Role::value) options.parts.push_back({row, kStates});
    if (role == Role::non_answer) within.parts.push_back({row, kStates});
    if (role == Role::beside) all.parts.push_back({row, kStates});
  }
  if (adds_up) draft.relations.push_back(std::move(options));
  draft.relations.push_back(std::move(within));
  draft.relations.push_back(std::move(all));
}

Draft count(const Plan& plan, Tally& tally, Population population) {
  const Form& form = tally.form();
  Draft draft;
  Table& table = draft.table;
  table.row_heading = Label::text("column.option");
  table.columns = {heading("states", Role::value)};
  if (plan.has_blocks) table.columns.push_back(heading("blocks", Role::beside));
  Lines lines = make_lines(plan, form, table);
  for (std::size_t member = 0; member < tally.members().size(); ++member) {
    if (tally.members()[member].population != population) continue;
    for (std::size_t i = 0; i < plan.questions.size(); ++i)
      add_answer(lines, form, i, plan.questions[i], tally.members()[member],
                 tally.answers(plan.questions[i])[member]);
    close_member(lines, plan, tally, member);
  }
  const std::int64_t asked = lines.all[lines.asked].row.cells[kStates].count;
  const std::int64_t answered = lines.all[lines.answered].row.cells[kStates].count;
  for (Line& line : lines.all) {
    if (line.list == kNone) line.row.asked = asked, line.row.answered = answered;
    const auto row = static_cast<std::uint32_t>(table.rows.size());
    if (plan.has_blocks) draft.ties.push_back({{row, kStates}, {row, kBlocks}});
    const bool is_part = line.row.role == Role::value || line.row.role == Role::non_answer;
    if (is_part && !plan.adds_up) draft.against.push_back({row, kStates});
    table.rows.push_back(std::move(line.row));
  }
  for (std::uint32_t i = 0; i < kNonAnswers.size(); ++i)
    if (is_on_record(kNonAnswers[i])) draft.public_rows.push_back(lines.non_answers + i);
  if (plan.has_blocks) draft.public_columns.push_back(kBlocks);
  if (plan.questions.size() == 1) relate(draft, lines, plan.adds_up);
  return draft;
}

}  // namespace

Counter prepare_answers_by_option(ParameterReader& parameters) {
  Plan plan;
  const Form& form = parameters.form();
  plan.has_blocks = parameters.has("questions");
  if (plan.has_blocks) {
    const std::string suffix = parameters.suffix("questions");
    for (const std::uint32_t block : parameters.blocks("rows", suffix))
      plan.questions.push_back(form.find_question(form.block(block), suffix));
  } else {
    plan.questions.push_back(parameters.question("question"));
  }
  std::erase(plan.questions, kNone);
  for (const std::uint32_t index : plan.questions) {
    const Question& question = form.question(index);
    if (!is_choice(question.type))
      parameters.mistake(
          fmt::format("expected a question with options, got \"{}\"", form.code(question)));
    else if (std::find(plan.lists.begin(), plan.lists.end(), question.list) == plan.lists.end())
      plan.lists.push_back(question.list);
  }
  plan.adds_up =
      plan.questions.size() == 1 && form.question(plan.questions[0]).type != QuestionType::multi;
  return [plan](Tally& tally, Population population) { return count(plan, tally, population); };
}

}  // namespace cosp
