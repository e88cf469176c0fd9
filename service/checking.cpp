#include "service/checking.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <set>

#include "base/digest.hpp"
#include "base/file.hpp"
#include "base/parallel.hpp"
#include "readers/submission_writer.hpp"
#include "service/earlier.hpp"
#include "service/submission_file.hpp"
#include "validator/field_checks.hpp"

namespace cosp {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kCycleFile = "cycle.yaml";

struct Found {
  std::vector<fs::path> files;
  std::vector<Error> failures;
};

bool is_hidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

/// The submissions of a folder and below it, sorted. Symbolic links to folders are not followed.
void find_in_folder(const fs::path& folder, Found& found) {
  std::vector<fs::path> files;
  std::error_code failed;
  fs::recursive_directory_iterator walk(folder, failed);
  for (; !failed && walk != fs::recursive_directory_iterator(); walk.increment(failed)) {
    std::error_code ignored;
    if (is_hidden(walk->path()) || OutputFolder::is_ours(walk->path())) {
      if (walk->is_directory(ignored)) walk.disable_recursion_pending();
    } else if (walk->is_regular_file(ignored) && is_submission_name(walk->path())) {
      files.push_back(walk->path());
    }
  }
  if (failed) {
    found.failures.push_back(
        {Error::Kind::io, "cannot read folder: " + failed.message(), folder.string()});
    return;
  }
  if (files.empty())
    found.failures.push_back({Error::Kind::not_found,
                              "no submissions (*.json, *.xlsx, *.ods) in this folder",
                              folder.string()});
  std::sort(files.begin(), files.end());
  found.files.insert(found.files.end(), files.begin(), files.end());
}

Found find_submissions(std::span<const fs::path> paths) {
  Found found;
  for (const fs::path& path : paths) {
    std::error_code failed;
    const fs::file_status status = fs::status(path, failed);
    if (fs::is_directory(status))
      find_in_folder(path, found);
    else
      found.files.push_back(path);  // opening it says what is wrong with it
  }
  return found;
}

/// The one cycle.yaml that lies in the given folders or beside the given files.
Result<std::optional<fs::path>> cycle_beside(std::span<const fs::path> paths) {
  std::set<fs::path> cycles;
  for (const fs::path& path : paths) {
    std::error_code ignored;
    const fs::path folder = fs::is_directory(path, ignored) ? path : path.parent_path();
    const fs::path candidate = (folder.empty() ? fs::path(".") : folder) / kCycleFile;
    if (fs::exists(candidate, ignored)) cycles.insert(fs::weakly_canonical(candidate, ignored));
  }
  if (cycles.empty()) return std::optional<fs::path>();
  if (cycles.size() > 1)
    return Error{
        Error::Kind::bad_input,
        fmt::format(
            "the files have different cycles beside them ({} and {}); name one with --cycle",
            cycles.begin()->string(), std::next(cycles.begin())->string()),
        ""};
  return std::optional<fs::path>(*cycles.begin());
}

/// The form that the cycle targets, else that of the first file that names one, else the first
/// there is.
Result<std::shared_ptr<const PreparedForm>> choose_form(Workspace& workspace, const Cycle* cycle,
                                                        std::span<const fs::path> files) {
  if (cycle != nullptr) return workspace.form_of(*cycle);
  SubmissionFileReader reader;
  for (const fs::path& file : files) {
    auto bytes = load_submission_file(file);
    if (!bytes) continue;
    const SubmissionHead head = reader.head(*bytes);
    if (head.form_id.empty()) continue;
    if (auto form = workspace.form(head.form_id, head.form_version)) return form;
    if (auto form = workspace.newest_form(head.form_id)) return form;
  }
  return workspace.newest_form("");
}

Result<std::vector<Submission>> read_previous(Workspace& workspace, const Batch& batch,
                                              std::span<const fs::path> paths) {
  const Found found = find_submissions(paths);
  if (!found.failures.empty()) return found.failures.front();
  std::vector<Submission> previous;
  EarlierReader reader(workspace, batch.form, batch.cycle.get());
  for (const fs::path& file : found.files) {
    auto read = reader.read(file);
    if (!read) return read.error();
    share_answers(batch.form->form, read->submission);
    previous.push_back(std::move(read->submission));
  }
  return previous;
}

const Submission* previous_of(const std::vector<Submission>& previous,
                              const Submission& submission) {
  for (const Submission& candidate : previous)
    if (candidate.header.submitter == submission.header.submitter) return &candidate;
  return nullptr;
}

/// Takes the file's bytes through reading and sharing, and finds its former submission.
CheckedSubmission check_with(const PreparedForm& form, SubmissionFileReader& reader,
                             std::string file, std::string& bytes, CheckAgainst against,
                             const std::vector<Submission>& previous, std::string_view said) {
  CheckedSubmission checked;
  SubmissionFile read = reader.read(bytes, said.empty() ? file : said, form.form);
  if (read.is_unreadable) {
    checked.report = make_unreadable_report(std::move(file), std::move(read.findings));
    if (against.cycle != nullptr) checked.report.digests.cycle = against.cycle->digest;
    return checked;
  }
  share_answers(form.form, read.submission);
  auto submission = std::make_unique<Submission>(std::move(read.submission));
  if (against.previous == nullptr) against.previous = previous_of(previous, *submission);
  const Surroundings surroundings{against.cycle, against.previous, !previous.empty()};
  auto evaluation = std::make_unique<Evaluation>(form.form, *submission, surroundings);
  const Stage stage = against.stage.value_or(submission->header.stage);
  std::vector<Finding> findings =
      form.validator.check(*evaluation, stage, std::move(read.findings));
  read.locate(findings, bytes);
  checked.canonical = canonical_json(form.form, *submission);
  checked.contacts = contacts_json(form.form, *submission);
  checked.report = make_report(form.form, *submission, std::move(file), std::move(findings),
                               form.validator.unchecked(surroundings), against.cycle);
  if (stage == Stage::draft) checked.report.open_for_final = count_open_for_final(*evaluation);
  if (read.is_workbook)
    checked.report.cells = ReportCells{read.counts.read, read.counts.imported, read.counts.rejected,
                                       read.counts.ignored};
  checked.report.digests.submission = sha256_hex(checked.canonical);
  checked.report.digests.contacts = sha256_hex(checked.contacts);
  checked.submission = std::move(submission);
  checked.evaluation = std::move(evaluation);
  return checked;
}

/// A file that could not even be opened is unreadable like any other, so that no count passes over
/// it.
CheckedSubmission not_opened(const fs::path& file, const Error& error) {
  Finding finding;
  finding.severity = Severity::blocker;
  finding.rule = error.kind == Error::Kind::too_large ? "too-large" : "not-opened";
  finding.text = "finding." + finding.rule;
  finding.arguments.emplace_back("fault", error.what);
  CheckedSubmission checked;
  checked.report = make_unreadable_report(file.string(), {std::move(finding)});
  return checked;
}

/// Checks every file, several at a time; results stand in the order of the files.
void check_files(Batch& batch, std::span<const fs::path> files, const BatchOptions& options) {
  batch.files.resize(files.size());
  std::mutex progress_mutex;
  std::size_t done = 0;
  in_parallel(files.size(), options.jobs, [&]() -> IndexedWork {
    const auto reader = std::make_shared<SubmissionFileReader>();
    return [&, reader](std::size_t i) {
      if (auto bytes = load_submission_file(files[i]))
        batch.files[i] =
            check_with(*batch.form, *reader, files[i].string(), *bytes,
                       {batch.cycle.get(), nullptr, options.stage}, batch.previous, {});
      else
        batch.files[i] = not_opened(files[i], bytes.error());
      const std::lock_guard lock(progress_mutex);
      if (options.progress) options.progress(++done, files.size());
    };
  });
}

}  // namespace

CheckedSubmission check_bytes(const PreparedForm& form, SubmissionFileReader& reader,
                              std::string file, std::string& bytes, const CheckAgainst& against,
                              std::string_view media_type) {
  return check_with(form, reader, std::move(file), bytes, against, {}, media_type);
}

Result<Batch> check_paths(Workspace& workspace, std::span<const fs::path> paths,
                          const BatchOptions& options) {
  Found found = find_submissions(paths);
  Batch batch;
  batch.failures = std::move(found.failures);
  std::optional<fs::path> cycle_file = options.cycle;
  if (!cycle_file) {
    auto beside = cycle_beside(paths);
    if (!beside) return beside.error();
    cycle_file = *beside;
  }
  if (cycle_file) {
    auto cycle = workspace.cycle(*cycle_file);
    if (!cycle) return cycle.error();
    batch.cycle = *cycle;
  }
  auto form = choose_form(workspace, batch.cycle.get(), found.files);
  if (!form) return form.error();
  batch.form = *form;
  if (!options.previous.empty()) {
    auto previous = read_previous(workspace, batch, options.previous);
    if (!previous) return previous.error();
    batch.previous = std::move(*previous);
  }
  check_files(batch, found.files, options);
  return batch;
}

int exit_code(const Batch& batch) {
  int code = batch.failures.empty() ? 0 : 3;
  for (const CheckedSubmission& file : batch.files) {
    if (file.report.outcome == Outcome::unreadable) code = std::max(code, 3);
    for (const Finding& finding : file.report.findings) {
      const bool counts = finding.severity == Severity::blocker ||
                          (finding.severity == Severity::error && !finding.is_explained());
      if (counts) code = std::max(code, 1);
    }
  }
  return code;
}

}  // namespace cosp
