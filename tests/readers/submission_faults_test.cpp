#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/readers/submission_fixture.hpp"

namespace cosp::test {
namespace {

using ::testing::ElementsAre;

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

TEST(ReadSubmission, GivesAnUnreadableFileOneFindingWithItsPlace) {
  struct Case {
    std::string what, bytes, found;
  };
  const std::string whole = submission_with("");
  const Case cases[] = {
      {"empty", "", "empty-file@1:1"},
      {"spaces", " \n\t", "empty-file@1:1"},
      {"byte-order mark alone", "\xEF\xBB\xBF", "empty-file@1:1"},
      {"noise", "\x89PNG\r\n\x1A\n\x01\x02", "not-json@1:1"},
      {"words", "hello", "not-json@1:1"},
      {"a workbook", "PK\x03\x04 whatever", "not-json@1:1"},
      {"UTF-16", std::string("\xFF\xFE{\0}\0", 6), "not-json@1:1"},
      {"cut after a brace", "{", "cut-json@1:2"},
      {"cut within a key", "{\n  \"for", "cut-json@2:7"},
      {"cut within a word", R"({"a":tru)", "cut-json@1:9"},
      {"cut within a number", R"({"a":1.)", "cut-json@1:8"},
      {"cut within an escape", R"({"a":"\u00)", "cut-json@1:11"},
      {"cut within a character", "{\"a\":\"\xE2\x82", "cut-json@1:8"},
      {"cut after a member", whole.substr(0, whole.size() - 1),
       "cut-json@1:" + std::to_string(whole.size())},
      {"bytes after the end", whole + "\nx", "trailing-bytes@2:1"},
      {"a second submission", whole + whole,
       "trailing-bytes@1:" + std::to_string(whole.size() + 1)},
      {"a brace too much", whole + "}", "trailing-bytes@1:" + std::to_string(whole.size() + 1)},
      {"NUL after the end", whole + std::string(1, '\0'),
       "trailing-bytes@1:" + std::to_string(whole.size() + 1)},
      {"missing comma", "{\"a\":1\n\"b\":2}", "not-json@2:1"},
      {"comma too much", "{\"a\":1,}", "not-json@1:8"},
      {"missing colon", "{\"a\" 1}", "not-json@1:6"},
      {"missing value", "{\"a\":}", "not-json@1:6"},
      {"key without quotes", "{a:1}", "not-json@1:2"},
      {"wrong bracket", "{\"a\":[1}", "not-json@1:8"},
      {"comment", "{\"a\":1 /* x */}", "not-json@1:8"},
      {"leading zero", "{\"a\":01}", "not-json@1:6"},
      {"NaN", "{\"a\":NaN}", "not-json@1:6"},
      {"bad escape", "{\"a\":\"é\\x\"}", "not-json@1:8"},
      {"half a surrogate pair", "{\"a\":\"\\ud800\"}", "not-json@1:7"},
      {"raw line feed in a text", "{\"a\":\"x\ny\"}", "control-character@1:8"},
      {"raw NUL in a text", std::string("{\"a\":\"\0\"}", 9), "control-character@1:7"},
      {"invalid UTF-8", "{\"é\":\"\xC3\x28\"}", "invalid-utf8@1:7"},
      {"overlong UTF-8", "{\"a\":\"\xC0\xAF\"}", "invalid-utf8@1:7"},
      {"array", "[1]", "root-not-object@1:1"},
      {"text", "\n \"x\"", "root-not-object@2:2"},
      {"many brackets", repeated("[", 200'000), "too-deep@1:33"},
      {"many braces", repeated("{\"a\":", 200'000), "too-deep@1:161"},
      {"many brackets in a member",
       "{\"a\":" + repeated("[", 200'000) + repeated("]", 200'000) + "}", "too-deep@1:37"},
      {"a member twice", "{\"form\":1,\n \"form\":2}", "duplicate-key@2:2"},
      {"a member twice by an escape", "{\"form\":1,\"\\u0066orm\":2}", "duplicate-key@1:11"},
      {"an answer twice",
       submission_with("\n\"answers\":{\"a.text\":\"x\",\"a.date\":null,\n\"a.text\":\"y\"}"),
       "duplicate-key@3:1"},
      {"a name twice in what is not known", "{\"x\":[{\"y\":{\"z\":1,\"z\":1}}]}",
       "duplicate-key@1:19"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    const ReadSubmission read = read_all_types(c.bytes);
    EXPECT_TRUE(read.is_unreadable);
    EXPECT_THAT(located(read), ElementsAre(c.found));
    ASSERT_EQ(read.findings.size(), 1u);
    EXPECT_EQ(read.findings[0].severity, Severity::blocker);
    EXPECT_EQ(read.findings[0].text, "finding." + read.findings[0].rule);
  }
}

TEST(ReadSubmission, FindsAnyTwoEqualNamesAmongMany) {
  std::string members;
  for (int i = 0; i < 500; ++i) members += "\"k" + std::to_string((i * 7) % 500) + "\":0,\n";
  EXPECT_FALSE(read_all_types("{\"x\":{" + members + "\"z\":0}}").is_unreadable);
  const ReadSubmission read = read_all_types("{\"x\":{" + members + "\"k7\":0}}");
  EXPECT_THAT(located(read), ElementsAre("duplicate-key@501:1"));
  EXPECT_EQ(read.findings[0].written, "k7");
}

TEST(ReadSubmission, StopsAtItsLimits) {
  ReadLimits limits;
  limits.bytes = 100;
  EXPECT_THAT(located(read_all_types(submission_with(""), limits)), ElementsAre("too-large@1:1"));
  limits = {};
  limits.values = 12;
  EXPECT_THAT(located(read_all_types("{\"x\":[" + repeated("1,", 20) + "1]}", limits)),
              ElementsAre("too-large@1:27"));
  limits = {};
  limits.depth = 2;
  EXPECT_THAT(ids(read_all_types("{\"x\":[[]]}", limits)), ElementsAre("too-deep"));
  limits = {};
  limits.rows = 2;
  limits.text_bytes = 3;
  limits.unknown = 1;
  const ReadSubmission read = read_all_types(
      submission_with(
          R"("answers":{"a.text":"four","x":1,"y":1,"z":1},"registers":{"papers":[{"id":"1"},{"id":"2"},{"id":"3"},{"id":"4"}]})"),
      limits);
  EXPECT_THAT(ids(read), ElementsAre("unknown-question", "too-many-unknown", "too-many-rows",
                                     "text-too-long"));
  EXPECT_EQ(read.submission.registers[all_types_form().find_register("papers")].size(), 2u);
  EXPECT_EQ(read.submission.unknown.size(), 1u);
  limits = {};
  limits.findings = 3;
  EXPECT_THAT(
      ids(read_all_types(submission_with(R"("a":1,"b":1,"c":1,"d":1,"e":1)"), limits)),
      ElementsAre("unknown-member", "unknown-member", "unknown-member", "too-many-findings"));
}

/// One wrong answer: its finding, and where it stands. The answer is absent afterwards.
TEST(ReadSubmission, FindsAWrongValueOnceAndRejectsIt) {
  struct Case {
    std::string code, written, found;
  };
  const Case cases[] = {
      {"a.status", "1", "wrong-type@2:1"},
      {"a.status", "true", "wrong-type@2:1"},
      {"a.status", "[\"red\"]", "wrong-type@2:1"},
      {"a.status", "\"rot\"", "unknown-option@2:1"},
      {"a.status", "{\"value\":\"rde\"}", "unknown-option@2:10"},
      {"a.multi", "\"red\"", "wrong-type@2:1"},
      {"a.multi", "[\"red\",\"yellow\"]", "unknown-option@2:8"},
      {"a.number", "\"1,5\"", "figure-unreadable@2:1"},
      {"a.number", "\" 1\"", "figure-unreadable@2:1"},
      {"a.number", "\"NaN\"", "figure-unreadable@2:1"},
      {"a.number", "\"1e3\"", "figure-unreadable@2:1"},
      {"a.number", "\"1E999\"", "figure-unreadable@2:1"},
      {"a.number", "\"1234567890123456789\"", "figure-too-long@2:1"},
      {"a.number", "18446744073709551617", "figure-too-long@2:1"},
      {"a.number", "1e999", "figure-too-long@2:1"},
      {"a.number", "{\"x\":1}", "wrong-type@2:1"},
      {"a.money", "12", "wrong-type@2:1"},
      {"a.money", "{\"amount\":\"1\"}", "wrong-type@2:1"},
      {"a.money", "{\"amount\":\"1\",\"currency\":5}", "wrong-type@2:26"},
      {"a.money", "{\"amount\":\"x\",\"currency\":\"EUR\"}", "figure-unreadable@2:11"},
      {"a.text", "5", "wrong-type@2:1"},
      {"a.text", "{\"en\":5}", "wrong-type@2:7"},
      {"a.text", "{\"english language\":\"x\"}", "unknown-language@2:21"},
      {"a.text", "{\"en\":\"x\",\"EN\":\"y\"}", "duplicate-language@2:16"},
      {"a.text", "\"x\\u0000y\"", "nul-in-text@2:1"},
      {"a.date", "\"31.12.2027\"", "date-unreadable@2:1"},
      {"a.date", "\"2027-02-29\"", "date-unreadable@2:1"},
      {"a.date", "20271231", "wrong-type@2:1"},
      {"a.period", "\"2027\"", "wrong-type@2:1"},
      {"a.period", "{\"start\":\"2027-01-01\",\"end\":\"2027-13-01\"}", "date-unreadable@2:29"},
      {"a.period", "{\"start\":\"2027-01-02\",\"end\":\"2027-01-01\"}", "period-reversed@2:29"},
      {"a.language", "\"Klingon language\"", "unknown-language@2:1"},
      {"a.languages", "[\"en\",\"?\"]", "unknown-language@2:7"},
      {"a.languages", "\"en\"", "wrong-type@2:1"},
      {"a.sender", "{\"x\":1}", "wrong-type@2:1"},
      {"a.sender", "\"\\u0000\"", "nul-in-text@2:1"},
      {"a.papers", "[\"p9\"]", "unknown-row@2:2"},
      {"a.papers", "\"p1\"", "wrong-type@2:1"},
      {"a.passages", "[\"1(3)\"]", "unknown-provision@2:2"},
      {"a.status", "{\"reason\":\"not_aplicable\"}", "unknown-reason@2:11"},
      {"a.status", "{\"reason\":\"not_available\",\"detail\":\"?\"}", "unknown-detail@2:36"},
      {"a.status", "{\"reason\":\"reported_elsewhere\",\"rows\":[\"p9\"]}", "unknown-row@2:40"},
      {"a.status", "{\"reason\":\"not_available\",\"expected_on\":\"soon\"}",
       "date-unreadable@2:41"},
      {"a.status", "{\"value\":\"red\",\"reason\":\"withheld\"}", "value-and-reason@2:25"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.code + ": " + c.written);
    const ReadSubmission read = read_all_types(
        submission_with("\"registers\":{\"papers\":[{\"id\":\"p1\"}]},\"answers\":{\"" + c.code +
                        "\":\n" + c.written + "}"));
    EXPECT_FALSE(read.is_unreadable);
    EXPECT_THAT(located(read), ElementsAre(c.found));
    const std::uint32_t question = all_types_form().find_question(c.code);
    EXPECT_TRUE(read.submission.answers[question].is_absent());
    EXPECT_TRUE(read.submission.answers[question].is_rejected);
    ASSERT_EQ(read.findings.size(), 1u);
    EXPECT_EQ(read.findings[0].place.question, question);
    EXPECT_EQ(read.findings[0].severity, Severity::error);
  }
}

TEST(ReadSubmission, FindsWhatStandsBesideAValueAndKeepsTheValue) {
  struct Case {
    std::string beside, found;
  };
  const Case cases[] = {
      {"\"notee\":\"x\"", "unknown-member@2:17"},
      {"\"note\":7", "wrong-type@2:24"},
      {"\"note\":\"\\u0000\"", "nul-in-text@2:24"},
      {"\"author\":\"a\\u202Eb\"", "hidden-character@2:26"},
      {"\"detail\":\"lost\"", "detail-not-asked@2:26"},
      {"\"author\":[]", "wrong-type@2:26"},
      {"\"origin\":\"shared\"", "unknown-word@2:26"},
      {"\"visibility\":1", "unknown-word@2:30"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.beside);
    const ReadSubmission read = read_all_types(
        submission_with("\"answers\":{\"a.status\":\n {\"value\":\"red\"," + c.beside + "}}"));
    EXPECT_THAT(located(read), ElementsAre(c.found));
    EXPECT_TRUE(read.submission.answers[all_types_form().find_question("a.status")].has_value());
  }
}

TEST(ReadSubmission, FindsWhatIsWrongWithTheHeader) {
  const std::string head =
      R"("format":"cosp-submission/1","form":{"id":"all-types","version":"1.0.0"},"cycle":"c","submitter":{"kind":"state","code":"Q"},)";
  struct Case {
    std::string bytes;
    std::vector<std::string> found;
  };
  const Case cases[] = {
      {"{}",
       {"missing-header", "missing-header", "missing-header", "missing-header", "missing-member",
        "missing-member"}},
      {"{" + head + R"("stage":"finale","language":"en"})", {"unknown-word"}},
      {"{" + head + R"("stage":"final","language":"?"})", {"unknown-language"}},
      {"{" + head + R"("stage":"final","language":"en","revision":0})", {"wrong-type"}},
      {"{" + head + R"("stage":"final","language":"en","revision":1.5})", {"wrong-type"}},
      {"{" + head + R"("stage":"final","language":"en","purpose":"real"})", {"unknown-word"}},
      {"{" + head + R"("stage":"final","language":"en","parts":["I","II"]})", {"unknown-part"}},
      {"{" + head +
           R"("stage":"final","language":"en","period":{"start":"2027-01-02","end":"2027-01-01"}})",
       {"period-reversed"}},
      {"{" + head + R"("stage":"final","language":"en","answer":{}})", {"unknown-member"}},
      {"{" + head +
           R"("stage":"final","language":"en","answers":[],"registers":[],"contacts":[],"explanations":{}})",
       {"wrong-type", "wrong-type", "wrong-type", "wrong-type"}},
      {R"({"format":"cosp-submission/2","form":7,"cycle":"","submitter":{"kind":"planet"},"stage":"draft","language":"en"})",
       {"wrong-format", "wrong-type", "wrong-type", "missing-header", "unknown-word"}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.bytes);
    std::vector<std::string> found = ids(read_all_types(c.bytes));
    std::sort(found.begin(), found.end());
    std::vector<std::string> expected = c.found;
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(found, expected);
  }
}

TEST(ReadSubmission, FindsWhatIsWrongWithRows) {
  const ReadSubmission read = read_all_types(submission_with(R"("registers":{
"papers":[
 {"id":"p1","values":{"nmae":"x","kind":"pink"}},
 {"values":{"kind":"red"}},
 {"id":"p1","extra":0},
 7,
 {"id":"a/b"}],
"paper":[], "closings":{}},
"contacts":{"answers":[],"registers":{"papers":{"p7":{},"p1":7}},"x":1})"));
  EXPECT_THAT(
      located(read),
      ElementsAre("unknown-column@3:23", "unknown-member@5:13", "wrong-type@6:2",
                  "unknown-register@8:1", "wrong-type@8:24", "wrong-type@9:23", "unknown-row@9:49",
                  "wrong-type@9:62", "unknown-member@9:66", "unknown-option@3:41",
                  "row-without-id@4:2", "duplicate-row@5:2", "row-without-id@7:2"));
  EXPECT_EQ(read.findings[0].expected, "name");
  EXPECT_EQ(read.findings[0].pointer, "/registers/papers/0/values/nmae");
  const auto& rows = read.submission.registers[all_types_form().find_register("papers")];
  ASSERT_EQ(rows.size(), 5u);
  EXPECT_TRUE(rows[1].cells[1].has_value());
  EXPECT_TRUE(rows[3].cells[1].is_rejected);
}

TEST(ReadSubmission, SkipsAByteOrderMarkAndCountsColumnsWithoutIt) {
  const ReadSubmission read = read_all_types("\xEF\xBB\xBF" + submission_with("\"x\":1"));
  EXPECT_FALSE(read.is_unreadable);
  EXPECT_THAT(located(read),
              ElementsAre("byte-order-mark@1:1",
                          "unknown-member@1:" + std::to_string(submission_with("").size() + 1)));
  EXPECT_EQ(read.findings[0].severity, Severity::info);
  EXPECT_EQ(read.submission.header.submitter, "QMA");
}

TEST(ReadSubmission, TakesAnExplanationOnlyWhole) {
  const ReadSubmission read = read_all_types(submission_with(
      R"("explanations":[{"rule":"r","place":"a.text","answers":"d","text":{"fr":"oui"}},{"rule":"r","place":"p"},{"rule":"r","place":"p","text":"\u0000"},7])"));
  EXPECT_THAT(ids(read), ElementsAre("explanation-incomplete", "explanation-incomplete",
                                     "nul-in-text", "wrong-type"));
  ASSERT_EQ(read.submission.explanations.size(), 1u);
  EXPECT_EQ(read.submission.explanations[0].text[0].language, "fr");
}

}  // namespace
}  // namespace cosp::test
