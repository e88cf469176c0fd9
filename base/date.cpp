#include "base/date.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

namespace cosp {
namespace {

namespace chrono = std::chrono;

chrono::year_month_day calendar_day(Date date) {
  return chrono::year{date.year} / chrono::month{date.month} / chrono::day{date.day};
}

Date from_calendar(chrono::year_month_day day) {
  return {static_cast<std::int16_t>(static_cast<int>(day.year())),
          static_cast<std::uint8_t>(static_cast<unsigned>(day.month())),
          static_cast<std::uint8_t>(static_cast<unsigned>(day.day()))};
}

constexpr Date kFirst{Date::kFirstYear, 1, 1};
constexpr Date kLast{Date::kLastYear, 12, 31};

/// Far more than lies between the first and the last day, and no risk of overflow.
constexpr int kDaysLimit = 1'000'000;
constexpr int kMonthsLimit = 20'000;

std::optional<int> read_digits(std::string_view digits) {
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::optional<Date> Date::from(int year, int month, int day) {
  if (year < kFirstYear || year > kLastYear || month < 1 || month > 12 || day < 1 || day > 31) {
    return std::nullopt;
  }
  const Date date{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
                  static_cast<std::uint8_t>(day)};
  if (!calendar_day(date).ok()) return std::nullopt;
  return date;
}

std::optional<Date> Date::parse(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const std::optional<int> year = read_digits(text.substr(0, 4));
  const std::optional<int> month = read_digits(text.substr(5, 2));
  const std::optional<int> day = read_digits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  return from(*year, *month, *day);
}

std::string Date::to_string() const {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(year), month, day);
}

std::int32_t Date::days_from_epoch() const {
  return static_cast<std::int32_t>(
      chrono::sys_days{calendar_day(*this)}.time_since_epoch().count());
}

Date Date::add_days(int days) const {
  const int bounded = std::clamp(days, -kDaysLimit, kDaysLimit);
  const Date moved = from_calendar(chrono::sys_days{calendar_day(*this)} + chrono::days{bounded});
  return std::clamp(moved, kFirst, kLast);
}

Date Date::add_months(int months) const {
  const int bounded = std::clamp(months, -kMonthsLimit, kMonthsLimit);
  chrono::year_month_day moved = calendar_day(*this) + chrono::months{bounded};
  if (!moved.ok()) moved = moved.year() / moved.month() / chrono::last;
  return std::clamp(from_calendar(moved), kFirst, kLast);
}

}  // namespace cosp
