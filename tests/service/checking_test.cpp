#include "service/checking.hpp"

#include <algorithm>

#include "tests/service/service_fixture.hpp"

namespace cosp::test {
namespace {

namespace fs = std::filesystem;

class CheckPaths : public ServiceTest {
 protected:
  Batch check(std::vector<fs::path> paths, const BatchOptions& options = {}) {
    auto batch = check_paths(*workspace_, paths, options);
    EXPECT_TRUE(batch) << describe(batch.error());
    return batch ? std::move(*batch) : Batch{};
  }

  static bool has(const CheckedSubmission& file, std::string_view rule) {
    return std::any_of(file.report.findings.begin(), file.report.findings.end(),
                       [&](const Finding& finding) { return finding.rule == rule; });
  }
};

TEST_F(CheckPaths, CountsAFileThatCannotBeOpenedAsUnreadable) {
  const fs::path good = put("QMA.json", sample("QMA").dump());
  const Batch batch = check({good, in() / "missing.json"});
  ASSERT_EQ(batch.files.size(), 2u);
  EXPECT_NE(batch.files[0].report.outcome, Outcome::unreadable);
  EXPECT_EQ(batch.files[1].report.outcome, Outcome::unreadable);
  EXPECT_TRUE(has(batch.files[1], "not-opened"));
  EXPECT_EQ(exit_code(batch), 3);
}

TEST_F(CheckPaths, TellsAFileBeyondTheLimitAsTooLarge) {
  const fs::path large = put("large.json", std::string((20u << 20) + 2, ' '));
  const Batch batch = check({large});
  ASSERT_EQ(batch.files.size(), 1u);
  EXPECT_TRUE(has(batch.files[0], "too-large"));
}

TEST_F(CheckPaths, ReadsFoldersBelowButNeitherHiddenOnesNorWhatCompileWrote) {
  put("QMA.json", sample("QMA").dump());
  put("more/QNB.json", sample("QNB").dump());
  put(".hidden/QPC.json", sample("QPC").dump());
  put("documents/manifest.json", "{\"format\": \"cosp-manifest/1\"}");
  put("documents/public/data/tables.json", "{}");
  const Batch batch = check({in()});
  ASSERT_EQ(batch.files.size(), 2u);
  EXPECT_EQ(batch.files[0].report.header.submitter, "QMA");
  EXPECT_EQ(batch.files[1].report.header.submitter, "QNB");
}

TEST_F(CheckPaths, GoesOnBesideAFolderWithoutSubmissions) {
  fs::create_directories(folder_.path() / "empty");
  const Batch batch = check({put("QMA.json", sample("QMA").dump()), folder_.path() / "empty"});
  EXPECT_EQ(batch.files.size(), 1u);
  ASSERT_EQ(batch.failures.size(), 1u);
  EXPECT_EQ(batch.failures[0].kind, Error::Kind::not_found);
}

TEST_F(CheckPaths, TakesTheCycleBesideTheFilesAndRefusesTwo) {
  const fs::path here = put("QMA.json", sample("QMA").dump());
  EXPECT_NE(check({here}).cycle, nullptr);
  const fs::path there = put("other/QNB.json", sample("QNB").dump());
  EXPECT_EQ(check({there}).cycle, nullptr);
  put("other/cycle.yaml", must(read_file(kCycle, 1 << 20)));
  const std::vector<fs::path> both = {here, there};
  EXPECT_FALSE(check_paths(*workspace_, both, {}));
}

TEST_F(CheckPaths, RefusesACycleThatNamesAChapterTheFormLacks) {
  std::string cycle = must(read_file(kCycle, 1 << 20));
  const std::size_t chapters = cycle.find("chapters: [");
  ASSERT_NE(chapters, std::string::npos);
  cycle.insert(chapters + std::string_view("chapters: [").size(), "Z, ");
  put("cycle.yaml", cycle);
  const std::vector<fs::path> paths = {put("QMA.json", sample("QMA").dump())};
  const auto batch = check_paths(*workspace_, paths, {});
  ASSERT_FALSE(batch);
  EXPECT_NE(batch.error().what.find("\"Z\""), std::string::npos) << batch.error().what;
}

TEST_F(CheckPaths, GivesTheSameResultsWithOneJobAndWithMany) {
  for (const char* state : {"QMA", "QNB", "QPC", "QSE"})
    put(std::string(state) + ".json", sample(state).dump());
  BatchOptions one, many;
  one.jobs = 1;
  many.jobs = 8;
  const Batch first = check({in()}, one), second = check({in()}, many);
  EXPECT_EQ(render_json(first.form->form, std::vector<Report>{first.files[2].report}, "en"),
            render_json(second.form->form, std::vector<Report>{second.files[2].report}, "en"));
  EXPECT_EQ(exit_code(first), exit_code(second));
}

TEST_F(CheckPaths, ComparesWithTheFormerSubmissionOfTheSameState) {
  const fs::path now = put("QMA.json", sample("QMA").dump());
  BatchOptions options;
  options.previous = {put("before/QMA.json", sample("QMA").dump())};
  const Batch batch = check({now}, options);
  EXPECT_EQ(batch.previous.size(), 1u);
  options.previous = {in() / "before" / "none.json"};
  const std::vector<fs::path> paths = {now};
  EXPECT_FALSE(check_paths(*workspace_, paths, options));
}

TEST_F(CheckPaths, GivesASharedClosingsAnswersToTheBlocksItNames) {
  const Batch batch = check({put("QMA.json", sample("QMA").dump())});
  const Submission& submission = *batch.files[0].submission;
  EXPECT_TRUE(std::any_of(submission.answers.begin(), submission.answers.end(),
                          [](const Answer& answer) { return answer.origin == Origin::shared; }));
  EXPECT_EQ(batch.files[0].canonical.find("\"shared\""),
            std::string::npos);  // they stand in the register
}

}  // namespace
}  // namespace cosp::test
