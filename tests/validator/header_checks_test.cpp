#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "tests/validator/small_form.hpp"
#include "validator/validator.hpp"

namespace cosp {
namespace {

using ::testing::Contains;
using ::testing::Not;

/// A submission and a cycle that agree in everything.
Example agreeing() {
  Example example = test::submission_of(
      test::shared_small_form(),
      R"({"answers": {"h.who": "EXAMPLE", "h.tongue": "en", "h.group": "no", "h.span": {"start": "2026-01-01", "end": "2027-12-31"}}})");
  RosterEntry entry;
  entry.code = "EXAMPLE";
  example.cycle.roster.entries.push_back(entry);
  example.cycle.roster.is_invented = true;
  example.submission.header.cycle = example.cycle.id;
  return example;
}

std::vector<std::string> blockers_and_infos(const Example& example) {
  const Form& form = test::shared_small_form();
  const Evaluation evaluation(form, example.submission, {&example.cycle, nullptr});
  std::vector<Finding> findings = Validator(form).check(evaluation, Stage::draft);
  std::erase_if(findings, [](const Finding& finding) { return finding.rule == "required"; });
  return test::names(form, example.submission, findings);
}

TEST(HeaderChecks, AreSilentWhenEverythingAgrees) {
  EXPECT_THAT(blockers_and_infos(agreeing()), ::testing::IsEmpty());
}

TEST(HeaderChecks, FindEachDisagreement) {
  struct Case {
    std::string_view finding;
    std::function<void(Example&)> change;
  };
  const Case cases[] = {
      {"wrong-release@", [](Example& e) { e.submission.header.form_version = "0.9.0"; }},
      {"wrong-release@", [](Example& e) { e.submission.header.structure_digest = "abc"; }},
      {"wrong-release@", [](Example& e) { e.cycle.forms = {{"other", "1.0.0"}}; }},
      {"wrong-cycle@", [](Example& e) { e.submission.header.cycle = "another"; }},
      {"submitter-unknown@", [](Example& e) { e.cycle.roster.entries.clear(); }},
      {"submitter-kind-differs@", [](Example& e) { e.cycle.roster.entries[0].kind = SubmitterKind::organization; }},
      {"not-expected@", [](Example& e) { e.cycle.phases.push_back({"p", {"M"}, {}, {"ELSEWHERE"}, {}, {}}); }},
      {"purpose-differs@", [](Example& e) { e.submission.header.purpose = Purpose::pilot; }},
      {"real-state-in-test@", [](Example& e) { e.cycle.roster.is_invented = false; }},
      {"period-outside-cycle@", [](Example& e) { e.submission.header.period->end = {2028, 1, 1}; }},
      {"header-differs@h.who", [](Example& e) { e.submission.header.submitter = "OTHER"; }},
      {"header-differs@h.tongue", [](Example& e) { e.submission.header.language = "fr"; }},
      {"header-differs@h.group", [](Example& e) { e.submission.header.submitter_kind = SubmitterKind::organization; }},
      {"header-differs@h.span", [](Example& e) { e.submission.header.period->start = {2026, 2, 1}; }},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.finding);
    Example example = agreeing();
    c.change(example);
    EXPECT_THAT(blockers_and_infos(example), Contains(c.finding));
  }
}

TEST(HeaderChecks, TellAForeignFormOnce) {
  const Form& form = test::shared_small_form();
  Example example = agreeing();
  example.submission.header.form_version = "0.9.0";
  Finding told;
  told.rule = "form-mismatch";
  told.severity = Severity::blocker;
  const Evaluation evaluation(form, example.submission, {&example.cycle, nullptr});
  const auto findings = Validator(form).check(evaluation, Stage::draft, {told});
  const auto names = test::names(form, example.submission, findings);
  EXPECT_THAT(names, Contains("form-mismatch@"));
  EXPECT_THAT(names, Not(Contains("wrong-release@")));
}

TEST(HeaderChecks, SayWithoutACycleWhatIsNotChecked) {
  const Form& form = test::shared_small_form();
  const Validator validator(form);
  const auto without = validator.unchecked({});
  EXPECT_THAT(without, Contains("report.unchecked.identity"));
  EXPECT_THAT(without, Contains("report.unchecked.previous"));
  for (const std::string& id : without) EXPECT_NE(form.find_text(id), kNone) << id;
  const Example example = agreeing();
  const auto with = validator.unchecked({&example.cycle, &example.previous});
  EXPECT_THAT(with, Not(Contains("report.unchecked.identity")));
  EXPECT_THAT(with, Not(Contains("report.unchecked.previous")));
  EXPECT_THAT(with, Contains("report.unchecked.truth"));
}

TEST(Overrides, ChangeSeverityAndActivityButNoBlocker) {
  const Form& form = test::shared_small_form();
  Example example = agreeing();
  example.cycle.roster.is_invented = false;
  example.cycle.overrides = {{"required", Severity::info, true, "", {}}, {"real-state-in-test", {}, false, "", {}}};
  const Evaluation evaluation(form, example.submission, {&example.cycle, nullptr});
  bool is_blocked = false;
  for (const Finding& finding : Validator(form).check(evaluation, Stage::final)) {
    EXPECT_TRUE(finding.rule != "required" || finding.severity == Severity::info);
    is_blocked = is_blocked || finding.rule == "real-state-in-test";
  }
  EXPECT_TRUE(is_blocked);
  example.cycle.overrides = {{"required", {}, false, "", {}}};
  for (const Finding& finding : Validator(form).check(evaluation, Stage::final))
    EXPECT_NE(finding.rule, "required");
}

}  // namespace
}  // namespace cosp
