#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/validator/rules.hpp"
#include "validator/finding_text.hpp"
#include "validator/validator.hpp"

namespace cosp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string rule_body(std::string_view head) {
  return std::string("severity: error\n") + std::string(head) + R"(
provisions: ["1.1"]
when: {question: one.tools, operator: includes, value: saw}
expect: {question: one.stage, operator: is, value: done}
at: one.tools
arguments:
  stage: {answer_of: one.stage}
  article: {title_of: one}
)" + test::kNoExamples;
}

constexpr std::string_view kWrong = R"({"answers": {"one.tools": ["saw"], "one.stage": "begun"}})";

TEST(RuleEngine, FindsWhereWhenHoldsAndExpectDoesNot) {
  const Form form = test::small_form(
      test::rule_files("r", rule_body("stage: draft\nfor: all"), "“{stage}” under {article}."));
  EXPECT_THAT(test::run_rule(form, kWrong, "r"), ElementsAre("r@one.tools"));
  EXPECT_THAT(
      test::run_rule(form, R"({"answers": {"one.tools": ["saw"], "one.stage": "done"}})", "r"),
      IsEmpty());
  EXPECT_THAT(
      test::run_rule(form, R"({"answers": {"one.tools": ["hammer"], "one.stage": "begun"}})", "r"),
      IsEmpty());
}

TEST(RuleEngine, KeepsToStageAndParties) {
  const Form form =
      test::small_form(test::rule_files("r", rule_body("stage: final\nfor: parties")));
  EXPECT_THAT(test::run_rule(form, kWrong, "r", Stage::draft), IsEmpty());
  EXPECT_THAT(test::run_rule(form, kWrong, "r", Stage::final), ElementsAre("r@one.tools"));
  EXPECT_THAT(
      test::run_rule(form, R"({"position": "signatory", "answers": {"one.tools": ["saw"]}})", "r"),
      IsEmpty());
}

constexpr std::string_view kReserved = R"({"answers": {"one.tools": ["saw"], "one.stage": "begun"},
  "registers": {"reserves": [{"id": "x", "extent": "whole", "provisions": ["1.1"]}]}})";

TEST(RuleEngine, IsSilentOnReservedProvisionsUnlessToldToSpeak) {
  const Form silent = test::small_form(test::rule_files("r", rule_body("stage: draft\nfor: all")));
  EXPECT_THAT(test::run_rule(silent, kReserved, "r"), IsEmpty());
  const Form speaking = test::small_form(
      test::rule_files("r", rule_body("stage: draft\nfor: all\nreserved: speaks")));
  EXPECT_THAT(test::run_rule(speaking, kReserved, "r"), ElementsAre("r@one.tools"));
}

TEST(RuleEngine, RunsOnEachRowOfItsRegister) {
  const Form form = test::small_form(test::rule_files("r", R"(severity: error
stage: draft
for: all
for_each: {register: things, as: row}
when: {all: [{column: since, operator: given}, {column: until, operator: given}]}
expect: {column: until, operator: on_or_after, other: since}
at: until
arguments: {thing: {row: title}, since: {column_of: since}}
examples:
  wrong: {registers: {things: [{id: a, since: 2027-01-02, until: 2027-01-01}]}}
  right: {registers: {things: [{id: a, since: 2027-01-01, until: 2027-01-01}]}}
)",
                                                      "“{thing}” since {since}."));
  EXPECT_THAT(test::run_rule(form, R"({"registers": {"things": [
    {"id": "a", "name": "A", "since": "2027-01-02", "until": "2027-01-01"},
    {"id": "b", "name": "B", "since": "2027-01-01", "until": "2027-01-01"},
    {"id": "c", "since": "2027-03-01", "until": "2026-01-01"}]}})",
                             "r"),
              ElementsAre("r@things/a/until", "r@things/c/until"));
  EXPECT_THAT(Validator::lint(form), IsEmpty());
}

TEST(RuleEngine, GivesArgumentsAsAReaderSeesThem) {
  const Form form = test::small_form(
      test::rule_files("r", rule_body("stage: draft\nfor: all"), "“{stage}” under {article}."));
  const Example example = test::submission_of(form, R"({"answers": {"one.tools": ["saw"]}})");
  const Evaluation evaluation(form, example.submission, {&example.cycle, nullptr});
  for (const Finding& finding : Validator(form).check(evaluation, Stage::draft)) {
    if (finding.rule != "r") continue;
    EXPECT_EQ(finding.severity, Severity::error);
    EXPECT_EQ(finding.written, "saw");
    EXPECT_EQ(finding.pointer, "/answers/one.tools");
    const FindingText text = finding_text(form, "en", finding);
    EXPECT_THAT(text.message, ::testing::StartsWith("“not answered” under "));
    EXPECT_EQ(text.mend, "Mend it.");
    return;
  }
  FAIL() << "no finding of the rule";
}

}  // namespace
}  // namespace cosp
