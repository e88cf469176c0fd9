#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/Statement.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "store/migrations.hpp"
#include "store/sqlite_store.hpp"

namespace cosp {
namespace {

using Poco::Data::Session;
using Poco::Data::Keywords::into;
using Poco::Data::Keywords::now;

constexpr std::string_view kProbe = "cosp store";
constexpr std::string_view kProbeContext = "seal-probe";

/// Makes an empty file that is nobody else's to read, and its name durable. One that exists stays
/// as it is.
Result<void> make_private_file(const std::filesystem::path& file) {
  const auto failed = [&] {
    return Error{Error::Kind::io, "cannot create store: " + std::generic_category().message(errno),
                 file.string()};
  };
  const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (made < 0) return errno == EEXIST ? Result<void>() : failed();
  ::close(made);
  const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
  const int holder = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool is_synced = holder >= 0 && ::fsync(holder) == 0;
  if (holder >= 0) ::close(holder);
  return is_synced ? Result<void>() : failed();
}

Poco::Data::BLOB sealed_probe(const SealKey& master) {
  const std::string sealed = seal(kProbe, master, kProbeContext);
  return Poco::Data::BLOB(reinterpret_cast<const unsigned char*>(sealed.data()), sealed.size());
}

/// Brings the schema up to date; refuses files that are not ours or of a newer release.
Result<void> migrate(Session& session, const SealKey& master, const std::filesystem::path& file) {
  WriteTransaction transaction(
      session);  // before looking: another process may be making the same store
  int application = 0;
  std::size_t version = 0;
  int tables = 0;
  session << "PRAGMA application_id", into(application), now;
  session << "PRAGMA user_version", into(version), now;
  session << "SELECT COUNT(*) FROM sqlite_master", into(tables), now;
  if (application != kStoreApplicationId && (tables != 0 || version != 0))
    return Error{Error::Kind::bad_input, "not a store of this program", file.string()};
  const auto steps = migrations();
  if (version > steps.size())
    return Error{Error::Kind::bad_input, "store of a newer release", file.string()};
  if (version == steps.size()) return {};
  for (const auto step : steps.subspan(version))
    for (const std::string_view statement : step) session << std::string(statement), now;
  if (version == 0) {
    Poco::Data::BLOB probe = sealed_probe(master);
    session << "INSERT INTO seal_probe (sealed) VALUES ($1)", Poco::Data::Keywords::useRef(probe),
        now;
  }
  session << "PRAGMA application_id = " + std::to_string(kStoreApplicationId), now;
  session << "PRAGMA user_version = " + std::to_string(steps.size()), now;
  transaction.commit();
  return {};
}

Result<void> check_key(Session& session, const SealKey& master,
                       const std::filesystem::path& key_file) {
  Poco::Data::BLOB sealed;
  session << "SELECT sealed FROM seal_probe", into(sealed), now;
  const std::string_view bytes(reinterpret_cast<const char*>(sealed.rawContent()), sealed.size());
  if (const auto opened = open_sealed(bytes, master, kProbeContext); opened && *opened == kProbe)
    return {};
  return Error{Error::Kind::bad_input, "this key does not open the store", key_file.string()};
}

/// A session that waits for others' writes, is durable before the answer, and leaves nothing of
/// what was deleted.
Session open_session(const std::filesystem::path& file, std::chrono::milliseconds busy) {
  Session session("SQLite", file.string());
  session << "PRAGMA busy_timeout = " + std::to_string(busy.count()), now;
  session << "PRAGMA synchronous = FULL", now;
  session << "PRAGMA foreign_keys = ON", now;
  session << "PRAGMA secure_delete = ON", now;
  return session;
}

}  // namespace

Result<std::unique_ptr<Store>> open_store(const std::filesystem::path& file,
                                          std::chrono::milliseconds busy) {
  static std::once_flag registered;
  std::call_once(registered, [] { Poco::Data::SQLite::Connector::registerConnector(); });
  std::error_code ignored;
  const std::filesystem::path key_file = file.string() + ".key";
  const bool has_content =
      std::filesystem::exists(file, ignored) && std::filesystem::file_size(file, ignored) != 0;
  if (has_content && !std::filesystem::exists(key_file, ignored))
    return Error{Error::Kind::not_found,
                 "the store's key is missing; nothing sealed can be read without it",
                 key_file.string()};
  if (const auto made = make_private_file(file); !made) return made.error();
  // The key before the first table: a store cut off while being made must not be left without one.
  const auto key = load_or_create_key(key_file);
  if (!key) return key.error();
  return guarded(file, [&]() -> Result<std::unique_ptr<Store>> {
    Session session = open_session(file, busy);
    if (const auto migrated = migrate(session, *key, file); !migrated) return migrated.error();
    std::string mode;  // only now: a file that is not ours must stay as it is
    session << "PRAGMA journal_mode = WAL", into(mode), now;
    if (const auto checked = check_key(session, *key, key_file); !checked) return checked.error();
    return std::unique_ptr<Store>(std::make_unique<SqliteStore>(file, std::move(session), *key));
  });
}

}  // namespace cosp
