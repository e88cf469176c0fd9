#include <fmt/format.h>

#include "apps/commands.hpp"
#include "generator/lint.hpp"

namespace cosp::apps {

int run(const TablesOptions&, Workspace&) {
  std::string text;
  for (const KindDescription& kind : describe_table_kinds()) {
    text += fmt::format("{}\n    {}\n", kind.id, kind.what);
    for (const KindParameter& parameter : kind.parameters)
      text += fmt::format("    {} ({}{}): {}\n", parameter.name, parameter.type,
                          parameter.is_required ? "" : ", optional", parameter.what);
  }
  return print(text);
}

}  // namespace cosp::apps
