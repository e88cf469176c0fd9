/// Reading a zip archive from memory, under limits that hold while it unpacks.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace cosp {

/// Limits on an archive from outside. The defaults are those for a party's workbook.
struct ZipLimits {
  std::uint64_t unpacked_bytes = 100u << 20;  ///< of all parts that are read, together
  std::uint32_t entries = 2'000;
  /// Unpacked to packed bytes of a part, beyond its first 4 MB.
  std::uint32_t ratio = 400;
};

struct ZipFault {
  enum class Kind : std::uint8_t {
    not_zip,         ///< does not begin as an archive does
    cut,             ///< begins as one and lacks the directory at its end
    damaged,         ///< contradicts itself, or packed in a way that is not known
    encrypted,       ///< an entry asks for a password
    too_large,       ///< beyond the limits
    bad_name,        ///< absolute, with "..", or with a control character
    duplicate_name,  ///< two entries of one name; upper and lower case count as the same
    missing,         ///< no such entry
  };
  Kind kind = Kind::damaged;
  std::string entry;  ///< empty: the archive as a whole
};

/// An archive that lies in memory. Entries are named as in the Open Packaging Conventions: upper
/// and lower case are the same. One thread at a time.
class ZipReader {
 public:
  /// `bytes` must outlive the reader. Looks at the directory alone: a bad name or an encrypted
  /// entry refuses the whole archive, read or not.
  static std::variant<ZipReader, ZipFault> open(std::string_view bytes, const ZipLimits& limits);

  ZipReader(ZipReader&&) noexcept;
  ZipReader& operator=(ZipReader&&) noexcept;
  ~ZipReader();

  bool has(std::string_view name) const;
  /// Calls `visit` with the name of each entry, as written, in the order of the archive.
  void visit_names(const std::function<void(std::string_view)>& visit) const;

  /// Unpacks an entry piece by piece, at most 64 KB each, until `take` returns false (which is no
  /// fault). All that was unpacked before counts towards the limit too.
  std::optional<ZipFault> read(std::string_view name,
                               const std::function<bool(std::string_view)>& take);
  /// The same into one string; more than `most_bytes` is too large.
  std::variant<std::string, ZipFault> read_whole(std::string_view name, std::uint64_t most_bytes);

 private:
  struct Implementation;
  explicit ZipReader(std::unique_ptr<Implementation> implementation);
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace cosp
