/// Texts on their way to translators and back: one list of units, written as gettext PO or XLIFF
/// 2.0 (docs/formats/texts.md).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/mistake.hpp"

namespace cosp {

/// What a file says of a unit's target.
enum class UnitState : std::uint8_t {
  open,  ///< none yet, or not to be used as it is: PO fuzzy or empty, XLIFF initial
  translated,
  reviewed,
};

struct TranslationUnit {
  std::string id;
  std::string source;
  std::string target;  ///< may be empty
  UnitState state = UnitState::open;
  std::string file;                ///< of the source text: "texts/en/lists.yaml"
  std::uint32_t source_line = 0;   ///< there; written only
  std::vector<std::string> notes;  ///< for the translator; written only
  bool has_arguments = false;      ///< the source is a pattern; written only
  std::uint32_t line = 0;          ///< in the file that was read
};

struct TranslationFile {
  std::string form;     ///< id of the form
  std::string version;  ///< of the form; may be empty when read
  std::string source_language;
  std::string language;
  std::vector<TranslationUnit> units;
};

/// Limits on what is read from a translator's file.
struct TranslationLimits {
  std::uint64_t bytes = 32u << 20;
  std::uint32_t units = 100'000;
  std::uint32_t depth = 32;              ///< of XML elements
  std::uint32_t text_bytes = 64u << 10;  ///< of one source or target
};

/// Same units, same bytes.
std::string write_po(const TranslationFile& file);
std::string write_xliff(const TranslationFile& file);

/// Reads a file, PO or XLIFF by how it begins. What is wrong is added to `mistakes` with `name` and
/// line; the file is to be used only when nothing was added. XLIFF: a DTD is refused, as is
/// markup within a text; segments of a unit are joined. PO: UTF-8 only, no plural forms
/// (they are within the messages); obsolete entries are left out.
TranslationFile read_translation_file(std::string_view bytes, std::string_view name,
                                      std::vector<Mistake>& mistakes,
                                      const TranslationLimits& limits = {});

// The two readers behind it.
TranslationFile read_po(std::string_view bytes, std::string_view name,
                        std::vector<Mistake>& mistakes, const TranslationLimits& limits);
TranslationFile read_xliff(std::string_view bytes, std::string_view name,
                           std::vector<Mistake>& mistakes, const TranslationLimits& limits);

}  // namespace cosp
