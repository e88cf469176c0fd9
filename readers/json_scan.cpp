#include "readers/json_scan.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace cosp {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_delimiter(char c) {
  return is_space(c) || c == ',' || c == ':' || c == '[' || c == ']' || c == '{' || c == '}' ||
         c == '"';
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::size_t skip_digits(std::string_view text, std::size_t from) {
  while (from < text.size() && is_digit(text[from])) ++from;
  return from;
}

/// A pushdown automaton: what may come next, and the brackets that are open.
class Scanner {
 public:
  Scanner(std::string_view bytes, std::size_t start, std::uint32_t depth)
      : bytes_(bytes), position_(start), depth_(depth) {}

  std::optional<JsonFault> run() {
    skip_spaces();
    if (is_at_end()) return fault(JsonFault::Kind::empty, 0);
    while (next_ != Next::nothing) {
      skip_spaces();
      if (is_at_end()) return fault(JsonFault::Kind::cut, bytes_.size());
      if (auto found = step()) return found;
    }
    skip_spaces();
    if (!is_at_end()) return fault(JsonFault::Kind::trailing_bytes, position_);
    return std::nullopt;
  }

 private:
  enum class Next { value, value_or_close, key, key_or_close, colon, comma_or_close, nothing };
  using Outcome = std::optional<JsonFault>;

  static Outcome fault(JsonFault::Kind kind, std::size_t offset) {
    return JsonFault{kind, static_cast<std::uint32_t>(offset), {}};
  }
  Outcome not_json() const { return fault(JsonFault::Kind::not_json, position_); }
  bool is_at_end() const { return position_ == bytes_.size(); }
  void skip_spaces() {
    while (!is_at_end() && is_space(bytes_[position_])) ++position_;
  }

  Outcome step() {
    const char c = bytes_[position_];
    switch (next_) {
      case Next::value:
      case Next::value_or_close:
        if (c == ']' && next_ == Next::value_or_close) return close(c);
        return value(c);
      case Next::key:
      case Next::key_or_close:
        if (c == '}' && next_ == Next::key_or_close) return close(c);
        if (c != '"') return not_json();
        next_ = Next::colon;
        return string();
      case Next::colon:
        if (c != ':') return not_json();
        ++position_;
        next_ = Next::value;
        return std::nullopt;
      case Next::comma_or_close:
        if (c == '}' || c == ']') return close(c);
        if (c != ',') return not_json();
        ++position_;
        next_ = open_.back() == '{' ? Next::key : Next::value;
        return std::nullopt;
      case Next::nothing: break;
    }
    return std::nullopt;
  }

  Outcome value(char c) {
    if (c == '{' || c == '[') {
      if (open_.size() == depth_) return fault(JsonFault::Kind::too_deep, position_);
      open_ += c;
      ++position_;
      next_ = c == '{' ? Next::key_or_close : Next::value_or_close;
      return std::nullopt;
    }
    end_value();
    return c == '"' ? string() : scalar();
  }

  Outcome close(char c) {
    if (open_.back() != (c == '}' ? '{' : '[')) return not_json();
    open_.pop_back();
    ++position_;
    end_value();
    return std::nullopt;
  }

  void end_value() { next_ = open_.empty() ? Next::nothing : Next::comma_or_close; }

  /// A number or a word.
  Outcome scalar() {
    std::size_t end = position_;
    while (end < bytes_.size() && !is_delimiter(bytes_[end])) ++end;
    const std::string_view token = bytes_.substr(position_, end - position_);
    const bool reaches_end = end == bytes_.size();
    for (const std::string_view word : {"true", "false", "null"}) {
      if (token == word) return pass(end);
      if (reaches_end && !token.empty() && word.starts_with(token))
        return fault(JsonFault::Kind::cut, end);
    }
    if (is_json_number(token)) return pass(end);
    // A number that breaks off at the end of the file would be one with another digit.
    if (reaches_end && is_json_number(std::string(token) + '0'))
      return fault(JsonFault::Kind::cut, end);
    return not_json();
  }

  Outcome pass(std::size_t end) {
    position_ = end;
    return std::nullopt;
  }

  Outcome string() {
    for (++position_; !is_at_end(); ++position_) {
      const char c = bytes_[position_];
      if (c == '"') return pass(position_ + 1);
      if (static_cast<unsigned char>(c) < 0x20)
        return fault(JsonFault::Kind::control_character, position_);
      if (c != '\\') continue;
      if (auto found = escape()) return found;
    }
    return fault(JsonFault::Kind::cut, bytes_.size());
  }

  /// At a backslash; ends on the last character of the escape.
  Outcome escape() {
    const std::size_t start = position_;
    if (start + 1 == bytes_.size()) return fault(JsonFault::Kind::cut, bytes_.size());
    if (bytes_[start + 1] != 'u') {
      if (std::string_view("\"\\/bfnrt").find(bytes_[start + 1]) == std::string_view::npos)
        return not_json();
      return pass(start + 1);
    }
    const int first = code_unit(start);
    if (first == kCut) return fault(JsonFault::Kind::cut, bytes_.size());
    const bool is_low = first >= 0xDC00 && first <= 0xDFFF;
    if (first < 0 || is_low) return not_json();
    position_ = start + 5;
    if (first < 0xD800 || first > 0xDFFF) return std::nullopt;
    const int second = code_unit(start + 6);
    if (second == kCut) return fault(JsonFault::Kind::cut, bytes_.size());
    if (second < 0xDC00 || second > 0xDFFF) return fault(JsonFault::Kind::not_json, start);
    return pass(start + 11);
  }

  static constexpr int kCut = -2;

  /// Of "\uXXXX" at an offset; -1 when it is none.
  int code_unit(std::size_t at) const {
    int unit = 0;
    for (std::size_t i = 0; i < 6; ++i) {
      if (at + i >= bytes_.size()) return kCut;
      const char c = bytes_[at + i];
      if (i == 0 ? c != '\\' : i == 1 ? c != 'u' : hex_value(c) < 0) return -1;
      if (i > 1) unit = unit * 16 + hex_value(c);
    }
    return unit;
  }

  std::string_view bytes_;
  std::size_t position_;
  std::uint32_t depth_;
  std::string open_;
  Next next_ = Next::value;
};

}  // namespace

bool is_json_number(std::string_view text) {
  std::size_t at = text.starts_with('-') ? 1 : 0;
  const std::size_t whole = at;
  at = skip_digits(text, at);
  if (at == whole || (text[whole] == '0' && at > whole + 1)) return false;
  if (at < text.size() && text[at] == '.') {
    const std::size_t fraction = at + 1;
    at = skip_digits(text, fraction);
    if (at == fraction) return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    const std::size_t exponent = at;
    at = skip_digits(text, exponent);
    if (at == exponent) return false;
  }
  return at == text.size();
}

std::optional<JsonFault> find_json_fault(std::string_view bytes, std::size_t start,
                                         std::uint32_t depth) {
  std::optional<JsonFault> fault = Scanner(bytes, start, depth).run();
  const std::optional<std::size_t> invalid = first_invalid_utf8(bytes.substr(start));
  if (!invalid) return fault;
  const std::size_t offset = start + *invalid;
  // A text cut within a character is cut; what is no JSON at this very byte is no text at all.
  const bool is_cut_within =
      fault && fault->kind == JsonFault::Kind::cut && offset + 4 > bytes.size();
  if (fault && (fault->offset <= offset || is_cut_within)) return fault;
  return JsonFault{JsonFault::Kind::invalid_utf8, static_cast<std::uint32_t>(offset), {}};
}

}  // namespace cosp
