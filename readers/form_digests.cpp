/// Digests of a form's structure and of its rules, tables and products: over what is declared, not
/// over how it is written.

#include <algorithm>

#include "base/digest.hpp"
#include "base/escape.hpp"
#include "readers/form_comparisons.hpp"
#include "readers/form_context.hpp"

namespace cosp {
namespace {

/// One line per thing, its parts between bars, codes instead of indexes.
class StructureText {
 public:
  explicit StructureText(const FormContext& context) : context_(context), draft_(context.draft) {}

  std::string write() {
    lists();
    for (const Provision& provision : draft_.provisions) {
      line("provision");
      part(view(provision.code))
          .part(view(provision.article))
          .part(to_string(provision.obligation));
    }
    for (const Register& registry : draft_.registers) {
      line("register");
      part(view(registry.code))
          .number(registry.most_rows)
          .part(to_string(registry.floor))
          .part(column(registry.title_column));
      for (std::uint32_t i = 0; i < registry.columns.count; ++i) {
        line("column");
        field(draft_.columns[registry.columns.first + i]);
      }
    }
    for (const Chapter& chapter : draft_.chapters) {
      line("chapter");
      part(view(chapter.code)).number(chapter.is_always_asked);
      for (std::uint32_t i = 0; i < chapter.blocks.count; ++i)
        block(draft_.blocks[chapter.blocks.first + i]);
    }
    engine_parts();
    return std::move(text_);
  }

 private:
  std::string_view view(StringRef ref) const { return context_.view(ref); }

  void line(std::string_view kind) { text_ += "\n" + std::string(kind); }
  StructureText& part(std::string_view value) {
    text_ += "|" + escape::json_string(value);
    return *this;
  }
  StructureText& number(std::uint64_t value) {
    text_ += "|" + std::to_string(value);
    return *this;
  }

  std::string_view column(std::uint32_t index) const {
    return index == kNone ? "" : view(draft_.columns[index].code);
  }
  std::string_view question(std::uint32_t index) const {
    return index == kNone ? "" : view(draft_.questions[index].code);
  }
  std::string_view list(std::uint32_t index) const {
    return index == kNone ? "" : view(draft_.lists[index].code);
  }
  std::string_view registry(std::uint32_t index) const {
    return index == kNone ? "" : view(draft_.registers[index].code);
  }

  void provisions(Range range) {
    text_ += "|";
    for (std::uint32_t i = 0; i < range.count; ++i)
      text_ +=
          std::string(view(draft_.provisions[draft_.provision_refs[range.first + i]].code)) + " ";
  }

  void options(const List& record, std::uint64_t mask) {
    text_ += "|";
    for (std::uint32_t i = 0; i < record.options.count && i < 64; ++i)
      if ((mask >> i & 1) != 0)
        text_ += std::string(view(draft_.options[record.options.first + i].code)) + " ";
  }

  /// Where a list stands in its file says nothing.
  void lists() {
    std::vector<const List*> sorted;
    for (const List& record : draft_.lists) sorted.push_back(&record);
    std::sort(sorted.begin(), sorted.end(),
              [&](const List* a, const List* b) { return view(a->code) < view(b->code); });
    for (const List* record : sorted) {
      line("list");
      part(view(record->code)).number(record->is_ordered);
      for (std::uint32_t i = 0; i < record->options.count; ++i) {
        const Option& option = draft_.options[record->options.first + i];
        line("option");
        part(view(option.code)).number(option.is_exclusive).number(option.needs_note);
        provisions(option.provisions);
      }
    }
  }

  void bound(const DateBound& record) {
    part(record.is_set ? record.date.to_string() : std::string(to_string(record.moment)));
  }

  void field(const Field& record) {
    part(view(record.code))
        .part(to_string(record.type))
        .part(to_string(record.obligation))
        .part(to_string(record.required));
    part(to_string(record.floor)).part(to_string(record.bind));
    number(record.is_personal).number(record.stays_open).number(record.always_answered);
    part(list(record.list));
    if (record.list != kNone) {
      options(draft_.lists[record.list], record.allowed);
      options(draft_.lists[record.list], record.exclusive);
    }
    part(question(record.offered_when)).number(record.most_choices).part(registry(record.registry));
    number(record.least_rows)
        .number(record.most_rows)
        .number(record.most_words)
        .number(record.most_characters);
    part(view(record.unit)).part(view(record.pattern)).number(record.decimals);
    part(record.has_minimum ? record.minimum.to_string() : "")
        .part(record.has_maximum ? record.maximum.to_string() : "");
    bound(record.earliest);
    bound(record.latest);
    provisions(record.provisions);
  }

  void block(const Block& record) {
    line("block");
    part(view(record.code)).part(view(record.article));
    for (std::uint32_t i = 0; i < record.questions.count; ++i) {
      const Question& asked = draft_.questions[record.questions.first + i];
      line("question");
      field(asked);
      part(asked.condition == kNone ? "" : describe_condition(context_, asked.condition));
    }
  }

  void engine_parts() {
    std::vector<std::string> lines;
    for (const NamedIndex& role : draft_.roles)
      lines.push_back("role|" + std::string(view(role.name)) + "|" +
                      std::string(question(role.index)));
    for (const NamedIndex& named : draft_.named_conditions)
      lines.push_back("condition|" + std::string(view(named.name)) + "|" +
                      describe_condition(context_, named.index));
    std::sort(lines.begin(), lines.end());
    for (const std::string& entry : lines) text_ += "\n" + entry;
    for (const ReasonDeclaration& reason : draft_.reasons) {
      line("reason");
      part(list(reason.detail_list)).part(registry(reason.registry)).number(reason.needs_note);
    }
    for (const ReservationDeclaration& declared : draft_.reservations) {
      line("reservations");
      part(registry(declared.registry)).part(column(declared.provisions_column));
      part(declared.in_force == kNone ? "" : describe_condition(context_, declared.in_force));
    }
    for (const SharedDeclaration& declared : draft_.shared) {
      line("shared");
      part(registry(declared.registry)).part(column(declared.blocks_column));
      for (std::uint32_t i = 0; i < declared.columns.count; ++i) {
        const SharedColumn& shared = draft_.shared_columns[declared.columns.first + i];
        part(view(shared.suffix)).part(column(shared.column));
      }
    }
  }

  const FormContext& context_;
  const FormDraft& draft_;
  std::string text_;
};

void sort_keys(YamlNode& node) {
  std::sort(node.entries.begin(), node.entries.end(),
            [](const YamlNode::Entry& a, const YamlNode::Entry& b) { return a.key < b.key; });
  for (YamlNode::Entry& entry : node.entries) sort_keys(entry.value);
  for (YamlNode& item : node.items) sort_keys(item);
}

void append_names(const FormContext& context, const ConditionNode& node, std::string& text) {
  const FormDraft& draft = context.draft;
  const auto add = [&](std::string_view name) { text += " " + std::string(name); };
  for (std::uint32_t i = 0; i < node.strings.count; ++i)
    text +=
        " " + escape::json_string(context.view(draft.condition_strings[node.strings.first + i]));
  for (std::uint32_t i = 0; i < node.provisions.count; ++i)
    add(context.view(draft.provisions[draft.provision_refs[node.provisions.first + i]].code));
  for (std::uint32_t i = 0; i < node.operands.count; ++i)
    add(context.view(draft.questions[draft.condition_operands[node.operands.first + i]].code));
  text += " :";
  for (std::uint32_t i = 0; i < node.other_operands.count; ++i)
    add(context.view(
        draft.questions[draft.condition_operands[node.other_operands.first + i]].code));
}

/// Code of what the node speaks of.
std::string subject_name(const FormContext& context, ConditionKind kind, std::uint32_t index) {
  const FormDraft& draft = context.draft;
  if (index == kNone) return "-";
  switch (kind) {
    case ConditionKind::answer:
    case ConditionKind::previous: return std::string(context.view(draft.questions[index].code));
    case ConditionKind::cell:
      return std::string(context.view(draft.registers[draft.columns[index].owner].code)) + "/" +
             std::string(context.view(draft.columns[index].code));
    case ConditionKind::rows: return std::string(context.view(draft.registers[index].code));
    case ConditionKind::reserved: return std::string(context.view(draft.provisions[index].code));
    default: return std::to_string(index);
  }
}

/// The list whose options the node's mask or `naming` counts; kNone when it counts something else.
std::uint32_t list_of(const FormContext& context, const ConditionNode& node) {
  if (node.op == Operator::reason_is || node.subject == kNone) return kNone;
  if (node.kind == ConditionKind::answer || node.kind == ConditionKind::previous)
    return context.draft.questions[node.subject].list;
  if (node.kind == ConditionKind::cell) return context.draft.columns[node.subject].list;
  return kNone;
}

void append_values(const FormContext& context, const ConditionNode& node, std::string& text) {
  const FormDraft& draft = context.draft;
  const std::uint32_t list = list_of(context, node);
  if (list == kNone) {
    text += " " + std::to_string(node.mask);
  } else {
    const Range options = draft.lists[list].options;
    for (std::uint32_t i = 0; i < options.count && i < 64; ++i)
      if ((node.mask >> i & 1) != 0)
        text += " " + std::string(context.view(draft.options[options.first + i].code));
  }
  if (node.has_number) text += " " + node.number.to_string();
  if (node.has_date) text += " " + node.date.to_string();
  if (node.moment != Moment::none) text += " " + std::string(to_string(node.moment));
  if (node.naming_column == kNone) return;
  const Column& column = draft.columns[node.naming_column];
  text += " in " + std::string(context.view(column.code)) + "=";
  if (column.type == QuestionType::provisions)
    text += context.view(draft.provisions[node.naming].code);
  else
    text += context.view(draft.options[draft.lists[column.list].options.first + node.naming].code);
}

}  // namespace

std::string describe_condition(const FormContext& context, std::uint32_t root) {
  const FormDraft& draft = context.draft;
  std::string text;
  for (std::uint32_t i = root; i < draft.conditions[root].next; ++i) {
    const ConditionNode& node = draft.conditions[i];
    const ConditionKind other_kind =
        node.kind == ConditionKind::cell ? ConditionKind::cell : ConditionKind::answer;
    text += "(" + std::to_string(static_cast<int>(node.kind)) + " " +
            std::string(to_string(node.op)) + " " +
            std::to_string(static_cast<int>(node.quantifier)) + " " +
            subject_name(context, node.kind, node.subject) + " " +
            subject_name(context, other_kind, node.other) + " " +
            subject_name(context, ConditionKind::answer, node.cited_by) + " " +
            std::to_string(node.has_child) + " " + std::to_string(node.next - i);
    append_values(context, node, text);
    append_names(context, node, text);
    text += ")";
  }
  return text;
}

void compile_digests(FormContext& context) {
  context.draft.identity.structure_digest =
      context.add(sha256_hex(std::string_view(StructureText(context).write())));
  Sha256 rules;
  for (const std::string_view folder : {"rules", "tables", "products"})
    for (const FormSource* source : context.folder(folder)) {
      YamlNode root = source->root;
      // Examples and remarks tell of a rule, they do not change it.
      root.entries.erase(std::remove_if(root.entries.begin(), root.entries.end(),
                                        [](const YamlNode::Entry& entry) {
                                          return entry.key == "examples" || entry.key == "remark";
                                        }),
                         root.entries.end());
      sort_keys(root);
      rules.update(std::string(folder) + "/" + source->stem + "\n" + yaml_to_json(root) + "\n");
    }
  context.draft.identity.rules_digest = context.add(rules.finish_hex());
}

}  // namespace cosp
