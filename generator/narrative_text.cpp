#include "generator/narrative_text.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/language.hpp"

namespace cosp {

NarrativeText::NarrativeText(const Form& form, const Cycle& cycle, std::string_view language)
    : form_(form),
      language_(language),
      form_language_(form.language(language)),
      tables_(form, cycle, language) {}

bool NarrativeText::is_right_to_left() const { return cosp::is_right_to_left(language_); }

void NarrativeText::fail(std::string_view id, std::string what) {
  if (!failure_) failure_ = Error{Error::Kind::bad_input, std::move(what), std::string(id)};
}

const std::set<std::string, std::less<>>& NarrativeText::used(std::string_view id) {
  const auto known = used_.find(id);
  if (known != used_.end()) return known->second;
  std::set<std::string, std::less<>>& names = used_[std::string(id)];
  const TextId index = form_.find_text(id);
  if (index == kNone) return names;
  const auto arguments = message_arguments(form_.text(index, form_language_).value);
  if (!arguments) {
    fail(id, arguments.error().what);
    return names;
  }
  for (const MessageArgument& argument : *arguments) names.insert(argument.name);
  return names;
}

MarkedText NarrativeText::message(std::string_view id, const Arguments& arguments) {
  const TextId index = form_.find_text(id);
  if (index == kNone) {
    fail(id, "no text of that id");
    return {};
  }
  for (const std::string& name : used(id)) {
    const bool is_given = std::any_of(arguments.begin(), arguments.end(),
                                      [&](const auto& argument) { return argument.first == name; });
    if (is_given) continue;
    fail(id, fmt::format("text uses the argument \"{}\", which it is not given", name));
    return {};
  }
  if (failure_) return {};
  MarkedText marked{tables_.text(id, arguments), {}};
  if (form_.text(index, form_language_).is_fallback ||
      form_.language_tag(form_language_) != language_) {
    marked.language = form_.language_tag(0);
    if (marked.language == language_) marked.language.clear();
  }
  has_fallback_ = has_fallback_ || !marked.language.empty();
  return marked;
}

MarkedText NarrativeText::mark(std::string text) {
  const bool is_foreign = tables_.take_fallback();
  return {std::move(text), is_foreign ? std::string(form_.language_tag(0)) : std::string{}};
}

MarkedText NarrativeText::label(const Label& label) {
  tables_.take_fallback();
  return mark(tables_.label(label));
}

MarkedText NarrativeText::title(const Table& table) {
  tables_.take_fallback();
  return mark(tables_.title(table));
}

MarkedText NarrativeText::cell(const Cell& cell) {
  tables_.take_fallback();
  return mark(tables_.cell(cell));
}

MarkedText NarrativeText::form_text(TextId id) {
  const Text text = form_.text(id, form_language_);
  MarkedText marked{std::string(text.value), {}};
  const bool is_foreign = text.is_fallback || form_.language_tag(form_language_) != language_;
  if (is_foreign && form_.language_tag(0) != language_) marked.language = form_.language_tag(0);
  has_fallback_ = has_fallback_ || !marked.language.empty();
  return marked;
}

TemplateList language_mark(const NarrativeText& words, std::string_view language) {
  TemplateList marks;
  if (language.empty() || language == words.language()) return marks;
  TemplateObject mark;
  mark.set("tag", language).set("direction", is_right_to_left(language) ? "rtl" : "ltr");
  marks.push_back(std::move(mark));
  return marks;
}

TemplateObject marked_object(const NarrativeText& words, MarkedText text) {
  TemplateObject object;
  object.set("mark", language_mark(words, text.language)).set("text", std::move(text.text));
  return object;
}

TemplateList marked_list(const NarrativeText& words, MarkedText text) {
  TemplateList list;
  if (!text.text.empty()) list.push_back(marked_object(words, std::move(text)));
  return list;
}

}  // namespace cosp
