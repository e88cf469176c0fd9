#include "readers/yaml_reader.hpp"

#include <yaml.h>

#include <algorithm>
#include <set>
#include <string>

#include "base/file.hpp"
#include "base/text.hpp"

namespace cosp {
namespace {

/// Ends a parse; the mistake has been recorded.
struct Refused {};

using PlaceInFile = std::pair<std::uint32_t, std::uint32_t>;  ///< line and column, from 1, in bytes

/// libyaml counts columns in characters; people's editors and our patches need bytes.
class LineStarts {
 public:
  explicit LineStarts(std::string_view bytes) : bytes_(bytes), starts_{0} {
    for (std::size_t at = bytes.find('\n'); at != std::string_view::npos;
         at = bytes.find('\n', at + 1))
      starts_.push_back(at + 1);
  }

  PlaceInFile place_of(const yaml_mark_t& mark) const {
    const std::size_t line = std::min(mark.line, starts_.size() - 1);
    std::size_t at = starts_[line];
    for (std::size_t character = 0; character < mark.column && at < bytes_.size(); ++character) {
      ++at;
      while (at < bytes_.size() && is_utf8_continuation(bytes_[at])) ++at;
    }
    return {static_cast<std::uint32_t>(line + 1),
            static_cast<std::uint32_t>(at - starts_[line] + 1)};
  }

 private:
  static bool is_utf8_continuation(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
  }

  std::string_view bytes_;
  std::vector<std::size_t> starts_;
};

/// The events of one file, one after another.
class EventSource {
 public:
  explicit EventSource(std::string_view bytes) {
    if (yaml_parser_initialize(&parser_) == 0) throw std::bad_alloc();
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(bytes.data()),
                                 bytes.size());
  }
  EventSource(const EventSource&) = delete;
  EventSource& operator=(const EventSource&) = delete;
  ~EventSource() {
    yaml_event_delete(&event_);
    yaml_parser_delete(&parser_);
  }

  /// Null after a syntax error. Valid until the next call.
  const yaml_event_t* next() {
    yaml_event_delete(&event_);
    return yaml_parser_parse(&parser_, &event_) == 0 ? nullptr : &event_;
  }

  /// For what it says of a syntax error.
  const yaml_parser_t& parser() const { return parser_; }

 private:
  yaml_parser_t parser_{};
  yaml_event_t event_{};
};

bool says_null(std::string_view plain) {
  return plain.empty() || plain == "~" || plain == "null" || plain == "Null" || plain == "NULL";
}

/// Builds the tree and refuses what declarations may not contain.
class TreeBuilder {
 public:
  TreeBuilder(std::string_view bytes, std::string_view file, std::vector<Mistake>& mistakes,
              const YamlLimits& limits)
      : lines_(bytes), file_(file), mistakes_(mistakes), limits_(limits) {}

  /// Throws `Refused`.
  void take_event(const yaml_event_t& event) {
    const PlaceInFile place = lines_.place_of(event.start_mark);
    switch (event.type) {
      case YAML_DOCUMENT_START_EVENT: return open_document(place, event);
      case YAML_ALIAS_EVENT:
        refuse(place, "expected a value, got an alias (*name): repeat the value instead");
      case YAML_SCALAR_EVENT: return take_scalar(place, event.data.scalar);
      case YAML_SEQUENCE_START_EVENT:
        refuse_decorated(place, event.data.sequence_start.anchor, event.data.sequence_start.tag);
        return open(place, YamlNode::Kind::sequence);
      case YAML_MAPPING_START_EVENT:
        refuse_decorated(place, event.data.mapping_start.anchor, event.data.mapping_start.tag);
        return open(place, YamlNode::Kind::map);
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT: return close();
      case YAML_NO_EVENT:
      case YAML_STREAM_START_EVENT:
      case YAML_STREAM_END_EVENT:
      case YAML_DOCUMENT_END_EVENT: break;
    }
  }

  [[noreturn]] void refuse_syntax(const yaml_parser_t& parser) {
    const auto word = [](const char* text) { return std::string_view(text ? text : ""); };
    const std::string_view context = word(parser.context);
    if (context == "while scanning a quoted scalar" &&
        word(parser.problem) == "found unexpected end of stream")
      refuse(lines_.place_of(parser.context_mark),
             "expected a closing quote, got the end of the file");
    std::string what = "expected YAML, got a syntax error: ";
    what += word(parser.problem);
    if (!context.empty()) what += ", " + std::string(context);
    refuse(lines_.place_of(parser.problem_mark), std::move(what));
  }

  YamlNode take() { return std::move(root_); }
  bool has_duplicates() const { return has_duplicates_; }

 private:
  /// A map or sequence not yet ended.
  struct Open {
    YamlNode node;
    bool has_key = false;  ///< the last entry waits for its value
    bool is_duplicate = false;
    std::set<std::string, std::less<>> keys;
  };

  [[noreturn]] void refuse(PlaceInFile place, std::string what) {
    mistakes_.push_back({std::string(file_), place.first, place.second, std::move(what)});
    throw Refused{};
  }

  void refuse_decorated(PlaceInFile place, const yaml_char_t* anchor, const yaml_char_t* tag) {
    if (anchor != nullptr)
      refuse(place, "expected a value, got an anchor (&name): repeat the value instead");
    if (tag != nullptr)
      refuse(place, "expected a value without a tag, got the tag \"" +
                        std::string(reinterpret_cast<const char*>(tag)) + "\"");
  }

  void open_document(PlaceInFile place, const yaml_event_t& event) {
    const auto& start = event.data.document_start;
    if (start.version_directive != nullptr ||
        start.tag_directives.start != start.tag_directives.end)
      refuse(place, "expected values, got a directive (%)");
    if (++documents_ > 1)
      refuse({root_.line, root_.column}, "expected one document, got more than one");
  }

  void take_scalar(PlaceInFile place, const decltype(yaml_event_t::data.scalar)& scalar) {
    refuse_decorated(place, scalar.anchor, scalar.tag);
    const bool is_plain = scalar.style == YAML_PLAIN_SCALAR_STYLE;
    const std::string_view value(reinterpret_cast<const char*>(scalar.value), scalar.length);
    const bool is_null = is_plain && says_null(value);
    YamlNode node = make(place, is_null ? YamlNode::Kind::null : YamlNode::Kind::scalar);
    node.is_quoted = !is_plain;
    if (!is_null) node.scalar = value;
    this->place(std::move(node));
  }

  YamlNode make(PlaceInFile place, YamlNode::Kind kind) {
    if (++nodes_ > limits_.nodes)
      refuse(place,
             "expected at most " + std::to_string(limits_.nodes) + " values in a file, got more");
    YamlNode node;
    node.kind = kind;
    node.line = place.first;
    node.column = place.second;
    return node;
  }

  void open(PlaceInFile place, YamlNode::Kind kind) {
    if (open_.size() >= limits_.depth)
      refuse(place, "expected at most " + std::to_string(limits_.depth) + " levels, got more");
    if (!open_.empty() && open_.back().node.is_map() && !open_.back().has_key)
      refuse(place, "expected a word as key, got " +
                        std::string(kind == YamlNode::Kind::map ? "a map" : "a list"));
    open_.push_back({make(place, kind), false, false, {}});
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
    const PlaceInFile place(node.line, node.column);
    if (!node.is_scalar()) refuse(place, "expected a word as key, got nothing");
    if (node.scalar == "<<" && !node.is_quoted)
      refuse(place, "expected a key, got a merge (<<): repeat the values instead");
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

  LineStarts lines_;
  std::string_view file_;
  std::vector<Mistake>& mistakes_;
  const YamlLimits& limits_;
  std::vector<Open> open_;
  YamlNode root_;
  std::uint32_t nodes_ = 0;
  std::uint32_t documents_ = 0;
  bool has_duplicates_ = false;
};

/// Line and column, from 1, of an offset.
PlaceInFile place_of(std::string_view bytes, std::size_t offset) {
  const std::string_view before = bytes.substr(0, offset);
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  return {static_cast<std::uint32_t>(lines + 1),
          static_cast<std::uint32_t>(offset - line_start + 1)};
}

/// The first control character, or line break that is none to an editor (a carriage return alone,
/// and those of Unicode), which would put all places after it wrong.
std::size_t first_unwanted(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto c = static_cast<unsigned char>(bytes[i]);
    if (c == '\r' && bytes.substr(i + 1, 1) != "\n") return i;
    if ((c < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7F) return i;
    if (c == 0xC2 && bytes.substr(i, 2) == "\xC2\x85") return i;
    if (c == 0xE2 && (bytes.substr(i, 3) == "\xE2\x80\xA8" || bytes.substr(i, 3) == "\xE2\x80\xA9"))
      return i;
  }
  return std::string_view::npos;
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
  if (const auto unwanted = first_unwanted(bytes); unwanted != std::string_view::npos) {
    const auto [line, column] = place_of(bytes, unwanted);
    return Mistake{std::string(file), line, column, "expected text, got a control character"};
  }
  return std::nullopt;
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
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  TreeBuilder builder(bytes, file, mistakes, limits);
  try {
    EventSource events(bytes);
    for (;;) {
      const yaml_event_t* event = events.next();
      if (event == nullptr) builder.refuse_syntax(events.parser());
      if (event->type == YAML_STREAM_END_EVENT) break;
      builder.take_event(*event);
    }
  } catch (const Refused&) {
    return std::nullopt;
  }
  if (builder.has_duplicates()) return std::nullopt;
  return builder.take();
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
