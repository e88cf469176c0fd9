#include "readers/cycle_words.hpp"

#include <algorithm>

#include "base/language.hpp"

namespace cosp {

LocalNames read_names(const YamlFile& file, const YamlNode& node) {
  LocalNames names;
  if (!node.is_map()) {
    file.add(node, "expected texts by language, got " + describe_node(node));
    return names;
  }
  for (const YamlNode::Entry& entry : node.entries) {
    if (canonical_language(entry.key).empty())
      file.add(entry.line, entry.column, "expected a language tag, got \"" + entry.key + "\"");
    else if (auto text = file.text(entry.value))
      names.emplace(entry.key, std::move(*text));
  }
  return names;
}

std::string require_text(const YamlFile& file, const YamlNode& map, std::string_view key,
                         std::string_view what) {
  const YamlNode* node = file.require(map, key, what);
  return node == nullptr ? std::string{} : file.text(*node).value_or(std::string{});
}

std::optional<Date> require_date(const YamlFile& file, const YamlNode& map, std::string_view key,
                                 std::string_view what) {
  const YamlNode* node = file.require(map, key, what);
  return node == nullptr ? std::nullopt : file.date(*node);
}

std::optional<Period> read_period(const YamlFile& file, const YamlNode& node) {
  if (!file.check_map(node, {"start", "end"}, "a period")) return std::nullopt;
  const auto start = require_date(file, node, "start", "a period");
  const auto end = require_date(file, node, "end", "a period");
  if (!start || !end) return std::nullopt;
  if (*end < *start) {
    file.add(*node.find("end"), "expected a day not before the start " + start->to_string() +
                                    ", got \"" + end->to_string() + "\"");
    return std::nullopt;
  }
  return Period{*start, *end};
}

void check_identifier(const YamlFile& file, const YamlNode& node, std::string_view identifier) {
  const bool is_good = std::all_of(identifier.begin(), identifier.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  });
  constexpr std::size_t kLongest = 100;
  if (!identifier.empty() &&
      (!is_good || identifier.front() == '.' || identifier.size() > kLongest))
    file.add(node, "expected lower-case letters, digits, \"-\", \"_\" and \".\", got \"" +
                       std::string(identifier) + "\"");
}

void check_known(const YamlFile& file, const YamlNode& sequence, std::string_view kind,
                 std::span<const std::string_view> known) {
  for (const YamlNode& item : sequence.items)
    if (item.is_scalar() && std::find(known.begin(), known.end(), item.scalar) == known.end())
      file.add(item, unknown_name(kind, item.scalar, known));
}

const YamlNode* find_sequence(const YamlFile& file, const YamlNode& map, std::string_view key) {
  const YamlNode* node = map.find(key);
  if (node == nullptr || node->is_null()) return nullptr;
  if (node->is_sequence()) return node;
  file.add(*node, "expected a list, got " + describe_node(*node));
  return nullptr;
}

}  // namespace cosp
