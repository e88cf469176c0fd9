#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cosp {

/// An exact decimal number: every figure that a party reports, and every sum of them.
///
/// Holds up to 18 significant digits, of which up to 18 after the point. The form is normalised (no
/// zeros at the end of the fraction), so equal values are equal bytes. What does not fit is
/// refused, never rounded.
class Decimal {
 public:
  static constexpr int kMaxDigits = 18;
  static constexpr int kMaxDecimals = 18;

  /// Zero.
  constexpr Decimal() = default;

  /// Reads a number of JSON's syntax ("-12.50", "1e3"); beyond it a "+" and zeros in front ("+007")
  /// are taken, while a point needs digits on both sides and nothing may stand around the number.
  /// "-0" is 0. Empty when the text is no number or the value does not fit.
  static std::optional<Decimal> parse(std::string_view text);

  /// Throws std::out_of_range when `value` has more than 18 digits: a count never has.
  static Decimal from_integer(std::int64_t value);

  /// Canonical: no exponent, no "+", no zeros in front or at the end of the fraction.
  std::string to_string() const;

  /// Empty when the exact result does not fit.
  std::optional<Decimal> plus(Decimal other) const;
  std::optional<Decimal> minus(Decimal other) const;

  /// Digits after the point, 0 to 18.
  int decimals() const { return scale_; }
  bool is_zero() const { return coefficient_ == 0; }
  bool is_negative() const { return coefficient_ < 0; }
  /// The value is `coefficient() / 10^decimals()`.
  std::int64_t coefficient() const { return coefficient_; }

  /// The nearest double, for the geometry of charts and the sort of bars. Never print, store or
  /// compare it: a double is not the figure that was reported.
  double approximate() const;

  friend bool operator==(const Decimal&, const Decimal&) = default;
  friend std::strong_ordering operator<=>(const Decimal& left, const Decimal& right);

 private:
  constexpr Decimal(std::int64_t coefficient, std::int32_t scale)
      : coefficient_(coefficient), scale_(scale) {}

  std::int64_t coefficient_ = 0;
  std::int32_t scale_ = 0;
};

static_assert(sizeof(Decimal) == 16);

}  // namespace cosp
