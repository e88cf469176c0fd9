#include "model/form.hpp"

#include <algorithm>

namespace cosp {
namespace {

/// Index of the first record whose `member` string is `wanted`.
template <class T>
std::uint32_t find_linear(const Form& form, std::span<const T> records, StringRef T::*member,
                          std::string_view wanted) {
  for (std::size_t i = 0; i < records.size(); ++i)
    if (form.string(records[i].*member) == wanted) return static_cast<std::uint32_t>(i);
  return kNone;
}

/// The same in records sorted by that string.
template <class T>
std::uint32_t find_sorted(const Form& form, std::span<const T> records, StringRef T::*member,
                          std::string_view wanted) {
  const auto found = std::lower_bound(
      records.begin(), records.end(), wanted,
      [&](const T& record, std::string_view key) { return form.string(record.*member) < key; });
  if (found == records.end() || form.string((*found).*member) != wanted) return kNone;
  return static_cast<std::uint32_t>(found - records.begin());
}

/// The same through an index sorted by code.
template <class T>
std::uint32_t find_by_index(const Form& form, std::span<const T> records,
                            std::span<const std::uint32_t> sorted, std::string_view wanted) {
  const auto found = std::lower_bound(sorted.begin(), sorted.end(), wanted,
                                      [&](std::uint32_t index, std::string_view key) {
                                        return form.string(records[index].code) < key;
                                      });
  if (found == sorted.end() || form.string(records[*found].code) != wanted) return kNone;
  return *found;
}

}  // namespace

std::span<const Option> Form::options_of(std::uint32_t list) const {
  if (list == kNone) return {};
  const Range range = tables_.lists[list].options;
  return tables_.options.subspan(range.first, range.count);
}

std::span<const Column> Form::columns_of(const Register& registry) const {
  return tables_.columns.subspan(registry.columns.first, registry.columns.count);
}

std::span<const Question> Form::questions_of(const Block& block) const {
  return tables_.questions.subspan(block.questions.first, block.questions.count);
}

std::span<const std::uint32_t> Form::provisions_of(Range range) const {
  return tables_.provision_refs.subspan(range.first, range.count);
}

std::span<const RuleInstance> Form::instances_of(const Rule& rule) const {
  return tables_.rule_instances.subspan(rule.instances.first, rule.instances.count);
}

std::uint32_t Form::find_question(std::string_view code) const {
  return find_by_index(*this, tables_.questions, tables_.questions_by_code, code);
}

std::uint32_t Form::find_question(const Block& block, std::string_view suffix) const {
  for (std::uint32_t i = 0; i < block.questions.count; ++i) {
    const std::uint32_t index = block.questions.first + i;
    if (string(tables_.questions[index].suffix) == suffix) return index;
  }
  return kNone;
}

std::uint32_t Form::find_block(std::string_view code) const {
  return find_linear(*this, tables_.blocks, &Block::code, code);
}

std::uint32_t Form::find_chapter(std::string_view code) const {
  return find_linear(*this, tables_.chapters, &Chapter::code, code);
}

std::uint32_t Form::find_module(std::string_view code) const {
  return find_linear(*this, tables_.modules, &Module::code, code);
}

std::uint32_t Form::find_list(std::string_view code) const {
  return find_linear(*this, tables_.lists, &List::code, code);
}

std::uint32_t Form::find_register(std::string_view code) const {
  return find_linear(*this, tables_.registers, &Register::code, code);
}

std::uint32_t Form::find_column(const Register& registry, std::string_view code) const {
  for (std::uint32_t i = 0; i < registry.columns.count; ++i) {
    const std::uint32_t index = registry.columns.first + i;
    if (string(tables_.columns[index].code) == code) return index;
  }
  return kNone;
}

std::uint32_t Form::find_provision(std::string_view code) const {
  return find_by_index(*this, tables_.provisions, tables_.provisions_by_code, code);
}

std::uint32_t Form::find_rule(std::string_view id) const {
  return find_sorted(*this, tables_.rules, &Rule::id, id);
}

std::uint32_t Form::find_table(std::string_view id) const {
  return find_sorted(*this, tables_.tables, &Declaration::id, id);
}

std::uint32_t Form::find_product(std::string_view id) const {
  return find_sorted(*this, tables_.products, &Declaration::id, id);
}

std::uint32_t Form::find_text(std::string_view id) const {
  const auto ids = tables_.text_ids;
  const auto found =
      std::lower_bound(ids.begin(), ids.end(), id,
                       [this](StringRef ref, std::string_view key) { return string(ref) < key; });
  if (found == ids.end() || string(*found) != id) return kNone;
  return static_cast<std::uint32_t>(found - ids.begin());
}

std::uint32_t Form::find_option(std::uint32_t list, std::string_view code) const {
  return find_linear(*this, options_of(list), &Option::code, code);
}

std::uint32_t Form::role(std::string_view name) const {
  const std::uint32_t found = find_linear(*this, tables_.roles, &NamedIndex::name, name);
  return found == kNone ? kNone : tables_.roles[found].index;
}

std::uint32_t Form::named_condition(std::string_view name) const {
  const std::uint32_t found = find_linear(*this, tables_.named_conditions, &NamedIndex::name, name);
  return found == kNone ? kNone : tables_.named_conditions[found].index;
}

bool Form::uses_module(const Block& block, std::uint32_t module) const {
  const auto used = tables_.block_modules.subspan(block.modules.first, block.modules.count);
  return std::find(used.begin(), used.end(), module) != used.end();
}

std::uint32_t Form::language(std::string_view tag) const {
  for (std::size_t i = 0; i < tables_.languages.size(); ++i)
    if (string(tables_.languages[i]) == tag) return static_cast<std::uint32_t>(i);
  return 0;
}

std::string_view Form::language_tag(std::uint32_t language) const {
  return string(tables_.languages[language]);
}

bool Form::has_language(std::string_view tag) const {
  return std::any_of(tables_.languages.begin(), tables_.languages.end(),
                     [&](StringRef ref) { return string(ref) == tag; });
}

Text Form::text(TextId id, std::uint32_t language) const {
  if (id == kNone) return {};
  const std::size_t count = tables_.text_ids.size();
  const StringRef own = tables_.texts[language * count + id];
  if (own.size != kNone) return {string(own), false};
  const StringRef source = tables_.texts[id];
  if (source.size != kNone) return {string(source), true};
  return {string(tables_.text_ids[id]), true};
}

bool Form::is_authentic(TextId id, std::uint32_t language) const {
  return id != kNone &&
         tables_.text_states[language * tables_.text_ids.size() + id] == TextState::authentic;
}

bool Form::has_paraphrases(std::uint32_t language) const {
  const auto provisions = tables_.provisions;
  for (std::size_t i = 0; i < provisions.size(); ++i) {
    // Paragraphs follow their article.
    const bool has_paragraphs = provisions[i].is_whole_article && i + 1 < provisions.size() &&
                                !provisions[i + 1].is_whole_article &&
                                string(provisions[i + 1].article) == string(provisions[i].article);
    if (!has_paragraphs && provisions[i].summary != kNone &&
        !is_authentic(provisions[i].summary, language))
      return true;
  }
  return false;
}

Text Form::text(std::string_view id, std::uint32_t language) const {
  const std::uint32_t found = find_text(id);
  return found == kNone ? Text{id, true} : text(found, language);
}

}  // namespace cosp
