#include "model/table.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "model/words.hpp"

namespace cosp {
namespace {

constexpr std::array<std::string_view, 3> kPopulations = {"parties", "organizations", "others"};
constexpr std::array<std::string_view, 7> kDenominators = {
    "none", "roster", "parties", "submitted", "asked", "answered", "submitted_others"};
constexpr std::array<std::string_view, kStandingCount> kStandings = {
    "value",          "not_applicable",     "not_available", "under_consideration",
    "withheld",       "reported_elsewhere", "not_provided",  "not_published",
    "by_reservation", "outside_competence", "not_asked",     "outside_phase"};
constexpr std::array<std::string_view, kSymbolCount> kSymbols = {
    "in_place",     "in_part",       "no",       "reserved", "reason",
    "not_provided", "not_indicated", "not_asked"};
constexpr std::array<std::string_view, kSymbolCount> kSigns = {"●", "◐", "○", "R",
                                                               "N", "–", "·", "□"};
constexpr std::array<std::string_view, 3> kShapes = {"bar", "stacked_bar", "column"};

}  // namespace

std::string_view to_string(Population population) { return word_of(kPopulations, population); }
std::string_view to_string(DenominatorKind kind) { return word_of(kDenominators, kind); }
std::string_view to_string(Standing standing) { return word_of(kStandings, standing); }
std::string_view to_string(Symbol symbol) { return word_of(kSymbols, symbol); }
std::string_view sign_of(Symbol symbol) { return word_of(kSigns, symbol); }
std::string_view to_string(FigureShape shape) { return word_of(kShapes, shape); }
std::optional<DenominatorKind> parse_denominator(std::string_view word) {
  return value_of<DenominatorKind>(kDenominators, word);
}
std::optional<FigureShape> parse_figure_shape(std::string_view word) {
  return value_of<FigureShape>(kShapes, word);
}

void StateSet::insert(std::uint32_t entry) {
  const std::size_t word = entry / 64;
  if (word >= words_.size()) words_.resize(word + 1);
  words_[word] |= std::uint64_t{1} << (entry % 64);
}

bool StateSet::contains(std::uint32_t entry) const {
  const std::size_t word = entry / 64;
  return word < words_.size() && (words_[word] >> (entry % 64) & 1) != 0;
}

void StateSet::merge(const StateSet& other) {
  if (other.words_.size() > words_.size()) words_.resize(other.words_.size());
  for (std::size_t i = 0; i < other.words_.size(); ++i) words_[i] |= other.words_[i];
}

std::uint32_t StateSet::size() const {
  int bits = 0;
  for (const std::uint64_t word : words_) bits += std::popcount(word);
  return static_cast<std::uint32_t>(bits);
}

std::vector<std::uint32_t> StateSet::members() const {
  std::vector<std::uint32_t> found;
  for (std::size_t i = 0; i < words_.size(); ++i)
    for (std::uint64_t word = words_[i]; word != 0; word &= word - 1)
      found.push_back(static_cast<std::uint32_t>(i * 64) +
                      static_cast<std::uint32_t>(std::countr_zero(word)));
  return found;
}

Label Label::text(std::string id, Arguments arguments) {
  return {Kind::text, kNone, std::move(id), std::move(arguments)};
}
Label Label::plain(std::string value) { return {Kind::plain, kNone, std::move(value), {}}; }
Label Label::of(Kind kind, std::uint32_t index) { return {kind, index, {}, {}}; }
Label Label::group(std::string code) { return {Kind::group, kNone, std::move(code), {}}; }

const TableRow* Table::find_row(std::string_view row_id) const {
  const auto found =
      std::find_if(rows.begin(), rows.end(), [&](const TableRow& row) { return row.id == row_id; });
  return found == rows.end() ? nullptr : &*found;
}

std::uint32_t Table::find_column(std::string_view column_id) const {
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (columns[i].id == column_id) return static_cast<std::uint32_t>(i);
  return kNone;
}

const Cell* Table::find_cell(std::string_view row_id, std::string_view column_id) const {
  const TableRow* row = find_row(row_id);
  const std::uint32_t column = find_column(column_id);
  if (row == nullptr || column >= row->cells.size()) return nullptr;
  return &row->cells[column];
}

bool Table::has_suppressed() const {
  return std::any_of(rows.begin(), rows.end(), [](const TableRow& row) {
    return std::any_of(row.cells.begin(), row.cells.end(),
                       [](const Cell& cell) { return cell.is_suppressed; });
  });
}

std::string figure_id(const Table& table, std::uint32_t row, std::uint32_t column) {
  return table.id + "/" + table.rows.at(row).id + "/" + table.columns.at(column).id;
}

}  // namespace cosp
