#include "generator/form_workbook_plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "generator/form_workbook_words.hpp"
#include "readers/form_loader.hpp"

namespace cosp {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

class FormWorkbookPlanTest : public ::testing::Test {
 protected:
  FormWorkbookPlanTest()
      : compiled_(compile_form("tests/support/forms/night-skies-report/1.2.0", "data/texts")) {
    content_.answers.resize(form().questions().size());
    content_.registers.resize(form().registers().size());
    options_.language = "en";
  }

  const Form& form() const { return *compiled_.form; }
  FormWorkbookPlan plan() { return *plan_form_workbook(form(), options_, content_); }
  const QuestionPlace& place(const FormWorkbookPlan& plan, std::string_view code) {
    return plan.questions[form().find_question(code)];
  }

  FormCompilation compiled_;
  Submission content_;
  FormWorkbookOptions options_;
};

TEST_F(FormWorkbookPlanTest, GivesEachRowToOneQuestionOnly) {
  const FormWorkbookPlan planned = plan();
  std::set<std::pair<std::uint32_t, std::uint32_t>> rows;
  for (const QuestionPlace& place : planned.questions) {
    ASSERT_NE(place.sheet, kNone);
    for (std::uint32_t row = place.row; row <= place.row + place.lines; ++row)
      EXPECT_TRUE(rows.insert({place.sheet, row}).second);
  }
}

TEST_F(FormWorkbookPlanTest, PutsPersonalQuestionsAmongTheContacts) {
  const FormWorkbookPlan planned = plan();
  EXPECT_EQ(place(planned, "cover.desk_email").sheet,
            planned.sheet_of(PlannedSheet::Kind::contacts));
}

TEST_F(FormWorkbookPlanTest, NumbersNewEntriesBesideThoseThatAreThere) {
  const std::uint32_t registry = form().find_register("instruments");
  content_.registers[registry].push_back(
      {"ins-1", std::vector<Answer>(form().registry(registry).columns.count), kNone});
  options_.spare_rows = 2;
  EXPECT_THAT(plan().registers[registry].ids, ElementsAre("ins-1", "ins-2", "ins-3"));
  options_.row_prefix = "parks";
  EXPECT_THAT(plan().registers[registry].ids, ElementsAre("ins-1", "parks-ins-1", "parks-ins-2"));
}

TEST_F(FormWorkbookPlanTest, NamesInTheHeaderWhatAPartLeavesOut) {
  options_.chapters = {"A"};
  const FormWorkbookPlan planned = plan();
  EXPECT_THAT(planned.parts, ElementsAre("A"));
  EXPECT_EQ(place(planned, "observatories.stage").sheet, kNone);
  // Of chapters that are always asked the header tells question by question; others are no part.
  EXPECT_THAT(planned.held_back, Not(Contains("observatories.stage")));
}

TEST_F(FormWorkbookPlanTest, RefusesAChapterThatTheFormDoesNotHave) {
  options_.chapters = {"Z"};
  const auto planned = plan_form_workbook(form(), options_, content_);
  ASSERT_FALSE(planned);
  EXPECT_EQ(planned.error().kind, Error::Kind::bad_input);
  EXPECT_EQ(planned.error().where, "Z");
}

TEST(CutAtWord, CutsBetweenWordsAndMarksIt) {
  EXPECT_EQ(cut_at_word("one two three", 20), "one two three");
  EXPECT_EQ(cut_at_word("one two three", 9), "one two…");
  EXPECT_EQ(cut_at_word("一二三四五六", 4), "一二三…");
}

/// The entries themselves are not there: an answer that cites one could not be read again.
TEST(FormWorkbookPlan, HoldsAnswersBackThatCiteEntriesAnOfficeDoesNotSee) {
  const FormCompilation compiled = compile_form("forms/uncc-implementation/0.9.0", "data/texts");
  ASSERT_TRUE(compiled.form);
  const Form& form = *compiled.form;
  Submission content;
  content.answers.resize(form.questions().size());
  content.registers.resize(form.registers().size());
  content.numbers = {0};
  const auto cite = [&](std::string_view register_code, std::string_view question) {
    const std::uint32_t registry = form.find_register(register_code);
    content.registers[registry].push_back(
        {"row-1", std::vector<Answer>(form.registry(registry).columns.count), kNone});
    Answer& answer = content.answers[form.find_question(question)];
    answer.state = Answer::State::value;
    answer.content = {0, 1};
  };
  cite("stakeholders", "gen.stakeholders");
  cite("documents", "gen.elsewhere");
  FormWorkbookOptions options;
  options.language = "en";
  options.office = "Ministry of Justice";
  const auto planned = plan_form_workbook(form, options, content);
  ASSERT_TRUE(planned);
  EXPECT_THAT(planned->held_back, UnorderedElementsAre("gen.stakeholders", "stakeholders/row-1"));
  options.office.clear();
  EXPECT_THAT(plan_form_workbook(form, options, content)->held_back, IsEmpty());
}

}  // namespace
}  // namespace cosp
