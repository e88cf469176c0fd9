#include "base/file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include <fmt/format.h>

#include "base/posix_file.hpp"

namespace cosp {
namespace {

struct OpenFile {
  posix::Descriptor descriptor;
  std::uint64_t size = 0;
};

Result<OpenFile> open_regular(const std::filesystem::path& path, std::uint64_t max_bytes) {
  // Without O_NONBLOCK, a named pipe would hold us before we can see that it is one.
  OpenFile file{posix::Descriptor{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)}};
  if (!file.descriptor) return posix::error_from_errno("open file", path);
  struct stat status {};
  if (::fstat(file.descriptor.number(), &status) != 0) {
    return posix::error_from_errno("read file", path);
  }
  if (!S_ISREG(status.st_mode)) {
    return Error{Error::Kind::bad_input,
                 S_ISDIR(status.st_mode) ? "is a folder, not a file" : "is not a regular file",
                 path.string()};
  }
  file.size = static_cast<std::uint64_t>(status.st_size);
  if (file.size > max_bytes) {
    return Error{Error::Kind::too_large,
                 fmt::format("file has {} bytes, at most {} are read", file.size, max_bytes),
                 path.string()};
  }
  return file;
}

/// Devices and pipes ("/dev/stdout") have no place for a temporary file beside them, and nothing to
/// replace.
Result<void> write_in_place(const std::filesystem::path& path, std::string_view bytes) {
  posix::Descriptor file{::open(path.c_str(), O_WRONLY | O_CLOEXEC)};
  if (!file || !posix::write_all(file.number(), bytes) || !file.close()) {
    return posix::error_from_errno("write file", path);
  }
  return {};
}

bool fill(posix::Descriptor& file, std::string_view bytes, const struct stat* existing) {
  const bool has_mode =
      existing == nullptr || ::fchmod(file.number(), existing->st_mode & 07777U) == 0;
  return has_mode && posix::write_all(file.number(), bytes) && ::fsync(file.number()) == 0 &&
         file.close();
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path, std::uint64_t max_bytes,
                              std::size_t padding) {
  Result<OpenFile> file = open_regular(path, max_bytes);
  if (!file) return file.error();
  std::string bytes;
  bytes.reserve(file->size + padding + 1);
  bytes.resize(file->size);
  std::size_t length = 0;
  while (length < bytes.size()) {
    const ssize_t count =
        ::read(file->descriptor.number(), bytes.data() + length, bytes.size() - length);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return posix::error_from_errno("read file", path);
    if (count == 0) break;  // cut since we asked for its size: what is there is the file
    length += static_cast<std::size_t>(count);
  }
  bytes.resize(length);
  return bytes;
}

Result<void> write_file(const std::filesystem::path& path, std::string_view bytes) {
  struct stat existing {};
  const bool exists = ::stat(path.c_str(), &existing) == 0;
  if (exists && S_ISDIR(existing.st_mode)) {
    return Error{Error::Kind::io, "cannot write file: is a folder", path.string()};
  }
  if (exists && !S_ISREG(existing.st_mode)) return write_in_place(path, bytes);

  const std::filesystem::path folder = posix::folder_of(path);
  Result<posix::TemporaryFile> temporary = posix::create_temporary(folder, 0666);
  if (!temporary) {
    temporary.error().where = path.string();
    return temporary.error();
  }
  if (!fill(temporary->descriptor, bytes, exists ? &existing : nullptr) ||
      ::rename(temporary->path.c_str(), path.c_str()) != 0) {
    Error error = posix::error_from_errno("write file", path);
    ::unlink(temporary->path.c_str());
    return error;
  }
  return posix::sync_folder(folder);
}

Result<void> write_file_by(const std::filesystem::path& path,
                           const std::function<Result<void>(const std::filesystem::path&)>& write) {
  constexpr std::uint64_t kMostBytes = 256u << 20;
  std::filesystem::path staging = path;
  staging.replace_filename("." + path.filename().string() + ".part");
  const auto written = write(staging);
  auto bytes = written ? read_file(staging, kMostBytes) : Result<std::string>(written.error());
  std::error_code ignored;
  std::filesystem::remove(staging, ignored);
  if (!bytes) return bytes.error();
  return write_file(path, *bytes);
}

Result<MappedFile> MappedFile::open(const std::filesystem::path& path, std::uint64_t max_bytes) {
  const Result<OpenFile> file = open_regular(path, max_bytes);
  if (!file) return file.error();
  if (file->size == 0) return MappedFile{nullptr, 0};  // mmap refuses a length of zero
  void* data = ::mmap(nullptr, file->size, PROT_READ, MAP_PRIVATE, file->descriptor.number(), 0);
  if (data == MAP_FAILED) return posix::error_from_errno("map file", path);
  return MappedFile{static_cast<const char*>(data), file->size};
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  if (this != &other) {
    unmap();
    data_ = std::exchange(other.data_, nullptr);
    size_ = std::exchange(other.size_, 0);
  }
  return *this;
}

MappedFile::~MappedFile() { unmap(); }

void MappedFile::unmap() noexcept {
  if (data_ != nullptr) ::munmap(const_cast<char*>(data_), size_);
  data_ = nullptr;
  size_ = 0;
}

}  // namespace cosp
