#include <algorithm>

#include "validator/checks/check.hpp"

namespace cosp::checks {
namespace {

class UsedRows {
 public:
  UsedRows(const Evaluation& evaluation, std::uint32_t registry)
      : evaluation_(evaluation),
        registry_(registry),
        used_(evaluation.submission().registers[registry].size(), false) {
    const Form& form = evaluation.form();
    const Submission& submission = evaluation.submission();
    for (std::uint32_t q = 0; q < form.questions().size(); ++q)
      add(form.question(q), evaluation.answer(q));
    for (std::uint32_t r = 0; r < submission.registers.size(); ++r)
      for (const Row& row : submission.registers[r])
        for (std::uint32_t c = 0; c < row.cells.size(); ++c)
          add(form.column(form.registry(r).columns.first + c), row.cells[c]);
  }

  bool operator[](std::uint32_t row) const { return used_[row]; }

 private:
  void add(const Field& field, const Answer& answer) {
    if (field.type == QuestionType::reference && field.registry == registry_ && answer.has_value())
      for (const std::uint32_t row : evaluation_.submission().numbers_of(answer)) mark(row);
    if (!answer.has_reason()) return;
    const auto reasons = evaluation_.form().tables().reasons;
    const auto reason = static_cast<std::size_t>(answer.reason);
    const AnswerExtra* extra = evaluation_.submission().extra_of(answer);
    if (extra && reason < reasons.size() && reasons[reason].registry == registry_)
      for (const std::uint32_t row : extra->rows) mark(row);
  }

  void mark(std::uint32_t row) {
    if (row < used_.size()) used_[row] = true;
  }

  const Evaluation& evaluation_;
  std::uint32_t registry_;
  std::vector<bool> used_;
};

}  // namespace

std::vector<CheckHit> rows_unused(const Evaluation& evaluation, const CheckArguments& arguments) {
  const std::uint32_t registry = arguments["register"].registry;
  const std::vector<std::uint32_t>& columns = arguments["columns"].columns;
  const Submission& submission = evaluation.submission();
  const auto rows = static_cast<std::uint32_t>(submission.registers[registry].size());
  if (rows == 0) return {};
  const UsedRows used(evaluation, registry);
  std::vector<CheckHit> hits;
  for (std::uint32_t row = 0; row < rows; ++row) {
    const bool names_something = std::any_of(columns.begin(), columns.end(), [&](std::uint32_t c) {
      return submission.cell(evaluation.form(), registry, row, c).has_value();
    });
    if (used[row] || names_something) continue;
    CheckHit hit;
    hit.place = {.registry = registry, .row = row};
    hit.arguments = {{"row", submission.registers[registry][row].id}};
    hits.push_back(std::move(hit));
  }
  return hits;
}

}  // namespace cosp::checks
