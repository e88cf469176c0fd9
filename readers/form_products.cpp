/// Tables and products, whose kinds and templates others know: kept whole, as JSON.

#include <algorithm>

#include "readers/form_context.hpp"

namespace cosp {
namespace {

bool check_id(const FormSource& source) {
  if (!source.root.is_map()) {
    source.yaml.add(source.root, "expected a map, got " + describe_node(source.root));
    return false;
  }
  const std::string id = source.yaml.text_of(source.root, "id");
  if (id != source.stem)
    source.yaml.add(source.root, "expected the id \"" + source.stem +
                                     "\", as the file's name, got \"" + id + "\"");
  return true;
}

Declaration declaration_of(FormContext& context, const FormSource& source,
                           std::string_view kind_key, std::string_view what) {
  Declaration declaration;
  declaration.id = context.add(source.stem);
  const YamlNode* kind = source.yaml.require(source.root, kind_key, what);
  if (kind != nullptr) declaration.kind = context.add(kind->scalar);
  declaration.json = context.add(yaml_to_json(source.root));
  declaration.declared = source.at(source.root);
  return declaration;
}

void check_word(const FormSource& source, std::string_view key,
                std::initializer_list<std::string_view> words) {
  const YamlNode* node = source.root.find(key);
  if (node == nullptr || std::find(words.begin(), words.end(), node->scalar) != words.end()) return;
  std::string list;
  for (const std::string_view word : words)
    list += (list.empty() ? "" : " or ") + std::string(word);
  source.yaml.add(*node, "expected " + list + ", got " + describe_node(*node));
}

void compile_product(FormContext& context, const FormSource& source) {
  if (!check_id(source)) return;
  source.yaml.check_map(source.root, {"id", "format", "template", "audience", "each", "parts"},
                        "a product");
  context.draft.products.push_back(declaration_of(context, source, "format", "a product"));
  context.products.add(source.stem, static_cast<std::uint32_t>(context.draft.products.size() - 1));
  context.require_text(source, source.root, "product." + source.stem + ".title");
  check_word(source, "format", {"html", "xlsx"});
  check_word(source, "audience", {"public", "secretariat"});
  check_word(source, "each", {"none", "state"});
  const YamlNode* parts = source.root.find("parts");
  if (parts == nullptr) return;
  for (const YamlNode& part : source.yaml.sequence(*parts)) {
    if (!source.yaml.check_map(
            part,
            {"heading", "level", "paragraph", "table", "figure", "paragraphs_by_row", "states"},
            "a part of a product"))
      continue;
    for (const std::string_view key : {"table", "figure"})
      if (const YamlNode* table = part.find(key))
        context.tables.resolve(source.yaml, *table, table->scalar);
  }
}

/// Conditions on the rows of a register, found again as the named condition "table.<id>.<key>".
void compile_row_condition(FormContext& context, const FormSource& source, std::string_view key,
                           std::string_view register_key) {
  const YamlNode* condition = source.root.find(key);
  const YamlNode* registry = source.root.find(register_key);
  if (condition == nullptr || registry == nullptr) return;
  ConditionScope scope;
  scope.source = &source;
  scope.registry = context.registers.resolve(source.yaml, *registry, registry->scalar);
  if (scope.registry == kNone) return;
  const std::uint32_t root = compile_condition(context, *condition, scope);
  if (root != kNone)
    context.draft.named_conditions.push_back(
        {context.add("table." + source.stem + "." + std::string(key)), root});
}

}  // namespace

void compile_tables_and_products(FormContext& context) {
  for (const FormSource* source : context.folder("tables")) {
    if (!check_id(*source)) continue;
    context.draft.tables.push_back(declaration_of(context, *source, "kind", "a table"));
    context.tables.add(source->stem, static_cast<std::uint32_t>(context.draft.tables.size() - 1));
    context.require_text(*source, source->root, "table." + source->stem + ".title");
    compile_row_condition(context, *source, "where", "register");
    compile_row_condition(context, *source, "left_where", "left");
    compile_row_condition(context, *source, "right_where", "right");
  }
  for (const FormSource* source : context.folder("products")) compile_product(context, *source);
}

}  // namespace cosp
