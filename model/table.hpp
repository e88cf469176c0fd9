/// Tables as counted: independent of language, each cell knowing its denominator and the answers
/// behind it.
///
/// Labels name what they stand for (a text, a block, an option, a State) and become words only when
/// a table is rendered. Plain data: made by the generator's kinds, changed by nobody afterwards.
/// Rows and columns have ids, and "table/row/column" names a figure in every output.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/decimal.hpp"
#include "base/messages.hpp"
#include "model/form.hpp"
#include "model/kinds.hpp"
#include "model/submission.hpp"

namespace cosp {

/// Whom a table counts. Only parties that are States are in the denominators of the Convention; the
/// others are tabulated apart, in tables of their own whose id is that of the first, a point, and
/// the population's word.
enum class Population : std::uint8_t {
  parties,  ///< States for which the treaty is in force at the cut-off, and of which something is
            ///< asked
  organizations,  ///< organizations of States
  others,         ///< signatories and other States
};
std::string_view to_string(Population population);

enum class DenominatorKind : std::uint8_t {
  none,
  roster,            ///< N0: States of the roster
  parties,           ///< N1
  submitted,         ///< N2: of these, with a final submission received
  asked,             ///< N3: of these, whom the question was put to
  answered,          ///< N4: of these, with a value
  submitted_others,  ///< the population of a table apart
};
std::string_view to_string(DenominatorKind kind);
std::optional<DenominatorKind> parse_denominator(std::string_view word);

/// A set of entries of the cycle's roster, by position.
class StateSet {
 public:
  void insert(std::uint32_t entry);
  bool contains(std::uint32_t entry) const;
  void merge(const StateSet& other);
  std::uint32_t size() const;
  bool is_empty() const { return size() == 0; }
  std::vector<std::uint32_t> members() const;  ///< ascending

 private:
  std::vector<std::uint64_t> words_;
};

/// What an answer came to, in every table. They never collapse into one another.
enum class Standing : std::uint8_t {
  value,
  not_applicable,
  not_available,
  under_consideration,
  withheld,
  reported_elsewhere,  ///< reasons within "asked"
  not_provided,        ///< asked, and neither a value nor a reason
  not_published,       ///< answered for the secretariat only
  by_reservation,      ///< beside "asked", as those that follow
  outside_competence,
  not_asked,      ///< the question's condition does not hold
  outside_phase,  ///< not asked of this State in this cycle
};
inline constexpr int kStandingCount = 12;
/// The word used in ids of rows and columns; a text is `standing.<word>`.
std::string_view to_string(Standing standing);
constexpr bool is_within_asked(Standing standing) { return standing < Standing::by_reservation; }

/// A line of provenance: answers of one kind to one question (or of one register's column), and
/// whose they are.
struct Source {
  std::uint32_t question = kNone;
  std::uint32_t registry = kNone;
  std::uint32_t column = kNone;  ///< absolute
  std::uint32_t option = kNone;  ///< position in the list; kNone: any value
  Standing standing = Standing::value;
  bool is_position = false;  ///< the depositary's record of the State, not an answer
  StateSet open;             ///< the answer is public and the State consents to publication
  StateSet closed;           ///< counted; named to the secretariat only
};

/// What stands at the head of a row or a column, or in a cell that holds words.
struct Label {
  enum class Kind : std::uint8_t {
    none,
    text,       ///< catalogue text `value`, with `arguments`
    form_text,  ///< `index`: TextId
    block,      ///< `index`: block; article and title
    question,   ///< `index`: question; its label
    column,     ///< `index`: column of a register; its label
    option,     ///< `index`: into the form's options; its label
    provision,  ///< `index`: provision; its code
    entry,      ///< `index`: entry of the roster; its name
    group,      ///< `value`: regional group; empty: none
    plain,      ///< `value` as it is
  };
  Kind kind = Kind::none;
  std::uint32_t index = kNone;
  std::string value;
  Arguments arguments;

  static Label text(std::string id, Arguments arguments = {});
  static Label plain(std::string value);
  static Label of(Kind kind, std::uint32_t index);
  static Label group(std::string code);
};

/// Neutral signs of a matrix of States; a text `symbol.<word>` explains each.
enum class Symbol : std::uint8_t {
  in_place,       ///< ●
  in_part,        ///< ◐
  no,             ///< ○
  reserved,       ///< R
  reason,         ///< N: a non-answer with its reason
  not_provided,   ///< –
  not_indicated,  ///< ·
  not_asked,      ///< empty square
};
inline constexpr int kSymbolCount = 8;
std::string_view to_string(Symbol symbol);  ///< its word
std::string_view sign_of(Symbol symbol);    ///< the sign itself, UTF-8

struct Cell {
  enum class Kind : std::uint8_t {
    empty,
    count,   ///< `count`
    share,   ///< `count` of `denominator`, shown in whole per cent
    figure,  ///< `figure`, as reported
    date,    ///< `date`
    labels,  ///< `labels`, joined as a list
    text,    ///< `texts`: what a State wrote, by language
    symbol,
  };
  Kind kind = Kind::empty;
  Symbol symbol = Symbol::not_asked;
  bool is_suppressed =
      false;  ///< not to be shown: too few States, or another such cell could be computed from it
  bool is_restricted =
      false;  ///< words that their State does not publish; nothing of them is in this table
  DenominatorKind denominator_kind = DenominatorKind::none;
  std::int64_t count = 0;
  std::int64_t denominator = 0;  ///< -1 when suppressed
  Decimal figure{};
  Date date{};
  std::vector<Label> labels;
  std::vector<LocalText> texts;
  std::vector<Source> sources;
};

/// What a row or a column stands for.
enum class Role : std::uint8_t {
  denominator,  ///< asked, parties …: what the others are counted in
  value,        ///< an option, a band, a count proper
  non_answer,   ///< a reason, not provided, not published, within "asked"
  beside,       ///< outside "asked"
  total,        ///< sum of the rows before it
  share,
  words,  ///< names, texts
};

struct TableRow {
  std::string id;  ///< unique in the table: a code, or code.code
  Label label;
  Role role = Role::value;
  std::uint32_t block = kNone;  ///< the block it speaks of
  std::uint32_t entry = kNone;  ///< the State it speaks of; a row with one is never in a count
  std::int64_t asked = 0;       ///< N3 of the row; 0 in kinds that ask nothing; -1 when suppressed
  std::int64_t answered = 0;    ///< N4; -1 when suppressed
  std::vector<Cell> cells;      ///< by position in the columns
};

struct TableColumn {
  std::string id;
  Label label;
  Label group;  ///< heading over several columns; none: none
  Role role = Role::value;
};

enum class FigureShape : std::uint8_t { bar, stacked_bar, column };
std::string_view to_string(FigureShape shape);
std::optional<FigureShape> parse_figure_shape(std::string_view word);

/// A chart of the table: one bar a row, one series a column. Suppressed cells are not drawn, and
/// that is said.
struct Figure {
  FigureShape shape = FigureShape::bar;
  std::vector<std::uint32_t> series;  ///< columns
  std::vector<std::uint32_t> rows;
};

struct Table {
  std::string id;           ///< of the declaration; with ".organizations" or ".others" when apart
  std::string declared_id;  ///< without
  std::string kind;
  Label title;
  Population population = Population::parties;
  DenominatorKind denominator_kind = DenominatorKind::none;
  std::int64_t denominator =
      0;  ///< of the whole table: N0, N1, N2 or the population apart; rows narrow it
  std::int64_t suppress_below = 0;  ///< 0: none
  bool is_alphabetical =
      false;  ///< rows stand in the alphabetical order of the language, by their State's name
  bool is_invented = false;  ///< made because of a decision that is marked as invented
  Label row_heading;  ///< over the labels of the rows; none: rows have no labels, their first cells
                      ///< name them
  std::vector<TableColumn> columns;
  std::vector<TableRow> rows;
  std::vector<Label> notes;
  std::optional<Figure> figure;
  std::string alternative_id;  ///< text id of the figure's alternative; empty: none

  const TableRow* find_row(std::string_view row_id) const;
  /// Position of the column, kNone when there is none of that id.
  std::uint32_t find_column(std::string_view column_id) const;
  /// nullptr when there is no such row or column.
  const Cell* find_cell(std::string_view row_id, std::string_view column_id) const;
  bool has_suppressed() const;
};

/// "table/row/column": how a figure is named in documents, workbooks and open data.
std::string figure_id(const Table& table, std::uint32_t row, std::uint32_t column);

}  // namespace cosp
