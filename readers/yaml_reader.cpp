#include "readers/yaml_reader.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <set>
#include <streambuf>

#include "base/file.hpp"
#include "base/text.hpp"

namespace cosp {
namespace {

/// Thrown through yaml-cpp to end a parse; the mistake has been recorded.
struct Refused {};

std::uint32_t one_based(int value) { return static_cast<std::uint32_t>(value < 0 ? 1 : value + 1); }

/// Builds the tree and refuses what declarations may not contain.
class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(std::string_view file, std::vector<Mistake>& mistakes, const YamlLimits& limits)
      : file_(file), mistakes_(mistakes), limits_(limits) {}

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse_anchor(mark, anchor);
    YamlNode node = make(mark, YamlNode::Kind::null);
    place(std::move(node));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    refuse(mark, "expected a value, got an alias (*name): repeat the value instead");
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    YamlNode node = make(mark, YamlNode::Kind::scalar);
    node.is_quoted = tag == "!";
    node.scalar = value;
    last_line_ = node.line;
    last_column_ = node.column;
    place(std::move(node));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, YamlNode::Kind::sequence);
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, YamlNode::Kind::map);
  }
  void OnMapEnd() override { close(); }

  YamlNode take() { return std::move(root_); }
  bool has_duplicates() const { return has_duplicates_; }
  /// Where the last scalar begins; line 0 when there was none.
  std::pair<std::uint32_t, std::uint32_t> last_scalar() const { return {last_line_, last_column_}; }

 private:
  /// A map or sequence not yet ended.
  struct Open {
    YamlNode node;
    bool has_key = false;  ///< the last entry waits for its value
    bool is_duplicate = false;
    std::set<std::string, std::less<>> keys;
  };

  [[noreturn]] void refuse(const YAML::Mark& mark, std::string what) {
    mistakes_.push_back(
        {std::string(file_), one_based(mark.line), one_based(mark.column), std::move(what)});
    throw Refused{};
  }

  void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor != 0)
      refuse(mark, "expected a value, got an anchor (&name): repeat the value instead");
  }

  void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
    if (!tag.empty() && tag != "?" && tag != "!")
      refuse(mark, "expected a value without a tag, got the tag \"" + tag + "\"");
  }

  YamlNode make(const YAML::Mark& mark, YamlNode::Kind kind) {
    if (++nodes_ > limits_.nodes)
      refuse(mark,
             "expected at most " + std::to_string(limits_.nodes) + " values in a file, got more");
    YamlNode node;
    node.kind = kind;
    node.line = one_based(mark.line);
    node.column = one_based(mark.column);
    return node;
  }

  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
            YamlNode::Kind kind) {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    if (open_.size() >= limits_.depth)
      refuse(mark, "expected at most " + std::to_string(limits_.depth) + " levels, got more");
    if (!open_.empty() && open_.back().node.is_map() && !open_.back().has_key)
      refuse(mark, "expected a word as key, got " +
                       std::string(kind == YamlNode::Kind::map ? "a map" : "a list"));
    open_.push_back({make(mark, kind), false, false, {}});
  }

  void close() {
    YamlNode node = std::move(open_.back().node);
    open_.pop_back();
    place(std::move(node));
  }

  void place(YamlNode node) {
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& parent = open_.back();
    if (parent.node.is_sequence()) {
      parent.node.items.push_back(std::move(node));
    } else if (!parent.has_key) {
      place_key(parent, std::move(node));
    } else {
      // A repeated key's value is read for its own mistakes, then dropped.
      if (!parent.is_duplicate) parent.node.entries.back().value = std::move(node);
      parent.has_key = false;
      parent.is_duplicate = false;
    }
  }

  void place_key(Open& parent, YamlNode node) {
    const YAML::Mark mark = [&] {
      YAML::Mark place;
      place.line = static_cast<int>(node.line) - 1;
      place.column = static_cast<int>(node.column) - 1;
      return place;
    }();
    if (!node.is_scalar()) refuse(mark, "expected a word as key, got nothing");
    if (node.scalar == "<<" && !node.is_quoted)
      refuse(mark, "expected a key, got a merge (<<): repeat the values instead");
    parent.has_key = true;
    if (!parent.keys.insert(node.scalar).second) {
      parent.is_duplicate = true;
      has_duplicates_ = true;
      mistakes_.push_back({std::string(file_), node.line, node.column,
                           "expected each key once, got \"" + node.scalar + "\" again"});
      return;
    }
    parent.node.entries.push_back({std::move(node.scalar), node.line, node.column, {}});
  }

  std::string_view file_;
  std::vector<Mistake>& mistakes_;
  const YamlLimits& limits_;
  std::vector<Open> open_;
  YamlNode root_;
  std::uint32_t nodes_ = 0;
  bool has_duplicates_ = false;
  std::uint32_t last_line_ = 0;
  std::uint32_t last_column_ = 0;
};

/// Reads bytes in place.
class ViewBuffer final : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view bytes) {
    char* begin = const_cast<char*>(bytes.data());  // never written to
    setg(begin, begin, begin + bytes.size());
  }
};

/// Line and column, from 1, of an offset.
std::pair<std::uint32_t, std::uint32_t> place_of(std::string_view bytes, std::size_t offset) {
  const std::string_view before = bytes.substr(0, offset);
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  return {static_cast<std::uint32_t>(lines + 1),
          static_cast<std::uint32_t>(offset - line_start + 1)};
}

/// yaml-cpp takes the end of the file for the end of a quoted scalar, and so the rest of the file
/// for its text: only the last scalar can be such a one.
bool is_left_open(std::string_view bytes, std::pair<std::uint32_t, std::uint32_t> place) {
  if (place.first == 0) return false;
  std::size_t at = 0;
  for (std::uint32_t line = 1; line < place.first; ++line) at = bytes.find('\n', at) + 1;
  at += place.second - 1;
  if (at >= bytes.size() || (bytes[at] != '\'' && bytes[at] != '"')) return false;
  const char quote = bytes[at];
  for (++at; at < bytes.size(); ++at) {
    if (quote == '"' && bytes[at] == '\\')
      ++at;
    else if (bytes[at] == quote && quote == '\'' && bytes.substr(at + 1, 1) == "'")
      ++at;
    else if (bytes[at] == quote)
      return false;
  }
  return true;
}

/// Empty when the bytes may be given to the parser.
std::optional<Mistake> check_bytes(std::string_view bytes, std::string_view file,
                                   const YamlLimits& limits) {
  if (bytes.size() > limits.bytes)
    return Mistake{std::string(file), 0, 0,
                   "expected at most " + std::to_string(limits.bytes) + " bytes, got " +
                       std::to_string(bytes.size())};
  if (const auto invalid = first_invalid_utf8(bytes)) {
    const auto [line, column] = place_of(bytes, *invalid);
    return Mistake{std::string(file), line, column, "expected UTF-8, got other bytes"};
  }
  // yaml-cpp takes a NUL for the end of the file, or 0x04 in places, and says nothing.
  const auto is_control = [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t') ||
           c == 0x7F;
  };
  const auto control = std::find_if(bytes.begin(), bytes.end(), is_control);
  if (control != bytes.end()) {
    const auto [line, column] = place_of(bytes, static_cast<std::size_t>(control - bytes.begin()));
    return Mistake{std::string(file), line, column, "expected text, got a control character"};
  }
  return std::nullopt;
}

/// yaml-cpp's reader recurses once a level: deep nesting is refused before it is parsed. Counts
/// brackets that may be text too, so only what no honest file contains is refused here.
bool is_absurdly_nested(std::string_view bytes) {
  constexpr int kMostOpenBrackets = 400;
  int open = 0;
  for (const char c : bytes) {
    if (c == '[' || c == '{') ++open;
    if ((c == ']' || c == '}') && open > 0) --open;
    if (open > kMostOpenBrackets) return true;
  }
  return false;
}

}  // namespace

YamlNode YamlNode::text(std::string_view text) {
  YamlNode node;
  node.kind = Kind::scalar;
  node.is_quoted = true;
  node.scalar = text;
  return node;
}

const YamlNode* YamlNode::find(std::string_view key) const {
  for (const Entry& entry : entries)
    if (entry.key == key) return &entry.value;
  return nullptr;
}

std::optional<YamlNode> parse_yaml(std::string_view bytes, std::string_view file,
                                   std::vector<Mistake>& mistakes, const YamlLimits& limits) {
  if (auto mistake = check_bytes(bytes, file, limits)) {
    mistakes.push_back(std::move(*mistake));
    return std::nullopt;
  }
  if (is_absurdly_nested(bytes)) {
    mistakes.push_back({std::string(file), 0, 0,
                        "expected at most " + std::to_string(limits.depth) + " levels, got more"});
    return std::nullopt;
  }
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  ViewBuffer buffer(bytes);
  std::istream stream(&buffer);
  TreeBuilder builder(file, mistakes, limits);
  try {
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(builder)) return YamlNode{};
    YamlNode root = builder.take();
    if (const auto last = builder.last_scalar(); is_left_open(bytes, last)) {
      mistakes.push_back({std::string(file), last.first, last.second,
                          "expected a closing quote, got the end of the file"});
      return std::nullopt;
    }
    TreeBuilder second(file, mistakes, limits);
    if (parser.HandleNextDocument(second)) {
      mistakes.push_back(
          {std::string(file), root.line, root.column, "expected one document, got more than one"});
      return std::nullopt;
    }
    if (builder.has_duplicates()) return std::nullopt;
    return root;
  } catch (const Refused&) {
  } catch (const YAML::Exception& error) {
    mistakes.push_back({std::string(file), one_based(error.mark.line), one_based(error.mark.column),
                        "expected YAML, got a syntax error: " + error.msg});
  }
  return std::nullopt;
}

std::optional<YamlNode> read_yaml_file(const std::filesystem::path& path, std::string_view file,
                                       std::vector<Mistake>& mistakes, const YamlLimits& limits) {
  const Result<std::string> bytes = read_file(path, limits.bytes);
  if (!bytes) {
    mistakes.push_back({std::string(file), 0, 0, bytes.error().what});
    return std::nullopt;
  }
  return parse_yaml(bytes.value(), file, mistakes, limits);
}

}  // namespace cosp
