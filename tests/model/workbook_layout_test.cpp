#include "model/workbook_layout.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace cosp::workbook {
namespace {

TEST(WorkbookMarker, ComesBackAsItWasWritten) {
  const std::vector<Marker> markers = {{Table::header, ""},
                                       {Table::questions, ""},
                                       {Table::registry, "measures"},
                                       {Table::contacts, "authorities"},
                                       {Table::texts, ""},
                                       {Table::progress, ""}};
  for (const Marker& marker : markers) {
    SCOPED_TRACE(to_string(marker));
    EXPECT_EQ(parse_marker(to_string(marker)), marker);
  }
}

TEST(WorkbookMarker, IsNothingElse) {
  for (const std::string_view text :
       {"", "cosp", "cosp/1", "cosp/1 ", "cosp/1 notebook", "cosp/2 questions", "cosp/1 register",
        "cosp/1 questions II", "questions"}) {
    SCOPED_TRACE(text);
    EXPECT_EQ(parse_marker(text), std::nullopt);
  }
  EXPECT_TRUE(is_marker_like("cosp/2 questions"));
  EXPECT_FALSE(is_marker_like("corp/1 questions"));
}

TEST(WorkbookRowCode, SplitsAtTheFirstSlash) {
  EXPECT_EQ(split_row_code("a.b"), (RowCode{"a.b", ""}));
  EXPECT_EQ(split_row_code("a.b/c/d"), (RowCode{"a.b", "c/d"}));
  EXPECT_EQ(row_code("a.b", "c"), "a.b/c");
  EXPECT_EQ(row_code("a.b", ""), "a.b");
}

TEST(WorkbookRowLabel, CarriesTheId) {
  EXPECT_EQ(id_of_label(row_label("Act [of 2020]", "act-1")), "act-1");
  EXPECT_EQ(row_label("", "act-1"), "act-1");
  EXPECT_EQ(id_of_label("act-1"), std::nullopt);
  EXPECT_EQ(id_of_label("Act []"), std::nullopt);
  EXPECT_EQ(id_of_label("Act 1]"), std::nullopt);
}

TEST(EscapeCell, LeavesOrdinaryTextsAlone) {
  for (const std::string_view text :
       {"", "plain", "two\nlines", "=SUM(A1)", "a\\b", "C:\\x", "_x00_", "قانون", " kept "})
    EXPECT_EQ(escape_cell(text), text);
}

TEST(EscapeCell, IsVisibleAndComesBack) {
  struct Case {
    std::string_view text, cell;
  };
  const Case cases[] = {
      {"a\tb", "\\:a\\tb"},
      {"a\r\nb", "\\:a\\r\nb"},
      {"\\:", "\\:\\\\:"},
      {"_x0041_", "\\:\\x5F;x0041_"},
      {"end\\+", "\\:end\\\\\\x2B;"},
      {"bell\x07", "\\:bell\\x07;"},
      {"del\x7F\\", "\\:del\\x7F;\\\\"},
      {"no\xEF\xBF\xBF character", "\\:no\\xFFFF; character"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.cell);
    EXPECT_EQ(escape_cell(c.text), c.cell);
    EXPECT_EQ(unescape_cell(c.cell), c.text);
    EXPECT_FALSE(escape_cell(c.text).ends_with(kContinued));
  }
}

TEST(UnescapeCell, RefusesWhatIsBroken) {
  for (const std::string_view cell :
       {"\\:\\", "\\:\\q", "\\:\\x", "\\:\\x41", "\\:\\x;", "\\:\\x00;", "\\:\\xFF;"}) {
    SCOPED_TRACE(cell);
    EXPECT_EQ(unescape_cell(cell), std::nullopt);
  }
}

TEST(WorkbookWords, ComeBack) {
  for (int i = 0; i < kPropertyCount; ++i)
    EXPECT_EQ(parse_property(to_string(static_cast<Property>(i))), static_cast<Property>(i));
  for (int i = 0; i < kHeaderMemberCount; ++i)
    EXPECT_EQ(parse_header_member(to_string(static_cast<HeaderMember>(i))),
              static_cast<HeaderMember>(i));
  EXPECT_EQ(shape_of(QuestionType::multi, false), Shape::ticks);
  EXPECT_EQ(shape_of(QuestionType::multi, true), Shape::one_cell);
  EXPECT_EQ(shape_of(QuestionType::money, true), Shape::amount_currency);
}

}  // namespace
}  // namespace cosp::workbook
