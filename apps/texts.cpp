#include <fmt/format.h>

#include <algorithm>

#include "apps/commands.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "service/translating.hpp"

namespace cosp::apps {
namespace {

constexpr std::uint64_t kMostFileBytes = 32u << 20;

std::string line_of(const TextFinding& finding) {
  return fmt::format("{}{}: {}{}{}\n", finding.file,
                     finding.line == 0 ? "" : fmt::format(":{}", finding.line),
                     finding.is_notice ? "note: " : "", finding.id.empty() ? "" : finding.id + ": ",
                     mask_controls(finding.what));
}

int check(const TextsOptions& options, const TextPlaces& places) {
  const auto reports = check_texts(places, options.languages);
  if (!reports) return fail(reports.error());
  std::string text = counts_table(*reports) + "\n";
  std::size_t faults = 0;
  for (const LanguageReport& report : *reports)
    for (const TextFinding& finding : report.findings) {
      text += line_of(finding);
      faults += finding.is_notice ? 0 : 1;
    }
  text += faults == 0 ? std::string("Nothing must be mended.\n")
                      : fmt::format("{} to be mended\n", faults);
  return std::max(faults == 0 ? kDone : kFound, print(text));
}

int write_texts(const TextsOptions& options, const TextPlaces& places) {
  ExportRequest request;
  request.language = options.language;
  request.format = options.as_xliff ? ExportFormat::xliff : ExportFormat::po;
  request.only_stale = options.only_stale;
  const auto made = export_texts(places, request);
  if (!made) return fail(made.error());
  if (const auto written = write_file(options.file, made->bytes); !written)
    return fail(written.error());
  return print(fmt::format("{}: {} texts\n", options.file.string(), made->texts));
}

int take_texts(const TextsOptions& options, const TextPlaces& places) {
  const auto bytes = read_file(options.file, kMostFileBytes);
  if (!bytes) return fail(bytes.error());
  const auto taken = import_texts(places, *bytes, options.file.filename().string());
  if (!taken) return fail(taken.error());
  std::string text;
  for (const Mistake& mistake : taken->mistakes)
    text += mistake.line == 0
                ? fmt::format("{}: {}\n", mistake.file, mistake.what)
                : fmt::format("{}:{}: {}\n", mistake.file, mistake.line, mistake.what);
  if (!taken->mistakes.empty())
    return std::max(kFound, print(text + fmt::format("{} mistake{}; nothing was taken over\n",
                                                     taken->mistakes.size(),
                                                     taken->mistakes.size() == 1 ? "" : "s")));
  for (const std::string& id : taken->left_open)
    text += fmt::format("note: {}: marked as unfinished, left as it was\n", id);
  text += fmt::format("{}: {} changed, {} added, {} confirmed, {} reviewed\n", taken->language,
                      taken->changed, taken->added, taken->confirmed, taken->reviewed);
  for (const std::string& file : taken->files) text += fmt::format("  {}\n", file);
  return print(text);
}

int record(const TextsOptions& options, const TextPlaces& places) {
  RecordRequest request;
  request.language = options.language;
  request.takes_stale = options.takes_stale;
  request.is_reviewed = options.is_reviewed;
  request.ids = options.ids;
  const auto done = record_texts(places, request);
  if (!done) return fail(done.error());
  return print(fmt::format("{}: {} recorded, {} of texts that are no more taken out\n",
                           options.language, done->recorded, done->removed));
}

}  // namespace

int run(const TextsOptions& options, Workspace& workspace) {
  const auto prepared = form_named(workspace, options.form);
  if (!prepared) return fail(prepared.error());
  const TextPlaces places = text_places(workspace, (*prepared)->form);
  switch (options.act) {
    case TextsOptions::Act::check: return check(options, places);
    case TextsOptions::Act::export_: return write_texts(options, places);
    case TextsOptions::Act::import_: return take_texts(options, places);
    case TextsOptions::Act::record: break;
  }
  return record(options, places);
}

}  // namespace cosp::apps
