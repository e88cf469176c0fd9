#include <re2/re2.h>

#include <algorithm>

#include "validator/checks/check.hpp"
#include "validator/checks/visit_texts.hpp"

namespace cosp::checks {

// Texts of any length: RE2 takes time in proportion to them.
std::vector<CheckHit> text_matches(const Evaluation& evaluation, const CheckArguments& arguments) {
  const auto& patterns = arguments["patterns"].patterns;
  std::vector<CheckHit> hits;
  visit_texts(evaluation, arguments["scope"].word, [&](const VisitedText& visited) {
    const bool is_match = std::any_of(patterns.begin(), patterns.end(), [&](const auto& pattern) {
      return re2::RE2::PartialMatch(visited.text.text, *pattern);
    });
    if (!is_match) return;
    CheckHit hit;
    hit.place = visited.place;
    hits.push_back(std::move(hit));
  });
  return hits;
}

}  // namespace cosp::checks
