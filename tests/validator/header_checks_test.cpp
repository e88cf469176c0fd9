#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "tests/validator/small_form.hpp"
#include "validator/cycle_lint.hpp"
#include "validator/finding_text.hpp"
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
      {"wrong-release@",
       [](Example& e) {
         e.cycle.forms = {{"other", "1.0.0"}};
       }},
      {"wrong-cycle@", [](Example& e) { e.submission.header.cycle = "another"; }},
      {"submitter-unknown@", [](Example& e) { e.cycle.roster.entries.clear(); }},
      {"submitter-kind-differs@",
       [](Example& e) { e.cycle.roster.entries[0].kind = SubmitterKind::organization; }},
      {"not-expected@",
       [](Example& e) {
         e.cycle.phases.push_back({"p", {"M"}, {}, {"ELSEWHERE"}, {}, {}});
       }},
      {"purpose-differs@", [](Example& e) { e.submission.header.purpose = Purpose::pilot; }},
      {"real-state-in-test@", [](Example& e) { e.cycle.roster.is_invented = false; }},
      {"period-outside-cycle@",
       [](Example& e) {
         e.submission.header.period->end = {2028, 1, 1};
       }},
      {"header-differs@h.who", [](Example& e) { e.submission.header.submitter = "OTHER"; }},
      {"header-differs@h.tongue", [](Example& e) { e.submission.header.language = "fr"; }},
      {"header-differs@h.group",
       [](Example& e) { e.submission.header.submitter_kind = SubmitterKind::organization; }},
      {"header-differs@h.span",
       [](Example& e) {
         e.submission.header.period->start = {2026, 2, 1};
       }},
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

std::vector<std::string> ids_of(const std::vector<Unchecked>& unchecked) {
  std::vector<std::string> ids;
  ids.reserve(unchecked.size());
  for (const Unchecked& one : unchecked) ids.push_back(one.id);
  return ids;
}

TEST(HeaderChecks, PointAtTheMemberTheySpeakOf) {
  struct Case {
    std::string_view rule, pointer;
    std::uint32_t source;
    std::function<void(Example&)> change;
  };
  const Case cases[] = {
      {"wrong-release", "/form/id", 1, [](Example& e) { e.submission.header.form_id = "other"; }},
      {"wrong-release", "/form/version", 2,
       [](Example& e) { e.submission.header.form_version = "0.9.0"; }},
      {"wrong-release", "/form/structure", 3,
       [](Example& e) { e.submission.header.structure_digest = "abc"; }},
      {"wrong-cycle", "/cycle", 4, [](Example& e) { e.submission.header.cycle = "another"; }},
      {"submitter-unknown", "/submitter/code", 5,
       [](Example& e) { e.cycle.roster.entries.clear(); }},
      {"submitter-kind-differs", "/submitter/kind", 6,
       [](Example& e) { e.cycle.roster.entries[0].kind = SubmitterKind::organization; }},
      {"purpose-differs", "/purpose", 7,
       [](Example& e) { e.submission.header.purpose = Purpose::pilot; }},
      {"real-state-in-test", "/submitter/code", 5,
       [](Example& e) { e.cycle.roster.is_invented = false; }},
      {"period-outside-cycle", "/period", 8,
       [](Example& e) {
         e.submission.header.period->end = {2028, 1, 1};
       }},
  };
  const Form& form = test::shared_small_form();
  for (const Case& c : cases) {
    SCOPED_TRACE(c.rule);
    Example example = agreeing();
    SubmissionHeader& header = example.submission.header;
    header.form_source = 1, header.version_source = 2, header.structure_source = 3,
    header.cycle_source = 4;
    header.submitter_source = 5, header.kind_source = 6, header.purpose_source = 7,
    header.period_source = 8;
    c.change(example);
    const Evaluation evaluation(form, example.submission, {&example.cycle, nullptr});
    const auto findings = Validator(form).check(evaluation, Stage::draft);
    const auto found = std::find_if(findings.begin(), findings.end(),
                                    [&](const Finding& f) { return f.rule == c.rule; });
    ASSERT_NE(found, findings.end());
    EXPECT_EQ(found->pointer, c.pointer);
    EXPECT_EQ(found->source, c.source);
    for (const Finding& finding : findings) EXPECT_NE(finding.pointer, "") << finding.rule;
  }
}

TEST(HeaderChecks, SayAChangedStructureInWordsAndNotInDigestsAlone) {
  Example example = agreeing();
  example.submission.header.structure_digest = "abc";
  const Form& form = test::shared_small_form();
  const Evaluation evaluation(form, example.submission, {&example.cycle, nullptr});
  const auto findings = Validator(form).check(evaluation, Stage::draft);
  const auto found = std::find_if(findings.begin(), findings.end(),
                                  [](const Finding& f) { return f.rule == "wrong-release"; });
  ASSERT_NE(found, findings.end());
  EXPECT_EQ(found->text, "finding.structure-differs");
  EXPECT_NE(form.find_text("finding.structure-differs.message"), kNone);
}

TEST(HeaderChecks, TakeABodyOnlyWhereACycleAccreditsIt) {
  Example example = agreeing();
  example.submission.header.submitter = "BODY";
  example.submission.header.submitter_kind = SubmitterKind::body;
  EXPECT_THAT(blockers_and_infos(example), Contains("submitter-unknown@"));
  example.cycle.bodies = {"BODY"};
  EXPECT_THAT(blockers_and_infos(example), Not(Contains("submitter-unknown@")));
  EXPECT_THAT(blockers_and_infos(example), Not(Contains("submitter-not-admitted@")));
  const Form& form = test::shared_small_form();
  const Evaluation alone(form, example.submission, {});
  const auto findings = Validator(form).check(alone, Stage::draft);
  const auto found = std::find_if(findings.begin(), findings.end(), [](const Finding& f) {
    return f.rule == "submitter-not-admitted";
  });
  ASSERT_NE(found, findings.end());
  EXPECT_EQ(found->severity, Severity::blocker);
  EXPECT_EQ(found->text, "finding.submitter-without-cycle");
  EXPECT_NE(form.find_text("finding.submitter-without-cycle.message"), kNone);
}

TEST(HeaderChecks, SayNothingOnASubmitterOrACycleThatIsMissing) {
  Example example = agreeing();
  example.submission.header.submitter.clear();
  example.submission.header.cycle.clear();
  example.cycle.roster.is_invented = false;
  EXPECT_THAT(blockers_and_infos(example), ::testing::IsEmpty());
}

TEST(HeaderChecks, TellOfAnUnknownSubmitterWithoutItsPhases) {
  Example example = agreeing();
  example.cycle.phases = {{"p", {"L"}, {"north"}, {}, {}, {}}};
  example.cycle.roster.groups = {"north"};
  EXPECT_THAT(blockers_and_infos(example), Contains("not-expected@"));
  example.cycle.roster.entries.clear();
  std::vector<std::string> found = blockers_and_infos(example);
  EXPECT_THAT(found, ::testing::ElementsAre("submitter-unknown@"));
  // Chapters that it answers are checked, others are not asked for.
  const Form& form = test::shared_small_form();
  const Submission empty = example.submission;
  const auto names = [&](const Submission& submission) {
    const Evaluation evaluation(form, submission, {&example.cycle, nullptr});
    return test::names(form, submission, Validator(form).check(evaluation, Stage::final));
  };
  EXPECT_THAT(names(empty), Not(Contains("required@last.state")));
  Submission answered = empty;
  answered.answers[form.find_question("last.mail")].is_rejected = true;
  EXPECT_THAT(names(answered), Contains("required@last.state"));
  EXPECT_THAT(names(answered), Not(Contains("required@one.stage")));
}

TEST(HeaderChecks, SayWithoutACycleWhatIsNotChecked) {
  const Form& form = test::shared_small_form();
  const Validator validator(form);
  const auto without = ids_of(validator.unchecked({}));
  EXPECT_THAT(without, Contains("report.unchecked.identity"));
  EXPECT_THAT(without, Contains("report.unchecked.previous"));
  EXPECT_THAT(without, Not(Contains("report.unchecked.time")));
  for (const std::string& id : without) EXPECT_NE(form.find_text(id), kNone) << id;
  const Example example = agreeing();
  const auto with = ids_of(validator.unchecked({&example.cycle, &example.previous}));
  EXPECT_THAT(with, ::testing::ElementsAre("report.unchecked.time", "report.unchecked.truth"));
  const auto of_others = ids_of(validator.unchecked({&example.cycle, nullptr, true}));
  EXPECT_THAT(of_others, Contains("report.unchecked.previous_of_others"));
  EXPECT_THAT(of_others, Not(Contains("report.unchecked.previous")));
  for (const std::string& id : of_others) EXPECT_NE(form.find_text(id), kNone) << id;
}

TEST(Overrides, ChangeSeverityAndActivityAndAreTold) {
  const Form& form = test::shared_small_form();
  Example example = agreeing();
  example.cycle.overrides = {{"required", Severity::info, true, "Pilot round", {2027, 10, 1}}};
  const Evaluation evaluation(form, example.submission, {&example.cycle, nullptr});
  const Validator validator(form);
  int changed = 0;
  for (const Finding& finding : validator.check(evaluation, Stage::final)) {
    if (finding.rule != "required") continue;
    ++changed;
    EXPECT_EQ(finding.severity, Severity::info);
    ASSERT_TRUE(finding.change);
    EXPECT_EQ(finding.change->declared, Severity::error);
    EXPECT_EQ(finding.change->reason, "Pilot round");
  }
  EXPECT_GT(changed, 0);
  example.cycle.overrides = {{"required", {}, false, "Under review", {2027, 10, 1}}};
  for (const Finding& finding : validator.check(evaluation, Stage::final))
    EXPECT_NE(finding.rule, "required");
  const std::vector<Unchecked> unchecked = validator.unchecked({&example.cycle, &example.previous});
  ASSERT_EQ(ids_of(unchecked)[1], "report.unchecked.rule");
  EXPECT_EQ(FindingTexts(form, "en").text(unchecked[1]),
            "the rule “required”: switched off by the cycle on 1 October 2027 (Under review)");
}

TEST(Overrides, TouchNoBlockerAndNothingOfIdentityOrReading) {
  const Form& form = test::shared_small_form();
  Example example = agreeing();
  example.cycle.roster.is_invented = false;
  example.cycle.phases = {{"p", {"M"}, {}, {"ELSEWHERE"}, {}, {}}};
  Finding read;
  read.rule = "unknown-option";
  const std::vector<std::string> kept = {"real-state-in-test", "not-expected", "unknown-option"};
  for (const std::string& rule : kept) {
    SCOPED_TRACE(rule);
    example.cycle.overrides = {{rule, {}, false, "", {}}, {rule, Severity::warning, true, "", {}}};
    const Evaluation evaluation(form, example.submission, {&example.cycle, nullptr});
    const auto findings = Validator(form).check(evaluation, Stage::draft, {read});
    const auto found = std::find_if(findings.begin(), findings.end(),
                                    [&](const Finding& f) { return f.rule == rule; });
    ASSERT_NE(found, findings.end());
    EXPECT_FALSE(found->change);
    EXPECT_NE(found->severity, Severity::warning);
    EXPECT_THAT(ids_of(Validator(form).unchecked({&example.cycle, nullptr})),
                Contains("report.unchecked.override"));
  }
}

TEST(LintCycle, FindsWhatTheFormDoesNotHaveAndNamesTheNearest) {
  const Form& form = test::shared_small_form();
  Example example = agreeing();
  EXPECT_TRUE(lint_cycle(form, example.cycle).empty());
  example.cycle.phases = {{"first", {"M", "MM"}, {}, {}, {}, {}}};
  RegisteredReservation reservation;
  reservation.state = "QMA";
  reservation.provisions = {"1.1", "1.9"};
  example.cycle.reservations = {reservation};
  example.cycle.overrides = {{"required", Severity::info, true, "", {}},
                             {"requird", Severity::info, true, "", {}},
                             {"wrong-cycle", {}, false, "", {}},
                             {"figure-unreadable", {}, false, "", {}}};
  std::vector<std::string> told;
  for (const Mistake& mistake : lint_cycle(form, example.cycle)) told.push_back(mistake.what);
  EXPECT_THAT(
      told,
      ::testing::ElementsAre(
          R"(phase "first": unknown chapter "MM"; did you mean "M"?)",
          R"(reservation of "QMA": unknown provision "1.9"; did you mean "1.1"?)",
          R"(override of "requird": unknown rule "requird"; did you mean "required"?)",
          R"(override of "wrong-cycle": expected a finding that may be overridden, got a blocker, or one on the submission itself)",
          R"(override of "figure-unreadable": unknown rule "figure-unreadable")"));
}

}  // namespace
}  // namespace cosp
