#include "service/sample_answers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <optional>
#include <set>

#include "model/evaluation.hpp"

namespace cosp {
namespace {

constexpr int kRounds = 300;  ///< of mending; contradictions are rare, and each round mends several
constexpr std::uint32_t kReasonPerCent = 5;
constexpr std::uint32_t kOptionalPerCent = 55;
constexpr std::int64_t kUsualMostFigure = 400;
constexpr std::string_view kLanguages[] = {"ar", "zh", "en", "fr", "ru", "es"};

/// Cuts a text at word ends to stay within the field's limits.
std::string within_limits(std::string text, const Field& field) {
  std::size_t words = 0, characters = 0, last_end = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) ++characters;
    if (text[i] == ' ') {
      ++words;
      last_end = i;
    }
    const bool too_long = (field.most_words > 0 && words >= field.most_words) ||
                          (field.most_characters > 0 && characters > field.most_characters);
    if (too_long) return text.substr(0, last_end);
  }
  return text;
}

/// The code by which hints speak of a field: of a column with its register before it, since columns
/// of several registers share names.
std::string hint_code(const Form& form, const Field& field) {
  for (const Column& column : form.columns())
    if (&column == &field)
      return fmt::format("{}.{}", form.string(form.registry(column.owner).code),
                         form.string(column.code));
  return std::string(form.string(field.code));
}

}  // namespace

struct SampleWriter::Draft {
  const RosterEntry& entry;
  SampleRandom random;
  Submission submission;
  std::set<std::uint32_t> redrawn = {};  ///< questions drawn again in this round
  std::uint64_t first_lot = 0;  ///< where in the pools of texts the rows of the submission begin
  std::optional<std::uint64_t> row_lot = {};  ///< of the row being drawn: its texts belong together
};

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

std::uint64_t SampleWriter::draw_choices(Draft& draft, const Field& field) const {
  std::uint64_t offered = field.allowed;
  if (field.offered_when != kNone) offered &= draft.submission.answers[field.offered_when].mask;
  const auto options = form_.options_of(field.list);
  std::vector<std::uint32_t> weights(options.size(), 0);
  std::uint32_t total = 0;
  const std::string code = hint_code(form_, field);
  for (std::size_t i = 0; i < options.size(); ++i)
    if ((offered >> i & 1) != 0)
      total += weights[i] =
          hints_.weight(code, form_.string(field.suffix), form_.string(options[i].code));
  if (total == 0) return 0;
  const auto draw_one = [&] {
    std::uint32_t left = draft.random.below(total);
    std::size_t i = 0;
    while (left >= weights[i]) left -= weights[i++];
    return std::uint64_t{1} << i;
  };
  std::uint64_t mask = draw_one();
  if (field.type != QuestionType::multi || (mask & field.exclusive) != 0) return mask;
  const std::uint32_t most = field.most_choices > 0 ? field.most_choices : 64;
  const std::uint32_t tries =
      draft.random.below(static_cast<std::uint32_t>(std::popcount(offered)) + 1);
  for (std::uint32_t i = 0; i < tries; ++i) {
    const std::uint64_t another = draw_one();
    if ((another & field.exclusive) == 0 && std::popcount(mask | another) <= static_cast<int>(most))
      mask |= another;
  }
  return mask;
}

Decimal SampleWriter::draw_figure(Draft& draft, const Field& field) const {
  const auto hint = hints_.figures(hint_code(form_, field), form_.string(field.suffix));
  auto [least, most] = hint.value_or(std::pair<std::int64_t, std::int64_t>{0, kUsualMostFigure});
  const auto whole = [](const Decimal& bound) {
    return static_cast<std::int64_t>(bound.approximate());
  };
  if (field.has_minimum) least = std::max(least, whole(field.minimum));
  if (field.has_maximum) most = std::min(most, whole(field.maximum));
  return Decimal::from_integer(draft.random.between(least, std::max(least, most)));
}

Date SampleWriter::draw_date(Draft& draft, const Field& field) const {
  constexpr int kUsualDays = 3650;
  const Period period = draft.submission.header.period.value_or(cycle_.period);
  const auto bound = [&](const DateBound& declared, Date otherwise) {
    if (declared.is_set) return declared.date;
    if (declared.moment == Moment::period_start) return period.start;
    if (declared.moment == Moment::period_end) return period.end;
    if (declared.moment == Moment::cut_off) return cycle_.cut_off;
    return otherwise;
  };
  const std::int64_t last = bound(field.latest, period.end).days_from_epoch();
  const std::int64_t first = std::min(
      last,
      std::int64_t{bound(field.earliest, period.end.add_days(-kUsualDays)).days_from_epoch()});
  return period.end.add_days(
      static_cast<int>(draft.random.between(first, last) - period.end.days_from_epoch()));
}

Answer SampleWriter::draw_value(Draft& draft, const Field& field, std::uint32_t question) const {
  Answer answer;
  Submission& submission = draft.submission;
  const std::string code = hint_code(form_, field);
  const std::string_view suffix = form_.string(field.suffix);
  const std::string& language = submission.header.language;
  answer.state = Answer::State::value;
  answer.visibility = field.floor;
  const auto add_item = [&](std::string item) {
    answer.content = {static_cast<std::uint32_t>(submission.items.size()), 1};
    submission.items.push_back(std::move(item));
  };
  const auto draw_text = [&](std::string_view general) {
    const std::uint64_t lot = draft.row_lot ? *draft.row_lot : draft.random.next();
    std::string text = within_limits(hints_.text(code, suffix, general, language, lot), field);
    if (text.empty()) answer.state = Answer::State::absent;
    return text;
  };
  switch (field.type) {
    case QuestionType::status:
    case QuestionType::single:
    case QuestionType::multi:
    case QuestionType::yes_no: {
      const bool is_participation = question != kNone && question == form_.role("participation");
      const std::uint32_t known =
          is_participation
              ? form_.find_option(field.list,
                                  to_string(cycle_.position(draft.entry.code, cycle_.cut_off)))
              : kNone;
      const bool is_organization = field.bind == Binding::organization ||
                                   (question != kNone && question == form_.role("organization"));
      const std::uint32_t said =
          is_organization
              ? form_.find_option(field.list,
                                  draft.entry.kind == SubmitterKind::organization ? "yes" : "no")
              : kNone;
      const std::uint32_t fixed = known != kNone ? known : said;
      answer.mask = fixed != kNone ? std::uint64_t{1} << fixed : draw_choices(draft, field);
      if (answer.mask == 0) answer.state = Answer::State::absent;
      const auto options = form_.options_of(field.list);
      bool needs_note = false;
      for (std::size_t i = 0; i < options.size(); ++i)
        needs_note |= (answer.mask >> i & 1) != 0 && options[i].needs_note;
      if (needs_note) add_note(draft, answer);
      break;
    }
    case QuestionType::number: answer.number = draw_figure(draft, field); break;
    case QuestionType::money:
      answer.number = draw_figure(draft, field);
      add_item("XTS");  // ISO 4217's code for tests
      break;
    case QuestionType::text: add_text(draft, answer, draw_text("text")); break;
    case QuestionType::long_text: add_text(draft, answer, draw_text("long")); break;
    case QuestionType::date: answer.date = draw_date(draft, field); break;
    case QuestionType::period:
      answer.date = submission.header.period->start;
      answer.end = submission.header.period->end;
      break;
    case QuestionType::language: add_item(language); break;
    case QuestionType::languages:
      answer.content = {static_cast<std::uint32_t>(submission.items.size()),
                        language == "en" ? 1u : 2u};
      submission.items.push_back(language);
      if (language != "en") submission.items.emplace_back("en");
      break;
    case QuestionType::submitter: add_item(draft.entry.code); break;
    case QuestionType::reference: {
      const auto available =
          static_cast<std::uint32_t>(submission.registers[field.registry].size());
      std::uint32_t most = std::min(available, 3u);
      if (field.most_rows > 0) most = std::min(most, field.most_rows);
      if (most == 0 || most < field.least_rows) {
        answer.state = Answer::State::absent;
        break;
      }
      const auto count =
          static_cast<std::uint32_t>(draft.random.between(std::max(1u, field.least_rows), most));
      const std::uint32_t first = draft.random.below(available);
      answer.content = {static_cast<std::uint32_t>(submission.numbers.size()), count};
      for (std::uint32_t i = 0; i < count; ++i)
        submission.numbers.push_back((first + i) % available);
      break;
    }
    case QuestionType::provisions:
      answer.content = {static_cast<std::uint32_t>(submission.numbers.size()), 1};
      submission.numbers.push_back(
          draft.random.below(static_cast<std::uint32_t>(form_.provisions().size())));
      break;
    case QuestionType::email:
      add_item(fmt::format("office{}@example.org", draft.random.between(1, 99)));
      break;
    case QuestionType::phone:
      add_item(fmt::format("+999{}", draft.random.between(10'000'000, 99'999'999)));
      break;
  }
  return answer;
}

}  // namespace cosp
