#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/date.hpp"
#include "base/decimal.hpp"

namespace cosp {

/// Figures, dates and lists as a language writes them in the documents of a Conference; the digits
/// are 0–9 in all languages. A tag that is not well-formed writes as English. Thread-safe.

/// Every digit of the figure, none rounded: "1,234.5", "1 234,5" (with a no-break space in French).
std::string format_number(const Decimal& number, std::string_view language);
std::string format_number(std::int64_t number, std::string_view language);

/// As the United Nations write it: "5 November 2024", "5 ноября 2024 года", and in Arabic with both
/// names of the month, "5 تشرين الثاني/نوفمبر 2024".
std::string format_date(Date date, std::string_view language);

/// "2024-11-05", in every language.
std::string format_date_short(Date date);

/// "a, b and c"
std::string format_list(std::span<const std::string> items, std::string_view language);

/// The share in whole per cent, half rounded up (away from zero), as the number only: what stands
/// around it is the message's. A dash "–" when the denominator is zero. Throws std::out_of_range
/// for a share of more than 18 digits: a count never has one.
std::string format_per_cent(std::int64_t numerator, std::int64_t denominator,
                            std::string_view language);

}  // namespace cosp
