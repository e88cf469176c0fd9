#include "base/decimal.hpp"

#include <array>
#include <charconv>
#include <cstdlib>
#include <stdexcept>

namespace cosp {
namespace {

// Wide enough for any coefficient times 10^18.
__extension__ typedef __int128 Wide;

constexpr std::int64_t kCoefficientLimit = 1'000'000'000'000'000'000;  // 10^18: 18 digits below it

constexpr std::array<std::int64_t, 19> kPowersOfTen = [] {
  std::array<std::int64_t, 19> powers{};
  std::int64_t power = 1;
  for (std::int64_t& entry : powers) {
    entry = power;
    power = power < kCoefficientLimit ? power * 10 : power;
  }
  return powers;
}();

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The parts of a number's text, before any question of size.
struct Written {
  bool negative = false;
  std::string_view whole;
  std::string_view fraction;
  int exponent = 0;
};

std::string_view take_digits(std::string_view& rest) {
  std::size_t length = 0;
  while (length < rest.size() && is_digit(rest[length])) ++length;
  const std::string_view digits = rest.substr(0, length);
  rest.remove_prefix(length);
  return digits;
}

/// Returns whether a sign was taken that means negative.
bool take_sign(std::string_view& rest) {
  if (rest.empty() || (rest.front() != '-' && rest.front() != '+')) return false;
  const bool negative = rest.front() == '-';
  rest.remove_prefix(1);
  return negative;
}

std::optional<Written> split(std::string_view rest) {
  // Far beyond what fits either way, and small enough to add to lengths without overflow.
  constexpr int kExponentLimit = 1'000'000;
  Written written;
  written.negative = take_sign(rest);
  written.whole = take_digits(rest);
  if (written.whole.empty()) return std::nullopt;
  if (!rest.empty() && rest.front() == '.') {
    rest.remove_prefix(1);
    written.fraction = take_digits(rest);
    if (written.fraction.empty()) return std::nullopt;
  }
  if (!rest.empty() && (rest.front() == 'e' || rest.front() == 'E')) {
    rest.remove_prefix(1);
    const bool negative = take_sign(rest);
    const std::string_view digits = take_digits(rest);
    if (digits.empty()) return std::nullopt;
    for (const char c : digits) {
      if (written.exponent < kExponentLimit) written.exponent = written.exponent * 10 + (c - '0');
    }
    if (negative) written.exponent = -written.exponent;
  }
  if (!rest.empty()) return std::nullopt;
  return written;
}

/// Takes zeros off the end of the fraction; empty when the value does not fit.
struct Parts {
  std::int64_t coefficient;
  std::int32_t scale;
};
std::optional<Parts> normalised(Wide coefficient, int scale) {
  while (scale > 0 && coefficient % 10 == 0) {
    coefficient /= 10;
    --scale;
  }
  if (coefficient <= -Wide{kCoefficientLimit} || coefficient >= Wide{kCoefficientLimit}) {
    return std::nullopt;
  }
  return Parts{static_cast<std::int64_t>(coefficient), scale};
}

Wide scaled(std::int64_t coefficient, int from_scale, int to_scale) {
  return Wide{coefficient} * kPowersOfTen[static_cast<std::size_t>(to_scale - from_scale)];
}

}  // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
  if (text.size() > 1'000'000) return std::nullopt;
  const std::optional<Written> written = split(text);
  if (!written) return std::nullopt;

  // Zeros at either end of the digits carry no value: without them the size shows.
  std::string digits{written->whole};
  digits += written->fraction;
  const std::size_t first = digits.find_first_not_of('0');
  if (first == std::string::npos) return Decimal{};
  const std::size_t last = digits.find_last_not_of('0');
  const std::size_t count = last - first + 1;
  if (count > kMaxDigits) return std::nullopt;

  const int zeros_behind = static_cast<int>(digits.size() - 1 - last);
  int scale = static_cast<int>(written->fraction.size()) - zeros_behind - written->exponent;
  if (scale > kMaxDecimals || -scale + static_cast<int>(count) > kMaxDigits) return std::nullopt;

  std::int64_t coefficient = 0;
  for (std::size_t i = first; i <= last; ++i) coefficient = coefficient * 10 + (digits[i] - '0');
  if (scale < 0) {
    coefficient *= kPowersOfTen[static_cast<std::size_t>(-scale)];
    scale = 0;
  }
  return Decimal{written->negative ? -coefficient : coefficient, scale};
}

Decimal Decimal::from_integer(std::int64_t value) {
  if (value <= -kCoefficientLimit || value >= kCoefficientLimit) {
    throw std::out_of_range("an integer of more than 18 digits is no Decimal");
  }
  return Decimal{value, 0};
}

std::string Decimal::to_string() const {
  std::string digits = std::to_string(std::abs(coefficient_));
  if (scale_ > 0) {
    const auto scale = static_cast<std::size_t>(scale_);
    if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
    digits.insert(digits.size() - scale, 1, '.');
  }
  if (coefficient_ < 0) digits.insert(0, 1, '-');
  return digits;
}

std::optional<Decimal> Decimal::plus(Decimal other) const {
  const std::int32_t scale = scale_ > other.scale_ ? scale_ : other.scale_;
  const std::optional<Parts> sum = normalised(
      scaled(coefficient_, scale_, scale) + scaled(other.coefficient_, other.scale_, scale), scale);
  if (!sum) return std::nullopt;
  return Decimal{sum->coefficient, sum->scale};
}

std::optional<Decimal> Decimal::minus(Decimal other) const {
  return plus(Decimal{-other.coefficient_, other.scale_});
}

double Decimal::approximate() const {
  // From the digits, not by a division, so that the double is the nearest one; no locale is read.
  const std::string digits = to_string();
  double value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

std::strong_ordering operator<=>(const Decimal& left, const Decimal& right) {
  const std::int32_t scale = left.scale_ > right.scale_ ? left.scale_ : right.scale_;
  const Wide a = scaled(left.coefficient_, left.scale_, scale);
  const Wide b = scaled(right.coefficient_, right.scale_, scale);
  if (a < b) return std::strong_ordering::less;
  return a > b ? std::strong_ordering::greater : std::strong_ordering::equal;
}

}  // namespace cosp
