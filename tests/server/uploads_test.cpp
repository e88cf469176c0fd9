#include <nlohmann/json.hpp>

#include "base/digest.hpp"
#include "tests/server/server_fixture.hpp"

namespace cosp::test {
namespace {

using nlohmann::json;

class Uploads : public ServerTest {
 protected:
  void SetUp() override {
    ServerTest::SetUp();
    start();
    mine_ = authorization("QMA");
  }
  static json body_of(const Answer& answer) { return json::parse(answer.body, nullptr, false); }
  static std::string corrected() {
    json changed = sample("QMA");
    changed["answers"]["skyglow.lamps"]["value"] = "250001";
    return changed.dump();
  }

  std::string mine_;
};

TEST_F(Uploads, AreAcknowledgedWithReceiptAndReport) {
  const Answer answer = upload(sample("QMA").dump(), mine_);
  ASSERT_EQ(answer.status, 201) << answer.raw;
  EXPECT_EQ(answer.status_line, "HTTP/1.1 201 Created");
  EXPECT_EQ(answer.header("content-type"), "application/json");
  EXPECT_EQ(answer.header("location"), path("/submissions/QMA/1"));
  const json body = body_of(answer);
  const json& receipt = body["receipt"];
  EXPECT_EQ(receipt["cycle"], kCycle);
  EXPECT_EQ(receipt["submitter"], "QMA");
  EXPECT_EQ(receipt["revision"], 1);
  EXPECT_EQ(receipt["unchanged"], false);
  EXPECT_EQ("\"" + receipt["digest"].get<std::string>() + "\"", answer.header("etag"));
  EXPECT_TRUE(body["report"].is_object());
  EXPECT_EQ(kept("QMA"), 1u);
}

TEST_F(Uploads, AreToldWhenNothingHasChanged) {
  ASSERT_EQ(upload(sample("QMA").dump(), mine_).status, 201);
  const Answer again = upload(sample("QMA").dump(2), mine_);  // other spaces, same answers
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(body_of(again)["receipt"]["unchanged"], true);
  EXPECT_EQ(body_of(again)["receipt"]["revision"], 1);
  EXPECT_EQ(revisions("QMA"), 1u);
  EXPECT_EQ(kept("QMA"), 2u);
}

TEST_F(Uploads, MakeACorrectionASecondRevisionAndKeepTheFirst) {
  const std::string first = body_of(upload(sample("QMA").dump(), mine_))["receipt"]["digest"];
  const Answer second = upload(corrected(), mine_);
  EXPECT_EQ(second.status, 201);
  EXPECT_EQ(second.header("location"), path("/submissions/QMA/2"));
  EXPECT_EQ(sha256_hex(get(path("/submissions/QMA/1"), mine_).body), first);
  EXPECT_EQ(sha256_hex(get(path("/submissions/QMA/2"), mine_).body),
            body_of(second)["receipt"]["digest"]);
}

TEST_F(Uploads, TellWhenTheFileSaysALowerRevisionThanTheLatestOne) {
  json later = json::parse(corrected());
  later["revision"] = 2;
  EXPECT_FALSE(body_of(upload(later.dump(), mine_))["receipt"].contains("lower_than_stated"));
  const json receipt = body_of(upload(sample("QMA").dump(), mine_))["receipt"];
  EXPECT_EQ(receipt["revision"], 2);  // the server's own count goes on
  EXPECT_EQ(receipt["stated_revision"], 1);
  EXPECT_EQ(receipt["lower_than_stated"], 2);
}

TEST_F(Uploads, OfOtherContactsAreARevisionToo) {
  json changed = sample("QMA");
  const std::string first = body_of(upload(changed.dump(), mine_))["receipt"]["digest"];
  changed["contacts"]["answers"]["cover.desk_email"]["value"] = "other@lamps.example";
  const json second = body_of(upload(changed.dump(), mine_))["receipt"];
  EXPECT_EQ(second["revision"], 2);
  EXPECT_EQ(second["digest"], first);
}

TEST_F(Uploads, GiveBackTheCanonicalFormWithoutContacts) {
  upload(sample("QMA").dump(), mine_);
  const Answer answer = get(path("/submissions/QMA/1"), mine_);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("etag"), "\"" + sha256_hex(answer.body) + "\"");
  EXPECT_EQ(answer.body, (*store_->revision(kCycle, "QMA", 1))->canonical);
  EXPECT_EQ(answer.body.find("desk@lamps.example"), std::string::npos);
}

TEST_F(Uploads, ThatCannotBeReadAreKeptAsTheyCame) {
  for (const std::string& bytes :
       {std::string("{\"format\": \"cosp"), std::string("\xFF\xFE\0{", 4), std::string("{}}"),
        std::string(200'000, '['), std::string("{\"a\":1,\"a\":2}")}) {
    SCOPED_TRACE(bytes.substr(0, 20));
    const std::size_t before = kept("QMA");
    const Answer answer = upload(bytes, mine_);
    expect_problem(answer, form_->form, "unreadable", 400);
    const json body = body_of(answer);
    EXPECT_EQ(body["receipt"]["outcome"], "unreadable");
    EXPECT_FALSE(body["receipt"].contains("revision"));
    EXPECT_FALSE(body["report"]["files"][0]["findings"].empty());
    ASSERT_EQ(kept("QMA"), before + 1);
    EXPECT_EQ(*store_->original(body["receipt"]["arrival"]), bytes);
  }
  EXPECT_EQ(revisions("QMA"), 0u);
}

TEST_F(Uploads, ThatAreEmptyAreKeptAsUnreadable) {
  const Answer answer =
      exchange(port(), request("POST", path("/submissions"),
                               mine_ + "Content-Type: application/json\r\nContent-Length: 0\r\n"));
  expect_problem(answer, form_->form, "unreadable", 400);
  EXPECT_EQ(kept("QMA"), 1u);
}

TEST_F(Uploads, ThatAreBlockedAreKeptButNoRevision) {
  json blocked = sample("QMA");
  blocked["cycle"] = "another-round";
  const Answer answer = upload(blocked.dump(), mine_);
  expect_problem(answer, form_->form, "blocked", 422);
  EXPECT_EQ(body_of(answer)["receipt"]["outcome"], "blocked");
  EXPECT_EQ(*store_->original(body_of(answer)["receipt"]["arrival"]), blocked.dump());
  EXPECT_EQ(revisions("QMA"), 0u);
}

TEST_F(Uploads, WithoutASubmitterAreBlockedAndKeptUnderTheToken) {
  json nameless = sample("QMA");
  nameless.erase("submitter");
  nameless["answers"].erase("cover.filed_by");
  EXPECT_EQ(upload(nameless.dump(), mine_).status, 422);
  EXPECT_EQ(kept("QMA"), 1u);
}

TEST_F(Uploads, GetTheirFindingsAgainInTextAndInAnotherLanguage) {
  const json first = body_of(upload(corrected(), mine_));
  const Answer again = get(path("/submissions/QMA/1/findings"), mine_);
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(body_of(again), first["report"]);
  const Answer text = get(path("/submissions/QMA/1/findings"), mine_ + "Accept: text/plain\r\n");
  EXPECT_EQ(text.header("content-type"), "text/plain; charset=utf-8");
  EXPECT_EQ(text.body, upload(corrected(), mine_ + "Accept: text/plain\r\n").body);
  const Answer arabic = get(path("/submissions/QMA/1/findings"), mine_ + "Accept-Language: ar\r\n");
  EXPECT_EQ(arabic.header("content-language"), "ar");
  EXPECT_NE(arabic.body, again.body);
}

TEST_F(Uploads, KeepTheirFindingsWhenContactsWereErased) {
  const json first = body_of(upload(sample("QMA").dump(), mine_));
  ASSERT_TRUE(store_->erase_contacts(first["receipt"]["arrival"], "2029-02-01T00:00:00.000Z"));
  const Answer again = get(path("/submissions/QMA/1/findings"), mine_);
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(body_of(again)["files"][0]["outcome"], first["receipt"]["outcome"]);
}

TEST_F(Uploads, ShowInTheStatusWhenFinalAndNotAsDrafts) {
  json draft = sample("QMA");
  draft["stage"] = "draft";
  ASSERT_EQ(upload(draft.dump(), mine_).status, 201);
  EXPECT_TRUE(body_of(get(path("/status")))["received"].empty());
  ASSERT_EQ(upload(corrected(), mine_).status, 201);
  const json status = body_of(get(path("/status")));
  ASSERT_EQ(status["received"].size(), 1u);
  EXPECT_EQ(status["received"][0]["submitter"], "QMA");
  EXPECT_EQ(status["received"][0].size(),
            2u);  // the code and the day; a number of revisions would tell of drafts
  EXPECT_EQ(status["purpose"], "test");
}

TEST_F(Uploads, AreInformedAboutByHeadWithoutABody) {
  upload(sample("QMA").dump(), mine_);
  const Answer whole = get(path("/submissions/QMA/1"), mine_);
  const Answer head = exchange(port(), request("HEAD", path("/submissions/QMA/1"), mine_));
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.body, "");
  EXPECT_EQ(head.header("content-length"), std::to_string(whole.body.size()));
  EXPECT_EQ(head.header("etag"), whole.header("etag"));
}

TEST_F(Uploads, WaitForTheWordToGoOn) {
  const std::string body = sample("QMA").dump();
  const Client client(port());
  client.send("POST " + path("/submissions") + " HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n" +
              mine_ + "Content-Type: application/json\r\nContent-Length: " +
              std::to_string(body.size()) + "\r\n\r\n");
  EXPECT_EQ(client.receive(), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send(body);
  EXPECT_EQ(client.answer().status, 201);
}

TEST_F(Uploads, AreTakenFromHttp10AndWithAWholeAddress) {
  EXPECT_EQ(exchange(port(), "GET /health HTTP/1.0\r\n\r\n").status, 200);
  EXPECT_EQ(exchange(port(), "GET http://localhost/health?x=1 HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .status,
            200);
}

TEST_F(Uploads, AreAnsweredByAServerThatIsWell) {
  const Answer answer = get("/health");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "{\"status\":\"ok\"}\n");
  EXPECT_EQ(answer.header("cache-control"), "no-store");
}

TEST_F(Uploads, AreOneRequestPerConnection) {
  const std::string one = request("GET", "/health");
  const Answer answer = exchange(port(), one + one);
  EXPECT_EQ(answer.header("connection"), "Close");
  EXPECT_EQ(answer.raw.find("HTTP/1.1", 10), std::string::npos);
}

}  // namespace
}  // namespace cosp::test
