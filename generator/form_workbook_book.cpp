#include "generator/form_workbook_book.hpp"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "base/language.hpp"
#include "base/text.hpp"

namespace cosp {
namespace {

using Kind = PlannedSheet::Kind;

/// In the properties of a workbook that is of no cycle: no clock is read.
constexpr Date kSomeDay{2024, 12, 24};

Date created_on(const FormWorkbookOptions& options) {
  if (options.created) return *options.created;
  return options.surroundings.cycle != nullptr ? options.surroundings.cycle->cut_off : kSomeDay;
}

bool is_conditional(Kind kind) {
  return kind == Kind::remarks || kind == Kind::languages || kind == Kind::unknown;
}

}  // namespace

FormBook::FormBook(const Form& form_written, const FormWorkbookOptions& given,
                   const Submission& content, FormWorkbookPlan planned,
                   const std::filesystem::path& path)
    : form(form_written),
      options(given),
      submission(content),
      plan(std::move(planned)),
      evaluation(form, submission, options.surroundings),
      knowledge{evaluation},
      words(form, options.language),
      file(path, options.language, created_on(options), words.title_of_form()),
      styles(file, options.language, words.own("number")) {
  const Cycle* cycle = options.surroundings.cycle;
  knowledge.knows_position =
      cycle != nullptr && cycle->positions.contains(submission.header.submitter);
  knowledge.knows_submitter = !submission.header.submitter.empty();
}

void FormBook::add_marks() {
  const Cycle* cycle = options.surroundings.cycle;
  const auto add = [&](std::string_view id) {
    mark += (mark.empty() ? "" : " · ") + words.text(id);
  };
  const bool is_known = cycle != nullptr || !submission.header.submitter.empty();
  const Purpose purpose = cycle != nullptr ? cycle->purpose : submission.header.purpose;
  if (is_known && (purpose == Purpose::test || submission.header.purpose == Purpose::test ||
                   (cycle != nullptr && cycle->roster.is_invented)))
    add("mark.test");
  else if (is_known && purpose == Purpose::pilot)
    add("mark.pilot");
  if (cycle == nullptr || !cycle->masthead) add("mark.draft");
}

std::string FormBook::title_of(const PlannedSheet& planned) {
  switch (planned.kind) {
    case Kind::cover: return words.own("cover");
    case Kind::progress: return words.own("progress");
    case Kind::registry: return words.of(form.registry(planned.subject).title);
    case Kind::contacts: return words.own("contacts");
    case Kind::remarks: return words.own("remarks");
    case Kind::languages: return words.own("languages");
    case Kind::explanations: return words.own("explanations");
    case Kind::unknown: return words.own("unknown");
    case Kind::lists: return words.own("lists");
    case Kind::chapter: break;
  }
  const Chapter& chapter = form.chapters()[planned.subject];
  const std::string_view code = form.string(chapter.code);
  // A code that is a word says no more than the title; a number does.
  const bool is_number =
      std::none_of(code.begin(), code.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  std::string title = words.of(chapter.title);
  if (!is_number) return title;
  return fmt::format("{} {}", code, title);
}

std::uint32_t FormBook::add_sheet(const PlannedSheet& planned) {
  // The library keeps what is repeated on each page in 128 bytes; of registers it names the sheet
  // twice.
  const std::size_t most_bytes = planned.kind == Kind::registry ? 52 : 96;
  std::string title = title_of(planned);
  for (std::size_t most = LXW_SHEETNAME_MAX; title.size() > most_bytes || most == LXW_SHEETNAME_MAX;
       --most)
    title = cut_at_word(title_of(planned), most);
  std::string used;
  sheets_.push_back(file.add_sheet(title, used));
  names_.push_back(used);
  quoted_.push_back(quoted_sheet(used) + "!");
  return static_cast<std::uint32_t>(sheets_.size() - 1);
}

/// Those that are always there, in their order; the others when they have something to hold.
void FormBook::add_sheets() {
  for (const PlannedSheet& planned : plan.sheets) {
    if (is_conditional(planned.kind)) {
      sheets_.push_back(nullptr);
      names_.emplace_back();
      quoted_.emplace_back();
      continue;
    }
    add_sheet(planned);
  }
  lists_.emplace(words, quoted_[plan.sheet_of(Kind::lists)]);
}

void FormBook::write_sheet(std::uint32_t index) {
  switch (plan.sheets[index].kind) {
    case Kind::cover: return write_cover(*this, index);
    case Kind::progress: return write_progress(*this, index);
    case Kind::chapter: return write_chapter(*this, index);
    case Kind::registry: return write_register(*this, index);
    case Kind::contacts: return write_contacts(*this, index);
    case Kind::remarks: return write_remarks(*this, index);
    case Kind::languages: return write_languages(*this, index);
    case Kind::explanations: return write_explanations(*this, index);
    case Kind::unknown: return write_unknown(*this, index);
    case Kind::lists: return write_lists(*this, index);
  }
}

Result<void> FormBook::write() {
  add_marks();
  add_sheets();
  collect_remarks();
  for (std::uint32_t i = 0; i < form.registers().size(); ++i) add_register_lists(i);
  reserved_cells_ = add_reservation_lists(*this);
  const std::uint32_t lists_index = plan.sheet_of(Kind::lists);
  for (std::uint32_t i = 0; i < plan.sheets.size(); ++i)
    if (!is_conditional(plan.sheets[i].kind) && i != lists_index) write_sheet(i);
  // Unknown answers may have texts that go on in the table of texts.
  const std::pair<Kind, bool> rest[] = {{Kind::remarks, !remarks.empty()},
                                        {Kind::unknown, !submission.unknown.empty()},
                                        {Kind::languages, true}};
  for (const auto& [kind, has_content] : rest) {
    if (!has_content || (kind == Kind::languages && further_texts.empty())) continue;
    const std::uint32_t planned = plan.sheet_of(kind);
    const std::uint32_t made = add_sheet(plan.sheets[planned]);
    std::swap(sheets_[planned], sheets_[made]);
    std::swap(names_[planned], names_[made]);
    std::swap(quoted_[planned], quoted_[made]);
    write_sheet(planned);
  }
  write_sheet(lists_index);
  return file.close();
}

void FormBook::text(lxw_worksheet* sheet, std::uint32_t row, std::uint16_t column,
                    std::string_view written, Look look) {
  if (written.empty()) {
    file.check(worksheet_write_blank(sheet, row, column, styles[look]), "writing a cell");
    return;
  }
  file.check(worksheet_write_string(sheet, row, column, std::string(written).c_str(), styles[look]),
             "writing a text");
}

void FormBook::number(lxw_worksheet* sheet, std::uint32_t row, std::uint16_t column, double value,
                      Look look) {
  file.check(worksheet_write_number(sheet, row, column, value, styles[look]), "writing a number");
}

void FormBook::day(lxw_worksheet* sheet, std::uint32_t row, std::uint16_t column, Date day,
                   Look look) {
  // Spreadsheets disagree on the days before March 1900.
  constexpr Date kFirstAgreed{1900, 3, 1};
  if (day < kFirstAgreed) return text(sheet, row, column, day.to_string(), Look::text);
  lxw_datetime value{};
  value.year = day.year;
  value.month = day.month;
  value.day = day.day;
  file.check(worksheet_write_datetime(sheet, row, column, &value, styles[look]), "writing a date");
}

void FormBook::formula(lxw_worksheet* sheet, std::uint32_t row, std::uint16_t column,
                       const std::string& written, Look look, double result) {
  file.check(worksheet_write_formula_num(sheet, row, column, written.c_str(), styles[look], result),
             "writing a formula");
}

void FormBook::formula(lxw_worksheet* sheet, std::uint32_t row, std::uint16_t column,
                       const std::string& written, Look look, const std::string& result) {
  file.check(worksheet_write_formula_str(sheet, row, column, written.c_str(), styles[look],
                                         result.c_str()),
             "writing a formula");
}

void FormBook::two_runs(lxw_worksheet* sheet, std::uint32_t row, std::uint16_t column,
                        const std::string& bold, const std::string& plain, Look look) {
  if (plain.empty() || bold.empty()) return text(sheet, row, column, bold + plain, look);
  std::string below = "\n" + plain;
  std::string first = bold;
  lxw_rich_string_tuple runs[] = {{styles[Look::bold_run], first.data()},
                                  {styles[Look::plain_run], below.data()}};
  lxw_rich_string_tuple* pointers[] = {&runs[0], &runs[1], nullptr};
  file.check(worksheet_write_rich_string(sheet, row, column, pointers, styles[look]),
             "writing a text");
}

void FormBook::link(lxw_worksheet* sheet, std::uint32_t row, std::uint16_t column,
                    std::uint32_t target, const std::string& said) {
  const std::string place = "internal:" + quoted_[target] + "A1";
  file.check(worksheet_write_url_opt(sheet, row, column, place.c_str(), styles[Look::link],
                                     cell_text(said).c_str(), nullptr),
             "writing a link");
}

void FormBook::width(lxw_worksheet* sheet, std::uint16_t first, std::uint16_t last,
                     double characters, bool is_hidden) {
  lxw_row_col_options hidden{};
  hidden.hidden = is_hidden ? 1 : 0;
  for (std::uint16_t column = first; column <= last; ++column)
    widths_[{sheet, column}] = characters;
  file.check(worksheet_set_column_opt(sheet, first, last, characters, nullptr, &hidden),
             "setting widths");
}

double FormBook::width_at(lxw_worksheet* sheet, std::uint16_t column) const {
  constexpr double kDefault = 8.43;
  const auto found = widths_.find({sheet, column});
  return found == widths_.end() ? kDefault : found->second;
}

void FormBook::height(lxw_worksheet* sheet, std::uint32_t row, double lines) {
  if (lines > 1.1) file.set_lines(sheet, row, lines);
}

void FormBook::hide_row(lxw_worksheet* sheet, std::uint32_t row) {
  lxw_row_col_options hidden{};
  hidden.hidden = 1;
  file.check(worksheet_set_row_opt(sheet, row, LXW_DEF_ROW_HEIGHT, nullptr, &hidden),
             "hiding a row");
}

void FormBook::set_page(lxw_worksheet* sheet, const std::string& title) {
  const std::string header =
      "&L" + header_text(title, 90) + (mark.empty() ? "" : "&R" + header_text(mark, 110));
  file.check(worksheet_set_header(sheet, header.c_str()), "setting a page header");
  const std::string pages =
      words.text("workbook.page", {{"page", std::string("&P")}, {"pages", std::string("&N")}});
  file.check(worksheet_set_footer(sheet, ("&C" + pages + "&R&A").c_str()), "setting a page footer");
  worksheet_set_margins(sheet, 0.4, 0.4, 0.6, 0.6);
}

void FormBook::begin_sheet(std::uint32_t index, std::uint16_t title_column,
                           const std::string& title, bool has_link) {
  lxw_worksheet* made = sheets_[index];
  set_page(made, words.title_of_form());
  for (const std::uint32_t row : {HeadRows::kTitle, HeadRows::kMark, HeadRows::kLink})
    own_words_row(made, row);
  text(made, HeadRows::kTitle, title_column, cell_text(title), Look::title);
  height(made, HeadRows::kTitle, 1.6);
  if (!mark.empty()) text(made, HeadRows::kMark, title_column, mark, Look::mark);
  if (has_link)
    link(made, HeadRows::kLink, title_column, plan.sheet_of(Kind::progress), words.own("back"));
  worksheet_gridlines(made, LXW_HIDE_ALL_GRIDLINES);
  // Texts that look like numbers are meant to be texts.
  file.check(worksheet_ignore_errors(made, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:AZ20000"),
             "setting what is no mistake");
  protect(made);
}

/// Without a password: what is locked is safe from slips, not from people. Sorting would part
/// entries from their locked numbers.
void FormBook::protect(lxw_worksheet* sheet) {
  lxw_protection allowed{};
  allowed.format_columns = 1;
  allowed.format_rows = 1;
  allowed.autofilter = 1;
  worksheet_protect(sheet, nullptr, &allowed);
}

void FormBook::marker(lxw_worksheet* sheet, std::uint32_t row, const workbook::Marker& marker) {
  text(sheet, row, 0, workbook::to_string(marker), Look::hidden);
  hide_row(sheet, row);
}

void FormBook::own_words_row(lxw_worksheet* sheet, std::uint32_t row) {
  text(sheet, row, 0, std::string(1, workbook::kOwnWords), Look::hidden);
}

void FormBook::define(std::string name, const std::string& place) {
  // Longer ones the library would cut.
  constexpr std::size_t kMostBytes = 120;
  if (name.size() > kMostBytes || place.size() > kMostBytes) return;
  for (char& c : name)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  file.check(workbook_define_name(file.get(), name.c_str(), ("=" + place).c_str()),
             "defining a name");
}

std::string FormBook::reference(std::uint32_t sheet, std::uint32_t row,
                                std::uint16_t column) const {
  return quoted_[sheet] + fixed_cell_name(row, column);
}

void FormBook::collect_remarks() {
  for (std::uint32_t i = 0; i < form.registers().size(); ++i) {
    const Register& registry = form.registry(i);
    const RegisterPlace& place = plan.registers[i];
    for (std::size_t r = 0; r < place.ids.size(); ++r) {
      if (place.rows[r] == kNone) continue;
      const Row& row = submission.registers[i][place.rows[r]];
      bool has_values = false;
      for (std::uint32_t c = 0; c < registry.columns.count; ++c) {
        const Answer& cell = row.cells[c];
        const Column& column = form.column(registry.columns.first + c);
        const std::string code = cell_code(form, i, row.id, registry.columns.first + c);
        if (plan.holds_cell_back(code)) continue;
        has_values |= cell.has_value();
        const bool has_more = cell.has_reason() || cell.extra != kNone ||
                              cell.origin != Origin::typed ||
                              cell.visibility > std::max(registry.floor, column.floor);
        if (!has_more || cell.origin == Origin::shared || cell.is_rejected) continue;
        (column.is_personal ? personal_remarks : remarks)
            .push_back({i, code, registry.columns.first + c, &cell});
      }
      if (!has_values)
        remarks.push_back({i, fmt::format("{}/{}", form.string(registry.code), row.id)});
    }
  }
}

}  // namespace cosp
