#include "generator/narrative_answer.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/language.hpp"
#include "base/numbers.hpp"
#include "generator/document_page.hpp"
#include "generator/document_table.hpp"

namespace cosp {
namespace {

std::vector<std::uint32_t> list_of(std::span<const std::uint32_t> numbers) {
  return {numbers.begin(), numbers.end()};
}

}  // namespace

AnswerText::AnswerText(NarrativeText& words, const Contributor& contributor, Audience audience)
    : words_(words),
      contributor_(contributor),
      submission_(*contributor.submission),
      audience_(audience) {
  const Form& form = words.form();
  shown_.resize(form.questions().size());
  depends_.resize(form.questions().size());
  // In the order of the questionnaire: no condition looks forward.
  for (std::uint32_t i = 0; i < shown_.size(); ++i) {
    depends_[i] = depends_on_closed(i);
    shown_[i] =
        contributor.evaluation->is_asked(i) && !form.question(i).is_personal && !depends_[i];
  }
}

bool AnswerText::is_readable(Visibility visibility) const {
  return audience_ == Audience::secretariat || visibility == Visibility::open;
}

bool AnswerText::depends_on_closed(std::uint32_t question) const {
  const Form& form = words_.form();
  if (audience_ == Audience::secretariat || form.question(question).condition == kNone)
    return false;
  Trace trace;
  contributor_.evaluation->holds(form.question(question).condition, {}, &trace);
  for (const std::uint32_t read : trace.questions) {
    const Visibility visibility =
        std::max(submission_.answers[read].visibility, form.question(read).floor);
    if (!is_readable(visibility) || form.question(read).is_personal || depends_[read]) return true;
  }
  return std::any_of(trace.rows.begin(), trace.rows.end(), [&](const RowScope& scope) {
    return !is_readable(form.registry(scope.registry).floor);
  });
}

void AnswerText::add_line(TemplateList& lines, std::string text, std::string_view css) {
  lines.push_back(text_line(words_, std::move(text), {}, css));
}

TemplateList AnswerText::question(std::uint32_t question) {
  const Field& field = words_.form().question(question);
  const Answer& answer = contributor_.evaluation->answer(question);
  return lines_of({field, answer, std::max(answer.visibility, field.floor)});
}

TemplateList AnswerText::lines_of(const Given& given) {
  TemplateList lines;
  if (!is_readable(given.visibility)) {
    add_line(lines, words_.words("standing.not_published"), "not-published");
  } else if (given.answer.has_value()) {
    add_value(lines, given);
    add_extra(lines, given);
  } else if (given.answer.has_reason()) {
    add_reason(lines, given);
    add_extra(lines, given);
  } else {
    add_line(lines, words_.words("standing.not_provided"), "not-provided");
  }
  if (audience_ == Audience::secretariat && given.visibility != Visibility::open)
    add_line(lines,
             words_.words(fmt::format("document.visibility_{}", to_string(given.visibility))),
             "restricted");
  return lines;
}

void AnswerText::add_value(TemplateList& lines, const Given& given) {
  const Answer& answer = given.answer;
  const std::string& language = words_.language();
  switch (given.field.type) {
    case QuestionType::status:
    case QuestionType::single:
    case QuestionType::yes_no:
    case QuestionType::multi: return add_choices(lines, given);
    case QuestionType::number:
    case QuestionType::money: return add_figure(lines, given);
    case QuestionType::text:
    case QuestionType::long_text: {
      const auto texts = submission_.texts_of(answer);
      return add_texts(lines, {texts.begin(), texts.end()}, "state-text");
    }
    case QuestionType::date: return add_line(lines, format_date(answer.date, language), "value");
    case QuestionType::period:
      return add_line(
          lines, words_.words("document.period", {{"start", answer.date}, {"end", answer.end}}),
          "value");
    case QuestionType::reference:
      return add_references(lines, given.field.registry, list_of(submission_.numbers_of(answer)),
                            {});
    default: return add_line(lines, items_text(given), "value");
  }
}

std::string AnswerText::items_text(const Given& given) {
  const std::string& language = words_.language();
  std::vector<std::string> items;
  if (given.field.type == QuestionType::provisions) {
    for (const std::uint32_t provision : submission_.numbers_of(given.answer))
      items.push_back(words_.tables().label(Label::of(Label::Kind::provision, provision)));
    return format_list(items, language);
  }
  for (const std::string& item : submission_.items_of(given.answer)) {
    const RosterEntry* entry =
        given.field.type == QuestionType::submitter
            ? contributor_.evaluation->surroundings().cycle == nullptr
                  ? nullptr
                  : contributor_.evaluation->surroundings().cycle->roster.find(item)
            : nullptr;
    if (entry != nullptr)
      items.emplace_back(entry->name(language));
    else if (given.field.type == QuestionType::language ||
             given.field.type == QuestionType::languages)
      items.push_back(language_name(item, language));
    else
      items.push_back(item);
  }
  return format_list(items, language);
}

void AnswerText::add_choices(TemplateList& lines, const Given& given) {
  const auto options = words_.form().options_of(given.field.list);
  TemplateList items;
  for (std::size_t i = 0; i < options.size(); ++i)
    if ((given.answer.mask >> i & 1) != 0)
      items.push_back(marked_object(words_, words_.form_text(options[i].label)));
  TemplateObject line;
  line.set("css", "value").set("caption", TemplateList{});
  const bool is_single = items.size() == 1;
  line.set("text", is_single ? std::get<std::string>(*items.front().find("text")) : std::string{});
  line.set("mark",
           is_single ? std::get<TemplateList>(*items.front().find("mark")) : TemplateList{});
  line.set("links", TemplateList{}).set("has_items", !is_single);
  line.set("items", is_single ? TemplateList{} : std::move(items));
  lines.push_back(std::move(line));
}

void AnswerText::add_figure(TemplateList& lines, const Given& given) {
  const Form& form = words_.form();
  std::string unit;
  if (given.field.type == QuestionType::money) {
    const auto items = submission_.items_of(given.answer);
    if (!items.empty()) unit = items.front();
  } else if (given.field.unit.size > 0) {
    const std::string_view code = form.string(given.field.unit);
    const std::string id = fmt::format("unit.{}", code);
    unit = words_.has(id) ? words_.words(id, {{"count", given.answer.number}}) : std::string(code);
  }
  const std::string figure = format_number(given.answer.number, words_.language());
  add_line(lines,
           unit.empty()
               ? figure
               : words_.words("document.figure_with_unit", {{"figure", figure}, {"unit", unit}}),
           "value");
}

void AnswerText::add_references(TemplateList& lines, std::uint32_t registry,
                                const std::vector<std::uint32_t>& rows, std::string caption) {
  TemplateList links, items;
  for (const std::uint32_t row : rows) {
    if (row >= submission_.registers[registry].size()) continue;
    if (!shows_register(registry))
      items.push_back(marked_object(words_, {row_title(registry, row), {}}));
    else
      links.emplace_back()
          .set("href", "#" + row_anchor(registry, row))
          .set("text", row_title(registry, row));
  }
  TemplateObject line;
  line.set("css", "references").set("caption", words_of(std::move(caption))).set("text", "");
  line.set("mark", TemplateList{}).set("links", std::move(links));
  line.set("has_items", !items.empty());
  line.set("items", std::move(items));
  lines.push_back(std::move(line));
}

void AnswerText::add_texts(TemplateList& lines, const std::vector<LocalText>& texts,
                           std::string_view css, std::string caption) {
  for (const LocalText& text : texts) {
    std::string said = caption;
    if (texts.size() > 1 || text.language != words_.language())
      said = words_.words(
          text.is_original ? "document.text_original" : "document.text_translation",
          {{"language", language_name(text.language, words_.language())}, {"caption", caption}});
    lines.push_back(text_line(words_, text.text, text.language, css, std::move(said)));
  }
}

void AnswerText::add_reason(TemplateList& lines, const Given& given) {
  const Form& form = words_.form();
  const auto reason = static_cast<std::size_t>(given.answer.reason);
  const ReasonDeclaration& declared = form.tables().reasons[reason];
  MarkedText text = words_.message(fmt::format("reason.{}", to_string(given.answer.reason)));
  if (given.answer.detail != kNone && declared.detail_list != kNone) {
    const auto details = form.options_of(declared.detail_list);
    if (given.answer.detail < details.size()) {
      MarkedText detail = words_.form_text(details[given.answer.detail].label);
      text.text = words_.words("document.reason_detail",
                               {{"reason", text.text}, {"detail", std::move(detail.text)}});
      if (text.language.empty()) text.language = detail.language;
    }
  }
  lines.push_back(text_line(words_, std::move(text.text), text.language, "reason"));
}

void AnswerText::add_extra(TemplateList& lines, const Given& given) {
  if (given.answer.origin == Origin::shared)
    add_line(lines, words_.words("document.shared_answer"), "remark");
  const AnswerExtra* extra = submission_.extra_of(given.answer);
  if (extra == nullptr) return;
  if (extra->expected_on)
    add_line(lines, words_.words("document.expected_on", {{"date", *extra->expected_on}}),
             "remark");
  const ReasonDeclaration& declared =
      words_.form().tables().reasons[static_cast<std::size_t>(given.answer.reason)];
  if (given.answer.has_reason() && declared.registry != kNone && !extra->rows.empty())
    add_references(lines, declared.registry, extra->rows, words_.words("document.reported_in"));
  add_texts(lines, extra->note, "note", words_.words("document.note"));
}

bool AnswerText::shows_column(std::uint32_t column) const {
  const Column& declared = words_.form().column(column);
  return !declared.is_personal && is_readable(declared.floor);
}

bool AnswerText::shows_register(std::uint32_t registry) const {
  return is_readable(words_.form().registry(registry).floor);
}

bool AnswerText::is_empty(std::uint32_t registry, std::uint32_t row, std::uint32_t column) const {
  return submission_.cell(words_.form(), registry, row, column).is_absent();
}

TemplateList AnswerText::cell(std::uint32_t registry, std::uint32_t row, std::uint32_t column) {
  const Form& form = words_.form();
  const Answer& answer = submission_.cell(form, registry, row, column);
  if (answer.is_absent()) return {};
  const Field& field = form.column(column);
  return lines_of(
      {field, answer, std::max({answer.visibility, field.floor, form.registry(registry).floor})});
}

std::string AnswerText::row_anchor(std::uint32_t registry, std::uint32_t row) const {
  const Form& form = words_.form();
  const std::vector<Row>& rows = submission_.registers[registry];
  const std::string& id = rows[row].id;
  const auto same = std::count_if(rows.begin(), rows.begin() + row,
                                  [&](const Row& earlier) { return earlier.id == id; });
  std::string anchor = fmt::format("entry-{}-{}", form.string(form.registry(registry).code), id);
  if (same > 0) anchor += fmt::format("/{}", same + 1);
  return anchor;
}

std::string AnswerText::row_title(std::uint32_t registry, std::uint32_t row) {
  const std::string& id = submission_.registers[registry][row].id;
  const std::uint32_t column = words_.form().registry(registry).title_column;
  if (column == kNone || !shows_column(column) || !shows_register(registry)) return id;
  const Answer& answer = submission_.cell(words_.form(), registry, row, column);
  if (!answer.has_value() || !is_readable(answer.visibility)) return id;
  if (is_text(words_.form().column(column).type)) {
    for (const LocalText& text : submission_.texts_of(answer))
      if (text.language == words_.language()) return text.text;
    return std::string(submission_.original_text(answer));
  }
  const TemplateList lines = cell(registry, row, column);
  const std::string text =
      lines.empty() ? std::string{} : std::get<std::string>(*lines.front().find("text"));
  return text.empty() ? id : text;
}

std::string AnswerText::place_label(const std::string& place) {
  const Form& form = words_.form();
  const auto [question, registry, row, column] = find_place(form, submission_, place);
  if (question != kNone) {
    const Visibility visibility =
        std::max(submission_.answers[question].visibility, form.question(question).floor);
    if (!shows(question) || !is_readable(visibility)) return {};
    return words_.form_text(form.question(question).label).text;
  }
  if (registry == kNone || !shows_register(registry)) return {};
  if (row == kNone || column == kNone || !shows_column(column)) return {};
  if (!is_readable(submission_.cell(form, registry, row, column).visibility)) return {};
  return words_.words("document.row_place",
                      {{"row", row_title(registry, row)},
                       {"column", words_.form_text(form.column(column).label).text}});
}

}  // namespace cosp
