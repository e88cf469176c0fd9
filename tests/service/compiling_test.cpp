#include "service/compiling.hpp"

#include <algorithm>

#include "tests/service/service_fixture.hpp"

namespace cosp::test {
namespace {

namespace fs = std::filesystem;

class Compile : public ServiceTest {
 protected:
  Result<CompileSummary> compile_in(CompileRequest request = {}) {
    const std::vector<fs::path> paths = {in()};
    batch_ = std::make_unique<Batch>(std::move(*check_paths(*workspace_, paths, {})));
    std::vector<Offered> offered;
    for (const CheckedSubmission& file : batch_->files) offered.push_back({&file, received_, 0});
    request.output = out();
    return compile(*workspace_, *batch_->form, *batch_->cycle, offered, request);
  }

  static bool is_left_out(const CompileSummary& summary, std::string_view file,
                          std::string_view why) {
    return std::any_of(summary.left_out.begin(), summary.left_out.end(), [&](const LeftOut& left) {
      return left.file.ends_with(file) && left.why.find(why) != std::string::npos;
    });
  }

  std::unique_ptr<Batch> batch_;
  std::optional<Date> received_;
};

TEST_F(Compile, CountsTheHighestRevisionAndTellsWhatItLeavesOut) {
  nlohmann::json second = sample("QMA"), third = sample("QMA"), draft = sample("QNB");
  second["revision"] = 2;
  third["revision"] = 3;
  draft["stage"] = "draft";
  put("a.json", second.dump());
  put("b.json", third.dump());
  put("c.json", sample("QMA").dump());
  put("d.json", draft.dump());
  put("e.json", sample("QSE").dump());  // another cycle: blocked
  put("f.json", "{");
  const auto summary = compile_in();
  ASSERT_TRUE(summary) << describe(summary.error());
  EXPECT_EQ(summary->counted, 1u);
  EXPECT_TRUE(is_left_out(*summary, "a.json", "superseded by revision 3"));
  EXPECT_TRUE(is_left_out(*summary, "c.json", "superseded by revision 3"));
  EXPECT_TRUE(is_left_out(*summary, "d.json", "draft"));
  EXPECT_TRUE(is_left_out(*summary, "e.json", "blocked"));
  EXPECT_TRUE(is_left_out(*summary, "f.json", "unreadable"));
  const std::string manifest = must(read_file(out() / "secretariat" / "manifest.json", 1 << 20));
  EXPECT_NE(manifest.find("\"b.json\""), std::string::npos);
}

TEST_F(Compile, TellsOfTwoFilesOfOneRevision) {
  put("a.json", sample("QMA").dump());
  put("b.json", sample("QMA").dump());
  EXPECT_TRUE(is_left_out(*compile_in(), "b.json", "a second file of revision 1"));
}

TEST_F(Compile, LeavesOutWhatCameAfterTheCutOff) {
  put("a.json", sample("QMA").dump());
  received_ = Date::parse("2035-01-01");
  EXPECT_TRUE(is_left_out(*compile_in(), "a.json", "after the cut-off"));
}

TEST_F(Compile, GivesTheSourceLanguageForOneThatTheFormLacks) {
  put("a.json", sample("QMA").dump());
  CompileRequest request;
  request.languages = {"pt", "en"};
  const auto summary = compile_in(request);
  ASSERT_TRUE(summary);
  for (const std::string& file : summary->files) EXPECT_EQ(file.find(".pt."), std::string::npos);
  EXPECT_TRUE(std::any_of(summary->files.begin(), summary->files.end(),
                          [](const std::string& file) { return file.ends_with(".en.xlsx"); }));
}

TEST_F(Compile, RefusesOfficialDocumentsInALanguageThatIsNotReviewed) {
  put("a.json", sample("QMA").dump());
  ASSERT_TRUE(compile_in());
  Cycle official = *batch_->cycle;
  official.purpose = Purpose::official;
  const std::vector<Offered> offered = {{&batch_->files.front(), received_, 0}};
  CompileRequest request;
  request.output = in() / "official";
  const auto refused = compile(*workspace_, *batch_->form, official, offered, request);
  ASSERT_FALSE(refused);
  const TextCounts& counts = batch_->form->form.tables().text_counts[1];
  EXPECT_EQ(refused.error().kind, Error::Kind::bad_input);
  EXPECT_NE(refused.error().what.find(std::to_string(counts.not_reviewed()) + " of the " +
                                      std::to_string(counts.not_reviewed() + counts.reviewed) +
                                      " texts in \"ar\" are not reviewed"),
            std::string::npos)
      << refused.error().what;
  EXPECT_FALSE(fs::exists(request.output));
  request.languages = {"en"};
  EXPECT_TRUE(compile(*workspace_, *batch_->form, official, offered, request));
}

TEST_F(Compile, NamesTheNearestProductAndTouchesNothing) {
  put("a.json", sample("QMA").dump());
  CompileRequest request;
  request.only = {"night-skies-reviews"};
  const auto summary = compile_in(request);
  ASSERT_FALSE(summary);
  EXPECT_NE(summary.error().what.find("did you mean \"night-skies-review\"?"), std::string::npos);
  EXPECT_FALSE(fs::exists(out()));
}

TEST_F(Compile, ReplacesItsOwnFolderAndNoOther) {
  put("a.json", sample("QMA").dump());
  ASSERT_TRUE(compile_in());
  ASSERT_TRUE(compile_in());
  fs::remove_all(out());
  fs::create_directories(out());
  ASSERT_TRUE(write_file(out() / "letter.txt", "dear"));
  EXPECT_FALSE(compile_in());
  EXPECT_TRUE(fs::exists(out() / "letter.txt"));
}

}  // namespace
}  // namespace cosp::test
