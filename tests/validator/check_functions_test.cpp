#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/validator/rules.hpp"
#include "validator/checks.hpp"
#include "validator/checks/check.hpp"

namespace cosp {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;

/// What the call finds in each submission.
struct Case {
  std::string_view json;
  std::vector<std::string> found;
};

void expect_found(const std::string& call, const std::vector<Case>& cases,
                  const std::string& at = "") {
  const Form form =
      test::small_form(test::rule_files("r", "severity: warning\nstage: draft\nfor: all\ncheck: {" +
                                                 call + "}\n" + at + test::kNoExamples));
  for (const Case& c : cases) {
    SCOPED_TRACE(c.json);
    EXPECT_THAT(test::run_rule(form, c.json, "r"), ElementsAreArray(c.found));
  }
}

TEST(CheckFunctions, AllTickedPassesOverOptionsThatStandAlone) {
  expect_found("name: all_ticked, question: one.tools, besides: exclusive",
               {{R"({"answers": {"one.tools": ["hammer", "saw", "other"]}})", {"r@one.tools"}},
                {R"({"answers": {"one.tools": ["hammer", "saw"]}})", {}},
                {R"({"answers": {"one.tools": ["none_at_all"]}})", {}},
                {R"({})", {}}});
}

TEST(CheckFunctions, DuplicateRowsCompareWhatAReaderWouldCallTheSame) {
  expect_found(
      "name: duplicate_rows, register: things, columns: [name, kind]",
      {{R"({"registers": {"things": [{"id": "a", "name": "Act 1", "kind": "saw"}, {"id": "b", "name": " ACT  1", "kind": "saw"}]}})",
        {"r@things/b/name"}},
       {R"({"registers": {"things": [{"id": "a", "name": "Act 1", "kind": "saw"}, {"id": "b", "name": "Act 1", "kind": "hammer"}]}})",
        {}},
       // What lacks a column agrees with nothing.
       {R"({"registers": {"things": [{"id": "a", "name": "Act 1"}, {"id": "b", "name": "Act 1"}]}})",
        {}}},
      "at: name\n");
}

TEST(CheckFunctions, FigureJumpHoldsFiguresAgainstTheLastCycle) {
  expect_found(
      "name: figure_jump, scope: figures, factor: 5, least: 20",
      {{R"({"answers": {"one.count": "50.1"}, "previous": {"one.count": 10}})", {"r@one.count"}},
       {R"({"answers": {"one.count": 50}, "previous": {"one.count": 10}})", {}},
       {R"({"answers": {"one.count": 10}, "previous": {"one.count": 99}})", {"r@one.count"}},
       {R"({"answers": {"one.count": 19}, "previous": {"one.count": 1}})", {}},
       {R"({"answers": {"one.count": 90}, "previous": {"one.count": 0}})", {}},
       {R"({"answers": {"one.count": 90}})", {}},
       {R"({"answers": {"one.cost": {"amount": 100, "currency": "XTS"}}, "previous": {"one.cost": {"amount": 1, "currency": "XXX"}}})",
        {}},
       {R"({"answers": {"one.count": "99999999999999999"}, "previous": {"one.count": "88888888888888888"}})",
        {}}});
}

TEST(CheckFunctions, HiddenCharactersAreFoundInTextsAndRows) {
  expect_found(
      "name: hidden_characters, scope: texts_and_notes",
      {{R"({"answers": {"one.title": "Ab\u202E"}})", {"r@one.title"}},
       {R"({"answers": {"one.title": "Ab\u200E"}})", {}},
       {R"({"answers": {"one.count": {"value": 1, "note": "x\u0007"}}})", {"r@one.count"}},
       {R"({"registers": {"things": [{"id": "a", "name": "x\u202E"}]}})", {"r@things/a/name"}}});
}

TEST(CheckFunctions, TextMatchesPassesOverTextsBeyondTheLimitGiven) {
  expect_found(
      "name: text_matches, scope: texts, most_bytes: 10, patterns: ['(?i)^\\W*(tbd|xxx)\\W*$', "
      "'^待定$']",
      {{R"({"answers": {"one.tale": "TBD."}})", {"r@one.tale"}},
       {R"({"answers": {"one.tale": "TBD.       "}})", {}},
       {R"({"answers": {"one.tale": "待定"}})", {"r@one.tale"}},
       {R"({"answers": {"one.tale": "tbd by law"}})", {}}});
}

TEST(CheckFunctions, TextMatchesLooksIntoTextsOfAnyLength) {
  const std::string filler(600, 'a');
  expect_found("name: text_matches, scope: texts, patterns: ['\\b(Mr|Ms)\\. \\p{Lu}', '@']",
               {{R"({"answers": {"one.tale": ")" + filler + R"( Ms. Example"}})", {"r@one.tale"}},
                {R"({"answers": {"one.tale": "a@b"}})", {"r@one.tale"}},
                {R"({"answers": {"one.tale": "Msa. example"}})", {}}});
}

TEST(Pattern, MasksEachMatch) {
  EXPECT_EQ(Pattern("[0-9]+").masked("a1b22c", "•••"), "a•••b•••c");
  EXPECT_EQ(Pattern("(").masked("a(b", "•••"), "a(b");
}

TEST(CheckFunctions, TextMatchesReadsOnlyWhatIsNamed) {
  const std::string start = "name: text_matches, scope: texts, patterns: ['@'], ";
  expect_found(start + "questions: [one.tale]",
               {{R"({"answers": {"one.tale": "a@b"}})", {"r@one.tale"}},
                {R"({"answers": {"one.title": "a@b"}})", {}},
                {R"({"registers": {"things": [{"id": "a", "name": "a@b"}]}})", {}}});
  expect_found(start + "questions: ['*.tale']",
               {{R"({"answers": {"one.tale": "a@b"}})", {"r@one.tale"}}});
  expect_found(
      start + "register: things",
      {{R"({"answers": {"one.tale": "a@b"}})", {}},
       {R"({"registers": {"things": [{"id": "a", "name": "a@b"}]}})", {"r@things/a/name"}}});
}

TEST(CheckFunctions, TextMatchesReadsPublishedTextsOnlyWhenAsked) {
  expect_found(
      "name: text_matches, scope: texts, visibility: public, patterns: ['@']",
      {{R"({"answers": {"one.tale": "a@b"}})", {"r@one.tale"}},
       {R"({"answers": {"one.tale": {"value": "a@b", "visibility": "secretariat"}}})", {}}});
}

TEST(CheckFunctions, TextMatchesStripsTheEndsWhenAsked) {
  expect_found(
      "name: text_matches, scope: texts, strip: ends, patterns: ['^$', '(?i)^tbd$', '^待定$']",
      {{R"({"answers": {"one.tale": " – TBD …"}})", {"r@one.tale"}},
       {R"({"answers": {"one.tale": "…"}})", {"r@one.tale"}},
       {R"({"answers": {"one.tale": "（待定）。"}})", {"r@one.tale"}},
       {R"({"answers": {"one.tale": "tbd by law"}})", {}}});
}

TEST(CheckFunctions, WordsTotalCountsOneVersionOfEachText) {
  expect_found(
      "name: words_total, scope: texts, most: 5",
      {{R"({"answers": {"one.tale": "one two three", "one.title": "four five"}})", {}},
       {R"({"answers": {"one.tale": "one two three", "one.title": "four five six"}})", {"r@"}},
       {R"({"answers": {"one.tale": {"en": "one two three four", "fr": "un deux trois"}}})", {}},
       // Ten characters of Chinese are six words.
       {R"({"answers": {"one.tale": "一二三四五六七八九十"}})", {"r@"}}});
}

TEST(CheckFunctions, PositionMatchesHoldsTheAnswerAgainstTheRecord) {
  expect_found(
      "name: position_matches, question: h.standing",
      {{R"({"position": "signatory", "answers": {"h.standing": "party"}})", {"r@h.standing"}},
       {R"({"position": "signatory", "answers": {"h.standing": "signatory"}})", {}},
       {R"({"position": "signatory"})", {}}});
}

TEST(CheckFunctions, RowsUnusedAreCitedNowhereAndNameNothing) {
  expect_found(
      "name: rows_unused, register: things, columns: [articles]",
      {{R"({"registers": {"things": [{"id": "a", "name": "A"}]}})", {"r@things/a"}},
       {R"({"registers": {"things": [{"id": "a", "articles": ["1.1"]}]}})", {}},
       {R"({"answers": {"one.cited": ["a"]}, "registers": {"things": [{"id": "a"}]}})", {}}});
}

TEST(CheckFunctions, SameTextCountsLongTextsOnly) {
  expect_found(
      "name: same_text, questions: long_texts, least_characters: 10, least_answers: 2",
      {{R"({"answers": {"one.story": "The same words.", "one.tale": "the same  WORDS."}})",
        {"r@one.story"}},
       {R"({"answers": {"one.story": "Short.", "one.tale": "Short."}})", {}},
       {R"({"answers": {"one.story": "The same words.", "one.tale": "Other words here."}})", {}}});
}

TEST(CheckFunctions, ScriptMatchesLanguageLeavesShortTextsAlone) {
  expect_found(
      "name: script_matches_language, scope: texts",
      {{R"({"answers": {"one.tale": {"fr": "Специализированное подразделение полиции."}}})",
        {"r@one.tale"}},
       {R"({"answers": {"one.tale": {"ru": "Специализированное подразделение полиции."}}})", {}},
       {R"({"answers": {"one.tale": {"fr": "Полиция"}}})", {}},
       {R"({"answers": {"one.tale": {"ru": "https://example.org/a/long/address/of/a/law"}}})", {}},
       {R"({"answers": {"one.tale": {"ja": "専門の警察部隊がこの条文を適用しています。毎年の報告があります。"}}})",
        {}}});
}

TEST(CheckDeclarations, AreSortedAndEachHasItsFunction) {
  std::string_view last;
  for (const CheckDeclaration& check : check_declarations()) {
    SCOPED_TRACE(check.name);
    EXPECT_LT(last, check.name);
    last = check.name;
    EXPECT_NE(check_function(check.name), nullptr);
    EXPECT_FALSE(check.meaning.empty());
  }
  EXPECT_EQ(find_check("no_such_check"), nullptr);
}

}  // namespace
}  // namespace cosp
