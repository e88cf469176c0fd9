#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "readers/submission_writer.hpp"
#include "tests/readers/submission_fixture.hpp"

namespace cosp::test {
namespace {

TEST(Places, AreNamedForPeopleAndPointedAtInTheFile) {
  const Form& form = all_types_form();
  const ReadSubmission read = read_all_types(submission_with(R"("registers":{"papers":[{"id":"p1"},{"id":"p~2"}]})"));
  const std::uint32_t papers = form.find_register("papers");
  const auto column = [&](std::string_view code) { return form.find_column(form.registry(papers), code); };
  struct Case { Place place; std::string name, pointer; };
  const Case cases[] = {
      {{}, "", ""},
      {{form.find_question("a.status")}, "a.status", "/answers/a.status"},
      {{form.find_question("a.email")}, "a.email", "/contacts/answers/a.email"},
      {{kNone, papers}, "papers", "/registers/papers"},
      {{kNone, papers, 1}, "papers/p~2", "/registers/papers/1"},
      {{kNone, papers, 1, column("name")}, "papers/p~2/name", "/registers/papers/1/values/name"},
      {{kNone, papers, 1, column("keeper")}, "papers/p~2/keeper", "/contacts/registers/papers/p~02/keeper"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(place_name(form, read.submission, c.place), c.name);
    EXPECT_EQ(json_pointer(form, read.submission, c.place), c.pointer);
  }
}

TEST(ShareAnswers, GivesBlocksWhatTheyHaveNoAnswerOfTheirOwnFor) {
  const Form& form = all_types_form();
  ReadSubmission read = read_all_types(submission_with(
      R"("answers":{"b.obstacles":["time"],"c.remark":5},
         "registers":{"closings":[{"id":"1","values":{"blocks":["b","c"],"obstacles":["cost"],"remark":"same"}},
                                  {"id":"2","values":{"blocks":["c"],"obstacles":["none_met"]}}]})"));
  const std::string before = canonical_json(form, read.submission);
  share_answers(form, read.submission);
  const auto answer = [&](std::string_view code) { return read.submission.answers[form.find_question(code)]; };
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
