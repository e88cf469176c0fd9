#include <re2/re2.h>

#include <algorithm>

#include "validator/checks/check.hpp"
#include "validator/checks/visit_texts.hpp"

namespace cosp::checks {

std::vector<CheckHit> placeholder_text(const Evaluation& evaluation,
                                       const CheckArguments& arguments) {
  const auto& patterns = arguments["patterns"].patterns;
  std::vector<CheckHit> hits;
  visit_texts(evaluation, arguments["scope"].word, [&](const VisitedText& visited) {
    // The whole of a placeholder is short; long answers are not worth the search.
    constexpr std::size_t kLongestBytes = 400;
    if (visited.text.text.size() > kLongestBytes) return;
    const bool is_placeholder = std::any_of(
        patterns.begin(), patterns.end(),
        [&](const auto& pattern) { return re2::RE2::PartialMatch(visited.text.text, *pattern); });
    if (!is_placeholder) return;
    CheckHit hit;
    hit.place = visited.place;
    hits.push_back(std::move(hit));
  });
  return hits;
}

}  // namespace cosp::checks
