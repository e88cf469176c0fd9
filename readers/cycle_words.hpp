/// What readers of cycles and rosters share: words of a vocabulary, names by language, known names.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/date.hpp"
#include "model/cycle.hpp"
#include "readers/yaml_reader.hpp"

namespace cosp {

/// The parsed word of a key; reports one that is missing (when it must be there) or not known.
template <class Word>
std::optional<Word> read_word(const YamlFile& file, const YamlNode& map, std::string_view key,
                              std::string_view what, std::optional<Word> (*parse)(std::string_view),
                              std::span<const std::string_view> known, bool is_required = true) {
  const YamlNode* node = is_required ? file.require(map, key, what) : map.find(key);
  if (node == nullptr || node->is_null()) return std::nullopt;
  const auto text = file.text(*node);
  if (!text) return std::nullopt;
  const auto word = parse(*text);
  if (!word) file.add(*node, unknown_name(key, *text, known));
  return word;
}

/// Texts by language; reports tags that are not well-formed and empty texts.
LocalNames read_names(const YamlFile& file, const YamlNode& node);

/// A text that must be there; empty, and reported, when it is not.
std::string require_text(const YamlFile& file, const YamlNode& map, std::string_view key,
                         std::string_view what);

/// A date that must be there.
std::optional<Date> require_date(const YamlFile& file, const YamlNode& map, std::string_view key,
                                 std::string_view what);

/// `{start, end}`; reports a period whose end is before its start.
std::optional<Period> read_period(const YamlFile& file, const YamlNode& node);

/// Lower-case letters, digits, `-`, `_` and `.`: what may stand in a path or an address. Reports
/// what is not.
void check_identifier(const YamlFile& file, const YamlNode& node, std::string_view identifier);

/// Reports each of a sequence's texts that is not among the known names.
void check_known(const YamlFile& file, const YamlNode& sequence, std::string_view kind,
                 std::span<const std::string_view> known);

/// The key's value when it is a sequence; nullptr when it is absent, null or (reported) something
/// else.
const YamlNode* find_sequence(const YamlFile& file, const YamlNode& map, std::string_view key);

}  // namespace cosp
