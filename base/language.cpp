#include "base/language.hpp"

#include <algorithm>
#include <vector>

#include <unicode/uloc.h>

#include "base/icu_locale.hpp"

namespace cosp {
namespace icu_support {

icu::Locale locale_of(std::string_view tag) {
  constexpr std::size_t kLongestTag = 64;
  icu::Locale bogus;
  bogus.setToBogus();
  if (tag.empty() || tag.size() > kLongestTag) return bogus;
  // ICU reads a tag up to the first thing it does not understand; we want all of it or nothing.
  UErrorCode status = U_ZERO_ERROR;
  char name[ULOC_FULLNAME_CAPACITY];
  int32_t parsed = 0;
  const std::string terminated{tag};
  uloc_forLanguageTag(terminated.c_str(), name, ULOC_FULLNAME_CAPACITY, &parsed, &status);
  if (U_FAILURE(status) || static_cast<std::size_t>(parsed) != tag.size()) return bogus;
  return icu::Locale{name};
}

icu::Locale document_locale(std::string_view tag) {
  icu::Locale locale = locale_of(tag);
  if (locale.isBogus()) locale = icu::Locale::getUK();
  if (std::string_view{locale.getName()} == "en") locale = icu::Locale::getUK();
  UErrorCode status = U_ZERO_ERROR;
  locale.setKeywordValue("numbers", "latn", status);
  locale.setKeywordValue("calendar", "gregorian", status);
  return locale;
}

std::string to_utf8(const icu::UnicodeString& text) {
  std::string bytes;
  text.toUTF8String(bytes);
  return bytes;
}

icu::UnicodeString from_utf8(std::string_view text) {
  return icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
}

}  // namespace icu_support

namespace {

std::string display_name(const icu::Locale& of, const icu::Locale& in) {
  icu::UnicodeString name;
  of.getDisplayName(in, name);
  return icu_support::to_utf8(name);
}

/// One wish of an Accept-Language header.
struct Wish {
  std::string tag;  ///< lower case; "*" for any
  int quality = 1000;
};

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string lower(std::string_view text) {
  std::string result{text};
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

/// Thousandths of "q=0.8"; -1 if it is no quality value (RFC 9110, 12.4.2).
int read_quality(std::string_view parameter) {
  if (parameter.size() < 3 || (parameter[0] != 'q' && parameter[0] != 'Q') || parameter[1] != '=') {
    return -1;
  }
  const std::string_view digits = parameter.substr(2);
  const bool has_fraction = digits.size() > 1;
  if (digits.size() > 5 || (digits[0] != '0' && digits[0] != '1')) return -1;
  if (has_fraction && digits[1] != '.') return -1;
  int quality = (digits[0] - '0') * 1000;
  int weight = 100;
  for (const char c : has_fraction ? digits.substr(2) : std::string_view{}) {
    if (c < '0' || c > '9') return -1;
    quality += (c - '0') * weight;
    weight /= 10;
  }
  return quality <= 1000 ? quality : -1;
}

std::vector<Wish> read_wishes(std::string_view header) {
  std::vector<Wish> wishes;
  while (!header.empty()) {
    const std::size_t comma = std::min(header.find(','), header.size());
    const std::string_view item = trimmed(header.substr(0, comma));
    header.remove_prefix(std::min(comma + 1, header.size()));
    const std::size_t semicolon = std::min(item.find(';'), item.size());
    Wish wish{lower(trimmed(item.substr(0, semicolon)))};
    if (semicolon < item.size()) wish.quality = read_quality(trimmed(item.substr(semicolon + 1)));
    if (!wish.tag.empty() && wish.quality >= 0) wishes.push_back(std::move(wish));
  }
  std::ranges::stable_sort(wishes, std::ranges::greater{}, &Wish::quality);
  return wishes;
}

/// Whether `tag` is `range` or one of its regions or scripts ("pt-br" is within "pt").
bool is_within(std::string_view tag, std::string_view range) {
  return tag.starts_with(range) && (tag.size() == range.size() || tag[range.size()] == '-');
}

}  // namespace

bool is_right_to_left(std::string_view tag) {
  const icu::Locale locale = icu_support::locale_of(tag);
  return !locale.isBogus() && locale.isRightToLeft() != 0;
}

std::string canonical_language(std::string_view tag) {
  icu::Locale locale = icu_support::locale_of(tag);
  if (locale.isBogus()) return {};
  UErrorCode status = U_ZERO_ERROR;
  locale.canonicalize(status);
  std::string canonical = locale.toLanguageTag<std::string>(status);
  return U_SUCCESS(status) ? canonical : std::string{};
}

std::string language_name(std::string_view tag, std::string_view in_language) {
  const icu::Locale of = icu_support::locale_of(tag);
  if (of.isBogus()) return {};
  const icu::Locale in = icu_support::locale_of(in_language);
  return display_name(of, in.isBogus() ? icu::Locale::getEnglish() : in);
}

std::optional<std::string> best_language(std::string_view accept_language_header,
                                         std::span<const std::string> offered) {
  constexpr std::size_t kLongestHeader = 1'024;
  if (accept_language_header.size() > kLongestHeader) return std::nullopt;
  const std::vector<Wish> wishes = read_wishes(accept_language_header);
  const auto is_refused = [&wishes](std::string_view tag) {
    return std::ranges::any_of(wishes, [tag](const Wish& wish) {
      return wish.quality == 0 && wish.tag != "*" && is_within(tag, wish.tag);
    });
  };
  const auto find = [&](auto matches) -> std::optional<std::string> {
    for (const std::string& tag : offered) {
      if (const std::string lowered = lower(tag); matches(lowered) && !is_refused(lowered))
        return tag;
    }
    return std::nullopt;
  };
  for (const Wish& wish : wishes) {
    if (wish.quality == 0) break;
    if (wish.tag == "*") {
      if (auto any = find([](const std::string&) { return true; })) return any;
      continue;
    }
    // The wish itself, then it without its last subtag, and so on; last, any region of it.
    for (std::string range = wish.tag; !range.empty();) {
      if (auto same = find([&range](const std::string& tag) { return tag == range; })) return same;
      const std::size_t dash = range.rfind('-');
      range.resize(dash == std::string::npos ? 0 : dash);
    }
    if (auto region = find([&](const std::string& tag) { return is_within(tag, wish.tag); })) {
      return region;
    }
  }
  return std::nullopt;
}

}  // namespace cosp
