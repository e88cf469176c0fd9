/// The texts of a form by language and id, while it is compiled. For readers/ only.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "readers/form_draft.hpp"
#include "readers/yaml_reader.hpp"

namespace cosp {

struct FormText {
  std::string value;
  TextState state = TextState::source;
  std::string of;  ///< start of the digest of the source text that was translated; empty: not told
  std::string file;
  bool is_common = false;
};

class FormTexts {
 public:
  /// The first language is the source.
  explicit FormTexts(std::size_t languages) : by_language_(languages) {}

  /// Takes every text of a file. Common texts give way to the form's own. An id given twice is a
  /// mistake.
  void read(std::uint32_t language, const YamlFile& file, const YamlNode& root, bool is_common);

  std::size_t languages() const { return by_language_.size(); }
  const FormText* find(std::uint32_t language, std::string_view id) const;
  bool has_source(std::string_view id) const { return find(0, id) != nullptr; }
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
  TextState state_of(std::uint32_t language, const std::string& id, const FormText& text) const;

  std::vector<std::unordered_map<std::string, FormText>> by_language_;
  std::unordered_map<std::string, TextId> interned_;
};

}  // namespace cosp
