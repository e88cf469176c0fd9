#include <fmt/format.h>

#include "base/text.hpp"
#include "validator/checks/check.hpp"
#include "validator/checks/visit_texts.hpp"

namespace cosp::checks {

std::vector<CheckHit> hidden_characters(const Evaluation& evaluation,
                                        const CheckArguments& arguments) {
  std::vector<CheckHit> hits;
  visit_texts(evaluation, arguments["scope"].word, [&](const VisitedText& visited) {
    const auto hidden = first_hidden_character(visited.text.text);
    if (!hidden) return;
    const std::string character =
        fmt::format("U+{:04X}", static_cast<std::uint32_t>(hidden->code_point));
    const auto before =
        count_characters(std::string_view(visited.text.text).substr(0, hidden->byte_offset));
    CheckHit hit;
    hit.place = visited.place;
    hit.arguments = {{"character", character}, {"position", static_cast<std::int64_t>(before + 1)}};
    hits.push_back(std::move(hit));
  });
  return hits;
}

}  // namespace cosp::checks
