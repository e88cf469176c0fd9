/// The hidden sheet of lists: what drop-downs offer and formulas compare with, each list once. For
/// generator/ only.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "generator/form_workbook_plan.hpp"
#include "generator/form_workbook_words.hpp"

namespace cosp {

/// A cell of the sheet: words, or a formula with the result that it has now.
struct ListCell {
  std::string formula;  ///< with "="; empty: none
  std::string text;
  double number = 0;
  bool is_number = false;
};

/// Columns are added as they are asked for; written when all are known.
class WorkbookLists {
 public:
  WorkbookLists(WorkbookWords& words, std::string sheet)
      : words_(words), sheet_(std::move(sheet)) {}

  /// Range of the options allowed, for drop-downs.
  std::string options(std::uint32_t list, std::uint64_t allowed);
  /// Cell of an option's label.
  std::string option(std::uint32_t list, std::uint32_t position);
  std::string ticks();
  std::string reasons();
  std::string reason(Reason reason);
  std::string details();  ///< of all reasons
  std::string visibilities(Visibility floor);
  std::string origins();
  std::string origin(Origin origin);
  std::string stages();
  std::string stage(Stage stage);
  std::string purposes();
  std::string kinds();
  std::string standings();
  std::string standing(Standing standing);

  /// Adds a column and returns its range; `key` names it in the sheet.
  std::string add(const std::string& key, std::vector<ListCell> cells);
  /// Range and cells of a column that was added.
  bool has(const std::string& key) const { return columns_.contains(key); }
  std::string range(const std::string& key) const;
  std::string cell(const std::string& key, std::size_t position) const;

  struct Column {
    std::uint16_t number = 0;
    std::vector<ListCell> cells;
  };
  const std::map<std::string, Column>& columns() const { return columns_; }
  static constexpr std::uint32_t kFirstRow = 2;
  /// Where the next column will stand, for formulas that point within it.
  std::uint16_t next_column() const { return static_cast<std::uint16_t>(columns_.size() + 1); }
  std::string address(std::uint16_t column, std::size_t position) const;

 private:
  std::string words_column(const std::string& key, const std::vector<std::string>& words);
  void need_reasons();
  void need_visibilities();
  void need_origins();
  void need_stages();
  void need_standings();

  WorkbookWords& words_;
  std::string sheet_;  ///< quoted, with "!"
  std::map<std::string, Column> columns_;
};

/// "AB12", "$AB$12", from row and column counted from 0.
std::string cell_name(std::uint32_t row, std::uint16_t column);
std::string fixed_cell_name(std::uint32_t row, std::uint16_t column);

}  // namespace cosp
