/// The work on translations: checking, exporting to translators' programs, taking back, recording.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/form.hpp"
#include "model/mistake.hpp"
#include "service/workspace.hpp"

namespace cosp {

/// Where the texts of a form stand: its own, which prevail, and those common to all forms.
struct TextPlaces {
  std::string form, version;
  std::vector<std::string> languages;  ///< declared; the first is the source
  std::filesystem::path own;           ///< texts/ in the form's folder
  std::filesystem::path common;        ///< data/texts
  std::filesystem::path glossary;      ///< data/glossary.yaml; may not exist
};
TextPlaces text_places(const Workspace& workspace, const Form& form);

/// Something to mend in the texts, or (a notice) to know.
struct TextFinding {
  std::string file;  ///< "texts/fr/lists.yaml"; common ones "data/texts/fr/reading.yaml"
  std::uint32_t line = 0;
  std::string id;  ///< of the text; may be empty
  std::string what;
  bool is_notice = false;
};

struct LanguageReport {
  std::string language;
  bool is_declared = true;
  TextCounts counts;
  std::vector<TextFinding> findings;  ///< by file and line
};

/// Checks the texts of the source language and of `languages`: empty means every other language
/// that is declared or has texts. The first report is the source's. Errors: `bad_input` for a
/// language that is neither, or a glossary that cannot be used; `io`.
Result<std::vector<LanguageReport>> check_texts(const TextPlaces& places,
                                                const std::vector<std::string>& languages);

/// The table of texts by language and state.
std::string counts_table(const std::vector<LanguageReport>& reports);

/// Patterns, arguments and plurals of all declared languages, for the lint of a form.
std::vector<Mistake> lint_patterns(const TextPlaces& places);

enum class ExportFormat : std::uint8_t { po, xliff };
struct ExportRequest {
  std::string language;
  ExportFormat format = ExportFormat::po;
  bool only_stale = false;  ///< stale and missing texts, and no others
};
struct TextExport {
  std::string bytes;
  std::size_t texts = 0;
};
/// Errors: `bad_input` for a language that is neither declared nor has texts, or texts that cannot
/// be read; `io`.
Result<TextExport> export_texts(const TextPlaces& places, const ExportRequest& request);

struct TextImport {
  std::string language;
  std::vector<Mistake> mistakes;       ///< not empty: nothing was written
  std::size_t changed = 0;             ///< texts that say something else now
  std::size_t added = 0;               ///< texts that were missing
  std::size_t confirmed = 0;           ///< stale ones that stand under the changed source
  std::size_t reviewed = 0;            ///< newly marked as reviewed
  std::vector<std::string> left_open;  ///< ids whose text in the file is marked as unfinished
  std::vector<std::string> files;      ///< written
};
/// Takes a translator's file over: all of it, or (with any mistake) nothing. Texts are changed in
/// their files, which stay as they are otherwise; new ones go to the end of the file named as the
/// source's. A text that changes counts as translated, whatever the file says: a review is of a
/// text as it stands. What is marked as unfinished is left as it was. If a file cannot be written,
/// those written before get their former bytes. Errors: `io`.
Result<TextImport> import_texts(const TextPlaces& places, std::string_view bytes,
                                std::string_view name);

struct RecordRequest {
  std::string language;
  bool takes_stale = false;      ///< also record stale texts as made from the present source
  bool is_reviewed = false;      ///< record texts as reviewed
  std::vector<std::string> ids;  ///< only these and what begins with one of them and a dot
};
struct TextRecording {
  std::size_t recorded = 0;
  std::size_t removed = 0;  ///< records of texts that are no more
};
/// Notes of texts that have no record that they were made from the present source. With
/// `is_reviewed`, of those that are not stale that they were reviewed as they stand. Errors as
/// `export_texts`.
Result<TextRecording> record_texts(const TextPlaces& places, const RecordRequest& request);

}  // namespace cosp
