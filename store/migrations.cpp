#include "store/migrations.hpp"

#include <array>

namespace cosp {
namespace {

constexpr std::array<std::string_view, 7> kFirst = {
    // A key per record, itself sealed under the master key. Deleting the row is what erases; an
    // erased id must never
    // come back, or the erased record would point to the key of another.
    R"(CREATE TABLE record_keys (
         id INTEGER PRIMARY KEY AUTOINCREMENT,
         wrapped BLOB NOT NULL))",
    R"(CREATE TABLE arrivals (
         id INTEGER PRIMARY KEY,
         cycle TEXT NOT NULL,
         submitter TEXT NOT NULL,
         received_at TEXT NOT NULL,
         media_type TEXT NOT NULL,
         outcome TEXT NOT NULL,
         token_id TEXT NOT NULL,
         bytes INTEGER NOT NULL,
         digest TEXT NOT NULL,
         original BLOB NOT NULL,
         original_key INTEGER NOT NULL))",
    R"(CREATE TABLE revisions (
         arrival INTEGER PRIMARY KEY REFERENCES arrivals(id),
         cycle TEXT NOT NULL,
         submitter TEXT NOT NULL,
         revision INTEGER NOT NULL,
         stage TEXT NOT NULL,
         form_id TEXT NOT NULL,
         form_version TEXT NOT NULL,
         structure_digest TEXT NOT NULL,
         rules_digest TEXT NOT NULL,
         cycle_digest TEXT NOT NULL,
         digest TEXT NOT NULL,
         contacts_digest TEXT NOT NULL,
         canonical TEXT NOT NULL,
         contacts BLOB NOT NULL,
         contacts_key INTEGER NOT NULL,
         UNIQUE (cycle, submitter, revision)))",
    R"(CREATE TABLE tokens (
         digest TEXT PRIMARY KEY,
         id TEXT NOT NULL UNIQUE,
         submitter TEXT NOT NULL,
         created_at TEXT NOT NULL,
         revoked_at TEXT NOT NULL DEFAULT ''))",
    R"(CREATE TABLE audit_log (
         id INTEGER PRIMARY KEY AUTOINCREMENT,
         at TEXT NOT NULL,
         actor TEXT NOT NULL,
         act TEXT NOT NULL,
         subject TEXT NOT NULL))",
    // A known text sealed under the master key: tells at once when the key beside the file is
    // another store's.
    R"(CREATE TABLE seal_probe (
         id INTEGER PRIMARY KEY,
         sealed BLOB NOT NULL))",
    "CREATE INDEX arrivals_by_submitter ON arrivals (cycle, submitter, id)",
};

constexpr std::array<std::span<const std::string_view>, 1> kMigrations = {kFirst};

}  // namespace

std::span<const std::span<const std::string_view>> migrations() { return kMigrations; }

}  // namespace cosp
