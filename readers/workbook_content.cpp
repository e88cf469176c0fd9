#include "readers/workbook_content.hpp"

#include <algorithm>
#include <charconv>
#include <tuple>

#include "base/language.hpp"
#include "base/text.hpp"
#include "readers/submission_findings.hpp"

namespace cosp {
namespace {

using workbook::HeaderMember;
using workbook::Property;
using workbook::Table;

/// What a column of a register's table is about.
struct ColumnTarget {
  std::uint32_t field = kNone;  ///< absolute; kNone: no such column
  std::uint32_t line = AnswerPiece::kWhole;
  bool is_reported = false;
};

std::uint32_t second_or_first(std::string_view line, std::string_view first,
                              std::string_view second) {
  if (line == first) return AnswerPiece::kFirst;
  return line == second ? AnswerPiece::kSecond : AnswerPiece::kUnknown;
}

bool comes_before(const AnswerPiece& a, const AnswerPiece& b) {
  return std::tie(a.row, a.field, a.property, a.line) <
         std::tie(b.row, b.field, b.property, b.line);
}

/// Most sheets are in their order as they come.
void sort_pieces(std::vector<AnswerPiece>& pieces) {
  if (!std::is_sorted(pieces.begin(), pieces.end(), comes_before))
    std::stable_sort(pieces.begin(), pieces.end(), comes_before);
}

class Gatherer {
 public:
  Gatherer(const Form& form, WorkbookCells& cells, const WorkbookTables& tables)
      : form_(form),
        cells_(cells),
        tables_(tables),
        out_(form),
        targets_(tables.tables.size()),
        has_line_position_(form.questions().size(), false) {}

  WorkbookContent gather() {
    // Rows are named by remarks and contacts, wherever those stand.
    each_row([&](const WorkbookRow& row, Table table) {
      if (table == Table::registry) take_register_row(row);
    });
    each_row([&](const WorkbookRow& row, Table table) {
      if (table == Table::contacts) take_contacts(row);
    });
    each_row([&](const WorkbookRow& row, Table table) { take_other(row, table); });
    sort_pieces(out_.answers);
    for (auto* pieces : {&out_.registers, &out_.contacts})
      for (auto& of_register : *pieces) sort_pieces(of_register);
    std::stable_sort(out_.unknown.begin(), out_.unknown.end(),
                     [](const UnknownPiece& a, const UnknownPiece& b) {
                       return std::tie(a.code, a.property) < std::tie(b.code, b.property);
                     });
    return std::move(out_);
  }

 private:
  template <class Take>
  void each_row(const Take& take) {
    for (const WorkbookRow& row : tables_.rows) take(row, tables_.tables[row.table].marker.table);
  }

  void take_other(const WorkbookRow& row, Table table) {
    switch (table) {
      case Table::header: return take_header(row);
      case Table::questions: return take_question(row);
      case Table::remarks: return take_remark(row);
      case Table::texts: return take_text(row);
      case Table::explanations: return take_explanation(row);
      case Table::unknown: return take_unknown(row);
      case Table::registry:
      case Table::contacts:
      case Table::lists:
      case Table::progress: return;
    }
  }

  std::span<const WorkbookEntry> entries_of(const WorkbookRow& row) const {
    return std::span(tables_.entries).subspan(row.first, row.count);
  }
  const std::string& property_of(const WorkbookRow& row, const WorkbookEntry& entry) const {
    return tables_.tables[row.table].columns[entry.column].property;
  }
  CellPosition position_in(const WorkbookRow& row, std::string_view property) const {
    const std::uint32_t column = tables_.position_of(row, property);
    const WorkbookTable& table = tables_.tables[row.table];
    return {table.sheet, row.row, column == kNone ? table.code_column : column};
  }

  /// The code of such a row means nothing: what stands in it is rejected.
  void reject_row(std::string_view id, const WorkbookRow& row) {
    for (const WorkbookEntry& entry : entries_of(row)) cells_.set(entry.cell, CellFate::rejected);
    if (row.count == 0) return;
    const std::uint32_t at = row.code_cell == kNone ? entries_of(row).front().cell : row.code_cell;
    cells_.add(id, at);
  }

  void take_header(const WorkbookRow& row) {
    const auto member = workbook::parse_header_member(row.code);
    if (!member)
      return reject_row(row.code.empty() ? "answer-without-code" : "row-code-unknown", row);
    const auto index = static_cast<std::size_t>(*member);
    if (!out_.header_positions.at(index).is_somewhere())
      out_.header_positions.at(index) = position_in(row, to_string(Property::answer));
    for (const WorkbookEntry& entry : entries_of(row)) {
      if (property_of(row, entry) != to_string(Property::answer)) {
        cells_.reject("text-outside-answers", entry.cell);
      } else if (out_.header.at(index) == kNone) {
        out_.header.at(index) = entry.cell;
        cells_.set(entry.cell, CellFate::beside);
      } else if (cells_.text(entry.cell) == cells_.text(out_.header.at(index))) {
        cells_.set(entry.cell, CellFate::imported);
      } else {
        cells_.reject("rows-disagree", entry.cell)
            .arguments.emplace_back("other", cells_.name(cells_.position(out_.header.at(index))));
      }
    }
  }

  // Questions.

  void take_question(const WorkbookRow& row) {
    if (row.code.empty()) return reject_row("answer-without-code", row);
    const workbook::RowCode code = workbook::split_row_code(row.code);
    const std::uint32_t question = form_.find_question(code.code);
    if (question == kNone) return take_unknown_question(row, code);
    const std::uint32_t line = line_of(form_.question(question), code.line);
    const bool has_lines =
        workbook::shape_of(form_.question(question).type, false) != workbook::Shape::one_cell;
    place_question(question, row, has_lines && !code.line.empty());
    for (const WorkbookEntry& entry : entries_of(row)) {
      const auto property = workbook::parse_property(property_of(row, entry));
      const bool is_answer = property == Property::answer;
      if (!property) {
        cells_.reject("text-outside-answers", entry.cell);
      } else if (is_answer && has_lines && code.line.empty() && is_hint(entry.cell)) {
        cells_.set(entry.cell, CellFate::ignored);
      } else {
        out_.answers.push_back(
            {question, 0, *property, is_answer ? line : AnswerPiece::kWhole, entry.cell});
      }
    }
  }

  /// A question stands where one answers it: at the first of its lines, if it has any.
  void place_question(std::uint32_t question, const WorkbookRow& row, bool is_line) {
    CellPosition& position = out_.question_positions[question];
    if (position.is_somewhere() && (!is_line || has_line_position_[question])) return;
    position = position_in(row, to_string(Property::answer));
    has_line_position_[question] = is_line;
  }

  /// What the program says in place of an answer that stands in lines, in any language.
  bool is_hint(std::uint32_t cell) {
    if (hints_.empty())
      for (const std::string_view id : workbook::kHints)
        if (const TextId text = form_.find_text(id); text != kNone)
          for (std::uint32_t i = 0; i < form_.tables().languages.size(); ++i)
            hints_.push_back(form_.text(text, i).value);
    return std::ranges::find(hints_, cells_.text(cell)) != hints_.end();
  }

  std::uint32_t line_of(const Question& question, std::string_view line) const {
    if (line.empty()) return AnswerPiece::kWhole;
    switch (workbook::shape_of(question.type, false)) {
      case workbook::Shape::ticks: {
        const std::uint32_t position = form_.find_option(question.list, line);
        return position == kNone ? AnswerPiece::kUnknown : position + AnswerPiece::kFirst;
      }
      case workbook::Shape::references: {
        std::uint32_t number = 0;
        const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), number);
        const bool is_good = error == std::errc{} && end == line.data() + line.size() &&
                             number != 0 && number != AnswerPiece::kUnknown;
        return is_good ? number : AnswerPiece::kUnknown;
      }
      case workbook::Shape::start_end:
        return second_or_first(line, workbook::kStart, workbook::kEnd);
      case workbook::Shape::amount_currency:
        return second_or_first(line, workbook::kAmount, workbook::kCurrency);
      case workbook::Shape::one_cell: return AnswerPiece::kUnknown;
    }
    return AnswerPiece::kUnknown;
  }

  void take_unknown_question(const WorkbookRow& row, const workbook::RowCode& code) {
    for (const WorkbookEntry& entry : entries_of(row)) {
      const auto property = workbook::parse_property(property_of(row, entry));
      if (property)
        out_.unknown.push_back(
            {std::string(code.code), std::string(code.line), *property, entry.cell, row.code_cell});
      else
        cells_.reject("text-outside-answers", entry.cell);
    }
  }

  void take_unknown(const WorkbookRow& row) {
    if (row.code.empty()) return reject_row("answer-without-code", row);
    for (const WorkbookEntry& entry : entries_of(row)) {
      if (property_of(row, entry) == workbook::kJson)
        out_.unknown_json.emplace_back(row.code_cell, entry.cell);
      else
        cells_.reject("text-outside-answers", entry.cell);
    }
  }

  // Registers.

  /// kNone, and one finding for the whole table, when the form has no such register.
  std::uint32_t register_of(const WorkbookRow& row) {
    const WorkbookTable& table = tables_.tables[row.table];
    const std::uint32_t registry = form_.find_register(table.marker.registry);
    if (registry != kNone) return registry;
    for (const WorkbookEntry& entry : entries_of(row)) cells_.set(entry.cell, CellFate::rejected);
    if (row.count == 0 || reported_table_ == row.table) return kNone;
    reported_table_ = row.table;
    std::vector<std::string_view> known;
    for (const Register& one : form_.registers()) known.push_back(form_.string(one.code));
    Finding& finding = cells_.add("unknown-register", table.head_cell);
    finding.written = table.marker.registry;
    const auto near = nearest(table.marker.registry, known);
    finding.arguments.emplace_back("suggestion", std::string(near ? "yes" : "no"));
    finding.arguments.emplace_back("nearest", std::string(near.value_or("")));
    return kNone;
  }

  ColumnTarget& target(const WorkbookRow& row, const WorkbookEntry& entry, std::uint32_t registry) {
    auto& targets = targets_[row.table];
    if (targets.empty()) {
      for (const WorkbookColumn& column : tables_.tables[row.table].columns)
        targets.push_back(target_of(column.property, registry));
      for (const ColumnTarget& one : targets)
        if (one.field != kNone) out_.columns.emplace_back(registry, one.field);
    }
    return targets[entry.column];
  }

  ColumnTarget target_of(std::string_view property, std::uint32_t registry) const {
    const workbook::RowCode code = workbook::split_row_code(property);
    ColumnTarget target;
    target.field = form_.find_column(form_.registry(registry), code.code);
    if (target.field == kNone) return target;
    const workbook::Shape shape = workbook::shape_of(form_.column(target.field).type, true);
    if (shape == workbook::Shape::start_end)
      target.line = second_or_first(code.line, workbook::kStart, workbook::kEnd);
    else if (shape == workbook::Shape::amount_currency)
      target.line = second_or_first(code.line, workbook::kAmount, workbook::kCurrency);
    else if (!code.line.empty())
      target.field = kNone;
    if (target.line == AnswerPiece::kUnknown) target.field = kNone;
    return target;
  }

  void take_cells(const WorkbookRow& row, std::uint32_t registry, std::uint32_t index,
                  std::vector<AnswerPiece>& pieces) {
    for (const WorkbookEntry& entry : entries_of(row)) {
      ColumnTarget& to = target(row, entry, registry);
      if (to.field == kNone) {
        cells_.set(entry.cell, CellFate::rejected);
        if (!to.is_reported) report_column(row, entry, registry);
        to.is_reported = true;
        continue;
      }
      out_.rows.row(registry, index).is_filled = true;
      pieces.push_back({to.field, index, Property::answer, to.line, entry.cell});
    }
  }

  void report_column(const WorkbookRow& row, const WorkbookEntry& entry, std::uint32_t registry) {
    const WorkbookColumn& column = tables_.tables[row.table].columns[entry.column];
    std::vector<std::string_view> known;
    for (const Column& one : form_.columns_of(form_.registry(registry)))
      known.push_back(form_.code(one));
    Place place;
    place.registry = registry;
    Finding& finding = cells_.add("unknown-column", column.head_cell, place);
    const auto near = nearest(column.property, known);
    finding.arguments.emplace_back("suggestion", std::string(near ? "yes" : "no"));
    finding.arguments.emplace_back("nearest", std::string(near.value_or("")));
  }

  void take_register_row(const WorkbookRow& row) {
    const std::uint32_t registry = register_of(row);
    if (registry == kNone || (row.code.empty() && row.count == 0)) return;
    const auto source = static_cast<std::uint32_t>(&row - tables_.rows.data());
    std::uint32_t index = row.code.empty() ? kNone : out_.rows.find(registry, row.code);
    if (index != kNone) {
      const WorkbookRegisterRow& known = out_.rows.row(registry, index);
      const WorkbookRow& first = tables_.rows[known.source];
      if (first.count != 0 && row.count != 0 && says_same(first, row)) {
        for (const WorkbookEntry& entry : entries_of(row))
          cells_.set(entry.cell, CellFate::imported);
        return;
      }
      // Two rows of one id, both filled in: the submission's reader says what becomes of them.
      if (first.count != 0 && row.count != 0) index = kNone;
    }
    if (index == kNone) {
      WorkbookRegisterRow added;
      added.id = row.code;
      added.source = source;
      added.mark_cell = row.code_cell == kNone ? entries_of(row).front().cell : row.code_cell;
      added.is_in_register = true;
      index = out_.rows.add(registry, std::move(added));
    }
    take_cells(row, registry, index, out_.registers[registry]);
  }

  bool says_same(const WorkbookRow& left, const WorkbookRow& right) const {
    const auto said = [&](const WorkbookRow& row) {
      std::vector<std::pair<std::string_view, std::string_view>> all;
      for (const WorkbookEntry& entry : entries_of(row))
        all.emplace_back(property_of(row, entry), cells_.text(entry.cell));
      std::sort(all.begin(), all.end());
      return all;
    };
    return said(left) == said(right);
  }

  void take_contacts(const WorkbookRow& row) {
    const std::uint32_t registry = register_of(row);
    if (registry == kNone || row.count == 0) return;
    if (row.code.empty()) return reject_row("answer-without-code", row);
    std::uint32_t index = out_.rows.find(registry, row.code);
    if (index == kNone) {
      WorkbookRegisterRow added;
      added.id = row.code;
      added.source = static_cast<std::uint32_t>(&row - tables_.rows.data());
      added.mark_cell = row.code_cell;
      index = out_.rows.add(registry, std::move(added));
    }
    take_cells(row, registry, index, out_.contacts[registry]);
  }

  // What stands beside answers of registers.

  struct CellCode {
    std::uint32_t registry = kNone, row = kNone, column = kNone;
    bool is_row = false;  ///< "R/row"
  };
  CellCode parse_cell_code(std::string_view code) const {
    CellCode parsed;
    const std::size_t first = code.find('/');
    const std::size_t last = code.rfind('/');
    if (first == std::string_view::npos) return parsed;
    parsed.registry = form_.find_register(code.substr(0, first));
    if (parsed.registry == kNone) return parsed;
    parsed.is_row = first == last;
    const std::string_view id =
        parsed.is_row ? code.substr(first + 1) : code.substr(first + 1, last - first - 1);
    parsed.row = out_.rows.find(parsed.registry, id);
    if (!parsed.is_row)
      parsed.column = form_.find_column(form_.registry(parsed.registry), code.substr(last + 1));
    return parsed;
  }

  void take_remark(const WorkbookRow& row) {
    const CellCode code = parse_cell_code(row.code);
    if (code.row != kNone) out_.rows.row(code.registry, code.row).is_filled = true;
    if (row.count == 0) return;
    if (row.code.empty()) return reject_row("answer-without-code", row);
    if (code.row == kNone || code.column == kNone) return reject_row("row-code-unknown", row);
    const bool is_personal = form_.column(code.column).is_personal;
    // A row that only the contacts name has no other cells.
    if (!is_personal && !out_.rows.row(code.registry, code.row).is_in_register)
      return reject_row("row-code-unknown", row);
    auto& pieces = is_personal ? out_.contacts : out_.registers;
    for (const WorkbookEntry& entry : entries_of(row)) {
      const auto property = workbook::parse_property(property_of(row, entry));
      if (!property || *property == Property::answer)
        cells_.reject("text-outside-answers", entry.cell);
      else
        pieces[code.registry].push_back(
            {code.column, code.row, *property, AnswerPiece::kWhole, entry.cell});
    }
  }

  void take_text(const WorkbookRow& row) {
    if (row.count == 0) return;
    if (row.code.empty()) return reject_row("answer-without-code", row);
    WorkbookTextRow text;
    text.code_cell = row.code_cell;
    for (const WorkbookEntry& entry : entries_of(row)) {
      const std::string& property = property_of(row, entry);
      cells_.set(entry.cell, CellFate::beside);
      if (property == workbook::kLanguage) {
        text.language_cell = entry.cell;
        const std::string written = trim(cells_.text(entry.cell));
        text.language = canonical_language(written);
        if (text.language.empty()) text.language = written;
      } else if (property == workbook::kText) {
        text.text = entry.cell;
      } else if (property == workbook::kOriginal) {
        text.original = entry.cell;
        text.is_original = true;
      } else {
        cells_.reject("text-outside-answers", entry.cell);
      }
    }
    const std::string_view place = std::string_view(row.code).substr(0, row.code.find('#'));
    const CellCode cell =
        place.find('@') == std::string_view::npos ? parse_cell_code(place) : CellCode{};
    if (cell.row != kNone) out_.rows.row(cell.registry, cell.row).is_filled = true;
    out_.texts.add(row.code, std::move(text));
  }

  void take_explanation(const WorkbookRow& row) {
    if (row.count == 0) return;
    WorkbookExplanation explanation;
    std::string code = row.code;
    explanation.code_cell = row.code_cell;
    for (const WorkbookEntry& entry : entries_of(row)) {
      if (!code.empty() || property_of(row, entry) != workbook::kExplained) continue;
      code = trim(cells_.text(entry.cell));
      explanation.code_cell = entry.cell;
    }
    const std::size_t at = code.find('@');
    if (at == std::string::npos)
      return reject_row(code.empty() ? "answer-without-code" : "row-code-unknown", row);
    explanation.rule = trim(std::string_view(code).substr(0, at));
    explanation.place = trim(std::string_view(code).substr(at + 1));
    for (const WorkbookEntry& entry : entries_of(row)) {
      const std::string& property = property_of(row, entry);
      cells_.set(entry.cell, CellFate::beside);
      if (property == workbook::kExplained)
        continue;
      else if (property == workbook::kDigest)
        explanation.digest = entry.cell;
      else if (property == workbook::kText)
        explanation.text = entry.cell;
      else
        cells_.reject("text-outside-answers", entry.cell);
    }
    out_.explanations.push_back(std::move(explanation));
  }

  const Form& form_;
  WorkbookCells& cells_;
  const WorkbookTables& tables_;
  WorkbookContent out_;
  std::vector<std::vector<ColumnTarget>> targets_;  ///< by table, of its columns
  std::vector<bool> has_line_position_;             ///< by question
  std::uint32_t reported_table_ = kNone;
  std::vector<std::string_view> hints_;
};

}  // namespace

std::string WorkbookContent::header_text(const WorkbookCells& cells, HeaderMember member) const {
  const std::uint32_t cell = header.at(static_cast<std::size_t>(member));
  return cell == kNone ? std::string{} : trim(cells.text(cell));
}

WorkbookContent gather_content(const Form& form, WorkbookCells& cells,
                               const WorkbookTables& tables) {
  return Gatherer(form, cells, tables).gather();
}

}  // namespace cosp
