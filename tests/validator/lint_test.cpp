#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/validator/rules.hpp"
#include "validator/validator.hpp"

namespace cosp {
namespace {

using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;

TEST(Lint, TellsWhatOnlyTheEngineKnows) {
  struct Case {
    std::string_view body, message, mistake;
  };
  const std::string examples = test::kNoExamples;
  const Case cases[] = {
      {"check: {name: same_texts, questions: long_texts}", "M.",
       "unknown check \"same_texts\", perhaps \"same_text\""},
      {"check: {name: same_text, questions: long_texts, least_characters: 10}", "M.",
       "expected the parameter \"least_answers\" of the check \"same_text\""},
      {"check: {name: figure_jump, scope: figure, factor: 5, least: 1}", "M.",
       "expected for \"scope\" one of \"figures\", got \"figure\""},
      {"check: {name: figure_jump, scope: figures, factor: 0, least: 1}", "M.",
       "expected for \"factor\" a whole number from 1, got \"0\""},
      {"check: {name: text_matches, scope: texts, patterns: ['(']}", "M.",
       "expected for \"patterns\" a pattern, got \"(\""},
      {"check: {name: rows_unused, register: things, columns: [nothing]}", "M.",
       "expected for \"columns\" a column of the register"},
      {"expect: {question: one.stage, operator: is, value: begun}\nat: one.stage",
       "About {nobody}.", "got \"nobody\""},
      {"expect: {question: one.stage, operator: is, value: begun}\nat: one.stage", "M.",
       "example \"right\": expected no finding of the rule \"r\", got 1"},
      {"expect: {question: one.stage, operator: is, value: done}\nat: one.stage", "M.",
       "example \"wrong\": expected 1 finding of the rule \"r\", got 0"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.body);
    const Form form = test::small_form(test::rule_files(
        "r", "severity: warning\nstage: draft\nfor: all\n" + std::string(c.body) + "\n" + examples,
        std::string(c.message)));
    EXPECT_THAT(Validator::lint(form),
                Contains(Field(&Mistake::what, HasSubstr(std::string(c.mistake)))));
  }
}

TEST(Lint, FindsNothingOnTheSmallForm) {
  for (const Mistake& mistake : Validator::lint(test::shared_small_form()))
    ADD_FAILURE() << mistake.what;
}

}  // namespace
}  // namespace cosp
