#include "base/date.hpp"

#include <gtest/gtest.h>

#include <climits>

namespace cosp {
namespace {

Date day(std::string_view text) { return Date::parse(text).value(); }

TEST(Date, ReadsDaysThatExist) {
  for (const std::string_view text : {"1800-01-01", "2024-02-29", "2000-02-29", "2200-12-31"}) {
    SCOPED_TRACE(text);
    EXPECT_EQ(day(text).to_string(), text);
  }
}

TEST(Date, RefusesWhatIsNoDay) {
  const std::string_view cases[] = {
      "",           "2024-2-29",  "2023-02-29", "1900-02-29",  "2024-04-31",  "2024-13-01",
      "2024-00-10", "2024-01-00", "1799-12-31", "2201-01-01",  "2024/01/01",  "01-01-2024",
      "20240101",   "2024-01-1 ", "+024-01-01", "2024-01-011", " 2024-01-01", "２024-01-1",
  };
  for (const std::string_view text : cases) {
    SCOPED_TRACE(text);
    EXPECT_EQ(Date::parse(text), std::nullopt);
  }
}

TEST(Date, CountsDaysFromTheEpoch) {
  EXPECT_EQ(day("1970-01-01").days_from_epoch(), 0);
  EXPECT_EQ(day("1969-12-31").days_from_epoch(), -1);
  EXPECT_EQ(day("2024-11-05").days_from_epoch(), 20032);
}

TEST(Date, AddsDaysOverMonthsAndLeapDays) {
  EXPECT_EQ(day("2024-02-28").add_days(1), day("2024-02-29"));
  EXPECT_EQ(day("2024-03-01").add_days(-1), day("2024-02-29"));
  EXPECT_EQ(day("2024-12-31").add_days(366), day("2026-01-01"));
}

TEST(Date, ClipsMonthsToTheirLastDay) {
  EXPECT_EQ(day("2024-01-31").add_months(1), day("2024-02-29"));
  EXPECT_EQ(day("2023-01-31").add_months(1), day("2023-02-28"));
  EXPECT_EQ(day("2024-05-31").add_months(-3), day("2024-02-29"));
  EXPECT_EQ(day("2024-11-15").add_months(14), day("2026-01-15"));
  EXPECT_EQ(day("2024-02-29").add_months(-12), day("2023-02-28"));
}

TEST(Date, StaysWithinItsYears) {
  EXPECT_EQ(day("2200-12-31").add_days(1), day("2200-12-31"));
  EXPECT_EQ(day("2024-01-01").add_days(INT_MAX), day("2200-12-31"));
  EXPECT_EQ(day("2024-01-01").add_days(INT_MIN), day("1800-01-01"));
  EXPECT_EQ(day("2024-01-01").add_months(INT_MIN), day("1800-01-01"));
  EXPECT_EQ(day("2024-01-01").add_months(INT_MAX), day("2200-12-31"));
}

TEST(Period, ContainsBothItsEnds) {
  const Period period{day("2024-01-01"), day("2024-12-31")};
  EXPECT_TRUE(period.contains(day("2024-01-01")));
  EXPECT_TRUE(period.contains(day("2024-12-31")));
  EXPECT_FALSE(period.contains(day("2023-12-31")));
  EXPECT_FALSE(period.contains(day("2025-01-01")));
}

}  // namespace
}  // namespace cosp
