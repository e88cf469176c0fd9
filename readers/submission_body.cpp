#include "readers/submission_body.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "readers/json_write.hpp"
#include "readers/submission_answers.hpp"
#include "readers/submission_header.hpp"

namespace cosp {
namespace {

constexpr std::size_t kRowIdBytes = 200;

/// Finds fields by code. Files mostly name them in the order of the form, or sorted: the next one
/// is tried first.
template <class T>
class CodeCursor {
 public:
  /// `sorted` holds the indexes of `fields` by code.
  CodeCursor(const Form& form, std::span<const T> fields, std::span<const std::uint32_t> sorted)
      : form_(form), fields_(fields), sorted_(sorted) {}

  void restart() { next_sorted_ = next_declared_ = 0; }

  /// Index into the fields; kNone when there is none of that code.
  std::uint32_t find(std::string_view code) {
    if (next_sorted_ < sorted_.size() && code_of(sorted_[next_sorted_]) == code)
      return found(sorted_[next_sorted_++]);
    if (next_declared_ < fields_.size() && code_of(next_declared_) == code)
      return found(next_declared_);
    const auto place = std::lower_bound(
        sorted_.begin(), sorted_.end(), code,
        [&](std::uint32_t index, std::string_view key) { return code_of(index) < key; });
    if (place == sorted_.end() || code_of(*place) != code) return kNone;
    next_sorted_ = static_cast<std::uint32_t>(place - sorted_.begin()) + 1;
    return found(*place);
  }

 private:
  std::string_view code_of(std::uint32_t index) const { return form_.string(fields_[index].code); }
  std::uint32_t found(std::uint32_t index) {
    next_declared_ = index + 1;
    return index;
  }

  const Form& form_;
  std::span<const T> fields_;
  std::span<const std::uint32_t> sorted_;
  std::uint32_t next_sorted_ = 0;
  std::uint32_t next_declared_ = 0;
};

template <class T>
std::vector<std::string_view> codes_of(const Form& form, std::span<const T> records) {
  std::vector<std::string_view> codes;
  for (const T& record : records) codes.push_back(form.string(record.code));
  return codes;
}

bool is_row_id(const JsonNode& node) {
  return node.is_string() && !node.text.empty() && node.text.size() <= kRowIdBytes &&
         std::none_of(node.text.begin(), node.text.end(), [](char c) {
           return static_cast<unsigned char>(c) < 0x20 || c == '/' || c == 0x7F;
         });
}

class BodyReader {
 public:
  BodyReader(const Form& form, const ReadLimits& limits, const JsonTree& json,
             Submission& submission, ReadFindings& findings)
      : form_(form),
        limits_(limits),
        json_(json),
        submission_(submission),
        findings_(findings),
        answers_(form, limits, json, index_, submission, findings) {}

  void read() {
    const JsonNode& root = json_.root();
    submission_.answers.resize(form_.questions().size());
    submission_.registers.resize(form_.registers().size());
    row_values_.resize(form_.registers().size());
    index_.clear(form_.registers().size());
    for (const JsonNode& member : json_.children(root))
      if (std::ranges::find(root_members_, member.key) == root_members_.end())
        findings_.add_unknown("unknown-member", pointer_step(member.key), member, root_members_);
    if (const JsonNode* registers = object(root, "registers", "")) read_rows(*registers);
    if (const JsonNode* answers = object(root, "answers", "")) read_answers(*answers, "/answers");
    for (std::uint32_t i = 0; i < row_values_.size(); ++i) read_cells(i);
    if (const JsonNode* contacts = object(root, "contacts", "")) read_contacts(*contacts);
    if (const JsonNode* explanations = json_.find(root, "explanations"))
      read_explanations(*explanations);
  }

 private:
  bool is_in_contacts(std::string_view base) const { return base.starts_with("/contacts"); }

  void wrong_type(std::string pointer, const JsonNode& at, std::string_view shape) {
    Finding& finding = findings_.add("wrong-type", std::move(pointer), at.offset);
    finding.written = written_text(at);
    finding.expected = shape;
    finding.arguments.emplace_back("expected", TextName{"reading.shape." + finding.expected});
  }

  /// A member that is an object; nullptr, and found wrong unless it is absent, when it is none.
  const JsonNode* object(const JsonNode& parent, std::string_view name, const std::string& base) {
    const JsonNode* node = json_.find(parent, name);
    if (node == nullptr || node->is_object()) return node;
    wrong_type(base + pointer_step(name), *node, "object");
    return nullptr;
  }

  void read_answers(const JsonNode& answers, const std::string& base) {
    CodeCursor<Question> cursor(form_, form_.questions(), form_.tables().questions_by_code);
    for (const JsonNode& member : json_.children(answers)) {
      const std::uint32_t question = cursor.find(member.key);
      if (question == kNone) {
        keep_unknown(member, base);
        continue;
      }
      Place place;
      place.question = question;
      const Question& field = form_.question(question);
      read_field(field, field.floor, place, member, submission_.answers[question], base);
    }
  }

  void read_field(const Field& field, Visibility floor, const Place& place, const JsonNode& node,
                  Answer& answer, const std::string& base) {
    if (node.is_null()) return;
    const bool is_contact = is_in_contacts(base);
    if (field.is_personal != is_contact) {
      Finding& finding = findings_.add(
          is_contact ? "not-personal-in-contacts" : "personal-outside-contacts", place, node);
      finding.pointer = base + pointer_step(node.key);
    }
    if (answer.source != kNone) {
      findings_.add("answered-twice", place, node).pointer = base + pointer_step(node.key);
      if (!field.is_personal) return;
    }
    answer = answers_.read(field, floor, place, node);
  }

  void keep_unknown(const JsonNode& member, const std::string& base) {
    if (submission_.unknown.size() == limits_.unknown) {
      if (!has_too_many_unknown_)
        findings_.add("too-many-unknown", base + pointer_step(member.key), member.key_offset)
            .arguments.emplace_back("most", std::int64_t{limits_.unknown});
      has_too_many_unknown_ = true;
      return;
    }
    if (question_codes_.empty() && findings_.may_suggest())
      question_codes_ = codes_of(form_, form_.questions());
    findings_.add_unknown("unknown-question", base + pointer_step(member.key), member,
                          question_codes_);
    // What is unknown among the contacts may be personal, and must not get into the digest.
    if (is_in_contacts(base)) return;
    findings_.add_hidden(json_, member);
    UnknownAnswer& unknown = submission_.unknown.emplace_back();
    unknown.code = member.key;
    append_canonical(unknown.json, json_, member);
    unknown.source = member.offset;
  }

  std::uint32_t find_register(const JsonNode& member, const std::string& base) {
    const std::uint32_t registry = form_.find_register(member.key);
    if (registry == kNone)
      findings_.add_unknown("unknown-register", base + pointer_step(member.key), member,
                            codes_of(form_, form_.registers()));
    return registry;
  }

  /// The ids of all rows, and where their values are.
  void read_rows(const JsonNode& registers) {
    for (const JsonNode& member : json_.children(registers)) {
      const std::uint32_t registry = find_register(member, "/registers");
      if (registry == kNone || member.is_null()) continue;
      if (!member.is_array()) {
        wrong_type("/registers" + pointer_step(member.key), member, "list");
        continue;
      }
      std::vector<std::string_view> ids;
      for (const JsonNode& element : json_.children(member)) {
        if (ids.size() == limits_.rows) {
          Finding& finding = findings_.add("too-many-rows", "/registers" + pointer_step(member.key),
                                           element.offset);
          finding.arguments.emplace_back("register", TextReference{form_.registry(registry).title});
          finding.arguments.emplace_back("most", std::int64_t{limits_.rows});
          break;
        }
        ids.push_back(read_row(registry, element));
      }
      index_.set(registry, ids);
      for (std::uint32_t i = 0; i < ids.size(); ++i)
        if (!ids[i].empty() && index_.find(registry, ids[i]) != i)
          row_finding("duplicate-row", registry, i, ids[i]);
    }
  }

  /// The row's id; empty when it has none.
  std::string_view read_row(std::uint32_t registry, const JsonNode& node) {
    const auto row = static_cast<std::uint32_t>(submission_.registers[registry].size());
    Row& read = submission_.registers[registry].emplace_back();
    read.cells.resize(form_.registry(registry).columns.count);
    read.source = node.offset;
    row_values_[registry].push_back(nullptr);
    for (Answer& cell : read.cells) cell.is_rejected = !node.is_object();
    if (!node.is_object()) {
      wrong_type(row_pointer(registry, row), node, "object");
      return {};
    }
    constexpr std::array<std::string_view, 2> kKnown = {"id", "values"};
    for (const JsonNode& member : json_.children(node))
      if (member.key != "id" && member.key != "values")
        findings_.add_unknown("unknown-member",
                              row_pointer(registry, row) + pointer_step(member.key), member,
                              kKnown);
    row_values_[registry][row] = object(node, "values", row_pointer(registry, row));
    const JsonNode* id = json_.find(node, "id");
    if (id != nullptr && is_row_id(*id)) {
      findings_.add_hidden(json_, *id);
      read.id = id->text;
      return id->text;
    }
    row_finding("row-without-id", registry, row, id == nullptr ? std::string{} : written_text(*id));
    return {};
  }

  std::string row_pointer(std::uint32_t registry, std::uint32_t row) const {
    Place place;
    place.registry = registry;
    place.row = row;
    return json_pointer(form_, submission_, place);
  }

  void row_finding(std::string_view id, std::uint32_t registry, std::uint32_t row,
                   std::string_view written) {
    Finding& finding =
        findings_.add(id, row_pointer(registry, row), submission_.registers[registry][row].source);
    finding.place.registry = registry;
    finding.place.row = row;
    finding.written = shortened(written);
    finding.arguments.emplace_back("register", TextReference{form_.registry(registry).title});
  }

  void read_cells(std::uint32_t registry) {
    if (row_values_[registry].empty()) return;
    const std::vector<std::uint32_t> sorted = sorted_columns(registry);
    CodeCursor<Column> cursor(form_, form_.columns_of(form_.registry(registry)), sorted);
    for (std::uint32_t row = 0; row < row_values_[registry].size(); ++row) {
      if (row_values_[registry][row] == nullptr) continue;
      cursor.restart();
      const std::string base = "/registers";
      for (const JsonNode& member : json_.children(*row_values_[registry][row]))
        read_cell(registry, row, cursor.find(member.key), member, base);
    }
  }

  std::vector<std::uint32_t> sorted_columns(std::uint32_t registry) const {
    const auto columns = form_.columns_of(form_.registry(registry));
    std::vector<std::uint32_t> sorted(columns.size());
    std::iota(sorted.begin(), sorted.end(), 0U);
    std::sort(sorted.begin(), sorted.end(), [&](std::uint32_t a, std::uint32_t b) {
      return form_.code(columns[a]) < form_.code(columns[b]);
    });
    return sorted;
  }

  /// `base` is "/registers" or "/contacts/registers".
  void read_cell(std::uint32_t registry, std::uint32_t row, std::uint32_t position,
                 const JsonNode& member, const std::string& base) {
    const Register& declared = form_.registry(registry);
    const std::string_view id = submission_.registers[registry][row].id;
    const auto cell_base = [&] {
      if (!is_in_contacts(base)) return row_pointer(registry, row) + "/values";
      return base + pointer_step(form_.string(declared.code)) + pointer_step(id);
    };
    if (position == kNone) {
      findings_.add_unknown("unknown-column", cell_base() + pointer_step(member.key), member,
                            codes_of(form_, form_.columns_of(declared)));
      return;
    }
    Place place;
    place.registry = registry;
    place.row = row;
    place.column = declared.columns.first + position;
    const Column& column = form_.column(place.column);
    Answer& answer = submission_.registers[registry][row].cells[position];
    const bool is_ordinary = column.is_personal == is_in_contacts(base) && answer.source == kNone;
    read_field(column, std::max(declared.floor, column.floor), place, member, answer,
               is_ordinary ? base : cell_base());
  }

  void read_contacts(const JsonNode& contacts) {
    constexpr std::array<std::string_view, 2> kKnown = {"answers", "registers"};
    for (const JsonNode& member : json_.children(contacts))
      if (std::ranges::find(kKnown, member.key) == kKnown.end())
        findings_.add_unknown("unknown-member", "/contacts" + pointer_step(member.key), member,
                              kKnown);
    const std::string base = "/contacts";
    if (const JsonNode* answers = object(contacts, "answers", base))
      read_answers(*answers, "/contacts/answers");
    const JsonNode* registers = object(contacts, "registers", base);
    if (registers == nullptr) return;
    const std::string registers_base = "/contacts/registers";
    for (const JsonNode& member : json_.children(*registers)) {
      const std::uint32_t registry = find_register(member, registers_base);
      if (registry == kNone || member.is_null()) continue;
      if (member.is_object())
        read_contact_rows(registry, member, registers_base);
      else
        wrong_type(registers_base + pointer_step(member.key), member, "object");
    }
  }

  void read_contact_rows(std::uint32_t registry, const JsonNode& rows, const std::string& base) {
    const std::vector<std::uint32_t> sorted = sorted_columns(registry);
    CodeCursor<Column> cursor(form_, form_.columns_of(form_.registry(registry)), sorted);
    for (const JsonNode& member : json_.children(rows)) {
      const std::string pointer = base + pointer_step(rows.key) + pointer_step(member.key);
      const std::uint32_t row = index_.find(registry, member.key);
      if (row == kNone) {
        Finding& finding = findings_.add("unknown-row", pointer, member.key_offset);
        finding.written = shortened(member.key);
        finding.arguments.emplace_back("register", TextReference{form_.registry(registry).title});
        continue;
      }
      if (member.is_null()) continue;
      if (!member.is_object()) {
        wrong_type(pointer, member, "object");
        continue;
      }
      cursor.restart();
      for (const JsonNode& cell : json_.children(member))
        read_cell(registry, row, cursor.find(cell.key), cell, base);
    }
  }

  void read_explanations(const JsonNode& node) {
    if (!node.is_array()) return wrong_type("/explanations", node, "list");
    std::size_t position = 0;
    for (const JsonNode& element : json_.children(node)) {
      const std::string pointer = "/explanations/" + std::to_string(position++);
      if (element.is_object())
        read_explanation(element, pointer, position - 1);
      else
        wrong_type(pointer, element, "object");
    }
  }

  void read_explanation(const JsonNode& node, const std::string& pointer, std::size_t position) {
    constexpr std::array<std::string_view, 4> kKnown = {"rule", "place", "answers", "text"};
    for (const JsonNode& member : json_.children(node))
      if (std::ranges::find(kKnown, member.key) == kKnown.end())
        findings_.add_unknown("unknown-member", pointer + pointer_step(member.key), member, kKnown);
    Explanation explanation;
    explanation.source = node.offset;
    explanation.position = static_cast<std::uint32_t>(position);
    bool is_complete = explanation_part(node, "rule", explanation.rule);
    is_complete &= explanation_part(node, "place", explanation.place);
    explanation_part(node, "answers", explanation.digest);
    const JsonNode* text = json_.find(node, "text");
    if (text != nullptr)
      is_complete &= explanation_text(*text, pointer + "/text", explanation.text);
    if (!is_complete || explanation.rule.empty() || explanation.place.empty() ||
        explanation.text.empty())
      findings_.add("explanation-incomplete", pointer, node.offset);
    else
      submission_.explanations.push_back(std::move(explanation));
  }

  bool explanation_part(const JsonNode& node, std::string_view name, std::string& part) {
    const JsonNode* member = json_.find(node, name);
    constexpr std::size_t kMostBytes = 500;
    const bool is_good =
        member != nullptr && member->is_string() && member->text.size() <= kMostBytes;
    if (is_good) part = member->text;
    return is_good;
  }

  /// False, and found wrong, when the text cannot be taken.
  bool explanation_text(const JsonNode& node, const std::string& pointer,
                        std::vector<LocalText>& text) {
    TextReading& reading = answers_.read_texts(node, nullptr);
    const auto add = [&](std::string_view id, const JsonNode& at) {
      Finding& finding = findings_.add(id, pointer, at.offset);
      finding.written = written_text(at);
      if (id == "text-too-long")
        finding.arguments.emplace_back("most", std::int64_t{limits_.text_bytes});
    };
    if (reading.fault == "wrong-type")
      wrong_type(pointer, *reading.at, "text");
    else if (!reading.fault.empty())
      add(reading.fault, *reading.at);
    else
      findings_.add_hidden(json_, node);
    text = std::move(reading.texts);
    return reading.fault.empty();
  }

  const Form& form_;
  const ReadLimits& limits_;
  const JsonTree& json_;
  Submission& submission_;
  ReadFindings& findings_;
  RowIndex index_;
  AnswerReader answers_;
  std::span<const std::string_view> root_members_ = root_members();
  std::vector<std::vector<const JsonNode*>> row_values_;  ///< by register and row; nullptr: none
  std::vector<std::string_view> question_codes_;
  bool has_too_many_unknown_ = false;
};

}  // namespace

void read_body(const Form& form, const ReadLimits& limits, const JsonTree& json,
               Submission& submission, ReadFindings& findings) {
  BodyReader(form, limits, json, submission, findings).read();
}

}  // namespace cosp
