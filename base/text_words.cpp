#include <array>
#include <memory>
#include <optional>
#include <stdexcept>

#include <unicode/brkiter.h>
#include <unicode/utext.h>

#include "base/icu_locale.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"

namespace cosp {
namespace {

enum class Kind : unsigned char { other, letter, digit, mark, special };

/// Of each ASCII character; a mark may stand within a word. Special are the colon, which joins
/// letters in Finnish and Swedish only, and the underscore, which has rules of its own.
constexpr std::array<Kind, 128> kKinds = [] {
  std::array<Kind, 128> kinds{};
  for (std::size_t c = 'a'; c <= 'z'; ++c) kinds[c] = Kind::letter;
  for (std::size_t c = 'A'; c <= 'Z'; ++c) kinds[c] = Kind::letter;
  for (std::size_t c = '0'; c <= '9'; ++c) kinds[c] = Kind::digit;
  for (const unsigned char c : {'.', '\'', ',', ';'}) kinds[c] = Kind::mark;
  for (const unsigned char c : {':', '_'}) kinds[c] = Kind::special;
  return kinds;
}();

Kind kind_of(char c) { return kKinds[static_cast<unsigned char>(c)]; }

/// Whether the mark at `i` leaves what is around it one word ("don't", "3.14").
bool joins(std::string_view text, std::size_t i) {
  if (i == 0 || i + 1 >= text.size()) return false;
  const Kind before = kind_of(text[i - 1]);
  const bool is_mark_of_both = text[i] == '.' || text[i] == '\'';
  const bool is_possible = before == Kind::digit || (before == Kind::letter && is_mark_of_both);
  return is_possible && kind_of(text[i + 1]) == before;
}

/// The word rules of Unicode (UAX 29), for ASCII without special characters; empty where one
/// stands. It is what answers in Latin letters mostly are, and many times faster than the iterator.
/// A test holds the two together.
std::optional<std::size_t> count_ascii_words(std::string_view text) {
  std::size_t count = 0;
  bool is_in_word = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const Kind kind = kind_of(text[i]);
    if (kind == Kind::special) return std::nullopt;
    const bool is_part = kind == Kind::letter || kind == Kind::digit;
    count += static_cast<std::size_t>(is_part && !is_in_word);
    is_in_word = is_part || (kind == Kind::mark && joins(text, i));
  }
  return count;
}

icu::BreakIterator* word_iterator(std::string_view language) {
  thread_local icu_support::PerLanguage<icu::BreakIterator> iterators;
  return &iterators.get(language, [language] {
    icu::Locale locale = icu_support::locale_of(language);
    if (locale.isBogus()) locale = icu::Locale::getRoot();
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> iterator{
        icu::BreakIterator::createWordInstance(locale, status)};
    if (U_FAILURE(status)) throw std::runtime_error("ICU's word rules are missing");
    return iterator;
  });
}

struct CloseText {
  void operator()(UText* text) const { utext_close(text); }
};

}  // namespace

std::size_t estimate_words(std::string_view text) {
  std::size_t words = 0, solid = 0;
  bool is_in_word = false;
  for (const utf8::Character& character : utf8::Characters{text}) {
    const char32_t c = character.code_point;
    const bool is_solid =
        (c >= 0x3040 && c < 0xA000) || (c >= 0xF900 && c < 0xFB00) || (c >= 0x20000 && c < 0x32000);
    const bool is_space = c == U' ' || (c >= 0x09 && c <= 0x0D) || c == 0xA0 || c == 0x202F;
    if (is_solid) ++solid;
    const bool is_part = !is_solid && !is_space;
    words += static_cast<std::size_t>(is_part && !is_in_word);
    is_in_word = is_part;
  }
  return words + solid * 3 / 5;
}

std::size_t count_words(std::string_view text, std::string_view language) {
  if (utf8::ascii_length(text) == text.size()) {
    if (const std::optional<std::size_t> count = count_ascii_words(text)) return *count;
  }

  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UText, CloseText> wide{
      utext_openUTF8(nullptr, text.data(), static_cast<int64_t>(text.size()), &status)};
  icu::BreakIterator* iterator = word_iterator(language);
  iterator->setText(wide.get(), status);
  if (U_FAILURE(status)) throw std::runtime_error(u_errorName(status));
  std::size_t count = 0;
  iterator->first();
  while (iterator->next() != icu::BreakIterator::DONE) {
    if (iterator->getRuleStatus() >= UBRK_WORD_NONE_LIMIT) ++count;
  }
  return count;
}

}  // namespace cosp
