#include "generator/document_submission.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/numbers.hpp"
#include "generator/document_table.hpp"

namespace cosp {
namespace {

constexpr std::size_t kMostColumnsAbreast = 5;

TemplateObject plain_cell(std::string text) {
  TemplateObject cell;
  cell.set("identity", TemplateList{}).set("css", "words").set("text", std::move(text));
  cell.set("mark", TemplateList{});
  return std::move(cell.set("hint", TemplateList{}).set("lines", TemplateList{}));
}

TemplateObject lines_cell(TemplateList lines) {
  TemplateObject cell;
  cell.set("identity", TemplateList{}).set("css", "words").set("text", lines.empty() ? "–" : "");
  cell.set("mark", TemplateList{});
  return std::move(cell.set("hint", TemplateList{}).set("lines", std::move(lines)));
}

TemplateObject row_object(const NarrativeText& words, std::string id, const MarkedText& label,
                          TemplateList cells) {
  TemplateObject row;
  row.set("id", std::move(id)).set("css", "words").set("label", label.text);
  row.set("mark", language_mark(words, label.language));
  return std::move(row.set("cells", std::move(cells)));
}

TemplateList head_of(const NarrativeText& words, const std::vector<MarkedText>& labels) {
  TemplateList cells, rows;
  for (const MarkedText& label : labels) {
    TemplateObject& cell = cells.emplace_back(marked_object(words, label));
    cell.set("columns", "1").set("rows", "1").set("scope", "col").set("css", "words");
  }
  rows.emplace_back().set("cells", std::move(cells));
  return rows;
}

/// A table without number, source or notes.
TemplateObject bare_table(const NarrativeText& words, std::string id, const MarkedText& caption,
                          TemplateList head, TemplateList rows) {
  TemplateObject table;
  table.set("id", std::move(id)).set("number", TemplateList{}).set("caption", caption.text);
  table.set("mark", language_mark(words, caption.language));
  table.set("denominator", TemplateList{}).set("is_wide", false).set("footnote", TemplateList{});
  table.set("head", std::move(head)).set("rows", std::move(rows));
  return std::move(
      table.set("notes", TemplateList{}).set("has_symbols", false).set("symbols", TemplateList{}));
}

TemplateObject section_of(DocumentPage& page, const std::string& id, const MarkedText& title,
                          std::string intro) {
  page.add_contents(id, title.text, 2);
  TemplateObject section;
  section.set("id", id).set("title", title.text);
  section.set("mark", language_mark(page.words(), title.language));
  return std::move(section.set("intro", words_of(std::move(intro))));
}

// --- Questions

TemplateList provisions_text(NarrativeText& words, const Question& question) {
  std::vector<std::string> codes;
  for (const std::uint32_t provision : words.form().provisions_of(question.provisions))
    codes.push_back(words.tables().label(Label::of(Label::Kind::provision, provision)));
  return words_of(format_list(codes, words.language()));
}

TemplateObject question_object(NarrativeText& words, AnswerText& answers, std::uint32_t index) {
  const Question& question = words.form().question(index);
  const MarkedText label = words.form_text(question.label);
  TemplateObject object;
  object.set("code", words.form().code(question)).set("label", label.text);
  object.set("mark", language_mark(words, label.language));
  object.set("provisions", provisions_text(words, question)).set("lines", answers.question(index));
  return object;
}

/// Nothing when no question of the block is shown.
TemplateList block_list(DocumentPage& page, AnswerText& answers, const Contributor& contributor,
                        std::uint32_t index) {
  NarrativeText& words = page.words();
  const Block& block = words.form().block(index);
  TemplateList questions;
  for (std::uint32_t i = block.questions.first; i < block.questions.first + block.questions.count;
       ++i)
    if (answers.shows(i)) questions.push_back(question_object(words, answers, i));
  const bool is_reserved =
      block.provision != kNone && contributor.evaluation->is_reserved(block.provision);
  TemplateList blocks;
  if (questions.empty()) return blocks;
  const MarkedText title = words.form_text(block.title);
  const std::string_view article = words.form().string(block.article);
  TemplateObject& object = blocks.emplace_back();
  object.set("id", fmt::format("block-{}", words.form().string(block.code)));
  object.set("article",
             article.empty()
                 ? TemplateList{}
                 : words_of(words.words("document.article", {{"number", std::string(article)}})));
  object.set("title", title.text).set("mark", language_mark(words, title.language));
  object.set("reserved",
             is_reserved ? words_of(words.words("document.reserved_block")) : TemplateList{});
  object.set("questions", std::move(questions));
  return blocks;
}

// --- Registers

struct RegisterView {
  std::uint32_t registry;
  std::vector<std::uint32_t> columns;  ///< shown, and filled in some row
  std::uint32_t rows;
};

RegisterView view_of(const AnswerText& answers, const Form& form, const Submission& submission,
                     std::uint32_t registry) {
  RegisterView view{
      registry, {}, static_cast<std::uint32_t>(submission.registers[registry].size())};
  const Range columns = form.registry(registry).columns;
  for (std::uint32_t column = columns.first; column < columns.first + columns.count; ++column) {
    bool is_filled = false;
    for (std::uint32_t row = 0; row < view.rows && !is_filled; ++row)
      is_filled = !answers.is_empty(registry, row, column);
    if (is_filled && answers.shows_column(column)) view.columns.push_back(column);
  }
  return view;
}

/// All rows in one table, where their columns fit abreast.
TemplateObject abreast(NarrativeText& words, AnswerText& answers, const Submission& submission,
                       const RegisterView& view, const MarkedText& caption) {
  const Form& form = words.form();
  std::vector<MarkedText> labels = {words.message("document.row")};
  for (const std::uint32_t column : view.columns)
    labels.push_back(words.form_text(form.column(column).label));
  TemplateList rows;
  for (std::uint32_t row = 0; row < view.rows; ++row) {
    TemplateList cells;
    for (const std::uint32_t column : view.columns)
      cells.push_back(lines_cell(answers.cell(view.registry, row, column)));
    rows.push_back(row_object(words, answers.row_anchor(view.registry, row),
                              MarkedText{submission.registers[view.registry][row].id, {}},
                              std::move(cells)));
  }
  return bare_table(words,
                    fmt::format("register-{}", form.string(form.registry(view.registry).code)),
                    caption, head_of(words, labels), std::move(rows));
}

/// One row as a table of its own, a line a column: a register of sixteen columns does not fit on a
/// page.
TemplateObject single_row(NarrativeText& words, AnswerText& answers, const RegisterView& view,
                          std::uint32_t row) {
  const Form& form = words.form();
  const std::string anchor = answers.row_anchor(view.registry, row);
  TemplateList rows;
  for (const std::uint32_t column : view.columns) {
    if (answers.is_empty(view.registry, row, column)) continue;
    TemplateList cells;
    cells.push_back(lines_cell(answers.cell(view.registry, row, column)));
    rows.push_back(row_object(words, fmt::format("{}-{}", anchor, form.code(form.column(column))),
                              words.form_text(form.column(column).label), std::move(cells)));
  }
  return bare_table(words, anchor, MarkedText{answers.row_title(view.registry, row), {}}, {},
                    std::move(rows));
}

void add_register(TemplateList& sections, DocumentPage& page, AnswerText& answers,
                  const Submission& submission, std::uint32_t registry) {
  NarrativeText& words = page.words();
  const Form& form = words.form();
  const RegisterView view = view_of(answers, form, submission, registry);
  if (view.rows == 0 || view.columns.empty()) return;
  const MarkedText title = words.form_text(form.registry(registry).title);
  const std::string id = fmt::format("section-{}", form.string(form.registry(registry).code));
  TemplateObject section = section_of(page, id, title, {});
  TemplateList tables;
  if (view.columns.size() <= kMostColumnsAbreast) {
    tables.push_back(abreast(words, answers, submission, view, title));
  } else {
    for (std::uint32_t row = 0; row < view.rows; ++row)
      tables.push_back(single_row(words, answers, view, row));
  }
  section.set("tables", std::move(tables)).set("explanations", TemplateList{});
  sections.push_back(std::move(section));
}

// --- The depositary's record

/// The word of a code that the form's register of reservations has an option for, else the code.
std::string option_word(NarrativeText& words, std::string_view code) {
  const Form& form = words.form();
  const std::uint32_t registry =
      form.tables().reservations.empty() ? kNone : form.tables().reservations.front().registry;
  if (registry == kNone) return std::string(code);
  for (const Column& column : form.columns_of(form.registry(registry))) {
    if (!is_choice(column.type)) continue;
    const std::uint32_t option = form.find_option(column.list, code);
    if (option != kNone) return words.form_text(form.options_of(column.list)[option].label).text;
  }
  return std::string(code);
}

void add_record(TemplateList& sections, DocumentPage& page, const Contributor& contributor) {
  NarrativeText& words = page.words();
  const std::string& language = words.language();
  TemplateList rows;
  for (const RegisteredReservation& reservation : page.input().cycle.reservations) {
    if (reservation.state != contributor.entry->code ||
        reservation.made_on > page.input().cycle.cut_off)
      continue;
    TemplateList cells;
    cells.push_back(plain_cell(option_word(words, reservation.kind)));
    cells.push_back(plain_cell(option_word(words, reservation.extent)));
    cells.push_back(plain_cell(format_list(reservation.provisions, language)));
    cells.push_back(plain_cell(format_date(reservation.made_on, language)));
    cells.push_back(plain_cell(
        reservation.withdrawn_on ? format_date(*reservation.withdrawn_on, language) : "–"));
    rows.push_back(row_object(words, fmt::format("record-{}", rows.size() + 1),
                              MarkedText{reservation.notification, {}}, std::move(cells)));
  }
  if (rows.empty()) return;
  const MarkedText title = words.message("document.record_title");
  TemplateObject section =
      section_of(page, "section-depositary-record", title, words.words("document.record_intro"));
  std::vector<MarkedText> labels;
  for (const std::string_view id :
       {"document.record_notification", "document.record_kind", "document.record_extent",
        "document.record_provisions", "document.record_made_on", "document.record_withdrawn_on"})
    labels.push_back(words.message(id));
  TemplateList tables;
  tables.push_back(
      bare_table(words, "depositary-record", title, head_of(words, labels), std::move(rows)));
  section.set("tables", std::move(tables)).set("explanations", TemplateList{});
  sections.push_back(std::move(section));
}

void add_explanations(TemplateList& sections, DocumentPage& page, AnswerText& answers,
                      const Submission& submission) {
  TemplateList explanations;
  for (const Explanation& explanation : submission.explanations) {
    const std::string place = answers.place_label(explanation.place);
    if (place.empty()) continue;
    TemplateList lines;
    answers.add_texts(lines, explanation.text, "state-text");
    explanations.emplace_back()
        .set("place", place)
        .set("rule", explanation.rule)
        .set("lines", std::move(lines));
  }
  if (explanations.empty()) return;
  TemplateObject section =
      section_of(page, "section-explanations", page.words().message("document.explanations_title"),
                 page.words().words("document.explanations_intro"));
  section.set("tables", TemplateList{}).set("explanations", std::move(explanations));
  sections.push_back(std::move(section));
}

/// What the reader kept of answers to questions that the form does not have, as it stands in the
/// file. Whether any of it is personal nobody can tell: for the secretariat alone.
void add_unknown(TemplateList& sections, DocumentPage& page, const Submission& submission) {
  if (submission.unknown.empty() || page.input().audience != Audience::secretariat) return;
  NarrativeText& words = page.words();
  TemplateList rows;
  for (const UnknownAnswer& answer : submission.unknown) {
    TemplateList cells;
    cells.push_back(plain_cell(answer.json));
    rows.push_back(row_object(words, fmt::format("unknown-{}", rows.size() + 1),
                              MarkedText{answer.code, {}}, std::move(cells)));
  }
  const MarkedText title = words.message("document.unknown_title");
  TemplateObject section =
      section_of(page, "section-unknown-answers", title, words.words("document.unknown_intro"));
  TemplateList tables;
  tables.push_back(bare_table(words, "unknown-answers", title,
                              head_of(words, {words.message("document.unknown_code"),
                                              words.message("document.unknown_answer")}),
                              std::move(rows)));
  section.set("tables", std::move(tables)).set("explanations", TemplateList{});
  sections.push_back(std::move(section));
}

}  // namespace

TemplateList submission_chapters(DocumentPage& page, AnswerText& answers,
                                 const Contributor& contributor) {
  NarrativeText& words = page.words();
  TemplateList chapters;
  for (const Chapter& chapter : words.form().chapters()) {
    TemplateList blocks;
    for (std::uint32_t i = chapter.blocks.first; i < chapter.blocks.first + chapter.blocks.count;
         ++i)
      for (TemplateObject& block : block_list(page, answers, contributor, i))
        blocks.push_back(std::move(block));
    if (blocks.empty()) continue;
    const MarkedText title = words.form_text(chapter.title);
    const std::string id = fmt::format("chapter-{}", words.form().string(chapter.code));
    page.add_contents(id, title.text, 2);
    for (const TemplateObject& block : blocks) {
      const auto& article = std::get<TemplateList>(*block.find("article"));
      const std::string prefix = article.empty()
                                     ? std::string{}
                                     : std::get<std::string>(*article.front().find("text")) + " ";
      page.add_contents(std::get<std::string>(*block.find("id")),
                        prefix + std::get<std::string>(*block.find("title")), 3);
    }
    chapters.emplace_back()
        .set("id", id)
        .set("title", title.text)
        .set("mark", language_mark(words, title.language))
        .set("blocks", std::move(blocks));
  }
  return chapters;
}

TemplateList submission_sections(DocumentPage& page, AnswerText& answers,
                                 const Contributor& contributor) {
  TemplateList sections;
  add_record(sections, page, contributor);
  const Submission& submission = *contributor.submission;
  for (std::uint32_t registry = 0; registry < submission.registers.size(); ++registry)
    if (answers.shows_register(registry))
      add_register(sections, page, answers, submission, registry);
  add_explanations(sections, page, answers, submission);
  add_unknown(sections, page, submission);
  return sections;
}

}  // namespace cosp
