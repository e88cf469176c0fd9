#include "base/text.hpp"

#include <cstring>

#include <fmt/format.h>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include "base/icu_locale.hpp"
#include "base/utf8.hpp"

namespace cosp {
namespace {

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c <= 0x9F); }

bool is_bidi_control(char32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

bool is_private_or_no_character(char32_t c) {
  const bool is_private = (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
  const bool is_no_character = (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFEU) == 0xFFFE;
  return is_private || is_no_character;
}

bool is_hidden(char32_t c) {
  if (is_control(c)) return c != '\t' && c != '\n' && c != '\r';
  return is_bidi_control(c) || is_private_or_no_character(c);
}

bool is_space(char32_t c) { return u_isUWhiteSpace(static_cast<UChar32>(c)) != 0; }

/// Compatibility form, lower case, accents composed: equal for what a reader takes for the same.
std::string casefolded(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2& form = *icu::Normalizer2::getNFKCCasefoldInstance(status);
  std::string result;
  icu::StringByteSink<std::string> sink{&result};
  form.normalizeUTF8(0, {text.data(), static_cast<int32_t>(text.size())}, sink, nullptr, status);
  return result;
}

}  // namespace

std::size_t utf8::ascii_length(std::string_view text) {
  std::size_t i = 0;
  // Eight bytes at a time: answers are mostly ASCII, and every one of them is looked at.
  for (; i + sizeof(std::uint64_t) <= text.size(); i += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + i, sizeof word);
    if ((word & 0x8080808080808080U) != 0) break;
  }
  while (i < text.size() && static_cast<unsigned char>(text[i]) < 0x80) ++i;
  return i;
}

std::optional<std::size_t> first_invalid_utf8(std::string_view text) {
  for (std::size_t i = utf8::ascii_length(text); i < text.size();) {
    const utf8::Character character = utf8::first(text.substr(i));
    if (!character.is_valid) return i;
    i += character.length;
    if (i < text.size() && static_cast<unsigned char>(text[i]) < 0x80) {
      i += utf8::ascii_length(text.substr(i));
    }
  }
  return std::nullopt;
}

std::size_t count_characters(std::string_view text) {
  std::size_t i = utf8::ascii_length(text);
  std::size_t count = i;
  for (; i < text.size(); ++count) i += utf8::first(text.substr(i)).length;
  return count;
}

std::optional<HiddenCharacter> first_hidden_character(std::string_view text) {
  for (std::size_t offset = 0; offset < text.size();) {
    // Printable ASCII needs no decoding: it is most of what is looked through.
    if (text[offset] >= 0x20 && text[offset] < 0x7F) {
      ++offset;
      continue;
    }
    const utf8::Character character = utf8::first(text.substr(offset));
    if (is_hidden(character.code_point)) return HiddenCharacter{offset, character.code_point};
    offset += character.length;
  }
  return std::nullopt;
}

bool has_forbidden_characters(std::string_view text) {
  return first_hidden_character(text).has_value();
}

std::string trim(std::string_view text) { return std::string{trimmed(text)}; }

std::string_view trimmed(std::string_view text) {
  const auto is_visible_ascii = [](char c) { return c > ' ' && c < '\x7F'; };
  if (!text.empty() && is_visible_ascii(text.front()) && is_visible_ascii(text.back())) return text;
  std::size_t offset = 0;
  std::size_t first = text.size();
  std::size_t last = 0;
  for (const utf8::Character& character : utf8::Characters{text}) {
    const std::size_t next = offset + character.length;
    if (!is_space(character.code_point)) {
      if (first == text.size()) first = offset;
      last = next;
    }
    offset = next;
  }
  return first < last ? text.substr(first, last - first) : std::string_view{};
}

std::string_view without_outer_marks(std::string_view text) {
  const auto is_mark = [](char32_t c) {
    if (c < 0x80)
      return !((c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'));
    constexpr std::uint32_t kMarks =
        U_GC_P_MASK | U_GC_S_MASK | U_GC_Z_MASK | U_GC_CC_MASK | U_GC_CF_MASK;
    return (U_GET_GC_MASK(static_cast<UChar32>(c)) & kMarks) != 0;
  };
  std::size_t offset = 0;
  std::size_t first = text.size();
  std::size_t last = 0;
  for (const utf8::Character& character : utf8::Characters{text}) {
    const std::size_t next = offset + character.length;
    if (!is_mark(character.code_point)) {
      first = std::min(first, offset);
      last = next;
    }
    offset = next;
  }
  return first < last ? text.substr(first, last - first) : std::string_view{};
}

std::string fold_for_comparison(std::string_view text) {
  const std::string folded = casefolded(text);
  std::string squeezed;
  squeezed.reserve(folded.size());
  bool is_space_due = false;
  for (const utf8::Character& character : utf8::Characters{folded}) {
    if (is_space(character.code_point)) {
      is_space_due = !squeezed.empty();
      continue;
    }
    if (is_space_due) squeezed += ' ';
    is_space_due = false;
    squeezed += character.bytes;
  }
  return squeezed;
}

std::string mask_controls(std::string_view text) {
  std::string masked;
  masked.reserve(text.size());
  for (const utf8::Character& character : utf8::Characters{text}) {
    const char32_t c = character.code_point;
    if (is_control(c) && c != '\n' && c != '\t') {
      masked += utf8::kReplacementBytes;
    } else if (!is_control(c) && is_hidden(c)) {
      masked += fmt::format("<U+{:04X}>", static_cast<std::uint32_t>(c));
    } else {
      masked += character.bytes;
    }
  }
  return masked;
}

}  // namespace cosp
