#include <algorithm>

#include "validator/answer_words.hpp"
#include "validator/checks/check.hpp"

namespace cosp::checks {
namespace {

/// Whether the larger is more than `factor` times the smaller. A zero is no base for a factor.
bool is_jump(Decimal one, Decimal other, std::int64_t factor, Decimal least) {
  const Decimal smaller = std::min(one, other);
  const Decimal larger = std::max(one, other);
  if (smaller <= Decimal{} || larger < least) return false;
  std::optional<Decimal> bound = smaller;
  for (std::int64_t times = 1; times < factor && bound; ++times) {
    bound = bound->plus(smaller);
    if (bound && *bound >= larger) return false;
  }
  // Beyond 18 digits the bound is above every figure that can be given.
  return bound && larger > *bound;
}

}  // namespace

std::vector<CheckHit> figure_jump(const Evaluation& evaluation, const CheckArguments& arguments) {
  const Form& form = evaluation.form();
  const Submission* previous = evaluation.surroundings().previous;
  if (!previous) return {};
  std::vector<CheckHit> hits;
  const std::size_t questions = std::min(form.questions().size(), previous->answers.size());
  for (std::uint32_t q = 0; q < questions; ++q) {
    const Question& question = form.question(q);
    const Answer& before = previous->answers[q];
    const Answer& now = evaluation.answer(q);
    if (!is_figure(question.type) || !before.has_value() || !now.has_value()) continue;
    const auto currency_before = previous->items_of(before);
    const auto currency_now = evaluation.submission().items_of(now);
    if (!std::equal(currency_before.begin(), currency_before.end(), currency_now.begin(),
                    currency_now.end()))
      continue;
    if (!is_jump(before.number, now.number, arguments["factor"].count, arguments["least"].figure))
      continue;
    CheckHit hit;
    hit.place.question = q;
    if (!question.is_personal)
      hit.arguments = {{"figure", now.number}, {"previous", before.number}};
    else
      hit.arguments = {{"figure", std::string(kMasked)}, {"previous", std::string(kMasked)}};
    hits.push_back(std::move(hit));
  }
  return hits;
}

}  // namespace cosp::checks
