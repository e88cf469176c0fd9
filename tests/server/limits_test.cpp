#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/Session.h>

#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>
#include <vector>

#include "tests/server/server_fixture.hpp"

namespace cosp::test {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

class Limits : public ServerTest {
 protected:
  std::string upload_head(const std::string& authorized, std::uint64_t length) const {
    return "POST " + path("/submissions") + " HTTP/1.1\r\nHost: x\r\n" + authorized +
           "Content-Type: application/json\r\nContent-Length: " + std::to_string(length) +
           "\r\n\r\n";
  }
};

TEST_F(Limits, RefuseALargeUploadBeforeItsBodyHasCome) {
  start();
  const Client client(port());
  client.send(upload_head(authorization("QMA"), std::uint64_t{1} << 40));
  const auto begin = Clock::now();
  client.send("{");
  std::string answer = client.receive();  // without closing, and without sending the rest
  EXPECT_LT(Clock::now() - begin, std::chrono::seconds(5));
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 413 Content Too Large\r\n")) << answer;
  client.finish();
  answer += client.answer().raw;
  expect_problem(parse_answer(answer), form_->form, "too-large", 413);
}

TEST_F(Limits, TakeAnUploadOfExactlyTheLimitAndNotOneByteMore) {
  options_.upload_bytes = 1 << 20;
  start();
  const std::string mine = authorization("QMA");
  std::string body = sample("QMA").dump();
  body += std::string(options_.upload_bytes - body.size(), ' ');
  EXPECT_EQ(upload(body, mine).status, 201);
  expect_problem(upload(body + " ", mine), form_->form, "too-large", 413);
  EXPECT_EQ(kept("QMA"), 1u);
}

TEST_F(Limits, LetAClientReadItsRefusalThoughItSendsEverythingFirst) {
  start();
  const std::string body(12u << 20, ' ');
  expect_problem(upload(body, "Authorization: Bearer guessed\r\n"), form_->form, "token-unknown",
                 401);
}

TEST_F(Limits, RefuseAMegabyteOfHeaders) {
  start();
  std::string many = "GET /health HTTP/1.1\r\nHost: x\r\n";
  for (int i = 0; i < 30'000; ++i)
    many += "X-" + std::to_string(i) + ": some twenty characters\r\n";
  expect_problem(exchange(port(), many + "\r\n"), form_->form, "bad-request", 400);
  const std::string one =
      "GET /health HTTP/1.1\r\nHost: x\r\nX-A: " + std::string(1u << 20, 'a') + "\r\n\r\n";
  expect_problem(exchange(port(), one), form_->form, "bad-request", 400);
  const std::string address = "GET /" + std::string(1u << 20, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n";
  expect_problem(exchange(port(), address), form_->form, "bad-request", 400);
}

TEST_F(Limits, KeepNothingOfAConnectionThatWasCut) {
  start();
  const std::string mine = authorization("QMA");
  const std::string body = sample("QMA").dump();
  for (const std::size_t sent :
       {std::size_t{0}, std::size_t{1}, body.size() / 2, body.size() - 1}) {
    const Client client(port());
    client.send(upload_head(mine, body.size()) + body.substr(0, sent));
  }
  {
    const Client client(port());
    client.send(upload_head(mine, body.size()) + body.substr(0, 100));
    client.finish();  // half closed: it can still be told
    expect_problem(client.answer(), form_->form, "bad-request", 400);
  }
  stop();
  EXPECT_EQ(kept("QMA"), 0u);
  EXPECT_EQ(revisions("QMA"), 0u);
}

TEST_F(Limits, CutAHeadThatComesTooSlowly) {
  options_.head_timeout_s = 1;
  options_.linger_timeout_s = 1;
  start();
  const Client client(port());
  const auto begin = Clock::now();
  client.send("GET /health HTTP/1.1\r\nHost: x\r\n");
  while (client.send("X") && Clock::now() - begin < std::chrono::seconds(15))
    std::this_thread::sleep_for(milliseconds(50));
  EXPECT_LT(Clock::now() - begin, std::chrono::seconds(8));
  EXPECT_GT(Clock::now() - begin, milliseconds(900));
}

TEST_F(Limits, CutABodyThatComesTooSlowly) {
  options_.head_timeout_s = 1;
  options_.body_timeout_s = 2;
  options_.linger_timeout_s = 1;
  start();
  const std::string body = sample("QMA").dump();
  const Client client(port());
  const auto begin = Clock::now();
  client.send(upload_head(authorization("QMA"), body.size()));
  for (std::size_t i = 0; client.send(body.substr(i % body.size(), 1)); ++i) {
    if (Clock::now() - begin > std::chrono::seconds(15)) break;
    std::this_thread::sleep_for(milliseconds(100));
  }
  EXPECT_LT(Clock::now() - begin, std::chrono::seconds(10));
  EXPECT_GT(Clock::now() - begin,
            milliseconds(1500));  // longer than the head's second: there was a token
  stop();
  EXPECT_EQ(kept("QMA"), 0u);
}

TEST_F(Limits, AnswerWhileTwoHundredConnectionsAreIdle) {
  start();
  std::vector<std::unique_ptr<Client>> idle;
  idle.reserve(200);
  for (int i = 0; i < 200; ++i) idle.push_back(std::make_unique<Client>(port()));
  const auto begin = Clock::now();
  EXPECT_EQ(get("/health").status, 200);
  EXPECT_EQ(upload(sample("QMA").dump(), authorization("QMA")).status, 201);
  EXPECT_LT(Clock::now() - begin, std::chrono::seconds(4));
}

TEST_F(Limits, TellAStateThatUploadsTooMuchAtOnceToComeBackAndLetOthersIn) {
  options_.uploads_per_state = 2;
  start();
  const std::string mine = authorization("QMA");
  const std::string body = sample("QMA").dump();
  std::vector<std::unique_ptr<Client>> slow;
  for (int i = 0; i < 2; ++i) {
    slow.push_back(std::make_unique<Client>(port()));
    slow.back()->send(
        "POST " + path("/submissions") + " HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n" + mine +
        "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
        "\r\n\r\n");
    ASSERT_EQ(slow.back()->receive(), "HTTP/1.1 100 Continue\r\n\r\n");  // it sits
  }
  const Answer third = upload(body, mine);
  expect_problem(third, form_->form, "busy", 503);
  EXPECT_EQ(third.header("retry-after"), "5");
  EXPECT_EQ(upload(sample("QNB").dump(), authorization("QNB")).status, 201);
  slow.front()->send(body);
  EXPECT_EQ(slow.front()->answer().status, 201);
  EXPECT_EQ(upload(body, mine).status, 200);
}

TEST_F(Limits, TellEverybodyToComeBackWhenAllSeatsAreTaken) {
  options_.uploads_at_once = 0;
  start();
  expect_problem(upload(sample("QMA").dump(), authorization("QMA")), form_->form, "busy", 503);
  EXPECT_EQ(kept("QMA"), 0u);
}

TEST_F(Limits, GiveUpWhenAnotherProgramKeepsTheStore) {
  start();
  const std::string mine = authorization("QMA");
  Poco::Data::SQLite::Connector::registerConnector();
  Poco::Data::Session other("SQLite", (folder_ / "store.sqlite").string());
  other << "BEGIN IMMEDIATE", Poco::Data::Keywords::now;
  expect_problem(upload(sample("QMA").dump(), mine), form_->form, "store-failed", 500);
  other << "ROLLBACK", Poco::Data::Keywords::now;
  EXPECT_EQ(upload(sample("QMA").dump(), mine).status, 201);
  EXPECT_EQ(kept("QMA"), 1u);
}

TEST_F(Limits, CheckManyUploadsAtOnceWithoutMixingThem) {
  options_.checks_at_once = 2;
  start();
  const std::vector<std::string> states = {"QMA", "QNB", "QPC"};
  std::vector<std::string> tokens;
  tokens.reserve(states.size());
  for (const std::string& state : states) tokens.push_back(authorization(state));
  std::vector<std::jthread> threads;
  threads.reserve(states.size());
  for (std::size_t i = 0; i < states.size(); ++i)
    threads.emplace_back([this, &states, &tokens, i] {
      for (int n = 0; n < 5; ++n) {
        nlohmann::json changed = sample(states[i]);
        changed["answers"]["cover.desk"] = {{"value", {{"en", states[i] + std::to_string(n)}}},
                                            {"original", "en"}};
        const Answer answer = upload(changed.dump(), tokens[i]);
        EXPECT_EQ(answer.status, 201) << answer.raw;
        EXPECT_EQ(answer.header("location"),
                  path("/submissions/" + states[i] + "/" + std::to_string(n + 1)));
      }
    });
  threads.clear();
  for (const std::string& state : states) {
    const auto rows = store_->revisions(kCycle, state);
    for (const StoredRevision& row : *rows)
      EXPECT_NE((*store_->revision(kCycle, state, row.revision))
                    ->canonical.find(state + std::to_string(row.revision - 1)),
                std::string::npos);
    EXPECT_EQ(revisions(state), 5u);
  }
}

}  // namespace
}  // namespace cosp::test
