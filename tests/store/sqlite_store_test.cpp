#include <gtest/gtest.h>

#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/Session.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <iterator>
#include <thread>

#include "store/store.hpp"

namespace cosp {
namespace {

namespace fs = std::filesystem;

class SqliteStore : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() /
              ("cosp-store-" + std::to_string(::getpid()) + "-" +
               ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    file_ = folder_ / "store.sqlite";
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::unique_ptr<Store> open() {
    auto store = open_store(file_);
    EXPECT_TRUE(store) << describe(store.error());
    return store ? std::move(*store) : nullptr;
  }

  std::string everything_on_disk() const {
    std::string bytes;
    for (const auto& entry : fs::directory_iterator(folder_)) {
      std::ifstream in(entry.path(), std::ios::binary);
      bytes.append(std::istreambuf_iterator<char>(in), {});
    }
    return bytes;
  }

  fs::path folder_, file_;
};

NewArrival arrival(std::string digest, Outcome outcome = Outcome::received_complete) {
  NewArrival made;
  made.cycle = "c1";
  made.submitter = "QMA";
  made.received_at = "2028-03-01T10:00:00.000Z";
  made.media_type = "application/json";
  made.original = std::string("bytes with a NUL \0 and SECRET-ORIGINAL", 38);
  made.outcome = outcome;
  made.token_id = "t";
  made.stage = Stage::final;
  made.form_id = "f";
  made.canonical = "{\"d\":\"" + digest + "\"}";
  made.digest = std::move(digest);
  made.contacts = "SECRET-CONTACT";
  made.contacts_digest = "k";
  return made;
}

TEST_F(SqliteStore, NumbersRevisionsAndKeepsEachOne) {
  const auto store = open();
  ASSERT_EQ(store->receive(arrival("a"))->revision, 1u);
  ASSERT_EQ(store->receive(arrival("b"))->revision, 2u);
  const auto all = store->revisions("c1", "QMA");
  ASSERT_EQ(all->size(), 2u);
  EXPECT_EQ((*store->revision("c1", "QMA", 1))->canonical, "{\"d\":\"a\"}");
  EXPECT_FALSE((*store->revision("c1", "QMA", 3)).has_value());
}

TEST_F(SqliteStore, TellsAnUnchangedSubmissionByFormContactsAndStage) {
  const auto store = open();
  (void)store->receive(arrival("a"));
  const auto again = store->receive(arrival("a"));
  EXPECT_TRUE(again->is_unchanged);
  EXPECT_EQ(again->revision, 1u);
  NewArrival draft = arrival("a");
  draft.stage = Stage::draft;
  EXPECT_FALSE(store->receive(draft)->is_unchanged);
  NewArrival contacts = arrival("a");
  contacts.stage = Stage::draft;
  contacts.contacts_digest = "other";
  EXPECT_EQ(store->receive(contacts)->revision, 3u);
}

TEST_F(SqliteStore, KeepsTheOriginalOfWhatItDoesNotReceive) {
  const auto store = open();
  const auto receipt = store->receive(arrival("a", Outcome::unreadable));
  EXPECT_EQ(receipt->revision, 0u);
  EXPECT_EQ(store->revisions("c1", "QMA")->size(), 0u);
  EXPECT_EQ(*store->original(receipt->arrival), arrival("a").original);
  const auto arrivals = store->arrivals("c1", "QMA");
  ASSERT_EQ(arrivals->size(), 1u);
  EXPECT_EQ(arrivals->front().outcome, Outcome::unreadable);
}

TEST_F(SqliteStore, GivesTheLatestFinalThoughADraftCameAfterIt) {
  const auto store = open();
  (void)store->receive(arrival("a"));
  NewArrival draft = arrival("b");
  draft.stage = Stage::draft;
  (void)store->receive(draft);
  const auto finals = store->latest_finals("c1");
  ASSERT_EQ(finals->size(), 1u);
  EXPECT_EQ(finals->front().digest, "a");
}

TEST_F(SqliteStore, LeavesNoContactInClearOnTheDisk) {
  {
    const auto store = open();
    (void)store->receive(arrival("a"));
  }
  const std::string disk = everything_on_disk();
  EXPECT_EQ(disk.find("SECRET-CONTACT"), std::string::npos);
  EXPECT_EQ(disk.find("SECRET-ORIGINAL"), std::string::npos);
  EXPECT_NE(disk.find("{\"d\":\"a\"}"), std::string::npos);  // the canonical form is open
}

TEST_F(SqliteStore, ErasesContactsAndKeepsTheRest) {
  const auto store = open();
  const auto receipt = store->receive(arrival("a"));
  EXPECT_EQ(*store->contacts(receipt->arrival), "SECRET-CONTACT");
  ASSERT_TRUE(store->erase_contacts(receipt->arrival, "2028-03-02T00:00:00.000Z"));
  EXPECT_EQ(store->contacts(receipt->arrival).error().kind, Error::Kind::not_found);
  EXPECT_EQ(store->original(receipt->arrival).error().kind, Error::Kind::not_found);
  EXPECT_EQ((*store->revision("c1", "QMA", 1))->digest, "a");
}

TEST_F(SqliteStore, BindsATokenToOneStateUntilItIsRevoked) {
  const auto store = open();
  const std::string token = *store->create_token("QMB", "2028-01-01T00:00:00.000Z");
  const auto found = store->find_token(token);
  ASSERT_TRUE(found->has_value());
  EXPECT_EQ((*found)->submitter, "QMB");
  EXPECT_FALSE((*store->find_token("guessed")).has_value());
  ASSERT_TRUE(store->revoke_token((*found)->id, "2028-01-02T00:00:00.000Z"));
  EXPECT_FALSE((*store->find_token(token)).has_value());
  EXPECT_EQ(store->revoke_token(token, "2028-01-02T00:00:00.000Z").error().kind,
            Error::Kind::not_found);
  EXPECT_EQ(everything_on_disk().find(token), std::string::npos);
}

TEST_F(SqliteStore, FindsEverythingAgainWhenReopened) {
  const std::string token = [&] {
    const auto store = open();
    (void)store->receive(arrival("a"));
    return *store->create_token("QMA", "2028-01-01T00:00:00.000Z");
  }();
  const auto store = open();
  EXPECT_TRUE((*store->find_token(token)).has_value());
  EXPECT_EQ(*store->contacts(store->revisions("c1", "QMA")->front().arrival), "SECRET-CONTACT");
}

TEST_F(SqliteStore, RefusesAFileThatIsNoStoreAndAStoreWithoutItsKey) {
  std::ofstream(file_) << "this is no data base at all, only some text that is long enough";
  std::ofstream(file_.string() + ".key") << "";
  EXPECT_FALSE(open_store(file_));
  fs::remove(file_);
  fs::remove(file_.string() + ".key");
  open();
  fs::remove(file_.string() + ".key");
  const auto without_key = open_store(file_);
  ASSERT_FALSE(without_key);
  EXPECT_EQ(without_key.error().kind, Error::Kind::not_found);
}

// What a strange hand may do to the file.
class TamperedStore : public SqliteStore {
 protected:
  void run(const std::string& statement) { session() << statement, Poco::Data::Keywords::now; }
  Poco::Data::Session session() {
    Poco::Data::SQLite::Connector::registerConnector();
    return Poco::Data::Session("SQLite", file_.string());
  }
};

TEST_F(TamperedStore, ReportsADataBaseThatAnotherProcessKeepsBusy) {
  auto store = open_store(file_, std::chrono::milliseconds(200));
  ASSERT_TRUE(store);
  auto other = session();
  other << "BEGIN IMMEDIATE", Poco::Data::Keywords::now;
  const auto refused = (*store)->receive(arrival("a"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, Error::Kind::io);
  other << "ROLLBACK", Poco::Data::Keywords::now;
  EXPECT_EQ((*store)->receive(arrival("a"))->arrival, 1);
}

TEST_F(TamperedStore, WaitsForAnotherProcessThatWritesForAMoment) {
  auto store = open_store(file_);
  ASSERT_TRUE(store);
  auto other = session();
  other << "BEGIN IMMEDIATE", Poco::Data::Keywords::now;
  std::jthread release([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    other << "COMMIT", Poco::Data::Keywords::now;
  });
  EXPECT_TRUE((*store)->receive(arrival("a")));
}

TEST_F(TamperedStore, RefusesTheStoreOfANewerRelease) {
  open();
  run("PRAGMA user_version = 1000");
  const auto refused = open_store(file_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, Error::Kind::bad_input);
  EXPECT_NE(refused.error().what.find("newer release"), std::string::npos);
}

TEST_F(TamperedStore, RefusesTheDataBaseOfAnotherProgramAndLeavesItAsItIs) {
  run("CREATE TABLE bookmarks (address TEXT)");
  std::ofstream(file_.string() + ".key") << std::string(32, 'k');
  fs::permissions(file_.string() + ".key", fs::perms::owner_read | fs::perms::owner_write);
  const std::string before = everything_on_disk();
  const auto refused = open_store(file_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, Error::Kind::bad_input);
  EXPECT_EQ(everything_on_disk(), before);
}

TEST_F(TamperedStore, ReportsADamagedFileInsteadOfReadingNoise) {
  {
    const auto store = open();
    NewArrival big = arrival("a");
    big.canonical = std::string(200'000, 'x');
    (void)store->receive(big);
  }
  {
    std::fstream file(file_, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(4096);
    const std::string noise(static_cast<std::size_t>(fs::file_size(file_)) - 4096, '\x5A');
    file.write(noise.data(), static_cast<std::streamsize>(noise.size()));
  }
  const auto store = open_store(file_);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().kind, Error::Kind::io);
}

TEST_F(TamperedStore, RefusesTheKeyOfAnotherStore) {
  open();
  const std::string key_file = file_.string() + ".key";
  fs::remove(key_file);
  std::ofstream(key_file) << std::string(32, 'k');
  fs::permissions(key_file, fs::perms::owner_read | fs::perms::owner_write);
  const auto refused = open_store(file_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, Error::Kind::bad_input);
}

TEST_F(TamperedStore, DoesNotOpenASealThatWasMovedToAnotherArrival) {
  const auto store = open();
  (void)store->receive(arrival("a"));
  (void)store->receive(arrival("b"));
  run("UPDATE arrivals SET original_key = (SELECT original_key FROM arrivals WHERE id = 1),"
      " original = (SELECT original FROM arrivals WHERE id = 1) WHERE id = 2");
  EXPECT_EQ(store->original(2).error().kind, Error::Kind::bad_input);
  EXPECT_EQ(*store->original(1), arrival("a").original);
}

TEST_F(TamperedStore, MendsAStoreThatWasCutOffWhileItWasMade) {
  run("PRAGMA journal_mode = DELETE");
  std::ofstream(file_).flush();  // an empty file, no key
  EXPECT_TRUE(open_store(file_));
}

TEST_F(SqliteStore, NeverGivesAnErasedRecordTheKeyOfALaterOne) {
  const auto store = open();
  const auto erased = store->receive(arrival("a"));
  ASSERT_TRUE(store->erase_contacts(erased->arrival, "2028-03-02T00:00:00.000Z"));
  const auto later = store->receive(arrival("b"));
  EXPECT_EQ(store->original(erased->arrival).error().kind, Error::Kind::not_found);
  ASSERT_TRUE(store->erase_contacts(erased->arrival, "2028-03-02T00:00:00.000Z"));
  EXPECT_EQ(*store->contacts(later->arrival), "SECRET-CONTACT");
  EXPECT_EQ(store->erase_contacts(99, "2028-03-02T00:00:00.000Z").error().kind,
            Error::Kind::not_found);
}

TEST_F(SqliteStore, LeavesNothingOfAnErasedKeyInTheLogOfWrites) {
  const auto store = open();
  const auto receipt = store->receive(arrival("a"));
  ASSERT_GT(fs::file_size(file_.string() + "-wal"), 0u);
  ASSERT_TRUE(store->erase_contacts(receipt->arrival, "2028-03-02T00:00:00.000Z"));
  EXPECT_EQ(fs::file_size(file_.string() + "-wal"), 0u);
}

TEST_F(SqliteStore, IsNobodyElsesToRead) {
  const auto store = open();
  (void)store->receive(arrival("a"));
  for (const auto& entry : fs::directory_iterator(folder_)) {
    SCOPED_TRACE(entry.path());
    struct stat status {};
    ASSERT_EQ(::stat(entry.path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600u);
  }
}

TEST_F(SqliteStore, ListsFinalsForAStatusWithoutTheirAnswers) {
  const auto store = open();
  (void)store->receive(arrival("a"));
  NewArrival draft = arrival("b");
  draft.submitter = "QMB";
  draft.stage = Stage::draft;
  (void)store->receive(draft);
  const auto finals = store->received_finals("c1");
  ASSERT_EQ(finals->size(), 1u);
  EXPECT_EQ(finals->front().submitter, "QMA");
  EXPECT_EQ(finals->front().canonical, "");
}

TEST_F(SqliteStore, IsMadeOnceWhenSeveralOpenItAtTheSameTime) {
  std::vector<std::jthread> threads;
  threads.reserve(6);
  std::atomic<int> opened{0};
  for (int i = 0; i < 6; ++i)
    threads.emplace_back([&] {
      if (const auto store = open_store(file_)) opened += (*store)->receive(arrival("a")) ? 1 : 0;
    });
  threads.clear();
  EXPECT_EQ(opened, 6);
  EXPECT_EQ(open()->arrivals("c1", "QMA")->size(), 6u);
}

}  // namespace
}  // namespace cosp
