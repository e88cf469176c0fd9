#include <algorithm>

#include <fmt/format.h>

#include "generator/kinds/counting.hpp"

namespace cosp {
namespace {

/// One provision (or, without elements, one block).
struct Target {
  std::uint32_t block = kNone;
  std::uint32_t status = kNone;  ///< question; kNone: `choices` alone decides
  std::uint32_t choices =
      kNone;  ///< question of elements or optional provisions; kNone: the status alone decides
  std::uint32_t option = 0;  ///< in the list of `choices`
  std::uint64_t alone = 0;   ///< options that say none is used
  std::uint32_t provision = kNone;
  Obligation obligation = Obligation::none;
  StatusOptions scale{};
};

Symbol symbol_of(Standing standing) {
  switch (standing) {
    case Standing::by_reservation: return Symbol::reserved;
    case Standing::not_provided:
    case Standing::not_published: return Symbol::not_provided;
    case Standing::not_asked:
    case Standing::outside_phase: return Symbol::not_asked;
    default: return Symbol::reason;
  }
}

/// Only what is public shows; the rest looks like what was not provided, so that the sign tells
/// nothing.
AnswerView open_view(const AnswerView& view) {
  const bool is_answer =
      view.standing < Standing::not_provided || view.standing == Standing::outside_competence;
  return is_answer && !view.is_open ? AnswerView{Standing::not_published, false, nullptr} : view;
}

Symbol ticked_symbol(const Target& target, const AnswerView& ticks) {
  if (ticks.standing != Standing::value) return symbol_of(ticks.standing);
  if ((ticks.answer->mask >> target.option & 1) != 0) return Symbol::in_place;
  return (ticks.answer->mask & target.alone) != 0 ? Symbol::no : Symbol::not_indicated;
}

Symbol status_symbol(const Target& target, const AnswerView& status, const AnswerView* ticks) {
  if (status.standing != Standing::value) return symbol_of(status.standing);
  if ((status.answer->mask & target.scale[0]) != 0) return Symbol::in_place;
  if ((status.answer->mask & target.scale[2]) != 0) return Symbol::no;
  if (ticks == nullptr) return Symbol::in_part;
  if (ticks->standing != Standing::value) return Symbol::in_part;
  return (ticks->answer->mask >> target.option & 1) != 0 ? Symbol::in_place : Symbol::not_indicated;
}

Cell make_cell(const Target& target, Tally& tally, std::size_t member) {
  Cell cell;
  cell.kind = Cell::Kind::symbol;
  AnswerView ticks, status;
  if (target.choices != kNone) ticks = open_view(tally.answers(target.choices)[member]);
  if (target.status != kNone) status = open_view(tally.answers(target.status)[member]);
  cell.symbol = target.status == kNone
                    ? ticked_symbol(target, ticks)
                    : status_symbol(target, status, target.choices == kNone ? nullptr : &ticks);
  const auto trace = [&](std::uint32_t question, const AnswerView& view) {
    if (question != kNone && view.is_open)
      trace_in(cell, source_of(question, view.standing), tally.members()[member], true);
  };
  trace(target.status, status);
  trace(target.choices, ticks);
  return cell;
}

Draft count(const std::vector<Target>& targets, Tally& tally) {
  const Form& form = tally.form();
  Draft draft;
  Table& table = draft.table;
  table.is_alphabetical = true;
  table.row_heading = Label::text("column.state");
  for (const Target& target : targets) {
    const std::string block(form.string(form.block(target.block).code));
    const std::string id =
        target.choices == kNone
            ? block
            : fmt::format(
                  "{}.{}", block,
                  form.string(
                      form.options_of(form.question(target.choices).list)[target.option].code));
    table.columns.push_back(
        {id,
         target.provision == kNone ? Label::of(Label::Kind::block, target.block)
                                   : Label::of(Label::Kind::provision, target.provision),
         Label::text("obligation." + std::string(to_string(target.obligation))), Role::value});
  }
  for (std::size_t member = 0; member < tally.members().size(); ++member) {
    const Member& who = tally.members()[member];
    if (who.population != Population::parties || !who.consents ||
        !may_be_compared(*who.contributor))
      continue;
    TableRow row;
    row.id = who.contributor->entry->code;
    row.label = Label::of(Label::Kind::entry, who.entry);
    row.role = Role::words;
    row.entry = who.entry;
    for (const Target& target : targets) row.cells.push_back(make_cell(target, tally, member));
    table.rows.push_back(std::move(row));
  }
  table.notes.push_back(Label::text("note.matrix"));
  return draft;
}

void add_options(const Form& form, Target target, std::vector<Target>& targets) {
  const Question& question = form.question(target.choices);
  const auto options = form.options_of(question.list);
  for (std::uint32_t i = 0; i < options.size(); ++i)
    if (is_offered(question, i) && options[i].is_exclusive) target.alone |= std::uint64_t{1} << i;
  target.alone |= question.exclusive;
  for (target.option = 0; target.option < options.size(); ++target.option) {
    const auto provisions = form.provisions_of(options[target.option].provisions);
    if (!is_offered(question, target.option) || provisions.empty()) continue;
    target.provision = provisions.front();
    target.obligation = form.provisions()[target.provision].obligation;
    targets.push_back(target);
  }
}

}  // namespace

Counter prepare_matrix(ParameterReader& parameters) {
  const Form& form = parameters.form();
  const auto chapters = parameters.chapters("chapters");
  const std::string status = parameters.suffix("status");
  const std::string elements =
      parameters.has("elements") ? parameters.suffix("elements") : std::string();
  const std::string options =
      parameters.has("options") ? parameters.suffix("options") : std::string();
  std::vector<Target> targets;
  for (std::uint32_t index = 0; index < form.blocks().size(); ++index) {
    const Block& block = form.block(index);
    if (std::find(chapters.begin(), chapters.end(), block.chapter) == chapters.end()) continue;
    Target target;
    target.block = index;
    target.status = form.find_question(block, status);
    if (target.status != kNone) {
      const Question& question = form.question(target.status);
      target.scale = parameters.status_options("scale", question.list);
      const std::size_t before = targets.size();
      target.choices = elements.empty() ? kNone : form.find_question(block, elements);
      if (target.choices != kNone) add_options(form, target, targets);
      if (targets.size() == before) {
        target.choices = kNone;
        const auto provisions = form.provisions_of(question.provisions);
        target.provision = provisions.size() == 1 ? provisions.front() : block.provision;
        target.obligation = question.obligation;
        targets.push_back(target);
      }
    }
    target = Target{};
    target.block = index;
    target.choices = options.empty() ? kNone : form.find_question(block, options);
    if (target.choices != kNone) add_options(form, target, targets);
  }
  // Each scale of obligation by itself; within it the order of the treaty's provisions.
  std::stable_sort(targets.begin(), targets.end(), [](const Target& left, const Target& right) {
    return left.obligation != right.obligation ? left.obligation < right.obligation
                                               : left.provision < right.provision;
  });
  return [targets](Tally& tally, Population) { return count(targets, tally); };
}

}  // namespace cosp
