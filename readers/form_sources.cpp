#include "readers/form_sources.hpp"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <string_view>
#include <system_error>
#include <tuple>

#include "base/digest.hpp"
#include "base/file.hpp"
#include "readers/yaml_reader.hpp"

namespace cosp {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFiles = 5'000;
constexpr int kMostFolderLevels = 6;
// What made-up submissions look like stands beside the form but is no part of it.
constexpr std::string_view kSampleHints = "sample.yaml";

Error io_error(const fs::path& path, const std::error_code& code) {
  const bool is_missing = code == std::errc::no_such_file_or_directory;
  return {is_missing ? Error::Kind::not_found : Error::Kind::io,
          "cannot read declarations: " + code.message(), path.string()};
}

Result<void> collect(const fs::path& folder, const std::string& within, const SourceFile& pattern,
                     int level, std::vector<SourceFile>& files) {
  // Every start of the tool does this: entries are looked up within their open folder, not by whole
  // path.
  const auto last_error = [] { return std::error_code(errno, std::generic_category()); };
  const std::unique_ptr<DIR, int (*)(DIR*)> open_folder(::opendir(folder.c_str()), ::closedir);
  if (!open_folder) return io_error(folder, last_error());
  const std::string start = folder.string() + "/";
  while (const dirent* entry = ::readdir(open_folder.get())) {
    const std::string name = entry->d_name;
    if (name.starts_with('.')) continue;
    std::string relative = within;
    if (!within.empty()) relative += '/';
    relative += name;
    struct stat status {};
    if (::fstatat(::dirfd(open_folder.get()), name.c_str(), &status, 0) != 0)
      return io_error(folder / name, last_error());
    if (S_ISDIR(status.st_mode)) {
      if (level >= kMostFolderLevels) continue;
      if (auto done = collect(folder / name, relative, pattern, level + 1, files); !done)
        return done;
      continue;
    }
    if (!name.ends_with(".yaml")) continue;
    if (within.empty() && name == kSampleHints) continue;
    SourceFile file = pattern;
    file.within = relative;
    file.name = pattern.name + relative;
    file.path = start + name;
    file.bytes = static_cast<std::uint64_t>(status.st_size);
    file.modified_ns =
        static_cast<std::int64_t>(status.st_mtim.tv_sec) * 1'000'000'000 + status.st_mtim.tv_nsec;
    files.push_back(std::move(file));
    if (files.size() > kMostFiles)
      return Error{Error::Kind::too_large,
                   "expected at most " + std::to_string(kMostFiles) + " files of declarations",
                   folder.string()};
  }
  return {};
}

/// Files given beside the form, each in place of the form's own of that name.
Result<void> add_authentic(const fs::path& folder, std::vector<SourceFile>& files) {
  SourceFile pattern;
  pattern.name = folder.generic_string() + "/";
  std::vector<SourceFile> given;
  if (auto done = collect(folder, "", pattern, 0, given); !done) return done;
  for (SourceFile& file : given) {
    file.within = "authentic/" + file.within;
    std::erase_if(files, [&](const SourceFile& own) { return own.within == file.within; });
    files.push_back(std::move(file));
  }
  return {};
}

}  // namespace

Result<std::vector<SourceFile>> list_sources(const fs::path& form_folder,
                                             const fs::path& common_texts,
                                             const fs::path& authentic_texts) {
  std::vector<SourceFile> files;
  if (auto done = collect(form_folder, "", {}, 0, files); !done) return done.error();
  std::error_code ignored;
  if (!authentic_texts.empty() && fs::is_directory(authentic_texts, ignored))
    if (auto done = add_authentic(authentic_texts, files); !done) return done.error();
  if (!common_texts.empty() && fs::is_directory(common_texts, ignored)) {
    SourceFile pattern;
    pattern.is_common = true;
    pattern.name = common_texts.generic_string() + "/";
    if (auto done = collect(common_texts, "", pattern, 0, files); !done) return done.error();
  }
  std::sort(files.begin(), files.end(), [](const SourceFile& a, const SourceFile& b) {
    return std::tie(a.is_common, a.within) < std::tie(b.is_common, b.within);
  });
  return files;
}

Result<std::vector<std::string>> read_sources(const std::vector<SourceFile>& files) {
  std::vector<std::string> contents;
  contents.reserve(files.size());
  for (const SourceFile& file : files) {
    auto bytes = read_file(file.path, YamlLimits{}.bytes);
    if (!bytes) return bytes.error();
    contents.push_back(std::move(bytes).value());
  }
  return contents;
}

std::string digest_sources(const std::vector<SourceFile>& files,
                           const std::vector<std::string>& contents) {
  Sha256 hash;
  for (std::size_t i = 0; i < files.size(); ++i) {
    // Lengths keep a name and the bytes behind it apart from any other pair.
    hash.update(std::string(files[i].is_common ? "c" : "f") +
                std::to_string(files[i].within.size()) + ":" + files[i].within +
                std::to_string(contents[i].size()) + ":");
    hash.update(contents[i]);
  }
  return hash.finish_hex();
}

}  // namespace cosp
