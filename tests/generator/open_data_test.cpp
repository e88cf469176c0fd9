#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "generator/explain.hpp"
#include "generator/open_data.hpp"
#include "tests/generator/table_fixture.hpp"

namespace cosp::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string bytes_of(const std::vector<OutputFile>& files, std::string_view path) {
  for (const OutputFile& file : files)
    if (file.name == path) return file.bytes;
  throw std::runtime_error("no file " + std::string(path));
}

void write_all(const std::vector<OutputFile>& files, const std::filesystem::path& folder) {
  for (const OutputFile& file : files) {
    std::filesystem::create_directories((folder / file.name).parent_path());
    std::ofstream(folder / file.name, std::ios::binary) << file.bytes;
  }
}

constexpr const char* kStatus =
    "kind: options_by_block\nrows: {blocks: [b1]}\nquestion: status\ndenominator: asked\n";

TEST(OpenData, ExplainsAPublicFigureByPublicAnswersOnly) {
  TableFixture fixture(Tables{{"t", kStatus}});
  fixture.submit("A");
  fixture.submit("B", "no");
  for (const char* code : {"C", "D"}) fixture.submit(code);
  for (const char* code : {"A", "B"}) fixture.choose(code, "b1.status", {"yes"});
  for (const char* code : {"C", "D"})
    fixture.choose(code, "b1.status", {"yes"}, Visibility::counted);
  const CompilationInput input = fixture.input(Audience::open);
  const auto tables = *count_tables(input);
  write_all(open_data_of(input, tables), fixture.folder() / "out" / "public");
  const auto explained = explain(fixture.folder() / "out", "t/b1/yes");
  ASSERT_TRUE(explained) << describe(explained.error());
  EXPECT_EQ(explained->value, "4");
  EXPECT_EQ(explained->denominator, 4);
  ASSERT_EQ(explained->answers.size(), 1u);
  EXPECT_EQ(explained->answers[0].state, "A");
  EXPECT_EQ(explained->answers[0].question, "b1.status");
  EXPECT_EQ(explained->answers[0].answer, "yes");
  EXPECT_EQ(explained->answers[0].file, "A.json");
  EXPECT_EQ(explained->answers[0].digest, "") << "it covers answers that are not public";
  EXPECT_EQ(explained->unnamed, 3);
  EXPECT_TRUE(explained->is_test_data);
}

TEST(OpenData, NamesEverybodyToTheSecretariat) {
  TableFixture fixture(Tables{{"t", kStatus}});
  for (const char* code : {"A", "C"}) fixture.submit(code);
  fixture.submit("B", "no");
  for (const char* code : {"A", "B", "C"})
    fixture.choose(code, "b1.status", {"yes"}, Visibility::counted);
  const CompilationInput input = fixture.input(Audience::secretariat);
  write_all(open_data_of(input, *count_tables(input)), fixture.folder() / "out");
  const auto explained = explain(fixture.folder() / "out", "t/b1/yes");
  ASSERT_TRUE(explained);
  ASSERT_EQ(explained->answers.size(), 3u);
  EXPECT_EQ(explained->answers[0].digest, "digest-of-A");
  EXPECT_EQ(explained->unnamed, 0);
}

TEST(OpenData, PutsNothingBehindASuppressedFigureAndNamesNobodyWithoutConsent) {
  TableFixture fixture(Tables{{"t", std::string(kStatus) + "suppress_below: 3\n"}});
  fixture.submit("A");
  fixture.submit("B", "no");
  fixture.submit("C");
  fixture.choose("A", "b1.status", {"yes"});
  for (const char* code : {"B", "C"}) fixture.choose(code, "b1.status", {"no"});
  const CompilationInput input = fixture.input(Audience::open);
  const auto files = open_data_of(input, *count_tables(input));
  const auto provenance = nlohmann::json::parse(bytes_of(files, kProvenancePath));
  EXPECT_FALSE(provenance["figures"]["t/b1/yes"].contains("sources"));
  EXPECT_FALSE(provenance["figures"]["t/b1/yes"].contains("value"));
  for (const OutputFile& file : files) {
    EXPECT_THAT(file.bytes, Not(HasSubstr("B.json"))) << file.name;
    EXPECT_THAT(file.bytes, Not(HasSubstr("\"B\""))) << file.name;
  }
}

TEST(OpenData, WritesCountsWithTheirDenominatorsAndKeepsSuppressedApartFromZero) {
  TableFixture fixture(Tables{{"t", std::string(kStatus) + "suppress_below: 3\n"}});
  for (const char* code : {"A", "B", "C", "D"}) fixture.submit(code);
  for (const char* code : {"A", "B", "C"}) fixture.choose(code, "b1.status", {"yes"});
  const CompilationInput input = fixture.input(Audience::open);
  const std::string csv = bytes_of(open_data_of(input, *count_tables(input)), "data/t.csv");
  EXPECT_THAT(
      csv,
      HasSubstr("t/b1/asked,b1,Article 1: article.1.title,asked,Asked,count,4,,,false,false\r\n"));
  EXPECT_THAT(
      csv,
      HasSubstr(
          "t/b1/yes,b1,Article 1: article.1.title,yes,list.answer.yes,count,,,,true,false\r\n"));
  EXPECT_THAT(csv, HasSubstr("t/b1/no,b1,Article 1: "
                             "article.1.title,no,list.answer.no,count,0,asked,4,false,false\r\n"));
}

TEST(OpenData, QuotesStatesTextsThatASpreadsheetWouldRun) {
  TableFixture fixture(Tables{{"t", "kind: list_of_rows\nregister: offers\ncolumns: [name]\n"}});
  fixture.submit("A");
  fixture.row("A", "offers", "r1", "=HYPERLINK(\"x\")", {});
  const CompilationInput input = fixture.input(Audience::open);
  const std::string csv = bytes_of(open_data_of(input, *count_tables(input)), "data/t.csv");
  EXPECT_THAT(csv, HasSubstr("\"'=HYPERLINK(\"\"x\"\")"));
}

TEST(Explain, NamesTheNearestFigureForAnUnknownOne) {
  TableFixture fixture(Tables{{"t", kStatus}});
  fixture.submit("A");
  const CompilationInput input = fixture.input(Audience::open);
  write_all(open_data_of(input, *count_tables(input)), fixture.folder() / "out");
  const auto explained = explain(fixture.folder() / "out", "t/b1/yse");
  ASSERT_FALSE(explained);
  EXPECT_EQ(explained.error().kind, Error::Kind::not_found);
  EXPECT_EQ(
      explained.error().what,
      "expected the id of a figure (table/row/column), got \"t/b1/yse\" (nearest: \"t/b1/yes\")");
}

TEST(Explain, SaysFromWhichSharedRowAnAnswerCame) {
  TableFixture fixture(
      Tables{{"t", "kind: answers_by_option\nquestion: b1.hurdles\ndenominator: asked\n"}});
  for (const char* code : {"A", "B"}) fixture.submit(code);
  fixture.row("A", "closings", "c1", "others", {{"topics", {"b2"}}, {"hurdles", {"staff"}}});
  fixture.row("A", "closings", "c2", "these", {{"topics", {"b1"}}, {"hurdles", {"staff"}}});
  fixture.share("A");
  fixture.choose("B", "b1.hurdles", {"staff"});
  const CompilationInput input = fixture.input(Audience::open);
  write_all(open_data_of(input, *count_tables(input)), fixture.folder() / "out");
  const auto explained = explain(fixture.folder() / "out", "t/staff/states");
  ASSERT_TRUE(explained) << describe(explained.error());
  ASSERT_EQ(explained->answers.size(), 2u);
  EXPECT_EQ(explained->answers[0].shared_register, "closings");
  EXPECT_EQ(explained->answers[0].shared_row, "c2");
  EXPECT_EQ(explained->answers[1].shared_row, "") << "B answered at the question";
}

TEST(Explain, TellsADamagedProvenanceFromAMissingOne) {
  TableFixture fixture(Tables{{"t", kStatus}});
  EXPECT_EQ(explain(fixture.folder(), "t/b1/yes").error().kind, Error::Kind::not_found);
  write_all({{std::string(kProvenancePath), "{\"figures\": "}}, fixture.folder());
  EXPECT_EQ(explain(fixture.folder(), "t/b1/yes").error().kind, Error::Kind::bad_input);
}

}  // namespace
}  // namespace cosp::testing
