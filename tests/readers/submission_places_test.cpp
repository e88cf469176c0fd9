#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "readers/submission_writer.hpp"
#include "tests/readers/submission_fixture.hpp"

namespace cosp::test {
namespace {

TEST(Places, AreNamedForPeopleAndPointedAtInTheFile) {
  const Form& form = all_types_form();
  const ReadSubmission read =
      read_all_types(submission_with(R"("registers":{"papers":[{"id":"p1"},{"id":"p~2"}]})"));
  const std::uint32_t papers = form.find_register("papers");
  const auto column = [&](std::string_view code) {
    return form.find_column(form.registry(papers), code);
  };
  struct Case {
    Place place;
    std::string name, pointer;
  };
  const Case cases[] = {
      {{}, "", ""},
      {{form.find_question("a.status")}, "a.status", "/answers/a.status"},
      {{form.find_question("a.email")}, "a.email", "/contacts/answers/a.email"},
      {{kNone, papers}, "papers", "/registers/papers"},
      {{kNone, papers, 1}, "papers/p~2", "/registers/papers/1"},
      {{kNone, papers, 1, column("name")}, "papers/p~2/name", "/registers/papers/1/values/name"},
      {{kNone, papers, 1, column("keeper")},
       "papers/p~2/keeper",
       "/contacts/registers/papers/p~02/keeper"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(place_name(form, read.submission, c.place), c.name);
    EXPECT_EQ(json_pointer(form, read.submission, c.place), c.pointer);
  }
}

TEST(Places, OfFindingsAreThoseOfTheValuesTheySpeakOf) {
  struct Case {
    std::string members, rule, pointer;
  };
  const Case cases[] = {
      {R"("answers":{"a.status":"rot"})", "unknown-option", "/answers/a.status"},
      {R"("answers":{"a.status":{"value":"rot"}})", "unknown-option", "/answers/a.status/value"},
      {R"("answers":{"a.multi":["red","yellow"]})", "unknown-option", "/answers/a.multi/1"},
      {R"("answers":{"a.number":"1,5"})", "figure-unreadable", "/answers/a.number"},
      {R"("answers":{"a.period":{"start":"2027-01-01","end":"x"}})", "date-unreadable",
       "/answers/a.period/end"},
      {R"("answers":{"a.text":{"en":5}})", "wrong-type", "/answers/a.text/en"},
      {R"("answers":{"a.papers":["p9"]})", "unknown-row", "/answers/a.papers/0"},
      {R"("answers":{"a.status":{"value":"red","visibility":"x"}})", "unknown-word",
       "/answers/a.status/visibility"},
      {R"("answers":{"a~/b":1})", "unknown-question", "/answers/a~0~1b"},
      {R"("registers":{"papers":[{"id":"p1"},{"id":"p2","values":{"passed":"soon"}}]})",
       "date-unreadable", "/registers/papers/1/values/passed"},
      {R"("registers":{"papers":[{"id":"p~1"}]},"contacts":{"registers":{"papers":{"p~1":{"keeper":5}}}})",
       "wrong-type", "/contacts/registers/papers/p~01/keeper"},
      {R"("explanations":[{"rule":"r","place":"p","text":"a\u202Eb"}])", "hidden-character",
       "/explanations/0/text"},
      {R"("answers":{"a.status":{"value":"red","author":"a\u202Eb"}})", "hidden-character",
       "/answers/a.status/author"},
      {R"("purpose":"exam")", "unknown-word", "/purpose"},
      {R"("parts":["Z"])", "unknown-part", "/parts/0"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.members);
    const std::string bytes = submission_with(c.members);
    const ReadSubmission read = read_all_types(bytes);
    ASSERT_THAT(ids(read), testing::ElementsAre(c.rule));
    EXPECT_EQ(read.findings[0].pointer, c.pointer);
    EXPECT_TRUE(nlohmann::json::parse(bytes).contains(nlohmann::json::json_pointer(c.pointer)));
    EXPECT_GT(read.findings[0].line, 0u);
  }
}

TEST(Places, OfMissingMembersAreWhereTheyWouldStand) {
  const ReadSubmission read = read_all_types(
      R"({"format":"cosp-submission/1","form":{"id":"all-types"},"submitter":{"code":"QMA"},"stage":"final"})");
  std::vector<std::string> places;
  for (const Finding& finding : read.findings) {
    places.push_back(finding.rule + " " + finding.pointer + "@" + std::to_string(finding.column));
  }
  EXPECT_THAT(places, testing::UnorderedElementsAre(
                          "missing-header /form/version@38", "missing-header /cycle@1",
                          "missing-header /submitter/kind@69", "missing-member /language@1"));
  EXPECT_EQ(read.submission.header.purpose_source, 0u);
}

TEST(Places, AreNamedQuicklyInLongListsToo) {
  std::string list = "\"answers\":{\"a.multi\":[\"red\"";
  for (int i = 0; i < 400'000; ++i) list += ",\"red\"";
  for (int i = 0; i < 9'000; ++i) list += ",\"rot\"";
  const ReadSubmission read = read_all_types(submission_with(list + "]}"));
  ASSERT_EQ(read.findings.size(), 9'000u);
  EXPECT_EQ(read.findings.front().pointer, "/answers/a.multi/400001");
  EXPECT_EQ(read.findings.back().pointer, "/answers/a.multi/409000");
}

TEST(ReadSubmission, NamesTheWordsThatCanStandThere) {
  const ReadSubmission read = read_all_types(submission_with(
      R"("purpose":"exam","answers":{"a.status":{"value":"red","visibility":"secretaria"},"a.single":{"reason":"x"}})"));
  ASSERT_THAT(ids(read), testing::ElementsAre("unknown-word", "unknown-word", "unknown-reason"));
  EXPECT_EQ(read.findings[0].expected, "test, pilot, official");
  EXPECT_EQ(read.findings[1].expected, "public, counted, secretariat");
  EXPECT_THAT(read.findings[2].expected, testing::HasSubstr("by_reservation, not_available"));
}

TEST(ShareAnswers, GivesBlocksWhatTheyHaveNoAnswerOfTheirOwnFor) {
  const Form& form = all_types_form();
  ReadSubmission read = read_all_types(submission_with(
      R"("answers":{"b.obstacles":["time"],"c.remark":5},
         "registers":{"closings":[{"id":"1","values":{"blocks":["b","c"],"obstacles":["cost"],"remark":"same"}},
                                  {"id":"2","values":{"blocks":["c"],"obstacles":["none_met"]}}]})"));
  const std::string before = canonical_json(form, read.submission);
  share_answers(form, read.submission);
  const auto answer = [&](std::string_view code) {
    return read.submission.answers[form.find_question(code)];
  };
  EXPECT_EQ(answer("b.obstacles").mask, 0b010u);
  EXPECT_EQ(answer("b.obstacles").origin, Origin::typed);
  EXPECT_EQ(answer("b.remark").origin, Origin::shared);
  EXPECT_EQ(read.submission.original_text(answer("b.remark")), "same");
  EXPECT_EQ(answer("b.remark").visibility, Visibility::counted);
  EXPECT_EQ(answer("c.obstacles").mask, 0b001u);
  EXPECT_TRUE(answer("c.remark").is_absent()) << "a rejected answer is not replaced";
  EXPECT_EQ(canonical_json(form, read.submission), before);
}

}  // namespace
}  // namespace cosp::test
