/// The glossary (data/glossary.yaml): one term for each concept and language.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace cosp {

struct GlossaryConcept {
  std::string id;
  std::map<std::string, std::string, std::less<>> terms;  ///< by language
  bool is_strict = false;  ///< where the source uses it, translations must
  /// What the source language calls it, in each form that occurs; compared as folded words.
  std::vector<std::string> source_forms;
  /// By language: what a translation may have in its place. Each is a list of beginnings of words,
  /// all of which must occur, so that inflected forms are found. Without any: the term itself.
  std::map<std::string, std::vector<std::string>, std::less<>> accepted;
};

struct Glossary {
  std::vector<GlossaryConcept> concepts;  ///< in the order of the file
  /// By language: the quotation marks it uses; none told: not checked.
  std::map<std::string, std::string, std::less<>> quotation_marks;
  /// By language: texts that are rightly the same as in the source language.
  std::map<std::string, std::vector<std::string>, std::less<>> unchanged;
};

/// Errors: `bad_input` with every mistake, a line each; those of reading a file.
Result<Glossary> read_glossary(std::string_view bytes, std::string_view name);

}  // namespace cosp
