#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "service/sample_answers.hpp"
#include "service/sample_draft.hpp"

namespace cosp {
namespace {

constexpr std::int64_t kUsualMostFigure = 400;

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

/// What is known of the submitter anyway is not drawn: its position by the cycle, and whether it is
/// an organization.
std::uint32_t SampleWriter::known_option(const Draft& draft, const Field& field,
                                         std::uint32_t question) const {
  if (question != kNone && question == form_.role("participation"))
    return form_.find_option(field.list,
                             to_string(cycle_.position(draft.entry.code, cycle_.cut_off)));
  const bool is_organization = field.bind == Binding::organization ||
                               (question != kNone && question == form_.role("organization"));
  if (!is_organization) return kNone;
  return form_.find_option(field.list,
                           draft.entry.kind == SubmitterKind::organization ? "yes" : "no");
}

void SampleWriter::choose(Draft& draft, const Field& field, std::uint32_t question,
                          Answer& answer) const {
  const std::uint32_t known = known_option(draft, field, question);
  answer.mask = known != kNone ? std::uint64_t{1} << known : draw_choices(draft, field);
  if (answer.mask == 0) answer.state = Answer::State::absent;
  const auto options = form_.options_of(field.list);
  bool needs_note = false;
  for (std::size_t i = 0; i < options.size(); ++i)
    needs_note |= (answer.mask >> i & 1) != 0 && options[i].needs_note;
  if (needs_note) add_note(draft, answer);
}

void SampleWriter::write_text(Draft& draft, const Field& field, std::string_view general,
                              Answer& answer) const {
  const std::uint64_t lot = draft.row_lot ? *draft.row_lot : draft.random.next();
  std::string text = within_limits(hints_.text(hint_code(form_, field), form_.string(field.suffix),
                                               general, draft.submission.header.language, lot),
                                   field);
  if (text.empty())
    answer.state = Answer::State::absent;
  else
    add_text(draft, answer, std::move(text));
}

void SampleWriter::cite_rows(Draft& draft, const Field& field, Answer& answer) const {
  constexpr std::uint32_t kUsualMostRows = 3;
  Submission& submission = draft.submission;
  const auto available = static_cast<std::uint32_t>(submission.registers[field.registry].size());
  std::uint32_t most = std::min(available, kUsualMostRows);
  if (field.most_rows > 0) most = std::min(most, field.most_rows);
  if (most == 0 || most < field.least_rows) {
    answer.state = Answer::State::absent;
    return;
  }
  const auto count =
      static_cast<std::uint32_t>(draft.random.between(std::max(1u, field.least_rows), most));
  const std::uint32_t first = draft.random.below(available);
  answer.content = {static_cast<std::uint32_t>(submission.numbers.size()), count};
  for (std::uint32_t i = 0; i < count; ++i) submission.numbers.push_back((first + i) % available);
}

void SampleWriter::add_items(Draft& draft, std::vector<std::string> items, Answer& answer) const {
  auto& all = draft.submission.items;
  answer.content = {static_cast<std::uint32_t>(all.size()),
                    static_cast<std::uint32_t>(items.size())};
  std::move(items.begin(), items.end(), std::back_inserter(all));
}

Answer SampleWriter::draw_value(Draft& draft, const Field& field, std::uint32_t question) const {
  Answer answer;
  answer.state = Answer::State::value;
  answer.visibility = field.floor;
  Submission& submission = draft.submission;
  const std::string& language = submission.header.language;
  const auto draw_number = [&](std::int64_t least, std::int64_t most) {
    return std::to_string(draft.random.between(least, most));
  };
  switch (field.type) {
    case QuestionType::status:
    case QuestionType::single:
    case QuestionType::multi:
    case QuestionType::yes_no: choose(draft, field, question, answer); break;
    case QuestionType::number: answer.number = draw_figure(draft, field); break;
    case QuestionType::money:
      answer.number = draw_figure(draft, field);
      add_items(draft, {"XTS"}, answer);  // ISO 4217's code for tests
      break;
    case QuestionType::text: write_text(draft, field, "text", answer); break;
    case QuestionType::long_text: write_text(draft, field, "long", answer); break;
    case QuestionType::date: answer.date = draw_date(draft, field); break;
    case QuestionType::period:
      answer.date = submission.header.period->start;
      answer.end = submission.header.period->end;
      break;
    case QuestionType::language: add_items(draft, {language}, answer); break;
    case QuestionType::languages:
      add_items(draft,
                language == "en" ? std::vector{language} : std::vector{language, std::string("en")},
                answer);
      break;
    case QuestionType::submitter: add_items(draft, {draft.entry.code}, answer); break;
    case QuestionType::reference: cite_rows(draft, field, answer); break;
    case QuestionType::provisions:
      answer.content = {static_cast<std::uint32_t>(submission.numbers.size()), 1};
      submission.numbers.push_back(
          draft.random.below(static_cast<std::uint32_t>(form_.provisions().size())));
      break;
    case QuestionType::email:
      add_items(draft, {"office" + draw_number(1, 99) + "@example.org"}, answer);
      break;
    case QuestionType::phone:
      add_items(draft, {"+999" + draw_number(10'000'000, 99'999'999)}, answer);
      break;
  }
  return answer;
}

}  // namespace cosp
