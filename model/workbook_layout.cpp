#include "model/workbook_layout.hpp"

#include <array>
#include <charconv>
#include <cstddef>

#include "model/words.hpp"

namespace cosp::workbook {
namespace {

constexpr std::string_view kMarkerStart = "cosp/";
constexpr std::string_view kMarkerVersion = "cosp/1 ";

constexpr std::array<std::string_view, 10> kTables = {
    "header", "questions",    "register", "contacts", "remarks",
    "texts",  "explanations", "unknown",  "lists",    "progress"};

constexpr std::array<std::string_view, kPropertyCount> kProperties = {
    "answer", "reason", "detail", "rows", "expected_on", "note", "visibility", "author", "origin"};

constexpr std::array<std::string_view, kHeaderMemberCount> kHeaderMembers = {
    "header.format",     "header.form",     "header.version",   "header.structure",
    "header.cycle",      "header.kind",     "header.submitter", "header.revision",
    "header.stage",      "header.language", "header.purpose",   "header.period/start",
    "header.period/end", "header.parts",    "header.held_back"};

constexpr std::string_view kEscaped = "\\:";

bool names_register(Table table) { return table == Table::registry || table == Table::contacts; }

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// Whether "_xHHHH_" begins here: programs take it for the character of that number.
bool is_excel_escape(std::string_view text) {
  if (text.size() < 7 || text[0] != '_' || (text[1] != 'x' && text[1] != 'X') || text[6] != '_')
    return false;
  for (std::size_t i = 2; i < 6; ++i)
    if (!is_hex(text[i])) return false;
  return true;
}

bool is_lost_in_cells(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\n') || byte == 0x7F;
}

// The two characters that XML forbids beside most controls.
constexpr std::string_view kNoCharacterE = "\xEF\xBF\xBE";
constexpr std::string_view kNoCharacterF = "\xEF\xBF\xBF";

bool is_no_character(std::string_view text) {
  return text.starts_with(kNoCharacterE) || text.starts_with(kNoCharacterF);
}

bool needs_escape(std::string_view text) {
  if (text.starts_with(kEscaped) || text.ends_with(kContinued)) return true;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (is_lost_in_cells(text[i]) || is_excel_escape(text.substr(i)) ||
        is_no_character(text.substr(i)))
      return true;
  return false;
}

void append_hex(std::string& out, unsigned char byte) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  out += "\\x";
  out += kDigits[byte >> 4U];
  out += kDigits[byte & 0xFU];
  out += ';';
}

/// Reads "HH;" behind "\x"; the number of bytes taken, 0 when it is broken.
std::size_t take_hex(std::string_view text, std::string& out) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  const auto digits = static_cast<std::size_t>(end - text.data());
  if (error != std::errc{} || value == 0 || digits >= text.size() || *end != ';') return 0;
  if (value == 0xFFFE || value == 0xFFFF)
    out += value == 0xFFFE ? kNoCharacterE : kNoCharacterF;
  else if (value <= 0x7F)
    out += static_cast<char>(value);
  else
    return 0;
  return digits + 1;
}

}  // namespace

std::string to_string(const Marker& marker) {
  std::string text(kMarkerVersion);
  text += word_of(kTables, marker.table);
  if (!marker.registry.empty()) text.append(" ").append(marker.registry);
  return text;
}

std::optional<Marker> parse_marker(std::string_view text) {
  if (!text.starts_with(kMarkerVersion)) return std::nullopt;
  text.remove_prefix(kMarkerVersion.size());
  const std::size_t space = text.find(' ');
  const auto table = value_of<Table>(kTables, text.substr(0, space));
  if (!table || names_register(*table) == (space == std::string_view::npos)) return std::nullopt;
  Marker marker{*table, {}};
  if (space != std::string_view::npos) marker.registry = text.substr(space + 1);
  if (names_register(*table) && marker.registry.empty()) return std::nullopt;
  return marker;
}

bool is_marker_like(std::string_view text) { return text.starts_with(kMarkerStart); }

std::string_view to_string(Property property) { return word_of(kProperties, property); }
std::optional<Property> parse_property(std::string_view word) {
  return value_of<Property>(kProperties, word);
}

std::string_view to_string(HeaderMember member) { return word_of(kHeaderMembers, member); }
std::optional<HeaderMember> parse_header_member(std::string_view code) {
  return value_of<HeaderMember>(kHeaderMembers, code);
}

RowCode split_row_code(std::string_view code) {
  const std::size_t slash = code.find('/');
  if (slash == std::string_view::npos) return {code, {}};
  return {code.substr(0, slash), code.substr(slash + 1)};
}

std::string row_code(std::string_view code, std::string_view line) {
  std::string whole(code);
  if (!line.empty()) whole.append("/").append(line);
  return whole;
}

Shape shape_of(QuestionType type, bool is_column) {
  switch (type) {
    case QuestionType::multi: return is_column ? Shape::one_cell : Shape::ticks;
    case QuestionType::reference: return is_column ? Shape::one_cell : Shape::references;
    case QuestionType::period: return Shape::start_end;
    case QuestionType::money: return Shape::amount_currency;
    default: return Shape::one_cell;
  }
}

std::string row_label(std::string_view name, std::string_view id) {
  if (name.empty()) return std::string(id);
  std::string label(name);
  label.append(" [").append(id).append("]");
  return label;
}

std::optional<std::string_view> id_of_label(std::string_view label) {
  if (!label.ends_with(']')) return std::nullopt;
  const std::size_t open = label.rfind('[');
  if (open == std::string_view::npos) return std::nullopt;
  const std::string_view id = label.substr(open + 1, label.size() - open - 2);
  if (id.empty()) return std::nullopt;
  return id;
}

std::string escape_cell(std::string_view text) {
  if (!needs_escape(text)) return std::string(text);
  std::string out(kEscaped);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool is_last_plus = c == '+' && i + 1 == text.size();
    if (c == '\\')
      out += "\\\\";
    else if (c == '\t')
      out += "\\t";
    else if (c == '\r')
      out += "\\r";
    else if (is_no_character(text.substr(i))) {
      out += text.substr(i).starts_with(kNoCharacterE) ? "\\xFFFE;" : "\\xFFFF;";
      i += kNoCharacterE.size() - 1;
    } else if (is_lost_in_cells(c) || is_excel_escape(text.substr(i)) || is_last_plus)
      append_hex(out, static_cast<unsigned char>(c));
    else
      out += c;
  }
  return out;
}

std::optional<std::string> unescape_cell(std::string_view cell) {
  if (!cell.starts_with(kEscaped)) return std::string(cell);
  cell.remove_prefix(kEscaped.size());
  std::string out;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    if (cell[i] != '\\') {
      out += cell[i];
      continue;
    }
    if (++i == cell.size()) return std::nullopt;
    if (cell[i] == '\\')
      out += '\\';
    else if (cell[i] == 't')
      out += '\t';
    else if (cell[i] == 'r')
      out += '\r';
    else if (cell[i] != 'x')
      return std::nullopt;
    else if (const std::size_t taken = take_hex(cell.substr(i + 1), out); taken != 0)
      i += taken;
    else
      return std::nullopt;
  }
  return out;
}

}  // namespace cosp::workbook
