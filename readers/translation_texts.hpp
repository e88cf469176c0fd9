/// The texts of one language as their files have them, with their places: what translators work on.
/// (A compiled form knows the texts, but neither files nor lines.)
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/mistake.hpp"
#include "readers/form_text_records.hpp"

namespace cosp {

/// One text, in the order of its file.
struct WrittenText {
  std::string id;
  std::string value;
  std::uint32_t file = 0;    ///< index into `TextFolder::files`
  std::uint32_t line = 0;    ///< of the text, not of its key; from 1
  std::uint32_t column = 0;  ///< from 1, in bytes
};

struct TextFile {
  std::string name;  ///< within the folder: "lists.yaml"
  std::string bytes;
};

/// `texts/<lang>` of a form, or of the texts common to all forms.
struct TextFolder {
  std::filesystem::path path;
  std::string shown;            ///< as findings name it: "texts/fr/"
  std::vector<TextFile> files;  ///< sorted by name, without the record
  std::vector<WrittenText> texts;
  TextRecords records;
  std::string record_bytes;  ///< empty: there is no record

  const WrittenText* find(std::string_view id) const;
  /// "texts/fr/lists.yaml"
  std::string shown_file(std::uint32_t file) const { return shown + files[file].name; }
};

/// Reads a folder of texts. One that does not exist has no texts. What is wrong within its files is
/// added to `mistakes`, named by `shown`. Errors: `io`, `too_large` of a file over 8 MiB.
Result<TextFolder> read_text_folder(const std::filesystem::path& path, std::string shown,
                                    std::vector<Mistake>& mistakes);

/// Names of the folders below `texts`, sorted: the languages that have texts.
std::vector<std::string> languages_with_texts(const std::filesystem::path& texts);

}  // namespace cosp
