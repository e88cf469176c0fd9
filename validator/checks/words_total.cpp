#include "base/text.hpp"
#include "validator/checks/check.hpp"
#include "validator/checks/visit_texts.hpp"

namespace cosp::checks {

std::vector<CheckHit> words_total(const Evaluation& evaluation, const CheckArguments& arguments) {
  const std::int64_t most = arguments["most"].count;
  std::int64_t words = 0;
  // Of a text in several languages only the longest is translated.
  Place at{};
  std::int64_t longest = 0;
  visit_texts(evaluation, arguments, [&](const VisitedText& visited) {
    const auto here = static_cast<std::int64_t>(estimate_words(visited.text.text));
    if (visited.place == at) {
      if (here > longest) words += here - longest;
      longest = std::max(longest, here);
      return;
    }
    at = visited.place;
    longest = here;
    words += here;
  });
  if (words <= most) return {};
  CheckHit hit;
  hit.arguments = {{"words", words}, {"most", most}};
  return {std::move(hit)};
}

}  // namespace cosp::checks
