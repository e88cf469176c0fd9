#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.hpp"

/// The system calls behind file.hpp and seal.hpp. For base/ only.
namespace cosp::posix {

/// Owns a file descriptor.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) noexcept : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor();

  explicit operator bool() const noexcept { return number_ >= 0; }
  int number() const noexcept { return number_; }
  /// Closes it; false with errno set when the system reports that earlier writes failed.
  bool close() noexcept;

 private:
  int number_;
};

/// From errno: `not_found` where the path leads nowhere, else `io`.
/// "cannot <action>: <the system's reason>"
Error error_from_errno(std::string_view action, const std::filesystem::path& path);

/// Writes all bytes; false with errno set on failure.
bool write_all(int descriptor, std::string_view bytes);

/// Makes renames and new names in a folder last over a power cut.
Result<void> sync_folder(const std::filesystem::path& folder);

/// Names nobody else uses at the same time, for a file or folder beside the one to come.
std::string temporary_name();

/// The folder that holds `path`: "." for a bare name.
std::filesystem::path folder_of(const std::filesystem::path& path);

/// A new file under a temporary name in `folder`, open for writing.
struct TemporaryFile {
  Descriptor descriptor;
  std::filesystem::path path;
};
Result<TemporaryFile> create_temporary(const std::filesystem::path& folder, unsigned mode);

}  // namespace cosp::posix
