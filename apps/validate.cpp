#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "apps/commands.hpp"
#include "base/file.hpp"
#include "service/checking.hpp"

namespace cosp::apps {
namespace {

Result<Batch> check(const ValidateOptions& options, Workspace& workspace) {
  Progress progress("checked");
  BatchOptions batch;
  batch.cycle = options.cycle;
  batch.previous = options.previous;
  batch.stage = options.stage;
  batch.jobs = options.jobs;
  batch.progress = [&](std::size_t done, std::size_t total) { progress.show(done, total); };
  return check_paths(workspace, options.paths, batch);
}

}  // namespace

int run(const ValidateOptions& options, Workspace& workspace) {
  auto batch = check(options, workspace);
  if (!batch) return fail(batch.error());
  const Form& form = batch->form->form;
  const std::string language = language_for(form, options.language);
  std::vector<Report> reports;
  reports.reserve(batch->files.size());
  for (CheckedSubmission& file : batch->files) reports.push_back(file.report);
  const bool colour =
      !options.output && ::isatty(STDOUT_FILENO) == 1 && std::getenv("NO_COLOR") == nullptr;
  for (const Error& failure : batch->failures) fail(failure);
  int code = exit_code(*batch);
  if (reports.empty()) return code;
  const std::string text = options.as_json ? render_json(form, reports, language)
                                           : render_text(form, reports, language, colour);
  if (!options.output) return std::max(code, print(text));
  if (const auto written = write_file(*options.output, text); !written)
    return fail({Error::Kind::io, written.error().what, written.error().where});
  return code;
}

}  // namespace cosp::apps
