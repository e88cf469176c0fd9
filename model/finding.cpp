#include "model/finding.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <string>
#include <string_view>
#include <tuple>

namespace cosp {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool starts_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }

/// Walks through the bytes once, from offset to offset.
class LineCounter {
 public:
  explicit LineCounter(std::string_view bytes) : bytes_(bytes) {
    // Editors do not show the mark, so they do not count it.
    if (bytes.starts_with(kByteOrderMark)) position_ = kByteOrderMark.size();
  }

  /// Offsets never go back.
  void advance(std::size_t offset) {
    offset = std::min(offset, bytes_.size());
    while (position_ < offset) {
      const void* found = std::memchr(bytes_.data() + position_, '\n', offset - position_);
      if (found == nullptr) break;
      position_ = static_cast<std::size_t>(static_cast<const char*>(found) - bytes_.data()) + 1;
      ++line_;
      column_ = 1;
    }
    for (; position_ < offset; ++position_)
      if (starts_character(bytes_[position_])) ++column_;
  }

  std::uint32_t line() const { return line_; }
  std::uint32_t column() const { return column_; }

 private:
  std::string_view bytes_;
  std::size_t position_ = 0;
  std::uint32_t line_ = 1;
  std::uint32_t column_ = 1;
};

/// What has no place comes first, then questions, then registers; a whole register before its rows.
auto order_of(const Finding& finding) {
  const Place& place = finding.place;
  const bool is_cell = place.registry != kNone;
  const bool is_question = !is_cell && place.question != kNone;
  const int part = is_cell ? 2 : is_question ? 1 : 0;
  const std::uint32_t position = part == 0 ? finding.source : 0;
  // kNone + 1 is 0: the whole stands before its parts.
  return std::make_tuple(part, position, is_question ? place.question : 0, place.registry + 1,
                         place.row + 1, place.column + 1, std::string_view(finding.rule),
                         finding.source, std::string_view(finding.pointer));
}

}  // namespace

std::string position_of(const Finding& finding) {
  if (!finding.cell.empty()) return finding.cell;
  if (finding.line == 0) return finding.pointer;
  return std::to_string(finding.line) + ":" + std::to_string(finding.column);
}

void locate(std::vector<Finding>& findings, std::string_view bytes) {
  std::vector<std::uint32_t> order(findings.size());
  std::iota(order.begin(), order.end(), 0U);
  std::erase_if(order, [&](std::uint32_t i) { return findings[i].source == kNone; });
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return findings[a].source < findings[b].source;
  });
  LineCounter counter(bytes);
  for (const std::uint32_t i : order) {
    counter.advance(findings[i].source);
    findings[i].line = counter.line();
    findings[i].column = counter.column();
  }
}

void sort_findings(std::vector<Finding>& findings) {
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding& a, const Finding& b) { return order_of(a) < order_of(b); });
}

Outcome outcome_of(const std::vector<Finding>& findings) {
  bool is_open = false;
  for (const Finding& finding : findings) {
    if (finding.severity == Severity::blocker) return Outcome::blocked;
    if (finding.severity != Severity::info && !finding.is_explained()) is_open = true;
  }
  return is_open ? Outcome::received_with_findings : Outcome::received_complete;
}

}  // namespace cosp
