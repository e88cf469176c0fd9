#include <cstdio>
#include <exception>

#include "apps/commands.hpp"
#include "apps/full_commands.hpp"

namespace {

int run_command(int argument_count, const char* const* arguments) {
  using namespace cosp::apps;
  const ParsedOptions parsed = parse_options(argument_count, arguments);
  if (!parsed.command) return parsed.exit_code;
  if (const auto* command = std::get_if<FullCommand>(&*parsed.command))
    return run_in_full(parsed, *command, arguments);
  const auto workspace = open_workspace(parsed.common);
  if (!workspace) return fail(workspace.error());
  return std::visit([&](const auto& command) { return run(command, **workspace); },
                    std::get<Command>(*parsed.command));
}

}  // namespace

int main(int argument_count, char** arguments) {
  // The last net: whatever is thrown this far is a fault of ours or of the system, told in one
  // line.
  try {
    return run_command(argument_count, arguments);
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "cosp: %s\n", fault.what());
  } catch (...) {
    std::fputs("cosp: unknown fault\n", stderr);
  }
  return cosp::apps::kSystem;
}
