#include <gtest/gtest.h>

#include "generator/table_text.hpp"
#include "tests/generator/table_fixture.hpp"

namespace cosp::testing {
namespace {

const Table& table_of(const std::vector<Table>& tables, std::string_view id) {
  const Table* table = find_table(tables, id);
  if (table == nullptr) throw std::runtime_error("no table " + std::string(id));
  return *table;
}

TEST(ReportingByGroup, CountsPartiesByGroupAndOrganizationsApart) {
  TableFixture fixture(Tables{{"t", "kind: reporting_by_group\ndenominator: parties\n"}});
  for (const char* code : {"A", "B", "D", "G", "O"}) fixture.submit(code);
  EXPECT_EQ(TableFixture::lines(fixture.count().at(0)),
            "african: parties=3 received=2 share=2/3\n"
            "asia_pacific: parties=3 received=1 share=1/3\n"
            "all: parties=6 received=3 share=3/6\n"
            "organizations: parties=1 received=1 share=1/1\n");
}

TEST(OptionsByBlock, KeepsEachNonAnswerApartAndWithinItsDenominator) {
  TableFixture fixture(
      Tables{{"t",
              "kind: options_by_block\nrows: {chapter: A, having: status, order: article}\n"
              "question: status\ndenominator: asked\n"}});
  for (const char* code : {"A", "B", "C", "D", "E"}) fixture.submit(code);
  fixture.choose("A", "b1.status", {"yes"});
  fixture.choose("B", "b1.status", {"no"});
  fixture.choose("C", "b1.status", {"yes"}, Visibility::secretariat);
  fixture.reason("D", "b1.status", Reason::by_reservation);
  fixture.reason("E", "b1.status", Reason::withheld);
  fixture.choose("A", "b2.status", {"in_part"});
  const auto tables = fixture.count();
  ASSERT_EQ(tables.size(), 1u);
  EXPECT_EQ(TableFixture::lines(tables[0]),
            "b1: asked=4 yes=1 no=1 withheld=1 not_published=1 by_reservation=1\n"
            "b2: asked=5 in_part=1 not_provided=4\n");
  const TableRow& row = *tables[0].find_row("b1");
  EXPECT_EQ(row.asked, 4);
  EXPECT_EQ(row.answered, 2);
  EXPECT_EQ(tables[0].find_cell("b1", "yes")->denominator, 4);
}

TEST(OptionsByBlock, NamesInPublicOnlyStatesWhosePublicAnswerMayBePublished) {
  TableFixture fixture(Tables{
      {"t",
       "kind: options_by_block\nrows: {blocks: [b1]}\nquestion: status\ndenominator: asked\n"}});
  fixture.submit("A");
  fixture.submit("B", "no");
  for (const char* code : {"C", "D"}) fixture.submit(code);
  for (const char* code : {"A", "B"}) fixture.choose(code, "b1.status", {"yes"});
  for (const char* code : {"C", "D"})
    fixture.choose(code, "b1.status", {"yes"}, Visibility::counted);
  const auto tables = fixture.count();
  const Cell& cell = *tables.at(0).find_cell("b1", "yes");
  EXPECT_EQ(cell.count, 4);
  ASSERT_EQ(cell.sources.size(), 1u);
  EXPECT_EQ(cell.sources[0].open.members(), (std::vector<std::uint32_t>{0}));
  EXPECT_EQ(cell.sources[0].closed.members(), (std::vector<std::uint32_t>{1, 2, 3}));
}

TEST(OptionsByBlock, TabulatesSignatoriesAndOrganizationsApart) {
  TableFixture fixture(Tables{{"t",
                               "kind: options_by_block\nrows: {blocks: [b1]}\nquestion: "
                               "status\ndenominator: submitted\n"}});
  for (const char* code : {"A", "G", "O"}) fixture.submit(code);
  for (const char* code : {"A", "G", "O"}) fixture.choose(code, "b1.status", {"yes"});
  const auto tables = fixture.count();
  ASSERT_EQ(tables.size(), 3u);
  EXPECT_EQ(tables[0].id, "t");
  EXPECT_EQ(tables[0].denominator, 1);
  EXPECT_EQ(table_of(tables, "t.organizations").find_cell("b1", "yes")->count, 1);
  EXPECT_EQ(table_of(tables, "t.others").denominator_kind, DenominatorKind::submitted_others);
  EXPECT_EQ(table_of(tables, "t.others").find_cell("b1", "yes")->denominator, 1);
}

TEST(OptionsByBlock, LeavesOutWhatIsOutsideTheStatesPhase) {
  TableFixture fixture(Tables{
      {"t", "kind: options_by_block\nrows: {chapter: A}\nquestion: status\ndenominator: asked\n"}});
  fixture.cycle().phases = {{"one", {"A"}, {"african"}, {}, std::nullopt, std::nullopt},
                            {"two", {"G"}, {"asia_pacific"}, {}, std::nullopt, std::nullopt}};
  fixture.submit("A");
  fixture.submit("D");
  fixture.choose("A", "b1.status", {"yes"});
  EXPECT_EQ(TableFixture::lines(fixture.count().at(0)),
            "b2: asked=1 not_provided=1 outside_phase=1\n"
            "b1: asked=1 yes=1 outside_phase=1\n");
}

TEST(AnswersByOption, CountsAStateOnceHoweverManyBlocksItTicks) {
  TableFixture fixture(Tables{
      {"t",
       "kind: answers_by_option\nquestions: hurdles\nrows: {chapter: A}\ndenominator: asked\n"}});
  for (const char* code : {"A", "B", "C"}) fixture.submit(code);
  fixture.choose("A", "b1.hurdles", {"money"});
  fixture.choose("A", "b2.hurdles", {"money", "staff"});
  fixture.choose("B", "b1.hurdles", {"money"});
  EXPECT_EQ(
      TableFixture::lines(fixture.count().at(0)),
      "asked: states=3 blocks=2\n"
      "answered: states=2 blocks=2\n"
      "money: states=2 blocks=2\n"
      "staff: states=1 blocks=1\n"
      "time:\n"
      "not_applicable:\nnot_available:\nunder_consideration:\nwithheld:\nreported_elsewhere:\n"
      "not_provided: states=2 blocks=2\n"
      "not_published:\nby_reservation:\noutside_competence:\nnot_asked:\noutside_phase:\n");
}

TEST(AnswersByOption, GivesQuestionsOfSeveralListsRowsAndDenominatorsOfTheirOwn) {
  TableFixture fixture(Tables{{"t",
                               "kind: answers_by_option\nquestions: parts\nrows: {chapter: A, "
                               "order: article}\ndenominator: asked\n"}});
  fixture.submit("A");
  fixture.submit("B");
  fixture.choose("A", "b1.status", {"in_part"});
  fixture.choose("A", "b1.parts", {"law"});
  fixture.choose("B", "b2.status", {"in_part"});
  const auto tables = fixture.count();
  EXPECT_EQ(tables.at(0).find_cell("parts-1.law", "states")->count, 1);
  EXPECT_EQ(tables.at(0).find_row("parts-1.law")->asked, 1);
  EXPECT_EQ(tables.at(0).find_row("parts-2.law")->asked, 1);
  EXPECT_EQ(tables.at(0).find_cell("asked", "states")->count, 2);
}

TEST(ElementsByBlock, TakesAnUntickedElementAsNotIndicatedNeverAsNo) {
  TableFixture fixture(
      Tables{{"t",
              "kind: elements_by_block\nrows: {blocks: [b1]}\nstatus: status\nelements: parts\n"
              "scale: {in_place: [yes], in_part: [in_part], no: [no]}\ndenominator: asked\n"}});
  for (const char* code : {"A", "B", "C", "D", "E"}) fixture.submit(code);
  fixture.choose("A", "b1.status", {"yes"});
  fixture.choose("B", "b1.status", {"in_part"});
  fixture.choose("B", "b1.parts", {"law"});
  fixture.choose("C", "b1.status", {"no"});
  fixture.choose("D", "b1.status", {"in_part"});
  fixture.choose("D", "b1.parts", {"law"}, Visibility::secretariat);
  EXPECT_EQ(TableFixture::lines(fixture.count().at(0)),
            "b1.law: asked=5 in_place=2 no=1 not_provided=1 not_published=1\n"
            "b1.court: asked=5 in_place=1 not_indicated=1 no=1 not_provided=1 not_published=1\n");
}

TEST(Distribution, PutsFiguresIntoTheBandThatBeginsAtOrBelowThem) {
  TableFixture fixture(Tables{{"t",
                               "kind: distribution\nrows: {blocks: [b1]}\nquestion: years\nbands: "
                               "[0, 2, 4, 10]\ndenominator: answered\n"}});
  const std::pair<const char*, const char*> figures[] = {
      {"A", "0"}, {"B", "1.9"}, {"C", "2"}, {"D", "9.9"}, {"E", "10"}};
  for (const auto& [code, years] : figures) {
    fixture.submit(code);
    fixture.choose(code, "b1.status", {"yes"});
    fixture.figure(code, "b1.years", years);
  }
  fixture.submit("F");
  fixture.choose("F", "b1.status", {"no"});
  EXPECT_EQ(TableFixture::lines(fixture.count().at(0)),
            "b1: asked=5 answered=5 zero=1 under_2=1 from_2=1 from_4=1 from_10=1 not_asked=1\n");
}

TEST(RowsByOption, CountsStatesAndRowsForWhichTheConditionHolds) {
  TableFixture fixture(
      Tables{{"t",
              "kind: rows_by_option\nregister: needs\ncolumn: topics\nwhere: {not: {column: state, "
              "operator: is, value: yes}}\ndenominator: submitted\n"}});
  for (const char* code : {"A", "B", "G"}) fixture.submit(code);
  fixture.row("A", "needs", "r1", "one", {{"topics", {"money", "staff"}}});
  fixture.row("A", "needs", "r2", "two", {{"topics", {"money"}}});
  fixture.row("A", "needs", "r3", "met", {{"topics", {"time"}}, {"state", {"yes"}}});
  fixture.row("B", "needs", "r1", "hidden", {{"topics", {"money"}}}, Visibility::secretariat);
  fixture.row("G", "needs", "r1", "apart", {{"topics", {"money"}}});
  const auto tables = fixture.count();
  EXPECT_EQ(TableFixture::lines(tables.at(0)),
            "any: states=2 rows=3\nmoney: states=1 rows=2\nstaff: states=1 rows=1\ntime:\n"
            "not_applicable:\nnot_available:\nunder_consideration:\nwithheld:\nreported_elsewhere:"
            "\nnot_provided:\n"
            "not_published: states=1 rows=1\n");
}

TEST(Pairs, MatchesRowsOfTwoStatesThatAgreeInEveryColumn) {
  TableFixture fixture(
      Tables{{"t", "kind: pairs\nleft: needs\nright: offers\nmatch: [topics, state]\n"}});
  for (const char* code : {"A", "B", "C"}) fixture.submit(code);
  fixture.row("A", "needs", "n1", "need", {{"topics", {"money", "staff"}}, {"state", {"no"}}});
  fixture.row("A", "offers", "o1", "own", {{"topics", {"money"}}, {"state", {"no"}}});
  fixture.row("B", "offers", "o1", "fits", {{"topics", {"staff", "time"}}, {"state", {"no"}}});
  fixture.row("C", "offers", "o1", "other state", {{"topics", {"staff"}}, {"state", {"yes"}}});
  const auto tables = fixture.count();
  ASSERT_EQ(tables.at(0).rows.size(), 1u);
  EXPECT_EQ(tables[0].rows[0].id, "A.n1-B.o1");
  TableText text(fixture.form(), fixture.cycle(), "en");
  EXPECT_EQ(text.cell(*tables[0].find_cell("A.n1-B.o1", "topics")), "list.hurdle.staff");
  EXPECT_EQ(text.cell(*tables[0].find_cell("A.n1-B.o1", "right_state")), "Land B");
}

TEST(ListOfRows, ShowsThePublicOnlyWhatStatesPublish) {
  TableFixture fixture(
      Tables{{"t", "kind: list_of_rows\nregister: offers\ncolumns: [name, topics]\n"}});
  fixture.submit("B");
  fixture.submit("A", "no");
  fixture.row("B", "offers", "r1", "open", {{"topics", {"money"}}});
  fixture.row("B", "offers", "r2", "kept", {{"topics", {"money"}}}, Visibility::secretariat);
  fixture.row("A", "offers", "r1", "no consent", {{"topics", {"money"}}});
  const auto open = fixture.count(), restricted = fixture.count(Audience::secretariat);
  ASSERT_EQ(open.at(0).rows.size(), 1u);
  EXPECT_EQ(open[0].rows[0].id, "B.r1");
  EXPECT_EQ(restricted.at(0).rows.size(), 3u);
}

TEST(Matrix, ExistsOnlyWhenTheConferenceAsksAndListsOnlyWhoConsents) {
  TableFixture fixture(Tables{{"t",
                               "kind: matrix\nchapters: [A]\nstatus: status\nelements: parts\n"
                               "scale: {in_place: [yes], in_part: [in_part], no: [no]}\n"}});
  for (const char* code : {"A", "B", "D", "G"}) fixture.submit(code);
  fixture.submit("C", "in_part");
  fixture.choose("A", "b1.status", {"yes"});
  fixture.choose("A", "b2.status", {"no"});
  fixture.choose("B", "b1.status", {"in_part"});
  fixture.choose("B", "b1.parts", {"court"});
  fixture.reason("B", "b2.status", Reason::by_reservation);
  fixture.choose("D", "b1.status", {"yes"}, Visibility::counted);
  fixture.reason("D", "b2.status", Reason::withheld);
  EXPECT_TRUE(fixture.count().empty());
  fixture.cycle().decision = Decision{"X/1", {}, true, true};
  const auto tables = fixture.count();
  ASSERT_EQ(tables.size(), 1u);
  EXPECT_TRUE(tables[0].is_invented);
  EXPECT_EQ(TableFixture::lines(tables[0]),
            "A: b1.law=● b1.court=● b2.law=○\n"
            "B: b1.law=· b1.court=● b2.law=R\n"
            "D: b1.law=– b1.court=– b2.law=N\n");
}

TEST(CountTables, RefusesATableThatIsNotDeclared) {
  TableFixture fixture(Tables{{"t", "kind: reporting_by_group\n"}});
  const std::vector<std::string> only = {"u"};
  const auto tables = count_tables(fixture.input(Audience::open), only);
  ASSERT_FALSE(tables);
  EXPECT_EQ(tables.error().what, "expected a declared table, got \"u\"");
}

}  // namespace
}  // namespace cosp::testing
