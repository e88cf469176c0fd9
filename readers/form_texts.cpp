#include "readers/form_texts.hpp"

#include <algorithm>

#include "base/digest.hpp"
#include "base/text.hpp"

namespace cosp {
namespace {

/// Which of the counts a state belongs to.
std::uint32_t& count_of(TextCounts& counts, TextState state) {
  switch (state) {
    case TextState::stale: return counts.stale;
    case TextState::unrecorded: return counts.unrecorded;
    case TextState::translated: return counts.translated;
    // Nothing is left to be reviewed in it.
    case TextState::authentic:
    case TextState::reviewed: return counts.reviewed;
    case TextState::source: return counts.source;
    case TextState::missing: break;
  }
  return counts.missing;
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

void FormTexts::read_records(std::uint32_t language, const YamlFile& file, const YamlNode& root,
                             bool is_common) {
  if (language == 0)
    file.add(root, "expected no record of the source language, got one");
  else
    read_text_records(file, root, records_[language][is_common ? 1 : 0]);
}

void FormTexts::read_node(std::uint32_t language, const YamlFile& file, const YamlNode& node,
                          const std::string& id, bool is_common) {
  for (const YamlNode::Entry& entry : node.entries) {
    const std::string child = id.empty() ? entry.key : id + "." + entry.key;
    const YamlNode& value = entry.value;
    if (value.is_scalar()) {
      FormText text;
      text.value = value.scalar;
      text.is_common = is_common;
      take_leaf(language, file, value, child, std::move(text));
    } else if (value.is_map()) {
      read_node(language, file, value, child, is_common);
    } else {
      file.add(entry.line, entry.column,
               "expected a text for \"" + child + "\", got " + describe_node(value));
    }
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

void FormTexts::settle_states() {
  for (std::uint32_t language = 1; language < by_language_.size(); ++language)
    for (auto& [id, text] : by_language_[language]) {
      const TextRecords& records = records_[language][text.is_common ? 1 : 0];
      const auto record = records.find(id);
      const FormText* source = find(0, id);
      text.state = text_state(record == records.end() ? nullptr : &record->second,
                              source == nullptr ? std::string_view() : source->value, text.value);
    }
}

void FormTexts::put(std::uint32_t language, const std::string& id, FormText text) {
  text.is_made = true;
  by_language_[language].insert_or_assign(id, std::move(text));
}

void FormTexts::put_authentic(std::uint32_t language, const std::string& id,
                              const std::string& value, const std::string& file) {
  FormText text;
  text.value = value;
  text.state = TextState::authentic;
  text.file = file;
  by_language_[language].insert_or_assign(id, std::move(text));
}

TextId FormTexts::intern(std::string_view id) {
  const auto [known, is_new] =
      interned_.try_emplace(std::string(id), static_cast<TextId>(interned_.size()));
  return known->second;
}

TextCounts FormTexts::count_states(std::uint32_t language) const {
  TextCounts counts;
  for (const auto& [id, source] : by_language_[0]) {
    if (source.is_made) continue;
    const FormText* text = find(language, id);
    const TextState state = text == nullptr ? TextState::missing : text->state;
    ++count_of(counts, language == 0 ? TextState::source : state);
  }
  return counts;
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
      draft.text_states.push_back(text->state);
      hash.update(id + "\n" + std::to_string(text->value.size()) + ":" + text->value);
    }
    draft.text_digests.push_back(draft.pool.add(hash.finish_hex()));
    draft.text_counts.push_back(count_states(language));
  }
  return index_of;
}

}  // namespace cosp
