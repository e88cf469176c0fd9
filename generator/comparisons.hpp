/// How comparisons of a form's conditions are written in other programs' formulas. For generator/
/// only.
#pragma once

#include <string_view>

#include "model/form.hpp"

namespace cosp {

/// The sign between two figures or texts; `not_equal` is the one that programs differ in. Empty for
/// what is no such comparison.
constexpr std::string_view sign_of(Operator op, std::string_view not_equal) {
  switch (op) {
    case Operator::is:
    case Operator::equals: return "=";
    case Operator::is_not:
    case Operator::differs: return not_equal;
    case Operator::above:
    case Operator::after: return ">";
    case Operator::below:
    case Operator::before: return "<";
    case Operator::at_least:
    case Operator::on_or_after: return ">=";
    case Operator::at_most:
    case Operator::on_or_before: return "<=";
    default: return {};
  }
}

/// Whether one position in an ordered list stands so to another.
constexpr bool stands_in_order(int left, Operator op, int right) {
  switch (op) {
    case Operator::above: return left > right;
    case Operator::below: return left < right;
    case Operator::at_least: return left >= right;
    case Operator::at_most: return left <= right;
    default: return false;
  }
}

}  // namespace cosp
