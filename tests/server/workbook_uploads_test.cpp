#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/file.hpp"
#include "generator/form_workbook.hpp"
#include "service/submission_file.hpp"
#include "tests/server/server_fixture.hpp"

namespace cosp::test {
namespace {

using nlohmann::json;

class WorkbookUploads : public ServerTest {
 protected:
  void SetUp() override {
    ServerTest::SetUp();
    start();
    mine_ = authorization("QMA");
  }

  /// The sample of a State as a workbook.
  std::string workbook(const std::string& state) {
    SubmissionReader reader;
    std::string bytes = sample(state).dump();
    const ReadSubmission read = reader.read(bytes, form_->form);
    FormWorkbookOptions options;
    options.language = "en";
    options.submission = &read.submission;
    options.surroundings.cycle = cycle_.get();
    const std::filesystem::path path = folder_ / "workbook.xlsx";
    EXPECT_TRUE(write_form_workbook(form_->form, options, path));
    auto written = read_file(path, 20u << 20);
    EXPECT_TRUE(written);
    return written ? *written : std::string();
  }

  Answer send(const std::string& body, std::string_view type) {
    return exchange(port(), request("POST", path("/submissions"),
                                    mine_ + "Content-Type: " + std::string(type) + "\r\n", body));
  }

  std::string mine_;
};

TEST_F(WorkbookUploads, SayTheSameAsJson) {
  ASSERT_EQ(upload(sample("QMA").dump(), mine_).status, 201);
  const Answer again = send(workbook("QMA"), kXlsxType);
  EXPECT_EQ(again.status, 200) << again.raw.substr(0, 2'000);
  EXPECT_EQ(json::parse(again.body)["receipt"]["unchanged"], true);
}

TEST_F(WorkbookUploads, AreKeptAsTheyCameAndReportedOnAgainByTheirCells) {
  const std::string bytes = workbook("QMA");
  const Answer answer = send(bytes, kXlsxType);
  ASSERT_EQ(answer.status, 201) << answer.raw.substr(0, 2'000);
  const json first = json::parse(answer.body)["report"]["files"][0];
  EXPECT_GT(first["cells"]["imported"], 0);
  const auto arrivals = store_->arrivals(kCycle, "QMA");
  ASSERT_TRUE(arrivals);
  const auto original = store_->original(arrivals->front().arrival);
  ASSERT_TRUE(original);
  EXPECT_EQ(*original, bytes);
  const Answer later = get(path("/submissions/QMA/1/findings"), mine_);
  ASSERT_EQ(later.status, 200) << later.raw.substr(0, 2'000);
  EXPECT_EQ(json::parse(later.body)["files"][0]["cells"], first["cells"]);
  EXPECT_EQ(json::parse(later.body)["files"][0]["findings"], first["findings"]);
}

TEST_F(WorkbookUploads, ThatCannotBeReadAreToldWhatTheyAre) {
  const Answer csv = send("code;answer\r\n", kOdsType);
  EXPECT_EQ(csv.status, 400);
  EXPECT_NE(csv.body.find("text-not-workbook"), std::string::npos);
  EXPECT_EQ(kept("QMA"), 1u);
  EXPECT_EQ(send("<x/>", "application/xml").status, 415);
}

}  // namespace
}  // namespace cosp::test
