#include "readers/yaml_patch.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include <fmt/format.h>

#include "base/escape.hpp"
#include "readers/yaml_reader.hpp"

namespace cosp {
namespace {

/// Where a scalar stands in the bytes.
struct Slice {
  std::size_t begin = 0;
  std::size_t end = 0;
};

Error refused(std::string_view file, std::uint32_t line, std::string_view what) {
  return {Error::Kind::bad_input, std::string(what), fmt::format("{}:{}", file, line)};
}

std::vector<std::size_t> line_starts(std::string_view bytes) {
  // The reader leaves a byte-order mark out before it counts.
  std::vector<std::size_t> starts{bytes.starts_with("\xEF\xBB\xBF") ? 3u : 0u};
  for (std::size_t i = 0; i < bytes.size(); ++i)
    if (bytes[i] == '\n') starts.push_back(i + 1);
  return starts;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// The end of a quoted scalar that begins at `at`, behind its closing quote.
std::optional<std::size_t> end_of_quoted(std::string_view bytes, std::size_t at) {
  const char quote = bytes[at];
  for (++at; at < bytes.size(); ++at) {
    if (quote == '"' && bytes[at] == '\\')
      ++at;
    else if (quote == '\'' && bytes.substr(at, 2) == "''")
      ++at;
    else if (bytes[at] == quote)
      return at + 1;
  }
  return std::nullopt;
}

/// The end of a plain scalar that says `value`: its lines are joined by a space, blank ones between
/// them are line feeds.
std::optional<std::size_t> end_of_plain(std::string_view bytes, std::size_t at,
                                        std::string_view value) {
  std::size_t said = 0;
  while (said < value.size()) {
    if (at >= bytes.size()) return std::nullopt;
    if (bytes[at] == value[said] && bytes[at] != '\n') {
      ++at;
      ++said;
      continue;
    }
    const std::size_t gap = at;
    std::size_t breaks = 0;
    for (; at < bytes.size() && is_blank(bytes[at]); ++at) breaks += bytes[at] == '\n' ? 1 : 0;
    if (at == gap || breaks == 0) {
      // A space before the line's end was taken for the one that joins the lines.
      return std::nullopt;
    }
    const std::string joined = breaks == 1 ? " " : std::string(breaks - 1, '\n');
    if (value.substr(said, joined.size()) != joined) return std::nullopt;
    said += joined.size();
  }
  return at;
}

std::size_t indent_of(std::string_view line) {
  const std::size_t first = line.find_first_not_of(' ');
  return first == std::string_view::npos ? line.size() : first;
}

std::string_view line_at(std::string_view bytes, std::size_t begin) {
  return bytes.substr(begin, bytes.find('\n', begin) - begin);
}

/// The end of a block scalar whose sign stands at `at`: before the first line that is neither blank
/// nor indented more than the line of the sign.
std::size_t end_of_block(std::string_view bytes, std::size_t at) {
  const std::size_t start = bytes.rfind('\n', at) + 1;  // npos + 1 is 0
  const std::size_t indent = indent_of(line_at(bytes, start));
  std::size_t end = std::min(bytes.find('\n', at), bytes.size());
  while (end < bytes.size()) {
    const std::string_view line = line_at(bytes, end + 1);
    const bool is_empty = std::all_of(line.begin(), line.end(), is_blank);
    if (!is_empty && indent_of(line) <= indent) break;
    end = std::min(bytes.find('\n', end + 1), bytes.size());
  }
  return end;
}

std::optional<Slice> find_scalar(std::string_view bytes, const std::vector<std::size_t>& starts,
                                 const YamlChange& change) {
  if (change.line == 0 || change.line > starts.size() || change.column == 0) return std::nullopt;
  const std::size_t at = starts[change.line - 1] + change.column - 1;
  if (at >= bytes.size()) return std::nullopt;
  std::optional<std::size_t> end;
  if (bytes[at] == '"' || bytes[at] == '\'')
    end = end_of_quoted(bytes, at);
  else if (bytes[at] == '|' || bytes[at] == '>')
    end = end_of_block(bytes, at);
  else
    end = end_of_plain(bytes, at, change.was);
  if (!end) return std::nullopt;
  return Slice{at, *end};
}

/// Whether a reader takes the text for itself when it stands without quotes. Within braces and
/// brackets fewer texts may.
bool can_be_plain(std::string_view text, bool in_braces) {
  if (text.empty() || is_blank(text.front()) || is_blank(text.back())) return false;
  constexpr std::string_view kSigns = "-?:,[]{}#&*!|>'\"%@`~=<";
  if (kSigns.find(text.front()) != std::string_view::npos) return false;
  if (text.find('\n') != std::string_view::npos || text.find('\t') != std::string_view::npos ||
      text.find('\r') != std::string_view::npos || text.find(": ") != std::string_view::npos ||
      text.find(" #") != std::string_view::npos || text.back() == ':')
    return false;
  if (text == "null" || text == "Null" || text == "NULL") return false;
  return !in_braces || text.find_first_of(",[]{}:") == std::string_view::npos;
}

std::string single_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
  return out + "'";
}

std::string written(std::string_view text, char style, bool is_careful) {
  if (style == '\'' && text.find_first_of("\n\r\t") == std::string_view::npos)
    return single_quoted(text);
  const bool was_plain = style != '"' && style != '\'' && style != '|' && style != '>';
  return was_plain && can_be_plain(text, is_careful) ? std::string(text)
                                                     : escape::backslashed(text);
}

/// All texts of a file by dotted key, as the loader reads them.
void flatten(const YamlNode& node, const std::string& key,
             std::vector<std::pair<std::string, std::string>>& out) {
  for (const YamlNode::Entry& entry : node.entries) {
    const std::string child = key.empty() ? entry.key : key + "." + entry.key;
    if (entry.value.is_scalar())
      out.emplace_back(child, entry.value.scalar);
    else
      flatten(entry.value, child, out);
  }
}

using Texts = std::vector<std::pair<std::string, std::string>>;

/// What the file must say afterwards; nothing when a change meets no scalar.
void expect_changes(const YamlNode& node, const std::string& key,
                    const std::map<std::pair<std::uint32_t, std::uint32_t>, const YamlChange*>& at,
                    Texts& out, std::size_t& met) {
  for (const YamlNode::Entry& entry : node.entries) {
    const std::string child = key.empty() ? entry.key : key + "." + entry.key;
    if (!entry.value.is_scalar()) {
      expect_changes(entry.value, child, at, out, met);
      continue;
    }
    const auto change = at.find({entry.value.line, entry.value.column});
    const bool is_changed = change != at.end() && change->second->was == entry.value.scalar;
    met += is_changed ? 1 : 0;
    out.emplace_back(child, is_changed ? change->second->text : entry.value.scalar);
  }
}

std::string append(std::string bytes, const Texts& added) {
  if (!added.empty() && !bytes.empty() && bytes.back() != '\n') bytes += '\n';
  for (const auto& [key, text] : added) {
    const bool is_word = key.find_first_of(" :#{}[],&*!|>'\"%@`") == std::string::npos;
    bytes += (is_word ? key : escape::backslashed(key)) + ": " + escape::backslashed(text) + "\n";
  }
  return bytes;
}

}  // namespace

Result<std::string> patch_yaml(std::string_view bytes, std::string_view file,
                               std::vector<YamlChange> changes, const Texts& added) {
  std::vector<Mistake> mistakes;
  const auto root = parse_yaml(bytes, file, mistakes);
  if (!root) return refused(file, mistakes.front().line, mistakes.front().what);
  std::sort(changes.begin(), changes.end(), [](const YamlChange& a, const YamlChange& b) {
    return std::tie(a.line, a.column) < std::tie(b.line, b.column);
  });
  std::map<std::pair<std::uint32_t, std::uint32_t>, const YamlChange*> at;
  for (const YamlChange& change : changes) at[{change.line, change.column}] = &change;
  Texts expected;
  std::size_t met = 0;
  expect_changes(*root, "", at, expected, met);
  if (met != changes.size()) return refused(file, 0, "a text is not where it was");
  expected.insert(expected.end(), added.begin(), added.end());

  const std::vector<std::size_t> starts = line_starts(bytes);
  // Commas and colons are plain text outside braces only: whoever reads it again can tell.
  for (const bool is_careful : {false, true}) {
    std::string out;
    std::size_t copied = 0;
    for (const YamlChange& change : changes) {
      const auto slice = find_scalar(bytes, starts, change);
      if (!slice) return refused(file, change.line, "cannot find where the text ends");
      out.append(bytes.substr(copied, slice->begin - copied));
      out += written(change.text, bytes[slice->begin], is_careful);
      copied = slice->end;
    }
    out.append(bytes.substr(copied));
    out = append(std::move(out), added);
    std::vector<Mistake> again;
    const auto reread = parse_yaml(out, file, again);
    Texts said;
    if (reread) flatten(*reread, "", said);
    if (reread && said == expected) return out;
  }
  return refused(file, 0, "the changed file would not say the new texts");
}

}  // namespace cosp
