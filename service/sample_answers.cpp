#include "service/sample_answers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <optional>
#include <set>

#include "model/evaluation.hpp"
#include "service/sample_draft.hpp"

namespace cosp {
namespace {

constexpr int kRounds = 300;  ///< of mending; contradictions are rare, and each round mends several
constexpr std::uint32_t kReasonPerCent = 5;
constexpr std::uint32_t kOptionalPerCent = 55;
constexpr std::string_view kLanguages[] = {"ar", "zh", "en", "fr", "ru", "es"};

}  // namespace

Submission SampleWriter::write(const RosterEntry& entry, std::uint64_t seed) const {
  Draft draft{entry, SampleRandom(seed, entry.code), {}, {}};
  SubmissionHeader& header = draft.submission.header;
  draft.first_lot = draft.random.below(1000);
  header.form_id = form_.id();
  header.form_version = form_.version();
  header.structure_digest = form_.structure_digest();
  header.cycle = cycle_.id;
  header.submitter_kind = entry.kind;
  header.submitter = entry.code;
  header.stage = Stage::final;
  header.language = kLanguages[draft.random.below(std::size(kLanguages))];
  header.purpose = cycle_.purpose;
  header.period = cycle_.period_of(entry.code);
  draft.submission.answers.resize(form_.questions().size());
  draft.submission.registers.resize(form_.registers().size());
  fill_rows(draft);
  fill_reservations(draft);
  fill_answers(draft);
  for (int round = 0; round < kRounds && mend(draft); ++round) fill_answers(draft);
  return std::move(draft.submission);
}

void SampleWriter::fill_rows(Draft& draft) const {
  for (std::uint32_t r = 0; r < form_.registers().size(); ++r) {
    if (r == form_.tables().reservations.front().registry) continue;
    const auto [least, most] = hints_.rows(form_.string(form_.registry(r).code));
    const auto count = static_cast<std::uint32_t>(draft.random.between(least, most));
    for (std::uint32_t i = 0; i < count; ++i) {
      Row row = draw_row(draft, r, i + 1);
      draft.submission.registers[r].push_back(std::move(row));
    }
  }
}

Row SampleWriter::draw_row(Draft& draft, std::uint32_t registry, std::uint32_t number) const {
  const Register& declared = form_.registry(registry);
  draft.row_lot = draft.first_lot + number;
  Row row;
  row.id = fmt::format("{}-{}", form_.string(declared.code).substr(0, 3), number);
  for (const Column& column : form_.columns_of(declared)) {
    const bool is_wanted =
        column.required != Requirement::never || draft.random.chance(kOptionalPerCent);
    row.cells.push_back(is_wanted ? draw_value(draft, column, kNone) : Answer{});
  }
  draft.row_lot.reset();
  return row;
}

/// The rows that the depositary has on record for the State; the words of the cycle file are the
/// register's codes.
void SampleWriter::fill_reservations(Draft& draft) const {
  const ReservationDeclaration& declared = form_.tables().reservations.front();
  if (declared.registry == kNone) return;
  std::uint32_t number = 0;
  for (const RegisteredReservation& known : cycle_.reservations) {
    if (known.state != draft.entry.code) continue;
    Row row = draw_row(draft, declared.registry, ++number);
    const auto columns = form_.columns_of(form_.registry(declared.registry));
    const std::uint32_t first = form_.registry(declared.registry).columns.first;
    for (std::uint32_t i = 0; i < columns.size(); ++i) {
      if (first + i == declared.provisions_column) {
        Answer& cell = row.cells[i] = Answer{};
        cell.state = Answer::State::value;
        cell.content.first = static_cast<std::uint32_t>(draft.submission.numbers.size());
        for (const std::string& code : known.provisions)
          if (const std::uint32_t provision = form_.find_provision(code); provision != kNone)
            draft.submission.numbers.push_back(provision);
        cell.content.count =
            static_cast<std::uint32_t>(draft.submission.numbers.size()) - cell.content.first;
      } else if (columns[i].type == QuestionType::date &&
                 columns[i].required == Requirement::never) {
        row.cells[i] = Answer{};  // an optional date, such as one of withdrawal, is not made up
      } else if (columns[i].list != kNone) {
        for (const std::string& word : {known.kind, known.extent})
          if (const std::uint32_t option = form_.find_option(columns[i].list, word);
              option != kNone)
            row.cells[i].mask = std::uint64_t{1} << option;
      }
    }
    draft.submission.registers[declared.registry].push_back(std::move(row));
  }
}

/// Answers what is asked and not yet answered, until nothing more is asked.
void SampleWriter::fill_answers(Draft& draft) const {
  for (bool is_changed = true; is_changed;) {
    is_changed = false;
    const Evaluation evaluation(form_, draft.submission, {&cycle_, nullptr});
    for (std::uint32_t q = 0; q < form_.questions().size(); ++q) {
      Answer& answer = draft.submission.answers[q];
      if (evaluation.asked(q) != Asked::yes) {
        if (!answer.is_absent() && evaluation.asked(q) != Asked::reserved) answer = Answer{};
        continue;
      }
      if (!answer.is_absent() || answer.is_rejected) continue;
      const Question& question = form_.question(q);
      const bool is_wanted =
          question.required != Requirement::never || draft.random.chance(kOptionalPerCent);
      Answer drawn = is_wanted ? draw(draft, question, q) : Answer{};
      drawn.is_rejected = drawn.is_absent();  // decided: stays open
      draft.submission.answers[q] = drawn;
      is_changed = true;
    }
  }
  for (Answer& answer : draft.submission.answers) answer.is_rejected = false;
}

/// Draws again where an error or a blocker was found, and around it; false when nothing was found.
bool SampleWriter::mend(Draft& draft) const {
  const Evaluation evaluation(form_, draft.submission, {&cycle_, nullptr});
  const auto findings = validator_.check(evaluation, Stage::final);
  draft.redrawn.clear();
  bool is_found = false;
  for (const Finding& finding : findings) {
    if (finding.severity != Severity::error && finding.severity != Severity::blocker) continue;
    is_found = true;
    draw_again(draft, finding.place);
    const std::uint32_t rule = form_.find_rule(finding.rule);
    if (rule == kNone) continue;
    for (const RuleInstance& instance : form_.instances_of(form_.rules()[rule])) {
      if (instance.at_question != finding.place.question || instance.registry != kNone) continue;
      Trace trace;
      (void)evaluation.holds(instance.when, {}, &trace);
      (void)evaluation.holds(instance.expect, {}, &trace);
      if (!trace.questions.empty() && draft.random.chance(50)) {
        Place other;
        other.question =
            trace.questions[draft.random.below(static_cast<std::uint32_t>(trace.questions.size()))];
        draw_again(draft, other);
      }
    }
  }
  return is_found;
}

void SampleWriter::draw_again(Draft& draft, const Place& place) const {
  if (place.registry != kNone && place.row != kNone) {
    Row& row = draft.submission.registers[place.registry][place.row];
    const std::string id = row.id;
    row = draw_row(draft, place.registry, place.row + 1);
    row.id = id;
    return;
  }
  if (place.question == kNone || !draft.redrawn.insert(place.question).second) return;
  const Question& question = form_.question(place.question);
  const bool may_be_left = question.required == Requirement::never;
  draft.submission.answers[place.question] =
      may_be_left && draft.random.chance(40) ? Answer{} : draw(draft, question, place.question);
}

Answer SampleWriter::draw(Draft& draft, const Field& field, std::uint32_t question) const {
  const bool is_role = std::any_of(form_.tables().roles.begin(), form_.tables().roles.end(),
                                   [&](const NamedIndex& role) { return role.index == question; });
  const bool may_reason = !field.always_answered && !is_role && field.bind == Binding::none &&
                          field.type != QuestionType::status &&
                          field.required != Requirement::draft;
  if (may_reason && draft.random.chance(kReasonPerCent)) return draw_reason(draft, field);
  Answer answer = draw_value(draft, field, question);
  if (answer.is_absent() && may_reason && field.required != Requirement::never)
    answer = draw_reason(draft, field);
  return answer;
}

Answer SampleWriter::draw_reason(Draft& draft, const Field& field) const {
  constexpr Reason kDrawn[] = {Reason::not_available, Reason::under_consideration,
                               Reason::withheld};
  Answer answer;
  answer.state = Answer::State::reason;
  answer.reason = kDrawn[draft.random.below(std::size(kDrawn))];
  answer.visibility = field.floor;
  const ReasonDeclaration& declared =
      form_.tables().reasons[static_cast<std::size_t>(answer.reason)];
  if (declared.detail_list != kNone)
    answer.detail = draft.random.below(
        static_cast<std::uint32_t>(form_.options_of(declared.detail_list).size()));
  if (declared.needs_note || declared.detail_list != kNone) add_note(draft, answer);
  return answer;
}

void SampleWriter::add_note(Draft& draft, Answer& answer) const {
  AnswerExtra extra;
  const std::string& language = draft.submission.header.language;
  extra.note.push_back(
      {language, hints_.text("note", "note", "note", language, draft.random.next()), true});
  answer.extra = static_cast<std::uint32_t>(draft.submission.extras.size());
  draft.submission.extras.push_back(std::move(extra));
}

void SampleWriter::add_text(Draft& draft, Answer& answer, std::string text) const {
  answer.content = {static_cast<std::uint32_t>(draft.submission.texts.size()), 1};
  draft.submission.texts.push_back({draft.submission.header.language, std::move(text), true});
}

}  // namespace cosp
