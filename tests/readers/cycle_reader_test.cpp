#include "readers/cycle_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/digest.hpp"
#include "base/file.hpp"
#include "readers/roster_reader.hpp"
#include "readers/yaml_reader.hpp"

namespace cosp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view kRoster = R"(id: two
invented: true
source: "Made up"
date: 2026-01-01
groups: [north]
entries:
  - {code: AAA, kind: state, group: north, names: {en: "A"}}
  - {code: AAB, kind: organization, names: {en: "B"}, members: [AAA]}
)";

class CycleFile : public ::testing::Test {
 protected:
  CycleFile() {
    std::string folder = (std::filesystem::temp_directory_path() / "cosp-cycle-XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr) throw std::runtime_error("cannot make a folder");
    folder_ = folder;
    write("two.yaml", kRoster);
  }
  ~CycleFile() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& name, std::string_view text) const {
    std::ofstream(folder_ / name) << text;
  }

  /// The mistakes without the folder's name.
  std::vector<std::string> mistakes(std::string_view cycle) const {
    write("cycle.yaml", cycle);
    const CycleReading reading = read_cycle(folder_ / "cycle.yaml", folder_);
    EXPECT_EQ(reading.cycle.has_value(), reading.mistakes.empty());
    std::vector<std::string> described;
    for (Mistake mistake : reading.mistakes) {
      mistake.file = std::filesystem::path(mistake.file).filename();
      described.push_back(describe(mistake));
    }
    return described;
  }

  std::filesystem::path folder_;
};

constexpr std::string_view kHead = R"(id: c1
title: {en: "C"}
purpose: test
forms: [{id: f, version: 1.0.0}]
roster: two
period: {start: 2026-01-01, end: 2026-12-31}
cut_off: 2027-06-30
)";

TEST_F(CycleFile, IsReadWhole) {
  write("cycle.yaml",
        std::string(kHead) +
            R"(decision: {symbol: "X/1", title: {en: D}, invented: true, comparison: true}
masthead: {symbol: S, session: T, agenda_item: U}
phases: [{id: p, chapters: [I], groups: [north], states: [AAB], period: {start: 2026-02-01, end: 2026-03-01}, deadline: 2027-01-31}]
extensions: [{state: AAA, deadline: 2027-02-28, reason: R}]
positions: {AAA: [{on: 2025-01-01, position: party, act: accession, in_force: 2025-04-01, notification: N}], AAB: []}
reservations: [{state: AAA, kind: k, extent: whole, provisions: ["1"], made_on: 2025-01-01, notification: N}]
overrides: [{rule: r, severity: info, reason: R, on: 2026-01-01}, {rule: s, active: false, reason: R, on: 2026-01-01}]
bodies: [BBB]
)");
  const auto cycle = load_cycle(folder_ / "cycle.yaml", folder_);
  ASSERT_TRUE(cycle) << cycle.error().what;
  EXPECT_EQ(cycle->id, "c1");
  EXPECT_EQ(cycle->forms[0].version, "1.0.0");
  EXPECT_TRUE(cycle->decision->asks_comparison && cycle->decision->is_invented);
  EXPECT_EQ(cycle->masthead->agenda_item, "U");
  EXPECT_EQ(cycle->phases[0].deadline->to_string(), "2027-01-31");
  EXPECT_EQ(cycle->positions.at("AAA")[0].in_force->to_string(), "2025-04-01");
  EXPECT_EQ(cycle->reservations[0].provisions, std::vector<std::string>{"1"});
  EXPECT_EQ(cycle->override_of("r")->severity, Severity::info);
  EXPECT_FALSE(cycle->override_of("s")->is_active);
  EXPECT_EQ(cycle->roster.entries[1].members, std::vector<std::string>{"AAA"});
  const auto bytes = read_file(folder_ / "cycle.yaml", 1 << 20);
  EXPECT_EQ(cycle->digest, sha256_hex(*bytes + std::string(kRoster)));
}

TEST_F(CycleFile, FindsARosterBesideIt) {
  std::filesystem::create_directory(folder_ / "elsewhere");
  std::string text(kHead);
  text.replace(text.find("roster: two"), 11, "roster: two.yaml");
  write("cycle.yaml", text);
  EXPECT_TRUE(load_cycle(folder_ / "cycle.yaml", folder_ / "elsewhere"));
}

TEST_F(CycleFile, ReportsAllItsMistakesInOnePass) {
  EXPECT_THAT(
      mistakes(R"(id: C 1
title: {en: "C", "no language": x}
purpose: official
forms: []
roster: two
period: {start: 2026-12-31, end: 2026-01-01}
cutoff: 2027-06-30
phases:
  - {id: p, chapters: [I], groups: [nroth], states: [AAC]}
  - {id: p, chapters: [I]}
extensions: [{state: XYZ, deadline: soon, reason: R}]
positions:
  AAD: []
  AAA:
    - {on: 2026-01-01, position: partie, notification: N}
    - {on: 2025-01-01, position: party, notification: N}
reservations: [{state: AAA, kind: k, provisions: ["1"], made_on: 2025-01-01, withdrawn_on: 2024-01-01}]
overrides: [{rule: r, reason: R, on: 2026-01-01}]
)"),
      ElementsAre(
          R"line(cycle.yaml:1:1: expected "cut_off" in a cycle, got nothing)line",
          R"line(cycle.yaml:1:5: expected lower-case letters, digits, "-", "_" and ".", got "C 1")line",
          R"line(cycle.yaml:2:18: expected a language tag, got "no language")line",
          R"line(cycle.yaml:3:10: expected "test" or "pilot" with an invented roster, got "official")line",
          R"line(cycle.yaml:3:10: expected a decision beside the purpose "official", got none)line",
          R"line(cycle.yaml:4:8: expected at least one form, got an empty list)line",
          R"line(cycle.yaml:6:34: expected a day not before the start 2026-12-31, got "2026-01-01")line",
          R"line(cycle.yaml:7:1: unknown key "cutoff"; did you mean "cut_off"? in a cycle)line",
          R"line(cycle.yaml:9:37: unknown group "nroth"; did you mean "north"?)line",
          R"line(cycle.yaml:9:54: unknown State "AAC"; did you mean "AAA"?)line",
          R"line(cycle.yaml:10:10: expected each phase once, got "p" again)line",
          R"line(cycle.yaml:11:22: unknown State "XYZ")line",
          R"line(cycle.yaml:11:37: expected a date (yyyy-mm-dd), got "soon")line",
          R"line(cycle.yaml:13:3: unknown State "AAD"; did you mean "AAA"?)line",
          R"line(cycle.yaml:15:34: unknown position "partie"; did you mean "party"?)line",
          R"line(cycle.yaml:16:7: expected "in_force" beside the position "party", got none)line",
          R"line(cycle.yaml:16:12: expected the oldest entry first, got "2025-01-01" after 2026-01-01)line",
          R"line(cycle.yaml:17:16: expected "notification" in a reservation, got nothing)line",
          R"line(cycle.yaml:17:92: expected a day not before 2025-01-01, got "2024-01-01")line",
          R"line(cycle.yaml:18:13: expected "severity" or "active" in an override, got neither)line"));
}

TEST(SampleCycle, IsRead) {
  const auto cycle = load_cycle("samples/cycle.yaml", "data/rosters");
  ASSERT_TRUE(cycle) << cycle.error().what;
  EXPECT_EQ(cycle->phases.size(), 3u);
  EXPECT_EQ(cycle->digest.size(), 64u);
}

TEST(LoadCycle, SaysWhyAFileCannotBeRead) {
  const auto cycle = load_cycle("no/such/cycle.yaml", "data/rosters");
  ASSERT_FALSE(cycle);
  EXPECT_EQ(cycle.error().kind, Error::Kind::not_found);
}

TEST(ReadRoster, ReportsAllItsMistakesInOnePass) {
  const RosterReading reading = read_roster(R"(id: r
source: s
date: 2026-01-01
groups: [north]
entries:
  - {code: AAA, kind: state, group: south, names: {en: A}}
  - {code: AAA, kind: organization, group: north, names: {en: A}, members: [AAX]}
  - {code: "A A", kind: bodie}
)",
                                            "r.yaml");
  std::vector<std::string> described;
  for (const Mistake& mistake : reading.mistakes) described.push_back(describe(mistake));
  EXPECT_THAT(
      described,
      ElementsAre(
          R"line(r.yaml:6:37: unknown group "south")line",
          R"line(r.yaml:7:12: expected each code once, got "AAA" again)line",
          R"line(r.yaml:7:44: expected no group for an organization, got "north")line",
          R"line(r.yaml:7:77: unknown State "AAX"; did you mean "AAA"?)line",
          R"line(r.yaml:8:5: expected "names" in an entry, got nothing)line",
          R"line(r.yaml:8:12: expected a code of letters, digits, "-" and "_", got "A A")line",
          R"line(r.yaml:8:25: unknown kind "bodie")line"));
}

TEST(WorldRoster, NamesEveryEntryInSixLanguagesAndCarriesItsDisclaimer) {
  const auto bytes = read_file("data/rosters/world.yaml", 1u << 20);
  ASSERT_TRUE(bytes.has_value());
  const RosterReading reading = read_roster(*bytes, "world.yaml");
  EXPECT_THAT(reading.mistakes, IsEmpty());
  ASSERT_TRUE(reading.roster.has_value());
  const Roster& roster = *reading.roster;
  EXPECT_FALSE(roster.is_invented);
  EXPECT_EQ(roster.disclaimer.size(), 6u);
  const auto has_flag = [](const RosterEntry& entry, std::string_view flag) {
    return std::find(entry.flags.begin(), entry.flags.end(), flag) != entry.flags.end();
  };
  std::size_t members = 0;
  for (const RosterEntry& entry : roster.entries) {
    EXPECT_EQ(entry.names.size(), 6u) << entry.code;
    const bool is_member = entry.kind == SubmitterKind::state && !has_flag(entry, "observer") &&
                           !has_flag(entry, "non_member");
    members += is_member ? 1 : 0;
  }
  EXPECT_EQ(members, 193u);
  EXPECT_EQ(roster.entries.size(), 198u);
}

TEST(RosterDisclaimer, IsEnglishWhereTheLanguageHasNone) {
  Roster roster;
  EXPECT_EQ(roster.disclaimer_in("fr"), "");
  roster.disclaimer = {{"en", "Designations"}, {"es", "Denominaciones"}};
  EXPECT_EQ(roster.disclaimer_in("fr"), "Designations");
  EXPECT_EQ(roster.disclaimer_in("es"), "Denominaciones");
}

}  // namespace
}  // namespace cosp
