#include "base/digest.hpp"

#include <bit>
#include <cstring>
#include <new>

#include <sodium.h>

#include "base/sodium_start.hpp"

namespace cosp {
namespace {

static_assert(sizeof(crypto_hash_sha256_state) <= 128);
static_assert(alignof(crypto_hash_sha256_state) <= 8);

const unsigned char* as_unsigned(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::string_view as_text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string hex(std::span<const unsigned char> bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const unsigned char byte : bytes) {
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 0xFU];
  }
  return text;
}

crypto_hash_sha256_state* hash_state(std::array<unsigned char, 128>& storage) {
  return std::launder(reinterpret_cast<crypto_hash_sha256_state*>(storage.data()));
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  Sha256 hash;
  hash.update(bytes);
  return hash.finish_hex();
}

std::string sha256_hex(std::span<const std::byte> bytes) { return sha256_hex(as_text(bytes)); }

Sha256::Sha256() : state_{} {
  start_sodium();
  crypto_hash_sha256_init(new (state_.data()) crypto_hash_sha256_state);
}

void Sha256::update(std::string_view bytes) {
  crypto_hash_sha256_update(hash_state(state_), as_unsigned(bytes), bytes.size());
}

void Sha256::update(std::span<const std::byte> bytes) { update(as_text(bytes)); }

std::string Sha256::finish_hex() {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256_final(hash_state(state_), digest.data());
  return hex(digest);
}

std::uint64_t fast_checksum(std::string_view bytes) {
  // Four sums side by side: each step waits for the one before it in its own sum alone.
  constexpr std::size_t kSums = 4;
  constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15;  // odd: no step loses a bit
  std::array<std::uint64_t, kSums> sums = {1, 2, 3, 4};
  const auto mix = [](std::uint64_t sum, std::uint64_t word) {
    return std::rotl((sum ^ word) * kFactor, 29);
  };
  std::size_t offset = 0;
  for (; bytes.size() - offset >= sizeof sums; offset += sizeof sums) {
    std::array<std::uint64_t, kSums> words;
    std::memcpy(words.data(), bytes.data() + offset, sizeof words);
    for (std::size_t i = 0; i < kSums; ++i) sums[i] = mix(sums[i], words[i]);
  }
  std::array<std::uint64_t, kSums> rest = {};
  if (offset < bytes.size()) std::memcpy(rest.data(), bytes.data() + offset, bytes.size() - offset);
  std::uint64_t sum = bytes.size();
  for (std::size_t i = 0; i < kSums; ++i) sum = mix(mix(sum, sums[i]), rest[i]);
  return sum ^ (sum >> 32U);
}

std::string base64url(std::string_view bytes) {
  constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  start_sodium();
  std::string text(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
  sodium_bin2base64(text.data(), text.size(), as_unsigned(bytes), bytes.size(), kVariant);
  text.pop_back();  // the terminating NUL, which the length counts
  return text;
}

std::string base64url(std::span<const std::byte> bytes) { return base64url(as_text(bytes)); }

}  // namespace cosp
