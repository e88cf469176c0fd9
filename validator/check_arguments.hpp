/// From the call of a check as a rule declares it to its typed parameters.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/form.hpp"
#include "validator/checks/check.hpp"

namespace cosp {

/// A call; not usable when there are problems.
struct CheckCall {
  CheckFunction function = nullptr;
  CheckArguments arguments;
  std::vector<std::string> problems;  ///< "expected X, got Y", for whoever writes rules
};

/// `parameters` is the JSON object of the declaration; its member `name`, if any, is passed over.
/// Patterns are not compiled yet, and so may be wrong without a problem told.
CheckCall link_check(const Form& form, std::string_view check, std::string_view parameters);

}  // namespace cosp
