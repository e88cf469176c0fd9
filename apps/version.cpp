#include <fmt/format.h>

#include "apps/commands.hpp"

namespace cosp::apps {

int run(const VersionOptions&, Workspace& workspace) {
  std::string text = fmt::format("cosp {}\n", COSP_VERSION);
  for (const FormRelease& release : workspace.forms())
    text += fmt::format("form {} {}\n", release.id, release.version);
  return print(text);
}

}  // namespace cosp::apps
