// Sheets of registers, and the contacts.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "generator/form_workbook_book.hpp"

namespace cosp {
namespace {

using workbook::Shape;

bool has_two_cells(const Field& field) {
  const Shape shape = workbook::shape_of(field.type, true);
  return shape == Shape::start_end || shape == Shape::amount_currency;
}

double column_width(const Field& field) {
  switch (field.type) {
    case QuestionType::long_text: return 50;
    case QuestionType::text:
      return field.most_characters > 0 && field.most_characters < 60 ? 24 : 34;
    case QuestionType::multi:
    case QuestionType::reference: return 34;
    case QuestionType::date:
    case QuestionType::period: return 13;
    case QuestionType::number:
    case QuestionType::money:
    case QuestionType::language:
    case QuestionType::yes_no: return 15;
    default: return 24;
  }
}

/// The cells of a register's columns in one table: on its own sheet, or among the contacts.
class EntryTable {
 public:
  EntryTable(FormBook& book, lxw_worksheet* sheet, std::uint32_t registry, std::uint32_t head_row,
             std::uint32_t first_row)
      : book_(book),
        sheet_(sheet),
        index_(registry),
        registry_(book.form.registry(registry)),
        place_(book.plan.registers[registry]),
        head_(head_row),
        first_(first_row) {}

  /// Codes in the head, words below it.
  void head(std::uint32_t position, std::uint16_t at) {
    const Column& column = column_at(position);
    const std::string code(book_.form.code(column));
    const std::string label = cell_text(book_.words.of(column.label));
    if (!has_two_cells(column)) return heading(at, code, label, column, {});
    const bool is_period = column.type == QuestionType::period;
    heading(at, workbook::row_code(code, is_period ? workbook::kStart : workbook::kAmount), label,
            column, book_.words.own(is_period ? "start" : "amount"));
    heading(static_cast<std::uint16_t>(at + 1),
            workbook::row_code(code, is_period ? workbook::kEnd : workbook::kCurrency), label,
            column, book_.words.own(is_period ? "end" : "currency"));
  }

  void cells(std::uint32_t position, std::uint16_t at) {
    const Column& column = column_at(position);
    const std::uint32_t index = registry_.columns.first + position;
    static const Answer absent;
    for (std::uint32_t i = 0; i < place_.ids.size(); ++i) {
      const std::uint32_t entry = place_.rows[i];
      const std::string code = cell_code(book_.form, index_, place_.ids[i], index);
      const bool is_shown = entry != kNone && !book_.plan.holds_cell_back(code);
      const Answer& answer =
          is_shown ? book_.submission.registers[index_][entry].cells[position] : absent;
      const AnswerAt value{column, answer, code};
      book_.write_value(sheet_, first_ + i, at, value, false);
      if (is_shown)
        lines_[i] = std::max(
            lines_[i], lines_of(book_.cell_words(column, answer), book_.width_at(sheet_, at)));
      if (has_two_cells(column))
        book_.write_second(sheet_, first_ + i, static_cast<std::uint16_t>(at + 1), value, false);
    }
    const auto last = first_ + static_cast<std::uint32_t>(place_.ids.size()) - 1;
    const std::string title = book_.words.of(column.label);
    book_.validate_value(sheet_, first_, last, at, column, title, true);
    if (has_two_cells(column))
      book_.validate_second(sheet_, first_, last, static_cast<std::uint16_t>(at + 1), column,
                            title);
  }

  /// When all columns are written.
  void set_heights() {
    book_.height(sheet_, first_ - 1, heading_lines_);
    for (std::uint32_t i = 0; i < lines_.size(); ++i) book_.height(sheet_, first_ + i, lines_[i]);
  }

 private:
  const Column& column_at(std::uint32_t position) const {
    return book_.form.column(registry_.columns.first + position);
  }

  void heading(std::uint16_t at, const std::string& code, const std::string& label,
               const Column& column, const std::string& part) {
    auto below = book_.words.limits(column, std::max(column.floor, registry_.floor),
                                    book_.evaluation, false);
    if (!part.empty() && fold_for_comparison(part) != fold_for_comparison(label))
      below.insert(below.begin(), part);
    book_.text(sheet_, head_, at, code, Look::hidden);
    const std::string said = cell_text(fmt::format("{}", fmt::join(below, "\n")));
    book_.two_runs(sheet_, first_ - 1, at, label, said, Look::heading);
    const double room = book_.width_at(sheet_, at);
    heading_lines_ = std::max(
        heading_lines_, lines_of(label, 0.85 * room) + (said.empty() ? 0 : lines_of(said, room)));
  }

  FormBook& book_;
  lxw_worksheet* sheet_;
  std::uint32_t index_;
  const Register& registry_;
  const RegisterPlace& place_;
  double heading_lines_ = 1;
  std::vector<double> lines_ = std::vector<double>(place_.ids.size(), 1);  ///< of each entry
  std::uint32_t head_;
  std::uint32_t first_;
};

/// Returns the last column used.
std::uint16_t write_contacts_of(FormBook& book, lxw_worksheet* sheet, std::uint32_t index) {
  const Register& registry = book.form.registry(index);
  const RegisterPlace& place = book.plan.registers[index];
  const std::uint32_t first = place.contacts_first;
  book.text(sheet, first - 2, 0,
            workbook::to_string(
                {workbook::Table::contacts, std::string(book.form.string(registry.code))}),
            Look::hidden);
  book.hide_row(sheet, first - 2);
  book.own_words_row(sheet, first - 1);
  // The title stands between two tables: a head of the program's own ends the one before.
  book.own_words_row(sheet, first - 3);
  book.text(sheet, first - 3, QuestionColumn::kNumber,
            cell_text(book.words.own("contacts_of", {{"register", book.words.of(registry.title)}})),
            Look::block);
  for (std::uint16_t c = QuestionColumn::kWord; c < QuestionColumn::kCount; ++c)
    book.text(sheet, first - 3, c, {}, Look::block);
  book.text(sheet, first - 2, QuestionColumn::kText, "=name", Look::hidden);
  book.text(sheet, first - 1, QuestionColumn::kText, book.words.own("entry"), Look::heading);
  EntryTable table(book, sheet, index, first - 2, first);
  std::uint16_t at = QuestionColumn::kAnswer;
  for (std::uint32_t c = 0; c < registry.columns.count; ++c) {
    const Column& column = book.form.column(registry.columns.first + c);
    if (!column.is_personal) continue;
    table.head(c, at);
    table.cells(c, at);
    at = static_cast<std::uint16_t>(at + (has_two_cells(column) ? 2 : 1));
  }
  table.set_heights();
  const auto last_column = static_cast<std::uint16_t>(at - 1);
  const std::string code(book.form.string(registry.code));
  for (std::uint32_t i = 0; i < place.ids.size(); ++i) {
    book.text(sheet, first + i, 0, workbook::escape_cell(place.ids[i]), Look::hidden);
    const bool has_name = book.fills_cells(index, place.rows[i]);
    const std::string name = book.lists().cell("=names " + code, i);
    const std::string id = book.reference(place.sheet, place.first + i, 0);
    book.formula(sheet, first + i, QuestionColumn::kText,
                 fmt::format("=IF({0}=\"\",\"[\"&{1}&\"]\",{0})", name, id), Look::line,
                 has_name ? book.row_label(index, place.rows[i]) : "[" + place.ids[i] + "]");
  }
  return last_column;
}

}  // namespace

void write_register(FormBook& book, std::uint32_t index) {
  const std::uint32_t subject = book.plan.sheets[index].subject;
  const Register& registry = book.form.registry(subject);
  const RegisterPlace& place = book.plan.registers[subject];
  lxw_worksheet* sheet = book.sheet(index);
  book.begin_sheet(index, 1, book.words.of(registry.title), true);
  book.marker(sheet, HeadRows::kMarker,
              {workbook::Table::registry, std::string(book.form.string(registry.code))});
  // The column of codes is shown: its numbers are what people write to each other.
  book.width(sheet, 0, 0, 11);
  book.text(sheet, HeadRows::kHeadings, 0, std::string(1, workbook::kOwnWords),
            Look::row_id_heading);
  for (std::uint32_t i = 0; i < place.ids.size(); ++i)
    book.text(sheet, place.first + i, 0, workbook::escape_cell(place.ids[i]), Look::row_id);
  EntryTable table(book, sheet, subject, HeadRows::kMarker, place.first);
  for (std::uint32_t c = 0; c < registry.columns.count; ++c) {
    const std::uint16_t at = place.columns[c];
    if (at == 0) continue;
    const Column& column = book.form.column(registry.columns.first + c);
    const auto last = static_cast<std::uint16_t>(at + (has_two_cells(column) ? 1 : 0));
    book.width(sheet, at, last, column_width(column));
    table.head(c, at);
    table.cells(c, at);
  }
  table.set_heights();
  const auto bottom = place.first + static_cast<std::uint32_t>(place.ids.size()) - 1;
  book.define(fmt::format("register_{}", book.form.string(registry.code)),
              fmt::format("{}:{}", book.reference(index, place.first, 0),
                          fixed_cell_name(bottom, static_cast<std::uint16_t>(place.width - 1))));
  worksheet_freeze_panes(sheet, place.first, 1);
  print_wide(book, sheet, 0, static_cast<std::uint16_t>(place.width - 1));
  book.file.check(worksheet_repeat_rows(sheet, HeadRows::kHeadings, HeadRows::kHeadings),
                  "repeating the headings");
  worksheet_set_selection(sheet, place.first, 1, place.first, 1);
}

void write_contacts(FormBook& book, std::uint32_t index) {
  lxw_worksheet* sheet = book.sheet(index);
  book.begin_sheet(index, QuestionColumn::kNumber, book.words.own("contacts_title"), true);
  std::uint32_t row = HeadRows::kFirst;
  for (const std::uint32_t question : book.plan.personal)
    row =
        std::max(row, book.plan.questions[question].row + book.plan.questions[question].lines + 1);
  begin_questions(book, index, row - 1);
  write_question_rows(book, index, book.plan.personal);
  // Tables below each other share their columns.
  book.width(sheet, QuestionColumn::kLimits, QuestionColumn::kOrigin, 24);
  book.height(sheet, HeadRows::kHeadings, 2);
  std::uint16_t last_column = QuestionColumn::kOrigin;
  for (std::uint32_t i = 0; i < book.plan.registers.size(); ++i) {
    if (book.plan.registers[i].contacts_first == kNone) continue;
    last_column = std::max(last_column, write_contacts_of(book, sheet, i));
    row = book.plan.registers[i].contacts_first +
          static_cast<std::uint32_t>(book.plan.registers[i].ids.size());
  }
  if (!book.personal_remarks.empty())
    row = write_remark_table(book, sheet, row + 1, QuestionColumn::kNumber, book.personal_remarks);
  if (!book.personal_texts.empty())
    row = write_text_table(book, sheet, row + 1, QuestionColumn::kNumber, book.personal_texts);
  book.file.check(worksheet_print_area(sheet, 0, QuestionColumn::kNumber, row, last_column),
                  "setting what is printed");
  print_wide(book, sheet, QuestionColumn::kNumber, last_column);
}

}  // namespace cosp
