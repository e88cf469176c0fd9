/// From what stands in a cell to the words of files: labels in any language of the form, codes,
/// ticks, languages.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/form.hpp"

namespace cosp {

/// The closed vocabularies of a submission that cells show by labels.
enum class Vocabulary : std::uint8_t { reason, visibility, origin, stage, purpose, kind };
inline constexpr int kVocabularyCount = 6;

/// Tables of labels, made when first asked for. Letter case, width and spaces at the ends do not
/// count. Where two languages mean different things by one label, the workbook's comes first.
class WorkbookLabels {
 public:
  /// `language`: that of the workbook's submission.
  WorkbookLabels(const Form& form, std::string_view language);

  const Form& form() const { return form_; }

  /// The option's code; by label, by code, and for an option that stands for a block by the number
  /// of its article. Nothing when it is none of these.
  std::optional<std::string_view> option(std::uint32_t list, std::string_view written);
  std::optional<std::string_view> word(Vocabulary vocabulary, std::string_view written);
  std::optional<bool> tick(std::string_view written);
  /// Whether people write it when they have no answer: a reason, or a word such as "n/a".
  bool means_no_answer(std::string_view written);
  /// The tag of a language of the form that is called so; else what was written, trimmed.
  std::string language(std::string_view written);

  /// How the workbook's language calls the options of a list that `offered` holds, and the words of
  /// a vocabulary: for suggestions.
  std::vector<std::string_view> option_labels(std::uint32_t list, std::uint64_t offered) const;
  std::vector<std::string_view> word_labels(Vocabulary vocabulary) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  using Table = std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>>;

  std::uint32_t find(const Table& table, std::string_view written) const;
  void add(Table& table, std::string_view label, std::uint32_t value) const;
  /// The languages of the form, the workbook's first.
  std::vector<std::uint32_t> languages() const;
  const Table& list_table(std::uint32_t list);
  const Table& word_table(Vocabulary vocabulary);
  void make_ticks();
  void make_languages();

  const Form& form_;
  std::uint32_t own_;  ///< index of the workbook's language
  std::vector<Table> lists_;
  std::vector<Table> words_;
  Table ticks_;
  Table no_answer_;
  Table language_names_;
  std::vector<std::string> tags_;
};

/// The pieces of a cell that holds several entries: between semicolons of any script and line
/// breaks, trimmed, the empty ones left out.
std::vector<std::string> split_entries(std::string_view written);

}  // namespace cosp
