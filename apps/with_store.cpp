#include "apps/commands.hpp"
#include "apps/store_commands.hpp"

namespace cosp::apps {

int run_with_store(const ParsedOptions& parsed, const StoreCommand& command,
                   const char* const* /*arguments*/) {
  const auto workspace = open_workspace(parsed.common);
  if (!workspace) return fail(workspace.error());
  return std::visit([&](const auto& chosen) { return run(chosen, **workspace); }, command);
}

}  // namespace cosp::apps
