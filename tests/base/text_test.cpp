#include "base/text.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace cosp {
namespace {

TEST(FirstInvalidUtf8, FindsTheFirstBadByte) {
  struct Case {
    std::string_view text;
    std::optional<std::size_t> offset;
  };
  const Case cases[] = {
      {"", std::nullopt},
      {"plain ascii, long enough for a word", std::nullopt},
      {"é€😀\U0010FFFF", std::nullopt},
      {"\xFF", 0},
      {"0123456789\x80", 10},
      {"\xC0\xAF", 0},          // overlong
      {"\xE0\x80\xAF", 0},      // overlong
      {"\xF0\x80\x80\xAF", 0},  // overlong
      {"a\xED\xA0\x80", 1},     // surrogate
      {"\xF4\x90\x80\x80", 0},  // above U+10FFFF
      {"é\xE2\x82", 2},         // cut
      {"ééé\xC3", 6},           // cut
      {"\xF5\x80\x80\x80", 0},
      {std::string_view{"a\0b", 3}, std::nullopt},  // NUL is a character; others refuse it
  };
  for (const Case& c : cases) EXPECT_EQ(first_invalid_utf8(c.text), c.offset) << c.text;
}

TEST(CountCharacters, CountsCodePoints) {
  EXPECT_EQ(count_characters(""), 0U);
  EXPECT_EQ(count_characters("abc"), 3U);
  EXPECT_EQ(count_characters("é€😀"), 3U);
  EXPECT_EQ(count_characters("e\u0301"), 2U);
  EXPECT_EQ(count_characters("a\xFF\xC3z"), 4U);
}

TEST(FirstHiddenCharacter, FindsWhatAReaderCannotSee) {
  struct Case {
    std::string_view text;
    std::optional<HiddenCharacter> hidden;
  };
  const Case cases[] = {
      {"two lines\nand\ta tab\r\n", std::nullopt},
      {"العربية\u200F \u200Eabc\u061C", std::nullopt},  // marks that honest writing needs
      {"می\u200Cخواهم", std::nullopt},                  // so do joiners
      {std::string_view{"ab\0", 3}, HiddenCharacter{2, 0}},
      {"é\x1B[0m", HiddenCharacter{2, 0x1B}},
      {"a\u0085", HiddenCharacter{1, 0x85}},
      {"\x7F", HiddenCharacter{0, 0x7F}},
      {"ab\u202Etxt", HiddenCharacter{2, 0x202E}},
      {"ab\u2067txt", HiddenCharacter{2, 0x2067}},
      {"\uE000", HiddenCharacter{0, 0xE000}},
      {"\U000F0000", HiddenCharacter{0, 0xF0000}},
      {"\uFDD0", HiddenCharacter{0, 0xFDD0}},
      {"\U0001FFFE", HiddenCharacter{0, 0x1FFFE}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.text);
    EXPECT_EQ(first_hidden_character(c.text), c.hidden);
    EXPECT_EQ(has_forbidden_characters(c.text), c.hidden.has_value());
  }
}

TEST(DominantScript, IsTheScriptOfMostLetters) {
  struct Case {
    std::string_view text, script;
  };
  const Case cases[] = {{"Law No. 12", "Latn"},
                        {"القانون رقم 12", "Arab"},
                        {"Закон № 12 UN", "Cyrl"},
                        {"联合国公约", "Hani"},
                        {"123 !?", ""},
                        {"", ""},
                        {"ab аб", "Latn"},
                        {"аб ab", "Cyrl"},
                        {"かな漢字かな", "Hira"}};
  for (const Case& c : cases) EXPECT_EQ(dominant_script(c.text), c.script) << c.text;
}

TEST(ScriptsOfLanguage, KnowsLanguagesOfOneAndOfMoreScripts) {
  struct Case {
    std::string_view tag;
    std::vector<std::string_view> scripts;
  };
  const Case cases[] = {
      {"en", {"Latn"}},
      {"ar", {"Arab"}},
      {"zh", {"Hani"}},
      {"ru", {"Cyrl"}},
      {"fr", {"Latn"}},
      {"sr", {"Cyrl", "Latn"}},
      {"ja", {"Hani", "Hira", "Kana"}},
      {"ko", {"Hang", "Hani"}},
      {"uz-Cyrl", {"Cyrl"}},
      {"uz", {"Cyrl", "Latn"}},
      {"ar-EG", {"Arab"}},
      {"zh-Hant", {"Bopo", "Hani"}},
      {"qqq", {}},
      {"", {}},
      {"not a tag", {}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.tag);
    const auto scripts = scripts_of_language(c.tag);
    EXPECT_EQ(std::vector(scripts.begin(), scripts.end()), c.scripts);
  }
}

TEST(Trim, TakesOffAllUnicodeSpace) {
  EXPECT_EQ(trim("  a b \n"), "a b");
  EXPECT_EQ(trim("\u00A0\u3000中 文\u2003"), "中 文");
  EXPECT_EQ(trim(" \t "), "");
  EXPECT_EQ(trim(""), "");
}

TEST(FoldForComparison, MakesTextsEqualThatReadTheSame) {
  const std::pair<std::string_view, std::string_view> same[] = {
      {"  The  LAW ", "the law"}, {"Straße", "STRASSE"}, {"ＡＢＣ", "abc"},
      {"e\u0301", "É"},           {"ﬁne", "fine"},       {"a\u00A0\n b", "A b"}};
  for (const auto& [left, right] : same) {
    EXPECT_EQ(fold_for_comparison(left), fold_for_comparison(right)) << left;
  }
  EXPECT_NE(fold_for_comparison("law"), fold_for_comparison("laws"));
}

TEST(EditDistance, CountsCodePointsAndSwaps) {
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
  EXPECT_EQ(edit_distance("staus", "status"), 1U);
  EXPECT_EQ(edit_distance("sattus", "status"), 1U);
  EXPECT_EQ(edit_distance("نعم", "نعمم"), 1U);
  EXPECT_EQ(edit_distance("same", "same"), 0U);
}

TEST(Nearest, NamesTheKnownNameThatWasMeant) {
  const std::vector<std::string_view> known{"art13.status", "art14.status", "general.contact",
                                            "no"};
  struct Case {
    std::string_view wanted;
    std::optional<std::string_view> found;
  };
  const Case cases[] = {{"art13.staus", "art13.status"},
                        {"ART14.STATUS", "art14.status"},
                        {"art15.status", "art13.status"},
                        {"genral.contct", "general.contact"},
                        {"completely-else", std::nullopt},
                        {"", std::nullopt},
                        {"x", std::nullopt},
                        {"on", "no"}};
  for (const Case& c : cases) EXPECT_EQ(nearest(c.wanted, known), c.found) << c.wanted;
  EXPECT_EQ(nearest(std::string(100'000, 'a'), known), std::nullopt);
}

TEST(MaskControls, ShowsWhatWouldActOnATerminal) {
  EXPECT_EQ(mask_controls("a\x1B[2J\rb\nc\td"), "a\uFFFD[2J\uFFFDb\nc\td");
  EXPECT_EQ(mask_controls("x\u202Ey\u2066z\uE000"), "x<U+202E>y<U+2066>z<U+E000>");
  EXPECT_EQ(mask_controls("\x9B\u009B"), "\uFFFD\uFFFD");
  EXPECT_EQ(mask_controls("العربية é"), "العربية é");
}

TEST(TrimmedText, IsAPartOfTheText) {
  EXPECT_EQ(trimmed("  a b\n"), "a b");
  EXPECT_EQ(trimmed("\u00A0 да \u3000"), "да");
  EXPECT_EQ(trimmed("a"), "a");
  EXPECT_TRUE(trimmed(" \t\u2003").empty());
}

TEST(OuterMarks, AreTakenOffInAnyScript) {
  EXPECT_EQ(without_outer_marks(" – “TBD” …"), "TBD");
  EXPECT_EQ(without_outer_marks("（待定）。"), "待定");
  EXPECT_EQ(without_outer_marks("«يحدد لاحقا»."), "يحدد لاحقا");
  EXPECT_TRUE(without_outer_marks("… – !").empty());
}

TEST(EstimatedWords, CountWhatStandsBetweenSpacesAndThreeForFiveHan) {
  EXPECT_EQ(estimate_words("one two\u00A0three\n four"), 4);
  EXPECT_EQ(estimate_words("一二三四五六七八九十"), 6);
  EXPECT_EQ(estimate_words("第 40 条"), 2);  // 40, and two characters
  EXPECT_EQ(estimate_words(""), 0);
}

TEST(Likeness, IsHighForNearlyTheSameTextOnly) {
  const auto near = [](std::string_view a, std::string_view b) {
    return likeness(pieces_of_text(a), pieces_of_text(b));
  };
  EXPECT_DOUBLE_EQ(near("Whoever gains access", "whoever  gains ACCESS"), 1);
  EXPECT_GT(near("Whoever gains access to a system without right is punished.",
                 "Whoever gains access to a system without right is punished"),
            0.9);
  EXPECT_LT(near("Whoever gains access to a system without right is punished.",
                 "Courts have applied the section in fourteen cases."),
            0.2);
  EXPECT_DOUBLE_EQ(near("", ""), 0);
}

}  // namespace
}  // namespace cosp
