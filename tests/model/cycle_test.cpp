#include "model/cycle.hpp"

#include <gtest/gtest.h>

namespace cosp {
namespace {

Date day(std::string_view text) { return *Date::parse(text); }

Cycle two_phases() {
  Cycle cycle;
  cycle.period = {day("2026-01-01"), day("2027-12-31")};
  for (const auto& [code, group] :
       {std::pair("AA", "north"), std::pair("BB", "south"), std::pair("CC", "")}) {
    RosterEntry entry;
    entry.code = code;
    entry.group = group;
    cycle.roster.entries.push_back(entry);
  }
  Phase first;
  first.chapters = {"I", "II"};
  first.groups = {"north"};
  first.states = {"CC"};
  first.deadline = day("2028-03-31");
  Phase second;
  second.chapters = {"III"};
  second.states = {"CC"};
  second.period = Period{day("2025-06-01"), day("2026-06-30")};
  second.deadline = day("2028-05-31");
  cycle.phases = {first, second};
  cycle.extensions = {{"AA", day("2028-04-30"), "asked for"}};
  return cycle;
}

TEST(Cycle, AsksAStateOnlyWhatItsPhasesList) {
  const Cycle cycle = two_phases();
  EXPECT_TRUE(cycle.asks("AA", "II"));
  EXPECT_FALSE(cycle.asks("AA", "III"));
  EXPECT_TRUE(cycle.asks("CC", "I") && cycle.asks("CC", "III"));
  EXPECT_FALSE(cycle.asks("BB", "I"));
  EXPECT_FALSE(cycle.expects("BB"));
  EXPECT_TRUE(cycle.expects("CC"));
  EXPECT_EQ(cycle.phases_of("CC").size(), 2u);
  Cycle without = cycle;
  without.phases.clear();
  EXPECT_TRUE(without.asks("BB", "I") && without.expects("BB"));
  Cycle for_all = cycle;
  for_all.phases[1].states.clear();
  EXPECT_TRUE(for_all.asks("BB", "III"));
}

TEST(Cycle, TakesTheExtensionElseTheLatestDeadline) {
  const Cycle cycle = two_phases();
  EXPECT_EQ(cycle.deadline("AA"), day("2028-04-30"));
  EXPECT_EQ(cycle.deadline("CC"), day("2028-05-31"));
  EXPECT_EQ(cycle.deadline("BB"), std::nullopt);
}

TEST(Cycle, KnowsWhoIsExtendedAndWhoTakesPart) {
  Cycle cycle = two_phases();
  EXPECT_TRUE(cycle.is_extended("AA"));
  EXPECT_FALSE(cycle.is_extended("CC"));
  cycle.bodies = {"BODY"};
  cycle.phases[1].states = {"XX"};
  for (const std::string_view known : {"AA", "BODY", "XX"})
    EXPECT_TRUE(cycle.knows(known)) << known;
  cycle.phases[0].groups.clear();
  cycle.phases[0].states.clear();
  for (const std::string_view unknown : {"YY", ""}) EXPECT_FALSE(cycle.knows(unknown)) << unknown;
}

TEST(Cycle, SpansThePeriodsOfAStatesPhases) {
  const Cycle cycle = two_phases();
  EXPECT_EQ(cycle.period_of("AA"), cycle.period);
  EXPECT_EQ(cycle.period_of("CC"), (Period{day("2025-06-01"), day("2027-12-31")}));
  EXPECT_EQ(cycle.period_of("BB"), cycle.period);
}

TEST(Cycle, TakesTheLastPositionOnOrBeforeTheDay) {
  Cycle cycle;
  cycle.positions["AA"] = {
      {day("2025-11-02"), Position::signatory, "", std::nullopt, "N1"},
      {day("2026-09-14"), Position::party, "ratification", day("2026-12-13"), "N2"}};
  struct Case {
    std::string_view on;
    Position position;
    bool owes;
  };
  const Case cases[] = {
      {"2025-11-01", Position::neither, false},   {"2025-11-02", Position::signatory, false},
      {"2026-09-13", Position::signatory, false}, {"2026-09-14", Position::party, false},
      {"2026-12-12", Position::party, false},     {"2026-12-13", Position::party, true}};
  for (const Case& c : cases) {
    SCOPED_TRACE(c.on);
    EXPECT_EQ(cycle.position("AA", day(c.on)), c.position);
    EXPECT_EQ(cycle.owes_answers("AA", day(c.on)), c.owes);
  }
  EXPECT_EQ(cycle.position_entry("BB", day("2030-01-01")), nullptr);
}

TEST(Roster, SortsByTheLanguageAndItsSortNames) {
  Roster roster;
  const auto add = [&](std::string code, LocalNames names, LocalNames sort) {
    RosterEntry entry;
    entry.code = std::move(code);
    entry.names = std::move(names);
    entry.sort = std::move(sort);
    roster.entries.push_back(entry);
  };
  add("A", {{"en", "Zulu"}, {"fr", "Écrin"}}, {});
  add("B", {{"en", "The Alpha"}, {"fr", "Fable"}}, {{"en", "Alpha"}});
  add("C", {{"en", "Mike"}}, {});
  EXPECT_EQ(roster.alphabetical("en"), (std::vector<std::uint32_t>{1, 2, 0}));
  EXPECT_EQ(roster.alphabetical("fr"), (std::vector<std::uint32_t>{0, 1, 2}));
  EXPECT_EQ(roster.entries[2].name("fr"), "Mike");
  EXPECT_EQ(RosterEntry{}.name("fr"), "");
  EXPECT_EQ(roster.find("B"), &roster.entries[1]);
  EXPECT_EQ(roster.find("b"), nullptr);
}

}  // namespace
}  // namespace cosp
