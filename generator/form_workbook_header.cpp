// The header of the submission, on the first sheet: what people fill in, and what programs need.
#include <algorithm>

#include <fmt/format.h>

#include "base/language.hpp"
#include "generator/form_workbook_book.hpp"

namespace cosp {
namespace {

using workbook::HeaderMember;

class HeaderTable {
 public:
  HeaderTable(FormBook& book, lxw_worksheet* sheet)
      : book_(book), sheet_(sheet), words_(book.words) {}

  std::uint32_t write(std::uint32_t row, const std::string& title,
                      std::span<const HeaderMember> members) {
    book_.marker(sheet_, row, {workbook::Table::header, {}});
    book_.text(sheet_, row, CoverColumn::kLabel, "=label", Look::hidden);
    book_.text(sheet_, row, CoverColumn::kAnswer, "answer", Look::hidden);
    book_.text(sheet_, row, CoverColumn::kSide, "=help", Look::hidden);
    ++row;
    book_.own_words_row(sheet_, row);
    book_.text(sheet_, row, CoverColumn::kLabel, title, Look::heading);
    book_.text(sheet_, row, CoverColumn::kAnswer, {}, Look::heading);
    book_.text(sheet_, row, CoverColumn::kSide, {}, Look::heading);
    for (const HeaderMember member : members) write_member(member, ++row);
    return row + 1;
  }

 private:
  const SubmissionHeader& header() const { return book_.submission.header; }

  static std::string id_of(HeaderMember member) {
    std::string id(workbook::to_string(member));
    std::replace(id.begin(), id.end(), '/', '_');
    return id;
  }

  void write_member(HeaderMember member, std::uint32_t row) {
    book_.text(sheet_, row, 0, workbook::to_string(member), Look::hidden);
    book_.text(sheet_, row, CoverColumn::kLabel, words_.own(id_of(member)), Look::words);
    write_answer(member, row);
    write_help(member, row);
  }

  void write_help(HeaderMember member, std::uint32_t row) {
    const Cycle* cycle = book_.options.surroundings.cycle;
    if (member == HeaderMember::submitter && cycle != nullptr) {
      const RosterEntry* entry = cycle->roster.find(header().submitter);
      if (entry != nullptr)
        return book_.text(sheet_, row, CoverColumn::kSide,
                          cell_text(entry->name(words_.language())), Look::side);
    }
    if (member == HeaderMember::language && !header().language.empty())
      return book_.text(sheet_, row, CoverColumn::kSide,
                        language_name(header().language, words_.language()), Look::side);
    std::string id = id_of(member);
    id.replace(0, id.find('.'), "header_help");
    if (!words_.has("questionnaire." + id)) return;
    const std::string said = words_.own(id, {{"final", words_.text("stage.final")}});
    book_.text(sheet_, row, CoverColumn::kSide, said, Look::side);
    book_.height(sheet_, row, lines_of(said, CoverColumn::kSideWidth));
  }

  void known(std::uint32_t row, std::string_view said) {
    book_.text(sheet_, row, CoverColumn::kAnswer, workbook::escape_cell(said), Look::known);
  }

  /// Locked where it is known; else to be filled in.
  void known_or_open(std::uint32_t row, std::string_view said) {
    book_.text(sheet_, row, CoverColumn::kAnswer, workbook::escape_cell(said),
               said.empty() ? Look::text : Look::known);
  }

  void listed(std::uint32_t row, const std::string& label, const std::string& range,
              bool is_known) {
    book_.text(sheet_, row, CoverColumn::kAnswer, label, is_known ? Look::known : Look::choice);
    if (!is_known)
      book_.drop_down(sheet_, row, row, CoverColumn::kAnswer, range, false, {},
                      words_.own("message_choice"));
  }

  void period_day(std::uint32_t row, bool is_start) {
    if (!header().period) {
      book_.text(sheet_, row, CoverColumn::kAnswer, {}, Look::date);
      return book_.validate_any_day(sheet_, row, row, CoverColumn::kAnswer, {});
    }
    book_.day(sheet_, row, CoverColumn::kAnswer,
              is_start ? header().period->start : header().period->end, Look::known_date);
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
        return book_.number(sheet_, row, CoverColumn::kAnswer, header().revision,
                            Look::header_number);
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
    book_.write_texts(sheet_, row, CoverColumn::kAnswer, {&all, 1},
                      std::string(workbook::to_string(HeaderMember::held_back)), false,
                      Look::known);
    book_.file.set_lines(sheet_, row, 2);
  }

  FormBook& book_;
  lxw_worksheet* sheet_;
  WorkbookWords& words_;
};

}  // namespace

std::uint32_t write_header_table(FormBook& book, lxw_worksheet* sheet, std::uint32_t row,
                                 const std::string& title, std::span<const HeaderMember> members) {
  return HeaderTable(book, sheet).write(row, title, members);
}

}  // namespace cosp
