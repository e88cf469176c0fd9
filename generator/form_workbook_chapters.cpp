// Sheets of questions: their head, columns and formats, and one for each chapter.
#include <algorithm>

#include <fmt/format.h>

#include "generator/form_workbook_book.hpp"

namespace cosp {
namespace {

struct Heading {
  std::uint16_t column;
  std::string_view property;  ///< as the head names it
  std::string_view words;
  double width;
};

constexpr Heading kHeadings[] = {
    {QuestionColumn::kNumber, "=number", "number", 6},
    {QuestionColumn::kWord, "=word", "standing", 16},
    {QuestionColumn::kProvision, "=provision", "provision", 14},
    {QuestionColumn::kText, "=question", "question", 54},
    {QuestionColumn::kAnswer, "answer", "answer", 44},
    {QuestionColumn::kLimits, "=limits", "limits", 22},
    {QuestionColumn::kReason, "reason", "reason", 20},
    {QuestionColumn::kNote, "note", "note", 30},
    {QuestionColumn::kVisibility, "visibility", "visibility", 16},
    {QuestionColumn::kDetail, "detail", "detail", 20},
    {QuestionColumn::kRows, "rows", "rows", 24},
    {QuestionColumn::kExpectedOn, "expected_on", "expected_on", 12},
    {QuestionColumn::kAuthor, "author", "author", 24},
    {QuestionColumn::kOrigin, "origin", "origin", 16},
};

void write_formats(FormBook& book, lxw_worksheet* sheet, std::uint32_t last) {
  const std::uint32_t first = HeadRows::kFirst;
  if (last < first) return;
  const auto apply = [&](std::uint16_t from, std::uint16_t to, std::string criterion,
                         lxw_format* format) {
    lxw_conditional_format rule{};
    rule.type = LXW_CONDITIONAL_TYPE_FORMULA;
    rule.value_string = criterion.data();
    rule.format = format;
    book.file.check(worksheet_conditional_format_range(sheet, first, from, last, to, &rule),
                    "setting a conditional format");
  };
  const std::string asked = "$" + cell_name(first, QuestionColumn::kAsked);
  apply(QuestionColumn::kNumber, QuestionColumn::kOrigin,
        fmt::format("=AND({0}<>\"\",{0}=0)", asked), book.styles.not_asked());
  const std::string standing = "$" + cell_name(first, QuestionColumn::kStanding);
  apply(QuestionColumn::kWord, QuestionColumn::kWord,
        fmt::format("=OR({0}=2,{0}=3,{0}=5,{0}=7)", standing), book.styles.required());
}

}  // namespace

void print_wide(FormBook& book, lxw_worksheet* sheet, std::uint16_t first, std::uint16_t last) {
  constexpr double kReadable = 200;  ///< characters on one page
  double width = 0;
  for (std::uint16_t column = first; column <= last; ++column)
    width += book.width_at(sheet, column);
  const auto pages = static_cast<std::uint16_t>(std::max(1.0, (width + kReadable - 1) / kReadable));
  worksheet_fit_to_pages(sheet, pages, 0);
  // What belongs to the same rows follows at once.
  worksheet_print_across(sheet);
  book.file.check(worksheet_repeat_columns(sheet, first, first), "repeating the numbers");
}

double question_column_width(std::uint16_t column) {
  const auto found = std::ranges::find(kHeadings, column, &Heading::column);
  return found == std::end(kHeadings) ? 1 : found->width;
}

void begin_questions(FormBook& book, std::uint32_t index, std::uint32_t last) {
  lxw_worksheet* sheet = book.sheet(index);
  book.width(sheet, QuestionColumn::kCode, QuestionColumn::kStanding, 8, true);
  book.marker(sheet, HeadRows::kMarker, {workbook::Table::questions, {}});
  book.own_words_row(sheet, HeadRows::kHeadings);
  constexpr std::pair<std::uint16_t, std::string_view> kHelpers[] = {
      {QuestionColumn::kAsked, "=asked"},
      {QuestionColumn::kGiven, "=given"},
      {QuestionColumn::kStanding, "=standing"}};
  for (const auto& [column, property] : kHelpers)
    book.text(sheet, HeadRows::kMarker, column, property, Look::hidden);
  for (const Heading& heading : kHeadings) {
    book.text(sheet, HeadRows::kMarker, heading.column, heading.property, Look::hidden);
    book.text(sheet, HeadRows::kHeadings, heading.column, book.words.own(heading.words),
              Look::heading);
    book.height(sheet, HeadRows::kHeadings, 2);
    book.width(sheet, heading.column, heading.column, heading.width);
  }
  worksheet_freeze_panes(sheet, HeadRows::kFirst, 0);
  book.file.check(worksheet_repeat_rows(sheet, HeadRows::kHeadings, HeadRows::kHeadings),
                  "repeating the headings");
  if (last < HeadRows::kFirst) return;
  book.file.check(
      worksheet_print_area(sheet, 0, QuestionColumn::kNumber, last, QuestionColumn::kOrigin),
      "setting what is printed");
  print_wide(book, sheet, QuestionColumn::kNumber, QuestionColumn::kOrigin);
  book.file.check(worksheet_autofilter(sheet, HeadRows::kHeadings, QuestionColumn::kNumber, last,
                                       QuestionColumn::kOrigin),
                  "setting a filter");
  write_formats(book, sheet, last);
}

void write_chapter(FormBook& book, std::uint32_t index) {
  const Chapter& chapter = book.form.chapters()[book.plan.sheets[index].subject];
  lxw_worksheet* sheet = book.sheet(index);
  book.begin_sheet(index, QuestionColumn::kNumber, book.words.of(chapter.title), true);
  std::vector<std::uint32_t> questions;
  std::uint32_t last = HeadRows::kFirst;
  for (const BlockPlace& place : book.plan.blocks) {
    if (place.sheet != index) continue;
    const Block& block = book.form.block(place.block);
    const std::uint32_t title = place.first - 1;
    book.define(fmt::format("block_{}", book.form.string(block.code)),
                book.reference(index, title, QuestionColumn::kNumber));
    book.own_words_row(sheet, title);
    book.text(sheet, title, QuestionColumn::kNumber, cell_text(book.words.block(block)),
              Look::block);
    for (std::uint16_t column = QuestionColumn::kWord; column <= QuestionColumn::kOrigin; ++column)
      book.text(sheet, title, column, {}, Look::block);
    const Range range = block.questions;
    for (std::uint32_t q = range.first; q < range.first + range.count; ++q)
      if (book.plan.questions[q].sheet == index) questions.push_back(q);
    last = std::max(last, place.last);
  }
  begin_questions(book, index, last);
  write_question_rows(book, index, questions);
  worksheet_set_selection(sheet, HeadRows::kFirst + 1, QuestionColumn::kAnswer,
                          HeadRows::kFirst + 1, QuestionColumn::kAnswer);
}

}  // namespace cosp
