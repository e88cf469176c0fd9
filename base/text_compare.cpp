#include <algorithm>
#include <numeric>
#include <vector>

#include <unicode/uchar.h>

#include "base/text.hpp"
#include "base/utf8.hpp"

namespace cosp {
namespace {

std::u32string code_points(std::string_view text) {
  std::u32string points;
  points.reserve(text.size());
  for (const utf8::Character& character : utf8::Characters{text}) points += character.code_point;
  return points;
}

std::u32string without_case(std::string_view text) {
  std::u32string points = code_points(text);
  for (char32_t& c : points) {
    c = static_cast<char32_t>(u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT));
  }
  return points;
}

std::size_t distance(const std::u32string& left, const std::u32string& right) {
  // Three rows of the table: a swap of neighbours looks two rows back.
  std::vector<std::size_t> before(right.size() + 1);
  std::vector<std::size_t> above(right.size() + 1);
  std::vector<std::size_t> row(right.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= left.size(); ++i) {
    std::swap(before, above);
    std::swap(above, row);
    row[0] = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const std::size_t replaced = above[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
  }
  return row[right.size()];
}

}  // namespace

std::size_t edit_distance(std::string_view left, std::string_view right) {
  return distance(code_points(left), code_points(right));
}

std::optional<std::string_view> nearest(std::string_view wanted,
                                        std::span<const std::string_view> known) {
  constexpr std::size_t kLongestName = 256;
  const std::u32string name = without_case(wanted);
  if (name.size() > kLongestName) return std::nullopt;
  std::optional<std::string_view> best;
  std::size_t best_distance = 0;
  for (const std::string_view candidate : known) {
    const std::u32string other = without_case(candidate);
    const std::size_t longer = std::max(name.size(), other.size());
    const std::size_t shorter = std::min(name.size(), other.size());
    const std::size_t limit = std::max<std::size_t>(1, longer / 3);
    if (shorter == 0 || other.size() > kLongestName || longer - shorter > limit) continue;
    const std::size_t found = distance(name, other);
    const bool is_near = found <= limit && found < longer;
    if (is_near && (!best || found < best_distance)) {
      best = candidate;
      best_distance = found;
    }
  }
  return best;
}

TextPieces pieces_of_text(std::string_view text) {
  constexpr std::size_t kLength = 5;
  constexpr std::uint64_t kFactor = 0x100000001B3;
  std::u32string points;
  for (const char32_t c : code_points(fold_for_comparison(text)))
    if (c != U' ') points += c;
  TextPieces pieces;
  for (std::size_t i = 0; i + kLength <= points.size(); ++i) {
    std::uint64_t hash = 0xCBF29CE484222325;
    for (std::size_t j = 0; j < kLength; ++j) hash = (hash ^ points[i + j]) * kFactor;
    pieces.hashes.push_back(hash);
  }
  std::ranges::sort(pieces.hashes);
  pieces.hashes.erase(std::unique(pieces.hashes.begin(), pieces.hashes.end()), pieces.hashes.end());
  return pieces;
}

double likeness(const TextPieces& left, const TextPieces& right) {
  std::size_t common = 0;
  for (auto l = left.hashes.begin(), r = right.hashes.begin();
       l != left.hashes.end() && r != right.hashes.end();) {
    if (*l == *r) {
      ++common;
      ++l;
      ++r;
    } else if (*l < *r) {
      ++l;
    } else {
      ++r;
    }
  }
  const std::size_t all = left.hashes.size() + right.hashes.size() - common;
  return all == 0 ? 0 : static_cast<double>(common) / static_cast<double>(all);
}

}  // namespace cosp
