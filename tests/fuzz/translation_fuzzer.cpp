// Any bytes as a translator's file, PO or XLIFF. What is read without a mistake must say the same
// when it is written and read again, in either format; and texts of YAML are changed only provably.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "readers/translation_file.hpp"
#include "readers/yaml_patch.hpp"
#include "readers/yaml_reader.hpp"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

/// XML cannot hold them, and the loader refuses them.
bool is_plain(const cosp::TranslationFile& file) {
  for (const cosp::TranslationUnit& unit : file.units)
    if (cosp::has_forbidden_characters(unit.source + unit.target + unit.id)) return false;
  return !cosp::has_forbidden_characters(file.form + file.version + file.language);
}

void require_same(const std::string& bytes, const cosp::TranslationFile& file) {
  std::vector<cosp::Mistake> mistakes;
  const cosp::TranslationFile again = cosp::read_translation_file(bytes, "f", mistakes);
  require(mistakes.empty() && again.units.size() == file.units.size());
  for (std::size_t i = 0; i < file.units.size(); ++i) {
    require(again.units[i].id == file.units[i].id);
    require(again.units[i].source == file.units[i].source);
    require(again.units[i].target == file.units[i].target);
    require(again.units[i].state == file.units[i].state);
  }
}

void change_first_text(std::string_view bytes) {
  std::vector<cosp::Mistake> mistakes;
  const auto root = cosp::parse_yaml(bytes, "f", mistakes);
  if (!root || root->entries.empty() || !root->entries.front().value.is_scalar()) return;
  const cosp::YamlNode& value = root->entries.front().value;
  const auto patched = cosp::patch_yaml(
      bytes, "f", {{value.line, value.column, value.scalar, "new, \"text\": {n}"}}, {});
  if (!patched) return;
  mistakes.clear();
  const auto again = cosp::parse_yaml(*patched, "f", mistakes);
  require(again && again->entries.front().value.scalar == "new, \"text\": {n}");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  change_first_text(bytes);
  std::vector<cosp::Mistake> mistakes;
  const cosp::TranslationFile file = cosp::read_translation_file(bytes, "f", mistakes);
  if (!mistakes.empty() || file.units.empty() || !is_plain(file)) return 0;
  const bool is_whole = !file.form.empty() && !file.language.empty() &&
                        file.form.find('/') == std::string::npos &&
                        file.version.find('/') == std::string::npos;
  if (!is_whole) return 0;
  require_same(write_po(file), file);
  require_same(write_xliff(file), file);
  return 0;
}
