#include "generator/workbook.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/language.hpp"
#include "generator/document_product.hpp"
#include "generator/narrative_arguments.hpp"
#include "generator/provision_count.hpp"
#include "generator/table_text.hpp"
#include "generator/workbook_sheet.hpp"
#include "generator/workbook_table.hpp"

namespace cosp {
namespace {

/// The product's tables that were made, each with those apart.
std::vector<const Table*> chosen_tables(const Product& product, std::span<const Table> tables) {
  std::vector<const Table*> chosen;
  for (const ProductPart& part : product.parts)
    for (const Table& table : tables)
      if (part.kind == ProductPart::Kind::table && table.declared_id == part.id)
        chosen.push_back(&table);
  return chosen;
}

/// Of columns, in characters.
constexpr std::array<double, 3> kContentsWidths = {6, 90, 96};
constexpr std::array<double, 3> kMethodWidths = {36, 22, 90};

class Contents {
 public:
  Contents(WorkbookFile& book, lxw_worksheet* sheet, TableText& text)
      : book_(book), sheet_(sheet), text_(text) {}

  void begin(const WorkbookFrame& frame) {
    const double width = kContentsWidths[0] + kContentsWidths[1] + kContentsWidths[2];
    book_.spread(sheet_, 0, 2, width, frame.title, Style::title);
    book_.spread(sheet_, 1, 2, width, text_.text("workbook.contents_note"), Style::note);
    if (!frame.mark.empty()) book_.spread(sheet_, 2, 2, width, frame.mark, Style::mark);
    std::uint32_t column = 0;
    for (const std::string_view id : {"workbook.number", "workbook.table", "workbook.counted"})
      book_.write(sheet_, 4, column++, text_.text(id), Style::heading);
    for (lxw_col_t i = 0; i < 3; ++i)
      book_.check(worksheet_set_column(sheet_, i, i, kContentsWidths[i], nullptr),
                  "setting widths");
    worksheet_freeze_panes(sheet_, 5, 0);
  }

  /// The number is the link: spreadsheets neither break the lines of a linked text nor, from right
  /// to left, keep its order.
  void add(const std::string& sheet_name, const std::string& title, const std::string& counted) {
    book_.link(sheet_, line_, 0, sheet_name, std::to_string(++number_));
    book_.write(sheet_, line_, 1, title, Style::words);
    book_.write(sheet_, line_, 2, counted, Style::words);
    book_.set_lines(
        sheet_, line_++,
        std::max(lines_of(title, kContentsWidths[1]), lines_of(counted, kContentsWidths[2])));
  }

 private:
  WorkbookFile& book_;
  lxw_worksheet* sheet_;
  TableText& text_;
  std::uint32_t line_ = 5;
  int number_ = 0;
};

class Method {
 public:
  Method(WorkbookFile& book, lxw_worksheet* sheet, TableText& text, const CompilationInput& input)
      : book_(book), sheet_(sheet), text_(text), input_(input) {}

  void write(const WorkbookFrame& frame) {
    book_.write(sheet_, 0, 0, text_.text("method.title"), Style::title);
    if (!frame.mark.empty()) book_.spread(sheet_, 1, 2, 148, frame.mark, Style::mark);
    book_.link(sheet_, 2, 0, frame.contents_name, text_.text("workbook.back"));
    std::uint32_t column = 0;
    for (const std::string_view id : {"method.item", "method.number", "method.meaning"}) {
      book_.write(sheet_, 3, column, text_.text(id),
                  column == 1 ? Style::number_heading : Style::heading);
      ++column;
    }
    for (lxw_col_t i = 0; i < 3; ++i)
      book_.check(worksheet_set_column(sheet_, i, i, kMethodWidths[i], nullptr), "setting widths");
    worksheet_freeze_panes(sheet_, 4, 0);
    write_cycle();
    write_counts();
    for (const std::string_view item : {"suppressed", "not_published", "self_reports"})
      add(item, {});
    write_provisions();
    write_digests();
    write_fallbacks();
  }

 private:
  void add(std::string_view item, std::optional<std::int64_t> number,
           const Arguments& arguments = {}) {
    const std::string id = "method." + std::string(item);
    book_.write(sheet_, line_, 0, text_.text(id), Style::words);
    if (number) book_.write(sheet_, line_, 1, *number, Style::number);
    finish_line(text_.text(id), text_.text(id + "_meaning", arguments));
  }

  void finish_line(const std::string& item, const std::string& meaning) {
    book_.write(sheet_, line_, 2, meaning, Style::words);
    book_.set_lines(
        sheet_, line_++,
        std::max(lines_of(item, kMethodWidths[0]), lines_of(meaning, kMethodWidths[2])));
  }

  void add_words(std::string_view item, std::string_view words) {
    const std::string label = text_.text("method." + std::string(item));
    book_.write(sheet_, line_, 0, label, Style::words);
    finish_line(label, std::string(words));
  }

  void write_cycle() {
    const Cycle& cycle = input_.cycle;
    book_.write(sheet_, line_, 0, text_.text("method.cut_off"), Style::words);
    book_.write(sheet_, line_, 1, cycle.cut_off);
    finish_line(text_.text("method.cut_off"), text_.text("method.cut_off_meaning"));
    for (const auto& [phase, period] : reporting_periods(cycle)) {
      const Arguments arguments = {{"start", period.start}, {"end", period.end}, {"phase", phase}};
      add_words("period",
                text_.text(phase == 0 ? "cell.period" : "cell.period_of_phase", arguments));
    }
    add_words("cycle", cycle.id);
    add_words("form", fmt::format("{} {}", input_.form.id(), input_.form.version()));
  }

  void write_counts() {
    const CycleCounts counts = count_cycle(input_);
    add("roster", counts.roster);
    add("parties", counts.parties);
    add("submitted", counts.submitted);
    add("asked", {});
    add("answered", {});
    add("organizations", counts.submitted_organizations);
    add("others", counts.submitted_others);
    // One or two who do not consent would be named by what is not published of them.
    if (input_.audience == Audience::secretariat) add("without_consent", counts.without_consent);
  }

  void write_provisions() {
    const ProvisionCount count = count_provisions(input_.form);
    add("provisions", static_cast<std::int64_t>(count.unverified.size()), {{"total", count.total}});
  }

  /// Last, when all texts were asked for; the line's own are not counted.
  void write_fallbacks() {
    const auto count = static_cast<std::int64_t>(text_.fallbacks());
    if (count == 0) return;
    add("fallback", count,
        {{"language", language_name(input_.form.language_tag(0), text_.language())}});
  }

  void write_digests() {
    const FormTables& tables = input_.form.tables();
    add_words("digest_structure", input_.form.structure_digest());
    add_words("digest_rules", input_.form.rules_digest());
    const std::uint32_t language = text_.form_language();
    if (language < tables.text_digests.size())
      add_words("digest_texts", input_.form.string(tables.text_digests[language]));
    add_words("digest_cycle", input_.cycle.digest);
    const Roster& roster = input_.cycle.roster;
    add_words("roster_source", fmt::format("{}, {}", roster.source, roster.date.to_string()));
    if (const auto disclaimer = roster.disclaimer_in(text_.language()); !disclaimer.empty())
      add_words("designations", disclaimer);
  }

  WorkbookFile& book_;
  lxw_worksheet* sheet_;
  TableText& text_;
  const CompilationInput& input_;
  std::uint32_t line_ = 4;
};

}  // namespace

Result<void> write_workbook(const CompilationInput& input, std::span<const Table> tables,
                            const Declaration& product, std::string_view language,
                            const std::filesystem::path& path) {
  const ProductReading reading = read_product(input.form, product);
  if (!reading.mistakes.empty())
    return Error{Error::Kind::bad_input, reading.mistakes.front(), reading.product.id};
  const std::string& id = reading.product.id;
  TableText text(input.form, input.cycle, language);
  WorkbookFrame frame;
  frame.title = text.text("product." + id + ".title");
  frame.mark = marks_of(input, text);
  WorkbookFile book(path, language, input.cycle.cut_off, frame.title);
  lxw_worksheet* contents_sheet =
      book.add_sheet(text.text("workbook.contents"), frame.contents_name);
  set_page(book, contents_sheet, frame, text);
  Contents contents(book, contents_sheet, text);
  contents.begin(frame);
  for (const Table* table : chosen_tables(reading.product, tables)) {
    std::string name;
    lxw_worksheet* sheet = book.add_sheet(table->id, name);
    write_table_sheet(book, sheet, name, *table, frame, input, text);
    contents.add(name, text.title(*table), text.denominator_line(*table));
  }
  std::string method_name;
  lxw_worksheet* method_sheet = book.add_sheet(text.text("method.title"), method_name);
  set_page(book, method_sheet, frame, text);
  Method(book, method_sheet, text, input).write(frame);
  contents.add(method_name, text.text("method.title"), {});
  return book.close();
}

}  // namespace cosp
