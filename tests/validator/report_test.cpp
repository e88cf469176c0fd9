#include "validator/report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>

#include "tests/validator/small_form.hpp"
#include "validator/validator.hpp"

namespace cosp {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

class Reports : public ::testing::Test {
 protected:
  Report report(std::string_view json, const std::function<void(Cycle&)>& change = {},
                Stage stage = Stage::draft) {
    const Form& form = test::shared_small_form();
    Example example = test::submission_of(form, json);
    example.submission.header.cycle = example.cycle.id;
    RosterEntry entry;
    entry.code = example.submission.header.submitter;
    example.cycle.roster.entries.push_back(entry);
    example.cycle.roster.is_invented = true;
    if (change) change(example.cycle);
    const Surroundings surroundings{&example.cycle, nullptr};
    const Evaluation evaluation(form, example.submission, surroundings);
    const Validator validator(form);
    return make_report(form, example.submission, "a.json", validator.check(evaluation, stage),
                       validator.unchecked(surroundings), &example.cycle);
  }

  std::string text(std::span<const Report> reports) {
    return render_text(test::shared_small_form(), reports, "en", false);
  }
};

constexpr std::string_view kFaultless = R"({"answers": {"one.stage": "done"}})";

/// The lines of the report's finding at a place.
std::string finding_at(const std::string& report, const std::string& place) {
  const std::size_t at = report.find("     " + place);
  return at == std::string::npos ? "" : report.substr(at, report.find("\n\n", at) - at);
}

TEST_F(Reports, SayWhatCanBeDoneInsteadOfARequiredAnswer) {
  const Report open[] = {report(R"({"registers": {"things": [{"id": "a"}]}})", {}, Stage::final)};
  const std::string shown = text(open);
  EXPECT_THAT(finding_at(shown, "one.stage"),
              HasSubstr("What to do: Answer the question, or choose a reason."));
  EXPECT_THAT(finding_at(shown, "things/a/name"), HasSubstr("What to do: Fill in the cell."));
}

TEST_F(Reports, NameLabelsAndWordsInPlaceOfCodesAndPatterns) {
  const Report wrong[] = {report(R"({"answers": {"one.title": "lower", "one.tools": ["hammer"],
                                     "one.best": "saw"}})")};
  const std::string shown = text(wrong);
  EXPECT_THAT(finding_at(shown, "one.title"), HasSubstr("Expected: one.title.pattern"));
  EXPECT_THAT(shown, Not(HasSubstr("[A-Z]")));
  EXPECT_THAT(finding_at(shown, "one.best"), HasSubstr("Written: list.tools.saw"));
  EXPECT_THAT(finding_at(shown, "one.best"), HasSubstr("Expected: list.tools.hammer"));
  const auto json = nlohmann::json::parse(render_json(test::shared_small_form(), wrong, "en"));
  for (const auto& finding : json["files"][0]["findings"]) {
    if (finding["rule"] == "pattern") {
      EXPECT_EQ(finding["expected"], "[A-Z].*");
    }
    if (finding["rule"] == "not-offered") {
      EXPECT_EQ(finding["written"], "saw");
    }
  }
}

TEST_F(Reports, NameTheQuestionThatClosesAnother) {
  const Report hidden[] = {report(R"({"answers": {"two.detail": 3, "one.stage": "done"}})")};
  EXPECT_THAT(finding_at(text(hidden), "two.detail"), HasSubstr("(two.stage.label)"));
}

TEST_F(Reports, TellAdviceThatSeveralFindingsShareOnce) {
  const Report open[] = {report("{}", {}, Stage::final)};
  const std::string shown = text(open);
  const std::string advice = "What to do: Answer the question, or choose a reason.";
  const std::size_t first = shown.find(advice);
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(shown.find(advice, first + 1), std::string::npos);
  EXPECT_THAT(shown, HasSubstr("Why and what to do: as under "));
}

TEST_F(Reports, EndWithTheVerdict) {
  const Report complete[] = {report(kFaultless)};
  EXPECT_THAT(text(complete), EndsWith("\nReceived, complete: no open error or warning (0 "
                                       "blockers, 0 errors, 0 warnings, 0 notes, 0 explained).\n"));
  const Report open[] = {report("{}")};
  EXPECT_THAT(
      text(open),
      EndsWith(
          "\nReceived, with findings (0 blockers, 0 errors, 1 warning, 0 notes, 0 explained).\n"));
  const Report batch[] = {report(kFaultless), report("{}"), make_unreadable_report("b.json", {})};
  EXPECT_THAT(text(batch),
              EndsWith("\n3 files checked: 1 complete, 1 with findings, 0 blocked, 1 unreadable "
                       "(0 blockers, 0 errors, 1 warning, 0 notes, 0 explained).\n"));
}

TEST_F(Reports, SayWhatWhereWhyAndHowToMend) {
  const Report reports[] = {report(R"({"answers": {"one.stage": "done", "one.count": 100}})")};
  const std::string out = text(reports);
  EXPECT_THAT(out,
              HasSubstr("error out-of-range (1): The figure 100 lies outside the range 0–99."));
  EXPECT_THAT(out, HasSubstr("one.count"));
  EXPECT_THAT(out, HasSubstr("Written: 100"));
  EXPECT_THAT(out, HasSubstr("(provisions: 1.2)"));
  EXPECT_THAT(out, HasSubstr("What to do: Correct the figure."));
  EXPECT_THAT(out, HasSubstr("Not checked:"));
}

TEST_F(Reports, MaskWhatATerminalWouldObey) {
  const Report reports[] = {
      report(R"({"answers": {"one.stage": "done", "one.title": "\u001b[31m\u202Eevil"}})")};
  const std::string out = text(reports);
  EXPECT_THAT(out, Not(HasSubstr("\x1b")));
  EXPECT_THAT(out, Not(HasSubstr("\u202E")));
  EXPECT_THAT(out, HasSubstr("<U+202E>"));
}

TEST_F(Reports, AreOneJsonDocumentWithFixedMembers) {
  const Report reports[] = {report(R"({"answers": {"one.stage": "done", "one.count": 100}})"),
                            make_unreadable_report("b.json", {})};
  const std::string out = render_json(test::shared_small_form(), reports, "en");
  EXPECT_EQ(out, render_json(test::shared_small_form(), reports, "en"));
  const auto json = nlohmann::ordered_json::parse(out);
  EXPECT_EQ(json["totals"]["files"], 2);
  EXPECT_EQ(json["totals"]["errors"], 1);
  EXPECT_EQ(json["files"][1]["outcome"], "unreadable");
  EXPECT_TRUE(json["files"][1]["submission"].is_null());
  const auto& finding = json["files"][0]["findings"][0];
  EXPECT_EQ(finding["rule"], "out-of-range");
  EXPECT_EQ(finding["place"]["question"], "one.count");
  EXPECT_EQ(finding["provisions"][0], "1.2");
  EXPECT_EQ(finding["message"], "The figure 100 lies outside the range 0–99.");
  EXPECT_TRUE(finding["line"].is_null());
}

TEST_F(Reports, SayWhenTheSubmissionIsDue) {
  const auto with_phase = [](Cycle& cycle) {
    cycle.phases = {{"p", {"M", "L"}, {}, {"EXAMPLE"}, {}, Date{2028, 3, 31}}};
  };
  const auto extended = [&](Cycle& cycle) {
    with_phase(cycle);
    cycle.extensions = {{"EXAMPLE", Date{2028, 5, 15}, "asked for"}};
  };
  const Report due[] = {report(kFaultless, with_phase)};
  EXPECT_THAT(text(due), HasSubstr("\n  Due on 31 March 2028\n"));
  const Report later[] = {report(kFaultless, extended)};
  EXPECT_THAT(text(later), HasSubstr("\n  Due on 15 May 2028 (extended)\n"));
  EXPECT_THAT(text(later), HasSubstr("whether the submission came in time"));
  const auto json = nlohmann::json::parse(render_json(test::shared_small_form(), later, "en"));
  EXPECT_EQ(json["files"][0]["due"], "2028-05-15");
  EXPECT_EQ(json["files"][0]["extended"], true);
  const Report unknown[] = {report(kFaultless, [](Cycle& cycle) {
    cycle.phases = {{"p", {"M", "L"}, {}, {}, {}, Date{2028, 3, 31}}};
    cycle.roster.entries.clear();
  })};
  EXPECT_THAT(text(unknown), Not(HasSubstr("Due on")))
      << "nothing is due from one who takes no part";
  const Report none[] = {report(kFaultless)};
  EXPECT_THAT(text(none), Not(HasSubstr("Due on")));
  EXPECT_TRUE(
      nlohmann::json::parse(render_json(test::shared_small_form(), none, "en"))["files"][0]["due"]
          .is_null());
}

TEST_F(Reports, TellWhatTheCycleChanged) {
  const auto lowered = [](Cycle& cycle) {
    cycle.overrides = {{"out-of-range", Severity::info, true, "Pilot round", {2027, 10, 1}}};
  };
  const Report reports[] = {
      report(R"({"answers": {"one.stage": "done", "one.count": 100}})", lowered)};
  EXPECT_THAT(
      text(reports),
      HasSubstr("Severity: changed by the cycle on 1 October 2027 from “error” (Pilot round)"));
  const auto json = nlohmann::json::parse(render_json(test::shared_small_form(), reports, "en"));
  EXPECT_EQ(
      json["files"][0]["findings"][0]["override"],
      nlohmann::json({{"severity", "error"}, {"reason", "Pilot round"}, {"on", "2027-10-01"}}));
  EXPECT_EQ(json["files"][0]["outcome"], "received_complete");
}

TEST_F(Reports, SayWhatTheyWereMadeWith) {
  const Form& form = test::shared_small_form();
  const Report reports[] = {
      report(kFaultless, [](Cycle& cycle) { cycle.digest = std::string(64, 'c'); })};
  EXPECT_THAT(text(reports),
              HasSubstr("\nChecked with: small 1.0.0 · structure " +
                        std::string(form.structure_digest().substr(0, 12)) + " · rules "));
  EXPECT_THAT(text(reports), HasSubstr(" · cycle cccccccccccc\n"));
  const auto json = nlohmann::json::parse(render_json(form, reports, "en"));
  EXPECT_EQ(json["files"][0]["digests"]["texts"], form.string(form.tables().text_digests[0]));
}

using Json = nlohmann::json;

/// The part of JSON Schema that findings.schema.json uses; adds the pointers of what does not fit.
void hold_against(const Json& root, const Json& schema, const Json& value, const std::string& at,
                  std::vector<std::string>& misfits) {
  if (schema.contains("$ref")) {
    const std::string name = schema["$ref"].get<std::string>().substr(1);
    return hold_against(root, root[Json::json_pointer(name)], value, at, misfits);
  }
  if (schema.contains("const") && value != schema["const"]) misfits.push_back(at + ": const");
  if (schema.contains("enum") &&
      std::find(schema["enum"].begin(), schema["enum"].end(), value) == schema["enum"].end())
    misfits.push_back(at + ": enum");
  if (schema.contains("minLength") && value.is_string() &&
      value.get<std::string>().size() < schema["minLength"])
    misfits.push_back(at + ": too short");
  if (schema.contains("anyOf")) {
    bool fits = false;
    for (const Json& one : schema["anyOf"]) {
      std::vector<std::string> found;
      hold_against(root, one, value, at, found);
      fits = fits || found.empty();
    }
    if (!fits) misfits.push_back(at + ": anyOf");
  }
  if (schema.contains("type")) {
    const Json types = schema["type"].is_array() ? schema["type"] : Json::array({schema["type"]});
    const std::string type = value.is_number_integer() ? "integer" : value.type_name();
    if (std::find(types.begin(), types.end(), type) == types.end())
      misfits.push_back(at + ": type " + type);
  }
  if (value.is_array() && schema.contains("items"))
    for (std::size_t i = 0; i < value.size(); ++i)
      hold_against(root, schema["items"], value[i], at + "/" + std::to_string(i), misfits);
  if (!value.is_object()) return;
  for (const Json& name : schema.value("required", Json::array()))
    if (!value.contains(name.get<std::string>()))
      misfits.push_back(at + ": lacks " + name.get<std::string>());
  for (const auto& [name, member] : value.items()) {
    if (schema["properties"].contains(name))
      hold_against(root, schema["properties"][name], member,
                   std::string(at).append("/").append(name), misfits);
    else if (schema.contains("additionalProperties"))
      misfits.push_back(std::string(at).append(": has ").append(name));
  }
}

TEST_F(Reports, FollowTheirPublishedSchema) {
  Finding unreadable;
  unreadable.rule = "empty-file";
  unreadable.text = "finding.empty-file";
  const Report reports[] = {
      report(
          R"({"answers": {"one.count": 100, "h.tongue": "fr"}, "registers": {"things": [{"id": "a"}, {"id": "b"}, {"id": "c"}, {"id": "d", "mail": "x"}]}})"),
      make_unreadable_report("b.json", {unreadable})};
  std::ifstream file("docs/formats/findings.schema.json");
  const Json schema = Json::parse(file);
  std::vector<std::string> misfits;
  const Json document = Json::parse(render_json(test::shared_small_form(), reports, "en"));
  hold_against(schema, schema, document, "", misfits);
  EXPECT_THAT(misfits, ::testing::IsEmpty());
  // The walk notices what does not fit.
  Json broken = document;
  broken["files"][0]["findings"][0]["severity"] = "fatal";
  broken["files"][0].erase("counts");
  broken["files"][0]["findings"][1]["pointer"] = "";
  broken["more"] = 1;
  hold_against(schema, schema, broken, "", misfits);
  EXPECT_THAT(misfits,
              ::testing::ElementsAre("/files/0: lacks counts", "/files/0/findings/0/severity: enum",
                                     "/files/0/findings/1: anyOf", ": has more"));
}

TEST_F(Reports, ShowColoursOnlyWhenAsked) {
  const Report reports[] = {report("{}")};
  EXPECT_THAT(render_text(test::shared_small_form(), reports, "en", true), HasSubstr("\x1b["));
  EXPECT_THAT(text(reports), Not(HasSubstr("\x1b[")));
}

}  // namespace
}  // namespace cosp
