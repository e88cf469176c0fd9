/// A form of a made-up treaty, small enough to be read beside the tests that use it.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "model/cycle.hpp"
#include "model/finding.hpp"
#include "model/form.hpp"
#include "validator/example.hpp"

namespace cosp::test {

/// Files by path, over those of the small form: a rule, a text, a list more.
using Files = std::map<std::string, std::string, std::less<>>;

/// Compiles the small form; fails the test and throws when it has mistakes.
Form small_form(const Files& files = {});

/// The same form, shared by tests that add nothing.
const Form& shared_small_form();

/// A submission as examples of rules give it: {"answers": {…}, "registers": {…}, …}.
Example submission_of(const Form& form, std::string_view json);

/// "rule@place" of each finding, in their order.
std::vector<std::string> names(const Form& form, const Submission& submission,
                               const std::vector<Finding>& findings);

}  // namespace cosp::test
