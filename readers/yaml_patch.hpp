/// Changing single texts of a YAML file and nothing else of it: comments, order and the way a text
/// is quoted stay.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace cosp {

/// A text for the scalar that begins at this place, as `parse_yaml` tells it.
struct YamlChange {
  std::uint32_t line = 0;    ///< from 1
  std::uint32_t column = 0;  ///< from 1, in bytes
  std::string was;           ///< what the scalar says now
  std::string text;          ///< what it shall say
};

/// The file with these scalars changed, and `added` entries (dotted key, text) at its end. A plain
/// scalar stays plain where it can, one in single or double quotes keeps them; a block scalar
/// becomes a double-quoted one. The result has been read again: it says the new texts and
/// everything else as before.
///
/// Errors: `bad_input` when the bytes are no YAML, a change's place does not hold what it says, or
/// the result would not read back (an entry cannot follow a map in braces); `where` is `file`.
Result<std::string> patch_yaml(std::string_view bytes, std::string_view file,
                               std::vector<YamlChange> changes,
                               const std::vector<std::pair<std::string, std::string>>& added);

}  // namespace cosp
