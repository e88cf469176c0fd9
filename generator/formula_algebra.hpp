/// How formulas of a spreadsheet are joined, where some of what they say is settled beforehand. For
/// generator/ only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cosp {

struct ConditionFormula {
  enum class Kind : std::uint8_t {
    yes,
    no,
    unknown,  ///< no formula can tell
    formula,
  };
  Kind kind = Kind::yes;
  std::string text;  ///< of a formula: an expression without "="
};

ConditionFormula constant(bool value);
ConditionFormula unknown();
ConditionFormula formula(std::string text);

/// Joins what holds of one cell or, as numbers 1 and 0, of each cell of a range. What cannot be
/// known is taken as given; what is known to be false stays so.
struct Algebra {
  bool is_range = false;

  /// A comparison, as text.
  ConditionFormula atom(std::string text) const;
  ConditionFormula negate(ConditionFormula part) const;
  ConditionFormula all(std::vector<ConditionFormula> parts) const;
  ConditionFormula any(std::vector<ConditionFormula> parts) const;
};

/// An expression, 1 or 0, or several over a range: whether a cell with several entries between
/// semicolons or line breaks has this one.
std::string names_entry(const std::string& cells, const std::string& entry);

/// "text" with its quotation marks doubled; nothing for what no formula can hold.
std::optional<std::string> quoted_text(std::string_view text);

}  // namespace cosp
