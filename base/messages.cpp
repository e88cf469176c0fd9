#include "base/messages.hpp"

#include <cassert>
#include <map>
#include <optional>
#include <stdexcept>

#include <unicode/numberformatter.h>
#include <unicode/plurrule.h>

#include "base/icu_locale.hpp"
#include "base/message_patterns.hpp"
#include "base/numbers.hpp"

namespace cosp {
namespace {

using icu::MessagePattern;
using icu::PluralRules;
using Part = MessagePattern::Part;
using icu_support::to_utf8;

const Argument* find(const Arguments& arguments, std::string_view name) {
  for (const auto& [known, value] : arguments) {
    if (known == name) return &value;
  }
  return nullptr;
}

/// The argument as it is printed without further instruction.
std::string plain_text(const Argument& argument, std::string_view language) {
  struct Printer {
    std::string_view language;
    std::string operator()(const std::string& text) const { return text; }
    std::string operator()(const Decimal& number) const { return format_number(number, language); }
    std::string operator()(std::int64_t number) const { return format_number(number, language); }
    std::string operator()(Date date) const { return format_date(date, language); }
    std::string operator()(const std::vector<std::string>& items) const {
      return format_list(items, language);
    }
  };
  return std::visit(Printer{language}, argument);
}

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '.';
}

/// The name in "{name}" at the start of `text`; empty if anything else is there. A name that begins
/// with a digit is left to the parser, which has an opinion on it.
std::string_view simple_argument(std::string_view text) {
  std::size_t end = 1;
  while (end < text.size() && is_name_character(text[end])) ++end;
  const bool is_simple =
      end < text.size() && text[end] == '}' && end > 1 && !(text[1] >= '0' && text[1] <= '9');
  return is_simple ? text.substr(1, end - 1) : std::string_view{};
}

}  // namespace

struct MessageFormatter::Implementation {
  /// More than one document's worth of patterns with plurals.
  static constexpr std::size_t kMostPatterns = 256;

  std::string language;
  std::unique_ptr<PluralRules> cardinal;
  std::unique_ptr<PluralRules> ordinal;
  std::map<std::string, MessagePattern, std::less<>> patterns;

  /// Empty if the pattern is not as simple as "{name} and text", or lacks an argument.
  std::optional<std::string> substitute(std::string_view pattern, const Arguments& arguments) const;
  /// Null if the pattern is broken.
  const MessagePattern* parsed(std::string_view pattern);
};

namespace {

/// One evaluation of a parsed pattern. ICU's own MessageFormat would hold 29 KB a pattern, round
/// figures to three decimals, and print a missing argument's name in silence.
class Evaluation {
 public:
  Evaluation(const MessagePattern& pattern, const Arguments& arguments, std::string_view language,
             const PluralRules& cardinal, const PluralRules& ordinal)
      : pattern_(pattern),
        arguments_(arguments),
        language_(language),
        cardinal_(cardinal),
        ordinal_(ordinal) {}

  /// Empty if an argument is missing, or of a type that its place cannot take.
  std::optional<std::string> run() {
    message(0, nullptr);
    if (has_failed_) return std::nullopt;
    return to_utf8(out_);
  }

 private:
  /// Writes the message whose MSG_START is part `start`; `number` is what "#" stands for.
  void message(int32_t start, const Decimal* number) {
    int32_t written = pattern_.getPart(start).getLimit();
    for (int32_t i = start + 1; !has_failed_; ++i) {
      const Part& part = pattern_.getPart(i);
      out_.append(pattern_.getPatternString(), written, part.getIndex() - written);
      written = part.getLimit();
      if (part.getType() == UMSGPAT_PART_TYPE_MSG_LIMIT) return;
      if (part.getType() == UMSGPAT_PART_TYPE_REPLACE_NUMBER && number != nullptr) {
        append(format_number(*number, language_));
      } else if (part.getType() == UMSGPAT_PART_TYPE_ARG_START) {
        const int32_t limit = pattern_.getLimitPartIndex(i);
        argument(i);
        i = limit;
        written = pattern_.getPart(limit).getLimit();
      }
    }
  }

  void argument(int32_t start) {
    const std::string name = to_utf8(pattern_.getSubstring(pattern_.getPart(start + 1)));
    const Argument* value = find(arguments_, name);
    if (value == nullptr) {
      has_failed_ = true;
      return;
    }
    switch (pattern_.getPart(start).getArgType()) {
      case UMSGPAT_ARG_TYPE_NONE: append(plain_text(*value, language_)); return;
      case UMSGPAT_ARG_TYPE_SIMPLE: simple(start, *value); return;
      case UMSGPAT_ARG_TYPE_PLURAL: plural(start + 2, *value, cardinal_); return;
      case UMSGPAT_ARG_TYPE_SELECTORDINAL: plural(start + 2, *value, ordinal_); return;
      case UMSGPAT_ARG_TYPE_SELECT: select(start + 2, *value); return;
      default: has_failed_ = true;
    }
  }

  void simple(int32_t start, const Argument& value) {
    const message_patterns::SimpleType type = message_patterns::simple_type(pattern_, start);
    const Date* date = std::get_if<Date>(&value);
    if (type.name == "number" && type.style.empty() && number_of(value)) {
      append(plain_text(value, language_));
    } else if (type.name == "date" && type.style.empty() && date != nullptr) {
      append(format_date(*date, language_));
    } else if (type.name == "date" && type.style == "short" && date != nullptr) {
      append(format_date_short(*date));
    } else {
      has_failed_ = true;
    }
  }

  static std::optional<Decimal> number_of(const Argument& value) {
    if (const auto* decimal = std::get_if<Decimal>(&value)) return *decimal;
    const auto* integer = std::get_if<std::int64_t>(&value);
    return integer == nullptr ? std::nullopt : Decimal::parse(std::to_string(*integer));
  }

  /// `i` is the first part after the name: the offset, or the first selector.
  void plural(int32_t i, const Argument& value, const PluralRules& rules) {
    std::optional<Decimal> number = number_of(value);
    std::optional<Decimal> reduced = number;
    if (number && Part::hasNumericValue(pattern_.getPartType(i))) {
      const std::optional<Decimal> offset = Decimal::parse(text_at(i++));
      reduced = offset ? number->minus(*offset) : std::nullopt;
    }
    if (!number || !reduced) {
      has_failed_ = true;
      return;
    }
    const int32_t chosen = plural_branch(i, *number, keyword(*reduced, rules));
    chosen < 0 ? void(has_failed_ = true) : message(chosen, &*reduced);
  }

  static std::string keyword(const Decimal& number, const PluralRules& rules) {
    constexpr std::int64_t kMost = 1'000'000'000;
    if (number.decimals() == 0 && number.coefficient() < kMost && number.coefficient() > -kMost) {
      return to_utf8(rules.select(static_cast<int32_t>(number.coefficient())));
    }
    // The rules look at the digits behind the point, so they must see the figure as it is printed.
    static const icu::number::LocalizedNumberFormatter exact =
        icu::number::NumberFormatter::withLocale(icu::Locale::getRoot())
            .precision(icu::number::Precision::unlimited());
    UErrorCode status = U_ZERO_ERROR;
    const auto formatted = exact.formatDecimal(number.to_string(), status);
    const icu::UnicodeString keyword = rules.select(formatted, status);
    return U_SUCCESS(status) ? to_utf8(keyword) : "other";
  }

  /// The MSG_START of the branch for exactly this number, else for its keyword, else of "other".
  int32_t plural_branch(int32_t i, const Decimal& number, const std::string& keyword) const {
    int32_t of_keyword = -1;
    int32_t of_other = -1;
    while (pattern_.getPartType(i) == UMSGPAT_PART_TYPE_ARG_SELECTOR) {
      const std::string selector = text_at(i++);
      if (Part::hasNumericValue(pattern_.getPartType(i))) {
        if (Decimal::parse(text_at(i++)) == number) return i;
      } else if (selector == keyword) {
        of_keyword = i;
      } else if (selector == "other") {
        of_other = i;
      }
      i = pattern_.getLimitPartIndex(i) + 1;
    }
    return of_keyword >= 0 ? of_keyword : of_other;
  }

  void select(int32_t i, const Argument& value) {
    std::optional<std::string> wanted;
    if (const auto* text = std::get_if<std::string>(&value)) wanted = *text;
    if (const std::optional<Decimal> number = number_of(value)) wanted = number->to_string();
    int32_t of_other = -1;
    while (wanted && pattern_.getPartType(i) == UMSGPAT_PART_TYPE_ARG_SELECTOR) {
      const std::string selector = text_at(i++);
      if (selector == *wanted) return message(i, nullptr);
      if (selector == "other") of_other = i;
      i = pattern_.getLimitPartIndex(i) + 1;
    }
    of_other < 0 ? void(has_failed_ = true) : message(of_other, nullptr);
  }

  std::string text_at(int32_t i) const {
    return to_utf8(pattern_.getSubstring(pattern_.getPart(i)));
  }

  void append(std::string_view text) { out_.append(icu_support::from_utf8(text)); }

  const MessagePattern& pattern_;
  const Arguments& arguments_;
  std::string_view language_;
  const PluralRules& cardinal_;
  const PluralRules& ordinal_;
  icu::UnicodeString out_;
  bool has_failed_ = false;
};

}  // namespace

std::optional<std::string> MessageFormatter::Implementation::substitute(
    std::string_view pattern, const Arguments& arguments) const {
  if (pattern.find('\'') != std::string_view::npos) return std::nullopt;
  std::string out;
  while (!pattern.empty()) {
    const std::size_t brace = pattern.find_first_of("{}");
    out += pattern.substr(0, brace);
    if (brace == std::string_view::npos) break;
    pattern.remove_prefix(brace);
    const std::string_view name = simple_argument(pattern);
    const Argument* value = name.empty() ? nullptr : find(arguments, name);
    if (value == nullptr) return std::nullopt;
    out += plain_text(*value, language);
    pattern.remove_prefix(name.size() + 2);
  }
  return out;
}

const MessagePattern* MessageFormatter::Implementation::parsed(std::string_view pattern) {
  if (const auto found = patterns.find(pattern); found != patterns.end()) return &found->second;
  Result<MessagePattern> fresh = message_patterns::parse(pattern);
  if (!fresh) return nullptr;
  // Emptied rather than thinned out: a catalogue that passes the bound is read in order anyway.
  if (patterns.size() >= kMostPatterns) patterns.clear();
  return &patterns.emplace(std::string{pattern}, *std::move(fresh)).first->second;
}

MessageFormatter::MessageFormatter(std::string_view language)
    : implementation_(std::make_unique<Implementation>()) {
  icu::Locale locale = icu_support::locale_of(language);
  if (locale.isBogus()) locale = icu::Locale::getEnglish();
  UErrorCode status = U_ZERO_ERROR;
  implementation_->language = locale.toLanguageTag<std::string>(status);
  implementation_->cardinal.reset(PluralRules::forLocale(locale, UPLURAL_TYPE_CARDINAL, status));
  implementation_->ordinal.reset(PluralRules::forLocale(locale, UPLURAL_TYPE_ORDINAL, status));
  if (U_FAILURE(status)) throw std::runtime_error("ICU's plural rules are missing");
}

MessageFormatter::MessageFormatter(MessageFormatter&&) noexcept = default;
MessageFormatter& MessageFormatter::operator=(MessageFormatter&&) noexcept = default;
MessageFormatter::~MessageFormatter() = default;

const std::string& MessageFormatter::language() const { return implementation_->language; }

std::string MessageFormatter::format(std::string_view pattern, const Arguments& arguments) {
  Implementation& self = *implementation_;
  if (std::optional<std::string> text = self.substitute(pattern, arguments))
    return *std::move(text);
  if (const MessagePattern* parsed = self.parsed(pattern)) {
    Evaluation evaluation{*parsed, arguments, self.language, *self.cardinal, *self.ordinal};
    if (std::optional<std::string> text = evaluation.run()) return *std::move(text);
  }
  assert(!"a message pattern is broken, or an argument is missing or of another type");
  return "[pattern: " + std::string{pattern} + "]";
}

}  // namespace cosp
