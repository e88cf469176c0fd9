#include "readers/workbook_gaps.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "base/text.hpp"
#include "readers/workbook_labels.hpp"

namespace cosp {
namespace {

using workbook::HeaderMember;
using workbook::Property;
using workbook::Table;

class GapFinder {
 public:
  GapFinder(const Form& form, WorkbookCells& cells, const WorkbookTables& tables,
            const WorkbookContent& content)
      : form_(form), cells_(cells), tables_(tables), content_(content) {}

  WorkbookGaps find() {
    if (header(HeaderMember::form) != form_.id() ||
        header(HeaderMember::version) != form_.version())
      return {};
    held_back_ = split_entries(header(HeaderMember::held_back));
    if (!held_back_.empty())
      cells_
          .add("part-of-submission",
               content_.header.at(static_cast<std::size_t>(HeaderMember::held_back)))
          .arguments.emplace_back("count", static_cast<std::int64_t>(held_back_.size()));
    parts_ = split_entries(header(HeaderMember::parts));
    std::ranges::sort(held_back_);
    gaps_.registers.resize(form_.registers().size(), false);
    find_columns();
    find_registers();
    find_contacts();
    find_rows();
    std::ranges::sort(gaps_.questions);
    std::ranges::sort(gaps_.columns);
    return std::move(gaps_);
  }

 private:
  std::string header(HeaderMember member) const { return content_.header_text(cells_, member); }

  bool is_held_back(const Question& question) const {
    return std::ranges::binary_search(held_back_, form_.code(question));
  }

  /// At a head, or for what has no place any more at that of the header.
  Finding& add(std::string_view id, std::uint32_t head_cell) {
    Finding& finding = cells_.add(id, head_cell);
    finding.written.clear();  // the head's marker is nobody's answer
    const std::uint32_t sheet = cells_.sheet_of(head_cell);
    finding.arguments.emplace_back("sheet", cells_.sheets().sheets[sheet].name);
    return finding;
  }

  // Columns.

  void find_columns() {
    for (std::uint32_t i = 0; i < tables_.tables.size(); ++i) {
      const WorkbookTable& table = tables_.tables[i];
      if (table.marker.table == Table::questions) find_properties(i);
      if (table.marker.table != Table::registry && table.marker.table != Table::contacts) continue;
      const std::uint32_t registry = form_.find_register(table.marker.registry);
      if (registry != kNone) find_cells(table, registry);
    }
  }

  void find_properties(std::uint32_t index) {
    const WorkbookTable& table = tables_.tables[index];
    for (int i = 0; i < workbook::kPropertyCount; ++i) {
      const auto property = static_cast<Property>(i);
      const std::string_view word = to_string(property);
      if (table.column_of(word) != kNone) continue;
      add("column-missing", table.head_cell)
          .arguments.emplace_back("column", TextName{"questionnaire." + std::string(word)});
      if (property == Property::answer) lose_answers(index);
    }
  }

  void lose_answers(std::uint32_t table) {
    for (const WorkbookRow& row : tables_.rows) {
      if (row.table != table) continue;
      const std::uint32_t question = form_.find_question(workbook::split_row_code(row.code).code);
      if (question != kNone) gaps_.questions.push_back(question);
    }
    gaps_.questions.erase(std::unique(gaps_.questions.begin(), gaps_.questions.end()),
                          gaps_.questions.end());
  }

  void find_cells(const WorkbookTable& table, std::uint32_t registry) {
    const bool is_of_contacts = table.marker.table == Table::contacts;
    const Range range = form_.registry(registry).columns;
    for (std::uint32_t column = range.first; column < range.first + range.count; ++column) {
      if (form_.column(column).is_personal != is_of_contacts || has(table, column)) continue;
      add("column-missing", table.head_cell)
          .arguments.emplace_back("column", TextReference{form_.column(column).label});
      gaps_.columns.push_back(column);
    }
  }

  /// Whether every line of it has a column.
  bool has(const WorkbookTable& table, std::uint32_t column) const {
    const std::string_view code = form_.code(form_.column(column));
    const auto has_line = [&](std::string_view line) {
      return table.column_of(workbook::row_code(code, line)) != kNone;
    };
    switch (workbook::shape_of(form_.column(column).type, true)) {
      case workbook::Shape::start_end:
        return has_line(workbook::kStart) && has_line(workbook::kEnd);
      case workbook::Shape::amount_currency:
        return has_line(workbook::kAmount) && has_line(workbook::kCurrency);
      default: return has_line({});
    }
  }

  // Registers and contacts.

  bool has_table(Table kind, std::string_view registry) const {
    return std::ranges::any_of(tables_.tables, [&](const WorkbookTable& table) {
      return table.marker.table == kind && table.marker.registry == registry;
    });
  }

  /// A workbook has a table for each register, be it partial.
  void find_registers() {
    std::vector<TextReference> gone;
    for (std::uint32_t i = 0; i < form_.registers().size(); ++i) {
      const Register& registry = form_.registry(i);
      if (has_table(Table::registry, form_.string(registry.code))) continue;
      gaps_.registers[i] = true;
      gone.push_back({registry.title});
      const Range range = registry.columns;
      for (std::uint32_t column = range.first; column < range.first + range.count; ++column)
        if (!form_.column(column).is_personal) gaps_.columns.push_back(column);
    }
    if (!gone.empty())
      add("registers-missing", first_head()).arguments.emplace_back("registers", gone);
  }

  void find_contacts() {
    std::vector<TextReference> registers;
    for (const Register& registry : form_.registers()) {
      const std::string_view code = form_.string(registry.code);
      if (has_table(Table::contacts, code)) continue;
      const std::size_t before = gaps_.columns.size();
      const Range range = registry.columns;
      for (std::uint32_t column = range.first; column < range.first + range.count; ++column)
        if (form_.column(column).is_personal) gaps_.columns.push_back(column);
      if (gaps_.columns.size() != before) registers.push_back({registry.title});
    }
    if (registers.empty()) return;
    has_lost_contacts_ = true;
    add("contacts-missing", first_head()).arguments.emplace_back("registers", registers);
  }

  std::uint32_t first_head() const {
    const auto header = std::ranges::find_if(tables_.tables, [](const WorkbookTable& table) {
      return table.marker.table == Table::header;
    });
    return header == tables_.tables.end() ? tables_.tables.front().head_cell : header->head_cell;
  }

  // Rows of questions.

  /// Of a chapter that the workbook does not name and has no row of, nothing is known to be gone.
  bool is_expected(const Chapter& chapter) const {
    if (std::ranges::find(parts_, form_.string(chapter.code)) != parts_.end()) return true;
    return any_question(chapter, [&](std::uint32_t question) { return is_there(question); });
  }

  template <class Holds>
  bool any_question(const Chapter& chapter, const Holds& holds) const {
    for (std::uint32_t b = 0; b < chapter.blocks.count; ++b) {
      const Range range = form_.block(chapter.blocks.first + b).questions;
      for (std::uint32_t q = range.first; q < range.first + range.count; ++q)
        if (holds(q)) return true;
    }
    return false;
  }

  bool is_there(std::uint32_t question) const {
    return content_.question_positions[question].is_somewhere();
  }

  /// Whether each option that can be chosen has its line, unless the question has none of them and
  /// is answered in one cell.
  bool has_all_lines(std::uint32_t index) const {
    const Question& question = form_.question(index);
    if (workbook::shape_of(question.type, false) != workbook::Shape::ticks) return true;
    int lines = 0, missing = 0;
    for (std::uint32_t i = 0; i < form_.options_of(question.list).size(); ++i) {
      if ((question.allowed >> i & 1) == 0) continue;
      const std::string code = workbook::row_code(
          form_.code(question), form_.string(form_.options_of(question.list)[i].code));
      ++(row_codes_.contains(code) ? lines : missing);
    }
    return lines == 0 || missing == 0;
  }

  void find_rows() {
    for (const WorkbookRow& row : tables_.rows)
      if (tables_.tables[row.table].marker.table == Table::questions) row_codes_.insert(row.code);
    for (const Chapter& chapter : form_.chapters()) {
      if (!is_expected(chapter)) continue;
      std::vector<std::uint32_t> missing;
      any_question(chapter, [&](std::uint32_t question) {
        const bool is_whole = is_there(question) && has_all_lines(question);
        if (is_whole || is_held_back(form_.question(question))) return false;
        missing.push_back(question);
        if (!is_there(question)) gaps_.questions.push_back(question);
        return false;
      });
      // The finding about the contacts speaks of these too.
      if (has_lost_contacts_)
        std::erase_if(missing, [&](std::uint32_t q) { return form_.question(q).is_personal; });
      if (missing.empty()) continue;
      Finding& finding = add("rows-missing", first_head());
      finding.arguments.emplace_back("count", static_cast<std::int64_t>(missing.size()));
      finding.arguments.emplace_back("chapter", TextReference{chapter.title});
      finding.arguments.emplace_back("first", TextReference{form_.question(missing.front()).label});
    }
  }

  const Form& form_;
  WorkbookCells& cells_;
  const WorkbookTables& tables_;
  const WorkbookContent& content_;
  std::vector<std::string> held_back_, parts_;
  std::unordered_set<std::string_view> row_codes_;  ///< of the tables of questions
  bool has_lost_contacts_ = false;
  WorkbookGaps gaps_;
};

}  // namespace

WorkbookGaps find_gaps(const Form& form, WorkbookCells& cells, const WorkbookTables& tables,
                       const WorkbookContent& content) {
  return GapFinder(form, cells, tables, content).find();
}

}  // namespace cosp
