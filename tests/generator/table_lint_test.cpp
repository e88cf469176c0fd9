#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "generator/lint.hpp"
#include "tests/generator/table_fixture.hpp"

namespace cosp::testing {
namespace {

std::vector<std::string> mistakes_of(const std::string& declaration) {
  TableFixture fixture(Tables{{"t", declaration}});
  std::vector<std::string> texts;
  for (const Mistake& mistake : lint_tables(fixture.form())) {
    EXPECT_EQ(mistake.file, "tables/t.yaml");
    texts.push_back(mistake.what);
  }
  return texts;
}

TEST(LintTables, NamesTheNearestKnownThing) {
  struct Case {
    std::string declaration, mistake;
  };
  const Case cases[] = {
      {"kind: option_by_block\n",
       "expected a kind of table, got \"option_by_block\" (nearest: \"options_by_block\")"},
      {"kind: options_by_block\nrows: {blocks: [b1]}\nquestion: statis\n",
       "question: expected a known suffix of a question, got \"statis\" (nearest: \"status\")"},
      {"kind: options_by_block\nrows: {blocks: [b3]}\nquestion: status\n",
       "rows: expected a known block, got \"b3\" (nearest: \"b2\")"},
      {"kind: rows_by_option\nregister: need\ncolumn: topics\n",
       "register: expected a known register, got \"need\" (nearest: \"needs\")"},
      {"kind: rows_by_option\nregister: needs\ncolumn: topic\n",
       "column: expected a known column, got \"topic\" (nearest: \"topics\")"},
      {"kind: rows_by_option\nregister: needs\ncolumn: name\n",
       "expected a column with options, got \"name\""},
      {"kind: reporting_by_group\ngroups: x\n",
       "expected a parameter of the kind \"reporting_by_group\", got \"groups\""},
      {"kind: reporting_by_group\nsuppress_below: 1\n",
       "expected \"suppress_below\" from 2 to 100, got "},
      {"kind: distribution\nrows: {blocks: [b1]}\nquestion: years\nbands: [2, 1]\n",
       "expected \"bands\" to be ascending figures from 0 on"},
      {"kind: distribution\nrows: {blocks: [b1]}\nquestion: status\nbands: [0]\n",
       "expected a question of type number, got \"b1.status\""},
      {"kind: matrix\nchapters: [B]\nstatus: status\nscale: {in_place: [yes]}\n",
       "chapters: expected a known chapter, got \"B\""},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.declaration);
    EXPECT_THAT(mistakes_of(c.declaration), ::testing::Contains(::testing::HasSubstr(c.mistake)));
  }
}

TEST(LintTables, FindsNothingWrongWithASoundDeclaration) {
  EXPECT_THAT(mistakes_of("kind: options_by_block\nrows: {chapter: A, having: status, order: "
                          "article}\nquestion: status\n"
                          "denominator: asked\nsuppress_below: 3\nfigure: {shape: stacked_bar}\n"),
              ::testing::IsEmpty());
}

TEST(DescribeTableKinds, ListsEachKindOnceSortedWithItsParameters) {
  const auto kinds = describe_table_kinds();
  ASSERT_EQ(kinds.size(), 9u);
  for (std::size_t i = 1; i < kinds.size(); ++i) EXPECT_LT(kinds[i - 1].id, kinds[i].id);
  for (const KindDescription& kind : kinds)
    EXPECT_EQ(kind.parameters.empty(), kind.id == "reporting_by_group") << kind.id;
}

}  // namespace
}  // namespace cosp::testing
