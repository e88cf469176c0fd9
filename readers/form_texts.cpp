#include "readers/form_texts.hpp"

#include <algorithm>

#include "base/digest.hpp"
#include "base/text.hpp"

namespace cosp {
namespace {

/// A text with what is known of it, and no folder of texts.
bool is_leaf_map(const YamlNode& node) {
  const YamlNode* text = node.find("text");
  if (text == nullptr || !text->is_scalar()) return false;
  return std::all_of(node.entries.begin(), node.entries.end(), [](const YamlNode::Entry& entry) {
    return entry.key == "text" || entry.key == "state" || entry.key == "of";
  });
}

}  // namespace

void FormTexts::read(std::uint32_t language, const YamlFile& file, const YamlNode& root,
                     bool is_common) {
  if (root.is_null()) return;
  if (!root.is_map()) {
    file.add(root, "expected a map of texts, got " + describe_node(root));
    return;
  }
  read_node(language, file, root, "", is_common);
}

void FormTexts::read_node(std::uint32_t language, const YamlFile& file, const YamlNode& node,
                          const std::string& id, bool is_common) {
  for (const YamlNode::Entry& entry : node.entries) {
    const std::string child = id.empty() ? entry.key : id + "." + entry.key;
    const YamlNode& value = entry.value;
    FormText text;
    text.state = language == 0 ? TextState::source : TextState::translated;
    text.is_common = is_common;
    if (value.is_scalar()) {
      text.value = value.scalar;
    } else if (is_leaf_map(value)) {
      text.value = value.find("text")->scalar;
      text.of = file.text_of(value, "of");
      const std::string state = file.text_of(value, "state");
      if (state == "reviewed" && language != 0)
        text.state = TextState::reviewed;
      else if (!state.empty() && state != "source" && state != "translated" && state != "reviewed")
        file.add(*value.find("state"),
                 "expected source, translated or reviewed, got \"" + state + "\"");
    } else if (value.is_map()) {
      read_node(language, file, value, child, is_common);
      continue;
    } else {
      file.add(entry.line, entry.column,
               "expected a text for \"" + child + "\", got " + describe_node(value));
      continue;
    }
    take_leaf(language, file, value, child, std::move(text));
  }
}

void FormTexts::take_leaf(std::uint32_t language, const YamlFile& file, const YamlNode& node,
                          const std::string& id, FormText text) {
  if (text.value.empty()) {
    file.add(node, "expected a text for \"" + id + "\", got an empty one");
    return;
  }
  if (has_forbidden_characters(text.value)) {
    file.add(node, "expected text for \"" + id + "\", got a hidden or controlling character in it");
    return;
  }
  text.file = file.name();
  const auto [known, is_new] = by_language_[language].try_emplace(id, text);
  if (is_new) return;
  if (known->second.is_common == text.is_common)
    file.add(node, "expected each text once, got \"" + id + "\" again; it stands in " +
                       known->second.file);
  else if (known->second.is_common)
    known->second = std::move(text);
}

const FormText* FormTexts::find(std::uint32_t language, std::string_view id) const {
  const auto found = by_language_[language].find(std::string(id));
  return found == by_language_[language].end() ? nullptr : &found->second;
}

void FormTexts::put(std::uint32_t language, const std::string& id, FormText text) {
  by_language_[language].insert_or_assign(id, std::move(text));
}

TextId FormTexts::intern(std::string_view id) {
  const auto [known, is_new] =
      interned_.try_emplace(std::string(id), static_cast<TextId>(interned_.size()));
  return known->second;
}

TextState FormTexts::state_of(std::uint32_t language, const std::string& id,
                              const FormText& text) const {
  if (language == 0) return TextState::source;
  if (text.of.empty() || text.state != TextState::reviewed) return text.state;
  const FormText* source = find(0, id);
  // Reviewed against a source text that has changed since: a translation like any other.
  const bool is_current =
      source != nullptr && sha256_hex(std::string_view(source->value)).starts_with(text.of);
  return is_current ? TextState::reviewed : TextState::translated;
}

std::vector<TextId> FormTexts::finish(FormDraft& draft) {
  std::vector<std::string> ids;
  for (const auto& [id, number] : interned_) ids.push_back(id);
  for (const auto& texts : by_language_)
    for (const auto& [id, text] : texts) ids.push_back(id);
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());

  std::vector<TextId> index_of(interned_.size(), kNone);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    draft.text_ids.push_back(draft.pool.add(ids[i]));
    if (const auto known = interned_.find(ids[i]); known != interned_.end())
      index_of[known->second] = static_cast<TextId>(i);
  }
  for (std::uint32_t language = 0; language < by_language_.size(); ++language) {
    Sha256 hash;
    for (const std::string& id : ids) {
      const FormText* text = find(language, id);
      if (text == nullptr) {
        draft.texts.push_back({0, kNone});
        draft.text_states.push_back(TextState::missing);
        continue;
      }
      draft.texts.push_back(draft.pool.add(text->value));
      draft.text_states.push_back(state_of(language, id, *text));
      hash.update(id + "\n" + std::to_string(text->value.size()) + ":" + text->value);
    }
    draft.text_digests.push_back(draft.pool.add(hash.finish_hex()));
  }
  return index_of;
}

}  // namespace cosp
