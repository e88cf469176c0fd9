#include "readers/json_write.hpp"

#include <algorithm>
#include <vector>

#include "base/decimal.hpp"
#include "base/escape.hpp"

namespace cosp {
namespace {

/// Code points from here on are pairs of code units below U+E000.
constexpr unsigned char kFirstPairLead = 0xF0;
constexpr unsigned char kFirstLeadAbovePairs = 0xEE;

}  // namespace

bool is_utf16_less(std::string_view left, std::string_view right) {
  const auto [l, r] = std::mismatch(left.begin(), left.end(), right.begin(), right.end());
  if (l == left.end() || r == right.end()) return l == left.end() && r != right.end();
  const auto a = static_cast<unsigned char>(*l);
  const auto b = static_cast<unsigned char>(*r);
  if (a >= kFirstPairLead && b >= kFirstLeadAbovePairs && b < kFirstPairLead) return true;
  if (b >= kFirstPairLead && a >= kFirstLeadAbovePairs && a < kFirstPairLead) return false;
  return a < b;
}

void append_string(std::string& out, std::string_view text) {
  const bool is_plain = std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
  });
  if (!is_plain) {
    out += escape::json_string(text);
    return;
  }
  out += '"';
  out += text;
  out += '"';
}

void append_canonical(std::string& out, const JsonTree& tree, const JsonNode& node) {
  switch (node.kind) {
    case JsonNode::Kind::null:
    case JsonNode::Kind::boolean: out += node.text; return;
    case JsonNode::Kind::number: {
      const auto exact = Decimal::parse(node.text);
      out += exact ? exact->to_string() : std::string(node.text);
      return;
    }
    case JsonNode::Kind::string: append_string(out, node.text); return;
    case JsonNode::Kind::array: {
      out += '[';
      bool is_first = true;
      for (const JsonNode& element : tree.children(node)) {
        if (!is_first) out += ',';
        is_first = false;
        append_canonical(out, tree, element);
      }
      out += ']';
      return;
    }
    case JsonNode::Kind::object: break;
  }
  std::vector<const JsonNode*> members;
  for (const JsonNode& member : tree.children(node)) members.push_back(&member);
  std::sort(members.begin(), members.end(),
            [](const JsonNode* a, const JsonNode* b) { return is_utf16_less(a->key, b->key); });
  out += '{';
  for (const JsonNode* member : members) {
    if (member != members.front()) out += ',';
    append_string(out, member->key);
    out += ':';
    append_canonical(out, tree, *member);
  }
  out += '}';
}

}  // namespace cosp
