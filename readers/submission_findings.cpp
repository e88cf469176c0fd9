#include "readers/submission_findings.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace cosp {
namespace {

constexpr std::size_t kWrittenCharacters = 200;

constexpr auto kKinds = std::to_array<ReadFindingKind>({
    {"answer-without-code", Severity::error},
    {"answered-twice", Severity::error},
    {"byte-order-mark", Severity::info},
    {"cell-error", Severity::error},
    {"codes-missing", Severity::error},
    {"column-missing", Severity::error},
    {"contacts-missing", Severity::error},
    {"control-character", Severity::blocker},
    {"cut-json", Severity::blocker},
    {"cut-workbook", Severity::blocker},
    {"damaged-workbook", Severity::blocker},
    {"date-ambiguous", Severity::error},
    {"date-for-figure", Severity::error},
    {"date-unreadable", Severity::error},
    {"detail-not-asked", Severity::warning},
    {"duplicate-key", Severity::blocker},
    {"duplicate-language", Severity::error},
    {"duplicate-row", Severity::error},
    {"empty-file", Severity::blocker},
    {"encrypted-workbook", Severity::blocker},
    {"escape-broken", Severity::error},
    {"explanation-incomplete", Severity::error},
    {"figure-ambiguous", Severity::error},
    {"figure-for-date", Severity::error},
    {"figure-too-long", Severity::error},
    {"figure-unreadable", Severity::error},
    {"formula-not-calculated", Severity::error},
    {"formula-value", Severity::info},
    {"hidden-character", Severity::warning},
    {"invalid-utf8", Severity::blocker},
    {"legacy-workbook", Severity::blocker},
    {"macro-workbook", Severity::blocker},
    {"marker-unknown", Severity::error},
    {"missing-header", Severity::blocker},
    {"missing-member", Severity::error},
    {"not-a-workbook", Severity::blocker},
    {"not-json", Severity::blocker},
    {"not-our-workbook", Severity::blocker},
    {"not-personal-in-contacts", Severity::warning},
    {"nul-in-text", Severity::error},
    {"part-of-submission", Severity::info},
    {"percentage-unclear", Severity::error},
    {"period-reversed", Severity::error},
    {"personal-outside-contacts", Severity::info},
    {"reason-for-answer", Severity::error},
    {"registers-missing", Severity::error},
    {"root-not-object", Severity::blocker},
    {"row-code-unknown", Severity::error},
    {"row-names-another", Severity::error},
    {"row-without-id", Severity::error},
    {"rows-disagree", Severity::error},
    {"rows-missing", Severity::error},
    {"sheet-not-read", Severity::warning},
    {"text-breaks-off", Severity::error},
    {"text-not-workbook", Severity::blocker},
    {"text-outside-answers", Severity::warning},
    {"text-too-long", Severity::error},
    {"tick-unclear", Severity::error},
    {"too-deep", Severity::blocker},
    {"too-large", Severity::blocker},
    {"too-many-findings", Severity::error},
    {"too-many-rows", Severity::error},
    {"too-many-unknown", Severity::error},
    {"trailing-bytes", Severity::blocker},
    {"unknown-column", Severity::error},
    {"unknown-detail", Severity::error},
    {"unknown-language", Severity::error},
    {"unknown-member", Severity::error},
    {"unknown-option", Severity::error},
    {"unknown-original", Severity::error},
    {"unknown-part", Severity::error},
    {"unknown-provision", Severity::error},
    {"unknown-question", Severity::error},
    {"unknown-reason", Severity::error},
    {"unknown-register", Severity::error},
    {"unknown-row", Severity::error},
    {"unknown-word", Severity::error},
    {"value-and-reason", Severity::error},
    {"visibility-raised", Severity::info},
    {"workbook-markup", Severity::blocker},
    {"workbook-too-large", Severity::blocker},
    {"wrong-format", Severity::blocker},
    {"wrong-type", Severity::error},
    {"year-for-date", Severity::error},
});
static_assert(std::ranges::is_sorted(kKinds, {}, &ReadFindingKind::id));

Severity severity_of(std::string_view id) {
  const auto found = std::lower_bound(
      kKinds.begin(), kKinds.end(), id,
      [](const ReadFindingKind& kind, std::string_view wanted) { return kind.id < wanted; });
  return found == kKinds.end() || found->id != id ? Severity::error : found->severity;
}

std::string_view id_of(JsonFault::Kind kind) {
  switch (kind) {
    case JsonFault::Kind::empty: return "empty-file";
    case JsonFault::Kind::not_json: return "not-json";
    case JsonFault::Kind::control_character: return "control-character";
    case JsonFault::Kind::invalid_utf8: return "invalid-utf8";
    case JsonFault::Kind::cut: return "cut-json";
    case JsonFault::Kind::too_deep: return "too-deep";
    case JsonFault::Kind::trailing_bytes: return "trailing-bytes";
    case JsonFault::Kind::not_an_object: return "root-not-object";
    case JsonFault::Kind::duplicate_key: return "duplicate-key";
    case JsonFault::Kind::too_large: return "too-large";
  }
  return "not-json";
}

/// Points findings at the values at whose offsets they stand, in one walk through the text.
class Pointers {
 public:
  Pointers(const JsonTree& json, std::vector<Finding>& findings) : json_(json) {
    for (Finding& finding : findings)
      if (finding.pointer.empty() && finding.source != kNone) open_.push_back(&finding);
    std::stable_sort(open_.begin(), open_.end(),
                     [](const Finding* a, const Finding* b) { return a->source < b->source; });
  }

  /// Texts have few levels: the parser sees to it.
  void visit(const JsonNode& parent) {
    std::size_t position = 0;
    for (const JsonNode& child : json_.children(parent)) {
      while (next_ < open_.size() && open_[next_]->source < child.offset) ++next_;
      if (next_ == open_.size()) return;
      path_.push_back({&child, parent.is_array(), position++});
      for (; next_ < open_.size() && open_[next_]->source == child.offset; ++next_)
        open_[next_]->pointer = pointer();
      visit(child);
      path_.pop_back();
    }
  }

 private:
  struct Step {
    const JsonNode* node;
    bool is_element;
    std::size_t position;
  };

  std::string pointer() const {
    std::string pointer;
    for (const Step& step : path_)
      pointer +=
          step.is_element ? "/" + std::to_string(step.position) : pointer_step(step.node->key);
    return pointer;
  }

  const JsonTree& json_;
  std::vector<Finding*> open_;
  std::size_t next_ = 0;
  std::vector<Step> path_;
};

void set_id(Finding& finding, std::string_view id, std::uint32_t source) {
  finding = Finding{};
  finding.rule = id;
  finding.severity = severity_of(id);
  finding.text = "finding." + finding.rule;
  finding.source = source;
}

}  // namespace

std::span<const ReadFindingKind> read_finding_kinds() { return kKinds; }

Finding read_finding(std::string_view id, std::uint32_t source) {
  Finding finding;
  set_id(finding, id, source);
  return finding;
}

std::string shortened(std::string_view text) {
  std::size_t characters = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) == 0x80) continue;
    if (++characters == kWrittenCharacters && i + 1 < text.size()) {
      // The last of the characters is the mark, if there are more.
      const std::string_view rest = text.substr(i + 1);
      const bool has_more = std::any_of(rest.begin(), rest.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
      });
      return has_more ? std::string(text.substr(0, i)) + "…" : std::string(text);
    }
  }
  return std::string(text);
}

std::string written_text(const JsonNode& node) {
  switch (node.kind) {
    case JsonNode::Kind::object: return node.count == 0 ? "{}" : "{…}";
    case JsonNode::Kind::array: return node.count == 0 ? "[]" : "[…]";
    default: return shortened(node.text);
  }
}

std::string pointer_step(std::string_view name) {
  std::string step = "/";
  for (const char c : name) {
    if (c == '~')
      step += "~0";
    else if (c == '/')
      step += "~1";
    else
      step += c;
  }
  return step;
}

Finding unreadable_finding(const JsonFault& fault) {
  Finding finding;
  set_id(finding, id_of(fault.kind), fault.offset);
  finding.written = shortened(fault.key);
  return finding;
}

Finding& ReadFindings::next(std::string_view id, std::uint32_t source) {
  if (findings_.size() >= limit_) {
    is_over_ = true;
    set_id(beyond_, id, source);
    return beyond_;
  }
  set_id(findings_.emplace_back(), id, source);
  return findings_.back();
}

Finding& ReadFindings::add(std::string_view id, const Place& place, const JsonNode& at) {
  Finding& finding = next(id, at.offset);
  finding.place = place;
  const Field* field =
      place.column != kNone     ? static_cast<const Field*>(&form_.column(place.column))
      : place.question != kNone ? static_cast<const Field*>(&form_.question(place.question))
                                : nullptr;
  const bool is_personal = field != nullptr && field->is_personal;
  finding.written = is_personal ? std::string(kMaskedText) : written_text(at);
  return finding;
}

Finding& ReadFindings::add(std::string_view id, std::string pointer, std::uint32_t source) {
  Finding& finding = next(id, source);
  finding.pointer = std::move(pointer);
  return finding;
}

Finding& ReadFindings::add_unknown(std::string_view id, std::string pointer, const JsonNode& member,
                                   std::span<const std::string_view> known) {
  const bool is_member = !member.key.empty() || member.key_offset != 0;
  const std::string_view name = is_member ? member.key : member.text;
  Finding& finding = add(id, std::move(pointer), is_member ? member.key_offset : member.offset);
  finding.written = shortened(name);
  suggest(finding, name, known);
  return finding;
}

void ReadFindings::suggest(Finding& finding, std::string_view wanted,
                           std::span<const std::string_view> known) {
  constexpr std::size_t kLongestName = 100;
  std::optional<std::string_view> near;
  if (may_suggest() && wanted.size() <= kLongestName) {
    ++suggestions_;
    near = nearest(wanted, known);
  }
  finding.arguments.emplace_back("suggestion", std::string(near ? "yes" : "no"));
  finding.arguments.emplace_back("nearest", std::string(near.value_or("")));
  if (near) finding.expected = *near;
}

void ReadFindings::suggest_word(Finding& finding, std::string_view wanted,
                                std::span<const std::string_view> known) {
  suggest(finding, wanted, known);
  finding.expected.clear();
  for (const std::string_view word : known) {
    if (!finding.expected.empty()) finding.expected += ", ";
    finding.expected += word;
  }
}

void ReadFindings::add_hidden(const JsonTree& json, const JsonNode& node) {
  if (node.is_string() && has_forbidden_characters(node.text))
    add("hidden-character", std::string{}, node.offset).written = shortened(node.text);
  for (const JsonNode& child : json.children(node)) add_hidden(json, child);
}

void ReadFindings::finish(const JsonTree& json) {
  Pointers(json, findings_).visit(json.root());
  if (!is_over_) return;
  set_id(findings_.emplace_back(), "too-many-findings", kNone);
  findings_.back().arguments.emplace_back("most", std::int64_t{limit_});
}

}  // namespace cosp
