#include "base/decimal.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <type_traits>
#include <vector>

namespace cosp {
namespace {

static_assert(std::is_trivially_copyable_v<Decimal>);

Decimal number(std::string_view text) { return Decimal::parse(text).value(); }

TEST(Decimal, WritesWhatItReadInCanonicalForm) {
  struct Case {
    std::string_view written, canonical;
  };
  const Case cases[] = {
      {"0", "0"},
      {"-0", "0"},
      {"-0.000", "0"},
      {"0e999999999999", "0"},
      {"1", "1"},
      {"+1", "1"},
      {"007", "7"},
      {"-12.50", "-12.5"},
      {"1e3", "1000"},
      {"1E+3", "1000"},
      {"1.5e-3", "0.0015"},
      {"123e-2", "1.23"},
      {"1200e-2", "12"},
      {"0.000000000000000001", "0.000000000000000001"},
      {"999999999999999999", "999999999999999999"},
      {"-999999999999999999", "-999999999999999999"},
      {"0.999999999999999999", "0.999999999999999999"},
      {"123456789.123456789", "123456789.123456789"},
      {"0000000000000000000000000001.00000000000000000000000000", "1"},
      {"1e17", "100000000000000000"},
      {"1000000e-6", "1"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.written);
    const std::optional<Decimal> read = Decimal::parse(c.written);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->to_string(), c.canonical);
    EXPECT_EQ(Decimal::parse(read->to_string()), read);
  }
}

TEST(Decimal, RefusesWhatIsNoNumberOrDoesNotFit) {
  const std::string_view cases[] = {
      "",
      " ",
      "-",
      "+",
      ".5",
      "1.",
      "1.e3",
      "1e",
      "1e+",
      "e3",
      "1 ",
      " 1",
      "1,5",
      "1.2.3",
      "--1",
      "0x10",
      "NaN",
      "inf",
      "1e3.5",
      "١٢",
      "1_000",
      "1\n",
      "1000000000000000000",
      "1e18",
      "1e400",
      "1e-19",
      "1e-400",
      "0.0000000000000000001",
      "1234567890.1234567891",
      "1e99999999999999999999",
      "1e-99999999999999999999",
  };
  for (const std::string_view written : cases) {
    SCOPED_TRACE(written);
    EXPECT_EQ(Decimal::parse(written), std::nullopt);
  }
}

TEST(Decimal, EqualValuesAreEqualHoweverWritten) {
  EXPECT_EQ(number("1.50"), number("15e-1"));
  EXPECT_EQ(number("-0"), Decimal{});
  EXPECT_NE(number("1.5"), number("1.50000000000000001"));
}

TEST(Decimal, OrdersExactlyOverAllScales) {
  const std::vector<std::string_view> ordered = {"-999999999999999999",
                                                 "-1",
                                                 "-0.000000000000000001",
                                                 "0",
                                                 "0.000000000000000001",
                                                 "0.1",
                                                 "0.100000000000000001",
                                                 "1",
                                                 "1.00000000000000001",
                                                 "2",
                                                 "10",
                                                 "999999999999999999"};
  for (std::size_t i = 0; i < ordered.size(); ++i) {
    for (std::size_t j = 0; j < ordered.size(); ++j) {
      SCOPED_TRACE(std::string{ordered[i]} + " against " + std::string{ordered[j]});
      EXPECT_EQ(number(ordered[i]) <=> number(ordered[j]), i <=> j);
    }
  }
}

TEST(Decimal, AddsWithoutRounding) {
  EXPECT_EQ(number("0.1").plus(number("0.2")), number("0.3"));
  EXPECT_EQ(number("99.5").plus(number("0.5"))->decimals(), 0);
  EXPECT_EQ(number("1").minus(number("1")), Decimal{});
  EXPECT_EQ(number("5").minus(number("7.25")), number("-2.25"));
}

TEST(Decimal, GivesNothingWhereASumDoesNotFit) {
  EXPECT_EQ(number("999999999999999999").plus(number("1")), std::nullopt);
  EXPECT_EQ(number("-999999999999999999").minus(number("1")), std::nullopt);
  EXPECT_EQ(number("999999999999999999").plus(number("0.1")), std::nullopt);
  EXPECT_EQ(number("999999999999999999").minus(number("999999999999999999")), Decimal{});
}

TEST(Decimal, TakesIntegersOfEighteenDigits) {
  EXPECT_EQ(Decimal::from_integer(-42).to_string(), "-42");
  EXPECT_TRUE(Decimal::from_integer(-42).is_negative());
  EXPECT_TRUE(Decimal::from_integer(0).is_zero());
  EXPECT_EQ(Decimal::from_integer(999'999'999'999'999'999).to_string(), "999999999999999999");
  EXPECT_THROW(Decimal::from_integer(INT64_MAX), std::out_of_range);
  EXPECT_THROW(Decimal::from_integer(INT64_MIN), std::out_of_range);
}

TEST(Decimal, ApproximatesToTheNearestDouble) {
  EXPECT_EQ(number("0.1").approximate(), 0.1);
  EXPECT_EQ(number("-12.5").approximate(), -12.5);
  EXPECT_EQ(number("0.3").approximate(), 0.3);
}

}  // namespace
}  // namespace cosp
