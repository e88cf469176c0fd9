#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace cosp {

/// Sealing keeps texts secret and shows any change of them: XChaCha20-Poly1305 of libsodium. Texts
/// that must be erasable have a key of their own; without it the sealed bytes are noise.
struct SealKey {
  std::array<unsigned char, 32> bytes{};
  friend bool operator==(const SealKey&, const SealKey&) = delete;  // use equal_constant_time
};

SealKey make_key();

/// A random nonce and the sealed text, 40 bytes longer than `plain`. `associated` (a record's id)
/// is not within, but must be the same to open: so a sealed text cannot be moved to another record.
std::string seal(std::string_view plain, const SealKey& key, std::string_view associated);

/// Errors: `bad_input` if the bytes were changed or cut, or key or `associated` are others.
Result<std::string> open_sealed(std::string_view sealed, const SealKey& key,
                                std::string_view associated);

/// 32 random bytes in base64url, 43 characters; never begins with a hyphen, which a command line
/// would take for an option.
std::string random_token();

/// Compares without telling by its time where the first difference is. Lengths are not secret.
bool equal_constant_time(std::string_view left, std::string_view right);

/// Reads the key in `path`, or makes one where there is no file (mode 0600, synced; two processes
/// that do so at once end with the same key).
///
/// Errors: `bad_input` if the file is no key or others may read it; `io` if it cannot be read or
/// made.
Result<SealKey> load_or_create_key(const std::filesystem::path& path);

}  // namespace cosp
