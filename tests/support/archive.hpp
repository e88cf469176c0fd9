/// Zip archives made in tests.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace cosp::test {

/// Names and contents.
using Parts = std::vector<std::pair<std::string, std::string>>;

/// A zip archive of these parts, packed unless `is_stored`. Same parts, same bytes. Empty when an
/// archive cannot have such parts.
std::string zip_of(const Parts& parts, bool is_stored = false);

}  // namespace cosp::test
