/// How a submission lies in a workbook (docs/formats/workbook.md): the words that the generator
/// writes and the reader matches. Knows neither file formats nor languages.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/form.hpp"

namespace cosp::workbook {

inline constexpr std::string_view kFormat = "cosp-workbook/1";
/// UTF-16 units of one text that a cell is given; spreadsheets take 767 more.
inline constexpr std::size_t kMostUnits = 32'000;
/// Significant digits that a number cell keeps.
inline constexpr int kMostDigits = 15;
inline constexpr std::string_view kTick = "✓";

/// Kinds of tables, by the marker at their head.
enum class Table : std::uint8_t {
  header,
  questions,
  registry,  ///< "register R"
  contacts,  ///< "contacts R": its personal columns
  remarks,
  texts,
  explanations,
  unknown,
  lists,
  progress,
};

struct Marker {
  Table table = Table::lists;
  std::string registry;  ///< code of the register; empty unless the table is about one
  friend bool operator==(const Marker&, const Marker&) = default;
};

/// "cosp/1 register measures".
std::string to_string(const Marker& marker);
/// Nothing for a text that is no marker. A marker of another version or with an unknown word is
/// none either; `is_marker_like` tells that it wanted to be one.
std::optional<Marker> parse_marker(std::string_view text);
bool is_marker_like(std::string_view text);

/// Properties of columns beside an answer, in the order in which sheets show them.
enum class Property : std::uint8_t {
  answer,
  reason,
  detail,
  rows,
  expected_on,
  note,
  visibility,
  author,
  origin,
};
inline constexpr int kPropertyCount = 9;
std::string_view to_string(Property property);
std::optional<Property> parse_property(std::string_view word);

/// Columns of `texts`, `explanations` and `unknown`.
inline constexpr std::string_view kLanguage = "language";
inline constexpr std::string_view kText = "text";
inline constexpr std::string_view kOriginal = "original";
inline constexpr std::string_view kDigest = "digest";
/// "rule@place" in a column that people see, where the row has no code.
inline constexpr std::string_view kExplained = "explained";
inline constexpr std::string_view kJson = "json";
/// Before the name of a column that holds the program's own words.
inline constexpr char kOwnWords = '=';

/// Members of the header, in the order in which the cover shows them.
enum class HeaderMember : std::uint8_t {
  format,
  form,
  version,
  structure,
  cycle,
  kind,
  submitter,
  revision,
  stage,
  language,
  purpose,
  period_start,
  period_end,
  parts,
  held_back,
};
inline constexpr int kHeaderMemberCount = 15;
/// "header.stage", "header.period/start".
std::string_view to_string(HeaderMember member);
std::optional<HeaderMember> parse_header_member(std::string_view code);

/// A row's code taken apart: "block.suffix/line" into question and line,
/// "measures/act-1/title" (in `remarks` and `texts`) into parts by the caller.
struct RowCode {
  std::string_view code;
  std::string_view line;  ///< empty: the question itself
  friend bool operator==(const RowCode&, const RowCode&) = default;
};
RowCode split_row_code(std::string_view code);
std::string row_code(std::string_view code, std::string_view line);
/// Ids of the texts that may stand in the answer's cell of a question whose answer stands in lines:
/// words of the program, read by nobody. Anything else there is the answer in one cell.
inline constexpr std::array<std::string_view, 2> kHints = {"questionnaire.choose_ticks",
                                                           "questionnaire.choose_rows"};
/// Behind the code of an answer whose note is meant.
inline constexpr std::string_view kNoteSuffix = "#note";
inline constexpr std::string_view kStart = "start";
inline constexpr std::string_view kEnd = "end";
inline constexpr std::string_view kAmount = "amount";
inline constexpr std::string_view kCurrency = "currency";

/// How an answer of this type lies in rows (questions) or columns (registers).
enum class Shape : std::uint8_t {
  one_cell,
  ticks,       ///< questions only: a line for each option
  references,  ///< questions only: numbered lines
  start_end,
  amount_currency,
};
Shape shape_of(QuestionType type, bool is_column);

/// "Data Protection Act [act-1]"; the id alone when the row has no name.
std::string row_label(std::string_view name, std::string_view id);
/// The id between the last brackets, when the text ends in them; else nothing.
std::optional<std::string_view> id_of_label(std::string_view label);

/// A text as a cell keeps it: as it is, or after `\:` with escapes. Does not cut.
std::string escape_cell(std::string_view text);
/// The text again. Nothing when an escape is broken; a text without `\:` is returned as it is.
std::optional<std::string> unescape_cell(std::string_view cell);
/// Behind a cell whose text goes on in the table of texts.
inline constexpr std::string_view kContinued = "\\+";

}  // namespace cosp::workbook
