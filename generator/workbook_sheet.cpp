#include "generator/workbook_sheet.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <memory>

#include <fmt/format.h>

#include "base/language.hpp"
#include "base/text.hpp"

namespace cosp {
namespace {

constexpr std::string_view kCutMark = " […]";

bool is_hex(char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; }

/// Excel reads "_x000D_" in a text as the character; the underscore itself so written stays one.
std::string escape_codes(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    const bool is_code = rest.size() >= 7 && rest[0] == '_' && rest[1] == 'x' && rest[6] == '_' &&
                         std::all_of(rest.begin() + 2, rest.begin() + 6, is_hex);
    result += is_code ? "_x005F_" : std::string_view(rest.substr(0, 1));
  }
  return result;
}

}  // namespace

std::string_view first_units(std::string_view text, std::size_t most) {
  std::size_t units = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    units += bytes == 4 ? 2 : 1;
    if (units > most) return text.substr(0, i);
    i += bytes;
  }
  return text;
}

std::string_view font_of(std::string_view language) {
  if (language.substr(0, 2) == "zh") return "SimSun";
  if (language.substr(0, 2) == "ar") return "Arial";
  return "Calibri";
}

std::string cell_text(std::string_view text, std::size_t most) {
  std::string visible(text);
  std::erase(visible, '\r');
  visible = escape_codes(mask_controls(visible));
  if (first_units(visible, most).size() == visible.size()) return visible;
  return std::string(first_units(visible, most - kCutMark.size())) + std::string(kCutMark);
}

std::string header_text(std::string_view text, std::size_t most) {
  const std::string visible = mask_controls(text);
  std::string doubled;
  for (const char c : first_units(visible, most))
    doubled += c == '&' ? std::string("&&") : std::string(1, c);
  return doubled;
}

/// In characters of Latin letters; those of Chinese and the like are twice as wide.
double width_of(std::string_view text) {
  double width = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0U) == 0x80U) continue;
    // From U+3000 on, which is where the wide ones begin in earnest.
    width += byte >= 0xE3 ? 2 : 1;
  }
  return width;
}

double lines_of(std::string_view text, double width) {
  double lines = 0;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const double characters = width_of(text.substr(begin, end - begin));
    // Widths are told in digits, which are wider than most letters; lines of whole words are not
    // quite filled.
    lines += std::max(1.0, std::ceil(0.95 * characters / width));
    begin = end + 1;
  }
  return lines;
}

std::string quoted_sheet(std::string_view name) {
  std::string quoted = "'";
  for (const char c : name) quoted += c == '\'' ? std::string("''") : std::string(1, c);
  return quoted + "'";
}

WorkbookFile::WorkbookFile(const std::filesystem::path& path, std::string_view language,
                           Date created, const std::string& title)
    : path_(path),
      book_(workbook_new(path.c_str())),
      is_right_to_left_(cosp::is_right_to_left(language)) {
  if (book_ == nullptr) throw std::bad_alloc();
  make_styles(language);
  std::string kept = cell_text(title, 200);
  lxw_doc_properties properties{};
  properties.title = kept.data();
  properties.created = static_cast<std::time_t>(created.days_from_epoch()) * 86'400;
  check(workbook_set_properties(book_, &properties), "setting properties");
}

WorkbookFile::~WorkbookFile() {
  if (book_ == nullptr) return;
  // The library frees its memory only by writing the file.
  (void)workbook_close(book_);
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

void WorkbookFile::make_styles(std::string_view language) {
  const std::string font(font_of(language));
  for (lxw_format*& format : styles_) {
    format = workbook_add_format(book_);
    format_set_font_name(format, font.c_str());
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (is_right_to_left_) format_set_reading_order(format, 2);
  }
  const auto at = [&](Style wanted) { return style(wanted); };
  format_set_bold(at(Style::title));
  format_set_font_size(at(Style::title), 14);
  format_set_italic(at(Style::note));
  format_set_bold(at(Style::mark));
  for (const Style heading : {Style::heading, Style::number_heading}) {
    format_set_bold(at(heading));
    format_set_align(at(heading), LXW_ALIGN_VERTICAL_BOTTOM);
    format_set_bottom(at(heading), LXW_BORDER_MEDIUM);
  }
  // Headings of numbers stand where the numbers do, whichever way the sheet runs.
  for (const Style number : {Style::number_heading, Style::figure, Style::number, Style::share})
    format_set_align(at(number), LXW_ALIGN_RIGHT);
  for (const Style wrapped : {Style::title, Style::note, Style::mark, Style::heading,
                              Style::number_heading, Style::words, Style::link})
    format_set_text_wrap(at(wrapped));
  format_set_num_format(at(Style::number), "#,##0");
  format_set_num_format(at(Style::share), "0%");
  format_set_num_format(at(Style::date), "yyyy-mm-dd");
  format_set_underline(at(Style::link), LXW_UNDERLINE_SINGLE);
  format_set_font_size(at(Style::ids), 8);
  format_set_align(at(Style::sign), LXW_ALIGN_CENTER);
}

lxw_worksheet* WorkbookFile::add_sheet(std::string_view name, std::string& used) {
  std::string clean;
  for (const char c : mask_controls(name))
    clean += std::string_view("[]:*?/\\'\n\t").find(c) != std::string_view::npos ? ' ' : c;
  if (clean.empty()) clean = "sheet";
  used = first_units(clean, LXW_SHEETNAME_MAX);
  for (int number = 2; !names_.insert(fold_for_comparison(used)).second; ++number)
    used = fmt::format("{} {}", first_units(clean, 27), number);
  lxw_worksheet* sheet = workbook_add_worksheet(book_, used.c_str());
  if (sheet == nullptr) throw std::bad_alloc();
  if (is_right_to_left_) worksheet_right_to_left(sheet);
  worksheet_set_paper(sheet, 9);  // A4
  worksheet_set_landscape(sheet);
  worksheet_fit_to_pages(sheet, 1, 0);
  return sheet;
}

void WorkbookFile::check(lxw_error error, std::string_view doing) {
  if (error == LXW_NO_ERROR || error_ != LXW_NO_ERROR) return;
  error_ = error;
  doing_ = doing;
}

void WorkbookFile::write(lxw_worksheet* sheet, std::uint32_t row, std::uint32_t column,
                         std::string_view text, Style style_used) {
  check(worksheet_write_string(sheet, row, static_cast<lxw_col_t>(column), cell_text(text).c_str(),
                               style(style_used)),
        "writing a text");
}

void WorkbookFile::write(lxw_worksheet* sheet, std::uint32_t row, std::uint32_t column,
                         std::int64_t number, Style style_used) {
  check(worksheet_write_number(sheet, row, static_cast<lxw_col_t>(column),
                               static_cast<double>(number), style(style_used)),
        "writing a number");
}

void WorkbookFile::write(lxw_worksheet* sheet, std::uint32_t row, std::uint32_t column,
                         const Decimal& number) {
  constexpr std::int64_t kMostExact = 1'000'000'000'000'000;  // 15 digits
  if (number.coefficient() >= kMostExact || number.coefficient() <= -kMostExact)
    return write(sheet, row, column, number.to_string(), Style::figure);
  check(worksheet_write_number(sheet, row, static_cast<lxw_col_t>(column), number.approximate(),
                               style(Style::figure)),
        "writing a figure");
}

void WorkbookFile::write(lxw_worksheet* sheet, std::uint32_t row, std::uint32_t column, Date date) {
  lxw_datetime value{};
  value.year = date.year;
  value.month = date.month;
  value.day = date.day;
  if (date.year < 1900) return write(sheet, row, column, date.to_string(), Style::figure);
  check(worksheet_write_datetime(sheet, row, static_cast<lxw_col_t>(column), &value,
                                 style(Style::date)),
        "writing a date");
}

void WorkbookFile::link(lxw_worksheet* sheet, std::uint32_t row, std::uint32_t column,
                        std::string_view sheet_name, std::string_view text) {
  const std::string target = fmt::format("internal:{}!A1", quoted_sheet(sheet_name));
  const auto at = static_cast<lxw_col_t>(column);
  check(worksheet_write_url_opt(sheet, row, at, target.c_str(), style(Style::link),
                                cell_text(text).c_str(), nullptr),
        "writing a link");
}

void WorkbookFile::set_lines(lxw_worksheet* sheet, std::uint32_t row, double lines) {
  constexpr double kHighest = 409;  // points
  check(worksheet_set_row(sheet, row, std::min(LXW_DEF_ROW_HEIGHT * lines, kHighest), nullptr),
        "setting a height");
}

void WorkbookFile::spread(lxw_worksheet* sheet, std::uint32_t row, std::uint32_t last, double width,
                          std::string_view text, Style style_used) {
  const bool is_large = style_used == Style::title;
  set_lines(sheet, row, is_large ? 1.3 * lines_of(text, width / 1.4) : lines_of(text, width));
  if (last == 0) return write(sheet, row, 0, text, style_used);
  check(worksheet_merge_range(sheet, row, 0, row, static_cast<lxw_col_t>(last),
                              cell_text(text).c_str(), style(style_used)),
        "writing over several columns");
}

Result<void> WorkbookFile::close() {
  check(workbook_close(std::exchange(book_, nullptr)), "writing the file");
  if (error_ == LXW_NO_ERROR) return {};
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
  return Error{Error::Kind::io,
               fmt::format("cannot write workbook: {}: {}", doing_, lxw_strerror(error_)),
               path_.string()};
}

}  // namespace cosp
