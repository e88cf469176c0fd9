// The first sheet: what to do in which order, whose submission it is, and who fills in what.
#include <algorithm>

#include <fmt/format.h>

#include "base/language.hpp"
#include "base/numbers.hpp"
#include "generator/form_workbook_book.hpp"

namespace cosp {
namespace {

using Kind = PlannedSheet::Kind;
using workbook::HeaderMember;

constexpr std::uint16_t kLabel = CoverColumn::kLabel;
constexpr std::uint16_t kWide = CoverColumn::kAnswer;  ///< of paragraphs
constexpr std::uint16_t kSide = CoverColumn::kSide;
constexpr double kLabelWidth = 34, kWideWidth = 84;

/// What people fill in. Formulas look for the stage where `CoverRows` says.
constexpr HeaderMember kOwnMembers[] = {HeaderMember::submitter,    HeaderMember::kind,
                                        HeaderMember::period_start, HeaderMember::period_end,
                                        HeaderMember::language,     HeaderMember::revision,
                                        HeaderMember::stage};
static_assert(kOwnMembers[CoverRows::kStage - CoverRows::kFirstMember] == HeaderMember::stage);
/// What programs need.
constexpr HeaderMember kTechnicalMembers[] = {
    HeaderMember::format, HeaderMember::form,    HeaderMember::version, HeaderMember::structure,
    HeaderMember::cycle,  HeaderMember::purpose, HeaderMember::parts,   HeaderMember::held_back};
static_assert(std::size(kOwnMembers) + std::size(kTechnicalMembers) ==
              workbook::kHeaderMemberCount);

class Cover {
 public:
  Cover(FormBook& book, std::uint32_t index)
      : book_(book), sheet_(book.sheet(index)), words_(book.words) {}

  void write(std::uint32_t index) {
    book_.begin_sheet(index, kLabel, words_.title_of_form(), false);
    book_.width(sheet_, 0, 0, 8, true);
    book_.width(sheet_, kLabel, kLabel, kLabelWidth);
    book_.width(sheet_, kWide, kWide, kWideWidth);
    book_.width(sheet_, kSide, kSide, CoverColumn::kSideWidth);
    book_.marker(sheet_, HeadRows::kMarker, {workbook::Table::progress, {}});
    write_steps();
    row_ = 1 + write_header_table(book_, sheet_, CoverRows::kHeader, words_.own("header_title"),
                                  kOwnMembers);
    write_parts();
    write_notices();
    write_paragraphs();
    row_ =
        write_header_table(book_, sheet_, row_, words_.own("technical_title"), kTechnicalMembers);
    book_.marker(sheet_, row_++, {workbook::Table::progress, {}});
    write_end();
    book_.file.check(worksheet_print_area(sheet_, 0, kLabel, row_, kSide),
                     "setting what is printed");
    worksheet_activate(sheet_);
    worksheet_set_selection(sheet_, CoverRows::kStage, kWide, CoverRows::kStage, kWide);
  }

 private:
  const SubmissionHeader& header() const { return book_.submission.header; }

  /// One thing to do, with a link to where it is done; `sheet` may be kNone.
  void step(const std::string& said, std::uint32_t sheet) {
    const auto number = row_ - CoverRows::kSteps + 1;
    book_.own_words_row(sheet_, row_);
    book_.text(sheet_, row_, kLabel,
               words_.own("line_number", {{"number", std::to_string(number)}}), Look::section);
    book_.text(sheet_, row_, kWide, cell_text(said), Look::words);
    if (sheet != kNone) book_.link(sheet_, row_, kSide, sheet, book_.sheet_name(sheet));
    book_.height(sheet_, row_, lines_of(said, kWideWidth));
    ++row_;
  }

  std::uint32_t first_sheet(Kind kind, bool is_always_asked) const {
    for (std::uint32_t i = 0; i < book_.plan.sheets.size(); ++i) {
      const PlannedSheet& planned = book_.plan.sheets[i];
      if (planned.kind != kind) continue;
      if (kind != Kind::chapter ||
          book_.form.chapters()[planned.subject].is_always_asked == is_always_asked)
        return i;
    }
    return kNone;
  }

  void write_steps() {
    book_.own_words_row(sheet_, HeadRows::kHeadings);
    book_.text(sheet_, HeadRows::kHeadings, kLabel, words_.own("steps_title"), Look::heading);
    book_.text(sheet_, HeadRows::kHeadings, kWide, {}, Look::heading);
    book_.text(sheet_, HeadRows::kHeadings, kSide, {}, Look::heading);
    row_ = CoverRows::kSteps;
    step(words_.own("step_share", {{"title", words_.own("parts_title")}}), kNone);
    std::vector<std::string> registers;
    for (const PlannedSheet& planned : book_.plan.sheets)
      if (planned.kind == Kind::registry)
        registers.push_back(words_.of(book_.form.registry(planned.subject).title));
    if (!registers.empty())
      step(words_.own("step_registers", {{"registers", registers}}),
           first_sheet(Kind::registry, false));
    const std::uint32_t general = first_sheet(Kind::chapter, true);
    const std::uint32_t other = first_sheet(Kind::chapter, false);
    if (general != kNone)
      step(words_.own("step_general", {{"sheet", book_.sheet_name(general)}}), general);
    if (other != kNone)
      step(words_.own(general == kNone ? "step_chapters" : "step_other_chapters"), other);
    if (const std::uint32_t contacts = book_.plan.sheet_of(Kind::contacts); contacts != kNone)
      step(words_.own("step_contacts", {{"sheet", book_.sheet_name(contacts)}}), contacts);
    const std::uint32_t progress = book_.plan.sheet_of(Kind::progress);
    step(words_.own("step_progress", {{"sheet", book_.sheet_name(progress)}}), progress);
    step(words_.own("step_send", {{"final", words_.text("stage.final")}}), kNone);
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
        titles.empty() ? std::string() : words_.own("how_rows"),
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

  /// What an entry tells, by its first required columns, and how often it is chosen.
  std::string contents_of_register(std::uint32_t index) {
    constexpr std::size_t kMost = 4;
    const auto columns = book_.form.columns_of(book_.form.registry(index));
    std::vector<std::string> labels;
    for (const bool is_required : {true, false})
      for (const Column& column : columns)
        if (!column.is_personal && labels.size() < kMost &&
            (column.required != Requirement::never) == is_required)
          labels.push_back(words_.of(column.label));
    std::string said = words_.own(
        "parts_entry", {{"columns", fmt::format("{}{}", fmt::join(labels, "; "),
                                                labels.size() < columns.size() ? "; …" : "")}});
    std::int64_t count = 0;
    for (std::uint32_t i = 0; i < book_.form.questions().size(); ++i) {
      const Question& question = book_.form.question(i);
      count += question.type == QuestionType::reference && question.registry == index &&
                       book_.plan.questions[i].sheet != kNone
                   ? 1
                   : 0;
    }
    if (count > 0) said += "\n" + words_.own("parts_chosen", {{"count", count}});
    return said;
  }

  /// Numbers of the personal questions, of one chapter or of all (kNone).
  std::vector<std::string> personal_numbers(std::uint32_t chapter) const {
    std::vector<std::string> numbers;
    for (const std::uint32_t question : book_.plan.personal) {
      const std::uint32_t block = book_.form.question(question).block;
      if (chapter != kNone) {
        const Range blocks = book_.form.chapters()[chapter].blocks;
        if (block < blocks.first || block >= blocks.first + blocks.count) continue;
      }
      numbers.push_back(std::to_string(question + 1));
    }
    return numbers;
  }

  std::string contents_of(const PlannedSheet& planned, std::uint32_t index) {
    if (planned.kind == Kind::registry) return contents_of_register(planned.subject);
    const bool is_contacts = planned.kind == Kind::contacts;
    const auto numbers = personal_numbers(is_contacts ? kNone : planned.subject);
    if (is_contacts) {
      std::string said = words_.own("parts_contacts");
      if (numbers.empty()) return said;
      return said + "\n" + words_.own("parts_with", {{"numbers", numbers}});
    }
    std::int64_t count = 0;
    for (const QuestionPlace& place : book_.plan.questions) count += place.sheet == index ? 1 : 0;
    std::string said = words_.own("parts_questions", {{"count", count}});
    if (numbers.empty()) return said;
    return said + "\n" +
           words_.own("parts_moved",
                      {{"numbers", numbers},
                       {"sheet", book_.sheet_name(book_.plan.sheet_of(Kind::contacts))}});
  }

  /// Who fills in which sheet: a note among those concerned, which nobody reads back.
  void write_parts() {
    book_.marker(sheet_, row_, {workbook::Table::progress, {}});
    book_.text(sheet_, row_++, kSide, "=filled_by", Look::hidden);
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
      const std::string contents = contents_of(planned, i);
      book_.text(sheet_, row_, kWide, cell_text(contents), Look::words);
      book_.height(sheet_, row_, lines_of(contents, kWideWidth));
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

}  // namespace

void write_cover(FormBook& book, std::uint32_t index) { Cover(book, index).write(index); }

}  // namespace cosp
