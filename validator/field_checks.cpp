#include "validator/field_checks.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "validator/answer_words.hpp"
#include "validator/engine_findings.hpp"

namespace cosp {
namespace {

/// Findings that tell of an answer's standing rather than of its content need only its presence.
std::string_view id_of_unasked(Asked asked) {
  switch (asked) {
    case Asked::outside_phase: return "outside-phase";
    case Asked::reserved: return "answer-while-reserved";
    case Asked::hidden:
    case Asked::yes: break;
  }
  return "answer-while-hidden";
}

bool is_required(const Field& field, Stage stage, const Evaluation& evaluation) {
  switch (field.required) {
    case Requirement::never: break;
    case Requirement::draft: return true;
    case Requirement::final: return stage == Stage::final;
    case Requirement::parties: return stage == Stage::final && evaluation.owes_answers();
  }
  return false;
}

}  // namespace

std::uint32_t count_open_for_final(const Evaluation& evaluation) {
  const Form& form = evaluation.form();
  const Submission& submission = evaluation.submission();
  std::uint32_t count = 0;
  const auto add = [&](const Field& field, const Answer& answer) {
    if (answer.is_absent() && !answer.is_rejected && is_required(field, Stage::final, evaluation))
      ++count;
  };
  for (std::uint32_t i = 0; i < submission.answers.size(); ++i)
    if (evaluation.is_asked(i)) add(form.question(i), submission.answers[i]);
  for (std::uint32_t i = 0; i < submission.registers.size(); ++i)
    for (const Row& row : submission.registers[i])
      for (std::uint32_t c = 0; c < row.cells.size(); ++c)
        add(form.column(form.registry(i).columns.first + c), row.cells[c]);
  return count;
}

FieldPatterns::FieldPatterns(const Form& form) {
  const auto add = [&](const Field& field) {
    const std::string_view pattern = form.string(field.pattern);
    if (!pattern.empty()) patterns_.try_emplace(pattern, pattern);
  };
  for (const Question& question : form.questions()) add(question);
  for (const Column& column : form.columns()) add(column);
}

const Pattern* FieldPatterns::find(std::string_view pattern) const {
  const auto found = patterns_.find(pattern);
  return found == patterns_.end() ? nullptr : &found->second;
}

FieldChecks::FieldChecks(const FieldPatterns& patterns, const Evaluation& evaluation, Stage stage,
                         std::vector<Finding>& findings)
    : patterns_(patterns),
      evaluation_(evaluation),
      form_(evaluation.form()),
      submission_(evaluation.submission()),
      stage_(stage),
      findings_(findings) {}

void FieldChecks::check_all() {
  for (std::uint32_t i = 0; i < submission_.answers.size(); ++i) check_question(i);
  for (std::uint32_t i = 0; i < submission_.registers.size(); ++i) check_register(i);
}

Finding& FieldChecks::add(std::string_view id, const Field& field, const Answer& answer,
                          const Place& place) {
  Finding finding = make_engine_finding(id, stage_, place);
  const auto provisions = form_.provisions_of(field.provisions);
  finding.provisions.assign(provisions.begin(), provisions.end());
  finding.arguments.emplace_back("question", TextReference{field.label});
  set_written(form_, submission_, field, answer, finding);
  finding.pointer = json_pointer(form_, submission_, place);
  finding.source = answer.source;
  if (finding.source == kNone && place.registry != kNone && place.row != kNone)
    finding.source = submission_.registers[place.registry][place.row].source;
  return findings_.emplace_back(std::move(finding));
}

Finding& FieldChecks::add_beside(std::string_view member, std::string_view id, const Field& field,
                                 const Answer& answer, const Place& place) {
  Finding& finding = add(id, field, answer, place);
  finding.pointer += "/" + std::string(member);
  return finding;
}

void FieldChecks::check_question(std::uint32_t index) {
  const Question& question = form_.question(index);
  const Answer& answer = submission_.answers[index];
  const Place place{.question = index};
  const Asked asked = evaluation_.asked(index);
  if (asked == Asked::yes) {
    check_answer(question, answer, place);
    return;
  }
  // What others filled in is not the State's doing and needs no word.
  if (answer.is_absent() || answer.origin != Origin::typed) return;
  if (asked == Asked::hidden && hangs_on_rejected(question.condition)) return;
  Finding& finding = add(id_of_unasked(asked), question, answer, place);
  if (asked == Asked::outside_phase && evaluation_.is_outside_parts_only(index))
    finding.text = "finding.outside-parts";
  if (asked != Asked::hidden) return;
  std::vector<TextReference> closing = closing_questions(question.condition);
  finding.arguments.emplace_back("known", std::string(closing.empty() ? "no" : "yes"));
  finding.arguments.emplace_back("closing", std::move(closing));
}

/// The questions that the condition reads, so that whoever mends it knows where to look: at most
/// three.
std::vector<TextReference> FieldChecks::closing_questions(std::uint32_t condition) const {
  constexpr std::size_t kMost = 3;
  std::vector<TextReference> labels;
  if (condition == kNone) return labels;
  Trace trace;
  (void)evaluation_.holds(condition, {}, &trace);
  for (const std::uint32_t read : trace.questions) {
    const TextId label = form_.question(read).label;
    const auto is_known = [&](const TextReference& known) { return known.id == label; };
    if (labels.size() < kMost && std::ranges::none_of(labels, is_known)) labels.push_back({label});
  }
  return labels;
}

/// Whether an answer that the condition reads, or that decides whether such a one is asked, could
/// not be taken: then the finding on that answer is enough.
bool FieldChecks::hangs_on_rejected(std::uint32_t condition) const {
  if (condition == kNone) return false;
  Trace trace;
  (void)evaluation_.holds(condition, {}, &trace);
  for (const std::uint32_t read : trace.questions) {
    if (submission_.answers[read].is_rejected) return true;
    // Conditions look backwards only, so this ends.
    if (evaluation_.asked(read) == Asked::hidden &&
        hangs_on_rejected(form_.question(read).condition))
      return true;
  }
  return false;
}

void FieldChecks::check_register(std::uint32_t index) {
  const Register& registry = form_.registry(index);
  const auto& rows = submission_.registers[index];
  for (std::uint32_t r = 0; r < rows.size(); ++r) {
    for (std::uint32_t c = 0; c < rows[r].cells.size(); ++c) {
      const std::uint32_t column = registry.columns.first + c;
      check_answer(form_.column(column), rows[r].cells[c],
                   {.registry = index, .row = r, .column = column});
    }
  }
  if (registry.most_rows == 0 || rows.size() <= registry.most_rows) return;
  const Place place{.registry = index};
  Finding finding = make_engine_finding("row-limit", stage_, place);
  finding.arguments = {{"register", TextReference{registry.title}},
                       {"rows", static_cast<std::int64_t>(rows.size())},
                       {"most", static_cast<std::int64_t>(registry.most_rows)}};
  finding.written = std::to_string(rows.size());
  finding.expected = "0-" + std::to_string(registry.most_rows);
  finding.pointer = json_pointer(form_, submission_, place);
  finding.source = rows[registry.most_rows].source;
  findings_.push_back(std::move(finding));
}

void FieldChecks::check_answer(const Field& field, const Answer& answer, const Place& place) {
  if (answer.is_rejected) return;
  if (answer.is_absent())
    check_required(field, answer, place);
  else if (answer.has_reason())
    check_reason(field, answer, place);
  else
    check_value(field, answer, place);
}

void FieldChecks::check_required(const Field& field, const Answer& answer, const Place& place) {
  if (!is_required(field, stage_, evaluation_)) return;
  const bool is_cell = place.registry != kNone;
  add("required", field, answer, place)
      .arguments.emplace_back("instead", std::string(is_cell                 ? "cell"
                                                     : field.always_answered ? "nothing"
                                                                             : "reason"));
}

bool FieldChecks::has_note(const Answer& answer) const {
  const AnswerExtra* extra = submission_.extra_of(answer);
  if (!extra) return false;
  for (const LocalText& note : extra->note)
    if (!trim(note.text).empty()) return true;
  return false;
}

void FieldChecks::check_reason(const Field& field, const Answer& answer, const Place& place) {
  const TextName reason{"reason." + std::string(to_string(answer.reason))};
  if (field.always_answered) {
    add("reason-not-allowed", field, answer, place).arguments.emplace_back("reason", reason);
    return;
  }
  const auto declared = form_.tables().reasons;
  const auto index = static_cast<std::size_t>(answer.reason);
  if (index >= declared.size()) return;
  const ReasonDeclaration& asks = declared[index];
  if (asks.detail_list != kNone && answer.detail == kNone) {
    Finding& finding = add_beside("detail", "reason-detail-required", field, answer, place);
    finding.arguments.emplace_back("reason", reason);
    std::vector<TextReference> details;
    for (const Option& option : form_.options_of(asks.detail_list)) {
      details.push_back({option.label});
      if (!finding.expected.empty()) finding.expected += ", ";
      finding.expected += form_.string(option.code);
    }
    finding.arguments.emplace_back("expected", std::move(details));
  }
  const AnswerExtra* extra = submission_.extra_of(answer);
  if (asks.registry != kNone && (!extra || extra->rows.empty())) {
    Finding& finding = add_beside("rows", "reason-rows-required", field, answer, place);
    finding.arguments.emplace_back("reason", reason);
    finding.arguments.emplace_back("register", TextReference{form_.registry(asks.registry).title});
    finding.arguments.emplace_back("column", TextName{"questionnaire.rows"});
  }
  if (asks.needs_note && !has_note(answer))
    add_beside("note", "note-required", field, answer, place)
        .arguments.emplace_back("choice", reason);
}

void FieldChecks::check_value(const Field& field, const Answer& answer, const Place& place) {
  if (is_choice(field.type)) return check_choice(field, answer, place);
  if (is_figure(field.type)) return check_figure(field, answer, place);
  if (is_text(field.type)) return check_text(field, answer, place);
  if (field.type == QuestionType::date || field.type == QuestionType::period)
    return check_date(field, answer, place);
  if (field.type == QuestionType::reference) return check_rows(field, answer, place);
  if (field.type != QuestionType::provisions) check_item(field, answer, place);
}

}  // namespace cosp
