#include "model/cycle.hpp"

#include <algorithm>
#include <numeric>

#include "base/collate.hpp"

namespace cosp {
namespace {

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::string_view RosterEntry::name(std::string_view language) const {
  for (const std::string_view wanted : {language, std::string_view("en")})
    if (const auto found = names.find(wanted); found != names.end()) return found->second;
  return code;
}

std::string_view Roster::disclaimer_in(std::string_view language) const {
  for (const std::string_view wanted : {language, std::string_view("en")})
    if (const auto found = disclaimer.find(wanted); found != disclaimer.end()) return found->second;
  return {};
}

const RosterEntry* Roster::find(std::string_view code) const {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&](const RosterEntry& entry) { return entry.code == code; });
  return found == entries.end() ? nullptr : &*found;
}

std::vector<std::uint32_t> Roster::alphabetical(std::string_view language) const {
  const Collator collator(language);
  std::vector<std::string> keys;
  keys.reserve(entries.size());
  for (const RosterEntry& entry : entries) {
    const auto sort = entry.sort.find(language);
    keys.push_back(
        collator.sort_key(sort == entry.sort.end() ? entry.name(language) : sort->second));
  }
  std::vector<std::uint32_t> order(entries.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return keys[a] != keys[b] ? keys[a] < keys[b] : entries[a].code < entries[b].code;
  });
  return order;
}

const PositionEntry* Cycle::position_entry(std::string_view state, Date day) const {
  const auto history = positions.find(state);
  if (history == positions.end()) return nullptr;
  const PositionEntry* last = nullptr;
  for (const PositionEntry& entry : history->second)
    if (entry.on <= day) last = &entry;
  return last;
}

Position Cycle::position(std::string_view state, Date day) const {
  const PositionEntry* entry = position_entry(state, day);
  return entry == nullptr ? Position::neither : entry->position;
}

bool Cycle::owes_answers(std::string_view state, Date day) const {
  const PositionEntry* entry = position_entry(state, day);
  return entry != nullptr && entry->position == Position::party &&
         (!entry->in_force || *entry->in_force <= day);
}

std::vector<const Phase*> Cycle::phases_of(std::string_view state) const {
  const RosterEntry* entry = roster.find(state);
  std::vector<const Phase*> found;
  for (const Phase& phase : phases) {
    const bool is_for_all = phase.groups.empty() && phase.states.empty();
    const bool names_group =
        entry != nullptr && !entry->group.empty() && contains(phase.groups, entry->group);
    if (is_for_all || names_group || contains(phase.states, state)) found.push_back(&phase);
  }
  return found;
}

bool Cycle::asks(std::string_view state, std::string_view chapter) const {
  if (phases.empty()) return true;
  const auto own = phases_of(state);
  return std::any_of(own.begin(), own.end(),
                     [&](const Phase* phase) { return contains(phase->chapters, chapter); });
}

bool Cycle::expects(std::string_view state) const {
  return phases.empty() || !phases_of(state).empty();
}

std::optional<Date> Cycle::deadline(std::string_view state) const {
  std::optional<Date> latest;
  for (const Extension& extension : extensions)
    if (extension.state == state) latest = std::max(latest, std::optional(extension.deadline));
  if (latest) return latest;
  for (const Phase* phase : phases_of(state)) latest = std::max(latest, phase->deadline);
  return latest;
}

bool Cycle::is_extended(std::string_view state) const {
  return std::any_of(extensions.begin(), extensions.end(),
                     [&](const Extension& extension) { return extension.state == state; });
}

bool Cycle::knows(std::string_view submitter) const {
  return roster.find(submitter) != nullptr || contains(bodies, submitter) ||
         std::any_of(phases.begin(), phases.end(),
                     [&](const Phase& phase) { return contains(phase.states, submitter); });
}

Period Cycle::period_of(std::string_view state) const {
  std::optional<Period> span;
  for (const Phase* phase : phases_of(state)) {
    const Period own = phase->period.value_or(period);
    if (!span) span = own;
    span->start = std::min(span->start, own.start);
    span->end = std::max(span->end, own.end);
  }
  return span.value_or(period);
}

const RuleOverride* Cycle::override_of(std::string_view rule) const {
  const auto found = std::find_if(overrides.begin(), overrides.end(),
                                  [&](const RuleOverride& entry) { return entry.rule == rule; });
  return found == overrides.end() ? nullptr : &*found;
}

}  // namespace cosp
