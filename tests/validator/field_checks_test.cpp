#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/validator/small_form.hpp"
#include "validator/engine_findings.hpp"
#include "validator/field_checks.hpp"
#include "validator/validator.hpp"

namespace cosp {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;

struct Checked {
  Example example;
  std::vector<Finding> findings;
  std::vector<std::string> names;
};

Checked check(std::string_view json, Stage stage = Stage::final) {
  const Form& form = test::shared_small_form();
  Checked checked{test::submission_of(form, json), {}, {}};
  RosterEntry entry;
  entry.code = checked.example.submission.header.submitter;
  checked.example.cycle.roster.is_invented = true;
  checked.example.cycle.roster.entries.push_back(entry);
  checked.example.submission.header.cycle = checked.example.cycle.id;
  const Surroundings surroundings{&checked.example.cycle, nullptr};
  const Evaluation evaluation(form, checked.example.submission, surroundings);
  checked.findings = Validator(form).check(evaluation, stage);
  checked.names = test::names(form, checked.example.submission, checked.findings);
  return checked;
}

TEST(FieldChecks, PointAtWhatIsMissingBesideAnAnswer) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {R"({"answers": {"one.tools": ["other"]}})", "/answers/one.tools/note"},
      {R"({"answers": {"one.title": {"reason": "withheld"}}})", "/answers/one.title/note"},
      {R"({"answers": {"one.title": {"reason": "not_available"}}})", "/answers/one.title/detail"},
      {R"({"answers": {"one.title": {"reason": "reported_elsewhere"}}})",
       "/answers/one.title/rows"},
  };
  for (const auto& [json, pointer] : cases) {
    SCOPED_TRACE(pointer);
    const Checked checked = check(json);
    EXPECT_TRUE(std::ranges::any_of(checked.findings, [&pointer = pointer](const Finding& finding) {
      return finding.pointer == pointer;
    }));
  }
}

TEST(FieldChecks, CountWhatAFinalSubmissionWouldLack) {
  const Form& form = test::shared_small_form();
  const auto count = [&](std::string_view json) {
    const Example example = test::submission_of(form, json);
    return count_open_for_final(Evaluation(form, example.submission, {}));
  };
  const std::uint32_t open = count("{}");
  EXPECT_EQ(count(R"({"answers": {"one.count": 3}})"), open - 1);
  EXPECT_EQ(count(R"({"registers": {"things": [{"id": "a"}]}})"), open + 1);
  EXPECT_EQ(count(R"({"answers": {"two.stage": "done"}})"), open + 1);
}

TEST(FieldChecks, FindWhatTheDeclarationsForbidAndNothingElse) {
  struct Case {
    std::string_view finding, wrong, right;
  };
  const Case cases[] = {
      {"required@one.count", "{}", R"({"answers": {"one.count": 3}})"},
      {"required@one.count", "{}",
       R"({"answers": {"one.count": {"reason": "under_consideration"}}})"},
      {"required@things/a/name", R"({"registers": {"things": [{"id": "a"}]}})",
       R"({"registers": {"things": [{"id": "a", "name": "A"}]}})"},
      {"out-of-range@one.count", R"({"answers": {"one.count": 100}})",
       R"({"answers": {"one.count": 99}})"},
      {"out-of-range@one.count", R"({"answers": {"one.count": -1}})",
       R"({"answers": {"one.count": 0}})"},
      {"too-many-decimals@one.count", R"({"answers": {"one.count": "1.25"}})",
       R"({"answers": {"one.count": "1.5"}})"},
      {"not-offered@one.best", R"({"answers": {"one.tools": ["hammer"], "one.best": "saw"}})",
       R"({"answers": {"one.tools": ["hammer"], "one.best": "hammer"}})"},
      {"not-offered@one.best", R"({"answers": {"one.tools": ["other"], "one.best": "other"}})",
       R"({"answers": {"one.tools": ["saw"], "one.best": "saw"}})"},
      {"exclusive-option@one.tools", R"({"answers": {"one.tools": ["none_at_all", "saw"]}})",
       R"({"answers": {"one.tools": ["none_at_all"]}})"},
      {"too-many-choices@one.tools", R"({"answers": {"one.tools": ["hammer", "saw", "other"]}})",
       R"({"answers": {"one.tools": ["hammer", "saw"]}})"},
      {"note-required@one.tools", R"({"answers": {"one.tools": ["other"]}})",
       R"({"answers": {"one.tools": {"value": ["other"], "note": "A chisel."}}})"},
      {"note-required@one.title",
       R"({"answers": {"one.title": {"reason": "withheld", "note": "  "}}})",
       R"({"answers": {"one.title": {"reason": "withheld", "note": "By law."}}})"},
      {"reason-detail-required@one.title",
       R"({"answers": {"one.title": {"reason": "not_available"}}})",
       R"({"answers": {"one.title": {"reason": "outside_competence"}}})"},
      {"reason-rows-required@one.title",
       R"({"answers": {"one.title": {"reason": "reported_elsewhere"}}})",
       R"({"answers": {"one.title": "Title"}})"},
      {"reason-not-allowed@h.who",
       R"({"answers": {"h.who": {"reason": "withheld", "note": "No."}}})",
       R"({"answers": {"h.who": "EXAMPLE"}})"},
      {"too-many-words@one.story", R"({"answers": {"one.story": "one two three four five six"}})",
       R"({"answers": {"one.story": "one two three four five"}})"},
      {"too-many-characters@one.title", R"({"answers": {"one.title": "ABCDEFGHIJK"}})",
       R"({"answers": {"one.title": "ÀÈÌÒÙÂÊÎÔÛ"}})"},
      {"pattern@one.title", R"({"answers": {"one.title": "lower"}})",
       R"({"answers": {"one.title": "Upper"}})"},
      {"date-out-of-range@one.built", R"({"answers": {"one.built": "2025-12-31"}})",
       R"({"answers": {"one.built": "2026-01-01"}})"},
      {"date-out-of-range@one.built", R"({"answers": {"one.built": "2028-07-01"}})",
       R"({"answers": {"one.built": "2028-06-30"}})"},
      {"too-few-citations@one.cited", R"({"answers": {"one.cited": []}})",
       R"({"answers": {"one.cited": ["a"]}, "registers": {"things": [{"id": "a", "name": "A"}]}})"},
      {"too-many-citations@one.cited", R"({"answers": {"one.cited": ["a", "b", "c"]}})",
       R"({"answers": {"one.cited": ["a", "b"]}})"},
      {"row-limit@things",
       R"({"registers": {"things": [{"id": "a"}, {"id": "b"}, {"id": "c"}, {"id": "d"}]}})",
       R"({"registers": {"things": [{"id": "a"}, {"id": "b"}, {"id": "c"}]}})"},
      {"currency-unknown@one.cost",
       R"({"answers": {"one.cost": {"amount": 5, "currency": "usd"}}})",
       R"({"answers": {"one.cost": {"amount": 5, "currency": "XTS"}}})"},
      {"phone-form@last.phone", R"({"answers": {"last.phone": "0123456789"}})",
       R"({"answers": {"last.phone": "+999 555 01-00"}})"},
      {"email-form@last.mail", R"({"answers": {"last.mail": "nobody at example"}})",
       R"({"answers": {"last.mail": "no.body@mail.example"}})"},
      {"language-form@last.tongues", R"({"answers": {"last.tongues": ["en", "not a tag"]}})",
       R"({"answers": {"last.tongues": ["en", "zh-Hant"]}})"},
      {"not-in-roster@last.state", R"({"answers": {"last.state": "NOWHERE"}})",
       R"({"answers": {"last.state": "EXAMPLE"}})"},
      {"answer-while-hidden@two.detail",
       R"({"answers": {"two.stage": "none_yet", "two.detail": 1}})",
       R"({"answers": {"two.stage": "begun", "two.detail": 1}})"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.wrong);
    EXPECT_THAT(check(c.wrong).names, Contains(c.finding));
    EXPECT_THAT(check(c.right).names, Not(Contains(c.finding)));
  }
}

TEST(FieldChecks, RequireByStageAndOfPartiesOnly) {
  struct Case {
    std::string_view json, code;
    Stage stage;
    std::optional<Severity> severity;
  };
  const Case cases[] = {
      {R"({})", "required@one.stage", Stage::draft, Severity::warning},
      {R"({})", "required@one.stage", Stage::final, Severity::error},
      {R"({})", "required@one.count", Stage::draft, std::nullopt},
      {R"({})", "required@one.count", Stage::final, Severity::error},
      {R"({})", "required@one.story", Stage::final, Severity::error},
      {R"({"position": "signatory"})", "required@one.story", Stage::final, std::nullopt},
      {R"({})", "required@one.title", Stage::final, std::nullopt},
      // Hidden, so neither missing nor a reason for what it would open.
      {R"({})", "required@two.detail", Stage::final, std::nullopt},
      {R"({})", "required@two.further", Stage::final, std::nullopt},
      {R"({"answers": {"two.stage": "done"}})", "required@two.detail", Stage::final,
       Severity::error},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(std::string(c.json) + " " + std::string(c.code));
    const Checked checked = check(c.json, c.stage);
    std::optional<Severity> severity;
    for (std::size_t i = 0; i < checked.names.size(); ++i)
      if (checked.names[i] == c.code) severity = checked.findings[i].severity;
    EXPECT_EQ(severity, c.severity);
  }
}

TEST(FieldChecks, SayNothingOnARejectedAnswer) {
  const Form& form = test::shared_small_form();
  Example example = test::submission_of(form, "{}");
  example.submission.answers[form.find_question("one.count")].is_rejected = true;
  const Evaluation evaluation(form, example.submission, {&example.cycle, nullptr});
  const auto findings = Validator(form).check(evaluation, Stage::final);
  EXPECT_THAT(test::names(form, example.submission, findings), Not(Contains("required@one.count")));
}

TEST(FieldChecks, TellOfAnswersOutsidePartsAndPhasesWithoutChecking) {
  const Form& form = test::shared_small_form();
  Example example =
      test::submission_of(form, R"({"answers": {"one.count": 100, "last.mail": "broken"}})");
  example.submission.header.parts = {"L"};
  const Evaluation evaluation(form, example.submission, {&example.cycle, nullptr});
  const auto names =
      test::names(form, example.submission, Validator(form).check(evaluation, Stage::final));
  EXPECT_THAT(names, Contains("outside-phase@one.count"));
  EXPECT_THAT(names, Not(Contains("out-of-range@one.count")));
  EXPECT_THAT(names, Not(Contains("required@one.stage")));
  EXPECT_THAT(names, Contains("email-form@last.mail"));
}

TEST(FieldChecks, SayWhetherTheCycleOrThePartsLeaveAChapterOut) {
  const Form& form = test::shared_small_form();
  Example example =
      test::submission_of(form, R"({"answers": {"one.count": 1, "last.mail": "a@b.org"}})");
  const auto text_of = [&](std::string_view code) -> std::string {
    const Evaluation evaluation(form, example.submission, {&example.cycle, nullptr});
    for (const Finding& finding : Validator(form).check(evaluation, Stage::final))
      if (finding.rule == "outside-phase" && finding.place.question == form.find_question(code))
        return finding.text;
    return "none";
  };
  example.submission.header.parts = {"L"};
  EXPECT_EQ(text_of("one.count"), "finding.outside-parts");
  EXPECT_EQ(text_of("last.mail"), "none");
  example.cycle.phases = {{"p", {"L"}, {}, {"EXAMPLE"}, {}, {}}};
  EXPECT_EQ(text_of("one.count"), "finding.outside-phase") << "not asked, whatever the parts";
  example.submission.header.parts.clear();
  EXPECT_EQ(text_of("one.count"), "finding.outside-phase");
  for (const std::string part : {".message", ".why", ".mend"})
    EXPECT_NE(form.find_text("finding.outside-parts" + part), kNone) << part;
}

TEST(FieldChecks, MaskPersonalData) {
  const Checked checked = check(R"({"answers": {"last.phone": "0123456789"}})");
  bool is_found = false;
  for (const Finding& finding : checked.findings) {
    if (finding.rule != "phone-form") continue;
    is_found = true;
    EXPECT_EQ(finding.written, "•••");
    EXPECT_EQ(finding.expected, "E.164");
  }
  EXPECT_TRUE(is_found);
}

TEST(FieldChecks, KeepWhatWasWrittenShort) {
  std::string json = R"({"answers": {"one.title": ")";
  for (int i = 0; i < 300; ++i) json += "é";
  const Checked checked = check(json + "\"}}");
  for (const Finding& finding : checked.findings) {
    if (finding.rule != "too-many-characters") continue;
    EXPECT_EQ(finding.written.size(), 199 * 2 + 3);
    EXPECT_TRUE(finding.written.ends_with("…"));
    return;
  }
  FAIL() << "no finding on the long text";
}

TEST(EngineFindings, AreSortedAndWordedInEnglish) {
  const Form& form = test::shared_small_form();
  std::string_view last;
  for (const EngineFinding& finding : engine_findings()) {
    SCOPED_TRACE(finding.id);
    EXPECT_LT(last, finding.id);
    last = finding.id;
    for (const std::string part : {".message", ".why"})
      EXPECT_NE(form.find_text("finding." + std::string(finding.id) + part), kNone) << part;
  }
  EXPECT_THROW(make_engine_finding("no-such-finding", Stage::final, {}), std::logic_error);
}

}  // namespace
}  // namespace cosp
