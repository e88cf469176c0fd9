#include "validator/rule_engine.hpp"

#include <algorithm>

#include "validator/answer_digest.hpp"
#include "validator/answer_words.hpp"

namespace cosp {

RuleEngine::RuleEngine(const Form& form)
    : form_(form), calls_(form.tables().rule_instances.size()) {
  for (const Rule& rule : form.rules()) {
    if (rule.check.size == 0) continue;
    for (std::uint32_t i = 0; i < rule.instances.count; ++i) {
      const std::uint32_t index = rule.instances.first + i;
      const RuleInstance& instance = form.tables().rule_instances[index];
      calls_[index] = std::make_unique<CheckCall>(
          link_check(form, form.string(rule.check), form.string(instance.check_parameters)));
    }
  }
}

void RuleEngine::run(std::uint32_t index, const Evaluation& evaluation, Stage stage,
                     std::vector<Finding>& findings) const {
  const Rule& rule = form_.rules()[index];
  if (rule.stage == Stage::final && stage == Stage::draft) return;
  if (rule.parties_only && !evaluation.owes_answers()) return;
  for (std::uint32_t i = 0; i < rule.instances.count; ++i)
    run_instance(rule, rule.instances.first + i, evaluation, findings);
}

bool RuleEngine::is_silent(const Rule& rule, const RuleInstance& instance,
                           const Evaluation& evaluation) const {
  const auto is_reserved = [&](std::uint32_t provision) {
    return evaluation.is_reserved(provision);
  };
  std::uint32_t block = instance.block;
  if (block == kNone && instance.at_question != kNone)
    block = form_.question(instance.at_question).block;
  if (!rule.speaks_on_reserved) {
    const auto provisions = form_.provisions_of(rule.provisions);
    if (std::any_of(provisions.begin(), provisions.end(), is_reserved)) return true;
    if (block != kNone && form_.block(block).provision != kNone &&
        is_reserved(form_.block(block).provision))
      return true;
  }
  if (instance.at_question == kNone) return false;
  switch (evaluation.asked(instance.at_question)) {
    case Asked::yes: return false;
    case Asked::outside_phase: return true;
    case Asked::hidden: return !evaluation.opens_gates();
    case Asked::reserved: return !rule.speaks_on_reserved;
  }
  return false;
}

void RuleEngine::run_instance(const Rule& rule, std::uint32_t index, const Evaluation& evaluation,
                              std::vector<Finding>& findings) const {
  const RuleInstance& instance = form_.tables().rule_instances[index];
  if (is_silent(rule, instance, evaluation)) return;
  if (const CheckCall* call = calls_[index].get()) {
    // Of a rule on rows the condition is held against each row with a hit.
    if (call->problems.empty() && (instance.registry != kNone || evaluation.holds(instance.when)))
      run_check(rule, instance, *call, evaluation, findings);
    return;
  }
  const auto run_once = [&](RowScope scope) {
    if (!evaluation.holds(instance.when, scope) || evaluation.holds(instance.expect, scope)) return;
    Place place{.question = instance.at_question};
    if (scope.row != kNone)
      place = {.registry = scope.registry, .row = scope.row, .column = instance.at_column};
    // Asked again for its trace: most instances find nothing, and need none.
    Trace trace;
    evaluation.holds(instance.when, scope, &trace);
    evaluation.holds(instance.expect, scope, &trace);
    Finding finding = make(rule, instance, evaluation, place);
    finding.digest = answer_digest(evaluation, trace);
    findings.push_back(std::move(finding));
  };
  if (instance.registry == kNone) return run_once({});
  const auto& rows = evaluation.submission().registers[instance.registry];
  for (std::uint32_t row = 0; row < rows.size(); ++row) run_once({instance.registry, row});
}

void RuleEngine::run_check(const Rule& rule, const RuleInstance& instance, const CheckCall& call,
                           const Evaluation& evaluation, std::vector<Finding>& findings) const {
  for (CheckHit& hit : call.function(evaluation, call.arguments)) {
    const bool is_of_row = instance.registry != kNone;
    const RowScope scope = is_of_row ? RowScope{hit.place.registry, hit.place.row} : RowScope{};
    if (is_of_row &&
        (hit.place.registry != instance.registry || !evaluation.holds(instance.when, scope)))
      continue;
    Trace trace;
    evaluation.holds(instance.when, scope, &trace);
    Place place = hit.place;
    if (place.registry != kNone && place.column == kNone && instance.at_column != kNone &&
        form_.column(instance.at_column).owner == place.registry)
      place.column = instance.at_column;
    if (place.registry == kNone && instance.at_question != kNone)
      place.question = instance.at_question;
    Trace read =
        hit.read.questions.empty() && hit.read.rows.empty() ? trace_of(hit.place) : hit.read;
    read.questions.insert(read.questions.end(), trace.questions.begin(), trace.questions.end());
    read.rows.insert(read.rows.end(), trace.rows.begin(), trace.rows.end());
    Finding finding = make(rule, instance, evaluation, place);
    for (auto& argument : hit.arguments) finding.arguments.push_back(std::move(argument));
    if (!hit.written.empty()) {
      std::erase_if(finding.arguments, [](const auto& one) { return one.first == "written"; });
      finding.written = std::move(hit.written);
    }
    finding.digest = answer_digest(evaluation, read);
    findings.push_back(std::move(finding));
  }
}

Finding RuleEngine::make(const Rule& rule, const RuleInstance& instance,
                         const Evaluation& evaluation, const Place& place) const {
  const Submission& submission = evaluation.submission();
  Finding finding;
  finding.rule = form_.string(rule.id);
  finding.severity = rule.severity;
  const auto provisions = form_.provisions_of(rule.provisions);
  finding.provisions.assign(provisions.begin(), provisions.end());
  if (finding.provisions.empty() && place.question != kNone) {
    const auto own = form_.provisions_of(form_.question(place.question).provisions);
    finding.provisions.assign(own.begin(), own.end());
  }
  finding.place = place;
  finding.text = "rule." + finding.rule;
  const RowScope row{place.registry, place.row};
  for (std::uint32_t i = 0; i < instance.arguments.count; ++i) {
    const RuleArgument& argument = form_.tables().rule_arguments[instance.arguments.first + i];
    finding.arguments.emplace_back(form_.string(argument.name), resolve(argument, evaluation, row));
  }
  finding.pointer = json_pointer(form_, submission, place);
  if (finding.pointer.empty()) finding.pointer = "/answers";  // of the answers as a whole
  if (const PlacedAnswer placed = answer_at(form_, submission, place); placed.answer) {
    set_written(form_, submission, *placed.field, *placed.answer, finding);
    finding.source = placed.answer->source;
  }
  if (finding.source == kNone && row.row != kNone)
    finding.source = submission.registers[row.registry][row.row].source;
  return finding;
}

FindingArgument RuleEngine::resolve(const RuleArgument& argument, const Evaluation& evaluation,
                                    RowScope row) const {
  const Submission& submission = evaluation.submission();
  const std::uint32_t subject = argument.subject;
  switch (argument.kind) {
    case RuleArgument::Kind::block_title: return TextReference{form_.block(subject).title};
    case RuleArgument::Kind::question_label: return TextReference{form_.question(subject).label};
    case RuleArgument::Kind::answer:
      return readable_answer(form_, submission, form_.question(subject),
                             evaluation.answer(subject));
    case RuleArgument::Kind::column_label: return TextReference{form_.column(subject).label};
    case RuleArgument::Kind::option_label:
      return TextReference{form_.tables().options[subject].label};
    case RuleArgument::Kind::provision:
      return std::string(form_.number(form_.provisions()[subject]));
    case RuleArgument::Kind::text: return TextReference{subject};
    case RuleArgument::Kind::cell:
    case RuleArgument::Kind::row_title: break;
  }
  if (row.row == kNone) return TextName{"report.not_answered"};
  if (argument.kind == RuleArgument::Kind::row_title)
    return title_of_row(form_, submission, row.registry, row.row);
  const Column& column = form_.column(subject);
  if (column.owner != row.registry) return TextName{"report.not_answered"};
  return readable_answer(form_, submission, column,
                         submission.cell(form_, row.registry, row.row, subject));
}

}  // namespace cosp
