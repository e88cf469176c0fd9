/// Reading the map from one release of a form to another (docs/formats/migration.md).
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/migration_map.hpp"
#include "model/mistake.hpp"

namespace cosp {

/// All mistakes of meaning in one pass; no map when there is any.
struct MigrationMapReading {
  std::optional<MigrationMap> map;
  std::vector<Mistake> mistakes;
};

/// `file` is the name that mistakes and the map carry. Whether the two forms have the codes is not
/// checked here: the forms are not known.
MigrationMapReading read_migration_map(std::string_view bytes, std::string_view file);

/// Files of up to 4 MB. Errors: `not_found`, `too_large`, `io` if the file cannot be read;
/// `bad_input` with all mistakes in `what`, one a line.
Result<MigrationMap> load_migration_map(const std::filesystem::path& file);

}  // namespace cosp
