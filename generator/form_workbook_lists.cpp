#include "generator/form_workbook_lists.hpp"

#include <array>

#include <fmt/format.h>

namespace cosp {
namespace {

constexpr std::array<std::string_view, kStandingCount> kStandings = {
    "not_asked", "open", "required", "both", "answered", "confirm", "answered", "confirm"};

std::string letters_of(std::uint16_t column) {
  std::string letters;
  for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  return letters;
}

template <class Enum>
std::size_t position_of(Enum value) {
  return static_cast<std::size_t>(value);
}

}  // namespace

std::string cell_name(std::uint32_t row, std::uint16_t column) {
  return fmt::format("{}{}", letters_of(column), row + 1);
}

std::string fixed_cell_name(std::uint32_t row, std::uint16_t column) {
  return fmt::format("${}${}", letters_of(column), row + 1);
}

std::string WorkbookLists::address(std::uint16_t column, std::size_t position) const {
  return sheet_ + fixed_cell_name(kFirstRow + static_cast<std::uint32_t>(position), column);
}

std::string WorkbookLists::cell(const std::string& key, std::size_t position) const {
  return address(columns_.at(key).number, position);
}

std::string WorkbookLists::range(const std::string& key) const {
  const Column& column = columns_.at(key);
  const auto last = kFirstRow + static_cast<std::uint32_t>(column.cells.size()) - 1;
  return fmt::format("{}:{}", address(column.number, 0), fixed_cell_name(last, column.number));
}

std::string WorkbookLists::add(const std::string& key, std::vector<ListCell> cells) {
  if (cells.empty()) cells.emplace_back();
  const std::uint16_t number = next_column();
  columns_.try_emplace(key, Column{number, std::move(cells)});
  return range(key);
}

std::string WorkbookLists::words_column(const std::string& key,
                                        const std::vector<std::string>& words) {
  if (has(key)) return range(key);
  std::vector<ListCell> cells;
  cells.reserve(words.size());
  for (const std::string& word : words) cells.push_back({{}, word});
  return add(key, std::move(cells));
}

std::string WorkbookLists::options(std::uint32_t list, std::uint64_t allowed) {
  const std::string key =
      fmt::format("{} {:x}", words_.form().string(words_.form().list(list).code), allowed);
  if (has(key)) return range(key);
  std::vector<std::string> labels;
  for (std::uint32_t i = 0; i < words_.form().options_of(list).size(); ++i)
    if ((allowed >> i & 1) != 0) labels.push_back(words_.option(list, i));
  return words_column(key, labels);
}

std::string WorkbookLists::option(std::uint32_t list, std::uint32_t position) {
  const std::string key(words_.form().string(words_.form().list(list).code));
  if (!has(key)) {
    std::vector<std::string> labels;
    for (std::uint32_t i = 0; i < words_.form().options_of(list).size(); ++i)
      labels.push_back(words_.option(list, i));
    words_column(key, labels);
  }
  return cell(key, position);
}

std::string WorkbookLists::ticks() { return words_column("=tick", {std::string(workbook::kTick)}); }

void WorkbookLists::need_reasons() {
  std::vector<std::string> labels;
  labels.reserve(kReasonCount);
  for (int i = 0; i < kReasonCount; ++i) labels.push_back(words_.reason(static_cast<Reason>(i)));
  words_column("=reason", labels);
}

std::string WorkbookLists::reasons() {
  need_reasons();
  return range("=reason");
}

std::string WorkbookLists::reason(Reason reason) {
  need_reasons();
  return cell("=reason", position_of(reason));
}

std::string WorkbookLists::details() {
  std::vector<std::string> labels;
  for (const ReasonDeclaration& declared : words_.form().tables().reasons) {
    if (declared.detail_list == kNone) continue;
    for (std::uint32_t i = 0; i < words_.form().options_of(declared.detail_list).size(); ++i)
      labels.push_back(words_.option(declared.detail_list, i));
  }
  return labels.empty() ? std::string() : words_column("=detail", labels);
}

void WorkbookLists::need_visibilities() {
  words_column("=visibility",
               {words_.visibility(Visibility::open), words_.visibility(Visibility::counted),
                words_.visibility(Visibility::secretariat)});
}

/// A State may close further than the floor, never open: what is left of the list behind it.
std::string WorkbookLists::visibilities(Visibility floor) {
  need_visibilities();
  const Column& column = columns_.at("=visibility");
  return fmt::format("{}:{}", cell("=visibility", position_of(floor)),
                     fixed_cell_name(kFirstRow + 2, column.number));
}

void WorkbookLists::need_origins() {
  words_column("=origin", {words_.origin(Origin::typed), words_.origin(Origin::prefilled),
                           words_.origin(Origin::carried_over)});
}

std::string WorkbookLists::origins() {
  need_origins();
  return range("=origin");
}

std::string WorkbookLists::origin(Origin origin) {
  need_origins();
  return cell("=origin", position_of(origin));
}

void WorkbookLists::need_stages() {
  words_column("=stage", {words_.text("stage.draft"), words_.text("stage.final")});
}

std::string WorkbookLists::stages() {
  need_stages();
  return range("=stage");
}

std::string WorkbookLists::stage(Stage stage) {
  need_stages();
  return cell("=stage", position_of(stage));
}

std::string WorkbookLists::purposes() {
  return words_column("=purpose", {words_.text("purpose.test"), words_.text("purpose.pilot"),
                                   words_.text("purpose.official")});
}

std::string WorkbookLists::kinds() {
  return words_column(
      "=kind", {words_.text("submitter_kind.state"), words_.text("submitter_kind.organization"),
                words_.text("submitter_kind.body")});
}

void WorkbookLists::need_standings() {
  std::vector<std::string> labels;
  labels.reserve(std::size(kStandings));
  for (const std::string_view word : kStandings) labels.push_back(words_.own(word));
  words_column("=standing", labels);
}

std::string WorkbookLists::standings() {
  need_standings();
  return range("=standing");
}

std::string WorkbookLists::standing(Standing standing) {
  need_standings();
  return cell("=standing", position_of(standing));
}

}  // namespace cosp
