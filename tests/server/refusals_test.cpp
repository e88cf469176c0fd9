#include <nlohmann/json.hpp>

#include "server/problems.hpp"
#include "tests/server/server_fixture.hpp"

namespace cosp::test {
namespace {

class Refusals : public ServerTest {
 protected:
  void SetUp() override {
    ServerTest::SetUp();
    start();
  }
  void expect(const Answer& answer, const std::string& code, int status,
              const std::string& language = "en") const {
    expect_problem(answer, form_->form, code, status, language);
  }
};

TEST_F(Refusals, HaveWordsInEveryLanguageOfTheForm) {
  for (const Problem& entry : problems()) {
    SCOPED_TRACE(entry.code);
    for (const char* part : {"title", "detail"})
      EXPECT_NE(
          form_->form
              .text("problem." + std::string(entry.code) + "." + part, form_->form.language("en"))
              .value,
          "");
  }
}

TEST_F(Refusals, AskForAToken) {
  const std::string body = sample("QMA").dump();
  const Answer none = upload(body, "");
  expect(none, "token-missing", 401);
  EXPECT_EQ(none.header("www-authenticate"), "Bearer");
  expect(upload(body, "Authorization: Basic cXE6cXE=\r\n"), "token-missing", 401);
  expect(upload(body, "Authorization: Bearer \r\n"), "token-missing", 401);
  expect(get(path("/submissions/QMA/1")), "token-missing", 401);
  EXPECT_EQ(kept("QMA"), 0u);
}

TEST_F(Refusals, TakeNeitherGuessedNorRevokedTokens) {
  expect(upload(sample("QMA").dump(), "Authorization: Bearer guessed\r\n"), "token-unknown", 401);
  const std::string revoked = token("QMA");
  ASSERT_TRUE(store_->revoke_token(revoked, "2029-01-02T00:00:00.000Z"));
  expect(upload(sample("QMA").dump(), "Authorization: Bearer " + revoked + "\r\n"), "token-unknown",
         401);
  // The id names a token in lists; it must not open anything.
  const auto tokens = store_->tokens();
  expect(upload(sample("QMA").dump(), "Authorization: Bearer " + tokens->front().id + "\r\n"),
         "token-unknown", 401);
  EXPECT_EQ(kept("QMA"), 0u);
}

TEST_F(Refusals, KeepNothingOfAnotherStatesFile) {
  const Answer answer = upload(sample("QNB").dump(), authorization("QMA"));
  expect(answer, "foreign-submitter", 403);
  EXPECT_EQ(answer.body.find("QNB"), std::string::npos);
  EXPECT_EQ(kept("QMA"), 0u);
  EXPECT_EQ(kept("QNB"), 0u);
}

TEST_F(Refusals, DoNotTellWhetherAnotherStateHasReported) {
  ASSERT_EQ(upload(sample("QMA").dump(), authorization("QMA")).status, 201);
  const std::string other = authorization("QNB");
  const Answer there = get(path("/submissions/QMA/1"), other);
  expect(there, "foreign-submitter", 403);
  const Answer not_there = get(path("/submissions/QMA/2"), other);
  EXPECT_EQ(not_there.body, there.body);
  expect(get(path("/submissions/QMA/1/findings"), other), "foreign-submitter", 403);
}

TEST_F(Refusals, FindNothingUnderUnknownAddresses) {
  const std::string mine = authorization("QMA");
  for (const std::string& address :
       {std::string("/"), std::string("/api/v1/cycles/other/status"), path(""), path("/"),
        path("/submissions/"), path("/submissions/QMA"), path("/submissions/QMA/0"),
        path("/submissions/QMA/1x"), path("/submissions/QMA/-1"),
        path("/submissions/QMA/4294967297"), path("/submissions/QMA/1/findings/"),
        path("/submissions/QMA/1/other"), path("/status/"), path("/../status"),
        std::string("/health/"), path("/submissions/QMA/9")}) {
    SCOPED_TRACE(address);
    expect(get(address, mine), "not-found", 404);
  }
  expect(exchange(port(), request("POST", "/api/v1/cycles/other/submissions", mine, "{}")),
         "not-found", 404);
}

TEST_F(Refusals, NameTheMethodsThatAnAddressTakes) {
  const Answer put =
      exchange(port(), request("PUT", path("/submissions"), authorization("QMA"), "{}"));
  expect(put, "method-not-allowed", 405);
  EXPECT_EQ(put.header("allow"), "POST");
  const Answer posted = exchange(port(), request("POST", "/health", "", "{}"));
  expect(posted, "method-not-allowed", 405);
  EXPECT_EQ(posted.header("allow"), "GET, HEAD");
  EXPECT_EQ(
      exchange(port(), request("DELETE", path("/submissions/QMA/1"), authorization("QMA"))).status,
      405);
}

TEST_F(Refusals, WantALengthAndNoChunks) {
  const std::string head = authorization("QMA") + "Content-Type: application/json\r\n";
  expect(exchange(port(), request("POST", path("/submissions"), head)), "length-required", 411);
  expect(exchange(port(),
                  request("POST", path("/submissions"), head + "Transfer-Encoding: chunked\r\n") +
                      "2\r\n{}\r\n0\r\n\r\n"),
         "length-required", 411);
  EXPECT_EQ(kept("QMA"), 0u);
}

TEST_F(Refusals, WantPlainJson) {
  const std::string mine = authorization("QMA");
  const auto typed = [&](const std::string& headers) {
    return exchange(port(), request("POST", path("/submissions"), mine + headers, "{}"));
  };
  expect(typed(""), "media-type", 415);
  expect(typed("Content-Type: text/plain\r\n"), "media-type", 415);
  expect(typed("Content-Type: application/json-seq\r\n"), "media-type", 415);
  expect(typed("Content-Type: multipart/form-data; boundary=x\r\n"), "media-type", 415);
  const Answer zipped = typed("Content-Type: application/json\r\nContent-Encoding: gzip\r\n");
  expect(zipped, "media-type", 415);
  EXPECT_EQ(zipped.header("accept-encoding"), "identity");
  EXPECT_EQ(kept("QMA"), 0u);
  // Kept, since it is JSON, though no submission.
  EXPECT_EQ(typed("Content-Type: Application/JSON; charset=utf-8\r\n").status, 422);
}

TEST_F(Refusals, SeeContradictionsInTheHead) {
  const std::string mine = authorization("QMA") + "Content-Type: application/json\r\n";
  const std::string start =
      "POST " + path("/submissions") + " HTTP/1.1\r\nHost: localhost\r\n" + mine;
  struct Case {
    const char* what;
    std::string bytes;
  };
  const Case cases[] = {
      {"two lengths", start + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}"},
      {"a list of lengths", start + "Content-Length: 2, 2\r\n\r\n{}"},
      {"a length that is no number", start + "Content-Length: abc\r\n\r\n{}"},
      {"a length below zero", start + "Content-Length: -2\r\n\r\n{}"},
      {"a length with a sign", start + "Content-Length: +2\r\n\r\n{}"},
      {"a length above 64 bits", start + "Content-Length: 99999999999999999999\r\n\r\n{}"},
      {"length and chunks",
       start + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"},
      {"a space before the colon", start + "Content-Length : 2\r\n\r\n{}"},
      {"two types", start + "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}"},
      {"two tokens", start + "Authorization: Bearer x\r\nContent-Length: 2\r\n\r\n{}"},
      {"two hosts", start + "Host: other\r\nContent-Length: 2\r\n\r\n{}"},
      {"no host", "GET /health HTTP/1.1\r\n\r\n"},
      {"a NUL in a header",
       std::string("GET /health HTTP/1.1\r\nHost: x\r\nX-A: a") + '\0' + "b\r\n\r\n"},
      {"an escape in a header", "GET /health HTTP/1.1\r\nHost: x\r\nX-A: a\x1B[31m\r\n\r\n"},
      {"a name that is no token", "GET /health HTTP/1.1\r\nHost: x\r\nX(A): a\r\n\r\n"},
      {"HTTP/9.9", "GET /health HTTP/9.9\r\nHost: x\r\n\r\n"},
      {"no version", "GET /health\r\nHost: x\r\n\r\n"},
      {"noise", "\x16\x03\x01\x02\r\n\r\n\r\n"},
  };
  for (const Case& bad : cases) {
    SCOPED_TRACE(bad.what);
    expect(exchange(port(), bad.bytes), "bad-request", 400);
  }
  EXPECT_EQ(kept("QMA"), 0u);
}

TEST_F(Refusals, AreToldInTheLanguageAskedFor) {
  expect(get("/nowhere", "Accept-Language: ar, en;q=0.5\r\n"), "not-found", 404, "ar");
  expect(get("/nowhere", "Accept-Language: tlh\r\n"), "not-found", 404, "en");
}

TEST_F(Refusals, AreTextForWhoAcceptsOnlyText) {
  const Answer answer = get("/nowhere", "Accept: text/plain\r\n");
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.header("content-type"), "text/plain; charset=utf-8");
  EXPECT_TRUE(answer.body.starts_with(
      std::string(form_->form.text("problem.not-found.title", 0).value) + "\n"));
}

TEST_F(Refusals, ComeBeforeTheBodyWhenTheClientWaitsForThem) {
  const Client client(port());
  client.send("POST " + path("/submissions") + " HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n" +
              "Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n");
  const Answer answer = client.answer();
  expect(answer, "token-missing", 401);
  EXPECT_EQ(answer.raw.find("100 Continue"), std::string::npos);
}

TEST_F(Refusals, SayThatTheStoreFailedAndKeepNothing) {
  const std::string mine = authorization("QMA");
  std::filesystem::resize_file(folder_ / "store.sqlite-wal", 0);  // as a failing disk would
  std::filesystem::resize_file(folder_ / "store.sqlite", 100);
  expect(upload(sample("QMA").dump(), mine), "store-failed", 500);
}

}  // namespace
}  // namespace cosp::test
