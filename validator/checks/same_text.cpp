#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "validator/checks/check.hpp"

namespace cosp::checks {

std::vector<CheckHit> same_text(const Evaluation& evaluation, const CheckArguments& arguments) {
  const Form& form = evaluation.form();
  const auto least_characters = static_cast<std::size_t>(arguments["least_characters"].count);
  const auto least_answers = static_cast<std::size_t>(arguments["least_answers"].count);
  std::map<std::string, std::vector<std::uint32_t>> groups;
  for (const std::uint32_t question : arguments["questions"].questions) {
    const Answer& answer = evaluation.answer(question);
    // What a shared closing repeats was written once.
    if (!answer.has_value() || answer.origin == Origin::shared) continue;
    const std::string_view text = evaluation.submission().original_text(answer);
    if (text.size() < least_characters || count_characters(text) < least_characters) continue;
    groups[fold_for_comparison(text)].push_back(question);
  }
  std::vector<CheckHit> hits;
  for (auto& [text, questions] : groups) {
    if (questions.size() < least_answers) continue;
    std::sort(questions.begin(), questions.end());
    std::string codes;
    for (const std::uint32_t question : questions) {
      if (!codes.empty()) codes += ", ";
      codes += form.code(form.question(question));
    }
    CheckHit hit;
    hit.place.question = questions.front();
    hit.arguments = {{"answers", static_cast<std::int64_t>(questions.size())},
                     {"questions", std::move(codes)}};
    hit.read.questions = questions;
    hits.push_back(std::move(hit));
  }
  return hits;
}

}  // namespace cosp::checks
