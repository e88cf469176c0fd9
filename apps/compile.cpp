#include "service/compiling.hpp"

#include <fmt/format.h>

#include "apps/commands.hpp"
#include "service/receiving.hpp"
#include "store/store.hpp"

namespace cosp::apps {
namespace {

int tell(const CompileSummary& summary, const CompileOptions& options) {
  for (const LeftOut& left : summary.left_out)
    fmt::print(stderr, "cosp: left out: {}: {}\n", left.file, left.why);
  std::string text;
  for (const std::string& file : summary.files) text += (options.output / file).string() + "\n";
  text +=
      fmt::format("{} submissions counted, {} left out, {} files written to {}\n", summary.counted,
                  summary.left_out.size(), summary.files.size(), options.output.string());
  return print(text);
}

CompileRequest request_of(const CompileOptions& options, const Form& form, Progress& progress) {
  CompileRequest request;
  request.output = options.output;
  for (const std::string& tag : options.languages)
    request.languages.push_back(language_for(form, tag));
  request.only = options.only;
  request.progress = [&progress](std::size_t done, std::size_t total) {
    progress.show(done, total);
  };
  return request;
}

int compile_files(const CompileOptions& options, Workspace& workspace) {
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
  Progress progress("documents made");
  const auto summary = compile(workspace, *batch->form, *batch->cycle, offered,
                               request_of(options, batch->form->form, progress));
  if (!summary) return fail(summary.error());
  return std::max(code, tell(*summary, options));
}

int compile_store(const CompileOptions& options, Workspace& workspace) {
  if (!options.cycle)
    return fail({Error::Kind::bad_input, "a cycle is needed: name its file with --cycle", ""});
  const auto cycle = workspace.cycle(*options.cycle);
  if (!cycle) return fail(cycle.error());
  const auto form = workspace.form_of(**cycle);
  if (!form) return fail(form.error());
  std::error_code ignored;
  if (!std::filesystem::exists(*options.store, ignored))
    return fail({Error::Kind::not_found, "no such store", options.store->string()});
  const auto store = open_store(*options.store);
  if (!store) return fail(store.error());
  const auto finals = stored_finals(**form, **cycle, **store);
  if (!finals) return fail(finals.error());
  std::vector<Offered> offered;
  for (const StoredSubmission& stored : *finals)
    offered.push_back({&stored.checked, Date::parse(stored.revision.received_at.substr(0, 10)),
                       stored.revision.revision});
  Progress progress("documents made");
  const auto summary =
      compile(workspace, **form, **cycle, offered, request_of(options, (*form)->form, progress));
  return summary ? tell(*summary, options) : fail(summary.error());
}

}  // namespace

int run(const CompileOptions& options, Workspace& workspace) {
  return options.store ? compile_store(options, workspace) : compile_files(options, workspace);
}

}  // namespace cosp::apps
