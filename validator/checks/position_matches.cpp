#include "validator/checks/check.hpp"

namespace cosp::checks {

std::vector<CheckHit> position_matches(const Evaluation& evaluation,
                                       const CheckArguments& arguments) {
  const Form& form = evaluation.form();
  const Cycle* cycle = evaluation.surroundings().cycle;
  // Held against the depositary's record only: where the cycle has none, the answer itself is the
  // source.
  if (!cycle || !cycle->positions.contains(evaluation.submission().header.submitter)) return {};
  const std::uint32_t index = arguments["question"].questions.front();
  const Answer& answer = evaluation.answer(index);
  if (!answer.has_value()) return {};
  const auto options = form.options_of(form.question(index).list);
  for (std::size_t i = 0; i < options.size(); ++i) {
    if ((answer.mask >> i & 1) == 0) continue;
    const auto reported = parse_position(form.string(options[i].code));
    if (!reported || *reported == evaluation.position()) continue;
    CheckHit hit;
    hit.place.question = index;
    hit.arguments = {
        {"reported", TextReference{options[i].label}},
        {"recorded", TextName{"position." + std::string(to_string(evaluation.position()))}}};
    return {std::move(hit)};
  }
  return {};
}

}  // namespace cosp::checks
