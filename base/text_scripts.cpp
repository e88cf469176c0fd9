#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <vector>

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "base/icu_locale.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"

namespace cosp {
namespace {

/// Languages that are written in two scripts side by side; ICU names the likelier one only.
struct SecondScript {
  std::string_view language;
  UScriptCode script;
};
constexpr std::array kSecondScripts{
    SecondScript{"az", USCRIPT_CYRILLIC},  SecondScript{"bs", USCRIPT_CYRILLIC},
    SecondScript{"kk", USCRIPT_LATIN},     SecondScript{"ku", USCRIPT_ARABIC},
    SecondScript{"mn", USCRIPT_MONGOLIAN}, SecondScript{"pa", USCRIPT_ARABIC},
    SecondScript{"sr", USCRIPT_LATIN},     SecondScript{"tk", USCRIPT_CYRILLIC},
    SecondScript{"uz", USCRIPT_CYRILLIC},
};

std::vector<std::string_view> find_scripts(const icu::Locale& locale) {
  std::array<UScriptCode, 8> codes{};
  UErrorCode status = U_ZERO_ERROR;
  const int32_t count =
      uscript_getCode(locale.getName(), codes.data(), static_cast<int32_t>(codes.size()), &status);
  std::vector<std::string_view> names;
  if (U_FAILURE(status)) return names;
  for (int32_t i = 0; i < count; ++i) {
    const UScriptCode code = codes.at(static_cast<std::size_t>(i));
    if (code > USCRIPT_INHERITED) names.emplace_back(uscript_getShortName(code));
  }
  if (*locale.getScript() == '\0') {
    for (const SecondScript& second : kSecondScripts) {
      if (second.language == locale.getLanguage()) {
        names.emplace_back(uscript_getShortName(second.script));
      }
    }
  }
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace

std::string dominant_script(std::string_view text) {
  struct Count {
    UScriptCode script;
    std::size_t letters;
  };
  std::vector<Count> counts;  // in order of appearance; a text has few scripts
  for (const utf8::Character& character : utf8::Characters{text}) {
    const auto c = static_cast<UChar32>(character.code_point);
    if (u_isalpha(c) == 0) continue;
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(c, &status);
    if (U_FAILURE(status) || script <= USCRIPT_INHERITED) continue;
    const auto found = std::ranges::find(counts, script, &Count::script);
    if (found == counts.end()) {
      counts.push_back({script, 1});
    } else {
      ++found->letters;
    }
  }
  const auto most = std::ranges::max_element(counts, {}, &Count::letters);
  return most == counts.end() ? std::string{} : uscript_getShortName(most->script);
}

std::span<const std::string_view> scripts_of_language(std::string_view tag) {
  // The answers are kept for ever, since spans of them are given out: at most one for each pair of
  // a language and a script that ICU knows, whatever tags come from outside.
  static std::mutex mutex;
  static std::map<std::string, std::vector<std::string_view>> answers;
  icu::Locale locale = icu_support::locale_of(tag);
  if (locale.isBogus()) return {};
  if (*locale.getISO3Language() == '\0') return {};
  const bool has_known_script =
      u_getPropertyValueEnum(UCHAR_SCRIPT, locale.getScript()) != UCHAR_INVALID_CODE;
  const std::string name =
      std::string{locale.getLanguage()} + '_' + (has_known_script ? locale.getScript() : "");
  locale = icu::Locale{name.c_str()};
  std::vector<std::string_view> scripts = find_scripts(locale);
  if (scripts.empty()) return {};
  const std::lock_guard lock{mutex};
  return answers.try_emplace(locale.getName(), std::move(scripts)).first->second;
}

}  // namespace cosp
