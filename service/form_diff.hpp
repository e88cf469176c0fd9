/// What changed from one release of a form to another, and what becomes of earlier answers: what
/// `cosp form diff` prints (docs/formats/migration.md).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/form.hpp"

namespace cosp {

/// One property of a thing, as it was and is; empty: there was or is none.
struct FormDetail {
  std::string aspect;    ///< "label", "type", "asked when" …
  std::string language;  ///< of a text; else empty
  std::string before, after;
};

struct FormChange {
  enum class Kind : unsigned char { added, removed, changed };
  Kind kind = Kind::changed;
  std::string thing;  ///< question, option, list, register, column, chapter, block, rule, table
  std::string code;   ///< "block.suffix", "list/option", "register/column", or an id
  std::vector<FormDetail> details;
  std::string answers;  ///< what becomes of earlier answers; empty: they have none
  std::string guess;    ///< of what was removed: the code that it perhaps has now
};

/// A code of the earlier release that a map has to speak of.
struct MapLine {
  std::string owner;  ///< list or register
  std::string from;
  std::string guess;  ///< empty: none found
  std::string why;    ///< why it is dropped unless the guess is right
};

struct FormDiff {
  std::vector<FormChange> changes;  ///< in the order of the questionnaires, the later one first
  std::vector<MapLine> questions, options, registers, columns, provisions;
};

/// Compares by equal codes. Labels and helps are compared in the source language of `to`, and in
/// `language` where that is another (empty: no other). A rename is guessed where one code alone is
/// new that has an equal label and an equal type.
FormDiff diff_forms(const Form& from, const Form& to, std::string_view language);

std::string diff_text(const Form& from, const Form& to, const FormDiff& diff);
std::string diff_json(const Form& from, const Form& to, const FormDiff& diff);
/// The map from `from` to `to` as a person edits it (YAML): a line for each code that does not
/// stay.
std::string diff_map(const Form& from, const Form& to, const FormDiff& diff);

}  // namespace cosp
