/// The tables of a form while they grow; written out as an image they are what `FormTables` views.
/// For readers/ only.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/form.hpp"

namespace cosp {

/// Strings of the form, each once.
class StringPool {
 public:
  StringRef add(std::string_view text) {
    if (const auto known = known_.find(std::string(text)); known != known_.end())
      return known->second;
    const StringRef ref{static_cast<std::uint32_t>(bytes_.size()),
                        static_cast<std::uint32_t>(text.size())};
    bytes_.append(text);
    known_.emplace(std::string(text), ref);
    return ref;
  }
  /// Valid until the next `add`.
  std::string_view view(StringRef ref) const {
    return std::string_view(bytes_).substr(ref.offset, ref.size);
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
  std::unordered_map<std::string, StringRef> known_;
};

/// What a form says of itself.
struct FormIdentity {
  StringRef id, version, status;
  StringRef structure_digest, rules_digest, source_digest;
  std::uint32_t submitters = 0;
};

/// Members are named as in FormTables.
struct FormDraft {
  StringPool pool;
  FormIdentity identity;
  std::vector<StringRef> languages;
  std::vector<StringRef> text_digests;
  std::vector<TextCounts> text_counts;
  std::vector<AuthenticTexts> authentic_texts;
  std::vector<StringRef> files;
  std::vector<StringRef> text_ids;
  std::vector<StringRef> texts;
  std::vector<TextState> text_states;
  std::vector<Chapter> chapters;
  std::vector<Block> blocks;
  std::vector<Module> modules;
  std::vector<std::uint32_t> block_modules;
  std::vector<Question> questions;
  std::vector<std::uint32_t> questions_by_code;
  std::vector<List> lists;
  std::vector<Option> options;
  std::vector<Register> registers;
  std::vector<Column> columns;
  std::vector<Provision> provisions;
  std::vector<std::uint32_t> provisions_by_code;
  std::vector<std::uint32_t> provision_refs;
  std::vector<ConditionNode> conditions;
  std::vector<StringRef> condition_strings;
  std::vector<std::uint32_t> condition_operands;
  std::vector<Rule> rules;
  std::vector<RuleInstance> rule_instances;
  std::vector<RuleArgument> rule_arguments;
  std::vector<Declaration> tables;
  std::vector<Declaration> products;
  std::vector<NamedIndex> roles;
  std::vector<NamedIndex> named_conditions;
  std::vector<ReasonDeclaration> reasons;
  std::vector<ReservationDeclaration> reservations;
  std::vector<SharedDeclaration> shared;
  std::vector<SharedColumn> shared_columns;
};

/// Calls `visit` with each table of a FormDraft or of FormTables, in the order of the image.
template <class Tables, class Visit>
void visit_tables(Tables& tables, Visit&& visit) {
  visit(tables.languages);
  visit(tables.text_digests);
  visit(tables.text_counts);
  visit(tables.authentic_texts);
  visit(tables.files);
  visit(tables.text_ids);
  visit(tables.texts);
  visit(tables.text_states);
  visit(tables.chapters);
  visit(tables.blocks);
  visit(tables.modules);
  visit(tables.block_modules);
  visit(tables.questions);
  visit(tables.questions_by_code);
  visit(tables.lists);
  visit(tables.options);
  visit(tables.registers);
  visit(tables.columns);
  visit(tables.provisions);
  visit(tables.provisions_by_code);
  visit(tables.provision_refs);
  visit(tables.conditions);
  visit(tables.condition_strings);
  visit(tables.condition_operands);
  visit(tables.rules);
  visit(tables.rule_instances);
  visit(tables.rule_arguments);
  visit(tables.tables);
  visit(tables.products);
  visit(tables.roles);
  visit(tables.named_conditions);
  visit(tables.reasons);
  visit(tables.reservations);
  visit(tables.shared);
  visit(tables.shared_columns);
}

/// Appends a sequence to a table unless the same sequence stands there already; tells where.
template <class T, class Key = T>
class RangeInterner {
 public:
  Range add(std::vector<T>& table, const std::vector<Key>& keys, const std::vector<T>& values) {
    if (values.empty()) return {};
    const auto [known, is_new] = known_.try_emplace(
        keys,
        Range{static_cast<std::uint32_t>(table.size()), static_cast<std::uint32_t>(values.size())});
    if (is_new) table.insert(table.end(), values.begin(), values.end());
    return known->second;
  }

 private:
  std::map<std::vector<Key>, Range> known_;
};

}  // namespace cosp
