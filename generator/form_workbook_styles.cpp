#include "generator/form_workbook_styles.hpp"

#include "base/language.hpp"

namespace cosp {
namespace {

constexpr lxw_color_t kFrame = 0x7F7F7F;
constexpr lxw_color_t kBand = 0xDCE6F1;
constexpr lxw_color_t kQuietText = 0x595959;
constexpr lxw_color_t kQuietGround = 0xEDEDED;
constexpr lxw_color_t kLinkText = 0x0B4F8A;

void frame(lxw_format* format) {
  format_set_border(format, LXW_BORDER_THIN);
  format_set_border_color(format, kFrame);
}

}  // namespace

WorkbookStyles::WorkbookStyles(WorkbookFile& file, std::string_view language,
                               const std::string& number_word) {
  const bool is_right_to_left = cosp::is_right_to_left(language);
  const std::string font(font_of(language));
  for (lxw_format*& format : formats_) {
    format = workbook_add_format(file.get());
    format_set_font_name(format, font.c_str());
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    format_set_text_wrap(format);
    if (is_right_to_left) format_set_reading_order(format, 2);
  }
  const auto at = [&](Look look) { return (*this)[look]; };
  format_set_bold(at(Look::title));
  format_set_font_size(at(Look::title), 16);
  for (const Look plain :
       {Look::title, Look::mark, Look::block, Look::link, Look::hidden, Look::plain})
    at(plain)->text_wrap = LXW_FALSE;
  format_set_bold(at(Look::mark));
  format_set_italic(at(Look::notice));
  format_set_bold(at(Look::section));
  format_set_bold(at(Look::bold_run));
  format_set_underline(at(Look::link), LXW_UNDERLINE_SINGLE);
  format_set_font_color(at(Look::link), kLinkText);
  for (const Look heading : {Look::heading, Look::count_heading, Look::row_id_heading}) {
    format_set_bold(at(heading));
    format_set_align(at(heading), LXW_ALIGN_VERTICAL_BOTTOM);
    format_set_bottom(at(heading), LXW_BORDER_MEDIUM);
    format_set_bg_color(at(heading), kBand);
  }
  format_set_num_format(at(Look::hidden), ";;;");
  // The cell holds a sign for the program; people see the word.
  format_set_num_format(at(Look::row_id_heading), (";;;\"" + number_word + "\"").c_str());
  format_set_bold(at(Look::block));
  format_set_font_size(at(Look::block), 13);
  format_set_bg_color(at(Look::block), kBand);
  for (const Look number : {Look::counted, Look::count_heading})
    format_set_align(at(number), LXW_ALIGN_RIGHT);
  format_set_font_size(at(Look::standing_of_line), 8);
  format_set_font_color(at(Look::standing_of_line), kQuietText);
  format_set_font_size(at(Look::provision), 9);
  format_set_font_size(at(Look::limits), 9);
  format_set_indent(at(Look::line), 2);
  for (const Look beside : {Look::side, Look::limits}) format_set_indent(at(beside), 1);
  for (const Look framed : {Look::text, Look::choice, Look::tick, Look::whole_number,
                            Look::header_number, Look::figure, Look::date}) {
    format_set_unlocked(at(framed));
    frame(at(framed));
  }
  for (const Look settled : {Look::known, Look::known_date, Look::row_id}) {
    frame(at(settled));
    format_set_bg_color(at(settled), kQuietGround);
  }
  format_set_align(at(Look::tick), LXW_ALIGN_CENTER);
  // What begins with "=" or looks like a date stays what was typed.
  format_set_num_format(at(Look::text), "@");
  format_set_num_format(at(Look::known), "@");
  format_set_num_format(at(Look::whole_number), "#,##0");
  format_set_num_format(at(Look::header_number), "0");
  format_set_align(at(Look::header_number), is_right_to_left ? LXW_ALIGN_RIGHT : LXW_ALIGN_LEFT);
  format_set_align(at(Look::number), LXW_ALIGN_CENTER);
  for (const Look day : {Look::date, Look::known_date})
    format_set_num_format(at(day), "yyyy-mm-dd");
  not_asked_ = workbook_add_format(file.get());
  format_set_font_color(not_asked_, kQuietText);
  format_set_bg_color(not_asked_, kQuietGround);
  format_set_italic(not_asked_);
  required_ = workbook_add_format(file.get());
  format_set_bold(required_);
}

}  // namespace cosp
