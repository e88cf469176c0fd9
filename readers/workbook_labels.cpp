#include "readers/workbook_labels.hpp"

#include <algorithm>
#include <array>

#include "base/language.hpp"
#include "base/text.hpp"
#include "model/workbook_layout.hpp"

namespace cosp {
namespace {

constexpr std::size_t kLongestLabel = 2'000;
/// Two options that one label could mean.
constexpr std::uint32_t kUnclear = kNone - 1;

struct VocabularyWords {
  std::string_view prefix;  ///< of the labels' ids
  std::span<const std::string_view> words;
};

constexpr std::array<std::string_view, kReasonCount> kReasons = {
    "not_applicable", "by_reservation",     "not_available",     "under_consideration",
    "withheld",       "reported_elsewhere", "outside_competence"};
constexpr std::array<std::string_view, 3> kVisibilities = {"public", "counted", "secretariat"};
constexpr std::array<std::string_view, 3> kOrigins = {"typed", "prefilled", "carried_over"};
constexpr std::array<std::string_view, 2> kStages = {"draft", "final"};
constexpr std::array<std::string_view, 3> kPurposes = {"test", "pilot", "official"};
constexpr std::array<std::string_view, 3> kSubmitterKinds = {"state", "organization", "body"};

VocabularyWords words_of(Vocabulary vocabulary) {
  switch (vocabulary) {
    case Vocabulary::reason: return {"reason.", kReasons};
    case Vocabulary::visibility: return {"visibility.", kVisibilities};
    case Vocabulary::origin: return {"origin.", kOrigins};
    case Vocabulary::stage: return {"stage.", kStages};
    case Vocabulary::purpose: return {"purpose.", kPurposes};
    case Vocabulary::kind: return {"submitter_kind.", kSubmitterKinds};
  }
  return {};
}

/// What ticks are made of besides the words for yes and no.
constexpr std::array<std::string_view, 8> kTicked = {"✓", "✔", "☑", "√", "v", "x", "1", "true"};
constexpr std::array<std::string_view, 3> kNotTicked = {"0", "false", "☐"};

}  // namespace

WorkbookLabels::WorkbookLabels(const Form& form, std::string_view language)
    : form_(form),
      own_(form.language(language)),
      lists_(form.lists().size()),
      words_(kVocabularyCount) {}

std::uint32_t WorkbookLabels::find(const Table& table, std::string_view written) const {
  if (const auto exact = table.find(written); exact != table.end()) return exact->second;
  if (written.size() > kLongestLabel) return kNone;
  const auto folded = table.find(fold_for_comparison(written));
  return folded == table.end() ? kNone : folded->second;
}

void WorkbookLabels::add(Table& table, std::string_view label, std::uint32_t value) const {
  if (label.empty()) return;
  table.emplace(label, value);
  table.emplace(fold_for_comparison(label), value);
}

std::vector<std::uint32_t> WorkbookLabels::languages() const {
  std::vector<std::uint32_t> order = {own_};
  for (std::uint32_t i = 0; i < form_.tables().languages.size(); ++i)
    if (i != own_) order.push_back(i);
  return order;
}

const WorkbookLabels::Table& WorkbookLabels::list_table(std::uint32_t list) {
  Table& table = lists_[list];
  if (!table.empty()) return table;
  const auto options = form_.options_of(list);
  const auto add_labels = [&](std::uint32_t language) {
    for (std::uint32_t i = 0; i < options.size(); ++i)
      add(table, form_.text(options[i].label, language).value, i);
  };
  add_labels(own_);
  for (std::uint32_t i = 0; i < options.size(); ++i) add(table, form_.string(options[i].code), i);
  for (const std::uint32_t language : languages()) add_labels(language);
  Table articles;
  for (std::uint32_t i = 0; i < options.size(); ++i) {
    if (options[i].block == kNone) continue;
    const auto [at, is_new] =
        articles.emplace(std::string(form_.string(form_.block(options[i].block).article)), i);
    if (!is_new) at->second = kUnclear;
  }
  for (const auto& [article, position] : articles)
    if (position != kUnclear) add(table, article, position);
  return table;
}

std::optional<std::string_view> WorkbookLabels::option(std::uint32_t list,
                                                       std::string_view written) {
  const std::uint32_t found = find(list_table(list), written);
  if (found == kNone) return std::nullopt;
  return form_.string(form_.options_of(list)[found].code);
}

const WorkbookLabels::Table& WorkbookLabels::word_table(Vocabulary vocabulary) {
  Table& table = words_[static_cast<std::size_t>(vocabulary)];
  if (!table.empty()) return table;
  const auto [prefix, words] = words_of(vocabulary);
  for (std::uint32_t i = 0; i < words.size(); ++i) add(table, words[i], i);
  for (const std::uint32_t language : languages())
    for (std::uint32_t i = 0; i < words.size(); ++i) {
      const TextId id = form_.find_text(std::string(prefix) + std::string(words[i]));
      if (id != kNone) add(table, form_.text(id, language).value, i);
    }
  return table;
}

std::optional<std::string_view> WorkbookLabels::word(Vocabulary vocabulary,
                                                     std::string_view written) {
  const std::uint32_t found = find(word_table(vocabulary), written);
  if (found == kNone) return std::nullopt;
  return words_of(vocabulary).words[found];
}

void WorkbookLabels::make_ticks() {
  for (const std::string_view mark : kTicked) add(ticks_, mark, 1);
  for (const std::string_view mark : kNotTicked) add(ticks_, mark, 0);
  constexpr std::array<std::pair<std::string_view, std::uint32_t>, 4> kIds = {
      {{"list.yes-no.yes", 1},
       {"list.yes-no.no", 0},
       {"workbook.tick_yes", 1},
       {"workbook.tick_no", 0}}};
  for (const std::uint32_t language : languages())
    for (const auto& [id, value] : kIds)
      if (const TextId text = form_.find_text(id); text != kNone)
        add(ticks_, form_.text(text, language).value, value);
}

std::optional<bool> WorkbookLabels::tick(std::string_view written) {
  if (ticks_.empty()) make_ticks();
  const std::uint32_t found = find(ticks_, written);
  if (found == kNone) return std::nullopt;
  return found == 1;
}

bool WorkbookLabels::means_no_answer(std::string_view written) {
  if (no_answer_.empty())
    if (const TextId words = form_.find_text("questionnaire.no_answer"); words != kNone)
      for (const std::uint32_t language : languages())
        for (const std::string& one : split_entries(form_.text(words, language).value))
          add(no_answer_, one, 0);
  return find(no_answer_, written) != kNone || word(Vocabulary::reason, written).has_value();
}

void WorkbookLabels::make_languages() {
  for (std::uint32_t i = 0; i < form_.tables().languages.size(); ++i) {
    tags_.emplace_back(form_.language_tag(i));
    add(language_names_, tags_.back(), i);
  }
  for (std::uint32_t i = 0; i < tags_.size(); ++i)
    for (const std::string& in : tags_) add(language_names_, language_name(tags_[i], in), i);
}

std::string WorkbookLabels::language(std::string_view written) {
  if (tags_.empty()) make_languages();
  const std::uint32_t found = find(language_names_, written);
  if (found != kNone) return tags_[found];
  const auto tag = workbook::id_of_label(written);
  return trim(tag ? *tag : written);
}

std::vector<std::string_view> WorkbookLabels::option_labels(std::uint32_t list,
                                                            std::uint64_t offered) const {
  std::vector<std::string_view> labels;
  const auto options = form_.options_of(list);
  for (std::size_t i = 0; i < options.size(); ++i)
    if ((offered >> i & 1) != 0) labels.push_back(form_.text(options[i].label, own_).value);
  return labels;
}

std::vector<std::string_view> WorkbookLabels::word_labels(Vocabulary vocabulary) const {
  std::vector<std::string_view> labels;
  const auto [prefix, words] = words_of(vocabulary);
  for (const std::string_view word : words) {
    const TextId id = form_.find_text(std::string(prefix) + std::string(word));
    labels.push_back(id == kNone ? word : form_.text(id, own_).value);
  }
  return labels;
}

std::vector<std::string> split_entries(std::string_view written) {
  constexpr std::array<std::string_view, 4> kSeparators = {";", "\n", "；", "؛"};
  std::vector<std::string> entries;
  const auto take = [&](std::string_view piece) {
    if (std::string entry = trim(piece); !entry.empty()) entries.push_back(std::move(entry));
  };
  std::size_t start = 0;
  for (std::size_t i = 0; i < written.size();) {
    const auto found = std::ranges::find_if(
        kSeparators, [&](std::string_view mark) { return written.substr(i).starts_with(mark); });
    if (found == kSeparators.end()) {
      ++i;
      continue;
    }
    take(written.substr(start, i - start));
    i += found->size();
    start = i;
  }
  take(written.substr(start));
  return entries;
}

}  // namespace cosp
