// The first two sheets: what the file is and whose, and how far the answers are.
#include <algorithm>

#include <fmt/format.h>

#include "base/language.hpp"
#include "base/numbers.hpp"
#include "generator/form_workbook_book.hpp"

namespace cosp {
namespace {

using Kind = PlannedSheet::Kind;
using workbook::HeaderMember;

constexpr std::uint16_t kLabel = 1;
constexpr std::uint16_t kWide = 2;  ///< answers of the header, and paragraphs
constexpr std::uint16_t kSide = 3;
constexpr double kLabelWidth = 34, kWideWidth = 84, kSideWidth = 44;

class Cover {
 public:
  Cover(FormBook& book, std::uint32_t index)
      : book_(book), sheet_(book.sheet(index)), words_(book.words) {}

  void write(std::uint32_t index) {
    book_.begin_sheet(index, kLabel, words_.title_of_form(), false);
    book_.width(sheet_, 0, 0, 8, true);
    book_.width(sheet_, kLabel, kLabel, kLabelWidth);
    book_.width(sheet_, kWide, kWide, kWideWidth);
    book_.width(sheet_, kSide, kSide, kSideWidth);
    write_header();
    row_ = HeadRows::kFirst + workbook::kHeaderMemberCount + 1;
    book_.marker(sheet_, row_, {workbook::Table::progress, {}});
    book_.text(sheet_, row_, kSide, "=filled_by", Look::hidden);
    ++row_;
    write_notices();
    write_paragraphs();
    write_parts();
    write_end();
    book_.file.check(worksheet_print_area(sheet_, 0, kLabel, row_, kSide),
                     "setting what is printed");
    worksheet_activate(sheet_);
    const std::uint32_t stage = HeadRows::kFirst + static_cast<std::uint32_t>(HeaderMember::stage);
    worksheet_set_selection(sheet_, stage, kWide, stage, kWide);
  }

 private:
  const SubmissionHeader& header() const { return book_.submission.header; }

  void write_header() {
    book_.marker(sheet_, HeadRows::kMarker, {workbook::Table::header, {}});
    book_.text(sheet_, HeadRows::kMarker, kLabel, "=label", Look::hidden);
    book_.text(sheet_, HeadRows::kMarker, kWide, "answer", Look::hidden);
    book_.text(sheet_, HeadRows::kMarker, kSide, "=help", Look::hidden);
    book_.own_words_row(sheet_, HeadRows::kHeadings);
    book_.text(sheet_, HeadRows::kHeadings, kLabel, words_.own("header_title"), Look::heading);
    book_.text(sheet_, HeadRows::kHeadings, kWide, {}, Look::heading);
    book_.text(sheet_, HeadRows::kHeadings, kSide, {}, Look::heading);
    for (int i = 0; i < workbook::kHeaderMemberCount; ++i)
      write_member(static_cast<HeaderMember>(i));
  }

  static std::string id_of(HeaderMember member) {
    std::string id(workbook::to_string(member));
    std::replace(id.begin(), id.end(), '/', '_');
    return id;
  }

  void write_member(HeaderMember member) {
    const std::uint32_t row = HeadRows::kFirst + static_cast<std::uint32_t>(member);
    book_.text(sheet_, row, 0, workbook::to_string(member), Look::hidden);
    book_.text(sheet_, row, kLabel, words_.own(id_of(member)), Look::words);
    write_answer(member, row);
    write_help(member, row);
  }

  void write_help(HeaderMember member, std::uint32_t row) {
    const Cycle* cycle = book_.options.surroundings.cycle;
    if (member == HeaderMember::submitter && cycle != nullptr) {
      const RosterEntry* entry = cycle->roster.find(header().submitter);
      if (entry != nullptr)
        return book_.text(sheet_, row, kSide, cell_text(entry->name(words_.language())),
                          Look::side);
    }
    if (member == HeaderMember::language && !header().language.empty())
      return book_.text(sheet_, row, kSide, language_name(header().language, words_.language()),
                        Look::side);
    std::string id = id_of(member);
    id.replace(0, id.find('.'), "header_help");
    if (!words_.has("questionnaire." + id)) return;
    const std::string said = words_.own(id, {{"final", words_.text("stage.final")}});
    book_.text(sheet_, row, kSide, said, Look::side);
    book_.height(sheet_, row, lines_of(said, kSideWidth));
  }

  void known(std::uint32_t row, std::string_view said) {
    book_.text(sheet_, row, kWide, workbook::escape_cell(said), Look::known);
  }

  /// Locked where it is known; else to be filled in.
  void known_or_open(std::uint32_t row, std::string_view said) {
    book_.text(sheet_, row, kWide, workbook::escape_cell(said),
               said.empty() ? Look::text : Look::known);
  }

  void listed(std::uint32_t row, const std::string& label, const std::string& range,
              bool is_known) {
    book_.text(sheet_, row, kWide, label, is_known ? Look::known : Look::choice);
    if (!is_known)
      book_.drop_down(sheet_, row, row, kWide, range, false, {}, words_.own("message_choice"));
  }

  void period_day(std::uint32_t row, bool is_start) {
    if (!header().period) return book_.text(sheet_, row, kWide, {}, Look::date);
    book_.day(sheet_, row, kWide, is_start ? header().period->start : header().period->end,
              Look::known_date);
  }

  void write_answer(HeaderMember member, std::uint32_t row) {
    const bool has_submitter = !header().submitter.empty();
    switch (member) {
      case HeaderMember::format: return known(row, workbook::kFormat);
      case HeaderMember::form: return known(row, header().form_id);
      case HeaderMember::version: return known(row, header().form_version);
      case HeaderMember::structure: return known(row, header().structure_digest);
      case HeaderMember::cycle: return known_or_open(row, header().cycle);
      case HeaderMember::kind:
        return listed(row,
                      has_submitter ? words_.text(fmt::format("submitter_kind.{}",
                                                              to_string(header().submitter_kind)))
                                    : std::string(),
                      book_.lists().kinds(), has_submitter);
      case HeaderMember::submitter: return known_or_open(row, header().submitter);
      case HeaderMember::revision:
        return book_.number(sheet_, row, kWide, header().revision, Look::header_number);
      case HeaderMember::stage:
        return listed(row, words_.text(fmt::format("stage.{}", to_string(header().stage))),
                      book_.lists().stages(), false);
      case HeaderMember::language: return known_or_open(row, header().language);
      case HeaderMember::purpose:
        return listed(row,
                      has_submitter
                          ? words_.text(fmt::format("purpose.{}", to_string(header().purpose)))
                          : std::string(),
                      book_.lists().purposes(), has_submitter);
      case HeaderMember::period_start: return period_day(row, true);
      case HeaderMember::period_end: return period_day(row, false);
      case HeaderMember::parts:
        return known(row, fmt::format("{}", fmt::join(book_.plan.parts, "; ")));
      case HeaderMember::held_back: return write_held_back(row);
    }
  }

  /// Longer than a cell when many answers stay out: it goes on as any text does.
  void write_held_back(std::uint32_t row) {
    const LocalText all{header().language,
                        fmt::format("{}", fmt::join(book_.plan.held_back, "; "))};
    if (book_.plan.held_back.empty()) return known(row, {});
    book_.write_texts(sheet_, row, kWide, {&all, 1},
                      std::string(workbook::to_string(HeaderMember::held_back)), false,
                      Look::known);
    book_.file.set_lines(sheet_, row, 2);
  }

  void paragraph(const std::string& title, const std::string& said, Look look = Look::words) {
    book_.text(sheet_, row_, kLabel, title, Look::section);
    book_.text(sheet_, row_, kWide, said, look);
    book_.height(sheet_, row_, std::max(lines_of(title, kLabelWidth), lines_of(said, kWideWidth)));
    ++row_;
  }

  void write_notices() {
    // The note speaks of paraphrases unless there is another wording for a form without them.
    const bool is_authentic =
        !book_.form.has_paraphrases(words_.form_language()) && words_.has("form.note.authentic");
    const std::string_view note = is_authentic ? "form.note.authentic" : "form.note";
    if (words_.has(note)) paragraph({}, words_.text(note), Look::notice);
    if (words_.is_unreviewed())
      paragraph(
          {},
          words_.own("translation",
                     {{"language", language_name(book_.form.language_tag(0), words_.language())}}),
          Look::notice);
    if (!book_.options.office.empty())
      paragraph({}, words_.own("partial_for", {{"name", book_.options.office}}), Look::notice);
    else if (!book_.plan.held_back.empty() || !book_.options.chapters.empty())
      paragraph({}, words_.own("partial"), Look::notice);
    ++row_;
  }

  void write_paragraphs() {
    paragraph(words_.own("what_title"), words_.own("what"));
    ++row_;
    std::vector<std::string> titles;
    for (const Register& registry : book_.form.registers())
      titles.push_back(words_.of(registry.title));
    const std::string steps[] = {
        words_.own("how_cells"),
        words_.own("how_reason", {{"column", words_.own("reason")}}),
        words_.own("how_ticks"),
        words_.own("how_not_asked", {{"not_asked", words_.own("not_asked")}}),
        titles.empty()
            ? std::string()
            : words_.own("how_registers", {{"registers", format_list(titles, words_.language())}}),
        words_.own("how_origin", {{"column", words_.own("origin")}}),
        words_.own("how_visibility",
                   {{"column", words_.own("visibility")}, {"limits", words_.own("limits")}}),
        words_.own("how_languages")};
    bool is_first = true;
    for (const std::string& step : steps) {
      if (step.empty()) continue;
      paragraph(is_first ? words_.own("how_title") : std::string(), step);
      is_first = false;
    }
    ++row_;
    const Cycle* cycle = book_.options.surroundings.cycle;
    paragraph(words_.own("send_title"),
              words_.own("send", {{"final", words_.text("stage.final")}}));
    if (cycle != nullptr && !header().submitter.empty())
      if (const auto deadline = cycle->deadline(header().submitter))
        paragraph({}, words_.own("deadline", {{"deadline", *deadline}}), Look::section);
    ++row_;
    const std::uint32_t contacts = book_.plan.sheet_of(Kind::contacts);
    paragraph(words_.own("protection_title"),
              contacts == kNone
                  ? words_.own("protection_none")
                  : words_.own("protection", {{"sheet", book_.sheet_name(contacts)}}));
    ++row_;
  }

  std::string contents_of(const PlannedSheet& planned, std::uint32_t index) {
    if (planned.kind == Kind::registry) return words_.own("parts_entries");
    if (planned.kind == Kind::contacts) return words_.own("parts_contacts");
    std::int64_t count = 0;
    for (const QuestionPlace& place : book_.plan.questions) count += place.sheet == index ? 1 : 0;
    return words_.own("parts_questions", {{"count", count}});
  }

  /// Who fills in which sheet: a note among those concerned, which nobody reads back.
  void write_parts() {
    paragraph(words_.own("parts_title"), words_.own("parts"));
    book_.text(sheet_, row_, kLabel, words_.own("parts_sheet"), Look::heading);
    book_.text(sheet_, row_, kWide, words_.own("parts_contents"), Look::heading);
    book_.text(sheet_, row_, kSide, words_.own("parts_by"), Look::heading);
    ++row_;
    for (std::uint32_t i = 0; i < book_.plan.sheets.size(); ++i) {
      const PlannedSheet& planned = book_.plan.sheets[i];
      if (planned.kind != Kind::chapter && planned.kind != Kind::registry &&
          planned.kind != Kind::contacts)
        continue;
      book_.link(sheet_, row_, kLabel, i, book_.sheet_name(i));
      book_.text(sheet_, row_, kWide, contents_of(planned, i), Look::words);
      book_.text(sheet_, row_, kSide, {}, Look::text);
      ++row_;
    }
    ++row_;
  }

  void write_end() {
    book_.text(sheet_, row_, kLabel,
               words_.own("subtitle", {{"form", std::string(book_.form.id())},
                                       {"version", std::string(book_.form.version())}}),
               Look::limits);
  }

  FormBook& book_;
  lxw_worksheet* sheet_;
  WorkbookWords& words_;
  std::uint32_t row_ = 0;
};

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
    book_.text(sheet_, row_, kLabel, words_.own("progress_registers"), Look::heading);
    book_.text(sheet_, row_, kWide, words_.own("progress_entries"), Look::count_heading);
    ++row_;
    for (std::uint32_t i = 0; i < book_.form.registers().size(); ++i) {
      const RegisterPlace& place = book_.plan.registers[i];
      const std::string key =
          "=count " + std::string(book_.form.string(book_.form.registry(i).code));
      const std::size_t last = place.ids.size() - 1;
      book_.link(sheet_, row_, kLabel, place.sheet, book_.sheet_name(place.sheet));
      book_.formula(sheet_, row_, kWide, "=" + book_.lists().cell(key, last), Look::counted,
                    book_.lists().columns().at(key).cells[last].number);
      ++row_;
    }
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

void write_cover(FormBook& book, std::uint32_t index) { Cover(book, index).write(index); }

void write_progress(FormBook& book, std::uint32_t index) { Progress(book, index).write(); }

}  // namespace cosp
