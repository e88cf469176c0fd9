/// The first fault of a text that should be JSON, with its place. For files that the fast parser
/// has refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cosp {

struct JsonFault {
  enum class Kind : std::uint8_t {
    empty,              ///< nothing but white space
    not_json,           ///< a character that cannot stand there
    control_character,  ///< a raw control character within a string
    invalid_utf8,
    cut,  ///< the end came too early
    too_deep,
    trailing_bytes,  ///< something after the root value
    not_an_object,   ///< the root is no object
    duplicate_key,   ///< the second of two members of one name
    too_large,       ///< too many bytes or values
  };
  Kind kind = Kind::not_json;
  std::uint32_t offset = 0;  ///< in bytes; of a cut text its end
  std::string key;           ///< the name given twice
};

/// The first fault in the order of the file, or nothing when the text is JSON (RFC 8259) of at most
/// `depth` open brackets. `start` is where to begin: behind a byte-order mark. Needs no stack but
/// one byte a bracket. Duplicate keys and the kind of the root are not looked at.
std::optional<JsonFault> find_json_fault(std::string_view bytes, std::size_t start,
                                         std::uint32_t depth);

/// Whether the text is a number of JSON's syntax, and nothing else.
bool is_json_number(std::string_view text);

}  // namespace cosp
