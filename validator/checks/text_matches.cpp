#include <algorithm>

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
  std::vector<CheckHit> hits;
  visit_texts(evaluation, arguments["scope"].word, [&](const VisitedText& visited) {
    if (has_limit && visited.text.text.size() > most_bytes) return;
    const bool is_match = std::any_of(
        patterns.begin(), patterns.end(),
        [&](const Pattern& pattern) { return pattern.matches_part(visited.text.text); });
    if (!is_match) return;
    CheckHit hit;
    hit.place = visited.place;
    hits.push_back(std::move(hit));
  });
  return hits;
}

}  // namespace cosp::checks
