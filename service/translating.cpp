#include "service/translating.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "base/file.hpp"
#include "base/language.hpp"
#include "base/messages.hpp"
#include "base/text.hpp"
#include "readers/translation_file.hpp"
#include "readers/yaml_patch.hpp"
#include "service/text_checks.hpp"
#include "service/text_work.hpp"

namespace cosp {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMostGlossaryBytes = 4u << 20;

Result<TextWork> open_clean(const TextPlaces& places, const std::string& language) {
  if (language == places.languages.front())
    return Error{
        Error::Kind::bad_input,
        fmt::format("\"{}\" is the source language: nothing is translated into it", language), ""};
  auto work = TextWork::open(places, language);
  if (work && !work->mistakes().empty()) return as_error(work->mistakes());
  return work;
}

bool has_arguments(std::string_view text) { return text.find('{') != std::string_view::npos; }

/// What helps a translator and is not the text itself.
std::vector<std::string> notes_of(const TextWork& work, const TextRow& row,
                                  const TextChecks& checks) {
  std::vector<std::string> notes;
  const std::string& id = row.source->id;
  const auto add = [&](std::string_view what, const std::string& other) {
    if (const TextRow* found = work.find(other); found != nullptr && found != &row)
      notes.push_back(fmt::format("{}: {}", what, found->source->value));
  };
  const std::size_t dot = id.rfind('.');
  const std::string stem = id.substr(0, dot == std::string::npos ? 0 : dot);
  if (id.ends_with(".label")) add("help", stem + ".help");
  if (id.ends_with(".help")) add("question", stem + ".label");
  if (id.starts_with("list.")) add("list", stem + ".title");
  if (row.state == TextState::stale)
    notes.push_back("the source text has changed since this was translated");
  for (const std::string& term : checks.terms_in(row.source->value))
    notes.push_back("glossary: " + term);
  return notes;
}

UnitState unit_state(TextState state) {
  if (state == TextState::reviewed) return UnitState::reviewed;
  const bool is_open = state == TextState::missing || state == TextState::stale;
  return is_open ? UnitState::open : UnitState::translated;
}

/// New bytes of a file, and those it had (none: there was no file).
struct FileChange {
  fs::path path;
  std::string shown;
  std::string bytes;
  std::optional<std::string> former;
};

/// Each file appears whole; when one cannot be written, those before it get their former bytes.
Result<void> write_all(const std::vector<FileChange>& changes) {
  for (std::size_t i = 0; i < changes.size(); ++i) {
    std::error_code failed;
    fs::create_directories(changes[i].path.parent_path(), failed);
    const auto written = write_file(changes[i].path, changes[i].bytes);
    if (written) continue;
    for (std::size_t j = 0; j < i; ++j) {
      if (changes[j].former)
        (void)write_file(changes[j].path, *changes[j].former);
      else
        fs::remove(changes[j].path, failed);
    }
    return Error{Error::Kind::io, written.error().what, written.error().where};
  }
  return {};
}

/// What is to be written of one folder of texts.
struct FolderChange {
  std::map<std::uint32_t, std::vector<YamlChange>> changes;  ///< by file of the folder
  std::map<std::string, std::vector<std::pair<std::string, std::string>>> added;  ///< by file name
  TextRecords records;
};

void add_record_change(const TextFolder& folder, const TextRecords& records,
                       std::vector<FileChange>& out) {
  if (records == folder.records) return;
  FileChange change{folder.path / kTextRecordFile, folder.shown + std::string(kTextRecordFile),
                    write_text_records(records), std::nullopt};
  if (!folder.record_bytes.empty()) change.former = folder.record_bytes;
  out.push_back(std::move(change));
}

/// The files of a folder as they will be; empty on success, else what cannot be changed.
std::optional<Error> patch_folder(const TextFolder& folder, FolderChange& change,
                                  std::vector<FileChange>& out) {
  for (std::uint32_t file = 0; file < folder.files.size(); ++file) {
    const TextFile& old = folder.files[file];
    const auto changes = change.changes.find(file);
    const auto added = change.added.find(old.name);
    if (changes == change.changes.end() && added == change.added.end()) continue;
    auto patched = patch_yaml(
        old.bytes, folder.shown_file(file),
        changes == change.changes.end() ? std::vector<YamlChange>{} : std::move(changes->second),
        added == change.added.end() ? std::vector<std::pair<std::string, std::string>>{}
                                    : added->second);
    if (!patched) return patched.error();
    out.push_back(
        {folder.path / old.name, folder.shown_file(file), std::move(*patched), old.bytes});
    if (added != change.added.end()) change.added.erase(added);
  }
  for (const auto& [name, texts] : change.added) {
    auto made = patch_yaml("", folder.shown + name, {}, texts);
    if (!made) return made.error();
    out.push_back({folder.path / name, folder.shown + name, std::move(*made), std::nullopt});
  }
  return std::nullopt;
}

/// Takes one translator's file over.
class Importer {
 public:
  Importer(const TextPlaces& places, const TextWork& work, std::string_view name)
      : places_(places),
        work_(work),
        name_(name),
        checks_(no_glossary_, places.languages.front(), work.language()) {
    for (std::size_t side = 0; side < 2; ++side)
      folders_[side].records = work.sides()[side].target.records;
    result_.language = work.language();
  }

  Result<TextImport> run(const TranslationFile& file) {
    for (const TranslationUnit& unit : file.units) take(unit);
    if (!result_.mistakes.empty()) return std::move(result_);
    std::vector<FileChange> files;
    for (std::size_t side = 0; side < 2; ++side)
      if (const auto fault = patch_folder(work_.sides()[side].target, folders_[side], files)) {
        result_.mistakes.push_back({fault->where, 0, 0, fault->what});
        return std::move(result_);
      }
    // The record last: texts without their record are only less well known.
    for (std::size_t side = 0; side < 2; ++side)
      add_record_change(work_.sides()[side].target, folders_[side].records, files);
    if (const auto written = write_all(files); !written) return written.error();
    for (const FileChange& change : files) result_.files.push_back(change.shown);
    return std::move(result_);
  }

 private:
  void add(const TranslationUnit& unit, std::string_view what) {
    result_.mistakes.push_back(
        {std::string(name_), unit.line, 0, fmt::format("{}: {}", mask_controls(unit.id), what)});
  }

  void take(const TranslationUnit& unit) {
    const TextRow* row = work_.find(unit.id);
    if (row == nullptr) {
      add(unit, fmt::format("expected the id of a text of the form {}, got another", places_.form));
      return;
    }
    if (!seen_.insert(row->source->id).second) {
      add(unit, "expected each text once, got it again");
      return;
    }
    if (unit.source != row->source->value) {
      add(unit, fmt::format("expected the source text as it is now ({}:{}), got another: it has "
                            "changed since the export",
                            work_.sides()[row->source_side].source.shown_file(row->source->file),
                            row->source->line));
      return;
    }
    const bool is_same = row->text != nullptr && row->text->value == unit.target;
    if (unit.state == UnitState::open) {
      const bool says_other = !unit.target.empty() || row->text != nullptr;
      if (!is_same && says_other) result_.left_open.push_back(unit.id);
      return;
    }
    // A common text that stands for one of the form's own was made from another source.
    if (is_same && row->text_side <= row->source_side)
      take_state(unit, *row);
    else
      take_text(unit, *row);
  }

  /// The text stands as it was; the file may say more of it.
  void take_state(const TranslationUnit& unit, const TextRow& row) {
    const bool is_reviewed = unit.state == UnitState::reviewed;
    const bool says_more =
        row.state == TextState::stale || (is_reviewed && row.state != TextState::reviewed);
    if (!says_more) return;
    if (row.state == TextState::stale) ++result_.confirmed;
    if (is_reviewed) ++result_.reviewed;
    folders_[row.text_side].records.insert_or_assign(
        unit.id, record_of(row.source->value, row.text->value, is_reviewed));
  }

  void take_text(const TranslationUnit& unit, const TextRow& row) {
    if (has_forbidden_characters(unit.target)) {
      add(unit, "expected a text, got a hidden or controlling character in it");
      return;
    }
    const auto faults = checks_.check_arguments({row.source->value, unit.target});
    for (const std::string& fault : faults) add(unit, fault);
    if (!faults.empty()) return;
    // A text of the form's own does not change what other forms share.
    const bool is_new = row.text == nullptr || row.text_side > row.source_side;
    const std::size_t side = is_new ? row.source_side : row.text_side;
    FolderChange& folder = folders_[side];
    if (is_new) {
      const TextFolder& source = work_.sides()[side].source;
      folder.added[source.files[row.source->file].name].emplace_back(unit.id, unit.target);
      ++result_.added;
    } else {
      folder.changes[row.text->file].push_back(
          {row.text->line, row.text->column, row.text->value, unit.target});
      ++result_.changed;
    }
    folder.records.insert_or_assign(unit.id, record_of(row.source->value, unit.target, false));
  }

  const TextPlaces& places_;
  const TextWork& work_;
  std::string_view name_;
  const Glossary no_glossary_;
  TextChecks checks_;
  std::set<std::string_view> seen_;
  std::array<FolderChange, 2> folders_;
  TextImport result_;
};

/// What must hold of the whole file before its texts are looked at.
std::vector<Mistake> check_head(const TextPlaces& places, const TranslationFile& file,
                                std::string_view name) {
  std::vector<Mistake> mistakes;
  const auto add = [&](std::string what) {
    mistakes.push_back({std::string(name), 0, 0, std::move(what)});
  };
  if (file.form != places.form)
    add(fmt::format("expected texts of the form {}, got those of {}", places.form,
                    file.form.empty() ? "none" : mask_controls(file.form)));
  const std::string& source = places.languages.front();
  if (!file.source_language.empty() && file.source_language != source)
    add(fmt::format("expected translations from {}, got from {}", source,
                    mask_controls(file.source_language)));
  if (file.language == source)
    add(fmt::format("expected a translation, got texts in the source language {}", source));
  return mistakes;
}

bool is_wanted(const RecordRequest& request, std::string_view id) {
  return request.ids.empty() ||
         std::any_of(request.ids.begin(), request.ids.end(), [&](const std::string& wanted) {
           return id == wanted || (id.starts_with(wanted) && id.substr(wanted.size(), 1) == ".");
         });
}

/// The record that a text shall have; nothing: as it is.
std::optional<TextRecord> new_record(const RecordRequest& request, const TextRow& row) {
  const bool is_due = row.state == TextState::unrecorded ||
                      (row.state == TextState::stale && request.takes_stale) ||
                      (row.state == TextState::translated && request.is_reviewed);
  if (!is_due) return std::nullopt;
  return record_of(row.source->value, row.text->value, request.is_reviewed);
}

}  // namespace

Result<TextExport> export_texts(const TextPlaces& places, const ExportRequest& request) {
  const auto work = open_clean(places, request.language);
  if (!work) return work.error();
  Glossary glossary;
  if (!places.glossary.empty()) {
    const auto bytes = read_file(places.glossary, kMostGlossaryBytes);
    if (!bytes) return bytes.error();
    auto read = read_glossary(*bytes, "data/glossary.yaml");
    if (!read) return read.error();
    glossary = std::move(*read);
  }
  const TextChecks checks(glossary, places.languages.front(), request.language);
  TranslationFile file{places.form, places.version, places.languages.front(), request.language, {}};
  for (const TextRow& row : work->rows()) {
    const UnitState state = unit_state(row.state);
    if (request.only_stale && state != UnitState::open) continue;
    TranslationUnit unit;
    unit.id = row.source->id;
    unit.source = row.source->value;
    if (row.text != nullptr) unit.target = row.text->value;
    unit.state = state;
    unit.file = work->sides()[row.source_side].source.shown_file(row.source->file);
    unit.source_line = row.source->line;
    unit.notes = notes_of(*work, row, checks);
    unit.has_arguments = has_arguments(unit.source);
    file.units.push_back(std::move(unit));
  }
  return TextExport{request.format == ExportFormat::po ? write_po(file) : write_xliff(file),
                    file.units.size()};
}

Result<TextImport> import_texts(const TextPlaces& places, std::string_view bytes,
                                std::string_view name) {
  TextImport refused;
  const TranslationFile file = read_translation_file(bytes, name, refused.mistakes);
  refused.language = file.language;
  if (refused.mistakes.empty()) refused.mistakes = check_head(places, file, name);
  if (!refused.mistakes.empty()) return refused;
  const auto work = open_clean(places, file.language);
  if (!work) return work.error();
  return Importer(places, *work, name).run(file);
}

Result<TextRecording> record_texts(const TextPlaces& places, const RecordRequest& request) {
  const auto work = open_clean(places, request.language);
  if (!work) return work.error();
  TextRecording done;
  std::array<TextRecords, 2> records;
  std::vector<FileChange> files;
  for (std::size_t side = 0; side < 2; ++side) {
    const TextFolder& folder = work->sides()[side].target;
    for (const auto& [id, record] : folder.records)
      if (folder.find(id) != nullptr)
        records[side].emplace(id, record);
      else
        ++done.removed;
  }
  for (const TextRow& row : work->rows()) {
    // A common text that stands for one of the form's own was made from another source.
    if (row.text == nullptr || row.text_side > row.source_side) continue;
    if (!is_wanted(request, row.source->id)) continue;
    if (auto record = new_record(request, row)) {
      records[row.text_side].insert_or_assign(row.source->id, std::move(*record));
      ++done.recorded;
    }
  }
  for (std::size_t side = 0; side < 2; ++side)
    add_record_change(work->sides()[side].target, records[side], files);
  if (const auto written = write_all(files); !written) return written.error();
  return done;
}

}  // namespace cosp
