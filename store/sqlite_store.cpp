#include <Poco/Data/LOB.h>
#include <Poco/Data/RecordSet.h>
#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>
#include <Poco/Exception.h>

#include <mutex>
#include <type_traits>

#include "base/digest.hpp"
#include "base/seal.hpp"
#include "store/migrations.hpp"
#include "store/store.hpp"

namespace cosp {
namespace {

using Poco::Data::BLOB;
using Poco::Data::Session;
using Poco::Data::Statement;
using Poco::Data::Keywords::into;
using Poco::Data::Keywords::now;
using Poco::Data::Keywords::useRef;

/// How long a connection waits for another's write before it gives up; the default would be a minute.
constexpr int kBusyTimeoutMs = 10'000;
constexpr std::size_t kTokenIdLength = 12;

constexpr std::string_view kRevisionColumns =
    "SELECT r.arrival, r.cycle, r.submitter, r.revision, a.received_at, r.stage, a.outcome, r.form_id,"
    " r.form_version, r.structure_digest, r.rules_digest, r.cycle_digest, r.digest, r.contacts_digest, ";
constexpr std::string_view kRevisionTables =
    " FROM revisions r JOIN arrivals a ON a.id = r.arrival WHERE ";

BLOB to_blob(std::string_view bytes) {
  return BLOB(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

std::string to_bytes(const BLOB& blob) {
  return std::string(reinterpret_cast<const char*>(blob.rawContent()), blob.size());
}

Outcome outcome_from(const std::string& word) {
  for (const Outcome outcome : {Outcome::received_complete, Outcome::received_with_findings,
                                Outcome::blocked, Outcome::unreadable})
    if (to_string(outcome) == word) return outcome;
  throw Poco::DataFormatException("unknown outcome in the store: " + word);
}

Stage stage_from(const std::string& word) {
  const auto stage = parse_stage(word);
  if (!stage) throw Poco::DataFormatException("unknown stage in the store: " + word);
  return *stage;
}

/// Runs `work` and turns what Poco throws into an Error.
template <class Work>
auto guarded(const std::filesystem::path& file, Work&& work) -> decltype(work()) {
  try {
    return work();
  } catch (const Poco::Exception& e) {
    return Error{Error::Kind::io, "store: " + e.displayText(), file.string()};
  }
}

/// BEGIN IMMEDIATE, since a deferred transaction that reads before it writes is refused at once when another writes.
class WriteTransaction {
 public:
  explicit WriteTransaction(Session& session) : session_(session) {
    session_ << "BEGIN IMMEDIATE", now;
  }
  WriteTransaction(const WriteTransaction&) = delete;
  WriteTransaction& operator=(const WriteTransaction&) = delete;
  ~WriteTransaction() {
    if (done_) return;
    try {
      session_ << "ROLLBACK", now;
    } catch (const Poco::Exception&) {  // the error that brought us here is the one to tell
    }
  }
  void commit() {
    session_ << "COMMIT", now;
    done_ = true;
  }

 private:
  Session& session_;
  bool done_ = false;
};

class SqliteStore final : public Store {
 public:
  SqliteStore(std::filesystem::path file, Session session, const SealKey& master)
      : file_(std::move(file)), session_(std::move(session)), master_(master) {}

  Result<Receipt> receive(const NewArrival& arrival) override;
  Result<std::optional<StoredRevision>> revision(std::string_view cycle, std::string_view submitter,
                                                 std::uint32_t number) override;
  Result<std::vector<StoredRevision>> revisions(std::string_view cycle,
                                                std::string_view submitter) override;
  Result<std::vector<StoredRevision>> latest_finals(std::string_view cycle) override;
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
    BLOB bytes;
  };
  Sealed seal_record(std::string_view plain, std::string_view purpose);
  Result<std::string> open_record(const std::string& query, std::int64_t arrival,
                                  std::string_view purpose);
  std::int64_t insert_arrival(const NewArrival& arrival);
  void insert_revision(const NewArrival& arrival, std::int64_t id, std::uint32_t number);
  std::optional<StoredRevision> latest(const std::string& cycle, const std::string& submitter);
  std::vector<StoredRevision> select_revisions(const std::string& where, bool with_canonical,
                                               const std::vector<std::string>& arguments);
  void log(std::string_view at, std::string_view actor, std::string_view act,
           std::string_view subject);
  std::int64_t last_id();

  std::filesystem::path file_;
  std::mutex mutex_;  ///< a session serves one thread at a time
  Session session_;
  SealKey master_;
};

std::int64_t SqliteStore::last_id() {
  std::int64_t id = 0;
  session_ << "SELECT last_insert_rowid()", into(id), now;
  return id;
}

SqliteStore::Sealed SqliteStore::seal_record(std::string_view plain, std::string_view purpose) {
  const SealKey key = make_key();
  const std::string_view raw(reinterpret_cast<const char*>(key.bytes.data()), key.bytes.size());
  BLOB wrapped = to_blob(seal(raw, master_, "record-key"));
  session_ << "INSERT INTO record_keys (wrapped) VALUES ($1)", useRef(wrapped), now;
  return {last_id(), to_blob(seal(plain, key, purpose))};
}

Result<std::string> SqliteStore::open_record(const std::string& query, std::int64_t arrival,
                                             std::string_view purpose) {
  const std::lock_guard lock(mutex_);
  return guarded(file_, [&]() -> Result<std::string> {
    BLOB sealed, wrapped;
    Statement select(session_);
    select << query, into(sealed), into(wrapped), useRef(arrival);
    if (select.execute() == 0)
      return Error{Error::Kind::not_found, "no such record, or its key was destroyed", ""};
    const auto raw = open_sealed(to_bytes(wrapped), master_, "record-key");
    if (!raw) return raw.error();
    SealKey key;
    if (raw->size() != key.bytes.size())
      return Error{Error::Kind::bad_input, "a record's key has the wrong length", file_.string()};
    std::copy(raw->begin(), raw->end(), reinterpret_cast<char*>(key.bytes.data()));
    return open_sealed(to_bytes(sealed), key, purpose);
  });
}

std::int64_t SqliteStore::insert_arrival(const NewArrival& arrival) {
  Sealed original = seal_record(arrival.original, "original");
  const std::string outcome(to_string(arrival.outcome));
  const auto bytes = static_cast<std::int64_t>(arrival.original.size());
  const std::string digest = sha256_hex(arrival.original);
  session_ << "INSERT INTO arrivals (cycle, submitter, received_at, media_type, outcome, token_id, bytes,"
              " digest, original, original_key) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      useRef(arrival.cycle), useRef(arrival.submitter), useRef(arrival.received_at),
      useRef(arrival.media_type), useRef(outcome), useRef(arrival.token_id), useRef(bytes),
      useRef(digest), useRef(original.bytes), useRef(original.key), now;
  return last_id();
}

void SqliteStore::insert_revision(const NewArrival& arrival, std::int64_t id,
                                  std::uint32_t number) {
  Sealed contacts = seal_record(arrival.contacts, "contacts");
  const std::string stage(to_string(arrival.stage));
  session_ << "INSERT INTO revisions (arrival, cycle, submitter, revision, stage, form_id, form_version,"
              " structure_digest, rules_digest, cycle_digest, digest, contacts_digest, canonical, contacts,"
              " contacts_key) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
      useRef(id), useRef(arrival.cycle), useRef(arrival.submitter), useRef(number), useRef(stage),
      useRef(arrival.form_id), useRef(arrival.form_version), useRef(arrival.structure_digest),
      useRef(arrival.rules_digest), useRef(arrival.cycle_digest), useRef(arrival.digest),
      useRef(arrival.contacts_digest), useRef(arrival.canonical), useRef(contacts.bytes),
      useRef(contacts.key), now;
}

std::optional<StoredRevision> SqliteStore::latest(const std::string& cycle,
                                                  const std::string& submitter) {
  auto found = select_revisions(
      "r.cycle = $1 AND r.submitter = $2 ORDER BY r.revision DESC LIMIT 1", false,
      {cycle, submitter});
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

Result<Receipt> SqliteStore::receive(const NewArrival& arrival) {
  const std::lock_guard lock(mutex_);
  return guarded(file_, [&]() -> Result<Receipt> {
    WriteTransaction transaction(session_);
    Receipt receipt;
    receipt.arrival = insert_arrival(arrival);
    receipt.received_at = arrival.received_at;
    const bool is_received =
        arrival.outcome != Outcome::blocked && arrival.outcome != Outcome::unreadable;
    if (is_received) {
      const auto before = latest(arrival.cycle, arrival.submitter);
      if (before && before->digest == arrival.digest && before->stage == arrival.stage &&
          before->contacts_digest == arrival.contacts_digest) {
        receipt.is_unchanged = true;
        receipt.revision = before->revision;
        receipt.received_at = before->received_at;
      } else {
        receipt.revision = before ? before->revision + 1 : 1;
        insert_revision(arrival, receipt.arrival, receipt.revision);
      }
    }
    log(arrival.received_at, arrival.token_id, to_string(arrival.outcome),
        arrival.cycle + "/" + arrival.submitter + "/" + std::to_string(receipt.revision));
    transaction.commit();
    return receipt;
  });
}

std::vector<StoredRevision> SqliteStore::select_revisions(
    const std::string& where, bool with_canonical, const std::vector<std::string>& arguments) {
  std::string query(kRevisionColumns);
  query.append(with_canonical ? "r.canonical" : "''").append(kRevisionTables).append(where);
  Statement select(session_);
  StoredRevision row;
  std::string stage, outcome;
  select << query, into(row.arrival), into(row.cycle), into(row.submitter), into(row.revision),
      into(row.received_at), into(stage), into(outcome), into(row.form_id), into(row.form_version),
      into(row.structure_digest), into(row.rules_digest), into(row.cycle_digest), into(row.digest),
      into(row.contacts_digest), into(row.canonical), Poco::Data::Keywords::range(0, 1);
  for (const std::string& argument : arguments) select, useRef(argument);
  std::vector<StoredRevision> found;
  while (!select.done()) {
    if (select.execute() == 0) break;
    row.stage = stage_from(stage);
    row.outcome = outcome_from(outcome);
    found.push_back(row);
  }
  return found;
}

Result<std::optional<StoredRevision>> SqliteStore::revision(std::string_view cycle,
                                                            std::string_view submitter,
                                                            std::uint32_t number) {
  const std::lock_guard lock(mutex_);
  return guarded(file_, [&]() -> Result<std::optional<StoredRevision>> {
    auto found = select_revisions(
        "r.cycle = $1 AND r.submitter = $2 AND r.revision = CAST($3 AS INTEGER)", true,
        {std::string(cycle), std::string(submitter), std::to_string(number)});
    if (found.empty()) return std::optional<StoredRevision>();
    return std::optional<StoredRevision>(std::move(found.front()));
  });
}

Result<std::vector<StoredRevision>> SqliteStore::revisions(std::string_view cycle,
                                                           std::string_view submitter) {
  const std::lock_guard lock(mutex_);
  return guarded(file_, [&]() -> Result<std::vector<StoredRevision>> {
    return select_revisions("r.cycle = $1 AND r.submitter = $2 ORDER BY r.revision", false,
                            {std::string(cycle), std::string(submitter)});
  });
}

Result<std::vector<StoredRevision>> SqliteStore::latest_finals(std::string_view cycle) {
  const std::lock_guard lock(mutex_);
  return guarded(file_, [&]() -> Result<std::vector<StoredRevision>> {
    return select_revisions(
        "r.cycle = $1 AND r.stage = 'final' AND r.revision = (SELECT MAX(l.revision) FROM revisions l"
        " WHERE l.cycle = r.cycle AND l.submitter = r.submitter AND l.stage = 'final')"
        " ORDER BY r.submitter",
        true, {std::string(cycle)});
  });
}

Result<std::vector<StoredRevision>> SqliteStore::all_revisions(std::string_view cycle) {
  const std::lock_guard lock(mutex_);
  return guarded(file_, [&]() -> Result<std::vector<StoredRevision>> {
    return select_revisions("r.cycle = $1 ORDER BY r.submitter, r.revision", false,
                            {std::string(cycle)});
  });
}

Result<std::vector<ArrivalSummary>> SqliteStore::arrivals(std::string_view cycle,
                                                          std::string_view submitter) {
  const std::lock_guard lock(mutex_);
  const std::string cycle_id(cycle);
  const std::string code(submitter);
  return guarded(file_, [&]() -> Result<std::vector<ArrivalSummary>> {
    Statement select(session_);
    ArrivalSummary row;
    std::string outcome;
    std::int64_t bytes = 0;
    select << "SELECT id, cycle, submitter, received_at, media_type, outcome, bytes, digest FROM arrivals"
              " WHERE cycle = $1 AND submitter = $2 ORDER BY id",
        into(row.arrival), into(row.cycle), into(row.submitter), into(row.received_at),
        into(row.media_type), into(outcome), into(bytes), into(row.digest), useRef(cycle_id),
        useRef(code), Poco::Data::Keywords::range(0, 1);
    std::vector<ArrivalSummary> found;
    while (!select.done()) {
      if (select.execute() == 0) break;
      row.outcome = outcome_from(outcome);
      row.bytes = static_cast<std::uint64_t>(bytes);
      found.push_back(row);
    }
    return found;
  });
}

Result<std::string> SqliteStore::original(std::int64_t arrival) {
  return open_record(
      "SELECT a.original, k.wrapped FROM arrivals a JOIN record_keys k ON k.id = a.original_key"
      " WHERE a.id = $1",
      arrival, "original");
}

Result<std::string> SqliteStore::contacts(std::int64_t arrival) {
  return open_record(
      "SELECT r.contacts, k.wrapped FROM revisions r JOIN record_keys k ON k.id = r.contacts_key"
      " WHERE r.arrival = $1",
      arrival, "contacts");
}

Result<void> SqliteStore::erase_contacts(std::int64_t arrival, std::string_view at) {
  const std::lock_guard lock(mutex_);
  return guarded(file_, [&]() -> Result<void> {
    WriteTransaction transaction(session_);
    session_ << "DELETE FROM record_keys WHERE id IN (SELECT original_key FROM arrivals WHERE id = $1)",
        useRef(arrival), now;
    session_ << "DELETE FROM record_keys WHERE id IN (SELECT contacts_key FROM revisions WHERE arrival = $1)",
        useRef(arrival), now;
    log(at, "operator", "contacts erased", std::to_string(arrival));
    transaction.commit();
    return {};
  });
}

Result<std::string> SqliteStore::create_token(std::string_view submitter, std::string_view at) {
  const std::lock_guard lock(mutex_);
  return guarded(file_, [&]() -> Result<std::string> {
    const std::string token = random_token();
    const std::string digest = sha256_hex(token);
    const std::string id = digest.substr(0, kTokenIdLength);
    const std::string code(submitter);
    const std::string created(at);
    WriteTransaction transaction(session_);
    session_ << "INSERT INTO tokens (digest, id, submitter, created_at) VALUES ($1, $2, $3, $4)",
        useRef(digest), useRef(id), useRef(code), useRef(created), now;
    log(at, "operator", "token created", code + "/" + id);
    transaction.commit();
    return token;
  });
}

Result<std::optional<TokenRecord>> SqliteStore::find_token(std::string_view token) {
  const std::lock_guard lock(mutex_);
  // Looked up by digest: how long the look-up takes tells nothing about a token.
  const std::string digest = sha256_hex(token);
  return guarded(file_, [&]() -> Result<std::optional<TokenRecord>> {
    TokenRecord record;
    Statement select(session_);
    select << "SELECT id, submitter, created_at, revoked_at FROM tokens WHERE digest = $1"
              " AND revoked_at = ''",
        into(record.id), into(record.submitter), into(record.created_at), into(record.revoked_at),
        useRef(digest);
    if (select.execute() == 0) return std::optional<TokenRecord>();
    return std::optional<TokenRecord>(std::move(record));
  });
}

Result<void> SqliteStore::revoke_token(std::string_view token_or_id, std::string_view at) {
  const std::lock_guard lock(mutex_);
  const std::string id(token_or_id);
  const std::string digest = sha256_hex(token_or_id);
  const std::string revoked(at);
  return guarded(file_, [&]() -> Result<void> {
    WriteTransaction transaction(session_);
    Statement update(session_);
    update << "UPDATE tokens SET revoked_at = $1 WHERE revoked_at = '' AND (id = $2 OR digest = $3)",
        useRef(revoked), useRef(id), useRef(digest);
    if (update.execute() == 0)
      return Error{Error::Kind::not_found, "no valid token of that name", ""};
    log(at, "operator", "token revoked", digest.substr(0, kTokenIdLength));
    transaction.commit();
    return {};
  });
}

Result<std::vector<TokenRecord>> SqliteStore::tokens() {
  const std::lock_guard lock(mutex_);
  return guarded(file_, [&]() -> Result<std::vector<TokenRecord>> {
    Statement select(session_);
    TokenRecord row;
    select << "SELECT id, submitter, created_at, revoked_at FROM tokens ORDER BY submitter, created_at, id",
        into(row.id), into(row.submitter), into(row.created_at), into(row.revoked_at),
        Poco::Data::Keywords::range(0, 1);
    std::vector<TokenRecord> found;
    while (!select.done()) {
      if (select.execute() == 0) break;
      found.push_back(row);
    }
    return found;
  });
}

void SqliteStore::log(std::string_view at, std::string_view actor, std::string_view act,
                      std::string_view subject) {
  const std::string values[] = {std::string(at), std::string(actor), std::string(act),
                                std::string(subject)};
  session_ << "INSERT INTO audit_log (at, actor, act, subject) VALUES ($1, $2, $3, $4)",
      useRef(values[0]), useRef(values[1]), useRef(values[2]), useRef(values[3]), now;
}

/// Brings the schema up to date; refuses files that are not ours or of a newer release.
Result<void> migrate(Session& session, bool is_new, const std::filesystem::path& file) {
  int application = 0;
  int version = 0;
  session << "PRAGMA application_id", into(application), now;
  session << "PRAGMA user_version", into(version), now;
  const auto steps = migrations();
  if (!is_new && application != kStoreApplicationId)
    return Error{Error::Kind::bad_input, "not a store of this program", file.string()};
  if (version > static_cast<int>(steps.size()))
    return Error{Error::Kind::bad_input, "store of a newer release", file.string()};
  for (std::size_t i = static_cast<std::size_t>(version); i < steps.size(); ++i) {
    WriteTransaction transaction(session);
    for (const std::string_view statement : steps[i]) session << std::string(statement), now;
    session << "PRAGMA application_id = " + std::to_string(kStoreApplicationId), now;
    session << "PRAGMA user_version = " + std::to_string(i + 1), now;
    transaction.commit();
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<Store>> open_store(const std::filesystem::path& file) {
  static std::once_flag registered;
  std::call_once(registered, [] { Poco::Data::SQLite::Connector::registerConnector(); });
  std::error_code ignored;
  const bool is_new = !std::filesystem::exists(file, ignored) ||
                      std::filesystem::file_size(file, ignored) == 0;
  const std::filesystem::path key_file = file.string() + ".key";
  if (!is_new && !std::filesystem::exists(key_file, ignored))
    return Error{Error::Kind::not_found, "the store's key is missing; nothing sealed can be read without it",
                 key_file.string()};
  // The key first: a store cut off while being made must not be left without one.
  const auto key = load_or_create_key(key_file);
  if (!key) return key.error();
  return guarded(file, [&]() -> Result<std::unique_ptr<Store>> {
    Session session("SQLite", file.string());
    session << "PRAGMA busy_timeout = " + std::to_string(kBusyTimeoutMs), now;
    std::string mode;
    session << "PRAGMA journal_mode = WAL", into(mode), now;
    session << "PRAGMA synchronous = FULL", now;  // durable before the answer
    session << "PRAGMA foreign_keys = ON", now;
    session << "PRAGMA secure_delete = ON", now;  // a destroyed key must not linger in free pages
    if (const auto migrated = migrate(session, is_new, file); !migrated) return migrated.error();
    return std::unique_ptr<Store>(
        std::make_unique<SqliteStore>(file, std::move(session), *key));
  });
}

}  // namespace cosp
