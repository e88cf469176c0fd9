/// Figures and days as people write them, in six languages and more. What can be read in two ways
/// is told, never guessed. Thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/date.hpp"

namespace cosp {

struct WrittenNumber {
  enum class Kind { number, ambiguous, unreadable };
  Kind kind = Kind::unreadable;
  /// With the digits 0–9, a point, a "-"; any number of digits. Ambiguous: read with groups.
  std::string plain;
  std::string other;  ///< ambiguous: read with decimals
};

/// Groups of three digits by a space (of any width), an apostrophe, a point or a comma; decimals
/// behind a point or a comma; Arabic-Indic, Persian and full-width digits and separators. A single
/// point or comma before three digits ("1.234") is ambiguous, whatever the language: people write
/// in the manner of their programs.
WrittenNumber parse_written_number(std::string_view text);

struct WrittenDate {
  enum class Kind { date, ambiguous, unreadable };
  Kind kind = Kind::unreadable;
  Date date{};   ///< ambiguous: with the day first
  Date other{};  ///< ambiguous: with the month first
};

/// Year-month-day with "-", "/", "." or 年月日; day-month-year with "." in every language, with "/"
/// or "-" where the day is above 12 or the language leaves no doubt (Arabic, French, Russian,
/// Spanish; others are ambiguous); with the month's name in this language or one of the six of the
/// United Nations. A time of day that is zero may follow. Years have four digits.
WrittenDate parse_written_date(std::string_view text, std::string_view language);

/// The text with Arabic-Indic, Persian and full-width digits as 0–9 and without marks of direction.
std::string plain_digits(std::string_view text);

}  // namespace cosp
