/// The workbook in the making: what all its sheets share. For generator/ only.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "generator/condition_formula.hpp"
#include "generator/form_workbook.hpp"
#include "generator/form_workbook_lists.hpp"
#include "generator/form_workbook_plan.hpp"
#include "generator/form_workbook_styles.hpp"
#include "generator/form_workbook_words.hpp"
#include "generator/workbook_sheet.hpp"

namespace cosp {

/// A row of the table of texts.
struct TextLine {
  std::string code, language, text;
  bool is_original = false;
};

/// An answer of a register that has more than a value.
struct RemarkLine {
  std::uint32_t registry = kNone;
  std::string code;
  std::uint32_t column = kNone;  ///< kNone: the row itself, in which nothing is answered
  const Answer* answer = nullptr;
};

/// What stands beside a value at an answer, by which its cells are drawn.
struct AnswerAt {
  const Field& field;
  const Answer& answer;
  std::string code;  ///< as texts and remarks name it
};

class FormBook final : public FormulaPlaces {
 public:
  /// The references must outlive the book.
  FormBook(const Form& form, const FormWorkbookOptions& options, const Submission& submission,
           FormWorkbookPlan plan, const std::filesystem::path& path);

  Result<void> write();

  // Writing cells. Texts are written as they are: whoever calls has escaped what needs it.
  void text(lxw_worksheet* sheet, std::uint32_t row, std::uint16_t column, std::string_view text,
            Look look);
  void number(lxw_worksheet* sheet, std::uint32_t row, std::uint16_t column, double number,
              Look look);
  void day(lxw_worksheet* sheet, std::uint32_t row, std::uint16_t column, Date day, Look look);
  /// `result` is what the formula gives now.
  void formula(lxw_worksheet* sheet, std::uint32_t row, std::uint16_t column,
               const std::string& formula, Look look, double result);
  void formula(lxw_worksheet* sheet, std::uint32_t row, std::uint16_t column,
               const std::string& formula, Look look, const std::string& result);
  /// A first run in bold, and lines below it as they are.
  void two_runs(lxw_worksheet* sheet, std::uint32_t row, std::uint16_t column,
                const std::string& bold, const std::string& plain, Look look);
  void link(lxw_worksheet* sheet, std::uint32_t row, std::uint16_t column, std::uint32_t target,
            const std::string& text);
  void width(lxw_worksheet* sheet, std::uint16_t first, std::uint16_t last, double characters,
             bool is_hidden = false);
  /// Of a column whose width was set, in characters.
  double width_at(lxw_worksheet* sheet, std::uint16_t column) const;
  /// The row as high as so many lines need; rows of one line find their height themselves.
  void height(lxw_worksheet* sheet, std::uint32_t row, double lines);
  void hide_row(lxw_worksheet* sheet, std::uint32_t row);
  /// A drop-down, or a limit, with the words shown at the cell; a warning says what is `asked`.
  void validate(lxw_worksheet* sheet, std::uint32_t first, std::uint32_t last, std::uint16_t column,
                lxw_data_validation& validation, const std::string& title,
                const std::string& message, const std::string& asked = {});
  void validate_any_day(lxw_worksheet* sheet, std::uint32_t first, std::uint32_t last,
                        std::uint16_t column, const std::string& title);
  void drop_down(lxw_worksheet* sheet, std::uint32_t first, std::uint32_t last,
                 std::uint16_t column, const std::string& range, bool is_open,
                 const std::string& title, const std::string& message);

  // What sheets have in common.
  lxw_worksheet* sheet(std::uint32_t index) const { return sheets_[index]; }
  const std::string& sheet_name(std::uint32_t index) const { return names_[index]; }
  /// Title, marks, page, protection.
  void begin_sheet(std::uint32_t index, std::uint16_t title_column, const std::string& title,
                   bool has_link);
  void protect(lxw_worksheet* sheet);
  void marker(lxw_worksheet* sheet, std::uint32_t row, const workbook::Marker& marker);
  /// Words of the program in the row of that code.
  void own_words_row(lxw_worksheet* sheet, std::uint32_t row);
  /// A name by which people and programs go to a place; signs that names do not have become "_".
  void define(std::string name, const std::string& place);
  std::string reference(std::uint32_t sheet, std::uint32_t row, std::uint16_t column) const;

  // Answers.
  /// The cells of an answer's value, the first at `row`, `column`; the second of a period or of
  /// money `next_row` rows below or in the next column.
  void write_value(lxw_worksheet* sheet, std::uint32_t row, std::uint16_t column,
                   const AnswerAt& at, bool is_known);
  void write_second(lxw_worksheet* sheet, std::uint32_t row, std::uint16_t column,
                    const AnswerAt& at, bool is_known);
  /// One of the properties beside the value.
  void write_property(lxw_worksheet* sheet, std::uint32_t row, std::uint16_t column,
                      workbook::Property property, const AnswerAt& at, Visibility floor);
  void validate_value(lxw_worksheet* sheet, std::uint32_t first, std::uint32_t last,
                      std::uint16_t column, const Field& field, const std::string& title,
                      bool is_column);
  void validate_second(lxw_worksheet* sheet, std::uint32_t first, std::uint32_t last,
                       std::uint16_t column, const Field& field, const std::string& title);
  /// Drop-downs of what stands beside answers, over whole columns.
  void validate_properties(lxw_worksheet* sheet, std::uint32_t first, std::uint32_t last,
                           const std::map<workbook::Property, std::uint16_t>& columns);
  /// A text in the language of the submission; its other languages, and what is too long, go to
  /// the table of texts.
  void write_texts(lxw_worksheet* sheet, std::uint32_t row, std::uint16_t column,
                   std::span<const LocalText> texts, const std::string& code, bool is_personal,
                   Look look);
  /// What a cell says, for names of rows.
  std::string cell_words(const Field& field, const Answer& answer);
  std::string row_name(std::uint32_t registry, std::uint32_t row);
  /// Whether any cell of the entry's row holds something; false for kNone.
  bool fills_cells(std::uint32_t registry, std::uint32_t row) const;
  std::string row_label(std::uint32_t registry, std::uint32_t row);
  bool has_value_in_cells(const Field& field, const Answer& answer) const;
  Standing standing_of(std::uint32_t question) const;
  bool is_required(const Field& field) const;

  // FormulaPlaces
  std::optional<QuestionCells> question(std::uint32_t index) const override;
  std::string option(std::uint32_t list, std::uint32_t position) override;
  std::string reason(Reason reason) override;
  std::string stage_is(Stage stage) override;
  std::string reserved(std::uint32_t provision) override;
  std::string row_names(std::uint32_t registry) const override;
  std::string row_ids(std::uint32_t registry) const override;
  std::string column(std::uint32_t column, bool second) const override;

  const Form& form;
  const FormWorkbookOptions& options;
  const Submission& submission;
  const FormWorkbookPlan plan;
  const Evaluation evaluation;
  FormulaKnowledge knowledge;
  WorkbookWords words;
  WorkbookFile file;
  WorkbookStyles styles;
  std::string mark;  ///< of drafts, pilots, tests; on every sheet and page
  std::vector<TextLine> further_texts, personal_texts;
  std::vector<RemarkLine> remarks, personal_remarks;

  WorkbookLists& lists() { return *lists_; }

 private:
  void add_sheets();
  std::uint32_t add_sheet(const PlannedSheet& planned);
  void add_marks();
  void add_register_lists(std::uint32_t registry);
  void set_page(lxw_worksheet* sheet, const std::string& title);
  void collect_remarks();
  void write_sheet(std::uint32_t index);
  std::string title_of(const PlannedSheet& planned);
  std::string joined_rows(std::uint32_t registry, std::span<const std::uint32_t> rows);
  std::string joined_items(const Field& field, const Answer& answer);

  std::vector<lxw_worksheet*> sheets_;
  std::vector<std::string> names_, quoted_;
  std::optional<WorkbookLists> lists_;
  std::map<std::pair<lxw_worksheet*, std::uint16_t>, double> widths_;
  std::map<std::uint32_t, std::string> reserved_cells_;  ///< by provision
};

/// Adds, for every provision whose reservation closes questions here, a cell that tells it; by
/// provision.
std::map<std::uint32_t, std::string> add_reservation_lists(FormBook& book);

// Each kind of sheet.
void write_cover(FormBook& book, std::uint32_t sheet);
void write_progress(FormBook& book, std::uint32_t sheet);
void write_chapter(FormBook& book, std::uint32_t sheet);
void write_register(FormBook& book, std::uint32_t sheet);
void write_contacts(FormBook& book, std::uint32_t sheet);
void write_remarks(FormBook& book, std::uint32_t sheet);
void write_languages(FormBook& book, std::uint32_t sheet);
void write_explanations(FormBook& book, std::uint32_t sheet);
void write_unknown(FormBook& book, std::uint32_t sheet);
void write_lists(FormBook& book, std::uint32_t sheet);

/// Members of the header from `row` on, below a heading; returns the row behind them.
std::uint32_t write_header_table(FormBook& book, lxw_worksheet* sheet, std::uint32_t row,
                                 const std::string& title,
                                 std::span<const workbook::HeaderMember> members);
/// Rows of questions from `row` on; those of one table. Returns the row behind them.
std::uint32_t write_question_rows(FormBook& book, std::uint32_t sheet,
                                  std::span<const std::uint32_t> questions);
/// Prints all columns from the first to the last, on as many pages side by side as can be read; the
/// first column is on each. After widths are set.
void print_wide(FormBook& book, lxw_worksheet* sheet, std::uint16_t first, std::uint16_t last);
/// Characters that fit into a line of a column of questions.
double question_column_width(std::uint16_t column);
void begin_questions(FormBook& book, std::uint32_t sheet, std::uint32_t last_row);
/// Tables below each other, from `row` on; each returns the row behind it.
std::uint32_t write_remark_table(FormBook& book, lxw_worksheet* sheet, std::uint32_t row,
                                 std::uint16_t first_column, const std::vector<RemarkLine>& lines);
std::uint32_t write_text_table(FormBook& book, lxw_worksheet* sheet, std::uint32_t row,
                               std::uint16_t first_column, const std::vector<TextLine>& lines);

}  // namespace cosp
