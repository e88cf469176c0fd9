/// Texts of a workbook that stand in more than one cell: what did not fit into one, and versions in
/// further languages.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "readers/workbook_tables.hpp"

namespace cosp {

/// A row of the table of texts.
struct WorkbookTextRow {
  std::string language;  ///< canonical where it can be
  std::uint32_t text = kNone, language_cell = kNone, original = kNone;
  std::uint32_t code_cell = kNone;
  bool is_original = false;
  bool is_used = false;
};

class WorkbookTexts {
 public:
  void add(const std::string& code, WorkbookTextRow row) { rows_[code].push_back(std::move(row)); }
  bool is_empty() const { return rows_.empty(); }
  /// In their order; nullptr when there are none.
  std::vector<WorkbookTextRow>* find(const std::string& code) {
    const auto found = rows_.find(code);
    return found == rows_.end() ? nullptr : &found->second;
  }
  /// All of them, by code.
  std::map<std::string, std::vector<WorkbookTextRow>>& all() { return rows_; }

 private:
  std::map<std::string, std::vector<WorkbookTextRow>> rows_;
};

}  // namespace cosp
