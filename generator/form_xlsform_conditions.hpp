/// A condition of the form as an expression of XLSForm (XPath as ODK has it). For generator/ only.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/form.hpp"

namespace cosp {

/// How the survey names what conditions speak of.
struct XlsNames {
  struct OfQuestion {
    std::string value;   ///< amount of money, start of a period
    std::string second;  ///< currency, end of a period
    std::string reason;  ///< empty: the question takes none
  };
  std::vector<OfQuestion> questions;   ///< by index
  std::vector<std::string> registers;  ///< repeats, by index
  std::string stage, submitter_kind;
};

struct XlsCondition {
  enum class Kind : std::uint8_t {
    yes,
    no,
    unknown,  ///< XLSForm cannot tell
    expression,
  };
  Kind kind = Kind::yes;
  std::string text;      ///< of an expression
  bool is_exact = true;  ///< false: holds at least whenever the condition does
};

/// The expression of a condition; kNone holds always. What a survey does not know (the last cycle's
/// answers, reservations, rows of a register that fit a condition, the cut-off date) is unknown; as
/// one of several that must all hold it is left out, and the expression is then not exact.
XlsCondition xlsform_condition(const Form& form, std::uint32_t condition, const XlsNames& names);

/// "${name}".
std::string xls_reference(std::string_view name);
/// An expression's string; codes and patterns have no apostrophes, others lose theirs.
std::string xls_string(std::string_view text);
XlsCondition xls_all(std::vector<XlsCondition> parts);
XlsCondition xls_expression(std::string text);

}  // namespace cosp
