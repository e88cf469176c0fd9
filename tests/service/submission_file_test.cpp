#include "service/submission_file.hpp"

#include <algorithm>

#include "generator/form_workbook.hpp"
#include "service/checking.hpp"
#include "tests/service/service_fixture.hpp"

namespace cosp::test {
namespace {

namespace fs = std::filesystem;

class SubmissionFiles : public ServiceTest {
 protected:
  Batch check(std::vector<fs::path> paths) {
    auto batch = check_paths(*workspace_, paths, {});
    EXPECT_TRUE(batch) << describe(batch.error());
    return batch ? std::move(*batch) : Batch{};
  }

  /// The workbook of a submission, beside it.
  fs::path workbook_of(const Batch& batch, std::size_t file, const std::string& language) {
    const CheckedSubmission& checked = batch.files.at(file);
    FormWorkbookOptions options;
    options.language = language;
    options.submission = checked.submission.get();
    options.surroundings.cycle = batch.cycle.get();
    fs::path path = in() / (checked.submission->header.submitter + "." + language + ".xlsx");
    const auto written = write_form_workbook(batch.form->form, options, path);
    EXPECT_TRUE(written) << describe(written.error());
    return path;
  }

  static std::vector<std::string> rules(const CheckedSubmission& file) {
    std::vector<std::string> names;
    for (const Finding& finding : file.report.findings) names.push_back(finding.rule);
    std::sort(names.begin(), names.end());
    return names;
  }
};

TEST_F(SubmissionFiles, SayTheSameAsAWorkbook) {
  for (const char* state : {"QMA", "QNB", "QPC", "QSE"}) {
    const Batch json = check({put(std::string(state) + ".json", sample(state).dump())});
    ASSERT_TRUE(json.files[0].submission);
    for (const char* language : {"en", "ar"}) {
      SCOPED_TRACE(std::string(state) + " " + language);
      const Batch workbook = check({workbook_of(json, 0, language)});
      const Report& report = workbook.files[0].report;
      EXPECT_EQ(workbook.files[0].canonical, json.files[0].canonical);
      EXPECT_EQ(workbook.files[0].contacts, json.files[0].contacts);
      EXPECT_EQ(rules(workbook.files[0]), rules(json.files[0]));
      ASSERT_TRUE(report.cells);
      EXPECT_EQ(report.cells->imported + report.cells->rejected + report.cells->ignored,
                report.cells->read);
      for (const Finding& finding : report.findings) EXPECT_EQ(finding.line, 0u);
      for (std::size_t i = 0; i < report.findings.size(); ++i)
        EXPECT_FALSE(report.findings[i].cell.empty()) << report.findings[i].rule;
    }
  }
}

TEST_F(SubmissionFiles, AreFoundInFoldersWhateverTheirKind) {
  const Batch json = check({put("QMA.json", sample("QMA").dump())});
  workbook_of(json, 0, "en");
  put("notes.txt", "not a submission");
  const Batch all = check({in()});
  ASSERT_EQ(all.files.size(), 2u);
  EXPECT_EQ(all.files[0].canonical, all.files[1].canonical);
}

TEST_F(SubmissionFiles, AreWhatTheyHoldNotWhatTheyAreCalled) {
  const Batch renamed = check({put("QMA.xlsx", sample("QMA").dump())});
  ASSERT_TRUE(renamed.files[0].submission);
  EXPECT_FALSE(renamed.files[0].report.cells);
  const fs::path workbook = workbook_of(renamed, 0, "en");
  const fs::path as_json = in() / "renamed.json";
  fs::rename(workbook, as_json);
  EXPECT_EQ(check({as_json}).files[0].canonical, renamed.files[0].canonical);
  EXPECT_EQ(rules(check({put("QNB.xlsx", "code;answer\r\n")}).files[0]),
            std::vector<std::string>{"text-not-workbook"});
  EXPECT_EQ(rules(check({put("QNB.json", "code;answer\r\n")}).files[0]),
            std::vector<std::string>{"not-json"});
}

TEST_F(SubmissionFiles, AreReadWithWhatTheyCover) {
  const Batch json = check({put("QMA.json", sample("QMA").dump())});
  const auto file = read_submission_file(workbook_of(json, 0, "en"), json.form->form);
  ASSERT_TRUE(file) << describe(file.error());
  EXPECT_TRUE(file->is_workbook);
  EXPECT_EQ(file->coverage.questions.size(), json.form->form.questions().size());
  EXPECT_EQ(file->coverage.registers.size(), json.form->form.registers().size());
  EXPECT_FALSE(read_submission_file(in() / "missing.xlsx", json.form->form));
}

}  // namespace
}  // namespace cosp::test
