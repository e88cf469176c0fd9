// Sheets that are there when there is something to put on them, and the hidden lists.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "generator/form_workbook_book.hpp"

namespace cosp {
namespace {

using Kind = PlannedSheet::Kind;
using workbook::Property;
using workbook::Table;

struct Head {
  std::string_view property;  ///< as the head names it
  std::string_view words;
};

/// A table of its own: the head, hidden, and the headings; at the top of a sheet its title stands
/// between them. Returns the first row behind them.
std::uint32_t begin_table(FormBook& book, lxw_worksheet* sheet, std::uint32_t row,
                          std::uint16_t first, Table table, std::span<const Head> heads) {
  const std::uint32_t headings = row == HeadRows::kMarker ? HeadRows::kHeadings : row + 1;
  book.marker(sheet, row, {table, {}});
  book.own_words_row(sheet, headings);
  if (row == HeadRows::kMarker)
    book.file.check(worksheet_repeat_rows(sheet, headings, headings), "repeating the headings");
  std::uint16_t column = first;
  for (const Head& head : heads) {
    book.text(sheet, row, column, head.property, Look::hidden);
    book.text(sheet, headings, column, book.words.own(head.words), Look::heading);
    ++column;
  }
  return headings + 1;
}

/// Of "register/row/column": what each part is called.
void write_place(FormBook& book, lxw_worksheet* sheet, std::uint32_t row, std::uint16_t column,
                 const RemarkLine& line) {
  const Register& registry = book.form.registry(line.registry);
  std::string said = fmt::format("{}: ", book.words.of(registry.title));
  const std::size_t first = line.code.find('/') + 1;
  said += line.code.substr(first, line.code.find('/', first) - first);
  if (line.column != kNone) said += "\n" + book.words.of(book.form.column(line.column).label);
  book.text(sheet, row, column, cell_text(said), Look::words);
}

void plain_widths(FormBook& book, lxw_worksheet* sheet, std::span<const double> widths) {
  book.width(sheet, 0, 0, 8, true);
  std::uint16_t column = 1;
  for (const double width : widths) book.width(sheet, column, column, width), ++column;
}

/// Whether the provision stands below the other: "7(1)(a)" below "7(1)".
bool is_part_of(std::string_view inner, std::string_view outer) {
  return inner.size() > outer.size() && inner.starts_with(outer) && inner[outer.size()] == '(';
}

}  // namespace

std::uint32_t write_remark_table(FormBook& book, lxw_worksheet* sheet, std::uint32_t row,
                                 std::uint16_t first, const std::vector<RemarkLine>& lines) {
  constexpr Head kHeads[] = {{"=place", "place"},
                             {"reason", "reason"},
                             {"detail", "detail"},
                             {"rows", "rows"},
                             {"expected_on", "expected_on"},
                             {"note", "note"},
                             {"visibility", "visibility"},
                             {"author", "author"},
                             {"origin", "origin"}};
  row = begin_table(book, sheet, row, first, Table::remarks, kHeads);
  std::map<Property, std::uint16_t> columns;
  for (std::size_t i = 1; i < std::size(kHeads); ++i)
    columns[*workbook::parse_property(kHeads[i].property)] = static_cast<std::uint16_t>(first + i);
  static const Answer absent;
  const std::uint32_t begin = row;
  for (const RemarkLine& line : lines) {
    book.text(sheet, row, 0, workbook::escape_cell(line.code), Look::hidden);
    write_place(book, sheet, row, first, line);
    double height = 2;
    if (line.answer != nullptr)
      if (const AnswerExtra* extra = book.submission.extra_of(*line.answer))
        for (const LocalText& note : extra->note)
          height =
              std::max(height, lines_of(note.text, book.width_at(sheet, columns[Property::note])));
    book.height(sheet, row, height);
    if (line.column != kNone) {
      const Column& column = book.form.column(line.column);
      const Visibility floor = std::max(column.floor, book.form.registry(line.registry).floor);
      const AnswerAt at{column, line.answer == nullptr ? absent : *line.answer, line.code};
      for (const auto& [property, where] : columns)
        book.write_property(sheet, row, where, property, at, floor);
      book.drop_down(sheet, row, row, columns[Property::visibility],
                     book.lists().visibilities(floor), false, {},
                     book.words.own("message_visibility"));
    }
    ++row;
  }
  if (row > begin) book.validate_properties(sheet, begin, row - 1, columns);
  return row;
}

std::uint32_t write_text_table(FormBook& book, lxw_worksheet* sheet, std::uint32_t row,
                               std::uint16_t first, const std::vector<TextLine>& lines) {
  constexpr Head kHeads[] = {{"=place", "place"},
                             {workbook::kLanguage, "language"},
                             {workbook::kOriginal, "original"},
                             {workbook::kText, "text"}};
  row = begin_table(book, sheet, row, first, Table::texts, kHeads);
  for (const TextLine& line : lines) {
    book.text(sheet, row, 0, workbook::escape_cell(line.code), Look::hidden);
    book.text(sheet, row, first, workbook::escape_cell(line.code), Look::words);
    book.text(sheet, row, static_cast<std::uint16_t>(first + 1), line.language, Look::text);
    book.text(sheet, row, static_cast<std::uint16_t>(first + 2),
              line.is_original ? workbook::kTick : std::string_view{}, Look::tick);
    const auto at = static_cast<std::uint16_t>(first + 3);
    book.text(sheet, row, at, line.text, Look::text);
    book.height(sheet, row, lines_of(line.text, book.width_at(sheet, at)));
    ++row;
  }
  return row;
}

void write_remarks(FormBook& book, std::uint32_t index) {
  constexpr double kWidths[] = {40, 20, 20, 24, 12, 40, 16, 24, 16};
  book.begin_sheet(index, 1, book.words.own("remarks"), true);
  plain_widths(book, book.sheet(index), kWidths);
  write_remark_table(book, book.sheet(index), HeadRows::kMarker, 1, book.remarks);
}

void write_languages(FormBook& book, std::uint32_t index) {
  constexpr double kWidths[] = {36, 10, 10, 110};
  book.begin_sheet(index, 1, book.words.own("languages"), true);
  plain_widths(book, book.sheet(index), kWidths);
  write_text_table(book, book.sheet(index), HeadRows::kMarker, 1, book.further_texts);
}

void write_explanations(FormBook& book, std::uint32_t index) {
  constexpr double kWidths[] = {50, 110, 30};
  constexpr std::uint32_t kPrepared = 30;
  // Whoever explains a finding types what it is about, so its code stands where people see it.
  constexpr Head kHeads[] = {{workbook::kExplained, "rule"},
                             {workbook::kText, "explanation"},
                             {workbook::kDigest, "digest"}};
  lxw_worksheet* sheet = book.sheet(index);
  book.begin_sheet(index, 1, book.words.own("explanations"), true);
  plain_widths(book, sheet, kWidths);
  std::uint32_t row = begin_table(book, sheet, HeadRows::kMarker, 1, Table::explanations, kHeads);
  for (const Explanation& explanation : book.submission.explanations) {
    const std::string code = fmt::format("{}@{}", explanation.rule, explanation.place);
    book.text(sheet, row, 1, workbook::escape_cell(code), Look::text);
    book.write_texts(sheet, row, 2, explanation.text, code, false, Look::text);
    book.text(sheet, row, 3, workbook::escape_cell(explanation.digest), Look::text);
    double lines = lines_of(code, kWidths[0]);
    for (const LocalText& version : explanation.text)
      lines = std::max(lines, lines_of(version.text, kWidths[1]));
    book.height(sheet, row, lines);
    ++row;
  }
  for (std::uint32_t prepared = 0; prepared < kPrepared; ++prepared, ++row)
    for (std::size_t column = 1; column <= std::size(kHeads); ++column)
      book.text(sheet, row, static_cast<std::uint16_t>(column), {}, Look::text);
}

void write_unknown(FormBook& book, std::uint32_t index) {
  constexpr double kWidths[] = {36, 110};
  constexpr Head kHeads[] = {{"=place", "place"}, {workbook::kJson, "json"}};
  lxw_worksheet* sheet = book.sheet(index);
  book.begin_sheet(index, 1, book.words.own("unknown"), true);
  plain_widths(book, sheet, kWidths);
  std::uint32_t row = begin_table(book, sheet, HeadRows::kMarker, 1, Table::unknown, kHeads);
  for (const UnknownAnswer& unknown : book.submission.unknown) {
    book.text(sheet, row, 0, workbook::escape_cell(unknown.code), Look::hidden);
    book.text(sheet, row, 1, workbook::escape_cell(unknown.code), Look::words);
    const LocalText whole{book.submission.header.language, unknown.json};
    book.write_texts(sheet, row, 2, {&whole, 1}, unknown.code, false, Look::known);
    ++row;
  }
}

void write_lists(FormBook& book, std::uint32_t index) {
  lxw_worksheet* sheet = book.sheet(index);
  book.text(sheet, 0, 0, workbook::to_string({Table::lists, {}}), Look::hidden);
  for (const auto& [key, column] : book.lists().columns()) {
    book.text(sheet, 1, column.number, key, Look::hidden);
    std::uint32_t row = WorkbookLists::kFirstRow;
    for (const ListCell& cell : column.cells) {
      if (cell.formula.empty() && cell.is_number)
        book.number(sheet, row, column.number, cell.number, Look::hidden);
      else if (cell.formula.empty())
        book.text(sheet, row, column.number, cell.text, Look::hidden);
      else if (cell.is_number)
        book.formula(sheet, row, column.number, cell.formula, Look::hidden, cell.number);
      else
        book.formula(sheet, row, column.number, cell.formula, Look::hidden, cell.text);
      ++row;
    }
  }
  book.protect(sheet);
  worksheet_hide(sheet);
}

std::map<std::uint32_t, std::string> add_reservation_lists(FormBook& book) {
  std::map<std::uint32_t, std::string> cells;
  const Form& form = book.form;
  if (form.tables().reservations.empty()) return cells;
  const ReservationDeclaration& declared = form.tables().reservations.front();
  if (declared.registry == kNone || declared.provisions_column == kNone) return cells;
  const ConditionFormula in_force = rows_formula(form, declared.in_force, book, book.knowledge);
  if (in_force.kind != ConditionFormula::Kind::formula) return cells;
  // What the depositary's own data close does not depend on what is entered here.
  Submission nothing;
  nothing.header = book.submission.header;
  nothing.answers.resize(form.questions().size());
  nothing.registers.resize(form.registers().size());
  const Evaluation depositary(form, nothing, book.options.surroundings);
  std::vector<bool> entered(form.provisions().size(), false);
  for (const std::uint32_t row : book.evaluation.rows(declared.registry, kNone)) {
    if (!book.evaluation.holds(declared.in_force, {declared.registry, row})) continue;
    const Answer& named =
        book.submission.cell(form, declared.registry, row, declared.provisions_column);
    if (named.has_value())
      for (const std::uint32_t provision : book.submission.numbers_of(named))
        if (provision < entered.size()) entered[provision] = true;
  }
  std::set<std::string_view> articles;
  for (const BlockPlace& place : book.plan.blocks)
    if (const std::uint32_t whole = form.block(place.block).provision; whole != kNone)
      articles.insert(form.string(form.provisions()[whole].article));
  for (const ConditionNode& node : form.tables().conditions)
    if (node.kind == ConditionKind::reserved)
      articles.insert(form.string(form.provisions()[node.subject].article));
  std::vector<std::uint32_t> provisions;
  for (std::uint32_t i = 0; i < form.provisions().size(); ++i)
    if (articles.contains(form.string(form.provisions()[i].article))) provisions.push_back(i);
  if (provisions.empty()) return cells;
  const std::string column = book.column(declared.provisions_column, false);
  if (column.empty()) return cells;
  WorkbookLists& lists = book.lists();
  const std::uint16_t named_at = lists.next_column();
  const auto reserved_at = static_cast<std::uint16_t>(named_at + 1);
  std::vector<ListCell> named, reserved;
  for (std::size_t i = 0; i < provisions.size(); ++i) {
    const Provision& provision = form.provisions()[provisions[i]];
    const std::string_view code = form.string(provision.code);
    named.push_back({fmt::format("=IF(SUMPRODUCT({},--{})>0,1,0)", in_force.text,
                                 names_entry(column, quoted_text(code).value_or("\"\""))),
                     {},
                     entered[provisions[i]] ? 1.0 : 0.0,
                     true});
    cells[provisions[i]] = lists.address(reserved_at, i);
    if (depositary.is_reserved(provisions[i])) {
      reserved.push_back({{}, {}, 1, true});
      continue;
    }
    std::string any = lists.address(named_at, i) + "=1";
    std::string all;
    for (std::size_t j = 0; j < provisions.size(); ++j) {
      const Provision& other = form.provisions()[provisions[j]];
      if (j == i || form.string(other.article) != form.string(provision.article)) continue;
      if (provision.is_whole_article)
        all += (all.empty() ? "" : ",") + lists.address(reserved_at, j) + "=1";
      else if (other.is_whole_article || is_part_of(code, form.string(other.code)))
        any += "," + lists.address(named_at, j) + "=1";
    }
    if (!all.empty()) any += ",AND(" + all + ")";
    reserved.push_back({"=IF(OR(" + any + "),1,0)",
                        {},
                        book.evaluation.is_reserved(provisions[i]) ? 1.0 : 0.0,
                        true});
  }
  lists.add("=named", std::move(named));
  lists.add("=reserved", std::move(reserved));
  return cells;
}

}  // namespace cosp
