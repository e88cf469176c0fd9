/// The files a form is declared in. For readers/ only.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace cosp {

/// A file of declarations as the file system shows it.
struct SourceFile {
  std::string name;  ///< relative to the form's folder; of common texts the path as given
  std::string path;
  bool is_common = false;  ///< of the common texts
  std::string within;      ///< relative to the folder it was found in
  std::uint64_t bytes = 0;
  std::int64_t modified_ns = 0;  ///< since the epoch of the system's clock
};

/// Every *.yaml below the form's folder and below `common_texts` (none when that folder is missing
/// or empty), sorted by kind and name. A file of `authentic_texts` (none when empty or missing)
/// stands as "authentic/<name>" in place of the form's own of that name. Hidden files and folders,
/// and the form's `sample.yaml`, are passed over. Errors: `not_found`, `bad_input` if the form's
/// folder is none; `too_large` above 5,000 files; `io`.
Result<std::vector<SourceFile>> list_sources(const std::filesystem::path& form_folder,
                                             const std::filesystem::path& common_texts,
                                             const std::filesystem::path& authentic_texts);

/// The bytes of each file, in order. Errors as read_file.
Result<std::vector<std::string>> read_sources(const std::vector<SourceFile>& files);

/// SHA-256 over the relative paths and bytes of all files.
std::string digest_sources(const std::vector<SourceFile>& files,
                           const std::vector<std::string>& contents);

}  // namespace cosp
