#pragma once

#include <string>
#include <string_view>

/// Texts of strangers, made harmless for one kind of output. Invalid UTF-8 becomes U+FFFD in all.
namespace cosp::escape {

/// For HTML and XML, in content and in quoted attributes: & < > " ' become references, characters
/// that XML 1.0 forbids (controls but tab and line ends, U+FFFE, U+FFFF) are dropped.
std::string html(std::string_view text);

/// A field of RFC 4180: quoted where it must be. A text that a spreadsheet would take for a formula
/// (first character = + - @ tab or carriage return) is quoted with an apostrophe in front. Do not
/// use it for figures of our own: "-5" is a text here.
std::string csv_field(std::string_view text);

/// A JSON string with its quotes, in the form of RFC 8785.
std::string json_string(std::string_view text);

/// In double quotes, with `\` before quotes and backslashes, and `\n`, `\r`, `\t` for line ends and
/// tabs: as gettext PO and YAML read it.
std::string backslashed(std::string_view text);

/// For one line on a terminal: as `mask_controls`, and line feeds and tabs become spaces.
std::string terminal(std::string_view text);

}  // namespace cosp::escape
