#include "readers/glossary_reader.hpp"

#include "readers/yaml_reader.hpp"

namespace cosp {
namespace {

using ByLanguage = std::map<std::string, std::vector<std::string>, std::less<>>;

ByLanguage texts_by_language(const YamlFile& file, const YamlNode& map, std::string_view key) {
  ByLanguage texts;
  const YamlNode* node = map.find(key);
  if (node == nullptr) return texts;
  if (!node->is_map()) {
    file.add(*node, "expected a map by language, got " + describe_node(*node));
    return texts;
  }
  for (const YamlNode::Entry& entry : node->entries) texts[entry.key] = file.texts(entry.value);
  return texts;
}

GlossaryConcept read_concept(const YamlFile& file, const YamlNode& node) {
  GlossaryConcept one;
  if (!file.check_map(
          node, {"id", "part", "codes", "meaning", "terms", "strict", "source_forms", "accepted"},
          "a concept"))
    return one;
  if (const YamlNode* id = file.require(node, "id", "a concept"))
    one.id = file.text(*id).value_or("");
  if (const YamlNode* terms = file.require(node, "terms", "a concept"); terms && terms->is_map())
    for (const YamlNode::Entry& entry : terms->entries)
      one.terms[entry.key] = file.text(entry.value).value_or("");
  one.is_strict = file.boolean_of(node, "strict");
  one.source_forms = file.texts_of(node, "source_forms");
  one.accepted = texts_by_language(file, node, "accepted");
  if (one.is_strict && one.source_forms.empty())
    file.add(node, "expected source_forms in a strict concept, got none");
  return one;
}

}  // namespace

Result<Glossary> read_glossary(std::string_view bytes, std::string_view name) {
  std::vector<Mistake> mistakes;
  Glossary glossary;
  const auto root = parse_yaml(bytes, name, mistakes);
  const YamlFile file(std::string(name), mistakes);
  if (root && file.check_map(*root, {"quotation_marks", "unchanged", "parts", "concepts"},
                             "the glossary")) {
    if (const YamlNode* marks = root->find("quotation_marks"); marks && marks->is_map())
      for (const YamlNode::Entry& entry : marks->entries)
        glossary.quotation_marks[entry.key] = file.text(entry.value).value_or("");
    glossary.unchanged = texts_by_language(file, *root, "unchanged");
    if (const YamlNode* concepts = file.require(*root, "concepts", "the glossary"))
      for (const YamlNode& node : file.sequence(*concepts))
        glossary.concepts.push_back(read_concept(file, node));
  }
  if (mistakes.empty()) return glossary;
  std::string all;
  for (const Mistake& mistake : mistakes) all += (all.empty() ? "" : "\n") + describe(mistake);
  return Error{Error::Kind::bad_input, all, ""};
}

}  // namespace cosp
