#include "base/numbers.hpp"

#include <array>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>
#include <unicode/dtptngen.h>
#include <unicode/listformatter.h>
#include <unicode/numberformatter.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>

#include "base/icu_locale.hpp"

namespace cosp {
namespace {

using icu::number::LocalizedNumberFormatter;
using icu_support::document_locale;
using icu_support::from_utf8;
using icu_support::PerLanguage;
using icu_support::to_utf8;

void require(UErrorCode status) {
  if (U_FAILURE(status)) throw std::runtime_error(u_errorName(status));
}

const LocalizedNumberFormatter& number_formatter(std::string_view language) {
  thread_local PerLanguage<LocalizedNumberFormatter> formatters;
  return formatters.get(language, [language] {
    return std::make_unique<LocalizedNumberFormatter>(
        icu::number::NumberFormatter::withLocale(document_locale(language))
            .precision(icu::number::Precision::unlimited()));
  });
}

/// "ar" of "ar-EG".
std::string_view primary(std::string_view tag) { return tag.substr(0, tag.find('-')); }

/// Both names of each month, as in the Arabic documents of the United Nations.
constexpr std::array<std::string_view, 12> kArabicMonths{
    "كانون الثاني/يناير", "شباط/فبراير",        "آذار/مارس",           "نيسان/أبريل",
    "أيار/مايو",          "حزيران/يونيه",       "تموز/يوليه",          "آب/أغسطس",
    "أيلول/سبتمبر",       "تشرين الأول/أكتوبر", "تشرين الثاني/نوفمبر", "كانون الأول/ديسمبر"};

icu::UnicodeString date_pattern(std::string_view language, const icu::Locale& locale) {
  if (primary(language) == "ru") return icu::UnicodeString{u"d MMMM y 'года'"};
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::DateTimePatternGenerator> generator{
      icu::DateTimePatternGenerator::createInstance(locale, status)};
  require(status);
  icu::UnicodeString pattern = generator->getBestPattern(icu::UnicodeString{u"yMMMMd"}, status);
  require(status);
  return pattern;
}

const icu::SimpleDateFormat& date_formatter(std::string_view language) {
  thread_local PerLanguage<icu::SimpleDateFormat> formatters;
  return formatters.get(language, [language] {
    const icu::Locale locale = document_locale(language);
    UErrorCode status = U_ZERO_ERROR;
    auto formatter =
        std::make_unique<icu::SimpleDateFormat>(date_pattern(language, locale), locale, status);
    require(status);
    // A day has no zone; in any other than UTC it could become the day before.
    formatter->adoptTimeZone(icu::TimeZone::getGMT()->clone());
    return formatter;
  });
}

const icu::ListFormatter& list_formatter(std::string_view language) {
  thread_local PerLanguage<icu::ListFormatter> formatters;
  return formatters.get(language, [language] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::ListFormatter> formatter{
        icu::ListFormatter::createInstance(document_locale(language), status)};
    require(status);
    return formatter;
  });
}

}  // namespace

std::string format_number(const Decimal& number, std::string_view language) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString text =
      number_formatter(language).formatDecimal(number.to_string(), status).toString(status);
  require(status);
  return to_utf8(text);
}

std::string format_number(std::int64_t number, std::string_view language) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString text =
      number_formatter(language).formatInt(number, status).toString(status);
  require(status);
  return to_utf8(text);
}

std::string format_date(Date date, std::string_view language) {
  if (primary(language) == "ar") {
    return fmt::format("{} {} {}", date.day, kArabicMonths.at(date.month - 1U),
                       static_cast<int>(date.year));
  }
  // French writes the first of a month as an ordinal; ICU's data does not.
  if (primary(language) == "fr" && date.day == 1) {
    const std::string second = format_date({date.year, date.month, 2}, language);
    return "1er" + second.substr(1);
  }
  constexpr double kMillisecondsPerDay = 86'400'000.0;
  icu::UnicodeString text;
  date_formatter(language).format(date.days_from_epoch() * kMillisecondsPerDay, text);
  return to_utf8(text);
}

std::string format_date_short(Date date) { return date.to_string(); }

std::string format_list(std::span<const std::string> items, std::string_view language) {
  if (items.empty()) return {};
  if (items.size() == 1) return items.front();
  std::vector<icu::UnicodeString> wide;
  wide.reserve(items.size());
  for (const std::string& item : items) wide.push_back(from_utf8(item));
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString text;
  list_formatter(language).format(wide.data(), static_cast<int32_t>(wide.size()), text, status);
  require(status);
  return to_utf8(text);
}

std::string format_per_cent(std::int64_t numerator, std::int64_t denominator,
                            std::string_view language) {
  __extension__ typedef __int128 Wide;
  if (denominator == 0) return "–";
  const bool is_negative = (numerator < 0) != (denominator < 0);
  const Wide above = numerator < 0 ? -Wide{numerator} : Wide{numerator};
  const Wide below = denominator < 0 ? -Wide{denominator} : Wide{denominator};
  const Wide share = (above * 200 + below) / (below * 2);
  constexpr Wide kLimit = 1'000'000'000'000'000'000;
  if (share >= kLimit) throw std::out_of_range("a share of more than 18 digits");
  const auto whole = static_cast<std::int64_t>(share);
  return format_number(is_negative ? -whole : whole, language);
}

}  // namespace cosp
