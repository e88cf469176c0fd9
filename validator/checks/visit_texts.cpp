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
    for (const LocalText& text : submission.texts_of(answer))
      visit({place, text, false, answer.visibility});
  if (scope != "texts_and_notes") return;
  if (const AnswerExtra* extra = submission.extra_of(answer))
    for (const LocalText& note : extra->note) visit({place, note, true, answer.visibility});
}

void visit_register(const Evaluation& evaluation, std::string_view scope, std::uint32_t registry,
                    const std::function<void(const VisitedText&)>& visit) {
  const std::uint32_t first = evaluation.form().registry(registry).columns.first;
  const auto& rows = evaluation.submission().registers[registry];
  for (std::uint32_t row = 0; row < rows.size(); ++row) {
    const auto& cells = rows[row].cells;
    for (std::uint32_t c = 0; c < cells.size(); ++c)
      visit_answer(evaluation, scope, evaluation.form().column(first + c), cells[c],
                   {.registry = registry, .row = row, .column = first + c}, visit);
  }
}

}  // namespace

void visit_texts(const Evaluation& evaluation, std::string_view scope,
                 const std::function<void(const VisitedText&)>& visit) {
  const Form& form = evaluation.form();
  for (std::uint32_t q = 0; q < form.questions().size(); ++q)
    visit_answer(evaluation, scope, form.question(q), evaluation.answer(q), {.question = q}, visit);
  for (std::uint32_t r = 0; r < evaluation.submission().registers.size(); ++r)
    visit_register(evaluation, scope, r, visit);
}

void visit_texts(const Evaluation& evaluation, const CheckArguments& arguments,
                 const std::function<void(const VisitedText&)>& visit) {
  const std::string_view scope = arguments["scope"].word;
  if (!arguments.has("questions") && !arguments.has("register"))
    return visit_texts(evaluation, scope, visit);
  if (arguments.has("questions"))
    for (const std::uint32_t q : arguments["questions"].questions)
      visit_answer(evaluation, scope, evaluation.form().question(q), evaluation.answer(q),
                   {.question = q}, visit);
  if (arguments.has("register"))
    visit_register(evaluation, scope, arguments["register"].registry, visit);
}

}  // namespace cosp::checks
