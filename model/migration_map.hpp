/// What becomes of the codes of an earlier release of a form (docs/formats/migration.md).
#pragma once

#include <string>
#include <vector>

namespace cosp {

/// A release as a map names it; an empty structure digest is not held against the form.
struct MappedRelease {
  std::string id, version, structure;
};

/// One code of the earlier release: either what it is called now, or that it is dropped.
struct CodeMove {
  std::string owner;  ///< options: their list; columns: their register; both of the earlier release
  std::string from;
  std::string to;         ///< empty: dropped
  std::string why;        ///< of what is dropped
  bool is_guess = false;  ///< nobody has confirmed it: not applied
};

/// Codes without a line stay what they are.
struct MigrationMap {
  std::string name;  ///< of its file, for messages
  MappedRelease from, to;
  std::vector<CodeMove> questions, options, registers, columns, units, provisions;
};

}  // namespace cosp
