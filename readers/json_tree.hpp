/// A JSON text as a flat array of values that know where they stood: strictly read, once, under
/// limits.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "readers/json_scan.hpp"

namespace cosp {

/// A value. Its children follow it; `next` is the index of the first value behind its whole
/// subtree.
struct JsonNode {
  enum class Kind : std::uint8_t { null, boolean, number, string, array, object };
  std::string_view key;   ///< of a member, unescaped
  std::string_view text;  ///< string: unescaped; number, boolean, null: as written
  std::uint32_t key_offset = 0;
  std::uint32_t offset = 0;
  std::uint32_t next = 0;
  std::uint32_t count = 0;  ///< members or elements
  Kind kind = Kind::null;

  bool is_null() const { return kind == Kind::null; }
  bool is_string() const { return kind == Kind::string; }
  bool is_array() const { return kind == Kind::array; }
  bool is_object() const { return kind == Kind::object; }
};

/// The values of one text, the root first. Dies with the next `parse` of its parser and with the
/// text's bytes.
class JsonTree {
 public:
  JsonTree() = default;
  explicit JsonTree(std::span<const JsonNode> nodes) : nodes_(nodes) {}

  const JsonNode& root() const { return nodes_.front(); }

  class Iterator {
   public:
    Iterator(const JsonNode* nodes, std::uint32_t index) : nodes_(nodes), index_(index) {}
    const JsonNode& operator*() const { return nodes_[index_]; }
    Iterator& operator++() {
      index_ = nodes_[index_].next;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return index_ != other.index_; }

   private:
    const JsonNode* nodes_;
    std::uint32_t index_;
  };
  struct Children {
    Iterator first, last;
    Iterator begin() const { return first; }
    Iterator end() const { return last; }
  };
  /// Members of an object, elements of an array; none of a scalar.
  Children children(const JsonNode& node) const {
    const auto index = static_cast<std::uint32_t>(&node - nodes_.data());
    return {Iterator(nodes_.data(), index + 1), Iterator(nodes_.data(), node.next)};
  }
  /// nullptr when it is no object or lacks the member, or holds null there.
  const JsonNode* find(const JsonNode& object, std::string_view key) const;

 private:
  std::span<const JsonNode> nodes_;
};

struct JsonLimits {
  std::uint64_t bytes = 20u << 20;
  std::uint32_t depth = 32;  ///< brackets open at once; the parser needs stack for each
  std::uint32_t values = 1'000'000;
};

/// Keeps its buffers from text to text. One thread at a time.
class JsonParser {
 public:
  JsonParser();
  ~JsonParser();

  /// Reads a text whose root is an object. Room for 64 bytes is reserved behind the bytes. A
  /// byte-order mark is skipped. On a fault (the first found; with its place) the tree is empty.
  std::optional<JsonFault> parse(std::string& bytes, const JsonLimits& limits);
  JsonTree tree() const { return JsonTree(nodes_); }

  /// The strings at some paths of one or two members ("cycle", "form"/"id"), read without looking
  /// at the rest; empty where there is none. Ends a former tree.
  using Path = std::array<std::string_view, 2>;
  std::vector<std::string> pick(std::string& bytes, std::span<const Path> paths,
                                const JsonLimits& limits);

 private:
  struct Simd;
  class Builder;
  std::unique_ptr<Simd> simd_;
  std::vector<JsonNode> nodes_;
  std::vector<const JsonNode*> keys_;
};

/// Bytes of a byte-order mark at the start: 3 or 0.
std::size_t byte_order_mark_size(std::string_view bytes);

}  // namespace cosp
