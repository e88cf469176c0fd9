/// The texts of a form in its source language and one other, side by side. For service/ only.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "readers/translation_texts.hpp"
#include "service/translating.hpp"

namespace cosp {

/// A source text that prevails, and its translation.
struct TextRow {
  const WrittenText* source = nullptr;
  const WrittenText* text = nullptr;  ///< null: missing
  std::size_t source_side = 0;        ///< 0: the form's own, 1: common
  std::size_t text_side = 0;
  TextState state = TextState::missing;
};

/// Folders of both owners in both languages.
struct TextSide {
  TextFolder source;
  TextFolder target;
};

class TextWork {
 public:
  /// Mistakes within files are kept, not errors: see `mistakes`. Errors: `bad_input` for a language
  /// that is neither declared nor has texts; `io`.
  static Result<TextWork> open(const TextPlaces& places, const std::string& language);
  TextWork(TextWork&&) = default;
  TextWork& operator=(TextWork&&) = delete;

  const std::string& language() const { return language_; }
  const std::vector<Mistake>& mistakes() const { return mistakes_; }
  const std::array<TextSide, 2>& sides() const { return sides_; }
  /// In the order of the source's files, the form's own first.
  const std::vector<TextRow>& rows() const { return rows_; }
  const TextRow* find(std::string_view id) const;

 private:
  TextWork() = default;
  void join();

  std::string language_;
  std::vector<Mistake> mistakes_;
  std::array<TextSide, 2> sides_;
  std::vector<TextRow> rows_;
  std::unordered_map<std::string_view, std::size_t> by_id_;  ///< indexes of rows
};

/// An error with every mistake, a line each.
Error as_error(const std::vector<Mistake>& mistakes);

}  // namespace cosp
