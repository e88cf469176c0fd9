#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "apps/commands.hpp"
#include "apps/full_commands.hpp"

namespace cosp::apps {

int run_in_full(const ParsedOptions&, const FullCommand&, const char* const* arguments) {
  std::error_code failed;
  const std::filesystem::path own = std::filesystem::read_symlink("/proc/self/exe", failed);
  const std::filesystem::path program = own.parent_path() / "cosp-full";
  // The arguments are those of main, which are ours to change; execv only never says so.
  execv(program.c_str(), const_cast<char* const*>(arguments));
  return fail({Error::Kind::io,
               fmt::format("cannot start the program of this command: {}", std::strerror(errno)),
               program.string()});
}

}  // namespace cosp::apps
