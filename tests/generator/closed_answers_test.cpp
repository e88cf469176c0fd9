#include <gtest/gtest.h>

#include "tests/generator/table_fixture.hpp"

namespace cosp::testing {
namespace {

constexpr const char* kStatus =
    "kind: options_by_block\nrows: {blocks: [b1]}\nquestion: status\ndenominator: asked\n";
constexpr const char* kTopics =
    "kind: rows_by_option\nregister: needs\ncolumn: topics\ndenominator: submitted\n";

/// Two public answers, and the same closed one of each of `closed`: B and D mark theirs as counted,
/// C does not consent.
void submit(TableFixture& fixture, const std::vector<const char*>& closed,
            std::string_view option) {
  for (const char* code : {"A", "E"}) {
    fixture.submit(code);
    fixture.choose(code, "b1.status", {"yes"});
  }
  for (const std::string_view code : closed) {
    fixture.submit(code, code == "C" ? "no" : "yes");
    fixture.choose(code, "b1.status", {option},
                   code == "C" ? Visibility::open : Visibility::counted);
  }
}

/// The numbers, and all files of open data made of them.
std::string published(TableFixture& fixture, Audience audience) {
  const CompilationInput input = fixture.input(audience);
  const auto tables = *count_tables(input);
  std::string all;
  for (const Table& table : tables) all += TableFixture::lines(table);
  for (const OutputFile& file : open_data_of(input, tables)) all += file.name + "\n" + file.bytes;
  return all;
}

TEST(ClosedAnswers, OneOrTwoShowNothingToWhoeverSubtractsThePublicOnes) {
  const std::vector<std::vector<const char*>> few = {{"B"}, {"C"}, {"B", "C"}, {"B", "D"}};
  for (const auto& closed : few) {
    TableFixture agree(Tables{{"t", kStatus}}), refuse(Tables{{"t", kStatus}});
    submit(agree, closed, "yes");
    submit(refuse, closed, "no");
    EXPECT_EQ(TableFixture::lines(agree.count().at(0)),
              "b1: asked=" + std::to_string(2 + closed.size()) +
                  " yes=2 not_published=" + std::to_string(closed.size()) + "\n");
    EXPECT_EQ(published(agree, Audience::open), published(refuse, Audience::open));
  }
}

TEST(ClosedAnswers, HaveTheSameNumbersForTheSecretariat) {
  TableFixture fixture(Tables{{"t", kStatus}});
  submit(fixture, {"B", "C"}, "no");
  EXPECT_EQ(TableFixture::lines(fixture.count(Audience::secretariat).at(0)),
            TableFixture::lines(fixture.count(Audience::open).at(0)));
}

TEST(ClosedAnswers, CountWhereThreeOfOnePopulationGaveThem) {
  TableFixture fixture(Tables{{"t", kStatus}});
  submit(fixture, {"B", "C", "D"}, "no");
  EXPECT_EQ(TableFixture::lines(fixture.count().at(0)), "b1: asked=5 yes=2 no=3\n");
}

TEST(ClosedAnswers, OfAnotherPopulationAreNoCompany) {
  TableFixture fixture(Tables{{"t", kStatus}});
  submit(fixture, {"B", "C", "G"}, "no");
  const auto tables = fixture.count();
  EXPECT_EQ(TableFixture::lines(tables.at(0)), "b1: asked=4 yes=2 not_published=2\n");
  EXPECT_EQ(TableFixture::lines(tables.at(1)), "b1: asked=1 not_published=1\n");
}

TEST(ClosedAnswers, GivenAsAReasonAreKeptLikeAnyOther) {
  TableFixture fixture(Tables{{"t", kStatus}});
  submit(fixture, {}, "yes");
  fixture.submit("C", "no");
  fixture.reason("C", "b1.status", Reason::withheld);
  EXPECT_EQ(TableFixture::lines(fixture.count().at(0)), "b1: asked=3 yes=2 not_published=1\n");
}

TEST(ClosedRows, OfOneOrTwoStatesAreNotCountedByOptionHoweverManyTheyAre) {
  TableFixture fixture(Tables{{"t", kTopics}});
  for (const char* code : {"A", "B", "C"}) fixture.submit(code);
  fixture.row("A", "needs", "r1", "open", {{"topics", {"money"}}});
  fixture.row("B", "needs", "r1", "closed", {{"topics", {"staff"}}}, Visibility::counted);
  fixture.row("B", "needs", "r2", "closed", {{"topics", {"staff"}}}, Visibility::counted);
  fixture.row("C", "needs", "r1", "closed", {{"topics", {"staff"}}}, Visibility::counted);
  EXPECT_EQ(TableFixture::lines(fixture.count().at(0)),
            "any: states=3 rows=4\nmoney: states=1 rows=1\nstaff:\ntime:\n"
            "not_applicable:\nnot_available:\nunder_consideration:\nwithheld:\nreported_elsewhere:"
            "\nnot_provided:\n"
            "not_published: states=2 rows=3\n");
}

TEST(ClosedRows, OfThreeStatesCount) {
  TableFixture fixture(Tables{{"t", kTopics}});
  for (const char* code : {"A", "B", "C"}) {
    fixture.submit(code);
    fixture.row(code, "needs", "r1", "closed", {{"topics", {"staff"}}}, Visibility::counted);
  }
  const auto tables = fixture.count();
  EXPECT_EQ(tables.at(0).find_cell("staff", "states")->count, 3);
  EXPECT_EQ(tables.at(0).find_cell("not_published", "states")->count, 0);
}

}  // namespace
}  // namespace cosp::testing
