#include "generator/tally.hpp"

#include <algorithm>
#include <stdexcept>

namespace cosp {
namespace {

std::uint32_t entry_of(const Roster& roster, const RosterEntry* entry) {
  const auto& entries = roster.entries;
  if (entries.empty() || entry < entries.data() || entry >= entries.data() + entries.size())
    throw std::logic_error("a contributor is no entry of the cycle's roster");
  return static_cast<std::uint32_t>(entry - entries.data());
}

}  // namespace

Standing standing_of(Reason reason) {
  switch (reason) {
    case Reason::not_applicable: return Standing::not_applicable;
    case Reason::by_reservation: return Standing::by_reservation;
    case Reason::not_available: return Standing::not_available;
    case Reason::under_consideration: return Standing::under_consideration;
    case Reason::withheld: return Standing::withheld;
    case Reason::reported_elsewhere: return Standing::reported_elsewhere;
    case Reason::outside_competence: return Standing::outside_competence;
  }
  throw std::logic_error("unknown reason");
}

bool is_closed(const AnswerView& view) {
  return is_within_asked(view.standing) && view.standing != Standing::not_provided &&
         view.standing != Standing::not_published && !view.is_open;
}

Tally::Tally(const CompilationInput& input)
    : input_(input), counts_(count_cycle(input)), by_question_(input.form.questions().size()) {
  for (const Contributor& contributor : input.contributors)
    if (const auto population = population_of(input, contributor))
      members_.push_back({&contributor, entry_of(input.cycle.roster, contributor.entry),
                          *population, may_publish(contributor)});
}

std::int64_t Tally::size_of(Population population) const {
  return std::count_if(members_.begin(), members_.end(),
                       [&](const Member& member) { return member.population == population; });
}

std::span<const AnswerView> Tally::answers(std::uint32_t question) {
  auto& views = by_question_.at(question);
  if (views.size() != members_.size()) {
    views.reserve(members_.size());
    for (const Member& member : members_) views.push_back(view(member, question));
    withhold_few_closed(views);
  }
  return views;
}

/// Fewer closed answers than can hide one another are told as "not published".
void Tally::withhold_few_closed(std::vector<AnswerView>& views) const {
  for (const Population population :
       {Population::parties, Population::organizations, Population::others}) {
    std::vector<std::size_t> closed;
    for (std::size_t i = 0; i < views.size(); ++i)
      if (members_[i].population == population && is_closed(views[i])) closed.push_back(i);
    if (closed.size() >= kFewestClosed) continue;
    for (const std::size_t i : closed) views[i] = {Standing::not_published, false, nullptr};
  }
}

Visibility Tally::visibility_of(std::uint32_t column, const Answer& cell) const {
  const Column& declared = form().column(column);
  return std::max({cell.visibility, declared.floor, form().registry(declared.owner).floor});
}

AnswerView Tally::view(const Member& member, std::uint32_t question) const {
  const Evaluation& evaluation = *member.contributor->evaluation;
  switch (evaluation.asked(question)) {
    case Asked::outside_phase: return {Standing::outside_phase, false, nullptr};
    case Asked::hidden: return {Standing::not_asked, false, nullptr};
    case Asked::reserved: return {Standing::by_reservation, false, nullptr};
    case Asked::yes: break;
  }
  const Answer& answer = evaluation.answer(question);
  if (answer.is_absent()) return {Standing::not_provided, false, nullptr};
  const Visibility visibility = std::max(answer.visibility, form().question(question).floor);
  if (visibility == Visibility::secretariat) return {Standing::not_published, false, nullptr};
  const bool is_open = member.consents && visibility == Visibility::open;
  if (answer.has_reason()) return {standing_of(answer.reason), is_open, nullptr};
  return {Standing::value, is_open, &answer};
}

}  // namespace cosp
