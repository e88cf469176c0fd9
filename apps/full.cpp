#include "apps/commands.hpp"
#include "apps/full_commands.hpp"
#include "service/converting.hpp"

namespace cosp::apps {

bool can_be_written(const std::filesystem::path& file) {
  if (is_written_kind(file)) return true;
  fail({Error::Kind::bad_input, "expected a name that ends in .json or .xlsx", file.string()});
  return false;
}

int run_in_full(const ParsedOptions& parsed, const FullCommand& command,
                const char* const* /*arguments*/) {
  const auto workspace = open_workspace(parsed.common);
  if (!workspace) return fail(workspace.error());
  return std::visit([&](const auto& chosen) { return run(chosen, **workspace); }, command);
}

}  // namespace cosp::apps
