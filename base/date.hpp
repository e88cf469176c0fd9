#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cosp {

/// A day of the Gregorian calendar, without time or zone.
///
/// Years 1800 to 2200: what a State can report on, with room; anything else is a slip of the pen.
struct Date {
  static constexpr int kFirstYear = 1800;
  static constexpr int kLastYear = 2200;

  std::int16_t year = 1970;
  std::uint8_t month = 1;
  std::uint8_t day = 1;

  /// Reads exactly "yyyy-mm-dd" of a day that exists; else empty.
  static std::optional<Date> parse(std::string_view text);

  /// Empty when there is no such day, or its year is out of range.
  static std::optional<Date> from(int year, int month, int day);

  /// "yyyy-mm-dd"
  std::string to_string() const;

  /// Days since 1970-01-01, negative before.
  std::int32_t days_from_epoch() const;

  /// The results stay within the years above: what would pass them stops at their first or last
  /// day.
  Date add_days(int days) const;
  /// The same day of another month, or that month's last day when it is shorter.
  Date add_months(int months) const;

  friend auto operator<=>(const Date&, const Date&) = default;
};

/// From `start` to `end`, both days within.
struct Period {
  Date start;
  Date end;

  bool contains(Date date) const { return start <= date && date <= end; }
  friend auto operator<=>(const Period&, const Period&) = default;
};

}  // namespace cosp
