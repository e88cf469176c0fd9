/// The checks that rules of a form may call: treaty-neutral, with typed parameters.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace cosp {

enum class ParameterKind : std::uint8_t {
  count,      ///< a whole number from 1
  figure,     ///< a decimal number above zero
  word,       ///< one of `words`
  questions,  ///< one of `words`, or a list of question codes
  question,   ///< a question code
  registry,   ///< written `register`: a register code
  columns,    ///< column codes of the call's register
  patterns,   ///< a list of RE2 patterns
};

struct CheckParameter {
  std::string_view name;
  ParameterKind kind = ParameterKind::word;
  bool is_required = true;
  std::span<const std::string_view> words;
  std::string_view meaning;
};

struct CheckDeclaration {
  std::string_view name;
  std::string_view meaning;  ///< what it finds, one English sentence for whoever writes rules
  std::span<const CheckParameter> parameters;
  std::span<const std::string_view>
      arguments;  ///< what messages may use beside the rule's own arguments
};

/// In the order of their names.
std::span<const CheckDeclaration> check_declarations();
/// nullptr when there is no such check.
const CheckDeclaration* find_check(std::string_view name);

}  // namespace cosp
