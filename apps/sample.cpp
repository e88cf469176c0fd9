#include <fmt/format.h>

#include "apps/commands.hpp"
#include "service/samples.hpp"

namespace cosp::apps {

int run(const SampleOptions& options, Workspace& workspace) {
  Progress progress("written");
  SampleRequest request;
  request.states = options.states;
  request.seed = options.seed;
  request.fault_rate = options.fault_rate;
  request.output = options.output;
  request.form = options.form;
  request.cycle = options.cycle;
  request.progress = [&](std::size_t done, std::size_t total) { progress.show(done, total); };
  const auto summary = make_samples(workspace, request);
  if (!summary) return fail(summary.error());
  return print(fmt::format("{} submissions of invented States written to {}, {} with faults\n",
                           summary->files, options.output.string(), summary->with_faults));
}

}  // namespace cosp::apps
