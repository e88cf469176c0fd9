#include "readers/json_tree.hpp"

#include <algorithm>

#include <simdjson.h>

namespace cosp {
namespace {

namespace ondemand = simdjson::ondemand;

/// Objects up to this size are searched for duplicate keys pair by pair.
constexpr std::uint32_t kFewKeys = 24;

std::string_view trim_end(std::string_view token) {
  const std::size_t last = token.find_last_not_of(" \t\r\n");
  return token.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

bool is_same_key(const JsonNode& a, const JsonNode& b) {
  // Sizes and last letters tell most keys apart without a call.
  return a.key.size() == b.key.size() && (a.key.empty() || a.key.back() == b.key.back()) &&
         a.key == b.key;
}

/// Some total order, cheaper than the alphabet's.
bool is_key_less(const JsonNode* a, const JsonNode* b) {
  if (a->key.size() != b->key.size()) return a->key.size() < b->key.size();
  const int order = a->key.compare(b->key);
  return order != 0 ? order < 0 : a->key_offset < b->key_offset;
}

}  // namespace

struct JsonParser::Simd {
  ondemand::parser parser;
};

/// Walks a text once. Every function is false when the walk ends: by a fault of ours, or one that
/// simdjson found.
class JsonParser::Builder {
 public:
  Builder(std::string_view bytes, const JsonLimits& limits, std::vector<JsonNode>& nodes,
          std::vector<const JsonNode*>& keys)
      : bytes_(bytes), limits_(limits), nodes_(nodes), keys_(keys) {}

  std::optional<JsonFault> fault;

  bool root(ondemand::document& document) {
    ondemand::object object;
    nodes_.push_back({});
    nodes_[0].kind = JsonNode::Kind::object;
    nodes_[0].offset = static_cast<std::uint32_t>(bytes_.find('{'));
    if (document.get_object().get(object) != simdjson::SUCCESS) return false;
    if (!members(object, 0, 1)) return false;
    // There is a location as long as something follows the root.
    return document.current_location().error() == simdjson::OUT_OF_BOUNDS;
  }

 private:
  bool fail(JsonFault::Kind kind, std::uint32_t offset, std::string_view key = {}) {
    fault = JsonFault{kind, offset, std::string(key)};
    return false;
  }

  std::uint32_t offset_of(const char* place) const {
    return static_cast<std::uint32_t>(place - bytes_.data());
  }

  bool members(ondemand::object& object, std::uint32_t index, std::uint32_t depth) {
    bool is_ascending = true;
    std::uint32_t count = 0;
    std::string_view last;
    for (auto member : object) {
      ondemand::field field;
      std::string_view key;
      if (std::move(member).get(field) != simdjson::SUCCESS) return false;
      const std::uint32_t key_offset = offset_of(field.key().raw()) - 1;
      if (field.unescaped_key().get(key) != simdjson::SUCCESS) return false;
      if (!value(field.value(), key, key_offset, depth)) return false;
      is_ascending = is_ascending && (count == 0 || last < key);
      last = key;
      ++count;
    }
    nodes_[index].count = count;
    nodes_[index].next = static_cast<std::uint32_t>(nodes_.size());
    return is_ascending || has_distinct_keys(index);
  }

  bool elements(ondemand::array& array, std::uint32_t index, std::uint32_t depth) {
    std::uint32_t count = 0;
    for (auto element : array) {
      if (element.error() != simdjson::SUCCESS) return false;
      ondemand::value child = element.value_unsafe();
      if (!value(child, {}, 0, depth)) return false;
      ++count;
    }
    nodes_[index].count = count;
    nodes_[index].next = static_cast<std::uint32_t>(nodes_.size());
    return true;
  }

  bool value(ondemand::value value, std::string_view key, std::uint32_t key_offset,
             std::uint32_t depth) {
    const std::string_view token = value.raw_json_token();
    if (token.empty()) return false;
    const std::uint32_t offset = offset_of(token.data());
    if (nodes_.size() == limits_.values) return fail(JsonFault::Kind::too_large, offset);
    const auto index = static_cast<std::uint32_t>(nodes_.size());
    nodes_.push_back({key, {}, key_offset, offset, index + 1, 0, JsonNode::Kind::null});
    switch (token.front()) {
      case '{': {
        if (depth == limits_.depth) return fail(JsonFault::Kind::too_deep, offset);
        nodes_[index].kind = JsonNode::Kind::object;
        ondemand::object object;
        return value.get_object().get(object) == simdjson::SUCCESS &&
               members(object, index, depth + 1);
      }
      case '[': {
        if (depth == limits_.depth) return fail(JsonFault::Kind::too_deep, offset);
        nodes_[index].kind = JsonNode::Kind::array;
        ondemand::array array;
        return value.get_array().get(array) == simdjson::SUCCESS &&
               elements(array, index, depth + 1);
      }
      case '"':
        nodes_[index].kind = JsonNode::Kind::string;
        return value.get_string().get(nodes_[index].text) == simdjson::SUCCESS;
      default: return scalar(trim_end(token), nodes_[index]);
    }
  }

  /// simdjson would read numbers as 64 bits and fail the file for a longer one.
  static bool scalar(std::string_view token, JsonNode& node) {
    node.text = token;
    if (token == "null")
      node.kind = JsonNode::Kind::null;
    else if (token == "true" || token == "false")
      node.kind = JsonNode::Kind::boolean;
    else if (is_json_number(token))
      node.kind = JsonNode::Kind::number;
    else
      return false;
    return true;
  }

  bool has_distinct_keys(std::uint32_t index) {
    keys_.clear();
    for (const JsonNode& member : JsonTree(nodes_).children(nodes_[index]))
      keys_.push_back(&member);
    if (keys_.size() <= kFewKeys) {
      for (std::size_t i = 1; i < keys_.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
          if (is_same_key(*keys_[i], *keys_[j])) return duplicate(*keys_[i]);
      return true;
    }
    std::sort(keys_.begin(), keys_.end(), is_key_less);
    const JsonNode* second = nullptr;
    for (std::size_t i = 1; i < keys_.size(); ++i) {
      if (keys_[i]->key != keys_[i - 1]->key) continue;
      if (second == nullptr || keys_[i]->key_offset < second->key_offset) second = keys_[i];
    }
    return second == nullptr || duplicate(*second);
  }

  bool duplicate(const JsonNode& member) {
    return fail(JsonFault::Kind::duplicate_key, member.key_offset, member.key);
  }

  std::string_view bytes_;
  const JsonLimits& limits_;
  std::vector<JsonNode>& nodes_;
  std::vector<const JsonNode*>& keys_;
};

std::size_t byte_order_mark_size(std::string_view bytes) {
  return bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0;
}

const JsonNode* JsonTree::find(const JsonNode& object, std::string_view key) const {
  if (!object.is_object()) return nullptr;
  for (const JsonNode& member : children(object))
    if (member.key == key) return member.is_null() ? nullptr : &member;
  return nullptr;
}

JsonParser::JsonParser() : simd_(std::make_unique<Simd>()) {}
JsonParser::~JsonParser() = default;

std::optional<JsonFault> JsonParser::parse(std::string& bytes, const JsonLimits& limits) {
  nodes_.clear();
  if (bytes.size() > limits.bytes) return JsonFault{JsonFault::Kind::too_large, 0, {}};
  bytes.reserve(bytes.size() + simdjson::SIMDJSON_PADDING);
  const std::size_t start = byte_order_mark_size(bytes);
  const std::size_t first = bytes.find_first_not_of(" \t\r\n", start);
  std::optional<JsonFault> fault;
  if (first != std::string::npos && bytes[first] == '{') {
    ondemand::document document;
    Builder builder(bytes, limits, nodes_, keys_);
    const auto error =
        simd_->parser
            .iterate(simdjson::padded_string_view(bytes.data() + start, bytes.size() - start,
                                                  bytes.capacity() - start))
            .get(document);
    if (error == simdjson::SUCCESS && builder.root(document)) return std::nullopt;
    fault = builder.fault;
  }
  nodes_.clear();
  if (fault && fault->kind != JsonFault::Kind::too_deep) return fault;
  // Who reads the file needs its first fault; simdjson tells neither the place nor always the kind.
  if (auto found = find_json_fault(bytes, start, limits.depth)) return found;
  if (fault) return fault;
  const auto offset = static_cast<std::uint32_t>(first == std::string::npos ? 0 : first);
  const bool is_object = first != std::string::npos && bytes[first] == '{';
  return JsonFault{
      is_object ? JsonFault::Kind::not_json : JsonFault::Kind::not_an_object, offset, {}};
}

std::vector<std::string> JsonParser::pick(std::string& bytes, std::span<const Path> paths,
                                          const JsonLimits& limits) {
  std::vector<std::string> picked(paths.size());
  nodes_.clear();
  if (bytes.size() > limits.bytes) return picked;
  bytes.reserve(bytes.size() + simdjson::SIMDJSON_PADDING);
  const std::size_t start = byte_order_mark_size(bytes);
  ondemand::document document;
  ondemand::object root;
  const auto error = simd_->parser
                         .iterate(simdjson::padded_string_view(
                             bytes.data() + start, bytes.size() - start, bytes.capacity() - start))
                         .get(document);
  if (error != simdjson::SUCCESS || document.get_object().get(root) != simdjson::SUCCESS)
    return picked;
  const auto take = [&](ondemand::value value, std::size_t at) {
    std::string_view text;
    if (value.get_string().get(text) == simdjson::SUCCESS && picked[at].empty()) picked[at] = text;
  };
  for (auto member : root) {
    ondemand::field field;
    std::string_view key;
    if (std::move(member).get(field) != simdjson::SUCCESS ||
        field.unescaped_key().get(key) != simdjson::SUCCESS)
      return picked;
    const auto path =
        std::find_if(paths.begin(), paths.end(), [&](const Path& p) { return p[0] == key; });
    if (path == paths.end()) continue;
    if ((*path)[1].empty()) {
      take(field.value(), static_cast<std::size_t>(path - paths.begin()));
      continue;
    }
    ondemand::object inner;
    if (field.value().get_object().get(inner) != simdjson::SUCCESS) continue;
    for (auto inner_member : inner) {
      ondemand::field inner_field;
      std::string_view inner_key;
      if (std::move(inner_member).get(inner_field) != simdjson::SUCCESS ||
          inner_field.unescaped_key().get(inner_key) != simdjson::SUCCESS)
        return picked;
      for (std::size_t i = 0; i < paths.size(); ++i)
        if (paths[i][0] == key && paths[i][1] == inner_key) take(inner_field.value(), i);
    }
  }
  return picked;
}

}  // namespace cosp
