#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "base/file.hpp"
#include "base/posix_file.hpp"

namespace cosp {
namespace {

namespace fs = std::filesystem;

Error system_error(std::string_view action, const fs::path& path, const std::error_code& code) {
  return {Error::Kind::io, fmt::format("cannot {}: {}", action, code.message()), path.string()};
}

/// The absolute path without a slash at its end; through a link, where it leads.
Result<fs::path> resolved(const fs::path& target) {
  std::error_code code;
  fs::path path = fs::weakly_canonical(fs::absolute(target, code), code);
  if (code) return system_error("find folder", target, code);
  if (!path.has_filename()) path = path.parent_path();
  if (!path.has_filename()) {
    return Error{Error::Kind::bad_input, "cannot be an output folder", target.string()};
  }
  return path;
}

enum class Occupant { none, empty_folder, ours };

Result<Occupant> occupant_of(const fs::path& target) {
  std::error_code code;
  const fs::file_status status = fs::symlink_status(target, code);
  if (status.type() == fs::file_type::not_found) return Occupant::none;
  if (status.type() != fs::file_type::directory) {
    if (code) return system_error("look at folder", target, code);
    return Error{Error::Kind::bad_input, "is a file, not a folder", target.string()};
  }
  const bool is_empty = fs::is_empty(target, code);
  if (code) return system_error("look into folder", target, code);
  if (is_empty) return Occupant::empty_folder;
  if (OutputFolder::is_ours(target)) return Occupant::ours;
  return Error{
      Error::Kind::bad_input,
      fmt::format("folder holds other files and no {} of ours: choose another, or empty it",
                  OutputFolder::kMarker),
      target.string()};
}

/// Removes the work folders of processes that were killed: nobody will finish them.
void sweep(const fs::path& parent) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(parent, ignored)) {
    int process = 0;
    int counter = 0;
    int length = 0;
    const std::string name = entry.path().filename().string();
    const int read = std::sscanf(name.c_str(), ".cosp-%d-%d.tmp%n", &process, &counter, &length);
    if (read != 2 || length != static_cast<int>(name.size()) || process <= 0) continue;
    if (::kill(process, 0) == 0 || errno != ESRCH) continue;
    fs::remove_all(entry.path(), ignored);
  }
}

Result<void> sync_file(const fs::path& path) {
  const posix::Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)};
  if (!file || ::fsync(file.number()) != 0) return posix::error_from_errno("sync file", path);
  return {};
}

Result<void> sync_all(const fs::path& folder) {
  std::error_code code;
  fs::recursive_directory_iterator entry{folder, code};
  for (; !code && entry != fs::recursive_directory_iterator{}; entry.increment(code)) {
    const bool is_folder = entry->is_directory();
    Result<void> synced = is_folder ? posix::sync_folder(entry->path()) : sync_file(entry->path());
    if (!synced) return synced;
  }
  if (code) return system_error("look into folder", folder, code);
  return posix::sync_folder(folder);
}

/// Puts `staging` in the place of `target`, whose former content then stands under the name of
/// `staging`; in one step, or for file systems that cannot exchange, in two with a way back.
Result<void> exchange(const fs::path& staging, const fs::path& target) {
  if (::renameat2(AT_FDCWD, staging.c_str(), AT_FDCWD, target.c_str(), RENAME_EXCHANGE) == 0) {
    return {};
  }
  if (errno != EINVAL && errno != ENOSYS) return posix::error_from_errno("replace folder", target);
  const fs::path aside = target.parent_path() / posix::temporary_name();
  if (::rename(target.c_str(), aside.c_str()) != 0) {
    return posix::error_from_errno("replace folder", target);
  }
  if (::rename(staging.c_str(), target.c_str()) != 0) {
    Error error = posix::error_from_errno("replace folder", target);
    ::rename(aside.c_str(), target.c_str());
    return error;
  }
  ::rename(aside.c_str(), staging.c_str());
  return {};
}

}  // namespace

Result<OutputFolder> OutputFolder::create(const std::filesystem::path& target) {
  Result<fs::path> path = resolved(target);
  if (!path) return path.error();
  if (Result<Occupant> occupant = occupant_of(*path); !occupant) return occupant.error();
  std::error_code code;
  fs::create_directories(path->parent_path(), code);
  if (code) return system_error("make folder", path->parent_path(), code);
  sweep(path->parent_path());
  for (int tries = 0; tries < 1'000; ++tries) {
    fs::path staging = path->parent_path() / posix::temporary_name();
    if (::mkdir(staging.c_str(), 0700) == 0)
      return OutputFolder{*std::move(path), std::move(staging)};
    if (errno != EEXIST) break;
  }
  Error error = posix::error_from_errno("make folder", *path);
  error.kind = Error::Kind::io;
  return error;
}

bool OutputFolder::is_ours(const std::filesystem::path& folder) {
  constexpr std::uint64_t kMostMarkerBytes = 64u << 20;
  std::error_code ignored;
  if (!fs::is_regular_file(folder / kMarker, ignored)) return false;
  const Result<std::string> marker = read_file(folder / kMarker, kMostMarkerBytes);
  return marker && marker->substr(0, 64).find(kMarkerSign) != std::string::npos;
}

OutputFolder::OutputFolder(std::filesystem::path target, std::filesystem::path staging)
    : target_(std::move(target)), staging_(std::move(staging)) {}

OutputFolder::OutputFolder(OutputFolder&& other) noexcept
    : target_(std::move(other.target_)), staging_(std::exchange(other.staging_, fs::path{})) {}

OutputFolder& OutputFolder::operator=(OutputFolder&& other) noexcept {
  if (this != &other) {
    discard();
    target_ = std::move(other.target_);
    staging_ = std::exchange(other.staging_, fs::path{});
  }
  return *this;
}

OutputFolder::~OutputFolder() { discard(); }

void OutputFolder::discard() noexcept {
  if (staging_.empty()) return;
  std::error_code
      ignored;  // a destructor can tell nobody; the name begins with a dot and says cosp
  fs::remove_all(staging_, ignored);
  staging_.clear();
}

Result<void> OutputFolder::write(const std::filesystem::path& relative, std::string_view bytes) {
  const fs::path inside = relative.lexically_normal();
  if (!inside.has_filename() || inside.is_absolute() || *inside.begin() == ".." || inside == ".") {
    return Error{Error::Kind::bad_input, "is not a file within the output folder",
                 relative.string()};
  }
  const fs::path path = staging_ / inside;
  std::error_code code;
  fs::create_directories(path.parent_path(), code);
  if (code) return system_error("make folder", target_ / inside.parent_path(), code);
  posix::Descriptor file{
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666)};
  if (!file || !posix::write_all(file.number(), bytes) || !file.close()) {
    Error error = posix::error_from_errno("write file", target_ / inside);
    error.kind = Error::Kind::io;
    return error;
  }
  return {};
}

Result<void> OutputFolder::commit() {
  std::error_code code;
  if (!fs::is_regular_file(staging_ / kMarker, code)) {
    return Error{Error::Kind::bad_input, fmt::format("no {} was written", kMarker),
                 target_.string()};
  }
  Result<Occupant> occupant = occupant_of(target_);
  if (!occupant) return occupant.error();
  // Only now may others look in; as far as they may into any new folder.
  const mode_t mask = ::umask(0);
  ::umask(mask);
  ::chmod(staging_.c_str(), 0777 & ~mask);
  if (Result<void> synced = sync_all(staging_); !synced) return synced;
  if (*occupant == Occupant::ours) {
    if (Result<void> exchanged = exchange(staging_, target_); !exchanged) return exchanged;
    discard();  // what stood there before
  } else if (::rename(staging_.c_str(), target_.c_str()) != 0) {
    return posix::error_from_errno("put folder into place", target_);
  }
  staging_.clear();
  return posix::sync_folder(target_.parent_path());
}

}  // namespace cosp
