#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "generator/document_set.hpp"
#include "tests/generator/document_fixture.hpp"

namespace cosp::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kHead = "format: html\ntemplate: thematic-report\naudience: public\n";

std::vector<std::string> mistakes_of(const DocumentFixture& fixture) {
  TemplateSet templates = shipped_templates();
  std::vector<std::string> whats;
  for (const Mistake& mistake : lint_products(fixture.form(), &templates)) {
    EXPECT_EQ(mistake.file, "products/other.yaml");
    whats.push_back(mistake.what);
  }
  return whats;
}

/// Mistakes of a product with these parts and texts.
std::vector<std::string> mistakes_of(const std::string& parts, const std::string& texts,
                                     const std::string& each = "none") {
  return mistakes_of(
      DocumentFixture("product.other.title: Other\n" + texts,
                      {{"other", kHead + ("each: " + each + "\nparts:\n" + parts)}}));
}

TEST(LintProducts, FindsNothingWrongWithSoundOnes) {
  EXPECT_THAT(mistakes_of(DocumentFixture()), IsEmpty());
}

TEST(LintProducts, TakesNothingButTablesInAWorkbook) {
  EXPECT_THAT(mistakes_of(DocumentFixture(
                  "product.other.title: Other\n",
                  {{"other", "format: xlsx\nparts:\n  - {table: standing-by-article}\n"}})),
              IsEmpty());
  EXPECT_THAT(
      mistakes_of(DocumentFixture("product.other.title: Other\n",
                                  {{"other", "format: xlsx\nparts:\n  - {heading: about}\n"}})),
      ElementsAre("parts: expected only tables in a workbook, got \"heading\""));
}

TEST(LintProducts, NamesAnArgumentThatATextIsNotGiven) {
  EXPECT_THAT(mistakes_of("  - {paragraph: wrong}\n", "part.wrong: \"{submited} of {parties}\"\n"),
              ElementsAre("text \"part.wrong\" uses the argument \"submited\", which it is not "
                          "given (nearest: \"submitted\")"));
}

TEST(LintProducts, GivesTheStatesNameOnlyToDocumentsOfAState) {
  const std::string parts = "  - {paragraph: whose}\n",
                    texts = "part.whose: \"Of {state}, {state_period_end}.\"\n";
  EXPECT_THAT(mistakes_of(parts, texts), Contains(HasSubstr("the argument \"state\"")));
  EXPECT_THAT(mistakes_of(parts, texts, "state"), IsEmpty());
}

TEST(LintProducts, GivesParagraphsByRowTheColumnsOfTheirTable) {
  const std::string parts = "  - {paragraphs_by_row: row, table: standing-by-article}\n";
  EXPECT_THAT(mistakes_of(parts,
                          "part.row: \"{title}: {yes}, {in_part_percent}, {not_provided_band}, "
                          "{reasons}, {parties}\"\n"),
              IsEmpty());
  EXPECT_THAT(mistakes_of(parts, "part.row: \"{title}: {perhaps}\"\n"),
              Contains(HasSubstr("the argument \"perhaps\"")));
}

TEST(LintProducts, GivesNoFigureToTheWordingThatStandsInForASuppressedOne) {
  const std::string parts = "  - {paragraphs_by_row: row, table: standing-by-article}\n",
                    row = "part.row: \"{yes}\"\n";
  EXPECT_THAT(mistakes_of(parts, row + "part.row.suppressed: \"{number}: {no}\"\n"),
              Contains(HasSubstr("the argument \"no\"")));
  EXPECT_THAT(mistakes_of(parts, row + "part.row.none: \"{number}: {asked}\"\n"),
              Contains(HasSubstr("the argument \"asked\"")));
  EXPECT_THAT(
      mistakes_of(parts, row + "part.row.suppressed: \"{number} {title} {label}, of {parties}\"\n"),
      IsEmpty());
}

TEST(LintProducts, RefusesATemplateForAWorkbookAndArgumentsInItsTitle) {
  const DocumentFixture fixture(
      "product.other.title: \"Book by {cut_off}\"\n",
      {{"other", "format: xlsx\ntemplate: thematic-report\nparts: []\n"}});
  EXPECT_THAT(mistakes_of(fixture),
              ElementsAre("expected no template for a workbook, got \"thematic-report\"",
                          HasSubstr("uses the argument \"cut_off\", which it is not given")));
}

TEST(LintProducts, NamesTextsAndTemplatesThatDoNotExist) {
  const DocumentFixture fixture(
      "product.other.title: Other\n",
      {{"other", "format: html\ntemplate: nowhere\nparts:\n  - {heading: unwritten}\n"}});
  EXPECT_THAT(mistakes_of(fixture),
              ElementsAre("expected a text \"part.unwritten\", got none", HasSubstr("template: ")));
}

}  // namespace
}  // namespace cosp::testing
