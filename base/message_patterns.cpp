#include "base/message_patterns.hpp"

#include <algorithm>
#include <memory>
#include <set>

#include <fmt/format.h>
#include <unicode/plurrule.h>

#include "base/icu_locale.hpp"
#include "base/messages.hpp"

namespace cosp {
namespace {

using icu::MessagePattern;
using Part = MessagePattern::Part;
using icu_support::to_utf8;

Error pattern_error(std::string what) { return {Error::Kind::bad_input, std::move(what), ""}; }

/// An odd run of apostrophes before a brace begins quoted text, in which arguments are no
/// arguments.
bool has_quoted_brace(std::string_view pattern) {
  std::size_t run = 0;
  for (const char c : pattern) {
    if ((c == '{' || c == '}') && run % 2 == 1) return true;
    run = c == '\'' ? run + 1 : 0;
  }
  return false;
}

/// The kind of the argument that starts at part `start`.
Result<MessageArgument::Kind> kind_of(const MessagePattern& pattern, int32_t start) {
  switch (pattern.getPart(start).getArgType()) {
    case UMSGPAT_ARG_TYPE_NONE: return MessageArgument::Kind::plain;
    case UMSGPAT_ARG_TYPE_PLURAL:
    case UMSGPAT_ARG_TYPE_SELECTORDINAL: return MessageArgument::Kind::plural;
    case UMSGPAT_ARG_TYPE_SELECT: return MessageArgument::Kind::select;
    case UMSGPAT_ARG_TYPE_SIMPLE: break;
    default: return pattern_error("choice arguments are not taken: use plural");
  }
  const message_patterns::SimpleType type = message_patterns::simple_type(pattern, start);
  if (type.name == "number" && type.style.empty()) return MessageArgument::Kind::number;
  if (type.name == "date" && (type.style.empty() || type.style == "short")) {
    return MessageArgument::Kind::date;
  }
  return pattern_error(
      fmt::format("argument of type \"{}{}{}\" is not taken: use number, date or "
                  "“date, short”, or format it beforehand",
                  type.name, type.style.empty() ? "" : ", ", type.style));
}

/// The keywords (not the exact values) of the plural argument that starts at part `start`.
std::set<std::string> plural_keywords(const MessagePattern& pattern, int32_t start) {
  std::set<std::string> keywords;
  const int32_t limit = pattern.getLimitPartIndex(start);
  for (int32_t i = start + 1; i < limit; ++i) {
    const Part& part = pattern.getPart(i);
    if (part.getType() == UMSGPAT_PART_TYPE_MSG_START) i = pattern.getLimitPartIndex(i);
    if (part.getType() != UMSGPAT_PART_TYPE_ARG_SELECTOR) continue;
    const std::string keyword = to_utf8(pattern.getSubstring(part));
    if (!keyword.starts_with('=')) keywords.insert(keyword);
  }
  return keywords;
}

Result<std::set<std::string>> keywords_of_language(std::string_view language, UPluralType type) {
  const icu::Locale locale = icu_support::locale_of(language);
  if (locale.isBogus()) return pattern_error(fmt::format("“{}” is no language tag", language));
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::PluralRules> rules{icu::PluralRules::forLocale(locale, type, status)};
  std::unique_ptr<icu::StringEnumeration> keywords;
  if (U_SUCCESS(status)) keywords.reset(rules->getKeywords(status));
  std::set<std::string> names;
  while (U_SUCCESS(status)) {
    const icu::UnicodeString* name = keywords->snext(status);
    if (name == nullptr) break;
    names.insert(to_utf8(*name));
  }
  if (U_FAILURE(status)) return pattern_error("ICU has no plural rules for the language");
  return names;
}

void compare_keywords(const std::string& argument, const std::set<std::string>& needed,
                      const std::set<std::string>& given, std::string_view language,
                      std::vector<std::string>& faults) {
  for (const std::string& keyword : needed) {
    if (!given.contains(keyword)) {
      faults.push_back(fmt::format("plural of {{{}}} lacks “{}”, which the language {} has",
                                   argument, keyword, language));
    }
  }
  for (const std::string& keyword : given) {
    if (!needed.contains(keyword)) {
      faults.push_back(fmt::format("plural of {{{}}} has “{}”, which the language {} does not have",
                                   argument, keyword, language));
    }
  }
}

std::string name_at(const MessagePattern& pattern, int32_t start) {
  return to_utf8(pattern.getSubstring(pattern.getPart(start + 1)));
}

}  // namespace

namespace message_patterns {

Result<icu::MessagePattern> parse(std::string_view pattern) {
  // ICU reads nested arguments by recursion: the length bounds its depth.
  constexpr int32_t kLongestPattern = 16'384;
  if (pattern.size() > std::size_t{4} * kLongestPattern) {
    return pattern_error("message pattern is too long");
  }
  const icu::UnicodeString text = icu_support::from_utf8(pattern);
  if (text.length() > kLongestPattern) return pattern_error("message pattern is too long");
  UErrorCode status = U_ZERO_ERROR;
  UParseError place{};
  icu::MessagePattern parsed{UMSGPAT_APOS_DOUBLE_OPTIONAL, status};
  parsed.parse(text, &place, status);
  if (U_FAILURE(status)) {
    return pattern_error(fmt::format("message pattern cannot be read from character {} on ({})",
                                     place.offset + 1, u_errorName(status)));
  }
  return parsed;
}

SimpleType simple_type(const icu::MessagePattern& pattern, int32_t start) {
  SimpleType type{to_utf8(pattern.getSubstring(pattern.getPart(start + 2))), {}};
  const Part& style = pattern.getPart(start + 3);
  if (style.getType() == UMSGPAT_PART_TYPE_ARG_STYLE) {
    type.style = to_utf8(pattern.getSubstring(style).trim());
  }
  return type;
}

}  // namespace message_patterns

Result<std::vector<MessageArgument>> message_arguments(std::string_view pattern) {
  if (has_quoted_brace(pattern)) {
    return pattern_error(
        "an apostrophe right before a brace makes the argument plain text: write two");
  }
  const Result<MessagePattern> parsed = message_patterns::parse(pattern);
  if (!parsed) return parsed.error();
  std::vector<MessageArgument> arguments;
  for (int32_t i = 0; i < parsed->countParts(); ++i) {
    if (parsed->getPartType(i) != UMSGPAT_PART_TYPE_ARG_START) continue;
    if (parsed->getPartType(i + 1) != UMSGPAT_PART_TYPE_ARG_NAME) {
      return pattern_error("arguments have names, not numbers");
    }
    const Result<MessageArgument::Kind> kind = kind_of(*parsed, i);
    if (!kind) return kind.error();
    arguments.push_back({name_at(*parsed, i), *kind});
  }
  std::ranges::sort(arguments);
  arguments.erase(std::unique(arguments.begin(), arguments.end()), arguments.end());
  return arguments;
}

std::vector<std::string> check_plural_categories(std::string_view pattern,
                                                 std::string_view language) {
  const Result<MessagePattern> parsed = message_patterns::parse(pattern);
  if (!parsed) return {parsed.error().what};
  std::vector<std::string> faults;
  for (int32_t i = 0; i < parsed->countParts(); ++i) {
    if (parsed->getPartType(i) != UMSGPAT_PART_TYPE_ARG_START) continue;
    const UMessagePatternArgType type = parsed->getPart(i).getArgType();
    if (!UMSGPAT_ARG_TYPE_HAS_PLURAL_STYLE(type)) continue;
    const bool is_ordinal = type == UMSGPAT_ARG_TYPE_SELECTORDINAL;
    const Result<std::set<std::string>> needed =
        keywords_of_language(language, is_ordinal ? UPLURAL_TYPE_ORDINAL : UPLURAL_TYPE_CARDINAL);
    if (!needed) return {needed.error().what};
    compare_keywords(name_at(*parsed, i), *needed, plural_keywords(*parsed, i), language, faults);
  }
  return faults;
}

}  // namespace cosp
