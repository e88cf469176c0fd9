/// Pieces of canonical JSON (RFC 8785).
#pragma once

#include <string>
#include <string_view>

#include "readers/json_tree.hpp"

namespace cosp {

/// The order of keys: by UTF-16 code units.
bool is_utf16_less(std::string_view left, std::string_view right);

/// Appends the text as a JSON string.
void append_string(std::string& out, std::string_view text);

/// Appends a value with all below it: keys sorted, no spaces. Numbers that are exact decimals are
/// written without exponent, others stay as they were written: no figure goes through a double.
void append_canonical(std::string& out, const JsonTree& tree, const JsonNode& node);

}  // namespace cosp
