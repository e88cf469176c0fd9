#include "service/form_outline.hpp"

#include <fmt/format.h>

#include <array>
#include <vector>

#include "generator/provision_count.hpp"

namespace cosp {
namespace {

// In the order of the enumeration.
constexpr std::array<std::string_view, 22> kOperators = {
    "given",         "answered",   "absent",     "reason is",       "is",
    "is not",        "is any of",  "is none of", "includes any of", "includes all of",
    "includes only", "excludes",   "equals",     "differs from",    "above",
    "below",         "at least",   "at most",    "before",          "after",
    "on or before",  "on or after"};

/// Writes one condition, node by node; `position` moves behind what was written.
class ConditionWriter {
 public:
  ConditionWriter(const Form& form, std::uint32_t root) : form_(form), position_(root) {}

  std::string write() {
    const ConditionNode& node = form_.tables().conditions[position_++];
    switch (node.kind) {
      case ConditionKind::all: return children(node, " and ", "always");
      case ConditionKind::any: return children(node, " or ", "never");
      case ConditionKind::negation: return "not " + write();
      case ConditionKind::answer: return question(node.subject) + compared(node, true);
      case ConditionKind::previous:
        return "previous " + question(node.subject) + compared(node, true);
      case ConditionKind::cell: return column(node.subject) + compared(node, false);
      case ConditionKind::rows: return rows(node);
      case ConditionKind::count: return count(node);
      case ConditionKind::sum: return sum(node);
      case ConditionKind::reserved:
        return "reserved " + std::string(form_.string(form_.provisions()[node.subject].code));
      case ConditionKind::position: return "position is " + words<Position>(node.mask, 4);
      case ConditionKind::submitter: return "submitter is " + words<SubmitterKind>(node.mask, 3);
      case ConditionKind::stage: return "stage is " + words<Stage>(node.mask, 2);
    }
    return {};
  }

 private:
  std::string question(std::uint32_t index) const {
    return std::string(form_.code(form_.question(index)));
  }
  std::string column(std::uint32_t index) const {
    return "column " + std::string(form_.code(form_.column(index)));
  }

  std::string children(const ConditionNode& node, std::string_view joined,
                       std::string_view when_empty) {
    std::vector<std::string> parts;
    while (position_ < node.next) parts.push_back(write());
    if (parts.empty()) return std::string(when_empty);
    if (parts.size() == 1) return parts.front();
    return fmt::format("({})", fmt::join(parts, joined));
  }

  template <class E>
  static std::string words(std::uint64_t mask, int count) {
    std::vector<std::string_view> named;
    for (int i = 0; i < count; ++i)
      if ((mask >> i & 1) != 0) named.push_back(to_string(static_cast<E>(i)));
    return fmt::format("{}", fmt::join(named, " or "));
  }

  std::string listed(const ConditionNode& node, bool of_question) const {
    if (node.op == Operator::reason_is) return words<Reason>(node.mask, kReasonCount);
    const Field& field = of_question ? static_cast<const Field&>(form_.question(node.subject))
                                     : static_cast<const Field&>(form_.column(node.subject));
    std::vector<std::string_view> named;
    const auto options = form_.options_of(field.list);
    for (std::size_t i = 0; i < options.size(); ++i)
      if ((node.mask >> i & 1) != 0) named.push_back(form_.string(options[i].code));
    for (const StringRef text :
         form_.tables().condition_strings.subspan(node.strings.first, node.strings.count))
      named.push_back(form_.string(text));
    for (const std::uint32_t provision : form_.provisions_of(node.provisions))
      named.push_back(form_.string(form_.provisions()[provision].code));
    return fmt::format("{}", fmt::join(named, ", "));
  }

  std::string compared(const ConditionNode& node, bool of_question) const {
    std::string text = " " + std::string(kOperators[static_cast<std::size_t>(node.op)]);
    if (node.op == Operator::given || node.op == Operator::answered || node.op == Operator::absent)
      return text;
    if (node.other != kNone)
      return text + " " + (of_question ? question(node.other) : column(node.other));
    if (node.moment != Moment::none) return text + " " + std::string(to_string(node.moment));
    if (node.has_number) return text + " " + node.number.to_string();
    if (node.has_date) return text + " " + node.date.to_string();
    return text + " " + listed(node, of_question);
  }

  std::string rows(const ConditionNode& node) {
    constexpr std::array<std::string_view, 4> kQuantifiers = {"any row of", "all rows of",
                                                              "no row of", "number of rows of"};
    std::string text = fmt::format("{} {}", kQuantifiers[static_cast<std::size_t>(node.quantifier)],
                                   form_.string(form_.registry(node.subject).code));
    if (node.cited_by != kNone) text += " cited by " + question(node.cited_by);
    if (node.naming_column != kNone) {
      const Column& naming = form_.column(node.naming_column);
      const std::string_view named =
          naming.type == QuestionType::provisions
              ? form_.string(form_.provisions()[node.naming].code)
              : form_.string(form_.options_of(naming.list)[node.naming].code);
      text += fmt::format(" naming {}", named);
    }
    if (node.has_child) text += fmt::format(" where {}", write());
    if (node.quantifier == Quantifier::count)
      text += fmt::format(" {} {}", kOperators[static_cast<std::size_t>(node.op)],
                          node.number.to_string());
    return text;
  }

  std::string operands(Range range) const {
    std::vector<std::string> named;
    for (const std::uint32_t index :
         form_.tables().condition_operands.subspan(range.first, range.count))
      named.push_back(question(index));
    return fmt::format("{}", fmt::join(named, ", "));
  }

  std::string count(const ConditionNode& node) {
    const std::string head = fmt::format("number of ({})", operands(node.operands));
    position_ = node.next;  // the leaf that each is held against has no words of its own here
    return fmt::format("{} {} {}", head, kOperators[static_cast<std::size_t>(node.op)],
                       node.number.to_string());
  }

  std::string sum(const ConditionNode& node) const {
    const std::string right = node.other_operands.count > 0
                                  ? fmt::format("sum of ({})", operands(node.other_operands))
                                  : node.number.to_string();
    return fmt::format("sum of ({}) {} {}", operands(node.operands),
                       kOperators[static_cast<std::size_t>(node.op)], right);
  }

  const Form& form_;
  std::uint32_t position_;
};

std::string limits_of(const Form& form, const Field& field) {
  std::vector<std::string> parts;
  if (field.list != kNone)
    parts.push_back("list " + std::string(form.string(form.list(field.list).code)));
  if (field.registry != kNone)
    parts.push_back("rows of " + std::string(form.string(form.registry(field.registry).code)));
  if (field.unit.size > 0) parts.push_back(std::string(form.string(field.unit)));
  if (field.has_minimum) parts.push_back("from " + field.minimum.to_string());
  if (field.has_maximum) parts.push_back("to " + field.maximum.to_string());
  if (field.most_words > 0) parts.push_back(fmt::format("{} words", field.most_words));
  if (field.most_characters > 0)
    parts.push_back(fmt::format("{} characters", field.most_characters));
  if (field.most_choices > 0)
    parts.push_back(fmt::format("at most {} options", field.most_choices));
  if (field.required != Requirement::never)
    parts.push_back(fmt::format("required: {}", to_string(field.required)));
  if (field.floor != Visibility::open) parts.push_back(std::string(to_string(field.floor)));
  if (field.is_personal) parts.push_back("personal");
  return fmt::format("{}", fmt::join(parts, "; "));
}

std::string provisions_text(const Form& form, Range range) {
  std::vector<std::string_view> codes;
  for (const std::uint32_t index : form.provisions_of(range))
    codes.push_back(form.number(form.provisions()[index]));
  return fmt::format("{}", fmt::join(codes, "; "));
}

std::string field_outline(const Form& form, const Field& field, std::uint32_t language) {
  std::string text = fmt::format("    {} ({}) {}\n", form.code(field), to_string(field.type),
                                 form.text(field.label, language).value);
  if (const std::string limits = limits_of(form, field); !limits.empty())
    text += fmt::format("        {}\n", limits);
  if (field.provisions.count > 0)
    text += fmt::format("        [{}]\n", provisions_text(form, field.provisions));
  return text;
}

}  // namespace

std::string condition_text(const Form& form, std::uint32_t condition) {
  return condition == kNone ? std::string() : ConditionWriter(form, condition).write();
}

std::string form_outline(const Form& form, std::string_view language) {
  const std::uint32_t index = form.language(language);
  std::string text =
      fmt::format("{} {} ({} questions)\n", form.id(), form.version(), form.questions().size());
  for (const Chapter& chapter : form.chapters()) {
    text +=
        fmt::format("\n{}  {}\n", form.string(chapter.code), form.text(chapter.title, index).value);
    for (std::uint32_t b = chapter.blocks.first; b < chapter.blocks.first + chapter.blocks.count;
         ++b) {
      const Block& block = form.block(b);
      text +=
          fmt::format("\n  {}  {}\n", form.string(block.code), form.text(block.title, index).value);
      for (const Question& question : form.questions_of(block)) {
        text += field_outline(form, question, index);
        if (question.condition != kNone)
          text += fmt::format("        asked when {}\n", condition_text(form, question.condition));
      }
    }
  }
  for (const Register& registry : form.registers()) {
    text += fmt::format("\nregister {}  {}\n", form.string(registry.code),
                        form.text(registry.title, index).value);
    for (const Column& column : form.columns_of(registry))
      text += field_outline(form, column, index);
  }
  return text;
}

std::string unverified_provisions(const Form& form, bool with_rows) {
  const ProvisionCount count = count_provisions(form);
  if (count.unverified.empty()) return "";
  std::string text = fmt::format("{} of {} provisions not checked against the authentic texts{}\n",
                                 count.unverified.size(), count.total, with_rows ? ":" : "");
  if (with_rows)
    for (const std::uint32_t index : count.unverified)
      text += fmt::format("{}\n", form.string(form.provisions()[index].code));
  return text;
}

std::string missing_texts(const Form& form) {
  std::string text;
  const FormTables& tables = form.tables();
  for (std::size_t language = 1; language < tables.languages.size(); ++language)
    for (std::size_t id = 0; id < tables.text_ids.size(); ++id) {
      const bool is_missing = tables.texts[language * tables.text_ids.size() + id].size == kNone;
      if (is_missing && tables.texts[id].size != kNone)
        text += fmt::format("{}: {}\n", form.string(tables.languages[language]),
                            form.string(tables.text_ids[id]));
    }
  return text;
}

std::string rules_text(const Form& form, std::string_view language) {
  const std::uint32_t index = form.language(language);
  std::string text;
  for (const Rule& rule : form.rules())
    text += fmt::format("{:8} {:36} {:6} {:8} {:16} {}\n", to_string(rule.severity),
                        form.string(rule.id), to_string(rule.stage),
                        rule.parties_only ? "parties" : "all",
                        provisions_text(form, rule.provisions), form.text(rule.why, index).value);
  return text;
}

std::string rule_text(const Form& form, std::uint32_t rule, std::string_view language) {
  const std::uint32_t index = form.language(language);
  const Rule& declared = form.rules()[rule];
  std::string text = fmt::format("{}\n  {}, from stage {}, for {}\n", form.string(declared.id),
                                 to_string(declared.severity), to_string(declared.stage),
                                 declared.parties_only ? "parties" : "all");
  if (declared.provisions.count > 0)
    text += fmt::format("  provisions: {}\n", provisions_text(form, declared.provisions));
  text += fmt::format("  message: {}\n  why: {}\n  mend: {}\n",
                      form.text(declared.message, index).value,
                      form.text(declared.why, index).value, form.text(declared.mend, index).value);
  if (declared.check.size > 0) text += fmt::format("  check: {}\n", form.string(declared.check));
  const auto instances = form.instances_of(declared);
  if (!instances.empty()) {
    const RuleInstance& first = instances.front();
    if (first.when != kNone) text += fmt::format("  when: {}\n", condition_text(form, first.when));
    if (first.expect != kNone)
      text += fmt::format("  expect: {}\n", condition_text(form, first.expect));
    if (instances.size() > 1) text += fmt::format("  (the first of {} places)\n", instances.size());
  }
  return text + fmt::format("  examples: {}\n", form.string(declared.examples));
}

}  // namespace cosp
