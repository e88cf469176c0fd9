#pragma once

#include <string>
#include <string_view>

#include <unicode/messagepattern.h>

#include "base/result.hpp"

/// Reading message patterns, shared by the formatter and the lint. For base/ only.
namespace cosp::message_patterns {

/// Errors: `bad_input` if ICU cannot read the pattern, or it is longer than 16,384 characters.
Result<icu::MessagePattern> parse(std::string_view pattern);

/// The type of a simple argument and its style: {"date", "short"}.
struct SimpleType {
  std::string name;
  std::string style;
};
/// Of the simple argument whose ARG_START is part `start`.
SimpleType simple_type(const icu::MessagePattern& pattern, int32_t start);

}  // namespace cosp::message_patterns
