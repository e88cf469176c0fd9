/// YAML, read strictly: what declarations (forms, cycles, rosters) are written in.
///
/// A file is one document of UTF-8 without anchors, aliases, merges, tags, directives and duplicate
/// keys, under the limits below. A syntax error ends the file and is one mistake with its place.
/// Scalars stay the text that was written: `no`, `010` and `0.9.0` are never turned into anything
/// else. Nothing here throws.
#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.hpp"
#include "base/decimal.hpp"
#include "base/result.hpp"
#include "model/mistake.hpp"

namespace cosp {

struct YamlLimits {
  std::uint64_t bytes = 8u << 20;   ///< of one file
  std::uint32_t depth = 100;        ///< of maps and sequences within each other
  std::uint32_t nodes = 1'000'000;  ///< of one file
};

/// A value with its place. Entries and items stand in the order of the file.
struct YamlNode {
  enum class Kind : std::uint8_t { null, scalar, sequence, map };
  struct Entry;

  Kind kind = Kind::null;
  bool is_quoted = false;  ///< a scalar in quotes or a block scalar: a text, whatever it looks like
  std::uint32_t line = 0;  ///< from 1
  std::uint32_t column = 0;  ///< from 1, in bytes
  std::string scalar;
  std::vector<YamlNode> items;  ///< of a sequence
  std::vector<Entry> entries;   ///< of a map; keys are scalars, each once

  bool is_null() const { return kind == Kind::null; }
  bool is_scalar() const { return kind == Kind::scalar; }
  bool is_sequence() const { return kind == Kind::sequence; }
  bool is_map() const { return kind == Kind::map; }

  /// A scalar as if it had been written in quotes; without a place.
  static YamlNode text(std::string_view text);

  /// The value of a key; null when this is no map or lacks it.
  const YamlNode* find(std::string_view key) const;
};

struct YamlNode::Entry {
  std::string key;
  std::uint32_t line = 0;  ///< of the key
  std::uint32_t column = 0;
  YamlNode value;
};

/// Parses the bytes of a file. Empty after a mistake, of which there is then one or more; `file` is
/// the name that mistakes carry. An empty document is a null node.
std::optional<YamlNode> parse_yaml(std::string_view bytes, std::string_view file,
                                   std::vector<Mistake>& mistakes, const YamlLimits& limits = {});

/// The same from a path; a file that cannot be read is a mistake of line 0.
std::optional<YamlNode> read_yaml_file(const std::filesystem::path& path, std::string_view file,
                                       std::vector<Mistake>& mistakes,
                                       const YamlLimits& limits = {});

/// The node as JSON, keys in the order of the file. Plain scalars that are JSON numbers, `true` or
/// `false` are those; all others are strings (`yes`, `no`, dates, versions, whatever is quoted).
std::string yaml_to_json(const YamlNode& node);

/// Takes values out of the nodes of one file and collects what is wrong with them. Each getter
/// reports a value of the wrong kind once, as "expected X, got Y", and returns nothing; a missing
/// key is reported only by `require`.
class YamlFile {
 public:
  /// `mistakes` must outlive this.
  YamlFile(std::string file, std::vector<Mistake>& mistakes)
      : file_(std::move(file)), mistakes_(&mistakes) {}

  const std::string& name() const { return file_; }

  void add(std::uint32_t line, std::uint32_t column, std::string what) const;
  void add(const YamlNode& at, std::string what) const { add(at.line, at.column, std::move(what)); }

  /// True when it is a map; reports keys that are not known, with the nearest known one.
  bool check_map(const YamlNode& node, std::span<const std::string_view> known_keys,
                 std::string_view what) const;
  bool check_map(const YamlNode& node, std::initializer_list<std::string_view> known_keys,
                 std::string_view what) const {
    return check_map(node, std::span(known_keys.begin(), known_keys.size()), what);
  }

  /// The value of a key that must be there and not null. `what` names the map ("a question").
  const YamlNode* require(const YamlNode& map, std::string_view key, std::string_view what) const;

  std::optional<std::string> text(const YamlNode& node) const;  ///< a scalar that is not empty
  std::optional<bool> boolean(const YamlNode& node) const;      ///< `true` or `false`
  std::optional<std::int64_t> integer(const YamlNode& node, std::int64_t least,
                                      std::int64_t most) const;
  std::optional<Decimal> decimal(const YamlNode& node) const;
  std::optional<Date> date(const YamlNode& node) const;        ///< yyyy-mm-dd
  std::vector<std::string> texts(const YamlNode& node) const;  ///< a sequence of scalars
  const std::vector<YamlNode>& sequence(
      const YamlNode& node) const;  ///< empty, and reported, when it is none

  // The same of a key that may be missing; `absent` is returned then, and after a mistake.
  std::string text_of(const YamlNode& map, std::string_view key,
                      std::string_view absent = {}) const;
  bool boolean_of(const YamlNode& map, std::string_view key, bool absent = false) const;
  std::int64_t integer_of(const YamlNode& map, std::string_view key, std::int64_t least,
                          std::int64_t most, std::int64_t absent) const;
  std::vector<std::string> texts_of(const YamlNode& map, std::string_view key) const;
  std::optional<Date> date_of(const YamlNode& map, std::string_view key) const;

 private:
  std::string file_;
  std::vector<Mistake>* mistakes_;
};

/// `unknown list "three-step"`, and `; did you mean "three-steps"?` when a known name is near.
std::string unknown_name(std::string_view kind, std::string_view name,
                         std::span<const std::string_view> known);

/// What a node is, for the second half of "expected X, got Y": `"yes"`, `a list`, `a map`,
/// `nothing`.
std::string describe_node(const YamlNode& node);

/// Mistakes in the order of a reader: by file, line, column; each once.
void sort_mistakes(std::vector<Mistake>& mistakes);

/// `file:line:column: what`; without line for a whole file.
std::string describe(const Mistake& mistake);

}  // namespace cosp
