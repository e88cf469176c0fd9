/// A cycle of reporting and its roster, as their files declare them (docs/formats/cycle.md).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "model/kinds.hpp"
#include "model/migration_map.hpp"

namespace cosp {

using LocalNames = std::map<std::string, std::string, std::less<>>;  ///< by language

struct RosterEntry {
  std::string code;
  SubmitterKind kind = SubmitterKind::state;
  std::string group;               ///< empty for organizations and States in no group
  std::vector<std::string> flags;  ///< such as ldc, lldc, sids
  LocalNames names;
  LocalNames sort;                   ///< where the alphabetical order leaves out an article
  std::vector<std::string> members;  ///< of an organization
  /// Name in the language, else in English, else the code.
  std::string_view name(std::string_view language) const;
};

struct Roster {
  std::string id;
  bool is_invented = false;
  std::string source;
  Date date{};
  LocalNames disclaimer;  ///< on names and designations, for every document; may be empty
  std::vector<std::string> groups;
  std::vector<RosterEntry> entries;  ///< in the order of the file
  const RosterEntry* find(std::string_view code) const;
  /// The disclaimer in the language, else in English, else nothing.
  std::string_view disclaimer_in(std::string_view language) const;
  /// Indexes of entries in the alphabetical order of the language.
  std::vector<std::uint32_t> alphabetical(std::string_view language) const;
};

struct PositionEntry {
  Date on{};
  Position position = Position::neither;
  std::string act;
  std::optional<Date> in_force;
  std::string notification;
};

struct RegisteredReservation {
  std::string state;
  std::string kind;  ///< code as the form's register uses it
  std::string extent;
  std::vector<std::string> provisions;
  Date made_on{};
  std::optional<Date> withdrawn_on;
  std::string notification;
};

struct Phase {
  std::string id;
  std::vector<std::string> chapters;
  std::vector<std::string> groups;
  std::vector<std::string> states;
  std::optional<Period> period;
  std::optional<Date> deadline;
};

struct Extension {
  std::string state;
  Date deadline{};
  std::string reason;
};

struct RuleOverride {
  std::string rule;
  std::optional<Severity> severity;
  bool is_active = true;
  std::string reason;
  Date on{};
};

struct Decision {
  std::string symbol;
  LocalNames title;
  bool is_invented = false;
  bool asks_comparison = false;
};

struct Masthead {
  std::string symbol, session, agenda_item;
};

struct FormRelease {
  std::string id, version;
  /// How answers to this release become answers to the target.
  std::optional<MigrationMap> map = std::nullopt;
};

struct Cycle {
  std::string id;
  LocalNames title;
  Purpose purpose = Purpose::pilot;
  std::vector<FormRelease> forms;  ///< never empty
  Roster roster;
  Period period{};
  Date cut_off{};
  std::optional<Decision> decision;
  std::optional<Masthead> masthead;
  std::vector<Phase> phases;
  std::vector<Extension> extensions;
  std::map<std::string, std::vector<PositionEntry>, std::less<>>
      positions;  ///< by State, oldest first
  std::vector<RegisteredReservation> reservations;
  std::vector<RuleOverride> overrides;
  std::vector<std::string> bodies;
  std::string digest;  ///< SHA-256 of the file's bytes, then of the roster's and the maps'

  /// Last entry on or before the day; nullptr before the first.
  const PositionEntry* position_entry(std::string_view state, Date day) const;
  Position position(std::string_view state, Date day) const;
  /// Party, and the treaty in force for it on that day.
  bool owes_answers(std::string_view state, Date day) const;
  /// The phases that name the State (or its group, or everybody); empty without phases.
  std::vector<const Phase*> phases_of(std::string_view state) const;
  /// No phases at all, or a phase of the State lists the chapter.
  bool asks(std::string_view state, std::string_view chapter) const;
  /// Something is asked of the State at all.
  bool expects(std::string_view state) const;
  /// Extension, else the latest deadline of its phases; nothing when none is set.
  std::optional<Date> deadline(std::string_view state) const;
  bool is_extended(std::string_view state) const;
  /// On the roster, an accredited body, or named by a phase.
  bool knows(std::string_view submitter) const;
  /// The period of the State's phases (earliest start to latest end), else the cycle's.
  Period period_of(std::string_view state) const;
  const RuleOverride* override_of(std::string_view rule) const;
};

}  // namespace cosp
