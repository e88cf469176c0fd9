#include <algorithm>
#include <charconv>
#include <tuple>

#include "base/escape.hpp"
#include "base/text.hpp"
#include "readers/yaml_reader.hpp"

namespace cosp {
namespace {

/// A number of JSON's syntax.
bool is_json_number(std::string_view text) {
  std::size_t i = text.starts_with('-') ? 1 : 0;
  const auto digits = [&] {
    const std::size_t from = i;
    while (i < text.size() && text[i] >= '0' && text[i] <= '9') ++i;
    return i - from;
  };
  const std::size_t first = i;
  const std::size_t whole = digits();
  if (whole == 0 || (whole > 1 && text[first] == '0')) return false;
  if (i < text.size() && text[i] == '.') {
    ++i;
    if (digits() == 0) return false;
  }
  return i == text.size();
}

void append_json(const YamlNode& node, std::string& out) {
  switch (node.kind) {
    case YamlNode::Kind::null: out += "null"; return;
    case YamlNode::Kind::scalar:
      if (!node.is_quoted &&
          (node.scalar == "true" || node.scalar == "false" || is_json_number(node.scalar)))
        out += node.scalar;
      else
        out += escape::json_string(node.scalar);
      return;
    case YamlNode::Kind::sequence:
      out += '[';
      for (std::size_t i = 0; i < node.items.size(); ++i) {
        if (i > 0) out += ',';
        append_json(node.items[i], out);
      }
      out += ']';
      return;
    case YamlNode::Kind::map:
      out += '{';
      for (std::size_t i = 0; i < node.entries.size(); ++i) {
        if (i > 0) out += ',';
        out += escape::json_string(node.entries[i].key);
        out += ':';
        append_json(node.entries[i].value, out);
      }
      out += '}';
      return;
  }
}

std::string in_quotes(std::string_view text) { return "\"" + std::string(text) + "\""; }

}  // namespace

std::string yaml_to_json(const YamlNode& node) {
  std::string out;
  append_json(node, out);
  return out;
}

void YamlFile::add(std::uint32_t line, std::uint32_t column, std::string what) const {
  mistakes_->push_back({file_, line, column, std::move(what)});
}

bool YamlFile::check_map(const YamlNode& node, std::span<const std::string_view> known_keys,
                         std::string_view what) const {
  if (!node.is_map()) {
    add(node, "expected " + std::string(what) + ", got " + describe_node(node));
    return false;
  }
  for (const YamlNode::Entry& entry : node.entries) {
    if (std::find(known_keys.begin(), known_keys.end(), entry.key) != known_keys.end()) continue;
    add(entry.line, entry.column,
        unknown_name("key", entry.key, known_keys) + " in " + std::string(what));
  }
  return true;
}

const YamlNode* YamlFile::require(const YamlNode& map, std::string_view key,
                                  std::string_view what) const {
  const YamlNode* found = map.find(key);
  if (found != nullptr && !found->is_null()) return found;
  if (map.is_map())
    add(map, "expected " + in_quotes(key) + " in " + std::string(what) + ", got nothing");
  return nullptr;
}

std::optional<std::string> YamlFile::text(const YamlNode& node) const {
  if (node.is_scalar() && !node.scalar.empty()) return node.scalar;
  add(node, "expected a text, got " + describe_node(node));
  return std::nullopt;
}

std::optional<bool> YamlFile::boolean(const YamlNode& node) const {
  if (node.is_scalar() && !node.is_quoted && node.scalar == "true") return true;
  if (node.is_scalar() && !node.is_quoted && node.scalar == "false") return false;
  add(node, "expected true or false, got " + describe_node(node));
  return std::nullopt;
}

std::optional<std::int64_t> YamlFile::integer(const YamlNode& node, std::int64_t least,
                                              std::int64_t most) const {
  if (node.is_scalar()) {
    std::int64_t value = 0;
    const char* end = node.scalar.data() + node.scalar.size();
    const auto [stop, error] = std::from_chars(node.scalar.data(), end, value);
    if (error == std::errc{} && stop == end && value >= least && value <= most) return value;
  }
  add(node, "expected a whole number from " + std::to_string(least) + " to " +
                std::to_string(most) + ", got " + describe_node(node));
  return std::nullopt;
}

std::optional<Decimal> YamlFile::decimal(const YamlNode& node) const {
  if (node.is_scalar())
    if (const auto value = Decimal::parse(node.scalar)) return value;
  add(node, "expected a number, got " + describe_node(node));
  return std::nullopt;
}

std::optional<Date> YamlFile::date(const YamlNode& node) const {
  if (node.is_scalar())
    if (const auto value = Date::parse(node.scalar)) return value;
  add(node, "expected a date (yyyy-mm-dd), got " + describe_node(node));
  return std::nullopt;
}

std::vector<std::string> YamlFile::texts(const YamlNode& node) const {
  std::vector<std::string> found;
  for (const YamlNode& item : sequence(node))
    if (auto value = text(item)) found.push_back(std::move(*value));
  return found;
}

const std::vector<YamlNode>& YamlFile::sequence(const YamlNode& node) const {
  if (!node.is_sequence()) add(node, "expected a list, got " + describe_node(node));
  return node.items;
}

std::string YamlFile::text_of(const YamlNode& map, std::string_view key,
                              std::string_view absent) const {
  const YamlNode* node = map.find(key);
  return node == nullptr ? std::string(absent) : text(*node).value_or(std::string(absent));
}

bool YamlFile::boolean_of(const YamlNode& map, std::string_view key, bool absent) const {
  const YamlNode* node = map.find(key);
  return node == nullptr ? absent : boolean(*node).value_or(absent);
}

std::int64_t YamlFile::integer_of(const YamlNode& map, std::string_view key, std::int64_t least,
                                  std::int64_t most, std::int64_t absent) const {
  const YamlNode* node = map.find(key);
  return node == nullptr ? absent : integer(*node, least, most).value_or(absent);
}

std::vector<std::string> YamlFile::texts_of(const YamlNode& map, std::string_view key) const {
  const YamlNode* node = map.find(key);
  return node == nullptr ? std::vector<std::string>{} : texts(*node);
}

std::optional<Date> YamlFile::date_of(const YamlNode& map, std::string_view key) const {
  const YamlNode* node = map.find(key);
  return node == nullptr ? std::nullopt : date(*node);
}

std::string unknown_name(std::string_view kind, std::string_view name,
                         std::span<const std::string_view> known) {
  std::string text = "unknown " + std::string(kind) + " " + in_quotes(name);
  if (const auto near = nearest(name, known)) text += "; did you mean " + in_quotes(*near) + "?";
  return text;
}

std::string describe_node(const YamlNode& node) {
  constexpr std::size_t kShown = 60;
  switch (node.kind) {
    case YamlNode::Kind::null: return "nothing";
    case YamlNode::Kind::sequence: return "a list";
    case YamlNode::Kind::map: return "a map";
    case YamlNode::Kind::scalar: break;
  }
  if (node.scalar.size() <= kShown) return in_quotes(node.scalar);
  std::size_t end = kShown;
  while (end > 0 && (static_cast<unsigned char>(node.scalar[end]) & 0xC0) == 0x80) --end;
  return in_quotes(node.scalar.substr(0, end) + "…");
}

void sort_mistakes(std::vector<Mistake>& mistakes) {
  const auto key = [](const Mistake& m) { return std::tie(m.file, m.line, m.column, m.what); };
  std::stable_sort(mistakes.begin(), mistakes.end(),
                   [&](const Mistake& a, const Mistake& b) { return key(a) < key(b); });
  mistakes.erase(std::unique(mistakes.begin(), mistakes.end(),
                             [&](const Mistake& a, const Mistake& b) { return key(a) == key(b); }),
                 mistakes.end());
}

std::string describe(const Mistake& mistake) {
  std::string text = mistake.file;
  if (mistake.line > 0)
    text += ":" + std::to_string(mistake.line) + ":" + std::to_string(mistake.column);
  return text + ": " + mistake.what;
}

}  // namespace cosp
