/// What a program can see of a translation: `cosp texts check`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "readers/glossary_reader.hpp"

namespace cosp {

/// A text in its source language and in another.
struct TextCouple {
  std::string_view source;
  std::string_view text;
};

/// What is wrong with a translation, in English, for whoever writes texts; empty when nothing is.
/// Arguments and their types, categories of plurals, a text copied from the source, the script and
/// the quotation marks of the language, the terms of the glossary. One thread at a time.
class TextChecks {
 public:
  /// `glossary` must outlive this.
  TextChecks(const Glossary& glossary, std::string source_language, std::string language);

  std::vector<std::string> check(const TextCouple& couple) const;
  /// Only what a formatter needs: patterns, arguments, plurals.
  std::vector<std::string> check_arguments(const TextCouple& couple) const;
  /// Only quotation marks.
  std::vector<std::string> check_marks(std::string_view text) const;
  /// Strict concepts that the source text uses, as "term: term in the language"; for translators.
  std::vector<std::string> terms_in(std::string_view source) const;

 private:
  struct Term {
    std::string source, target;                      ///< as the glossary writes them
    std::vector<std::string> source_forms;           ///< folded
    std::vector<std::vector<std::string>> accepted;  ///< folded beginnings of words
  };

  bool uses(const Term& term, std::string_view folded_source) const;
  /// The glossary says that the text is the same in both languages.
  bool is_unchanged(const TextCouple& couple) const;
  void check_copied(const TextCouple& couple, std::vector<std::string>& faults) const;
  void check_phrases(const std::vector<std::string>& words, std::vector<std::string>& faults) const;
  void check_script(const TextCouple& couple, std::vector<std::string>& faults) const;
  void check_glossary(const TextCouple& couple, std::vector<std::string>& faults) const;

  std::string source_language_;
  std::string language_;
  std::string marks_;
  std::vector<std::string> unchanged_;
  std::vector<Term> terms_;
};

/// What is wrong with a pattern in its own language: broken, or wrong categories of plurals.
std::vector<std::string> check_pattern_of(std::string_view text, std::string_view language);

}  // namespace cosp
