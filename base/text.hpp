#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cosp {

/// Questions about texts, all in UTF-8. Except `first_invalid_utf8` and `mask_controls`, the
/// functions expect valid UTF-8 (what is not valid counts as U+FFFD; they stay safe). Thread-safe.

/// The offset in bytes of the first sequence that is no valid UTF-8 (overlong forms, surrogates,
/// and what is above U+10FFFF included); empty when all is valid.
std::optional<std::size_t> first_invalid_utf8(std::string_view text);

/// Words as a reader of the language counts them; punctuation and spaces are none. In languages
/// written without spaces (zh, ja, th) it is what ICU's dictionary separates.
std::size_t count_words(std::string_view text, std::string_view language);

/// About as many words, for sums of which a tenth more or less decides nothing: what stands between
/// spaces; of characters that are written without spaces (Han, kana) five are three words, as
/// translation services count them. Takes one pass and no dictionary.
std::size_t estimate_words(std::string_view text);

/// Code points, which is what limits on the length of answers are written in.
std::size_t count_characters(std::string_view text);

/// A character that a reader cannot see, or that reorders what they see.
struct HiddenCharacter {
  std::size_t byte_offset = 0;
  char32_t code_point = 0;
  friend bool operator==(const HiddenCharacter&, const HiddenCharacter&) = default;
};

/// The first control character other than tab, line feed and carriage return, bidi embedding,
/// override or isolate, private-use character, or noncharacter. Marks that honest writing needs
/// (LRM, RLM, ALM, joiners, soft hyphen) pass.
std::optional<HiddenCharacter> first_hidden_character(std::string_view text);
bool has_forbidden_characters(std::string_view text);

/// The script most letters are of, by its ISO 15924 name ("Latn", "Arab", "Cyrl", "Hani"); empty
/// when the text has no letters. At a tie the script that came first.
std::string dominant_script(std::string_view text);

/// The scripts in which a language is written ("ar" → Arab; "sr" → Cyrl, Latn; "ja" → Hani, Hira,
/// Kana); a script within the tag prevails ("uz-Cyrl"). Empty for a language that is not known.
std::span<const std::string_view> scripts_of_language(std::string_view tag);

/// Without the white space (Unicode White_Space) at both ends.
std::string trim(std::string_view text);
/// The same as a part of `text`.
std::string_view trimmed(std::string_view text);

/// The part of `text` without white space, punctuation and symbols at both ends; empty when it is
/// nothing else.
std::string_view without_outer_marks(std::string_view text);

/// A form in which texts that a reader would call the same are equal: NFKC, case folded, each run
/// of white space one space, none at the ends. For comparison only, never to be shown.
std::string fold_for_comparison(std::string_view text);

/// What two texts are compared by to tell whether they are nearly the same: their runs of five
/// characters, without regard to case, width and spaces.
struct TextPieces {
  std::vector<std::uint64_t> hashes;  ///< sorted, each once
};
TextPieces pieces_of_text(std::string_view text);
/// Pieces in common among all of both: 0 (none) to 1 (the same).
double likeness(const TextPieces& left, const TextPieces& right);

/// Code points to insert, delete, replace or swap with their neighbour, to make one of the other.
/// Its time is the product of the lengths: bound them.
std::size_t edit_distance(std::string_view left, std::string_view right);

/// The known name nearest to what was written, when it is near enough to be meant: up to a third of
/// the longer name's length, at least one. At a tie the one that comes first. Case is not
/// counted. Names of more than 256 code points are near to none.
std::optional<std::string_view> nearest(std::string_view wanted,
                                        std::span<const std::string_view> known);

/// The text as it may be shown on a terminal: controls other than line feed and tab, and invalid
/// bytes, become U+FFFD; characters that reorder, or are hidden (as above), become "<U+202E>".
std::string mask_controls(std::string_view text);

}  // namespace cosp
