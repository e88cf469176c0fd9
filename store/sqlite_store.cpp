#include "store/sqlite_store.hpp"

#include <Poco/Data/Statement.h>

#include <algorithm>

#include "base/digest.hpp"

namespace cosp {

using Poco::Data::BLOB;
using Poco::Data::Statement;
using Poco::Data::Keywords::into;
using Poco::Data::Keywords::now;
using Poco::Data::Keywords::useRef;

namespace {

constexpr std::string_view kRevisionColumns =
    "SELECT r.arrival, r.cycle, r.submitter, r.revision, a.received_at, r.stage, a.outcome, "
    "r.form_id,"
    " r.form_version, r.structure_digest, r.rules_digest, r.cycle_digest, r.digest, "
    "r.contacts_digest, ";
constexpr std::string_view kRevisionTables =
    " FROM revisions r JOIN arrivals a ON a.id = r.arrival WHERE ";

BLOB to_blob(std::string_view bytes) {
  return BLOB(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

std::string to_bytes(const BLOB& blob) {
  return std::string(reinterpret_cast<const char*>(blob.rawContent()), blob.size());
}

/// The value of a word that this program wrote; `parse` is the model's own.
template <class Enum>
Enum known(std::optional<Enum> (*parse)(std::string_view), const std::string& word) {
  const auto value = parse(word);
  if (!value) throw Poco::DataFormatException("unknown word in the store: " + word);
  return *value;
}

/// What is bound into a seal beside its key.
std::string seal_context(std::string_view purpose, std::int64_t arrival) {
  return std::string(purpose) + "/" + std::to_string(arrival);
}

}  // namespace

SqliteStore::Sealed SqliteStore::seal_record(std::string_view plain, std::string_view purpose,
                                             std::int64_t arrival) {
  const SealKey key = make_key();
  const std::string_view raw(reinterpret_cast<const char*>(key.bytes.data()), key.bytes.size());
  const std::string context = seal_context(purpose, arrival);
  BLOB wrapped = to_blob(seal(raw, master_, "record-key/" + context));
  session_ << "INSERT INTO record_keys (wrapped) VALUES ($1)", useRef(wrapped), now;
  Sealed sealed;
  session_ << "SELECT last_insert_rowid()", into(sealed.key), now;
  sealed.bytes = to_blob(seal(plain, key, context));
  return sealed;
}

Result<std::string> SqliteStore::open_record(const std::string& query, std::int64_t arrival,
                                             std::string_view purpose) {
  const std::lock_guard lock(mutex_);
  const std::string context = seal_context(purpose, arrival);
  return guarded(file_, [&]() -> Result<std::string> {
    BLOB sealed, wrapped;
    Statement select(session_);
    select << query, into(sealed), into(wrapped), useRef(arrival);
    if (select.execute() == 0)
      return Error{Error::Kind::not_found, "no such record, or its key was destroyed", ""};
    const auto raw = open_sealed(to_bytes(wrapped), master_, "record-key/" + context);
    if (!raw) return raw.error();
    SealKey key;
    if (raw->size() != key.bytes.size())
      return Error{Error::Kind::bad_input, "a record's key has the wrong length", file_.string()};
    std::copy(raw->begin(), raw->end(), reinterpret_cast<char*>(key.bytes.data()));
    return open_sealed(to_bytes(sealed), key, context);
  });
}

std::int64_t SqliteStore::next_arrival() {
  // Inside a write transaction nobody else can take the same number; arrivals are never deleted.
  std::int64_t id = 0;
  session_ << "SELECT COALESCE(MAX(id), 0) + 1 FROM arrivals", into(id), now;
  return id;
}

void SqliteStore::insert_arrival(const NewArrival& arrival, std::int64_t id) {
  Sealed original = seal_record(arrival.original, "original", id);
  const std::string outcome(to_string(arrival.outcome));
  const auto bytes = static_cast<std::int64_t>(arrival.original.size());
  const std::string digest = sha256_hex(arrival.original);
  session_
      << "INSERT INTO arrivals (id, cycle, submitter, received_at, media_type, outcome, token_id, "
         "bytes,"
         " digest, original, original_key) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
      useRef(id), useRef(arrival.cycle), useRef(arrival.submitter), useRef(arrival.received_at),
      useRef(arrival.media_type), useRef(outcome), useRef(arrival.token_id), useRef(bytes),
      useRef(digest), useRef(original.bytes), useRef(original.key), now;
}

void SqliteStore::insert_revision(const NewArrival& arrival, std::int64_t id,
                                  std::uint32_t number) {
  Sealed contacts = seal_record(arrival.contacts, "contacts", id);
  const std::string stage(to_string(arrival.stage));
  session_
      << "INSERT INTO revisions (arrival, cycle, submitter, revision, stage, form_id, form_version,"
         " structure_digest, rules_digest, cycle_digest, digest, contacts_digest, canonical, "
         "contacts,"
         " contacts_key) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
      useRef(id), useRef(arrival.cycle), useRef(arrival.submitter), useRef(number), useRef(stage),
      useRef(arrival.form_id), useRef(arrival.form_version), useRef(arrival.structure_digest),
      useRef(arrival.rules_digest), useRef(arrival.cycle_digest), useRef(arrival.digest),
      useRef(arrival.contacts_digest), useRef(arrival.canonical), useRef(contacts.bytes),
      useRef(contacts.key), now;
}

std::optional<StoredRevision> SqliteStore::latest(const std::string& cycle,
                                                  const std::string& submitter) {
  auto found =
      select_revisions("r.cycle = $1 AND r.submitter = $2 ORDER BY r.revision DESC LIMIT 1", false,
                       {cycle, submitter});
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

Result<Receipt> SqliteStore::receive(const NewArrival& arrival) {
  const std::lock_guard lock(mutex_);
  return guarded(file_, [&]() -> Result<Receipt> {
    WriteTransaction transaction(session_);
    Receipt receipt;
    receipt.arrival = next_arrival();
    insert_arrival(arrival, receipt.arrival);
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
    row.stage = known(parse_stage, stage);
    row.outcome = known(parse_outcome, outcome);
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

Result<std::vector<StoredRevision>> SqliteStore::select_finals(std::string_view cycle,
                                                               bool with_canonical) {
  const std::lock_guard lock(mutex_);
  return guarded(file_, [&]() -> Result<std::vector<StoredRevision>> {
    return select_revisions(
        "r.cycle = $1 AND r.stage = 'final' AND r.revision = (SELECT MAX(l.revision) FROM "
        "revisions l"
        " WHERE l.cycle = r.cycle AND l.submitter = r.submitter AND l.stage = 'final')"
        " ORDER BY r.submitter",
        with_canonical, {std::string(cycle)});
  });
}

Result<std::vector<StoredRevision>> SqliteStore::latest_finals(std::string_view cycle) {
  return select_finals(cycle, true);
}

Result<std::vector<StoredRevision>> SqliteStore::received_finals(std::string_view cycle) {
  return select_finals(cycle, false);
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
    select << "SELECT id, cycle, submitter, received_at, media_type, outcome, bytes, digest FROM "
              "arrivals"
              " WHERE cycle = $1 AND submitter = $2 ORDER BY id",
        into(row.arrival), into(row.cycle), into(row.submitter), into(row.received_at),
        into(row.media_type), into(outcome), into(bytes), into(row.digest), useRef(cycle_id),
        useRef(code), Poco::Data::Keywords::range(0, 1);
    std::vector<ArrivalSummary> found;
    while (!select.done()) {
      if (select.execute() == 0) break;
      row.outcome = known(parse_outcome, outcome);
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
    std::int64_t known = 0;
    session_ << "SELECT COUNT(*) FROM arrivals WHERE id = $1", into(known), useRef(arrival), now;
    if (known == 0) return Error{Error::Kind::not_found, "no such arrival", ""};
    session_
        << "DELETE FROM record_keys WHERE id IN (SELECT original_key FROM arrivals WHERE id = $1)",
        useRef(arrival), now;
    session_ << "DELETE FROM record_keys WHERE id IN (SELECT contacts_key FROM revisions WHERE "
                "arrival = $1)",
        useRef(arrival), now;
    log(at, "operator", "contacts erased", std::to_string(arrival));
    transaction.commit();
    // The log of writes still holds pages from before. A reader elsewhere can delay this, not
    // prevent it.
    session_ << "PRAGMA wal_checkpoint(TRUNCATE)", now;
    return {};
  });
}

void SqliteStore::log(std::string_view at, std::string_view actor, std::string_view act,
                      std::string_view subject) {
  const std::string values[] = {std::string(at), std::string(actor), std::string(act),
                                std::string(subject)};
  session_ << "INSERT INTO audit_log (at, actor, act, subject) VALUES ($1, $2, $3, $4)",
      useRef(values[0]), useRef(values[1]), useRef(values[2]), useRef(values[3]), now;
}

}  // namespace cosp
