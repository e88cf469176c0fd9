#include "base/numbers.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <vector>

namespace cosp {
namespace {

constexpr std::string_view kLanguages[] = {"en", "ar", "zh", "fr", "ru", "es"};

Decimal number(std::string_view text) { return Decimal::parse(text).value(); }
Date day(std::string_view text) { return Date::parse(text).value(); }

TEST(FormatNumber, WritesFiguresAsEachLanguageDoes) {
  struct Case {
    std::string_view figure, language, written;
  };
  const Case cases[] = {
      {"1234567.5", "en", "1,234,567.5"},
      {"1234567.5", "ar", "1,234,567.5"},
      {"1234567.5", "zh", "1,234,567.5"},
      {"1234567.5", "fr", "1\u202F234\u202F567,5"},
      {"1234567.5", "ru", "1\u00A0234\u00A0567,5"},
      {"1234567.5", "es", "1.234.567,5"},
      {"1234", "es", "1234"},  // Spanish groups from five digits on
      {"-5", "en", "-5"},
      {"0.123456789012345678", "en", "0.123456789012345678"},
      {"999999999999999999", "en", "999,999,999,999,999,999"},
      {"1234.5", "no tag at all", "1,234.5"},
      {"1234.5", "fa", "1,234.5"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(std::string{c.figure} + " in " + std::string{c.language});
    EXPECT_EQ(format_number(number(c.figure), c.language), c.written);
  }
  EXPECT_EQ(format_number(INT64_MIN, "en"), "-9,223,372,036,854,775,808");
}

TEST(FormatNumber, UsesTheDigitsOfTheDocumentsInArabic) {
  const std::string written = format_number(number("-1234567890.5"), "ar");
  EXPECT_NE(written.find("1,234,567,890.5"), std::string::npos) << written;
}

TEST(FormatDate, WritesTheLongFormOfTheDocuments) {
  struct Case {
    std::string_view date, language, written;
  };
  const Case cases[] = {
      {"2024-11-05", "en", "5 November 2024"},
      {"2024-11-05", "ar", "5 تشرين الثاني/نوفمبر 2024"},
      {"2024-11-05", "zh", "2024年11月5日"},
      {"2024-11-05", "fr", "5 novembre 2024"},
      {"2024-01-01", "fr", "1er janvier 2024"},
      {"2024-11-05", "ru", "5 ноября 2024 года"},
      {"2024-11-05", "es", "5 de noviembre de 2024"},
      {"2024-01-31", "ar", "31 كانون الثاني/يناير 2024"},
      {"2024-06-01", "ar", "1 حزيران/يونيه 2024"},
      {"1800-01-01", "en", "1 January 1800"},
      {"2024-11-05", "fa", "5 نوامبر 2024"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(std::string{c.date} + " in " + std::string{c.language});
    EXPECT_EQ(format_date(day(c.date), c.language), c.written);
  }
}

TEST(FormatDate, DoesNotDependOnTheTimeZone) {
  for (const char* zone : {"Pacific/Kiritimati", "Pacific/Niue", "UTC"}) {
    ASSERT_EQ(::setenv("TZ", zone, 1), 0);
    EXPECT_EQ(format_date(day("2024-02-29"), "en-IE"), "29 February 2024") << zone;
  }
  ::unsetenv("TZ");
}

TEST(FormatDate, HasAShortFormForAllLanguages) {
  EXPECT_EQ(format_date_short(day("2024-11-05")), "2024-11-05");
}

TEST(FormatList, JoinsAsEachLanguageDoes) {
  const std::vector<std::string> three{"A", "B", "C"};
  const std::string_view joined[] = {"A, B and C", "A وB وC",  "A、B和C",
                                     "A, B et C",  "A, B и C", "A, B y C"};
  for (std::size_t i = 0; i < std::size(kLanguages); ++i) {
    EXPECT_EQ(format_list(three, kLanguages[i]), joined[i]) << kLanguages[i];
  }
  EXPECT_EQ(format_list({}, "en"), "");
  EXPECT_EQ(format_list(std::vector<std::string>{"A"}, "en"), "A");
}

TEST(FormatPerCent, RoundsHalfUpToWholePerCents) {
  struct Case {
    std::int64_t numerator, denominator;
    std::string_view written;
  };
  const Case cases[] = {{0, 7, "0"},     {1, 3, "33"},  {2, 3, "67"},      {1, 8, "13"},
                        {1, 200, "1"},   {1, 201, "0"}, {193, 193, "100"}, {3, 2, "150"},
                        {-1, 200, "-1"}, {5, 0, "–"}};
  for (const Case& c : cases) {
    SCOPED_TRACE(c.numerator);
    EXPECT_EQ(format_per_cent(c.numerator, c.denominator, "en"), c.written);
  }
  EXPECT_EQ(format_per_cent(100, 1, "ar"), "10,000");
  EXPECT_THROW(format_per_cent(INT64_MAX, 1, "en"), std::out_of_range);
}

}  // namespace
}  // namespace cosp
