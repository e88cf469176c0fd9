#include "tests/server/server_fixture.hpp"

#include <unistd.h>

#include <fstream>
#include <nlohmann/json.hpp>

namespace cosp::test {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kAt = "2029-01-01T00:00:00.000Z";

/// Loaded once for all tests of a run.
struct Prepared {
  std::unique_ptr<Workspace> workspace;
  std::shared_ptr<const PreparedForm> form;
  std::shared_ptr<const Cycle> cycle;
};

const Prepared& prepared() {
  static const Prepared made = [] {
    Prepared loaded;
    auto workspace = Workspace::open({fs::path("tests/support"), false});
    if (!workspace) throw std::runtime_error(describe(workspace.error()));
    loaded.workspace = std::move(*workspace);
    auto cycle = loaded.workspace->cycle("tests/support/cycles/night-skies-third-round.yaml");
    if (!cycle) throw std::runtime_error(describe(cycle.error()));
    loaded.cycle = *cycle;
    auto form =
        loaded.workspace->form(loaded.cycle->forms.front().id, loaded.cycle->forms.front().version);
    if (!form) throw std::runtime_error(describe(form.error()));
    loaded.form = *form;
    return loaded;
  }();
  return made;
}

}  // namespace

void ServerTest::SetUp() {
  folder_ =
      fs::temp_directory_path() / ("cosp-server-" + std::to_string(::getpid()) + "-" +
                                   ::testing::UnitTest::GetInstance()->current_test_info()->name());
  fs::remove_all(folder_);
  fs::create_directories(folder_);
  form_ = prepared().form;
  cycle_ = prepared().cycle;
  auto store = open_store(folder_ / "store.sqlite", std::chrono::milliseconds(300));
  ASSERT_TRUE(store) << describe(store.error());
  store_ = std::move(*store);
  options_.port = 0;
}

void ServerTest::TearDown() {
  server_.reset();
  store_.reset();
  fs::remove_all(folder_);
}

void ServerTest::start(const ServerOptions& options) {
  auto server = Server::start(options, form_, cycle_, store_);
  ASSERT_TRUE(server) << describe(server.error());
  server_ = std::move(*server);
}

nlohmann::json ServerTest::sample(const std::string& submitter) {
  std::ifstream in("tests/support/submissions/night-skies-report/" + submitter + ".json");
  return nlohmann::json::parse(in);
}

std::string ServerTest::token(const std::string& submitter) {
  return *store_->create_token(submitter, kAt);
}

std::string ServerTest::authorization(const std::string& submitter) {
  return "Authorization: Bearer " + token(submitter) + "\r\n";
}

std::string ServerTest::request(const std::string& method, const std::string& path,
                                const std::string& headers, const std::string& body) {
  std::string text = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers;
  if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  return text + "\r\n" + body;
}

Answer ServerTest::get(const std::string& path, const std::string& headers) const {
  return exchange(port(), request("GET", path, headers));
}

Answer ServerTest::upload(const std::string& body, const std::string& headers) const {
  return exchange(port(), request("POST", path("/submissions"),
                                  headers + "Content-Type: application/json\r\n", body));
}

std::size_t ServerTest::kept(const std::string& submitter) const {
  return store_->arrivals(kCycle, submitter)->size();
}

std::size_t ServerTest::revisions(const std::string& submitter) const {
  return store_->revisions(kCycle, submitter)->size();
}

void expect_problem(const Answer& answer, const Form& form, const std::string& code, int status,
                    const std::string& language) {
  SCOPED_TRACE(answer.raw.substr(0, 600));
  EXPECT_EQ(answer.status, status);
  EXPECT_EQ(answer.header("content-type"), "application/problem+json");
  EXPECT_EQ(answer.header("content-language"), language);
  EXPECT_EQ(answer.header("connection"), "Close");
  EXPECT_EQ(answer.header("content-length"), std::to_string(answer.body.size()));
  const auto body = nlohmann::json::parse(answer.body, nullptr, false);
  ASSERT_TRUE(body.is_object());
  ASSERT_TRUE(body.contains("type") && body["status"].is_number());
  EXPECT_EQ(body["type"], "urn:cosp:problem:" + code);
  EXPECT_EQ(body["status"], status);
  EXPECT_EQ(body.value("title", ""),
            form.text("problem." + code + ".title", form.language(language)).value);
  EXPECT_NE(body.value("detail", ""), "");
  EXPECT_EQ(body.value("detail", "").find('{'), std::string::npos);
}

}  // namespace cosp::test
