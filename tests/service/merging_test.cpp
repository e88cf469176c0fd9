#include "service/merging.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <stdexcept>

#include <fmt/format.h>

#include "readers/submission_reader.hpp"
#include "readers/submission_writer.hpp"
#include "service/converting.hpp"
#include "service/form_workbooks.hpp"
#include "service/submission_file.hpp"
#include "tests/service/service_fixture.hpp"

namespace cosp {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;

class MergeTest : public test::ServiceTest {
 protected:
  void SetUp() override {
    ServiceTest::SetUp();
    const auto prepared = workspace_->form("night-skies-report", "1.2.0");
    ASSERT_TRUE(prepared) << describe(prepared.error());
    prepared_ = *prepared;
    base_ = json::parse(must(read_file("docs/formats/submission-example.json", 1 << 20)));
  }

  const Form& form() const { return prepared_->form; }

  Submission read(const json& text) {
    std::string bytes = text.dump();
    return reader_.read(bytes, form()).submission;
  }

  /// What a submission says, contacts included, so that two can be compared.
  std::string said(const Submission& submission) const {
    return canonical_json(form(), submission) + "\n" + contacts_json(form(), submission);
  }

  Merged merged(const std::vector<json>& parts) {
    std::vector<Submission> submissions;
    submissions.reserve(parts.size());
    for (const json& part : parts) submissions.push_back(read(part));
    std::vector<MergePart> given;
    for (std::size_t i = 0; i < submissions.size(); ++i) {
      given.emplace_back();
      given.back().name = fmt::format("part-{}", i + 1);
      given.back().submission = &submissions[i];
      if (i < covers_.size()) given.back().covers = covers_[i];
    }
    auto result = merge(form(), reader_, read(base_), given);
    if (!result) throw std::runtime_error(describe(result.error()));
    return std::move(*result);
  }

  static std::vector<std::string> places(const Merged& merged) {
    std::vector<std::string> places;
    for (const MergeConflict& conflict : merged.conflicts)
      places.push_back(conflict.place + " " + conflict.property);
    return places;
  }

  std::shared_ptr<const PreparedForm> prepared_;
  SubmissionReader reader_;
  json base_;
  std::vector<std::function<bool(std::string_view)>> covers_;
};

TEST_F(MergeTest, TakesWhatEachPartChanged) {
  json left = base_;
  left["answers"]["skyglow.lamps"] = "50000";
  left["answers"]["skyglow.stage"]["note"] = "Les plaines aussi.";
  json right = base_;
  right["answers"]["skyglow.stage"]["author"] = "Ministère";
  right["answers"].erase("purse.paid_on");
  right["contacts"]["answers"]["cover.desk_email"] = "nuit@example.org";
  json expected = left;
  expected["answers"]["skyglow.stage"]["author"] = "Ministère";
  expected["answers"].erase("purse.paid_on");
  expected["contacts"]["answers"]["cover.desk_email"] = "nuit@example.org";
  const Merged result = merged({left, right});
  EXPECT_THAT(places(result), IsEmpty());
  EXPECT_EQ(said(result.submission), said(read(expected)));
  EXPECT_EQ(result.changes, 5u);
  EXPECT_EQ(said(merged({right, left}).submission), said(result.submission));
}

TEST_F(MergeTest, KeepsTheBaseAndTellsBothValuesWhereTwoDisagree) {
  json left = base_;
  left["answers"]["skyglow.lamps"] = {{"value", "1"}, {"author", "Office A"}};
  json right = base_;
  right["answers"]["skyglow.lamps"] = {{"reason", "withheld"}, {"note", "Secret."}};
  const Merged result = merged({left, right});
  // A note is about the value that it stands beside: it does not go without it.
  ASSERT_THAT(places(result),
              ElementsAre("skyglow.lamps answer", "skyglow.lamps author", "skyglow.lamps note"));
  const MergeConflict& conflict = result.conflicts.front();
  EXPECT_EQ(conflict.base_json, R"({"value":"48210"})");
  ASSERT_EQ(conflict.sides.size(), 2u);
  EXPECT_EQ(conflict.sides[0].json, R"({"value":"1"})");
  EXPECT_EQ(conflict.sides[0].author, "Office A");
  EXPECT_EQ(conflict.sides[1].name, "part-2");
  EXPECT_EQ(conflict.sides[1].json, R"({"reason":"withheld"})");
  EXPECT_EQ(said(result.submission), said(read(base_)));
}

TEST_F(MergeTest, TakesTheSameChangeOnce) {
  json left = base_;
  left["answers"]["skyglow.lamps"] = "7";
  const Merged result = merged({left, left, base_});
  EXPECT_THAT(places(result), IsEmpty());
  EXPECT_EQ(result.changes, 1u);
  EXPECT_EQ(said(result.submission), said(read(left)));
}

TEST_F(MergeTest, TakesNothingOutThatAPartDoesNotCover) {
  json part = base_;
  part["answers"] = {{"wildlife.studied", {"moths"}}};
  part["registers"] = json::object();
  part["contacts"] = json::object();
  part["explanations"] = base_["explanations"];
  covers_ = {[](std::string_view place) { return place.starts_with("wildlife."); }};
  const Merged result = merged({part});
  json expected = base_;
  expected["answers"]["wildlife.studied"] = {"moths"};
  expected["answers"].erase("wildlife.stage");
  EXPECT_EQ(said(result.submission), said(read(expected)));
}

TEST_F(MergeTest, KeepsARowThatOneTookOutAndAnotherChanged) {
  json left = base_;
  left["answers"]["skyglow.acts"] = {"act-1"};
  left["answers"].erase("wildlife.stage");
  left["registers"]["instruments"].erase(1);
  json right = left;
  right["registers"]["instruments"] = base_["registers"]["instruments"];
  right["registers"]["instruments"][1]["values"]["kind"] = "statute";
  const Merged result = merged({left, right});
  ASSERT_THAT(places(result), ElementsAre("instruments/act-2 row"));
  EXPECT_EQ(result.conflicts.front().sides[0].json, "");
  EXPECT_THAT(result.conflicts.front().sides[1].json, HasSubstr("statute"));
  // The sides are in the order of the parts, whichever of them took the row out.
  const Merged other = merged({right, left});
  ASSERT_THAT(places(other), ElementsAre("instruments/act-2 row"));
  EXPECT_EQ(other.conflicts.front().sides[0].name, "part-1");
  EXPECT_EQ(other.conflicts.front().sides[1].json, "");
  EXPECT_EQ(result.submission.registers[form().find_register("instruments")].size(), 2u);
}

TEST_F(MergeTest, KeepsARowThatIsStillCited) {
  json left = base_;
  left["answers"]["skyglow.acts"] = {"act-1"};
  left["answers"].erase("wildlife.stage");
  left["registers"]["instruments"].erase(1);
  json right = base_;
  right["answers"]["skyglow.acts"] = {"act-2"};
  covers_ = {{}, [](std::string_view place) { return place == "skyglow.acts"; }};
  const Merged result = merged({left, right});
  EXPECT_THAT(places(result), ElementsAre("skyglow.acts answer", "instruments/act-2 row"));
  EXPECT_EQ(result.conflicts.back().cited_by, "skyglow.acts");
}

TEST_F(MergeTest, PutsNewRowsBehindThoseOfTheBaseWhateverTheOrderOfTheParts) {
  const auto with_row = [&](const std::string& id) {
    json part = base_;
    part["registers"]["instruments"].push_back({{"id", id}, {"values", {{"name", id}}}});
    return part;
  };
  const auto ids = [&](const Merged& result) {
    std::vector<std::string> in_order;
    for (const Row& row : result.submission.registers[form().find_register("instruments")])
      in_order.push_back(row.id);
    return in_order;
  };
  const std::vector<json> parts = {with_row("new-10"), with_row("new-9")};
  EXPECT_THAT(ids(merged({parts[0], parts[1]})), ElementsAre("act-1", "act-2", "new-9", "new-10"));
  EXPECT_THAT(ids(merged({parts[1], parts[0]})), ElementsAre("act-1", "act-2", "new-9", "new-10"));
}

TEST_F(MergeTest, PutsNewRowsInOrderOfTheirIdsBesideOneThatWasTakenOut) {
  json left = base_;
  left["answers"]["skyglow.acts"] = {"act-1"};
  left["answers"].erase("wildlife.stage");
  json right = left;
  left["registers"]["instruments"].push_back({{"id", "a-1"}, {"values", {{"name", "One"}}}});
  right["registers"]["instruments"].erase(1);
  right["registers"]["instruments"].push_back({{"id", "b-1"}, {"values", {{"name", "Two"}}}});
  for (const auto& parts : {std::vector<json>{left, right}, std::vector<json>{right, left}}) {
    std::vector<std::string> ids;
    const Merged result = merged(parts);
    for (const Row& row : result.submission.registers[form().find_register("instruments")])
      ids.push_back(row.id);
    EXPECT_THAT(ids, ElementsAre("act-1", "a-1", "b-1"));
  }
}

/// One office keeps an answer from the public that another one gives.
TEST_F(MergeTest, BringsTogetherAVisibilityAndTheAnswerOfAnotherPart) {
  base_["answers"].erase("skyglow.lamps");
  json left = base_;
  left["answers"]["skyglow.lamps"] = {{"visibility", "secretariat"}, {"origin", "prefilled"}};
  left["registers"]["instruments"][0]["values"].erase("kind");
  base_["registers"]["instruments"][0]["values"].erase("kind");
  json right = left;
  left["registers"]["instruments"][0]["values"]["kind"] = {{"visibility", "secretariat"}};
  right["answers"]["skyglow.lamps"] = "7";
  right["registers"]["instruments"][0]["values"]["kind"] = "statute";
  json expected = base_;
  expected["answers"]["skyglow.lamps"] = {
      {"value", "7"}, {"visibility", "secretariat"}, {"origin", "prefilled"}};
  expected["registers"]["instruments"][0]["values"]["kind"] = {{"value", "statute"},
                                                               {"visibility", "secretariat"}};
  const Merged result = merged({left, right});
  EXPECT_THAT(places(result), IsEmpty());
  EXPECT_EQ(said(result.submission), said(read(expected)));
}

TEST_F(MergeTest, KeepsAnswersOfCodesThatTheFormDoesNotKnowLetterByLetter) {
  json part = base_;
  part["answers"]["skyglow.lamps"] = "7";
  std::string bytes = part.dump();
  bytes.insert(bytes.find("\"answers\":{") + 11, R"("old.code":{"n":1.10,"big":1e999},)");
  const ReadSubmission read_part = reader_.read(bytes, form());
  MergePart given;
  given.name = "part";
  given.submission = &read_part.submission;
  const auto result = merge(form(), reader_, read(base_), std::span(&given, 1));
  ASSERT_TRUE(result) << describe(result.error());
  ASSERT_EQ(result->submission.unknown.size(), 1u);
  EXPECT_THAT(result->submission.unknown.front().json, HasSubstr("1e999"));
  EXPECT_EQ(said(result->submission), said(read_part.submission));
}

/// Chapters that are always asked, and what other offices keep from the public, are not lost in a
/// workbook that leaves them out: they are only not in it.
TEST_F(MergeTest, TakesWorkbooksThatHoldAnswersBack) {
  base_["answers"]["skyglow.lamps"] = {{"value", "48210"}, {"visibility", "secretariat"}};
  FormWorkbookRequest request;
  request.language = "en";
  request.from = put("base.json", base_.dump());
  request.output = in() / "part.xlsx";
  request.chapters = {"A"};
  request.office = "Office of Parks";
  const auto made = make_form_workbook(*workspace_, prepared_, request);
  ASSERT_TRUE(made) << describe(made.error());
  const auto part = read_submission_file(request.output, form());
  ASSERT_TRUE(part) << describe(part.error());
  ASSERT_THAT(part->coverage.held_back, IsSupersetOf({"cover.desk", "skyglow.lamps"}));
  const auto result = merge_files(*workspace_, *request.from, {request.output});
  ASSERT_TRUE(result) << describe(result.error());
  EXPECT_THAT(places(result->merged), IsEmpty());
  EXPECT_EQ(said(result->merged.submission), said(read(base_)));
}

TEST_F(MergeTest, RefusesWhatBelongsToAnotherSubmission) {
  struct Case {
    json::json_pointer member;
    std::string value, what;
  };
  const Case cases[] = {{"/cycle"_json_pointer, "another", "cycle"},
                        {"/submitter/code"_json_pointer, "QNB", "submitter"},
                        {"/form/version"_json_pointer, "1.1.0", "release"}};
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    json part = base_;
    part[c.member] = c.value;
    const Submission submission = read(part);
    MergePart given;
    given.name = "part.json";
    given.submission = &submission;
    const auto result = merge(form(), reader_, read(base_), std::span(&given, 1));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, Error::Kind::bad_input);
    EXPECT_EQ(result.error().where, "part.json");
    EXPECT_THAT(result.error().what, HasSubstr(c.what));
  }
}

TEST_F(MergeTest, RefusesAPartWithAnswersThatCouldNotBeRead) {
  json part = base_;
  part["answers"]["skyglow.lamps"] = "many";
  const Submission submission = read(part);
  MergePart given;
  given.name = "part.json";
  given.submission = &submission;
  const auto result = merge(form(), reader_, read(base_), std::span(&given, 1));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().where, "part.json");
}

/// Each answer, each row and each contact goes into one of several parts at random; the others hold
/// what the base has there. Merged in any order they are the whole again.
TEST_F(MergeTest, MakesTheWholeOfAnyPartsInAnyOrder) {
  const json whole = base_;
  for (unsigned seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const auto one_of = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    base_ = whole;
    base_["explanations"] = json::array();
    for (const auto& [code, answer] : whole["answers"].items())
      if (one_of(3) != 0) base_["answers"].erase(code);
    base_["answers"].erase("wildlife.stage");
    base_["answers"].erase("skyglow.acts");
    for (const char* registry : {"instruments", "common_answers"})
      if (one_of(2) != 0) base_["registers"].erase(registry);
    base_["contacts"] = json::object();
    std::vector<json> parts(2 + one_of(3), base_);
    const std::size_t keeper = one_of(parts.size());
    parts[keeper]["registers"] = whole["registers"];
    parts[keeper]["contacts"] = whole["contacts"];
    parts[keeper]["explanations"] = whole["explanations"];
    for (const auto& [code, answer] : whole["answers"].items()) {
      const bool cites = code == "wildlife.stage" || code == "skyglow.acts";
      parts[cites ? keeper : one_of(parts.size())]["answers"][code] = answer;
    }
    std::shuffle(parts.begin(), parts.end(), random);
    const Merged result = merged(parts);
    EXPECT_THAT(places(result), IsEmpty());
    EXPECT_EQ(said(result.submission), said(read(whole)));
  }
}

/// Two parts that change the same things at random: whatever they disagree on is told, and
/// everything else is as one of them has it.
TEST_F(MergeTest, NeverSettlesADisagreementInSilence) {
  const json whole = base_;
  const std::vector<std::string> codes = {"skyglow.lamps", "skyglow.shielded"};
  for (unsigned seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    std::vector<json> parts(2, whole);
    std::set<std::string> disagreed;
    for (const std::string& code : codes) {
      const auto left = random() % 3, right = random() % 3;
      if (left != 0) parts[0]["answers"][code] = std::to_string(left);
      if (right != 0) parts[1]["answers"][code] = std::to_string(right);
      if (left != 0 && right != 0 && left != right) disagreed.insert(code + " answer");
    }
    const std::vector<std::string> told = places(merged(parts));
    EXPECT_EQ(std::set<std::string>(told.begin(), told.end()), disagreed);
  }
}

}  // namespace
}  // namespace cosp
