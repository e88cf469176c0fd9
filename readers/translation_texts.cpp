#include "readers/translation_texts.hpp"

#include <algorithm>
#include <system_error>

#include "base/file.hpp"
#include "readers/yaml_reader.hpp"

namespace cosp {
namespace {

namespace fs = std::filesystem;

/// As the loader flattens maps: nested keys joined by dots.
void flatten(const YamlNode& node, const std::string& id, std::uint32_t file,
             std::vector<WrittenText>& texts) {
  for (const YamlNode::Entry& entry : node.entries) {
    const std::string child = id.empty() ? entry.key : id + "." + entry.key;
    if (entry.value.is_scalar())
      texts.push_back({child, entry.value.scalar, file, entry.value.line, entry.value.column});
    else
      flatten(entry.value, child, file, texts);
  }
}

Result<std::vector<std::string>> names_in(const fs::path& folder, bool of_folders) {
  std::vector<std::string> names;
  std::error_code failed;
  if (!fs::is_directory(folder, failed)) return names;
  for (fs::directory_iterator walk(folder, failed), end; !failed && walk != end;
       walk.increment(failed)) {
    const std::string name = walk->path().filename().string();
    std::error_code ignored;
    const bool is_wanted = of_folders ? walk->is_directory(ignored)
                                      : name.ends_with(".yaml") && walk->is_regular_file(ignored);
    if (is_wanted && !name.starts_with('.')) names.push_back(name);
  }
  if (failed)
    return Error{Error::Kind::io, "cannot read folder: " + failed.message(), folder.string()};
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

const WrittenText* TextFolder::find(std::string_view id) const {
  const auto found = std::find_if(texts.begin(), texts.end(),
                                  [&](const WrittenText& text) { return text.id == id; });
  return found == texts.end() ? nullptr : &*found;
}

Result<TextFolder> read_text_folder(const fs::path& path, std::string shown,
                                    std::vector<Mistake>& mistakes) {
  TextFolder folder;
  folder.path = path;
  folder.shown = std::move(shown);
  const auto names = names_in(path, false);
  if (!names) return names.error();
  for (const std::string& name : *names) {
    auto bytes = read_file(path / name, YamlLimits{}.bytes);
    if (!bytes) return bytes.error();
    const std::string file = folder.shown + name;
    const auto root = parse_yaml(*bytes, file, mistakes);
    if (name == kTextRecordFile) {
      folder.record_bytes = std::move(*bytes);
      if (root) read_text_records(YamlFile(file, mistakes), *root, folder.records);
      continue;
    }
    folder.files.push_back({name, std::move(*bytes)});
    if (root) flatten(*root, "", static_cast<std::uint32_t>(folder.files.size() - 1), folder.texts);
  }
  return folder;
}

std::vector<std::string> languages_with_texts(const fs::path& texts) {
  auto names = names_in(texts, true);
  return names ? std::move(*names) : std::vector<std::string>{};
}

}  // namespace cosp
