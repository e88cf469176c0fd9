#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <unicode/locid.h>
#include <unicode/unistr.h>

/// What base's users of ICU share. For base/ only: it is the one header that brings ICU in.
namespace cosp::icu_support {

/// The locale a language's documents are written in: digits 0–9 and the Gregorian calendar
/// everywhere, and for English without a region the British forms, which are those of the United
/// Nations. English when the tag is not well-formed.
icu::Locale document_locale(std::string_view tag);

/// The plain locale of a tag; bogus when it is not well-formed or longer than 64 bytes.
icu::Locale locale_of(std::string_view tag);

std::string to_utf8(const icu::UnicodeString& text);
icu::UnicodeString from_utf8(std::string_view text);

/// Objects that are dear to make and made per language, for one thread. Tags come from outside, so
/// the store is emptied rather than grown past its bound.
template <class Object>
class PerLanguage {
 public:
  template <class Make>
  Object& get(std::string_view language, const Make& make) {
    const auto found = objects_.find(language);
    if (found != objects_.end()) return *found->second;
    if (objects_.size() >= kMost) objects_.clear();
    return *objects_.emplace(std::string{language}, make()).first->second;
  }

 private:
  static constexpr std::size_t kMost = 16;
  std::map<std::string, std::unique_ptr<Object>, std::less<>> objects_;
};

}  // namespace cosp::icu_support
