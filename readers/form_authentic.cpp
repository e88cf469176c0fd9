/// Authentic texts of provisions: a file per language, given by whoever has them.

#include "base/text.hpp"
#include "readers/form_context.hpp"

namespace cosp {
namespace {

std::string summary_id(const std::string& code) { return "provision." + code + ".summary"; }

/// A treaty's text has no braces, and where texts are messages a brace would be taken for an
/// argument.
bool check_text(const FormSource& source, const YamlNode::Entry& entry) {
  const std::string& text = entry.value.scalar;
  if (has_forbidden_characters(text))
    source.yaml.add(entry.value, "expected text of provision \"" + entry.key +
                                     "\", got a hidden or controlling character in it");
  else if (text.find_first_of("{}") != std::string::npos)
    source.yaml.add(entry.value,
                    "expected text of provision \"" + entry.key + "\", got a brace in it");
  else
    return true;
  return false;
}

void take_language(FormContext& context, std::uint32_t language, const FormSource& source) {
  if (!source.yaml.check_map(source.root, {"source", "date", "texts"}, "a file of authentic texts"))
    return;
  const YamlNode* from = source.yaml.require(source.root, "source", "a file of authentic texts");
  const YamlNode* day = source.yaml.require(source.root, "date", "a file of authentic texts");
  const YamlNode* texts = source.yaml.require(source.root, "texts", "a file of authentic texts");
  AuthenticTexts& record = context.draft.authentic_texts[language];
  if (from != nullptr)
    if (const auto words = source.yaml.text(*from)) record.source = context.add(*words);
  if (day != nullptr)
    if (const auto date = source.yaml.date(*day)) record.date = *date;
  if (texts == nullptr) return;
  if (!texts->is_map()) {
    source.yaml.add(*texts, "expected texts by provision, got " + describe_node(*texts));
    return;
  }
  for (const YamlNode::Entry& entry : texts->entries) {
    const auto text = source.yaml.text(entry.value);
    if (!text || !check_text(source, entry)) continue;
    context.texts.put_authentic(language, summary_id(entry.key), *text, source.yaml.name());
    ++record.provisions;
  }
}

}  // namespace

void take_authentic_texts(FormContext& context) {
  context.draft.authentic_texts.assign(context.languages.size(), {});
  for (const auto& [language, source] : context.authentic_sources)
    take_language(context, language, source);
}

void check_authentic_texts(FormContext& context) {
  for (const auto& [language, source] : context.authentic_sources) {
    const YamlNode* texts = source.root.find("texts");
    if (texts == nullptr || !texts->is_map()) continue;
    for (const YamlNode::Entry& entry : texts->entries) {
      YamlNode at;
      at.line = entry.line;
      at.column = entry.column;
      (void)context.provisions.resolve(source.yaml, at, entry.key);
    }
  }
}

}  // namespace cosp
