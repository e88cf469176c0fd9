/// What the passes of the form's compiler share: sources, names, the growing tables. For readers/
/// only.
///
/// The passes run in the order in which they are declared here; each reads what the former have
/// named.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "readers/form_draft.hpp"
#include "readers/form_texts.hpp"
#include "readers/yaml_reader.hpp"

namespace cosp {

/// A parsed file of declarations.
struct FormSource {
  YamlFile yaml;
  YamlNode root;
  std::string stem;  ///< file name without folder and ending
  std::uint32_t file = kNone;

  DeclaredAt at(const YamlNode& node) const { return {file, node.line, node.column}; }
};

/// Codes of one kind and their indexes.
class NameIndex {
 public:
  explicit NameIndex(std::string kind) : kind_(std::move(kind)) {}

  /// False when the code is taken; it then keeps its index.
  bool add(std::string_view code, std::uint32_t index) {
    const bool is_new = indexes_.try_emplace(std::string(code), index).second;
    if (is_new) codes_.push_back(std::string(code));
    return is_new;
  }
  std::uint32_t find(std::string_view code) const {
    const auto found = indexes_.find(std::string(code));
    return found == indexes_.end() ? kNone : found->second;
  }
  /// Index of a code; kNone, and a mistake that names the nearest code, when there is none.
  std::uint32_t resolve(const YamlFile& file, const YamlNode& at, std::string_view code) const;
  const std::vector<std::string>& codes() const { return codes_; }

 private:
  std::string kind_;
  std::unordered_map<std::string, std::uint32_t> indexes_;
  std::vector<std::string> codes_;
};

/// Parameters of a module, or names of a rule's expansion, and what stands for them.
using Bindings = std::map<std::string, YamlNode>;

/// A use of a module in a block, or (module kNone) a block's own question.
struct FormPart {
  std::uint32_t module = kNone;
  Bindings bindings;
  std::vector<std::string> text_parameters;  ///< those whose value is a text id
  bool is_broken = false;  ///< a parameter is missing: its questions are named, not read
  std::map<std::string, std::string> renames;  ///< suffix in the module → suffix in the block
};

/// A question as it stands in the questionnaire, parameters replaced.
struct PlacedQuestion {
  YamlNode node;
  const FormSource* source = nullptr;
  std::shared_ptr<const FormPart> part;
  std::string module_suffix;  ///< before a rename
};

/// A register while its columns are compiled.
struct PlacedRegister {
  const FormSource* source = nullptr;
  NameIndex columns{"column"};
};

struct FormContext {
  explicit FormContext(std::size_t language_count) : texts(language_count) {}

  FormDraft draft;
  std::vector<Mistake>* mistakes = nullptr;
  FormTexts texts;

  std::vector<std::string> languages;
  std::map<std::string, FormSource>
      sources;  ///< by path relative to the form's folder; without texts

  NameIndex provisions{"provision"}, chapters{"chapter"}, blocks{"block"}, modules{"module"},
      lists{"list"}, registers{"register"}, questions{"question"}, rules{"rule"}, tables{"table"},
      products{"product"}, conditions{"condition"};
  std::vector<const FormSource*> module_sources;           ///< by module
  std::vector<const FormSource*> chapter_sources;          ///< by chapter
  std::vector<PlacedQuestion> placed_questions;            ///< by question
  std::vector<PlacedRegister> placed_registers;            ///< by register
  std::map<std::string, const YamlNode*> condition_nodes;  ///< named conditions, as declared
  std::map<std::string, std::string> rule_checks;          ///< by rule
  const FormSource* form_source = nullptr;
  std::map<std::uint32_t, FormSource> authentic_sources;  ///< files of authentic texts, by language
  std::uint32_t yes_no_list = kNone;
  std::set<std::string>
      broken_fields;  ///< questions and columns whose type is unknown: nothing more is told of them

  RangeInterner<std::uint32_t> provision_ranges;
  RangeInterner<std::uint32_t> operand_ranges;
  RangeInterner<StringRef, std::string> string_ranges;
  std::map<std::string, std::uint32_t> condition_roots;  ///< by canonical text

  const FormSource* find_source(const std::string& path) const;
  /// Sources of a folder, sorted by name; their path is "<folder>/<stem>.yaml".
  std::vector<const FormSource*> folder(std::string_view name) const;

  std::string_view view(StringRef ref) const { return draft.pool.view(ref); }
  StringRef add(std::string_view text) { return draft.pool.add(text); }

  /// A text that must exist in the source language.
  TextId require_text(const FormSource& source, const YamlNode& at, const std::string& id);
  /// kNone when no language has it.
  TextId optional_text(const std::string& id);

  /// Codes in `node` (a list) resolved to provisions; unknown ones are mistakes.
  Range read_provisions(const FormSource& source, const YamlNode& node);
  Range strings(const std::vector<std::string>& values);
  /// The strictest obligation behind a range of provisions.
  Obligation strictest(Range provisions) const;

  /// Position of an option in its list, kNone after a mistake.
  std::uint32_t option(const FormSource& source, const YamlNode& at, std::uint32_t list,
                       std::string_view code) const;
  std::uint32_t find_option(std::uint32_t list, std::string_view code) const;
  /// "block.elements" and the like, for messages.
  std::string name_of(const Field& field) const { return std::string(view(field.code)); }
};

/// Whether a code has the right letters: lower case, digits, `_` and (where `dash`) `-`.
bool check_code(const FormSource& source, const YamlNode& at, std::string_view code, bool dash);

/// A copy of `node` in which "{name}" alone is replaced by what stands for the name, in a list
/// spliced when that is a list, and {name} within a text by its text. Unknown names are mistakes.
YamlNode replace_names(const YamlNode& node, const Bindings& bindings, const YamlFile& file);
/// The same within one text; `on_unknown` is called with names that have no binding, which stay as
/// they are.
std::string replace_in_text(
    std::string_view text,
    const std::function<std::optional<std::string>(std::string_view)>& value_of);

/// What a condition may name.
struct ConditionScope {
  const FormSource* source = nullptr;
  std::uint32_t block = kNone;                                  ///< of bare questions
  const std::map<std::string, std::string>* renames = nullptr;  ///< of the module
  std::uint32_t registry = kNone;                               ///< of columns
};

/// Index of the condition's root; kNone after a mistake.
std::uint32_t compile_condition(FormContext& context, const YamlNode& node,
                                const ConditionScope& scope);
/// The question named in a condition or a field; kNone after a mistake.
std::uint32_t resolve_question(FormContext& context, const YamlNode& at, std::string_view code,
                               const ConditionScope& scope);
/// Canonical text of a compiled condition, codes instead of indexes.
std::string describe_condition(const FormContext& context, std::uint32_t root);
/// Every question that a compiled condition reads.
std::vector<std::uint32_t> questions_read(const FormContext& context, std::uint32_t root);

// The passes.
void compile_head(FormContext& context);           ///< identity, languages
void compile_chapter_names(FormContext& context);  ///< chapters and blocks, without questions
/// Provisions, their errata and authentic texts.
void compile_provisions(FormContext& context);
/// Takes the authentic texts in place of the paraphrases; for compile_provisions, before
/// provisions are named.
void take_authentic_texts(FormContext& context);
/// Reports those of no provision; for compile_provisions, when provisions are named.
void check_authentic_texts(FormContext& context);
void compile_blocks(FormContext& context);  ///< places the questions of modules and blocks
void compile_lists(FormContext& context);
void compile_registers(FormContext& context);
void compile_questions(FormContext& context);  ///< fields, then conditions
void compile_engine_parts(
    FormContext& context);  ///< roles, named conditions, reasons, reservations, shared
void compile_rules(FormContext& context);
void compile_tables_and_products(FormContext& context);
void compile_digests(FormContext& context);  ///< after all others; texts finished

/// Keys and values that questions and columns have in common, into `field`.
void compile_field(FormContext& context, const YamlNode& node, const FormSource& source,
                   Field& field);

}  // namespace cosp
