#include <cstdio>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "generator/workbook.hpp"
#include "tests/generator/table_fixture.hpp"

namespace cosp::testing {
namespace {

using ::testing::HasSubstr;

std::string read(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

/// The workbook as openpyxl, which did not write it, reads it: a line a cell,
/// "sheet!A1<tab>type<tab>value".
std::string dump(const std::filesystem::path& workbook) {
  const std::string command =
      "/usr/bin/python3 tests/generator/dump_workbook.py '" + workbook.string() + "' 2>&1";
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot run python3");
  std::string text;
  char buffer[4096];
  while (const std::size_t size = std::fread(buffer, 1, sizeof buffer, pipe))
    text.append(buffer, size);
  EXPECT_EQ(::pclose(pipe), 0) << text;
  return text;
}

Result<void> write(TableFixture& fixture, const std::filesystem::path& path,
                   Audience audience = Audience::open) {
  const CompilationInput input = fixture.input(audience);
  const auto tables = *count_tables(input);
  return write_workbook(input, tables, fixture.form().products()[0], "en", path);
}

constexpr const char* kStatus =
    "kind: options_by_block\nrows: {chapter: A, order: article}\nquestion: status\ndenominator: "
    "asked\n"
    "figure: {shape: stacked_bar}\n";

TEST(Workbook, HoldsEachTableWithItsIdsNameChartAndMarks) {
  TableFixture fixture(Tables{{"status-by-article", kStatus},
                              {"groups", "kind: reporting_by_group\ndenominator: parties\n"}});
  for (const char* code : {"A", "B", "G"}) fixture.submit(code);
  fixture.choose("A", "b1.status", {"yes"});
  ASSERT_TRUE(write(fixture, fixture.folder() / "book.xlsx"));
  const std::string text = dump(fixture.folder() / "book.xlsx");
  EXPECT_THAT(
      text,
      HasSubstr("sheets\tContents groups status-by-article status-by-article.others Method\n"));
  EXPECT_THAT(text, HasSubstr("name\tstatus_by_article\t'status-by-article'!$A$6:$P$8\n"));
  EXPECT_THAT(text, HasSubstr("table\tstatus-by-article\ttable_status_by_article\tA6:P8\n"));
  EXPECT_THAT(text, HasSubstr("charts\tstatus-by-article\t1\n"));
  EXPECT_THAT(text, HasSubstr("status-by-article!A3\ts\tTEST DATA: made-up submissions · Draft, "
                              "not a document of the United Nations\n"));
  EXPECT_THAT(text, HasSubstr("status-by-article!C5\ts\tyes\n"));
  EXPECT_THAT(text, HasSubstr("status-by-article!A7\ts\tArticle 1: article.1.title\n"));
  EXPECT_THAT(text, HasSubstr("status-by-article!B7\tn\t2\n"));
  EXPECT_THAT(text, HasSubstr("status-by-article!C7\tn\t1\n"));
  EXPECT_THAT(text, HasSubstr("status-by-article!Q7\ts\tb1\n"));
  EXPECT_THAT(text, HasSubstr("groups!D7\tn\t0.67\n"));
  EXPECT_THAT(text, HasSubstr("print\tstatus-by-article\tlandscape\t9\t$6:$6\n"));
}

TEST(Workbook, WritesTheSameBytesTwice) {
  TableFixture fixture(Tables{{"t", kStatus}});
  fixture.submit("A");
  ASSERT_TRUE(write(fixture, fixture.folder() / "one.xlsx"));
  ASSERT_TRUE(write(fixture, fixture.folder() / "two.xlsx"));
  EXPECT_EQ(read(fixture.folder() / "one.xlsx"), read(fixture.folder() / "two.xlsx"));
}

TEST(Workbook, KeepsAStatesTextATextWhateverItHolds) {
  TableFixture fixture(Tables{{"t", "kind: list_of_rows\nregister: offers\ncolumns: [name]\n"}});
  fixture.submit("A");
  const std::string hostile = "=1+1 _x000D_ \x01\xff & <b>";
  fixture.row("A", "offers", "r1", hostile, {});
  fixture.row("A", "offers", "r2", std::string(40'000, 'x'), {});
  ASSERT_TRUE(write(fixture, fixture.folder() / "book.xlsx"));
  const std::string text = dump(fixture.folder() / "book.xlsx");
  EXPECT_THAT(text, HasSubstr("t!B7\ts\t=1+1 _x000D_ \uFFFD\uFFFD & <b>"));
  EXPECT_THAT(text, HasSubstr("x […]"));
}

TEST(Workbook, ShowsWhatIsSuppressedAsNeitherNumberNorZero) {
  TableFixture fixture(Tables{{"t", std::string(kStatus) + "suppress_below: 3\n"}});
  for (const char* code : {"A", "B", "C", "D"}) fixture.submit(code);
  fixture.choose("A", "b1.status", {"yes"});
  ASSERT_TRUE(write(fixture, fixture.folder() / "book.xlsx"));
  const std::string text = dump(fixture.folder() / "book.xlsx");
  EXPECT_THAT(text, HasSubstr("t!C7\ts\t…\n"));
  EXPECT_THAT(text, HasSubstr("fewer than 3 States"));
}

TEST(Workbook, ReportsAFolderThatDoesNotExistAndLeavesNothing) {
  TableFixture fixture(Tables{{"t", kStatus}});
  fixture.submit("A");
  const auto path = fixture.folder() / "missing" / "book.xlsx";
  const auto written = write(fixture, path);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, Error::Kind::io);
  EXPECT_EQ(written.error().where, path.string());
}

TEST(Workbook, ReportsAFullDisk) {
  TableFixture fixture(Tables{{"t", kStatus}});
  fixture.submit("A");
  const auto path = fixture.folder() / "full.xlsx";
  std::filesystem::create_symlink("/dev/full", path);
  EXPECT_FALSE(write(fixture, path));
}

TEST(Workbook, SaysHowManyTextsAreGivenInTheSourceLanguage) {
  TableFixture fixture(Tables{{"t", kStatus}});
  fixture.submit("A");
  const CompilationInput input = fixture.input(Audience::open);
  const auto tables = *count_tables(input);
  const auto& product = fixture.form().products()[0];
  const auto path = fixture.folder() / "book.xlsx";
  ASSERT_TRUE(write_workbook(input, tables, product, "en", path));
  EXPECT_THAT(dump(path), ::testing::Not(HasSubstr("Texts not translated")));
  ASSERT_TRUE(write_workbook(input, tables, product, "ar", path));
  EXPECT_THAT(dump(path), HasSubstr("Texts not translated"));
}

}  // namespace
}  // namespace cosp::testing
