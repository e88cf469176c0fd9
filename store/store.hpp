/// What the secretariat keeps: every arrival, every received revision, tokens, and a log of who did
/// what.
///
/// Nothing is overwritten. An arrival is anything a bearer of a token sent, readable or not; its
/// original bytes are sealed under a key of its own, so that it proves what came and when. A
/// revision is an arrival that was received: its canonical form (no personal data) lies open, its
/// contacts are sealed under a second key. Erasing destroys a key; the rest, and its digests, stay
/// verifiable. Times are UTC, ISO 8601 with milliseconds, given by the caller.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/seal.hpp"
#include "model/kinds.hpp"

namespace cosp {

struct NewArrival {
  std::string cycle;
  std::string submitter;  ///< the State the token is bound to
  std::string received_at;
  std::string media_type;
  std::string original;  ///< the bytes as they came
  Outcome outcome = Outcome::unreadable;
  std::string token_id;
  // The rest only of what is received (neither blocked nor unreadable).
  Stage stage = Stage::draft;
  std::string form_id, form_version, structure_digest, rules_digest, cycle_digest;
  std::string canonical;  ///< canonical JSON, without contacts
  std::string digest;     ///< SHA-256 of it
  std::string contacts;   ///< canonical JSON of the contacts
  std::string contacts_digest;
};

struct Receipt {
  std::int64_t arrival = 0;  ///< number of the arrival, over all cycles
  std::uint32_t revision =
      0;  ///< from 1; 0: blocked or unreadable; the latest one's when unchanged
  bool is_unchanged =
      false;                ///< canonical form, contacts and stage are those of the latest revision
  std::string received_at;  ///< of the revision named
};

struct StoredRevision {
  std::int64_t arrival = 0;
  std::string cycle, submitter;
  std::uint32_t revision = 0;
  std::string received_at;
  Stage stage = Stage::draft;
  Outcome outcome = Outcome::received_with_findings;
  std::string form_id, form_version, structure_digest, rules_digest, cycle_digest;
  std::string digest, contacts_digest;
  std::string canonical;  ///< filled by `revision` and `latest_finals` only
};

struct ArrivalSummary {
  std::int64_t arrival = 0;
  std::string cycle, submitter, received_at, media_type;
  Outcome outcome = Outcome::unreadable;
  std::uint64_t bytes = 0;
  std::string digest;  ///< SHA-256 of the original
};

struct TokenRecord {
  std::string id;  ///< first 12 characters of the token's digest: names it without giving it away
  std::string submitter;
  std::string created_at;
  std::string revoked_at;  ///< empty: valid
};

/// Thread-safe. Each function either happens whole and durably or not at all; errors are `io` (the
/// data base, the disk), `not_found` where said, `bad_input` (a seal that does not open).
class Store {
 public:
  virtual ~Store() = default;

  /// Keeps the arrival and, if it was received and differs from the latest one, makes it a
  /// revision. An unchanged one is kept as an arrival too.
  virtual Result<Receipt> receive(const NewArrival& arrival) = 0;

  virtual Result<std::optional<StoredRevision>> revision(std::string_view cycle,
                                                         std::string_view submitter,
                                                         std::uint32_t number) = 0;
  virtual Result<std::vector<StoredRevision>> revisions(std::string_view cycle,
                                                        std::string_view submitter) = 0;
  /// Each submitter's latest final revision, by code.
  virtual Result<std::vector<StoredRevision>> latest_finals(std::string_view cycle) = 0;
  /// The same without their canonical form, which is what a status needs.
  virtual Result<std::vector<StoredRevision>> received_finals(std::string_view cycle) = 0;
  /// Every submitter's revisions of a cycle, by code and number, without their canonical form.
  virtual Result<std::vector<StoredRevision>> all_revisions(std::string_view cycle) = 0;
  virtual Result<std::vector<ArrivalSummary>> arrivals(std::string_view cycle,
                                                       std::string_view submitter) = 0;

  /// `not_found` when there is none or its key was destroyed.
  virtual Result<std::string> original(std::int64_t arrival) = 0;
  virtual Result<std::string> contacts(std::int64_t arrival) = 0;
  /// Destroys the keys of the arrival's contacts and of its original, which contains them.
  /// `not_found` when there is no such arrival.
  virtual Result<void> erase_contacts(std::int64_t arrival, std::string_view at) = 0;

  /// Returns the token, which is stored as a digest only and can never be shown again.
  virtual Result<std::string> create_token(std::string_view submitter, std::string_view at) = 0;
  /// The record of a valid token; nothing for an unknown or revoked one.
  virtual Result<std::optional<TokenRecord>> find_token(std::string_view token) = 0;
  /// By token or id. `not_found` when there is no such valid token.
  virtual Result<void> revoke_token(std::string_view token_or_id, std::string_view at) = 0;
  virtual Result<std::vector<TokenRecord>> tokens() = 0;
};

/// Opens or creates a store in one SQLite file (mode 0600: answers for the secretariat only lie
/// open in it). The master key lies beside it in `<file>.key` (mode 0600), made with the store.
/// Errors: `io` if it cannot be opened or is damaged, `not_found` if its key is missing,
/// `bad_input` if the key is another store's, or the file no store of this program, or one of a
/// newer release. `busy` is how long a write waits for that of another process before it is an
/// error (the default of SQLite would be a minute).
Result<std::unique_ptr<Store>> open_store(
    const std::filesystem::path& file, std::chrono::milliseconds busy = std::chrono::seconds(10));

}  // namespace cosp
