/// One SQLite file as a store. For store/ only.
#pragma once

#include <Poco/Data/LOB.h>
#include <Poco/Data/Session.h>
#include <Poco/Exception.h>

#include <mutex>

#include "base/seal.hpp"
#include "store/store.hpp"

namespace cosp {

/// Runs `work` and turns what Poco throws into an Error.
template <class Work>
auto guarded(const std::filesystem::path& file, const Work& work) -> decltype(work()) {
  try {
    return work();
  } catch (const Poco::Exception& fault) {
    return Error{Error::Kind::io, "store: " + fault.displayText(), file.string()};
  }
}

/// BEGIN IMMEDIATE, since a deferred transaction that reads before it writes is refused at once
/// when another writes.
class WriteTransaction {
 public:
  explicit WriteTransaction(Poco::Data::Session& session) : session_(session) {
    run("BEGIN IMMEDIATE");
  }
  WriteTransaction(const WriteTransaction&) = delete;
  WriteTransaction& operator=(const WriteTransaction&) = delete;
  ~WriteTransaction() {
    if (done_) return;
    try {
      run("ROLLBACK");
    } catch (const Poco::Exception&) {  // the error that brought us here is the one to tell
    }
  }
  void commit() {
    run("COMMIT");
    done_ = true;
  }

 private:
  void run(const char* statement) { session_ << statement, Poco::Data::Keywords::now; }

  Poco::Data::Session& session_;
  bool done_ = false;
};

class SqliteStore final : public Store {
 public:
  SqliteStore(std::filesystem::path file, Poco::Data::Session session, const SealKey& master)
      : file_(std::move(file)), session_(std::move(session)), master_(master) {}

  Result<Receipt> receive(const NewArrival& arrival) override;
  Result<std::optional<StoredRevision>> revision(std::string_view cycle, std::string_view submitter,
                                                 std::uint32_t number) override;
  Result<std::vector<StoredRevision>> revisions(std::string_view cycle,
                                                std::string_view submitter) override;
  Result<std::vector<StoredRevision>> latest_finals(std::string_view cycle) override;
  Result<std::vector<StoredRevision>> received_finals(std::string_view cycle) override;
  Result<std::vector<StoredRevision>> all_revisions(std::string_view cycle) override;
  Result<std::vector<ArrivalSummary>> arrivals(std::string_view cycle,
                                               std::string_view submitter) override;
  Result<std::string> original(std::int64_t arrival) override;
  Result<std::string> contacts(std::int64_t arrival) override;
  Result<void> erase_contacts(std::int64_t arrival, std::string_view at) override;
  Result<std::string> create_token(std::string_view submitter, std::string_view at) override;
  Result<std::optional<TokenRecord>> find_token(std::string_view token) override;
  Result<void> revoke_token(std::string_view token_or_id, std::string_view at) override;
  Result<std::vector<TokenRecord>> tokens() override;

 private:
  struct Sealed {
    std::int64_t key = 0;
    Poco::Data::BLOB bytes;
  };
  /// Seals under a key of its own, which is sealed under the master key; both know the arrival and
  /// the purpose, so that nobody who can write to the file can put one State's record into
  /// another's place.
  Sealed seal_record(std::string_view plain, std::string_view purpose, std::int64_t arrival);
  Result<std::string> open_record(const std::string& query, std::int64_t arrival,
                                  std::string_view purpose);
  std::int64_t next_arrival();
  void insert_arrival(const NewArrival& arrival, std::int64_t id);
  void insert_revision(const NewArrival& arrival, std::int64_t id, std::uint32_t number);
  std::optional<StoredRevision> latest(const std::string& cycle, const std::string& submitter);
  Result<std::vector<StoredRevision>> select_finals(std::string_view cycle, bool with_canonical);
  std::vector<StoredRevision> select_revisions(const std::string& where, bool with_canonical,
                                               const std::vector<std::string>& arguments);
  void log(std::string_view at, std::string_view actor, std::string_view act,
           std::string_view subject);
  std::filesystem::path file_;
  std::mutex mutex_;  ///< a session serves one thread at a time
  Poco::Data::Session session_;
  SealKey master_;
};

}  // namespace cosp
