#include "base/posix_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <system_error>

#include <fmt/format.h>

namespace cosp::posix {

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

bool Descriptor::close() noexcept {
  const int number = std::exchange(number_, -1);
  return number < 0 || ::close(number) == 0;
}

Error error_from_errno(std::string_view action, const std::filesystem::path& path) {
  const int code = errno;
  const bool is_missing = code == ENOENT || code == ENOTDIR;
  return {is_missing ? Error::Kind::not_found : Error::Kind::io,
          fmt::format("cannot {}: {}", action, std::generic_category().message(code)),
          path.string()};
}

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

Result<void> sync_folder(const std::filesystem::path& folder) {
  const Descriptor descriptor{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (!descriptor) return error_from_errno("open folder", folder);
  // Some network file systems cannot sync a folder and say EINVAL; they do it on rename.
  if (::fsync(descriptor.number()) != 0 && errno != EINVAL) {
    return error_from_errno("sync folder", folder);
  }
  return {};
}

std::string temporary_name() {
  static std::atomic<unsigned> counter{0};
  return fmt::format(".cosp-{}-{}.tmp", ::getpid(), counter.fetch_add(1));
}

std::filesystem::path folder_of(const std::filesystem::path& path) {
  std::filesystem::path folder = path.parent_path();
  return folder.empty() ? std::filesystem::path{"."} : folder;
}

Result<TemporaryFile> create_temporary(const std::filesystem::path& folder, unsigned mode) {
  // A name is taken only when a process of the same number was killed here: some tries are plenty.
  for (int tries = 0; tries < 1'000; ++tries) {
    std::filesystem::path path = folder / temporary_name();
    Descriptor descriptor{
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)};
    if (descriptor) return TemporaryFile{std::move(descriptor), std::move(path)};
    if (errno != EEXIST) break;
  }
  return error_from_errno("write in folder", folder);
}

}  // namespace cosp::posix
