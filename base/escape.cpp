#include "base/escape.hpp"

#include "base/text.hpp"
#include "base/utf8.hpp"

namespace cosp::escape {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

/// Characters that XML 1.0 does not know, not even as references.
bool is_forbidden_in_xml(char32_t c) {
  return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0xFFFE || c == 0xFFFF;
}

std::string_view html_reference(char32_t c) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return {};
  }
}

void append_json_character(std::string& out, char32_t c, std::string_view bytes) {
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\b': out += "\\b"; return;
    case '\f': out += "\\f"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
  }
  if (c < 0x20) {
    out += "\\u00";
    out += kHexDigits[c >> 4U];
    out += kHexDigits[c & 0xFU];
    return;
  }
  out += bytes;
}

}  // namespace

std::string html(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (const utf8::Character& character : utf8::Characters{text}) {
    const std::string_view reference = html_reference(character.code_point);
    if (!reference.empty()) {
      out += reference;
    } else if (!is_forbidden_in_xml(character.code_point)) {
      out += character.bytes;
    }
  }
  return out;
}

std::string csv_field(std::string_view text) {
  const bool is_formula =
      !text.empty() && std::string_view{"=+-@\t\r"}.find(text.front()) != std::string_view::npos;
  const bool is_quoted = is_formula || text.find_first_of("\",\r\n") != std::string_view::npos ||
                         text.starts_with(' ') || text.ends_with(' ');
  std::string out;
  out.reserve(text.size() + 3);
  if (is_quoted) out += '"';
  if (is_formula) out += '\'';
  for (const utf8::Character& character : utf8::Characters{text}) {
    if (character.code_point == '"') out += '"';
    out += character.bytes;
  }
  if (is_quoted) out += '"';
  return out;
}

std::string json_string(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 2);
  out += '"';
  for (const utf8::Character& character : utf8::Characters{text}) {
    append_json_character(out, character.code_point, character.bytes);
  }
  out += '"';
  return out;
}

std::string backslashed(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default: out += c;
    }
  }
  return out + "\"";
}

std::string terminal(std::string_view text) {
  std::string out = mask_controls(text);
  for (char& c : out) {
    if (c == '\n' || c == '\t') c = ' ';
  }
  return out;
}

}  // namespace cosp::escape
