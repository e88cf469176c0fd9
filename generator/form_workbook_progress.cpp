// How far the answers are: counts that follow them, and where to go on.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "generator/form_workbook_book.hpp"

namespace cosp {
namespace {

using Kind = PlannedSheet::Kind;

constexpr std::uint16_t kLabel = 1;
constexpr std::uint16_t kWide = 2;  ///< of the first count

/// Columns of counts, in their order.
enum class Count : std::uint8_t { asked, answered, confirm, open, required, not_asked };
constexpr int kCounts = 6;
constexpr std::string_view kCountWords[] = {"progress_asked",    "progress_answered",
                                            "progress_confirm",  "progress_open",
                                            "progress_required", "progress_not_asked"};

class Progress {
 public:
  Progress(FormBook& book, std::uint32_t index)
      : book_(book), index_(index), sheet_(book.sheet(index)), words_(book.words) {}

  void write() {
    book_.begin_sheet(index_, kLabel, words_.own("progress_title"), false);
    book_.text(sheet_, HeadRows::kLink, kLabel,
               words_.own("progress_help", {{"required", words_.own("progress_required")}}),
               Look::plain);
    book_.width(sheet_, 0, 0, 8, true);
    book_.width(sheet_, kLabel, kLabel, 64);
    book_.width(sheet_, kWide, kWide + kCounts - 1, 14);
    book_.width(sheet_, kNext, kNext, 24);
    book_.marker(sheet_, HeadRows::kMarker, {workbook::Table::progress, {}});
    book_.text(sheet_, HeadRows::kHeadings, kLabel, words_.own("progress_part"), Look::heading);
    for (int i = 0; i < kCounts; ++i)
      book_.text(sheet_, HeadRows::kHeadings, static_cast<std::uint16_t>(kWide + i),
                 words_.own(kCountWords[i]), Look::count_heading);
    book_.text(sheet_, HeadRows::kHeadings, kNext, words_.own("progress_next"), Look::heading);
    book_.height(sheet_, HeadRows::kHeadings, 2);
    write_chapters();
    write_registers();
    worksheet_freeze_panes(sheet_, HeadRows::kFirst, 0);
    book_.file.check(worksheet_repeat_rows(sheet_, HeadRows::kHeadings, HeadRows::kHeadings),
                     "repeating the headings");
    book_.file.check(worksheet_print_area(sheet_, 0, kLabel, row_, kNext),
                     "setting what is printed");
  }

 private:
  static constexpr std::uint16_t kNext = kWide + kCounts;

  static bool counts(Standing standing, Count count) {
    switch (count) {
      case Count::asked: return standing != Standing::not_asked;
      case Count::answered: return standing >= Standing::reasoned;
      case Count::confirm:
        return standing == Standing::reasoned_unconfirmed ||
               standing == Standing::given_unconfirmed;
      case Count::open: return standing != Standing::not_asked && standing < Standing::reasoned;
      case Count::required: return standing == Standing::required;
      case Count::not_asked: return standing == Standing::not_asked;
    }
    return false;
  }

  static std::string formula_of(const std::string& range, Count count) {
    const auto of = [&](std::string_view criterion) {
      return fmt::format("COUNTIF({},{})", range, criterion);
    };
    switch (count) {
      case Count::asked: return "=" + of("\">0\"");
      case Count::answered: return "=" + of("\">=4\"");
      case Count::confirm: return "=" + of("5") + "+" + of("7");
      case Count::open: return "=" + of("1") + "+" + of("2") + "+" + of("3");
      case Count::required: return "=" + of("2");
      case Count::not_asked: return "=" + of("0");
    }
    return {};
  }

  struct Part {
    std::uint32_t sheet, first, last;
    std::vector<std::uint32_t> questions;
  };

  std::string standings(const Part& part) const {
    return fmt::format("{}:{}", book_.reference(part.sheet, part.first, QuestionColumn::kStanding),
                       fixed_cell_name(part.last, QuestionColumn::kStanding));
  }

  void write_counts(const Part& part) {
    for (int i = 0; i < kCounts; ++i) {
      double now = 0;
      for (const std::uint32_t question : part.questions)
        now += counts(book_.standing_of(question), static_cast<Count>(i)) ? 1 : 0;
      totals_[static_cast<std::size_t>(i)] += now;
      chapter_[static_cast<std::size_t>(i)] += now;
      book_.formula(sheet_, row_, static_cast<std::uint16_t>(kWide + i),
                    formula_of(standings(part), static_cast<Count>(i)), Look::counted, now);
    }
  }

  /// To the first question that a final submission may not leave open, else to any that is open.
  void write_next(const Part& part) {
    const std::string range = standings(part);
    const std::string answers =
        fmt::format("{}:{}", book_.reference(part.sheet, part.first, QuestionColumn::kAnswer),
                    fixed_cell_name(part.last, QuestionColumn::kAnswer));
    const std::string open = cell_name(row_, kWide + static_cast<std::uint16_t>(Count::open));
    const bool is_open =
        std::any_of(part.questions.begin(), part.questions.end(),
                    [&](std::uint32_t q) { return counts(book_.standing_of(q), Count::open); });
    const std::string none = words_.own("progress_none");
    const std::string go = words_.own("progress_go");
    book_.formula(
        sheet_, row_, kNext,
        fmt::format(
            "=IF({0}=0,{1},HYPERLINK(\"#\"&CELL(\"address\",INDEX({2},IFERROR(MATCH(2,{3},0),"
            "IFERROR(MATCH(3,{3},0),MATCH(1,{3},0))))),{4}))",
            open, quoted_text(none).value_or("\"\""), answers, range,
            quoted_text(go).value_or("\"\"")),
        Look::link, is_open ? go : none);
  }

  void write_part(const Part& part, const std::string& title, Look look) {
    book_.text(sheet_, row_, kLabel, cell_text(title), look);
    book_.height(sheet_, row_, lines_of(title, 60));
    write_counts(part);
    write_next(part);
    ++row_;
  }

  void write_sum(const std::string& rows, std::span<const double> now) {
    for (int i = 0; i < kCounts; ++i) {
      const auto column = static_cast<std::uint16_t>(kWide + i);
      book_.formula(sheet_, row_, column, fmt::format(fmt::runtime(rows), column_letter(column)),
                    Look::section, now[static_cast<std::size_t>(i)]);
    }
  }

  static std::string column_letter(std::uint16_t column) {
    std::string name = cell_name(0, column);
    name.pop_back();
    return name;
  }

  Part part_of(const BlockPlace& place) const {
    Part part{place.sheet, place.first, std::max(place.first, place.last), {}};
    const Range range = book_.form.block(place.block).questions;
    for (std::uint32_t q = range.first; q < range.first + range.count; ++q)
      if (book_.plan.questions[q].sheet == place.sheet) part.questions.push_back(q);
    return part;
  }

  void write_chapter(std::uint32_t sheet) {
    const std::uint32_t own_row = row_;
    book_.link(sheet_, row_, kLabel, sheet, book_.sheet_name(sheet));
    chapter_.fill(0);
    ++row_;
    for (const BlockPlace& place : book_.plan.blocks)
      if (place.sheet == sheet)
        write_part(part_of(place), words_.block(book_.form.block(place.block)), Look::line);
    const std::uint32_t last = row_ - 1;
    const std::uint32_t back = row_;
    row_ = own_row;
    write_sum(fmt::format("=SUM({{0}}{}:{{0}}{})", own_row + 2, last + 1), chapter_);
    sums_ += fmt::format("{}{{0}}{}", sums_.empty() ? "=" : "+", own_row + 1);
    row_ = back;
  }

  void write_chapters() {
    row_ = HeadRows::kFirst;
    for (std::uint32_t i = 0; i < book_.plan.sheets.size(); ++i)
      if (book_.plan.sheets[i].kind == Kind::chapter) write_chapter(i);
    if (const std::uint32_t contacts = book_.plan.sheet_of(Kind::contacts);
        contacts != kNone && !book_.plan.personal.empty()) {
      Part part{contacts, HeadRows::kFirst, HeadRows::kFirst, book_.plan.personal};
      for (const std::uint32_t question : part.questions)
        part.last = std::max(part.last, book_.plan.questions[question].row);
      book_.link(sheet_, row_, kLabel, contacts, book_.sheet_name(contacts));
      write_counts(part);
      write_next(part);
      sums_ += fmt::format("{}{{0}}{}", sums_.empty() ? "=" : "+", row_ + 1);
      ++row_;
    }
    book_.text(sheet_, row_, kLabel, words_.own("progress_total"), Look::section);
    if (!sums_.empty()) write_sum(sums_, totals_);
    row_ += 2;
  }

  void write_registers() {
    if (book_.form.registers().empty()) return;
    constexpr auto kRequired =
        static_cast<std::uint16_t>(kWide + static_cast<int>(Count::required));
    book_.text(sheet_, row_, kLabel, words_.own("progress_registers"), Look::heading);
    for (std::uint16_t column = kWide; column < kNext; ++column)
      book_.text(sheet_, row_, column, {}, Look::count_heading);
    book_.text(sheet_, row_, kWide, words_.own("progress_entries"), Look::count_heading);
    book_.text(sheet_, row_, kRequired, words_.own("progress_cells"), Look::count_heading);
    book_.height(sheet_, row_, 2);
    ++row_;
    for (std::uint32_t i = 0; i < book_.form.registers().size(); ++i) {
      const RegisterPlace& place = book_.plan.registers[i];
      const std::string key =
          "=count " + std::string(book_.form.string(book_.form.registry(i).code));
      const std::size_t last = place.ids.size() - 1;
      book_.link(sheet_, row_, kLabel, place.sheet, book_.sheet_name(place.sheet));
      book_.formula(sheet_, row_, kWide, "=" + book_.lists().cell(key, last), Look::counted,
                    book_.lists().columns().at(key).cells[last].number);
      write_required_cells(i, kRequired);
      ++row_;
    }
  }

  /// Cells of entries that a final submission may not leave empty. Reasons for them stand in
  /// another table, which formulas do not see.
  void write_required_cells(std::uint32_t index, std::uint16_t at) {
    const Register& registry = book_.form.registry(index);
    const RegisterPlace& place = book_.plan.registers[index];
    std::string sum;
    double now = 0;
    for (std::uint32_t c = 0; c < registry.columns.count; ++c) {
      const std::uint32_t column = registry.columns.first + c;
      if (place.columns[c] == 0 || !book_.is_required(book_.form.column(column))) continue;
      sum += fmt::format("{}SUMPRODUCT(({}<>\"\")*({}=\"\"))", sum.empty() ? "=" : "+",
                         book_.row_names(index), book_.column(column, false));
      for (std::size_t i = 0; i < place.ids.size(); ++i)
        now += book_.fills_cells(index, place.rows[i]) && is_empty(index, place, i, column) ? 1 : 0;
    }
    if (!sum.empty()) book_.formula(sheet_, row_, at, sum, Look::counted, now);
  }

  bool is_empty(std::uint32_t registry, const RegisterPlace& place, std::size_t entry,
                std::uint32_t column) const {
    const std::uint32_t position = column - book_.form.registry(registry).columns.first;
    const Answer& cell = book_.submission.registers[registry][place.rows[entry]].cells[position];
    return !book_.has_value_in_cells(book_.form.column(column), cell) ||
           book_.plan.holds_cell_back(cell_code(book_.form, registry, place.ids[entry], column));
  }

  FormBook& book_;
  std::uint32_t index_;
  lxw_worksheet* sheet_;
  WorkbookWords& words_;
  std::uint32_t row_ = 0;
  std::array<double, kCounts> totals_{}, chapter_{};
  std::string sums_;
};

}  // namespace

void write_progress(FormBook& book, std::uint32_t index) { Progress(book, index).write(); }

}  // namespace cosp
