/// A pattern for texts, in the syntax of RE2, which takes time in proportion to the text.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace cosp {

/// Compiled when it is first held against a text: a form has more patterns than most submissions
/// need. Safe to use from several threads at once; copies share what was compiled.
class Pattern {
 public:
  explicit Pattern(std::string_view text);

  const std::string& text() const;

  /// Why RE2 refuses it; empty when it does not.
  std::string problem() const;

  // Neither matches anything when RE2 refuses the pattern.
  bool matches_whole(std::string_view text) const;
  bool matches_part(std::string_view text) const;
  /// The text with `mask` in place of each match.
  std::string masked(std::string_view text, std::string_view mask) const;

 private:
  struct Compiled;
  std::shared_ptr<Compiled> compiled_;
};

}  // namespace cosp
