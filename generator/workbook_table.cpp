#include "generator/workbook_table.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include <fmt/format.h>

#include "base/text.hpp"

namespace cosp {
namespace {

/// Titles and notes spread at least so wide, however narrow their table, in characters.
constexpr double kReadingWidth = 100;
constexpr double kLabelWidth = 44;
constexpr double kHiddenWidth = 0;

enum Lines : std::uint32_t { kTitle, kDenominator, kMarks, kBack, kIds, kHeadings, kFirst };

/// Greys told apart by pattern as well: nothing is said by colour.
struct Fill {
  lxw_color_t colour;
  std::uint8_t pattern;
};
constexpr std::array<Fill, 8> kFills = {{{0x404040, LXW_CHART_PATTERN_NONE},
                                         {0x808080, LXW_CHART_PATTERN_WIDE_UPWARD_DIAGONAL},
                                         {0xBFBFBF, LXW_CHART_PATTERN_NONE},
                                         {0x595959, LXW_CHART_PATTERN_PERCENT_25},
                                         {0x7F7F7F, LXW_CHART_PATTERN_LIGHT_VERTICAL},
                                         {0x404040, LXW_CHART_PATTERN_LIGHT_DOWNWARD_DIAGONAL},
                                         {0xA6A6A6, LXW_CHART_PATTERN_PERCENT_50},
                                         {0x262626, LXW_CHART_PATTERN_PERCENT_10}}};

class TableSheet {
 public:
  TableSheet(WorkbookFile& book, lxw_worksheet* sheet, std::string sheet_name, const Table& table,
             TableText& text)
      : book_(book),
        sheet_(sheet),
        name_(std::move(sheet_name)),
        table_(table),
        text_(text),
        order_(text.row_order(table)),
        labels_(table.row_heading.kind == Label::Kind::none ? 0 : 1) {}

  void write(const WorkbookFrame& frame, const CompilationInput& input) {
    write_head(frame, input);
    write_headings();
    for (std::uint32_t i = 0; i < order_.size(); ++i) write_row(kFirst + i, order_[i]);
    set_widths();
    if (!order_.empty()) add_native_table();
    std::uint32_t line = write_notes(end_row() + 1);
    if (table_.figure && !order_.empty()) insert_chart(line + 1);
    worksheet_freeze_panes(sheet_, kFirst,
                           static_cast<lxw_col_t>(std::max<std::uint32_t>(labels_, 1)));
    book_.check(worksheet_repeat_rows(sheet_, kHeadings, kHeadings), "repeating rows");
  }

 private:
  std::uint32_t columns() const {
    return labels_ + static_cast<std::uint32_t>(table_.columns.size());
  }
  std::uint32_t end_row() const { return kFirst + static_cast<std::uint32_t>(order_.size()); }

  void write_head(const WorkbookFrame& frame, const CompilationInput& input) {
    spread(kTitle, text_.title(table_), Style::title);
    spread(kDenominator, text_.denominator_line(table_), Style::note);
    std::string marks = frame.mark;
    if (table_.is_invented && input.cycle.decision)
      marks += " · " +
               text_.text("note.comparison_invented", {{"symbol", input.cycle.decision->symbol}});
    if (!marks.empty()) spread(kMarks, marks, Style::mark);
    book_.link(sheet_, kBack, 0, frame.contents_name, text_.text("workbook.back"));
  }

  /// Headings as a native table takes them: none empty, none twice.
  void write_headings() {
    if (labels_ != 0) add_heading(text_.label(table_.row_heading));
    for (const TableColumn& column : table_.columns) {
      const std::string group = text_.label(column.group);
      const std::string label = text_.label(column.label);
      add_heading(group.empty() ? label : fmt::format("{}: {}", group, label));
    }
    double lines = 1;
    for (std::uint32_t i = 0; i < columns(); ++i) {
      book_.write(sheet_, kHeadings, i, headings_[i], heading_style(i));
      // Bold, and beside it the button of the native table's filter.
      lines = std::max(lines, lines_of(headings_[i], width_of(i) - 3));
    }
    for (std::uint32_t i = 0; i < table_.columns.size(); ++i)
      book_.write(sheet_, kIds, labels_ + i, table_.columns[i].id, Style::ids);
    book_.set_lines(sheet_, kHeadings, lines + 0.2);
    lxw_row_col_options hidden{};
    hidden.hidden = LXW_TRUE;
    book_.check(worksheet_set_row_opt(sheet_, kIds, LXW_DEF_ROW_HEIGHT, nullptr, &hidden),
                "hiding a row");
  }

  void add_heading(const std::string& text) {
    std::string heading = cell_text(text, 240);
    std::replace(heading.begin(), heading.end(), '\n', ' ');
    if (heading.empty()) heading = "-";
    const std::string base = heading;
    const auto is_taken = [&](const std::string& wanted) {
      return std::any_of(headings_.begin(), headings_.end(), [&](const std::string& other) {
        return fold_for_comparison(other) == fold_for_comparison(wanted);
      });
    };
    for (int number = 2; is_taken(heading); ++number)
      heading = fmt::format("{} ({})", base, number);
    headings_.push_back(std::move(heading));
  }

  void write_row(std::uint32_t line, std::uint32_t index) {
    const TableRow& row = table_.rows[index];
    double lines = 1;
    if (labels_ != 0) {
      const std::string label = text_.label(row.label);
      book_.write(sheet_, line, 0, label, Style::words);
      lines = lines_of(label, kLabelWidth);
    }
    for (std::uint32_t i = 0; i < row.cells.size(); ++i) {
      write_cell(line, labels_ + i, row.cells[i]);
      if (row.cells[i].kind == Cell::Kind::labels || row.cells[i].kind == Cell::Kind::text)
        lines = std::max(lines, lines_of(text_.cell(row.cells[i]), width_of(labels_ + i)));
    }
    book_.write(sheet_, line, columns(), row.id, Style::ids);
    if (lines > 1) book_.set_lines(sheet_, line, lines);
  }

  void write_cell(std::uint32_t line, std::uint32_t column, const Cell& cell) {
    if (cell.is_suppressed || cell.is_restricted)
      return book_.write(sheet_, line, column, text_.cell(cell), Style::sign);
    switch (cell.kind) {
      case Cell::Kind::empty: return;
      case Cell::Kind::count: return book_.write(sheet_, line, column, cell.count, Style::number);
      case Cell::Kind::share: return write_share(line, column, cell);
      case Cell::Kind::figure: return book_.write(sheet_, line, column, cell.figure);
      case Cell::Kind::date: return book_.write(sheet_, line, column, cell.date);
      case Cell::Kind::symbol:
        return book_.write(sheet_, line, column, text_.cell(cell), Style::sign);
      case Cell::Kind::labels:
      case Cell::Kind::text:
        return book_.write(sheet_, line, column, text_.cell(cell), Style::words);
    }
  }

  /// Whole per cents, half rounded up, as in the documents.
  void write_share(std::uint32_t line, std::uint32_t column, const Cell& cell) {
    if (cell.denominator <= 0)
      return book_.write(sheet_, line, column, text_.cell(cell), Style::sign);
    const std::int64_t per_cent = (200 * cell.count + cell.denominator) / (2 * cell.denominator);
    const auto at = static_cast<lxw_col_t>(column);
    book_.check(worksheet_write_number(sheet_, line, at, static_cast<double>(per_cent) / 100,
                                       book_.style(Style::share)),
                "writing a share");
  }

  /// In characters; columns beyond the table have the spreadsheet's own.
  double width_of(std::uint32_t column) const {
    if (column < labels_) return kLabelWidth;
    if (column == columns()) return kHiddenWidth;
    if (column > columns()) return LXW_DEF_COL_WIDTH;
    if (is_of_words(column)) return 26;
    return table_.kind == "matrix" ? 10 : 13;
  }

  bool is_of_words(std::uint32_t column) const {
    return column >= labels_ && table_.columns[column - labels_].role == Role::words &&
           table_.kind != "matrix";
  }

  Style heading_style(std::uint32_t column) const {
    const bool is_of_numbers = column >= labels_ && !is_of_words(column) && table_.kind != "matrix";
    return is_of_numbers ? Style::number_heading : Style::heading;
  }

  void spread(std::uint32_t line, const std::string& text, Style style) {
    std::uint32_t last = 0;
    double width = width_of(0);
    while (width < kReadingWidth) width += width_of(++last);
    book_.spread(sheet_, line, last, width, text, style);
  }

  void set_widths() {
    const auto set = [&](std::uint32_t first, std::uint32_t last, double width,
                         lxw_row_col_options* options) {
      book_.check(worksheet_set_column_opt(sheet_, static_cast<lxw_col_t>(first),
                                           static_cast<lxw_col_t>(last), width, nullptr, options),
                  "setting widths");
    };
    for (std::uint32_t i = 0; i < columns(); ++i) set(i, i, width_of(i), nullptr);
    lxw_row_col_options hidden{};
    hidden.hidden = LXW_TRUE;
    set(columns(), columns(), 8, &hidden);
  }

  void add_native_table() {
    std::vector<lxw_table_column> heads(columns());
    std::vector<lxw_table_column*> pointers;
    for (std::uint32_t i = 0; i < columns(); ++i) {
      heads[i].header = headings_[i].data();
      heads[i].header_format = book_.style(heading_style(i));
      pointers.push_back(&heads[i]);
    }
    pointers.push_back(nullptr);
    std::string table_name = "table_" + defined_name(table_.id);
    lxw_table_options options{};
    options.name = table_name.data();
    options.style_type = LXW_TABLE_STYLE_TYPE_LIGHT;
    options.style_type_number = 1;  // greys
    options.columns = pointers.data();
    const auto last = static_cast<lxw_col_t>(columns() - 1);
    book_.check(worksheet_add_table(sheet_, kHeadings, 0, end_row() - 1, last, &options),
                "adding a table");
    char range[LXW_MAX_FORMULA_RANGE_LENGTH] = {};
    lxw_rowcol_to_range_abs(range, kHeadings, 0, end_row() - 1, last);
    const std::string formula = fmt::format("={}!{}", quoted_sheet(name_), range);
    book_.check(workbook_define_name(book_.get(), defined_name(table_.id).c_str(), formula.c_str()),
                "defining a name");
  }

  std::uint32_t write_notes(std::uint32_t line) {
    for (const Label& note : table_.notes) spread(line++, text_.label(note), Style::note);
    if (table_.kind == "matrix")
      for (int i = 0; i < kSymbolCount; ++i) {
        const auto symbol = static_cast<Symbol>(i);
        const std::string meaning = text_.text("symbol." + std::string(to_string(symbol)));
        spread(line++, fmt::format("{}  {}", sign_of(symbol), meaning), Style::words);
      }
    if (table_.figure && table_.has_suppressed())
      spread(line++, text_.text("note.chart_suppressed"), Style::note);
    return line;
  }

  bool is_drawn(std::uint32_t column) const {
    return std::any_of(table_.figure->rows.begin(), table_.figure->rows.end(),
                       [&](std::uint32_t row) {
                         const Cell& cell = table_.rows[row].cells[column];
                         return !cell.is_suppressed && cell.count > 0;
                       });
  }

  void insert_chart(std::uint32_t line) {
    const Figure& figure = *table_.figure;
    // A chart without series is a file that cannot be opened, and one of hidden numbers only shows
    // nothing.
    const bool has_bars = std::any_of(figure.series.begin(), figure.series.end(),
                                      [&](std::uint32_t column) { return is_drawn(column); });
    if (!has_bars || figure.rows.empty() || table_.is_alphabetical) return;
    const auto type = figure.shape == FigureShape::bar           ? LXW_CHART_BAR
                      : figure.shape == FigureShape::stacked_bar ? LXW_CHART_BAR_STACKED
                                                                 : LXW_CHART_COLUMN;
    lxw_chart* chart = workbook_add_chart(book_.get(), static_cast<std::uint8_t>(type));
    if (chart == nullptr) return book_.check(LXW_ERROR_MEMORY_MALLOC_FAILED, "adding a chart");
    std::size_t drawn = 0;
    for (const std::uint32_t column : figure.series)
      if (is_drawn(column)) add_series(chart, column, drawn++);
    chart_title_set_name(chart, cell_text(text_.title(table_), 240).c_str());
    if (figure.shape != FigureShape::column) chart_axis_set_reverse(chart->y_axis);
    // States are whole: no half ones on the axis.
    const double step =
        std::ceil(static_cast<double>(std::max<std::int64_t>(table_.denominator, 1)) / 10);
    chart_axis_set_major_unit(figure.shape == FigureShape::column ? chart->y_axis : chart->x_axis,
                              step);
    if (drawn < 2) chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    std::string alternative = cell_text(text_.alternative(table_));
    lxw_chart_options options{};
    options.description = alternative.data();
    options.x_scale = 2;
    options.y_scale = std::clamp(0.6 + 0.09 * static_cast<double>(figure.rows.size()), 1.0, 3.0);
    book_.check(worksheet_insert_chart_opt(sheet_, line, 0, chart, &options), "placing a chart");
  }

  /// Rows of a chart stand together: kinds put rows of other roles before and behind them.
  void add_series(lxw_chart* chart, std::uint32_t column, std::size_t number) {
    const std::uint32_t first = kFirst + table_.figure->rows.front(),
                        last = kFirst + table_.figure->rows.back();
    lxw_chart_series* series = chart_add_series(chart, nullptr, nullptr);
    const auto at = static_cast<lxw_col_t>(labels_ + column);
    chart_series_set_categories(series, name_.c_str(), first, 0, last, 0);
    chart_series_set_values(series, name_.c_str(), first, at, last, at);
    chart_series_set_name_range(series, name_.c_str(), kHeadings, at);
    const Fill& fill = kFills[number % kFills.size()];
    if (fill.pattern == LXW_CHART_PATTERN_NONE) {
      lxw_chart_fill solid{};
      solid.color = fill.colour;
      chart_series_set_fill(series, &solid);
    } else {
      lxw_chart_pattern pattern{};
      pattern.fg_color = fill.colour;
      pattern.bg_color = 0xFFFFFF;
      pattern.type = fill.pattern;
      chart_series_set_pattern(series, &pattern);
    }
    lxw_chart_line border{};
    border.color = 0x000000;
    border.width = 0.75F;
    chart_series_set_line(series, &border);
    if (table_.figure->shape != FigureShape::stacked_bar) chart_series_set_labels(series);
  }

  WorkbookFile& book_;
  lxw_worksheet* sheet_;
  std::string name_;
  const Table& table_;
  TableText& text_;
  std::vector<std::uint32_t> order_;
  std::uint32_t labels_;  ///< columns before the table's own: 0 or 1
  std::vector<std::string> headings_;
};

}  // namespace

std::string marks_of(const CompilationInput& input, TableText& text) {
  std::string marks;
  const auto add = [&](std::string_view id) {
    marks += (marks.empty() ? "" : " · ") + text.text(id);
  };
  if (input.cycle.purpose == Purpose::test) add("mark.test");
  if (input.cycle.purpose == Purpose::pilot) add("mark.pilot");
  if (!input.cycle.masthead) add("mark.draft");
  return marks;
}

void set_page(WorkbookFile& book, lxw_worksheet* sheet, const WorkbookFrame& frame,
              TableText& text) {
  const std::string header =
      "&L" + header_text(frame.title, 90) + "&R" + header_text(frame.mark, 110);
  book.check(worksheet_set_header(sheet, header.c_str()), "setting a page header");
  // The page's own numbers are codes of the spreadsheet.
  const std::string pages =
      text.text("workbook.page", {{"page", std::string("&P")}, {"pages", std::string("&N")}});
  book.check(worksheet_set_footer(sheet, ("&C" + pages).c_str()), "setting a page footer");
}

std::string defined_name(std::string_view id) {
  std::string name;
  for (const char c : id) name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  const auto letters = static_cast<std::size_t>(
      std::find_if(name.begin(), name.end(),
                   [](char c) { return std::isalpha(static_cast<unsigned char>(c)) == 0; }) -
      name.begin());
  const bool is_address =
      letters < 4 &&
      std::all_of(name.begin() + static_cast<std::ptrdiff_t>(letters), name.end(),
                  [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; });
  return is_address ? "_" + name : name;
}

void write_table_sheet(WorkbookFile& book, lxw_worksheet* sheet, const std::string& sheet_name,
                       const Table& table, const WorkbookFrame& frame,
                       const CompilationInput& input, TableText& text) {
  set_page(book, sheet, frame, text);
  TableSheet(book, sheet, sheet_name, table, text).write(frame, input);
}

}  // namespace cosp
