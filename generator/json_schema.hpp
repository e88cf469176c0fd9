/// JSON Schema (2020-12) of the submissions that a form takes, for national systems that make them.
#pragma once

#include <string>
#include <string_view>

#include "model/form.hpp"

namespace cosp {

/// Agrees with the engine on types, lists, ranges and limits that a schema can say (those of
/// figures written as strings are in their patterns); what is asked or required depends on other
/// answers and on the State, so everything is optional here. Titles are the labels in the language.
/// Indented, members in a fixed order, ends with a line feed.
std::string submission_schema(const Form& form, std::string_view language);

}  // namespace cosp
