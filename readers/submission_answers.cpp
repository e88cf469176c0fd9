#include "readers/submission_answers.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace cosp {

struct AnswerReader::LongForm {
  const JsonNode *value = nullptr, *reason = nullptr, *detail = nullptr, *rows = nullptr,
                 *expected_on = nullptr, *note = nullptr, *visibility = nullptr, *author = nullptr,
                 *origin = nullptr, *original = nullptr;

  /// The slot of a member; nullptr for a name that is none.
  const JsonNode** slot(std::string_view name) {
    if (name == "value") return &value;
    if (name == "reason") return &reason;
    if (name == "detail") return &detail;
    if (name == "rows") return &rows;
    if (name == "expected_on") return &expected_on;
    if (name == "note") return &note;
    if (name == "visibility") return &visibility;
    if (name == "author") return &author;
    if (name == "origin") return &origin;
    if (name == "original") return &original;
    return nullptr;
  }
};

namespace {

constexpr std::array<std::string_view, 10> kLongMembers = {
    "value", "reason",     "detail", "rows",   "expected_on",
    "note",  "visibility", "author", "origin", "original"};
}  // namespace

std::span<const std::string_view> long_form_members() { return kLongMembers; }

void RowIndex::set(std::uint32_t registry, const std::vector<std::string_view>& ids) {
  auto& rows = rows_[registry];
  rows.clear();
  for (std::size_t i = 0; i < ids.size(); ++i)
    if (!ids[i].empty()) rows.emplace_back(ids[i], static_cast<std::uint32_t>(i));
  std::sort(rows.begin(), rows.end());
}

std::uint32_t RowIndex::find(std::uint32_t registry, std::string_view id) const {
  const auto& rows = rows_[registry];
  const auto found = std::lower_bound(rows.begin(), rows.end(), std::pair(id, std::uint32_t{0}));
  return found == rows.end() || found->first != id ? kNone : found->second;
}

Answer AnswerReader::read(const Field& field, Visibility floor, const Place& place,
                          const JsonNode& node) {
  field_ = &field;
  place_ = place;
  floor_ = floor;
  Answer answer;
  answer.visibility = floor;
  if (node.is_null()) return answer;
  answer.source = node.offset;
  if (!node.is_object()) {
    take(value(node, nullptr, answer), answer);
    return answer;
  }
  LongForm parts;
  std::uint32_t known = 0;
  for (const JsonNode& member : json_.children(node)) {
    const JsonNode** slot = parts.slot(member.key);
    if (slot == nullptr) continue;
    ++known;
    *slot = &member;
  }
  // Money, a period and texts by language are objects too, with other members.
  if (parts.value == nullptr && parts.reason == nullptr && (known == 0 || known != node.count)) {
    take(value(node, nullptr, answer), answer);
    return answer;
  }
  if (known != node.count)
    for (const JsonNode& member : json_.children(node))
      if (parts.slot(member.key) == nullptr)
        findings_
            .add_unknown("unknown-member",
                         json_pointer(form_, submission_, place) + pointer_step(member.key), member,
                         kLongMembers)
            .place = place;
  read_long(parts, answer);
  return answer;
}

void AnswerReader::read_long(const LongForm& parts, Answer& answer) {
  AnswerExtra extra;
  const auto given = [](const JsonNode* node) { return node != nullptr && !node->is_null(); };
  if (given(parts.value) && given(parts.reason)) {
    answer.source = parts.reason->offset;
    take(reject("value-and-reason", *parts.reason), answer);
  } else if (given(parts.reason)) {
    answer.source = parts.reason->offset;
    read_reason(parts, answer);
    if (!answer.is_rejected && !read_detail(parts, answer, extra)) take(Taken::rejected, answer);
  } else if (given(parts.value)) {
    answer.source = parts.value->offset;
    take(value(*parts.value, parts.original, answer), answer);
  }
  if (!given(parts.reason))
    for (const JsonNode* member : {parts.detail, parts.rows, parts.expected_on})
      if (given(member))
        findings_.add("detail-not-asked", place_, *member)
            .arguments.emplace_back("member", std::string(member->key));
  read_company(parts, answer, extra);
  if (extra.note.empty() && extra.author.empty() && extra.rows.empty() && !extra.expected_on)
    return;
  answer.extra = static_cast<std::uint32_t>(submission_.extras.size());
  submission_.extras.push_back(std::move(extra));
}

void AnswerReader::read_reason(const LongForm& parts, Answer& answer) {
  const auto reason = parse_reason(parts.reason->text);
  if (!parts.reason->is_string() || !reason) {
    std::vector<std::string_view> known;
    known.reserve(kReasonCount);
    for (int i = 0; i < kReasonCount; ++i) known.push_back(to_string(static_cast<Reason>(i)));
    Finding& finding = findings_.add("unknown-reason", place_, *parts.reason);
    findings_.suggest_word(finding, parts.reason->text, known);
    take(Taken::rejected, answer);
    return;
  }
  answer.reason = *reason;
  answer.state = Answer::State::reason;
}

bool AnswerReader::read_detail(const LongForm& parts, Answer& answer, AnswerExtra& extra) {
  const ReasonDeclaration& declared =
      form_.tables().reasons[static_cast<std::size_t>(answer.reason)];
  const auto not_asked = [&](const JsonNode& node) {
    findings_.add("detail-not-asked", place_, node)
        .arguments.emplace_back("member", std::string(node.key));
  };
  if (parts.detail != nullptr && !parts.detail->is_null()) {
    if (declared.detail_list == kNone) {
      not_asked(*parts.detail);
    } else {
      answer.detail = parts.detail->is_string()
                          ? form_.find_option(declared.detail_list, parts.detail->text)
                          : kNone;
      if (answer.detail == kNone) {
        std::vector<std::string_view> known;
        for (const Option& option : form_.options_of(declared.detail_list))
          known.push_back(form_.string(option.code));
        findings_.suggest(findings_.add("unknown-detail", place_, *parts.detail),
                          parts.detail->text, known);
        return false;
      }
    }
  }
  if (parts.rows != nullptr && !parts.rows->is_null()) {
    if (declared.registry == kNone)
      not_asked(*parts.rows);
    else if (row_numbers(*parts.rows, declared.registry, extra.rows) == Taken::rejected)
      return false;
  }
  if (parts.expected_on != nullptr && !parts.expected_on->is_null()) {
    Date day;
    const Taken taken = date(*parts.expected_on, day);
    if (taken == Taken::rejected) return false;
    if (taken == Taken::value) extra.expected_on = day;
  }
  return true;
}

/// What may stand beside a value or a reason.
void AnswerReader::read_company(const LongForm& parts, Answer& answer, AnswerExtra& extra) {
  if (parts.note != nullptr && !parts.note->is_null()) {
    TextReading& reading = read_texts(*parts.note, nullptr);
    report_texts(reading);
    if (reading.fault.empty()) extra.note = std::move(reading.texts);
  }
  if (parts.visibility != nullptr && !parts.visibility->is_null())
    read_visibility(*parts.visibility, answer);
  if (parts.author != nullptr && !parts.author->is_null()) {
    const JsonNode& author = *parts.author;
    if (!author.is_string())
      wrong_type(author, "text");
    else if (author.text.size() > kItemBytes)
      too_long(author, kItemBytes);
    else if (const std::string_view fault = text_fault(author); !fault.empty())
      reject(fault, author);
    else {
      extra.author = author.text;
      if (has_forbidden_characters(author.text)) findings_.add("hidden-character", place_, author);
    }
  }
  if (parts.origin == nullptr || parts.origin->is_null()) return;
  const auto origin = parse_origin(parts.origin->text);
  // A shared closing stands in its register, and gives its answers anew whenever the file is read.
  if (parts.origin->is_string() && origin && *origin != Origin::shared) {
    answer.origin = *origin;
    return;
  }
  constexpr std::array<std::string_view, 3> kOrigins = {"typed", "prefilled", "carried_over"};
  findings_.suggest_word(findings_.add("unknown-word", place_, *parts.origin), parts.origin->text,
                         kOrigins);
}

void AnswerReader::read_visibility(const JsonNode& node, Answer& answer) {
  const auto visibility = node.is_string() ? parse_visibility(node.text) : std::nullopt;
  if (!visibility) {
    constexpr std::array<std::string_view, 3> kWords = {"public", "counted", "secretariat"};
    findings_.suggest_word(findings_.add("unknown-word", place_, node), node.text, kWords);
    // Whoever wrote the word wanted something restricted; nothing may come out by a slip of the
    // pen.
    answer.visibility = Visibility::secretariat;
    return;
  }
  if (*visibility < floor_) {
    Finding& finding = findings_.add("visibility-raised", place_, node);
    finding.expected = to_string(floor_);
    return;
  }
  answer.visibility = *visibility;
}

}  // namespace cosp
