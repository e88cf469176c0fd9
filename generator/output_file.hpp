/// A file that the generator made and somebody else writes.
#pragma once

#include <functional>
#include <string>

#include "base/result.hpp"

namespace cosp {

struct OutputFile {
  std::string
      name;  ///< relative to the audience's folder: "data/tables.json", "submitted/QMA.en.html"
  std::string bytes;
};

/// Takes a file that is made; an error ends the making of more.
using OutputSink = std::function<Result<void>(OutputFile)>;

}  // namespace cosp
