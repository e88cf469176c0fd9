#include <algorithm>

#include "base/text.hpp"
#include "validator/answer_words.hpp"
#include "validator/checks/check.hpp"
#include "validator/checks/visit_texts.hpp"

namespace cosp::checks {

// RE2 takes time in proportion to the text; a rule that looks for something short need not search
// long answers.
std::vector<CheckHit> text_matches(const Evaluation& evaluation, const CheckArguments& arguments) {
  const auto& patterns = arguments["patterns"].patterns;
  const bool has_limit = arguments.has("most_bytes");
  const auto most_bytes =
      has_limit ? static_cast<std::size_t>(arguments["most_bytes"].count) : std::size_t{0};
  const bool is_public_only = arguments.has("visibility");
  const bool is_masked = arguments.has("mask");
  const bool is_bare = arguments.has("strip");
  std::vector<CheckHit> hits;
  visit_texts(evaluation, arguments, [&](const VisitedText& visited) {
    const std::string& text = visited.text.text;
    if (has_limit && text.size() > most_bytes) return;
    if (is_public_only && visited.visibility != Visibility::open) return;
    const std::string_view searched = is_bare ? without_outer_marks(text) : std::string_view(text);
    const bool is_match = std::ranges::any_of(
        patterns, [&](const Pattern& pattern) { return pattern.matches_part(searched); });
    if (!is_match) return;
    CheckHit hit;
    hit.place = visited.place;
    if (is_masked) {
      std::string shown = text;
      for (const Pattern& pattern : patterns) shown = pattern.masked(shown, kMasked);
      hit.written = shorten_written(shown);
    }
    hits.push_back(std::move(hit));
  });
  return hits;
}

}  // namespace cosp::checks
