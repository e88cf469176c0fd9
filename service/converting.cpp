#include "service/converting.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/file.hpp"
#include "readers/migration_map.hpp"
#include "readers/submission_writer.hpp"
#include "service/form_workbooks.hpp"
#include "service/submission_file.hpp"
#include "validator/finding_text.hpp"

namespace cosp {
namespace fs = std::filesystem;
namespace {

/// What a file holds, and how people find a place in it.
struct PartFile {
  fs::path path;
  SubmissionFile file;
};

/// The findings that stand in the way, a line each: "II!G12: …".
std::string listed(const Form& form, const std::vector<Finding>& findings,
                   const std::string& file) {
  FindingTexts texts(form, form.language_tag(0));
  std::string lines = "not all of it could be read";
  for (const Finding& finding : findings) {
    if (!loses_answers(finding)) continue;
    lines += fmt::format("\n{}: {}: {}", file, position_of(finding), texts.text(finding).message);
  }
  return lines;
}

std::string where(const Form& form, const PartFile& part, std::string_view name) {
  std::vector<Finding> finding(1);
  finding.front().place = find_place(form, part.file.submission, name);
  const Place& place = finding.front().place;
  if (place.question == kNone && (place.registry == kNone || place.row == kNone)) return {};
  if (!part.file.is_workbook) return json_pointer(form, part.file.submission, place);
  part.file.places.locate(finding);
  return finding.front().cell;
}

/// Whether a row, a cell or a question is held back by its own name or that of its row.
bool is_held_back(const WorkbookCoverage& coverage, std::string_view name) {
  return std::ranges::any_of(coverage.held_back, [&](const std::string& held) {
    return name == held || (name.starts_with(held) && name[held.size()] == '/');
  });
}

/// What a partial workbook leaves out on purpose reads as rejected, so that nobody asks for it. To
/// a merge it is only not covered: nothing of it was lost.
void release_held_back(const Form& form, SubmissionFile& file) {
  for (const std::string& name : file.coverage.held_back) {
    const Place place = find_place(form, file.submission, name);
    Answer* answer = nullptr;
    if (place.question != kNone)
      answer = &file.submission.answers[place.question];
    else if (place.row != kNone && place.column != kNone)
      answer = &file.submission.registers[place.registry][place.row]
                    .cells[place.column - form.registry(place.registry).columns.first];
    if (answer != nullptr && answer->is_absent()) answer->is_rejected = false;
  }
  std::erase_if(file.findings,
                [](const Finding& finding) { return finding.rule == kPartOfSubmission; });
}

bool covers_chapter(const Form& form, const Submission& submission, std::uint32_t question) {
  const Chapter& chapter = form.chapters()[form.block(form.question(question).block).chapter];
  return std::ranges::find(submission.header.parts, form.string(chapter.code)) !=
         submission.header.parts.end();
}

bool covers(const Form& form, const PartFile& part, std::string_view name) {
  const Submission& submission = part.file.submission;
  const bool is_partial = !submission.header.parts.empty() || !part.file.coverage.held_back.empty();
  const Place place = find_place(form, submission, name);
  if (place.question != kNone) {
    if (part.file.is_workbook)
      return std::ranges::binary_search(part.file.coverage.questions, place.question) &&
             !is_held_back(part.file.coverage, name);
    return submission.header.parts.empty() || covers_chapter(form, submission, place.question);
  }
  // Explanations, codes that the form does not know, and rows of a file that is not complete.
  if (place.registry == kNone || !part.file.is_workbook) return !is_partial;
  const auto& registers = part.file.coverage.registers;
  const auto rows = std::ranges::find(registers, place.registry, &WorkbookCoverage::Rows::registry);
  if (rows == registers.end() || is_held_back(part.file.coverage, name)) return false;
  return place.column == kNone || std::ranges::binary_search(rows->columns, place.column);
}

Result<ReleasePairing> pairing_of(const Form& from, const Form& to,
                                  const std::optional<fs::path>& map) {
  if (!map) return ReleasePairing::make(from, to, nullptr);
  const auto loaded = load_migration_map(*map);
  if (!loaded) return loaded.error();
  return ReleasePairing::make(from, to, &*loaded);
}

}  // namespace

bool is_written_kind(const fs::path& file) {
  return file.extension() == ".json" || file.extension() == ".xlsx";
}

Result<void> write_submission_file(const Form& form, const Submission& submission,
                                   const fs::path& file, const std::string& language) {
  if (!is_written_kind(file))
    return Error{Error::Kind::bad_input, "expected a name that ends in .json or .xlsx",
                 file.string()};
  if (file.extension() == ".json") return write_file(file, full_json(form, submission));
  FormWorkbookOptions options;
  options.language = language;
  options.submission = &submission;
  return write_workbook_file(form, options, file);
}

Result<Conversion> convert_file(Workspace& workspace, const fs::path& from, const fs::path& to,
                                const std::string& language, bool leaves_out) {
  Conversion conversion;
  auto form = form_of_file(workspace, from);
  if (!form) return form.error();
  conversion.form = std::move(*form);
  auto file = read_located(from, conversion.form->form);
  if (!file) return file.error();
  const bool may_write = !file->is_unreadable && (leaves_out || is_whole(*file));
  conversion.is_unreadable = file->is_unreadable;
  conversion.findings = std::move(file->findings);
  if (!may_write) return conversion;
  if (const auto written =
          write_submission_file(conversion.form->form, file->submission, to, language);
      !written)
    return written.error();
  conversion.is_written = true;
  return conversion;
}

Result<FileMigration> migrate_file(Workspace& workspace, const fs::path& in, const fs::path& out,
                                   const std::shared_ptr<const PreparedForm>& to,
                                   const std::optional<fs::path>& map, const std::string& language,
                                   bool leaves_out) {
  auto from = form_of_file(workspace, in);
  if (!from) return from.error();
  FileMigration done;
  done.from = std::move(*from);
  done.to = to;
  const auto pairing = pairing_of(done.from->form, to->form, map);
  if (!pairing) return pairing.error();
  auto file = read_located(in, done.from->form);
  if (!file) return file.error();
  const bool may_write = !file->is_unreadable && (leaves_out || is_whole(*file));
  done.findings = std::move(file->findings);
  done.is_unreadable = file->is_unreadable;
  if (!may_write) return done;
  done.migrated = migrate(*pairing, file->submission);
  if (const auto written = write_submission_file(to->form, done.migrated.submission, out, language);
      !written)
    return written.error();
  done.is_written = true;
  return done;
}

Result<FileMerge> merge_files(Workspace& workspace, const fs::path& base,
                              const std::vector<fs::path>& parts) {
  auto prepared = form_of_file(workspace, base);
  if (!prepared) return prepared.error();
  const Form& form = (*prepared)->form;
  std::vector<PartFile> files;
  files.reserve(parts.size() + 1);
  std::vector<fs::path> paths = {base};
  paths.insert(paths.end(), parts.begin(), parts.end());
  for (const fs::path& path : paths) {
    auto file = read_located(path, form);
    if (!file) return file.error();
    release_held_back(form, *file);
    if (!is_whole(*file))
      return Error{Error::Kind::bad_input, listed(form, file->findings, path.string()),
                   path.string()};
    files.push_back({path, std::move(*file)});
  }
  std::vector<MergePart> given;
  for (std::size_t i = 1; i < files.size(); ++i) {
    const PartFile& part = files[i];
    given.push_back({part.path.string(), &part.file.submission,
                     [&form, &part](std::string_view name) { return covers(form, part, name); },
                     [&form, &part](std::string_view name) { return where(form, part, name); }});
  }
  SubmissionReader reader;
  auto merged = merge(form, reader, files.front().file.submission, given);
  if (!merged) return merged.error();
  return FileMerge{std::move(*prepared), std::move(*merged)};
}

}  // namespace cosp
