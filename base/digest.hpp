#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cosp {

/// SHA-256 in lower-case hexadecimal, 64 characters.
std::string sha256_hex(std::span<const std::byte> bytes);
std::string sha256_hex(std::string_view bytes);

/// SHA-256 of bytes that come in pieces. One thread at a time.
class Sha256 {
 public:
  Sha256();
  void update(std::string_view bytes);
  void update(std::span<const std::byte> bytes);
  /// The digest of all bytes given; call it once, last.
  std::string finish_hex();

 private:
  // Room for crypto_hash_sha256_state, whose header stays out of ours; the source file asserts it.
  alignas(8) std::array<unsigned char, 128> state_;
};

/// A checksum against accidents (a torn or stale cache file): the same only on machines of one byte
/// order, and no protection against anybody.
std::uint64_t fast_checksum(std::string_view bytes);

/// RFC 4648 base64url, without padding.
std::string base64url(std::span<const std::byte> bytes);
std::string base64url(std::string_view bytes);

}  // namespace cosp
