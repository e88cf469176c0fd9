#include "readers/submission_header.hpp"

#include <algorithm>
#include <array>

#include "base/language.hpp"

namespace cosp {
namespace {

constexpr std::string_view kFormat = "cosp-submission/1";
constexpr std::size_t kCodeBytes = 200;  ///< of an id, a version or a code

constexpr std::array<std::string_view, 14> kRootMembers = {
    "format",  "form",   "cycle", "submitter", "revision",  "stage",        "language",
    "purpose", "period", "parts", "answers",   "registers", "explanations", "contacts"};

class HeaderReader {
 public:
  HeaderReader(const Form& form, const JsonTree& json, SubmissionHeader& header,
               ReadFindings& findings)
      : form_(form), json_(json), header_(header), findings_(findings), root_(json.root()) {}

  void read() {
    header_.purpose_source = root_.offset;
    format();
    form();
    if (const JsonNode* cycle = required("cycle")) {
      header_.cycle_source = cycle->offset;
      code(*cycle, "/cycle", header_.cycle);
    }
    submitter();
    revision();
    stage();
    language();
    if (const JsonNode* purpose = json_.find(root_, "purpose")) {
      header_.purpose_source = purpose->offset;
      constexpr std::array<std::string_view, 3> kWords = {"test", "pilot", "official"};
      word(*purpose, "/purpose", parse_purpose(purpose->text), kWords, header_.purpose);
    }
    period();
    parts();
  }

 private:
  Finding& add(std::string_view id, std::string pointer, const JsonNode& at) {
    Finding& finding = findings_.add(id, std::move(pointer), at.offset);
    finding.written = written_text(at);
    return finding;
  }

  void wrong_type(std::string pointer, const JsonNode& at, std::string_view shape) {
    Finding& finding = add("wrong-type", std::move(pointer), at);
    finding.expected = shape;
    finding.arguments.emplace_back("expected", TextName{"reading.shape." + finding.expected});
  }

  /// A member that a submission cannot be without.
  const JsonNode* required(std::string_view name) {
    const JsonNode* node = json_.find(root_, name);
    if (node == nullptr) missing("missing-header", name);
    return node;
  }

  /// Points at where the member would stand; the place is that of what it is missing from.
  void missing(std::string_view id, std::string_view name) {
    const std::size_t dot = name.find('.');
    const JsonNode* parent =
        dot == std::string_view::npos ? &root_ : json_.find(root_, name.substr(0, dot));
    std::string pointer = pointer_step(name.substr(0, dot));
    if (dot != std::string_view::npos) pointer += pointer_step(name.substr(dot + 1));
    findings_.add(id, std::move(pointer), parent->offset)
        .arguments.emplace_back("member", std::string(name));
  }

  /// A code or an id; true when it can be one.
  bool code(const JsonNode& node, std::string pointer, std::string& taken) {
    const bool is_good = node.is_string() && !node.text.empty() && node.text.size() <= kCodeBytes &&
                         std::none_of(node.text.begin(), node.text.end(),
                                      [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    if (!is_good) {
      wrong_type(std::move(pointer), node, "code");
      return false;
    }
    taken = node.text;
    findings_.add_hidden(json_, node);
    return true;
  }

  template <class Word>
  void word(const JsonNode& node, std::string pointer, std::optional<Word> parsed,
            std::span<const std::string_view> known, Word& taken) {
    if (node.is_string() && parsed) {
      taken = *parsed;
      return;
    }
    Finding& finding = add("unknown-word", std::move(pointer), node);
    findings_.suggest_word(finding, node.text, known);
  }

  void only(const JsonNode& object, std::string_view pointer,
            std::span<const std::string_view> known) {
    for (const JsonNode& member : json_.children(object))
      if (std::find(known.begin(), known.end(), member.key) == known.end())
        findings_.add_unknown("unknown-member", std::string(pointer) + pointer_step(member.key),
                              member, known);
  }

  void format() {
    const JsonNode* format = required("format");
    if (format != nullptr && !(format->is_string() && format->text == kFormat))
      add("wrong-format", "/format", *format).expected = kFormat;
  }

  void form() {
    const JsonNode* node = required("form");
    if (node == nullptr) return;
    header_.form_source = header_.version_source = header_.structure_source = node->offset;
    if (!node->is_object()) return wrong_type("/form", *node, "object");
    constexpr std::array<std::string_view, 3> kKnown = {"id", "version", "structure"};
    only(*node, "/form", kKnown);
    const JsonNode* id = json_.find(*node, "id");
    const JsonNode* version = json_.find(*node, "version");
    if (id == nullptr) missing("missing-header", "form.id");
    if (version == nullptr) missing("missing-header", "form.version");
    if (id != nullptr && code(*id, "/form/id", header_.form_id)) header_.form_source = id->offset;
    if (version != nullptr && code(*version, "/form/version", header_.form_version))
      header_.version_source = version->offset;
    const JsonNode* structure = json_.find(*node, "structure");
    if (structure != nullptr && code(*structure, "/form/structure", header_.structure_digest))
      header_.structure_source = structure->offset;
  }

  void submitter() {
    const JsonNode* node = required("submitter");
    if (node == nullptr) return;
    header_.submitter_source = header_.kind_source = node->offset;
    if (!node->is_object()) return wrong_type("/submitter", *node, "object");
    constexpr std::array<std::string_view, 2> kKnown = {"kind", "code"};
    only(*node, "/submitter", kKnown);
    const JsonNode* kind = json_.find(*node, "kind");
    constexpr std::array<std::string_view, 3> kWords = {"state", "organization", "body"};
    if (kind != nullptr) header_.kind_source = kind->offset;
    if (kind == nullptr)
      missing("missing-header", "submitter.kind");
    else
      word(*kind, "/submitter/kind", parse_submitter_kind(kind->text), kWords,
           header_.submitter_kind);
    const JsonNode* name = json_.find(*node, "code");
    if (name == nullptr) return missing("missing-header", "submitter.code");
    if (code(*name, "/submitter/code", header_.submitter)) header_.submitter_source = name->offset;
  }

  void revision() {
    const JsonNode* node = json_.find(root_, "revision");
    if (node == nullptr) return;
    constexpr std::int64_t kMost = 1'000'000;
    const auto number =
        node->kind == JsonNode::Kind::number ? Decimal::parse(node->text) : std::nullopt;
    const bool is_whole = number && number->decimals() == 0;
    if (is_whole && number->coefficient() >= 1 && number->coefficient() <= kMost)
      header_.revision = static_cast<std::uint32_t>(number->coefficient());
    else
      wrong_type("/revision", *node, "revision");
  }

  void stage() {
    const JsonNode* node = json_.find(root_, "stage");
    if (node == nullptr) return missing("missing-member", "stage");
    header_.stage_source = node->offset;
    constexpr std::array<std::string_view, 2> kWords = {"draft", "final"};
    word(*node, "/stage", parse_stage(node->text), kWords, header_.stage);
  }

  void language() {
    const JsonNode* node = json_.find(root_, "language");
    if (node == nullptr) return missing("missing-member", "language");
    header_.language_source = node->offset;
    if (node->is_string() && node->text.size() <= kCodeBytes)
      header_.language = canonical_language(node->text);
    if (!header_.language.empty()) return;
    add("unknown-language", "/language", *node);
  }

  void period() {
    const JsonNode* node = json_.find(root_, "period");
    if (node == nullptr) return;
    header_.period_source = node->offset;
    const JsonNode* start = json_.find(*node, "start");
    const JsonNode* end = json_.find(*node, "end");
    if (start == nullptr || end == nullptr || node->count != 2)
      return wrong_type("/period", *node, "period");
    const auto first = date(*start, "/period/start");
    const auto last = date(*end, "/period/end");
    if (!first || !last) return;
    if (*first <= *last)
      header_.period = Period{*first, *last};
    else
      add("period-reversed", "/period/end", *end);
  }

  std::optional<Date> date(const JsonNode& node, std::string pointer) {
    const auto read = node.is_string() ? Date::parse(node.text) : std::nullopt;
    if (!read) add("date-unreadable", std::move(pointer), node);
    return read;
  }

  void parts() {
    const JsonNode* node = json_.find(root_, "parts");
    if (node == nullptr) return;
    if (!node->is_array()) return wrong_type("/parts", *node, "codes");
    std::vector<std::string_view> known;
    for (const Chapter& chapter : form_.chapters()) known.push_back(form_.string(chapter.code));
    std::size_t position = 0;
    for (const JsonNode& part : json_.children(*node)) {
      std::string pointer = "/parts/" + std::to_string(position++);
      const bool is_known =
          part.is_string() && std::find(known.begin(), known.end(), part.text) != known.end();
      if (!is_known)
        findings_.add_unknown("unknown-part", std::move(pointer), part, known);
      else if (std::find(header_.parts.begin(), header_.parts.end(), part.text) ==
               header_.parts.end())
        header_.parts.emplace_back(part.text);
    }
  }

  const Form& form_;
  const JsonTree& json_;
  SubmissionHeader& header_;
  ReadFindings& findings_;
  const JsonNode& root_;
};

}  // namespace

std::span<const std::string_view> root_members() { return kRootMembers; }

void read_header(const Form& form, const JsonTree& json, SubmissionHeader& header,
                 ReadFindings& findings) {
  HeaderReader(form, json, header, findings).read();
}

}  // namespace cosp
