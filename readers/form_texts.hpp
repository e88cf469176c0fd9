/// The texts of a form by language and id, while it is compiled. For readers/ only.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "readers/form_draft.hpp"
#include "readers/form_text_records.hpp"
#include "readers/yaml_reader.hpp"

namespace cosp {

struct FormText {
  std::string value;
  TextState state = TextState::source;
  std::string file;
  bool is_common = false;
  bool is_made = false;  ///< of a module's text and its parameters: not written by anyone
};

class FormTexts {
 public:
  /// The first language is the source.
  explicit FormTexts(std::size_t languages) : by_language_(languages), records_(languages) {}

  /// Takes every text of a file. Common texts give way to the form's own. An id given twice is a
  /// mistake.
  void read(std::uint32_t language, const YamlFile& file, const YamlNode& root, bool is_common);
  /// Takes the record of a folder of texts.
  void read_records(std::uint32_t language, const YamlFile& file, const YamlNode& root,
                    bool is_common);
  /// Holds every text against its record and its source; call it when all files are read.
  void settle_states();

  std::size_t languages() const { return by_language_.size(); }
  const FormText* find(std::uint32_t language, std::string_view id) const;
  bool has_source(std::string_view id) const { return find(0, id) != nullptr; }
  /// The authentic text of a provision, in place of whatever paraphrase stands there.
  void put_authentic(std::uint32_t language, const std::string& id, const std::string& value,
                     const std::string& file);
  /// A text made from others.
  void put(std::uint32_t language, const std::string& id, FormText text);

  /// A number for an id, the same each time. `finish` turns it into the index in the sorted ids.
  TextId intern(std::string_view id);

  /// Writes ids, texts, states and digests into the draft; the result maps interned numbers to
  /// indexes.
  std::vector<TextId> finish(FormDraft& draft);

 private:
  void read_node(std::uint32_t language, const YamlFile& file, const YamlNode& node,
                 const std::string& id, bool is_common);
  void take_leaf(std::uint32_t language, const YamlFile& file, const YamlNode& node,
                 const std::string& id, FormText text);
  TextCounts count_states(std::uint32_t language) const;

  std::vector<std::unordered_map<std::string, FormText>> by_language_;
  std::vector<std::array<TextRecords, 2>> records_;  ///< by language: the form's, the common ones
  std::unordered_map<std::string, TextId> interned_;
};

}  // namespace cosp
