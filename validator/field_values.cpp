#include <re2/re2.h>

#include <bit>

#include "base/language.hpp"
#include "base/text.hpp"
#include "validator/answer_words.hpp"
#include "validator/contact_forms.hpp"
#include "validator/field_checks.hpp"

// The checks of values, type by type.
namespace cosp {
namespace {

std::vector<TextReference> labels(std::span<const Option> options, std::uint64_t mask) {
  std::vector<TextReference> found;
  for (std::size_t i = 0; i < options.size(); ++i)
    if (mask >> i & 1) found.push_back({options[i].label});
  return found;
}

std::string codes(const Form& form, std::span<const Option> options, std::uint64_t mask) {
  std::string joined;
  for (std::size_t i = 0; i < options.size(); ++i) {
    if ((mask >> i & 1) == 0) continue;
    if (!joined.empty()) joined += "; ";
    joined += form.string(options[i].code);
  }
  return joined;
}

std::string range(const std::string& least, const std::string& most) {
  if (least.empty()) return "≤ " + most;
  if (most.empty()) return "≥ " + least;
  return least + "–" + most;
}

}  // namespace

void FieldChecks::check_choice(const Field& field, const Answer& answer, const Place& place) {
  const auto options = form_.options_of(field.list);
  if (const std::uint64_t foreign = answer.mask & ~field.allowed; foreign != 0) {
    Finding& finding = add("not-offered", field, answer, place);
    finding.arguments.emplace_back("options", labels(options, foreign));
    finding.arguments.emplace_back("expected", labels(options, field.allowed));
    finding.expected = codes(form_, options, field.allowed);
  }
  check_offered_when(field, answer, place);
  std::uint64_t alone = field.exclusive;
  for (std::size_t i = 0; i < options.size(); ++i)
    if (options[i].is_exclusive) alone |= std::uint64_t{1} << i;
  const int ticked = std::popcount(answer.mask);
  if ((answer.mask & alone) != 0 && ticked > 1)
    add("exclusive-option", field, answer, place)
        .arguments.emplace_back("options", labels(options, answer.mask & alone));
  if (field.most_choices > 0 && ticked > static_cast<int>(field.most_choices)) {
    Finding& finding = add("too-many-choices", field, answer, place);
    finding.arguments.emplace_back("ticked", static_cast<std::int64_t>(ticked));
    finding.arguments.emplace_back("most", static_cast<std::int64_t>(field.most_choices));
    finding.expected = range("", std::to_string(field.most_choices));
  }
  check_option_notes(field, answer, place);
}

void FieldChecks::check_offered_when(const Field& field, const Answer& answer, const Place& place) {
  if (field.offered_when == kNone) return;
  const Question& other = form_.question(field.offered_when);
  const Answer& offering = evaluation_.answer(field.offered_when);
  // Where that question itself is missing or unreadable, its own finding says so.
  if (!offering.has_value() && (offering.is_rejected || other.required != Requirement::never))
    return;
  const auto options = form_.options_of(field.list);
  std::uint64_t foreign = 0;
  for (std::size_t i = 0; i < options.size(); ++i) {
    if ((answer.mask >> i & 1) == 0 || options[i].is_exclusive || (field.exclusive >> i & 1) != 0)
      continue;
    const std::uint32_t position = form_.find_option(other.list, form_.string(options[i].code));
    const bool is_offered = position != kNone && (offering.mask >> position & 1) != 0;
    if (!is_offered) foreign |= std::uint64_t{1} << i;
  }
  if (foreign == 0) return;
  Finding& finding = add("not-offered", field, answer, place);
  finding.arguments.emplace_back("options", labels(options, foreign));
  finding.arguments.emplace_back("expected", labels(form_.options_of(other.list), offering.mask));
  finding.expected = codes(form_, form_.options_of(other.list), offering.mask);
}

void FieldChecks::check_option_notes(const Field& field, const Answer& answer, const Place& place) {
  const auto options = form_.options_of(field.list);
  std::uint64_t asking = 0;
  for (std::size_t i = 0; i < options.size(); ++i)
    if (options[i].needs_note) asking |= std::uint64_t{1} << i;
  asking &= answer.mask;
  if (asking == 0 || has_note(answer)) return;
  add_beside("note", "note-required", field, answer, place)
      .arguments.emplace_back("choice", labels(options, asking));
}

void FieldChecks::check_figure(const Field& field, const Answer& answer, const Place& place) {
  const bool is_low = field.has_minimum && answer.number < field.minimum;
  const bool is_high = field.has_maximum && answer.number > field.maximum;
  if (is_low || is_high) {
    Finding& finding = add("out-of-range", field, answer, place);
    finding.expected = range(field.has_minimum ? field.minimum.to_string() : "",
                             field.has_maximum ? field.maximum.to_string() : "");
    finding.arguments.emplace_back("range", finding.expected);
  }
  if (answer.number.decimals() > field.decimals) {
    Finding& finding = add("too-many-decimals", field, answer, place);
    finding.arguments.emplace_back("decimals", static_cast<std::int64_t>(field.decimals));
  }
  if (field.type != QuestionType::money) return;
  const auto currency = submission_.items_of(answer);
  if (currency.empty() || !is_currency_form(currency.front()))
    add("currency-unknown", field, answer, place).expected = "ISO 4217";
}

void FieldChecks::check_text(const Field& field, const Answer& answer, const Place& place) {
  const Pattern* pattern = patterns_.find(form_.string(field.pattern));
  for (const LocalText& version : submission_.texts_of(answer)) {
    if (field.most_characters > 0 && version.text.size() > field.most_characters) {
      const std::size_t characters = count_characters(version.text);
      if (characters > field.most_characters) {
        Finding& finding = add("too-many-characters", field, answer, place);
        finding.arguments.emplace_back("characters", static_cast<std::int64_t>(characters));
        finding.arguments.emplace_back("most", static_cast<std::int64_t>(field.most_characters));
        finding.expected = range("", std::to_string(field.most_characters));
      }
    }
    // A word has at least one byte, and a space or another word's letters beside it.
    if (version.is_original && field.most_words > 0 && version.text.size() > field.most_words) {
      const std::size_t words = count_words(version.text, version.language);
      if (words > field.most_words) {
        Finding& finding = add("too-many-words", field, answer, place);
        finding.arguments.emplace_back("words", static_cast<std::int64_t>(words));
        finding.arguments.emplace_back("most", static_cast<std::int64_t>(field.most_words));
        finding.expected = range("", std::to_string(field.most_words));
      }
    }
    if (pattern && !pattern->matches_whole(version.text)) {
      Finding& finding = add("pattern", field, answer, place);
      finding.expected = form_.string(field.pattern);
      // People are told in words; the compiler of forms demands them.
      finding.arguments.emplace_back("expected", TextName{pattern_text_id(field, place)});
    }
  }
}

std::string FieldChecks::pattern_text_id(const Field& field, const Place& place) const {
  std::string id;
  if (place.registry != kNone)
    id = "register." + std::string(form_.string(form_.registry(place.registry).code)) + ".";
  return id + std::string(form_.code(field)) + ".pattern";
}

std::optional<Date> FieldChecks::bound(const DateBound& bound) const {
  if (bound.is_set) return bound.date;
  return evaluation_.moment(bound.moment);
}

void FieldChecks::check_date(const Field& field, const Answer& answer, const Place& place) {
  const bool is_period = field.type == QuestionType::period;
  const Date last = is_period ? answer.end : answer.date;
  const std::optional<Date> earliest = bound(field.earliest);
  const std::optional<Date> latest = bound(field.latest);
  if (!(earliest && answer.date < *earliest) && !(latest && last > *latest)) return;
  Finding& finding = add("date-out-of-range", field, answer, place);
  finding.expected =
      range(earliest ? earliest->to_string() : "", latest ? latest->to_string() : "");
  finding.arguments.emplace_back("range", finding.expected);
}

void FieldChecks::check_rows(const Field& field, const Answer& answer, const Place& place) {
  const std::size_t rows = submission_.numbers_of(answer).size();
  const bool is_few = rows < field.least_rows;
  const bool is_many = field.most_rows > 0 && rows > field.most_rows;
  if (!is_few && !is_many) return;
  Finding& finding = add(is_few ? "too-few-citations" : "too-many-citations", field, answer, place);
  finding.arguments.emplace_back("rows", static_cast<std::int64_t>(rows));
  finding.arguments.emplace_back(
      "limit", static_cast<std::int64_t>(is_few ? field.least_rows : field.most_rows));
  finding.expected = range(std::to_string(field.least_rows),
                           field.most_rows > 0 ? std::to_string(field.most_rows) : "");
}

void FieldChecks::check_item(const Field& field, const Answer& answer, const Place& place) {
  const Cycle* cycle = evaluation_.surroundings().cycle;
  for (const std::string& item : submission_.items_of(answer)) {
    if (field.type == QuestionType::email && !is_email_form(item)) {
      add("email-form", field, answer, place);
    } else if (field.type == QuestionType::phone && !is_phone_form(item)) {
      add("phone-form", field, answer, place).expected = "E.164";
    } else if ((field.type == QuestionType::language || field.type == QuestionType::languages) &&
               canonical_language(item).empty()) {
      add("language-form", field, answer, place).expected = "BCP 47";
    } else if (field.type == QuestionType::submitter && field.bind == Binding::none && cycle &&
               !cycle->roster.find(item)) {
      add("not-in-roster", field, answer, place);
    }
  }
}

}  // namespace cosp
