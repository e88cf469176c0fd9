#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "apps/commands.hpp"
#include "base/file.hpp"
#include "service/checking.hpp"
#include "service/findings_page.hpp"

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

Result<std::string> render(ValidateOptions::As as, const Form& form,
                           const std::vector<Report>& reports, const std::string& language,
                           bool colour, const Workspace& workspace) {
  using As = ValidateOptions::As;
  switch (as) {
    case As::text: return render_text(form, reports, language, colour);
    case As::json: return render_json(form, reports, language);
    case As::sarif: return render_sarif(form, reports, language);
    case As::junit: return render_junit(form, reports, language);
    case As::csv: return render_csv(form, reports, language);
    case As::html: break;
  }
  TemplateSet templates = workspace.template_set();
  return findings_page(form, reports, language, templates);
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
  const auto rendered = render(options.as, form, reports, language, colour, workspace);
  if (!rendered) return fail(rendered.error());
  const std::string& text = *rendered;
  if (!options.output) return std::max(code, print(text));
  if (const auto written = write_file(*options.output, text); !written)
    return fail({Error::Kind::io, written.error().what, written.error().where});
  return code;
}

}  // namespace cosp::apps
