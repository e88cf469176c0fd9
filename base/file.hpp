#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace cosp {

/// In all errors below `what` carries the system's reason and `where` the path.

/// Reads a whole regular file. The string's capacity is at least `padding` bytes more than its
/// size, for parsers that read beyond the end.
///
/// Errors: `not_found`, `too_large` above `max_bytes`, `bad_input` if it is no regular file, `io`.
Result<std::string> read_file(const std::filesystem::path& path, std::uint64_t max_bytes,
                              std::size_t padding = 0);

/// Writes a file so that a reader sees the old bytes or the new, never a part, even after a power
/// cut: a temporary file beside it, synced, renamed, and the folder synced. An existing file keeps
/// its mode; a new one has 0666 less the umask. On failure nothing is left behind.
///
/// Errors: `io`, of a full disk too; `not_found` if the folder does not exist.
Result<void> write_file(const std::filesystem::path& path, std::string_view bytes);

/// The same for a file that a library writes itself, `write` to the path it is given: beside the
/// target, then put in its place whole. Errors: those of `write`, `read_file` (above 256 MB) and
/// `write_file`.
Result<void> write_file_by(
    const std::filesystem::path& path,
    const std::function<Result<void>(const std::filesystem::path& staging)>& write);

/// A folder of outputs that appears whole or not at all.
///
/// Files are written to a hidden folder beside the target; `commit` renames it into place. A target
/// that exists must be empty or one of ours (it holds `manifest.json`): it is then replaced.
/// Without a commit the destructor removes what was written.
class OutputFolder {
 public:
  static constexpr std::string_view kMarker = "manifest.json";
  /// Stands near the beginning of a marker of ours; other programs have files of that name too.
  static constexpr std::string_view kMarkerSign = "\"cosp-manifest/";

  /// Whether a folder was written through this class.
  static bool is_ours(const std::filesystem::path& folder);

  /// Errors: `bad_input` if `target` is a file, or a folder with other content than ours; `io` if
  /// the folder beside it cannot be made. Missing parents are made.
  static Result<OutputFolder> create(const std::filesystem::path& target);

  OutputFolder(OutputFolder&& other) noexcept;
  OutputFolder& operator=(OutputFolder&& other) noexcept;
  OutputFolder(const OutputFolder&) = delete;
  OutputFolder& operator=(const OutputFolder&) = delete;
  ~OutputFolder();

  /// Where a library that writes files itself may write; use paths relative to it.
  const std::filesystem::path& staging() const { return staging_; }

  /// Writes one file; folders in `relative` are made.
  /// Errors: `bad_input` if `relative` leaves the folder; `io`.
  Result<void> write(const std::filesystem::path& relative, std::string_view bytes);

  /// Syncs every file and puts the folder into place. Call it once, last.
  /// Errors: `bad_input` if no marker was written, or the target has changed to something not ours;
  /// `io`. The former target then still stands.
  Result<void> commit();

 private:
  OutputFolder(std::filesystem::path target, std::filesystem::path staging);
  void discard() noexcept;

  std::filesystem::path target_;
  std::filesystem::path staging_;  ///< empty after commit or move
};

/// A file's bytes, mapped read-only. Who maps a file must expect that it was changed meanwhile:
/// only for files of our own, replaced by `write_file` and never written in place.
class MappedFile {
 public:
  /// Errors: `not_found`, `bad_input` if it is no regular file, `too_large`, `io`.
  static Result<MappedFile> open(const std::filesystem::path& path,
                                 std::uint64_t max_bytes = std::uint64_t{1} << 30);

  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  /// Lives as long as this object; starts on a page boundary.
  std::string_view bytes() const { return {data_, size_}; }

 private:
  MappedFile(const char* data, std::size_t size) : data_(data), size_(size) {}
  void unmap() noexcept;

  const char* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace cosp
