#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "readers/submission_writer.hpp"
#include "tests/readers/submission_fixture.hpp"

namespace cosp::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Answer& answer_of(const ReadSubmission& read, std::string_view code) {
  return read.submission.answers[all_types_form().find_question(code)];
}

TEST(ReadSubmission, TakesAValueOfEveryType) {
  const ReadSubmission read = read_all_types(submission_with(R"json("answers":{
    "a.status":"red","a.single":{"value":"blue"},"a.multi":["blue","red","blue"],"a.agree":"no",
    "a.number":"-12.50","a.money":{"amount":"3","currency":"EUR"},"a.text":"Été","a.long":{"fr":"deux","en":"two"},
    "a.date":"2027-02-28","a.period":{"start":"2026-01-01","end":"2026-12-31"},"a.language":"FR-ca",
    "a.languages":["en","ar","en"],"a.sender":"QMB","a.papers":["p2","p1","p2"],"a.passages":["1(2)","1"]},
    "registers":{"papers":[{"id":"p1","values":{"name":"One"}},{"id":"p2"}]},
    "contacts":{"answers":{"a.email":"x@example.org","a.phone":"+41 22 123"}})json"));
  EXPECT_THAT(located(read), IsEmpty());
  const Submission& submission = read.submission;
  EXPECT_EQ(answer_of(read, "a.status").mask, 0b001u);
  EXPECT_EQ(answer_of(read, "a.single").mask, 0b100u);
  EXPECT_EQ(answer_of(read, "a.multi").mask, 0b101u);
  EXPECT_EQ(all_types_form().find_option(
                all_types_form().question(all_types_form().find_question("a.agree")).list, "no"),
            1u);
  EXPECT_EQ(answer_of(read, "a.agree").mask, 0b10u);
  EXPECT_EQ(answer_of(read, "a.number").number.to_string(), "-12.5");
  EXPECT_EQ(answer_of(read, "a.money").number.to_string(), "3");
  EXPECT_THAT(submission.items_of(answer_of(read, "a.money")), ElementsAre("EUR"));
  EXPECT_EQ(submission.original_text(answer_of(read, "a.text")), "Été");
  const auto texts = submission.texts_of(answer_of(read, "a.long"));
  ASSERT_EQ(texts.size(), 2u);
  EXPECT_EQ(texts[0].language + texts[1].language, "enfr");
  EXPECT_TRUE(texts[0].is_original && !texts[1].is_original);
  EXPECT_EQ(answer_of(read, "a.date").date.to_string(), "2027-02-28");
  EXPECT_EQ(answer_of(read, "a.period").end.to_string(), "2026-12-31");
  EXPECT_THAT(submission.items_of(answer_of(read, "a.language")), ElementsAre("fr-CA"));
  EXPECT_THAT(submission.items_of(answer_of(read, "a.languages")), ElementsAre("en", "ar"));
  EXPECT_THAT(submission.items_of(answer_of(read, "a.sender")), ElementsAre("QMB"));
  EXPECT_THAT(submission.numbers_of(answer_of(read, "a.papers")), ElementsAre(1u, 0u));
  EXPECT_THAT(submission.numbers_of(answer_of(read, "a.passages")), ElementsAre(0u, 1u));
  EXPECT_THAT(submission.items_of(answer_of(read, "a.phone")), ElementsAre("+41 22 123"));
}

TEST(ReadSubmission, TakesBareNumbersDigitByDigit) {
  struct Case {
    std::string_view written, read;
  };
  const Case cases[] = {{"0.1", "0.1"},
                        {"12", "12"},
                        {"-7.250", "-7.25"},
                        {"1e3", "1000"},
                        {"123456789012345678", "123456789012345678"},
                        {"0.000001", "0.000001"},
                        {"-0", "0"}};
  for (const Case& c : cases) {
    SCOPED_TRACE(c.written);
    const ReadSubmission read = read_all_types(
        submission_with(R"("answers":{"a.number": )" + std::string(c.written) + " }"));
    EXPECT_THAT(located(read), IsEmpty());
    EXPECT_EQ(answer_of(read, "a.number").number.to_string(), c.read);
  }
}

TEST(ReadSubmission, KeepsAReasonWithAllThatGoesWithIt) {
  const ReadSubmission read = read_all_types(submission_with(
      R"("answers":{"a.status":{"reason":"not_available","detail":"lost","expected_on":"2029-01-01","note":{"fr":"perdu"},
         "visibility":"secretariat","author":"Ministry","origin":"carried_over"},
         "a.single":{"reason":"reported_elsewhere","rows":["p1"]}},
         "registers":{"papers":[{"id":"p1"}]})"));
  EXPECT_THAT(located(read), IsEmpty());
  const Answer& status = answer_of(read, "a.status");
  EXPECT_TRUE(status.has_reason());
  EXPECT_EQ(status.reason, Reason::not_available);
  EXPECT_EQ(status.detail, 1u);
  EXPECT_EQ(status.visibility, Visibility::secretariat);
  EXPECT_EQ(status.origin, Origin::carried_over);
  const AnswerExtra* extra = read.submission.extra_of(status);
  ASSERT_NE(extra, nullptr);
  EXPECT_EQ(extra->author, "Ministry");
  EXPECT_EQ(extra->expected_on->to_string(), "2029-01-01");
  ASSERT_EQ(extra->note.size(), 1u);
  EXPECT_EQ(extra->note[0].language + extra->note[0].text, "frperdu");
  EXPECT_THAT(read.submission.extra_of(answer_of(read, "a.single"))->rows, ElementsAre(0u));
}

TEST(ReadSubmission, TakesNothingForAnswersThatSayNothing) {
  for (const std::string_view nothing : {"null", "\"\"", R"({"value":null})", R"({"value":""})"}) {
    SCOPED_TRACE(nothing);
    for (const std::string_view code :
         {"a.status", "a.multi", "a.number", "a.money", "a.text", "a.date", "a.papers"}) {
      const ReadSubmission read = read_all_types(submission_with(
          "\"answers\":{\"" + std::string(code) + "\":" + std::string(nothing) + "}"));
      EXPECT_THAT(located(read), IsEmpty());
      EXPECT_TRUE(answer_of(read, code).is_absent());
      EXPECT_FALSE(answer_of(read, code).is_rejected);
    }
  }
  const ReadSubmission read = read_all_types(
      submission_with(R"("answers":{"a.multi":[],"a.text":" \n ","a.papers":[],"a.long":{}})"));
  EXPECT_THAT(located(read), IsEmpty());
  EXPECT_TRUE(answer_of(read, "a.text").is_absent());
}

TEST(ReadSubmission, NeverOpensAnAnswerFurtherThanTheFormDoes) {
  struct Case {
    std::string_view code, written;
    Visibility taken;
    std::vector<std::string> found;
  };
  const Case cases[] = {{"a.status", "public", Visibility::open, {}},
                        {"a.status", "counted", Visibility::counted, {}},
                        {"a.single", "secretariat", Visibility::secretariat, {}},
                        {"a.single", "public", Visibility::counted, {"visibility-raised"}},
                        {"a.status", "secretariate", Visibility::secretariat, {"unknown-word"}}};
  for (const Case& c : cases) {
    SCOPED_TRACE(c.written);
    const ReadSubmission read = read_all_types(
        submission_with("\"answers\":{\"" + std::string(c.code) +
                        R"(":{"value":"red","visibility":")" + std::string(c.written) + "\"}}"));
    EXPECT_EQ(ids(read), c.found);
    EXPECT_EQ(answer_of(read, c.code).visibility, c.taken);
    EXPECT_TRUE(answer_of(read, c.code).has_value());
  }
}

TEST(ReadSubmission, TakesPersonalAnswersFromTheContacts) {
  const ReadSubmission read = read_all_types(submission_with(
      R"("answers":{"a.phone":"+41 22"},"registers":{"papers":[{"id":"p1","values":{"keeper":"in@rows.org"}},{"id":"p2"}]},
         "contacts":{"answers":{"a.email":"x@example.org","a.status":"red"},"registers":{"papers":{"p2":{"keeper":"k@example.org"}}}})"));
  EXPECT_THAT(ids(read), ElementsAre("not-personal-in-contacts", "personal-outside-contacts",
                                     "personal-outside-contacts"));
  EXPECT_EQ(read.findings[0].pointer, "/contacts/answers/a.status");
  EXPECT_EQ(read.findings[1].pointer, "/answers/a.phone");
  EXPECT_EQ(read.findings[2].pointer, "/registers/papers/0/values/keeper");
  EXPECT_EQ(read.findings[1].written, "•••");
  EXPECT_TRUE(answer_of(read, "a.status").has_value());
  const Submission& submission = read.submission;
  const std::uint32_t papers = all_types_form().find_register("papers");
  const std::uint32_t keeper =
      all_types_form().find_column(all_types_form().registry(papers), "keeper");
  EXPECT_THAT(submission.items_of(submission.cell(all_types_form(), papers, 1, keeper)),
              ElementsAre("k@example.org"));
  const std::string canonical = canonical_json(all_types_form(), submission);
  for (const std::string_view secret : {"example.org", "rows.org", "+41"})
    EXPECT_EQ(canonical.find(secret), std::string::npos) << canonical;
  EXPECT_EQ(
      contacts_json(all_types_form(), submission),
      R"({"answers":{"a.email":{"value":"x@example.org"},"a.phone":{"value":"+41 22"}},)"
      R"("registers":{"papers":{"p1":{"keeper":{"value":"in@rows.org"}},"p2":{"keeper":{"value":"k@example.org"}}}}})");
}

TEST(ReadSubmission, KeepsAnswersWhoseCodeTheFormDoesNotKnow) {
  const ReadSubmission read = read_all_types(submission_with(
      R"("answers":{"a.statuss":{"b":[1.50,{"z":null,"a":"é"}]},"zzzzzzzz":1},"contacts":{"answers":{"a.emial":"x@y.z"}})"));
  EXPECT_THAT(ids(read), ElementsAre("unknown-question", "unknown-question", "unknown-question"));
  EXPECT_EQ(read.findings[0].expected, "a.status");
  EXPECT_EQ(read.findings[1].expected, "");
  ASSERT_EQ(read.submission.unknown.size(), 2u);
  EXPECT_EQ(read.submission.unknown[0].json, R"({"b":[1.5,{"a":"é","z":null}]})");
}

TEST(ReadSubmission, DoesNotHoldAnotherFormsAnswersAgainstThisOne) {
  const ReadSubmission read = read_all_types(
      R"({"format":"cosp-submission/1","form":{"id":"other","version":"1"},"cycle":"c","submitter":{"kind":"state","code":"Q"},"stage":"draft","language":"en","answers":{"x":1}})");
  EXPECT_THAT(located(read), IsEmpty());
  EXPECT_EQ(read.submission.header.form_id, "other");
  EXPECT_TRUE(answer_of(read, "a.status").is_rejected);
}

TEST(ReadSubmission, LeavesTextsThatRulesSeeToTheRules) {
  const ReadSubmission read = read_all_types(submission_with(
      R"("answers":{"a.text":"\u202Ea","a.long":{"fr":"b\u0007"},"a.status":{"value":"red","note":"c\u0085"}},
         "registers":{"papers":[{"id":"p1","values":{"name":"\ue000"}}]})"));
  EXPECT_THAT(located(read), IsEmpty());
}

TEST(ReadSubmission, SeesEveryHiddenCharacterThatNoRuleSees) {
  struct Case {
    std::string_view escape;
    bool is_hidden;
  };
  const Case cases[] = {
      {"\\u0001", true},         {"\\u001b", true},        {"\\u007f", true},  {"\\u0085", true},
      {"\\u009f", true},         {"\\u202a", true},        {"\\u202e", true},  {"\\u2066", true},
      {"\\u2069", true},         {"\\ue000", true},        {"\\uf8ff", true},  {"\\ufdd0", true},
      {"\\ufffe", true},         {"\\udbff\\udfff", true}, {"\\u00a0", false}, {"\\u00ab", false},
      {"\\u2019", false},        {"\\u200f", false},       {"\\u202f", false}, {"\\u20ac", false},
      {"\\ud83d\\ude00", false}, {"\\t", false},           {"\\n", false},     {"\\ufffd", false},
      {"\\u0639", false},        {"\\u4e2d", false},       {"~", false}};
  for (const Case& c : cases) {
    for (std::size_t before = 0; before < 10; ++before) {
      SCOPED_TRACE(std::string(c.escape) + " behind " + std::to_string(before));
      const ReadSubmission read = read_all_types(
          submission_with("\"answers\":{\"a.gone\":{\"fr\":[\"" + std::string(before, 'x') +
                          std::string(c.escape) + "ordinary text\"]}}"));
      std::vector<std::string> found = {"unknown-question"};
      if (c.is_hidden) found.emplace_back("hidden-character");
      EXPECT_EQ(ids(read), found);
      EXPECT_EQ(read.findings.back().pointer,
                c.is_hidden ? "/answers/a.gone/fr/0" : "/answers/a.gone");
    }
  }
}

TEST(ReadHead, IsReadWithoutAForm) {
  SubmissionReader reader;
  std::string whole = "\xEF\xBB\xBF" + submission_with(R"("answers":{"a.status":[[{"form":1}]]})");
  const SubmissionHead head = reader.head(whole);
  EXPECT_EQ(head.form_id, "all-types");
  EXPECT_EQ(head.form_version, "1.0.0");
  EXPECT_EQ(head.cycle, "c");
  EXPECT_EQ(head.submitter, "QMA");
  for (std::string bad : {std::string(), std::string("{"), std::string("[1]"),
                          std::string(R"({"cycle":7,"form":"x"})"), std::string(200'000, '['),
                          R"({"a":)" + std::string(200'000, '[')}) {
    const SubmissionHead none = reader.head(bad);
    EXPECT_EQ(none.form_id + none.cycle + none.submitter, "");
  }
}

}  // namespace
}  // namespace cosp::test
