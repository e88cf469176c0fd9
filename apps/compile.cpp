#include "service/compiling.hpp"

#include <fmt/format.h>

#include "apps/commands.hpp"
#include "apps/full_commands.hpp"

namespace cosp::apps {

int compile_offered(const CompileOptions& options, Workspace& workspace, const PreparedForm& form,
                    const Cycle& cycle, const std::vector<Offered>& offered) {
  Progress progress("documents made");
  CompileRequest request;
  request.output = options.output;
  for (const std::string& tag : options.languages)
    request.languages.push_back(language_for(form.form, tag));
  request.only = options.only;
  request.progress = [&progress](std::size_t done, std::size_t total) {
    progress.show(done, total);
  };
  const auto summary = compile(workspace, form, cycle, offered, request);
  if (!summary) return fail(summary.error());
  for (const LeftOut& left : summary->left_out)
    fmt::print(stderr, "cosp: left out: {}: {}\n", left.file, left.why);
  std::string text;
  for (const std::string& file : summary->files) text += (options.output / file).string() + "\n";
  text += fmt::format("{} {} counted, {} left out, {} files written to {}\n", summary->counted,
                      summary->counted == 1 ? "submission" : "submissions",
                      summary->left_out.size(), summary->files.size(), options.output.string());
  return print(text);
}

int run(const CompileOptions& options, Workspace& workspace) {
  BatchOptions batch_options;
  batch_options.cycle = options.cycle;
  auto batch = check_paths(workspace, options.paths, batch_options);
  if (!batch) return fail(batch.error());
  if (!batch->cycle)
    return fail(
        {Error::Kind::bad_input,
         "a cycle is needed: name its file with --cycle, or put cycle.yaml beside the files", ""});
  int code = kDone;
  for (const Error& failure : batch->failures) code = std::max(code, fail(failure));
  std::vector<Offered> offered;
  for (const CheckedSubmission& file : batch->files) offered.push_back({&file, std::nullopt, 0});
  return std::max(code, compile_offered(options, workspace, *batch->form, *batch->cycle, offered));
}

}  // namespace cosp::apps
