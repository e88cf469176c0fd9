/// Reading a roster (docs/formats/cycle.md, "The roster").
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/cycle.hpp"
#include "model/mistake.hpp"

namespace cosp {

struct RosterReading {
  std::optional<Roster> roster;  ///< set as far as it could be read, also beside mistakes
  std::vector<Mistake> mistakes;
};

/// Reads a roster from its bytes; `name` is the file as mistakes name it.
RosterReading read_roster(std::string_view bytes, const std::string& name);

}  // namespace cosp
