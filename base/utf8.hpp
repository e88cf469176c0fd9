#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Walking through UTF-8, for base/ only.
namespace cosp::utf8 {

inline constexpr char32_t kReplacement = 0xFFFD;
inline constexpr std::string_view kReplacementBytes = "\xEF\xBF\xBD";

/// A code point and its bytes. Of an invalid sequence: U+FFFD, its bytes, and how long what it
/// stands for is (the longest beginning of a valid sequence, at least one byte).
struct Character {
  char32_t code_point = 0;
  std::string_view bytes;
  std::size_t length = 0;
  bool is_valid = true;
};

/// The character at the start of `text`, which is not empty.
inline Character first(std::string_view text) {
  const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) return {lead, text.substr(0, 1), 1, true};
  const Character invalid{kReplacement, kReplacementBytes, 1, false};
  if (lead < 0xC2 || lead > 0xF4) return invalid;
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  // The second byte's range shuts out overlong forms, surrogates, and what is above U+10FFFF.
  const unsigned lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  char32_t code_point = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    const bool is_within = i < text.size() && byte(i) >= (i == 1 ? lowest : 0x80U) &&
                           byte(i) <= (i == 1 ? highest : 0xBFU);
    if (!is_within) return {kReplacement, kReplacementBytes, i, false};
    code_point = (code_point << 6U) | (byte(i) & 0x3FU);
  }
  return {code_point, text.substr(0, length), length, true};
}

/// For range-for over the characters of a text, which must outlive it.
class Characters {
 public:
  explicit Characters(std::string_view text) : text_(text) {}

  struct End {};
  class Iterator {
   public:
    explicit Iterator(std::string_view rest) : rest_(rest) { load(); }
    const Character& operator*() const { return current_; }
    Iterator& operator++() {
      rest_.remove_prefix(current_.length);
      load();
      return *this;
    }
    bool operator!=(End) const { return !rest_.empty(); }

   private:
    void load() {
      if (!rest_.empty()) current_ = first(rest_);
    }
    std::string_view rest_;
    Character current_;
  };

  Iterator begin() const { return Iterator{text_}; }
  static End end() { return {}; }

 private:
  std::string_view text_;
};

/// The length of the ASCII at the start of `text`.
std::size_t ascii_length(std::string_view text);

}  // namespace cosp::utf8
