#include <Poco/Data/Statement.h>

#include "base/digest.hpp"
#include "store/sqlite_store.hpp"

namespace cosp {

using Poco::Data::Statement;
using Poco::Data::Keywords::into;
using Poco::Data::Keywords::now;
using Poco::Data::Keywords::useRef;

namespace {

constexpr std::size_t kTokenIdLength = 12;

}  // namespace

Result<std::string> SqliteStore::create_token(std::string_view submitter, std::string_view at) {
  const std::lock_guard lock(mutex_);
  return guarded(file_, [&]() -> Result<std::string> {
    std::string token = random_token();
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
  const std::string digest = sha256_hex(token_or_id);
  // Both are put on the id: it is what the log names.
  std::string id(token_or_id.size() == kTokenIdLength
                     ? token_or_id
                     : std::string_view(digest).substr(0, kTokenIdLength));
  const std::string revoked(at);
  return guarded(file_, [&]() -> Result<void> {
    WriteTransaction transaction(session_);
    Statement update(session_);
    update << "UPDATE tokens SET revoked_at = $1 WHERE revoked_at = '' AND id = $2",
        useRef(revoked), useRef(id);
    if (update.execute() == 0)
      return Error{Error::Kind::not_found, "no valid token of that name", ""};
    log(at, "operator", "token revoked", id);
    transaction.commit();
    return {};
  });
}

Result<std::vector<TokenRecord>> SqliteStore::tokens() {
  const std::lock_guard lock(mutex_);
  return guarded(file_, [&]() -> Result<std::vector<TokenRecord>> {
    Statement select(session_);
    TokenRecord row;
    select << "SELECT id, submitter, created_at, revoked_at FROM tokens ORDER BY submitter, "
              "created_at, id",
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

}  // namespace cosp
