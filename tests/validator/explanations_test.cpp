#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/validator/small_form.hpp"
#include "validator/validator.hpp"

namespace cosp {
namespace {

const Finding* find(const std::vector<Finding>& findings, std::string_view rule) {
  for (const Finding& finding : findings)
    if (finding.rule == rule) return &finding;
  return nullptr;
}

class Explanations : public ::testing::Test {
 protected:
  std::vector<Finding> check() {
    const Evaluation evaluation(form_, example_.submission, {&example_.cycle, nullptr});
    return validator_.check(evaluation, Stage::draft);
  }

  void explain(std::string rule, std::string place, std::string digest) {
    example_.submission.explanations = {{std::move(rule),
                                         std::move(place),
                                         std::move(digest),
                                         {{"en", " It was so. ", true}},
                                         kNone}};
  }

  const Form& form_ = test::shared_small_form();
  Validator validator_{form_};
  Example example_ = test::submission_of(form_, R"({"answers": {"one.count": 100}})");
};

TEST_F(Explanations, CloseTheFindingWhoseDigestTheyCite) {
  const std::string digest = find(check(), "out-of-range")->digest;
  EXPECT_EQ(digest.size(), 16u);
  explain("out-of-range", "one.count", digest);
  const auto findings = check();
  EXPECT_EQ(find(findings, "out-of-range")->explanation, "It was so.");
  EXPECT_EQ(find(findings, "explanation-lapsed"), nullptr);
  EXPECT_EQ(find(findings, "explanation-unmatched"), nullptr);
}

TEST_F(Explanations, LapseWhenTheAnswerChanges) {
  explain("out-of-range", "one.count", find(check(), "out-of-range")->digest);
  example_.submission.answers[form_.find_question("one.count")].number = *Decimal::parse("101");
  const auto findings = check();
  EXPECT_FALSE(find(findings, "out-of-range")->is_explained());
  ASSERT_NE(find(findings, "explanation-lapsed"), nullptr);
  EXPECT_EQ(find(findings, "explanation-lapsed")->pointer, "/explanations/0");
}

TEST_F(Explanations, OfNothingAreTold) {
  explain("pattern", "one.title", "0123456789abcdef");
  const auto findings = check();
  ASSERT_NE(find(findings, "explanation-unmatched"), nullptr);
  EXPECT_EQ(find(findings, "explanation-unmatched")->severity, Severity::info);
}

TEST_F(Explanations, DoNotCloseBlockers) {
  example_.submission.header.cycle = "another";
  const auto before = check();
  const Finding* blocker = find(before, "wrong-cycle");
  ASSERT_NE(blocker, nullptr);
  explain("wrong-cycle", "", blocker->digest);
  EXPECT_FALSE(find(check(), "wrong-cycle")->is_explained());
}

}  // namespace
}  // namespace cosp
