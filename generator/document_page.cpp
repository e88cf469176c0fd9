#include "generator/document_page.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/language.hpp"
#include "generator/narrative_arguments.hpp"

namespace cosp {
namespace {

/// A text as a string of CSS within a `<style>` element: whatever could end either is written as
/// its code.
std::string css_string(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || std::string_view("\"\\<>&'").find(c) != std::string_view::npos)
      quoted += fmt::format("\\{:x} ", byte);
    else
      quoted += c;
  }
  return quoted + "\"";
}

Arguments numbered(int number) { return {{"number", std::to_string(number)}}; }

}  // namespace

TemplateList words_of(std::string text) {
  TemplateList list;
  if (text.empty()) return list;
  list.emplace_back().set("text", std::move(text));
  return list;
}

DocumentPage::DocumentPage(const CompilationInput& input, std::string_view language)
    : input_(input),
      words_(input.form, input.cycle, language),
      arguments_(standard_arguments(input, language)) {}

std::string DocumentPage::next_table() {
  return words_.words("document.table_number", numbered(++tables_));
}
std::string DocumentPage::next_figure() {
  return words_.words("document.figure_number", numbered(++figures_));
}

std::string DocumentPage::next_heading(int level, std::string_view id, std::string_view text) {
  std::string number;
  if (level == 2) {
    subsections_ = 0;
    number = words_.words("document.section_number", numbered(++sections_));
  } else {
    number = words_.words("document.subsection_number", numbered(++subsections_));
  }
  TemplateObject& line = contents_.emplace_back();
  line.set("href", fmt::format("#{}", id)).set("number", number).set("text", text);
  line.set("css", fmt::format("level-{}", level));
  return number;
}

void DocumentPage::add_contents(std::string_view id, std::string_view text, int level) {
  TemplateObject& line = contents_.emplace_back();
  line.set("href", fmt::format("#{}", id)).set("number", "").set("text", text);
  line.set("css", fmt::format("level-{}", level));
}

bool DocumentPage::has_footnote(std::string_view text) const {
  return std::find(footnote_texts_.begin(), footnote_texts_.end(), text) != footnote_texts_.end();
}

TemplateObject DocumentPage::footnote(std::string text) {
  const std::string number = std::to_string(footnotes_.size() + 1);
  footnote_texts_.push_back(text);
  const std::string back = words_.words("document.back", {{"number", number}});
  footnotes_.emplace_back()
      .set("number", number)
      .set("id", "note-" + number)
      .set("text", std::move(text))
      .set("back", back);
  TemplateObject reference;
  reference.set("number", number).set("id", "note-" + number);
  return reference;
}

TemplateList DocumentPage::optional(std::string_view id, bool is_there) {
  return is_there ? words_of(words_.words(id)) : TemplateList{};
}

void DocumentPage::add_masthead(TemplateObject& page) {
  const Cycle& cycle = input_.cycle;
  const bool is_test = cycle.purpose == Purpose::test || cycle.roster.is_invented;
  const Masthead masthead = cycle.masthead.value_or(Masthead{});
  page.set("organization",
           words_.has("form.title") ? words_.words("form.title") : std::string(form().id()));
  page.set("symbol", masthead.symbol);
  page.set("draft", optional("mark.draft", !cycle.masthead.has_value()));
  std::string mark;
  if (is_test)
    mark = words_.words("document.test_notice");
  else if (cycle.purpose == Purpose::pilot)
    mark = words_.words("mark.pilot");
  page.set("test", words_of(mark));
  const std::string running = !mark.empty() || cycle.masthead ? mark : words_.words("mark.draft");
  page.set("running_mark", css_string(running));
  page.set("session", words_of(masthead.session));
  page.set("agenda_item",
           masthead.agenda_item.empty()
               ? TemplateList{}
               : words_of(words_.words("document.agenda_item", {{"item", masthead.agenda_item}})));
  page.set("distribution",
           words_.words(input_.audience == Audience::open ? "document.distribution_public"
                                                          : "document.distribution_secretariat"));
  page.set("date", words_.words("document.date_line", {{"cut_off", cycle.cut_off}}));
  page.set("original",
           words_.words("document.original_line",
                        {{"language", language_name(form().language_tag(0), words_.language())}}));
}

TemplateList DocumentPage::colophon() {
  const Form& form = input_.form;
  TemplateList lines;
  const auto add = [&](std::string_view id, std::string value) {
    lines.emplace_back().set("label", words_.words(id)).set("value", std::move(value));
  };
  add("document.colophon_form", fmt::format("{} {}", form.id(), form.version()));
  add("document.colophon_status",
      words_.words("document.form_status",
                   {{"status", std::string(form.string(form.tables().status))}}));
  add("document.colophon_cycle", input_.cycle.id);
  if (input_.cycle.decision) add("document.colophon_decision", input_.cycle.decision->symbol);
  add("document.colophon_structure", std::string(form.structure_digest()));
  add("document.colophon_rules", std::string(form.rules_digest()));
  const std::uint32_t language = form.language(words_.language());
  if (language < form.tables().text_digests.size())
    add("document.colophon_texts", std::string(form.string(form.tables().text_digests[language])));
  add("document.colophon_cycle_digest", input_.cycle.digest);
  const Roster& roster = input_.cycle.roster;
  add("document.colophon_roster", fmt::format("{}, {}", roster.source, roster.date.to_string()));
  if (const auto disclaimer = roster.disclaimer_in(words_.language()); !disclaimer.empty())
    add("document.colophon_designations", std::string(disclaimer));
  return lines;
}

std::string DocumentPage::subtitle() {
  Arguments named = arguments_;
  const auto value_of = [&](std::string_view name) {
    return std::find_if(arguments_.begin(), arguments_.end(),
                        [&](const auto& argument) { return argument.first == name; });
  };
  const auto set = [&](std::string_view name, const auto& value) {
    for (auto& [known, given] : named)
      if (known == name) given = value;
  };
  if (value_of("state_period_start") != arguments_.end()) {
    set("period_start", value_of("state_period_start")->second);
    set("period_end", value_of("state_period_end")->second);
    return words_.words("document.subtitle", named);
  }
  const std::vector<PhasePeriod> periods = reporting_periods(input_.cycle);
  if (periods.size() == 1) {
    set("period_start", periods.front().period.start);
    set("period_end", periods.front().period.end);
    return words_.words("document.subtitle", named);
  }
  std::vector<std::string> texts;
  texts.reserve(periods.size());
  for (const auto& [phase, period] : periods)
    texts.push_back(words_.words("document.period_of_phase",
                                 {{"start", period.start}, {"end", period.end}, {"phase", phase}}));
  named.emplace_back("periods", std::move(texts));
  return words_.words("document.subtitle_phases", named);
}

TemplateObject DocumentPage::finish(const std::string& title, TemplateList attribution) {
  TemplateObject page;
  page.set("lang", words_.language())
      .set("dir", words_.is_right_to_left() ? "rtl" : "ltr")
      .set("title", title);
  page.set("subtitle", subtitle());
  add_masthead(page);
  page.set("attribution", std::move(attribution));
  page.set("has_contents", !contents_.empty()).set("contents", std::move(contents_));
  page.set("has_footnotes", !footnotes_.empty())
      .set("footnotes", std::move(footnotes_))
      .set("colophon", colophon());
  for (const auto& [name, id] : {std::pair{"word_skip", "document.skip"},
                                 {"word_contents", "document.contents"},
                                 {"word_footnotes", "document.footnotes"},
                                 {"word_colophon", "document.colophon"}})
    page.set(name, words_.words(id));
  page.set("fallback",
           words_.has_fallback()
               ? words_of(words_.words(
                     "document.fallback_notice",
                     {{"language", language_name(form().language_tag(0), words_.language())}}))
               : TemplateList{});
  return page;
}

}  // namespace cosp
