#include "validator/checks/visit_texts.hpp"

namespace cosp::checks {
namespace {

void visit_answer(const Evaluation& evaluation, std::string_view scope, const Field& field,
                  const Answer& answer, const Place& place,
                  const std::function<void(const VisitedText&)>& visit) {
  const Submission& submission = evaluation.submission();
  const bool is_within =
      scope == "long_texts" ? field.type == QuestionType::long_text : is_text(field.type);
  if (is_within && answer.has_value())
    for (const LocalText& text : submission.texts_of(answer)) visit({place, text});
  if (scope != "texts_and_notes") return;
  if (const AnswerExtra* extra = submission.extra_of(answer))
    for (const LocalText& note : extra->note) visit({place, note, true});
}

}  // namespace

void visit_texts(const Evaluation& evaluation, std::string_view scope,
                 const std::function<void(const VisitedText&)>& visit) {
  const Form& form = evaluation.form();
  const Submission& submission = evaluation.submission();
  for (std::uint32_t q = 0; q < form.questions().size(); ++q)
    visit_answer(evaluation, scope, form.question(q), evaluation.answer(q), {.question = q}, visit);
  for (std::uint32_t r = 0; r < submission.registers.size(); ++r) {
    const std::uint32_t first = form.registry(r).columns.first;
    for (std::uint32_t row = 0; row < submission.registers[r].size(); ++row) {
      const auto& cells = submission.registers[r][row].cells;
      for (std::uint32_t c = 0; c < cells.size(); ++c)
        visit_answer(evaluation, scope, form.column(first + c), cells[c],
                     {.registry = r, .row = row, .column = first + c}, visit);
    }
  }
}

}  // namespace cosp::checks
