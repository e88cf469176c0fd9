#include "validator/checks/check.hpp"

namespace cosp::checks {

std::vector<CheckHit> all_ticked(const Evaluation& evaluation, const CheckArguments& arguments) {
  const Form& form = evaluation.form();
  const std::uint32_t index = arguments["question"].questions.front();
  const Question& question = form.question(index);
  const Answer& answer = evaluation.answer(index);
  if (!answer.has_value()) return {};
  std::uint64_t wanted = question.allowed;
  if (arguments.has("besides") && arguments["besides"].word == "exclusive") {
    wanted &= ~question.exclusive;
    const auto options = form.options_of(question.list);
    for (std::size_t i = 0; i < options.size(); ++i)
      if (options[i].is_exclusive) wanted &= ~(std::uint64_t{1} << i);
  }
  if (wanted == 0 || (answer.mask & wanted) != wanted) return {};
  CheckHit hit;
  hit.place.question = index;
  return {std::move(hit)};
}

}  // namespace cosp::checks
