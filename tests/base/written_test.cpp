#include "base/written.hpp"

#include <gtest/gtest.h>

namespace cosp {
namespace {

TEST(WrittenNumber, IsReadAsPeopleWriteIt) {
  struct Case {
    std::string_view written, plain;
  };
  const Case cases[] = {{"12", "12"},
                        {" 12 ", "12"},
                        {"-7", "-7"},
                        {"−7", "-7"},
                        {"+7", "7"},
                        {"007", "7"},
                        {"1 234,5", "1234.5"},
                        {"1\u00A0234\u00A0567", "1234567"},
                        {"1\u202F234,50", "1234.50"},
                        {"1,234.5", "1234.5"},
                        {"1.234,5", "1234.5"},
                        {"1.234.567", "1234567"},
                        {"1,234,567", "1234567"},
                        {"1'234'567", "1234567"},
                        {"1’234.5", "1234.5"},
                        {"12.5", "12.5"},
                        {"12,5", "12.5"},
                        {"0,125", "0.125"},
                        {"1234.567", "1234.567"},
                        {"1 234.567", "1234.567"},
                        {"١٢٣٤", "1234"},
                        {"١٬٢٣٤٫٥", "1234.5"},
                        {"۱۲", "12"},
                        {"１２３", "123"}};
  for (const Case& one : cases) {
    SCOPED_TRACE(one.written);
    const WrittenNumber read = parse_written_number(one.written);
    EXPECT_EQ(read.kind, WrittenNumber::Kind::number);
    EXPECT_EQ(read.plain, one.plain);
  }
}

TEST(WrittenNumber, IsAskedForWhereItCanBeTwo) {
  for (const std::string_view written : {"1.234", "1,234", "12.345", "999,999"})
    EXPECT_EQ(parse_written_number(written).kind, WrittenNumber::Kind::ambiguous) << written;
  EXPECT_EQ(parse_written_number("1.234").plain, "1234");
  EXPECT_EQ(parse_written_number("1.234").other, "1.234");
}

TEST(WrittenNumber, IsNotGuessed) {
  for (const std::string_view written :
       {"", "-", "abc", "12 km", "1 23", "1,23,456", "1.234.56", "1,234,5", "12.", "1.2,3.4",
        "1--2", "25 %", "1e3", "1 234'567"})
    EXPECT_EQ(parse_written_number(written).kind, WrittenNumber::Kind::unreadable) << written;
}

TEST(WrittenDate, IsReadAsPeopleWriteIt) {
  struct Case {
    std::string_view language, written;
  };
  const Case cases[] = {{"en", "2027-12-31"},
                        {"en", "2027/12/31"},
                        {"en", "2027-12-31T00:00:00"},
                        {"en", "2027-12-31 00:00"},
                        {"en", "31.12.2027"},
                        {"en", "31/12/2027"},
                        {"en", "12/31/2027"},
                        {"fr", "31-12-2027"},
                        {"zh", "2027年12月31日"},
                        {"ar", "٣١/١٢/٢٠٢٧"},
                        {"en", "31 December 2027"},
                        {"en", "December 31, 2027"},
                        {"en", "31 Dec 2027"},
                        {"fr", "31 décembre 2027"},
                        {"es", "31 de diciembre de 2027"},
                        {"ru", "31 декабря 2027 года"},
                        {"ar", "31 كانون الأول/ديسمبر 2027"},
                        {"ar", "31 ديسمبر 2027"},
                        {"en", "31 décembre 2027"}};
  for (const Case& one : cases) {
    SCOPED_TRACE(one.written);
    const WrittenDate read = parse_written_date(one.written, one.language);
    EXPECT_EQ(read.kind, WrittenDate::Kind::date);
    EXPECT_EQ(read.date, (Date{2027, 12, 31}));
  }
}

TEST(WrittenDate, IsReadDayFirstWhereTheLanguageLeavesNoDoubt) {
  for (const std::string_view language : {"ar", "es", "fr", "ru", "fr-CA"})
    EXPECT_EQ(parse_written_date("05/06/2027", language).date, (Date{2027, 6, 5})) << language;
  EXPECT_EQ(parse_written_date("05.06.2027", "en").date, (Date{2027, 6, 5}));
  EXPECT_EQ(parse_written_date("1er juin 2027", "fr").date, (Date{2027, 6, 1}));
}

TEST(WrittenDate, IsAskedForWhereItCanBeTwo) {
  for (const std::string_view language : {"en", "zh"}) {
    const WrittenDate read = parse_written_date("05/06/2027", language);
    EXPECT_EQ(read.kind, WrittenDate::Kind::ambiguous);
    EXPECT_EQ(read.date, (Date{2027, 6, 5}));
    EXPECT_EQ(read.other, (Date{2027, 5, 6}));
  }
  EXPECT_EQ(parse_written_date("06/06/2027", "en").kind, WrittenDate::Kind::date);
}

TEST(WrittenDate, IsNotGuessed) {
  for (const std::string_view written :
       {"", "2027", "31.12.27", "2027-02-30", "13/13/2027", "in 2027", "spring of 2027", "31 2027",
        "46752", "2027-12-31 14:00", "Mar 2027"})
    EXPECT_EQ(parse_written_date(written, "en").kind, WrittenDate::Kind::unreadable) << written;
}

}  // namespace
}  // namespace cosp
