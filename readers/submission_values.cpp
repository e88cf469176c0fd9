#include "readers/submission_answers.hpp"

#include <algorithm>
#include <array>

#include "base/language.hpp"
#include "base/text.hpp"

namespace cosp {
namespace {

constexpr std::size_t kKeptTags = 32;

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

/// Offered to a question: an option of its list that it does not leave out.
bool is_offered(const Field& field, std::size_t position) {
  return field.allowed == 0 || (field.allowed >> position & 1) != 0;
}

}  // namespace

void AnswerReader::take(Taken taken, Answer& answer) {
  answer.is_rejected = taken == Taken::rejected;
  if (taken == Taken::value) answer.state = Answer::State::value;
  if (taken == Taken::rejected) answer.state = Answer::State::absent;
}

AnswerReader::Taken AnswerReader::reject(std::string_view id, const JsonNode& at) {
  findings_.add(id, place_, at);
  return Taken::rejected;
}

AnswerReader::Taken AnswerReader::wrong_type(const JsonNode& at, std::string_view expected) {
  Finding& finding = findings_.add("wrong-type", place_, at);
  finding.expected = expected;
  finding.arguments.emplace_back("expected", TextName{"reading.shape." + finding.expected});
  return Taken::rejected;
}

AnswerReader::Taken AnswerReader::too_long(const JsonNode& at, std::uint64_t most_bytes) {
  findings_.add("text-too-long", place_, at)
      .arguments.emplace_back("most", static_cast<std::int64_t>(most_bytes));
  return Taken::rejected;
}

AnswerReader::Taken AnswerReader::value(const JsonNode& node, const JsonNode* original,
                                        Answer& answer) {
  if (node.is_null() || (node.is_string() && node.text.empty())) return Taken::nothing;
  switch (field_->type) {
    case QuestionType::status:
    case QuestionType::single:
    case QuestionType::yes_no: return option(node, answer);
    case QuestionType::multi: return options(node, answer);
    case QuestionType::number: return number(node, answer.number);
    case QuestionType::money: return money(node, answer);
    case QuestionType::text:
    case QuestionType::long_text: return texts(node, original, answer);
    case QuestionType::date: return date(node, answer.date);
    case QuestionType::period: return period(node, answer);
    case QuestionType::language:
    case QuestionType::submitter:
    case QuestionType::email:
    case QuestionType::phone: return item(node, answer);
    case QuestionType::languages: return languages(node, answer);
    case QuestionType::reference:
      numbers_.clear();
      return numbers(row_numbers(node, field_->registry, numbers_), answer);
    case QuestionType::provisions:
      numbers_.clear();
      return numbers(provisions(node, numbers_), answer);
  }
  return Taken::nothing;
}

AnswerReader::Taken AnswerReader::option(const JsonNode& node, Answer& answer) {
  if (!node.is_string()) return wrong_type(node, "code");
  const std::uint32_t position = form_.find_option(field_->list, node.text);
  if (position != kNone) {
    answer.mask |= std::uint64_t{1} << position;
    return Taken::value;
  }
  std::vector<std::string_view> known;
  const auto offered = form_.options_of(field_->list);
  for (std::size_t i = 0; i < offered.size(); ++i)
    if (is_offered(*field_, i)) known.push_back(form_.string(offered[i].code));
  findings_.suggest(findings_.add("unknown-option", place_, node), node.text, known);
  return Taken::rejected;
}

AnswerReader::Taken AnswerReader::options(const JsonNode& node, Answer& answer) {
  if (!node.is_array()) return wrong_type(node, "codes");
  bool is_good = true;
  for (const JsonNode& element : json_.children(node))
    is_good &= option(element, answer) == Taken::value;
  if (!is_good) return Taken::rejected;
  return answer.mask == 0 ? Taken::nothing : Taken::value;
}

AnswerReader::Taken AnswerReader::number(const JsonNode& node, Decimal& number) {
  if (!node.is_string() && node.kind != JsonNode::Kind::number) return wrong_type(node, "figure");
  // A bare number is whatever JSON calls one; as text, a figure has no exponent that a reader could
  // overlook.
  const bool has_exponent = node.is_string() && node.text.find_first_of("eE") != std::string::npos;
  const auto read = has_exponent ? std::nullopt : Decimal::parse(node.text);
  if (read) {
    number = *read;
    return Taken::value;
  }
  return reject(
      !has_exponent && is_json_number(node.text) ? "figure-too-long" : "figure-unreadable", node);
}

AnswerReader::Taken AnswerReader::money(const JsonNode& node, Answer& answer) {
  const JsonNode* amount = json_.find(node, "amount");
  const JsonNode* currency = json_.find(node, "currency");
  if (amount == nullptr || currency == nullptr || node.count != 2) return wrong_type(node, "money");
  const Taken taken = number(*amount, answer.number);
  if (!currency->is_string() || currency->text.empty() || currency->text.size() > kItemBytes)
    return wrong_type(*currency, "currency");
  if (const std::string_view fault = text_fault(*currency); !fault.empty())
    return reject(fault, *currency);
  if (taken == Taken::value) {
    answer.content = {static_cast<std::uint32_t>(submission_.items.size()), 1};
    submission_.items.emplace_back(currency->text);
  }
  return taken;
}

AnswerReader::Taken AnswerReader::date(const JsonNode& node, Date& date) {
  if (!node.is_string()) return wrong_type(node, "date");
  const auto read = Date::parse(node.text);
  if (!read) return reject("date-unreadable", node);
  date = *read;
  return Taken::value;
}

AnswerReader::Taken AnswerReader::period(const JsonNode& node, Answer& answer) {
  const JsonNode* start = json_.find(node, "start");
  const JsonNode* end = json_.find(node, "end");
  if (start == nullptr || end == nullptr || node.count != 2) return wrong_type(node, "period");
  const Taken first = date(*start, answer.date);
  const Taken last = date(*end, answer.end);
  if (first != Taken::value || last != Taken::value) return Taken::rejected;
  return answer.end < answer.date ? reject("period-reversed", *end) : Taken::value;
}

AnswerReader::Taken AnswerReader::item(const JsonNode& node, Answer& answer) {
  const QuestionType type = field_->type;
  if (!node.is_string()) return wrong_type(node, to_string(type));
  if (node.text.size() > kItemBytes) return too_long(node, kItemBytes);
  if (const std::string_view fault = text_fault(node); !fault.empty()) return reject(fault, node);
  std::string text(node.text);
  if (type == QuestionType::language && (text = canonical_tag(node.text)).empty())
    return reject("unknown-language", node);
  answer.content = {static_cast<std::uint32_t>(submission_.items.size()), 1};
  submission_.items.push_back(std::move(text));
  return Taken::value;
}

AnswerReader::Taken AnswerReader::languages(const JsonNode& node, Answer& answer) {
  if (!node.is_array()) return wrong_type(node, "languages");
  auto& items = submission_.items;
  const std::size_t first = items.size();
  bool is_good = true;
  for (const JsonNode& element : json_.children(node)) {
    std::string tag = element.is_string() ? canonical_tag(element.text) : std::string{};
    if (tag.empty()) {
      reject("unknown-language", element);
      is_good = false;
    } else if (std::find(items.begin() + static_cast<std::ptrdiff_t>(first), items.end(), tag) ==
               items.end()) {
      items.push_back(std::move(tag));
    }
  }
  if (!is_good) items.resize(first);
  answer.content = {static_cast<std::uint32_t>(first),
                    static_cast<std::uint32_t>(items.size() - first)};
  if (!is_good) return Taken::rejected;
  return answer.content.count == 0 ? Taken::nothing : Taken::value;
}

AnswerReader::Taken AnswerReader::row_numbers(const JsonNode& node, std::uint32_t registry,
                                              std::vector<std::uint32_t>& numbers) {
  if (!node.is_array()) return wrong_type(node, "rows");
  const std::size_t first = numbers.size();
  bool is_good = true;
  for (const JsonNode& element : json_.children(node)) {
    const std::uint32_t row = element.is_string() ? rows_.find(registry, element.text) : kNone;
    if (row != kNone) {
      numbers.push_back(row);
      continue;
    }
    is_good = false;
    findings_.add("unknown-row", place_, element)
        .arguments.emplace_back("register", TextReference{form_.registry(registry).title});
  }
  // A row named twice is cited once; what is left stays in its order.
  std::vector<char> seen(numbers.size() > first + 1 ? submission_.registers[registry].size() : 0);
  if (!seen.empty())
    std::erase_if(numbers, [&](std::uint32_t row) { return std::exchange(seen[row], 1) != 0; });
  if (!is_good) return Taken::rejected;
  return numbers.size() == first ? Taken::nothing : Taken::value;
}

AnswerReader::Taken AnswerReader::provisions(const JsonNode& node,
                                             std::vector<std::uint32_t>& numbers) {
  if (!node.is_array()) return wrong_type(node, "provisions");
  bool is_good = true;
  std::vector<std::string_view> known;
  for (const JsonNode& element : json_.children(node)) {
    const std::uint32_t provision =
        element.is_string() ? form_.find_provision(element.text) : kNone;
    if (provision != kNone) {
      numbers.push_back(provision);
      continue;
    }
    is_good = false;
    if (known.empty() && findings_.may_suggest())
      for (const Provision& one : form_.provisions()) known.push_back(form_.string(one.code));
    findings_.suggest(findings_.add("unknown-provision", place_, element), element.text, known);
  }
  if (!is_good) return Taken::rejected;
  // A set: in the order of the treaty, each once.
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers.empty() ? Taken::nothing : Taken::value;
}

AnswerReader::Taken AnswerReader::numbers(Taken taken, Answer& answer) {
  if (taken != Taken::value) return taken;
  answer.content = {static_cast<std::uint32_t>(submission_.numbers.size()),
                    static_cast<std::uint32_t>(numbers_.size())};
  submission_.numbers.insert(submission_.numbers.end(), numbers_.begin(), numbers_.end());
  return taken;
}

AnswerReader::Taken AnswerReader::texts(const JsonNode& node, const JsonNode* original,
                                        Answer& answer) {
  TextReading& reading = read_texts(node, original);
  report_texts(reading);
  if (!reading.fault.empty()) return Taken::rejected;
  auto& all = submission_.texts;
  answer.content = {static_cast<std::uint32_t>(all.size()),
                    static_cast<std::uint32_t>(reading.texts.size())};
  std::move(reading.texts.begin(), reading.texts.end(), std::back_inserter(all));
  return answer.content.count == 0 ? Taken::nothing : Taken::value;
}

void AnswerReader::report_texts(const TextReading& reading) {
  if (reading.fault == "wrong-type")
    wrong_type(*reading.at, "text");
  else if (reading.fault == "text-too-long")
    too_long(*reading.at, limits_.text_bytes);
  else if (!reading.fault.empty())
    reject(reading.fault, *reading.at);
  if (reading.unknown_original != nullptr)
    findings_.add("unknown-original", place_, *reading.unknown_original);
}

std::string_view AnswerReader::text_fault(const JsonNode& node) const {
  if (node.text.size() > limits_.text_bytes) return "text-too-long";
  return node.text.find('\0') == std::string_view::npos ? std::string_view{} : "nul-in-text";
}

TextReading& AnswerReader::read_texts(const JsonNode& node, const JsonNode* original) {
  reading_ = TextReading{{}, {}, nullptr, nullptr};
  auto& texts = reading_.texts;
  const auto fail = [&](std::string_view id, const JsonNode& at) -> TextReading& {
    reading_.fault = id;
    reading_.at = &at;
    return reading_;
  };
  const std::string& own = submission_.header.language;
  if (node.is_string()) {
    if (const std::string_view fault = text_fault(node); !fault.empty()) return fail(fault, node);
    if (!is_blank(node.text)) texts.push_back({own, std::string(node.text), true});
    return reading_;
  }
  if (!node.is_object()) return fail("wrong-type", node);
  for (const JsonNode& member : json_.children(node)) {
    if (member.is_null()) continue;
    if (!member.is_string()) return fail("wrong-type", member);
    std::string tag = canonical_tag(member.key);
    if (tag.empty()) return fail("unknown-language", member);
    if (const std::string_view fault = text_fault(member); !fault.empty())
      return fail(fault, member);
    if (is_blank(member.text)) continue;
    const auto place = std::lower_bound(
        texts.begin(), texts.end(), tag,
        [](const LocalText& text, const std::string& t) { return text.language < t; });
    if (place != texts.end() && place->language == tag) return fail("duplicate-language", member);
    texts.insert(place, {std::move(tag), std::string(member.text), false});
  }
  // The original is what the State says it is, else what it wrote in the submission's language,
  // else the first.
  std::string wanted = own;
  if (original != nullptr && !original->is_null()) {
    wanted = original->is_string() ? canonical_tag(original->text) : std::string{};
    if (std::none_of(texts.begin(), texts.end(),
                     [&](const LocalText& text) { return text.language == wanted; })) {
      reading_.unknown_original = original;
      wanted = own;
    }
  }
  const auto found = std::find_if(texts.begin(), texts.end(),
                                  [&](const LocalText& t) { return t.language == wanted; });
  if (!texts.empty()) (found == texts.end() ? texts.front() : *found).is_original = true;
  return reading_;
}

std::string AnswerReader::canonical_tag(std::string_view tag) {
  for (const auto& [written, canonical] : tags_)
    if (written == tag) return canonical;
  constexpr std::size_t kLongestTag = 100;
  if (tag.size() > kLongestTag) return {};
  std::string canonical = canonical_language(tag);
  if (tags_.size() < kKeptTags) tags_.emplace_back(tag, canonical);
  return canonical;
}

}  // namespace cosp
