#include <map>

#include "base/text.hpp"
#include "validator/answer_words.hpp"
#include "validator/checks/check.hpp"

namespace cosp::checks {
namespace {

/// What two rows that are the same have in common; empty when one of the columns is not given.
std::string key_of(const Evaluation& evaluation, std::uint32_t registry, std::uint32_t row,
                   const std::vector<std::uint32_t>& columns) {
  const Form& form = evaluation.form();
  const Submission& submission = evaluation.submission();
  std::string key;
  for (const std::uint32_t index : columns) {
    Field field = form.column(index);
    const Answer& cell = submission.cell(form, registry, row, index);
    if (!cell.has_value()) return {};
    // Compared here and nowhere shown, so that two rows of one address are found too.
    field.is_personal = false;
    const std::string value = is_text(field.type) ? std::string(submission.original_text(cell))
                                                  : written_answer(form, submission, field, cell);
    key += fold_for_comparison(value);
    key += '\x1f';
  }
  return key;
}

}  // namespace

std::vector<CheckHit> duplicate_rows(const Evaluation& evaluation,
                                     const CheckArguments& arguments) {
  const std::uint32_t registry = arguments["register"].registry;
  const std::vector<std::uint32_t>& columns = arguments["columns"].columns;
  const auto& rows = evaluation.submission().registers[registry];
  std::map<std::string, std::uint32_t> seen;
  std::vector<CheckHit> hits;
  for (std::uint32_t row = 0; row < rows.size(); ++row) {
    std::string key = key_of(evaluation, registry, row, columns);
    if (key.empty()) continue;
    const auto [first, is_new] = seen.emplace(std::move(key), row);
    if (is_new) continue;
    CheckHit hit;
    hit.place = {.registry = registry, .row = row};
    hit.arguments = {{"first", rows[first->second].id}, {"row", rows[row].id}};
    hit.read.rows = {{registry, first->second}, {registry, row}};
    hits.push_back(std::move(hit));
  }
  return hits;
}

}  // namespace cosp::checks
