#include <fmt/format.h>
#include <csignal>

#include "apps/commands.hpp"
#include "apps/full_commands.hpp"
#include "server/server.hpp"
#include "store/store.hpp"

namespace cosp::apps {
namespace {

/// Blocks the signals that end the server in this and all later threads, so that `wait` alone sees
/// them.
class EndSignals {
 public:
  EndSignals() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGINT);
    sigaddset(&set_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  }
  void wait() const {
    int received = 0;
    sigwait(&set_, &received);
  }

 private:
  sigset_t set_{};
};

}  // namespace

int run(const ServeOptions& options, Workspace& workspace) {
  const EndSignals signals;
  auto cycle = workspace.cycle(options.cycle);
  if (!cycle) return fail(cycle.error());
  auto form = workspace.form_of(**cycle);
  if (!form) return fail(form.error());
  auto store = open_store(options.store);
  if (!store) return fail(store.error());
  ServerOptions server_options;
  server_options.address = options.address;
  server_options.port = options.port;
  auto server = Server::start(server_options, *form, *cycle, std::move(*store));
  if (!server) return fail(server.error());
  print(fmt::format("cosp: cycle {} on http://{}:{}/api/v1/cycles/{}/submissions\n", (*cycle)->id,
                    options.address, (*server)->port(), (*cycle)->id));
  signals.wait();
  (*server)->stop();
  return kDone;
}

}  // namespace cosp::apps
