/// form.yaml: what the form is, and what of it the engine must find.

#include <algorithm>

#include "readers/form_context.hpp"

namespace cosp {
namespace {

constexpr std::string_view kRoles[] = {"submitter",   "period",        "submission_kind",
                                       "language",    "participation", "organization",
                                       "publication", "cleared_on"};
constexpr std::string_view kReasonNames[] = {
    "not_applicable", "by_reservation",     "not_available",     "under_consideration",
    "withheld",       "reported_elsewhere", "outside_competence"};

const YamlNode* map_of(const FormSource& form, std::string_view key) {
  const YamlNode* node = form.root.find(key);
  if (node == nullptr || node->is_map()) return node;
  form.yaml.add(*node, "expected a map, got " + describe_node(*node));
  return nullptr;
}

void compile_roles(FormContext& context, const FormSource& form) {
  const YamlNode* roles = map_of(form, "roles");
  if (roles == nullptr) return;
  for (const YamlNode::Entry& entry : roles->entries) {
    if (std::find(std::begin(kRoles), std::end(kRoles), entry.key) == std::end(kRoles)) {
      form.yaml.add(entry.line, entry.column, unknown_name("role", entry.key, kRoles));
      continue;
    }
    const std::uint32_t question =
        context.questions.resolve(form.yaml, entry.value, entry.value.scalar);
    if (question != kNone) context.draft.roles.push_back({context.add(entry.key), question});
  }
}

void compile_named_conditions(FormContext& context, const FormSource& form) {
  const YamlNode* conditions = map_of(form, "conditions");
  if (conditions == nullptr) return;
  for (const YamlNode::Entry& entry : conditions->entries) {
    const std::uint32_t root =
        compile_condition(context, entry.value, {&form, kNone, nullptr, kNone});
    if (root != kNone) context.draft.named_conditions.push_back({context.add(entry.key), root});
  }
}

void compile_reasons(FormContext& context, const FormSource& form) {
  context.draft.reasons.assign(kReasonCount, {});
  const YamlNode* reasons = map_of(form, "reasons");
  if (reasons == nullptr) return;
  for (const YamlNode::Entry& entry : reasons->entries) {
    const auto reason = parse_reason(entry.key);
    if (!reason) {
      form.yaml.add(entry.line, entry.column, unknown_name("reason", entry.key, kReasonNames));
      continue;
    }
    ReasonDeclaration& declared = context.draft.reasons[static_cast<std::size_t>(*reason)];
    if (!form.yaml.check_map(entry.value, {"detail", "note", "register"}, "a reason")) continue;
    if (const YamlNode* list = entry.value.find("detail"))
      declared.detail_list = context.lists.resolve(form.yaml, *list, list->scalar);
    if (const YamlNode* registry = entry.value.find("register"))
      declared.registry = context.registers.resolve(form.yaml, *registry, registry->scalar);
    if (const YamlNode* note = entry.value.find("note")) {
      declared.needs_note = note->scalar == "required";
      if (!declared.needs_note)
        form.yaml.add(*note, "expected required, got " + describe_node(*note));
    }
  }
}

void compile_reservations(FormContext& context, const FormSource& form) {
  ReservationDeclaration declared;
  if (const YamlNode* node = map_of(form, "reservations")) {
    form.yaml.check_map(*node, {"register", "provisions", "in_force"}, "reservations");
    if (const YamlNode* registry = form.yaml.require(*node, "register", "reservations"))
      declared.registry = context.registers.resolve(form.yaml, *registry, registry->scalar);
    const YamlNode* column = form.yaml.require(*node, "provisions", "reservations");
    if (declared.registry != kNone && column != nullptr) {
      declared.provisions_column = context.placed_registers[declared.registry].columns.resolve(
          form.yaml, *column, column->scalar);
      if (declared.provisions_column != kNone &&
          context.draft.columns[declared.provisions_column].type != QuestionType::provisions)
        form.yaml.add(*column,
                      "expected a column of type provisions, got \"" + column->scalar + "\"");
    }
    const YamlNode* in_force = node->find("in_force");
    if (in_force != nullptr && declared.registry != kNone)
      declared.in_force =
          compile_condition(context, *in_force, {&form, kNone, nullptr, declared.registry});
  }
  context.draft.reservations.assign(1, declared);
}

/// Blocks that have a question of this suffix must let the column's value stand for its answer.
void check_shared_column(FormContext& context, const FormSource& form, const YamlNode::Entry& entry,
                         std::uint32_t index, const std::vector<std::uint32_t>& blocks) {
  const Column& column = context.draft.columns[index];
  bool is_found = false;
  for (const Question& question : context.draft.questions) {
    if (context.view(question.suffix) != entry.key ||
        std::find(blocks.begin(), blocks.end(), question.block) == blocks.end())
      continue;
    is_found = true;
    if (context.broken_fields.contains(context.name_of(question))) continue;
    if (question.type != column.type || question.list != column.list ||
        question.registry != column.registry) {
      form.yaml.add(entry.value, "expected a column of the same type and list as \"" +
                                     context.name_of(question) + "\", got \"" +
                                     context.name_of(column) + "\"");
      return;
    }
  }
  if (!is_found)
    form.yaml.add(entry.line, entry.column,
                  "expected a question of one of the blocks, got \"" + entry.key + "\"");
}

void compile_shared_entry(FormContext& context, const FormSource& form, const YamlNode& node) {
  if (!form.yaml.check_map(node, {"register", "blocks", "answers"}, "a shared answer")) return;
  const YamlNode* registry = form.yaml.require(node, "register", "a shared answer");
  const YamlNode* blocks = form.yaml.require(node, "blocks", "a shared answer");
  const YamlNode* answers = form.yaml.require(node, "answers", "a shared answer");
  if (registry == nullptr || blocks == nullptr || answers == nullptr) return;
  SharedDeclaration declared;
  declared.registry = context.registers.resolve(form.yaml, *registry, registry->scalar);
  if (declared.registry == kNone) return;
  const NameIndex& columns = context.placed_registers[declared.registry].columns;
  declared.blocks_column = columns.resolve(form.yaml, *blocks, blocks->scalar);
  if (declared.blocks_column == kNone) return;
  std::vector<std::uint32_t> named;
  if (const std::uint32_t list = context.draft.columns[declared.blocks_column].list;
      list != kNone) {
    const Range options = context.draft.lists[list].options;
    for (std::uint32_t i = 0; i < options.count; ++i)
      if (context.draft.options[options.first + i].block != kNone)
        named.push_back(context.draft.options[options.first + i].block);
  }
  if (named.empty()) {
    form.yaml.add(*blocks,
                  "expected a column whose options are blocks, got \"" + blocks->scalar + "\"");
    return;
  }
  declared.columns.first = static_cast<std::uint32_t>(context.draft.shared_columns.size());
  for (const YamlNode::Entry& entry : answers->entries) {
    const std::uint32_t column = columns.resolve(form.yaml, entry.value, entry.value.scalar);
    if (column == kNone) continue;
    check_shared_column(context, form, entry, column, named);
    context.draft.shared_columns.push_back({context.add(entry.key), column});
  }
  declared.columns.count =
      static_cast<std::uint32_t>(context.draft.shared_columns.size()) - declared.columns.first;
  context.draft.shared.push_back(declared);
}

/// Whose form it is; everybody's when it does not say.
void compile_submitters(FormContext& context, const FormSource& form) {
  std::uint32_t& kinds = context.draft.identity.submitters;
  const YamlNode* node = form.root.find("submitters");
  if (node == nullptr) {
    for (const SubmitterKind kind :
         {SubmitterKind::state, SubmitterKind::organization, SubmitterKind::body})
      kinds |= 1u << static_cast<unsigned>(kind);
    return;
  }
  for (const YamlNode& item : form.yaml.sequence(*node)) {
    const auto word = form.yaml.text(item);
    if (!word) continue;
    if (const auto kind = parse_submitter_kind(*word))
      kinds |= 1u << static_cast<unsigned>(*kind);
    else
      form.yaml.add(item, "expected state, organization or body, got \"" + *word + "\"");
  }
  if (node->is_sequence() && node->items.empty())
    form.yaml.add(*node, "expected at least one kind of submitter, got none");
}

}  // namespace

void compile_head(FormContext& context) {
  const FormSource& form = *context.form_source;
  form.yaml.check_map(form.root,
                      {"id", "version", "status", "languages", "chapters", "roles", "conditions",
                       "reservations", "reasons", "shared", "submitters"},
                      "form.yaml");
  if (const YamlNode* id = form.yaml.require(form.root, "id", "form.yaml"))
    check_code(form, *id, id->scalar, true);
  form.yaml.require(form.root, "version", "form.yaml");
  context.draft.identity.id = context.add(form.yaml.text_of(form.root, "id"));
  context.draft.identity.version = context.add(form.yaml.text_of(form.root, "version"));
  const std::string status = form.yaml.text_of(form.root, "status", "proposal");
  if (status != "proposal" && status != "adopted")
    form.yaml.add(*form.root.find("status"),
                  "expected proposal or adopted, got \"" + status + "\"");
  context.draft.identity.status = context.add(status);
  compile_submitters(context, form);
  for (const std::string& language : context.languages)
    context.draft.languages.push_back(context.add(language));
  // Known by name before they can be compiled: questions refer to them.
  if (const YamlNode* conditions = map_of(form, "conditions"))
    for (const YamlNode::Entry& entry : conditions->entries) {
      context.condition_nodes[entry.key] = &entry.value;
      context.conditions.add(entry.key, static_cast<std::uint32_t>(context.condition_nodes.size()));
    }
}

void compile_engine_parts(FormContext& context) {
  const FormSource& form = *context.form_source;
  compile_roles(context, form);
  compile_named_conditions(context, form);
  compile_reasons(context, form);
  compile_reservations(context, form);
  if (const YamlNode* shared = form.root.find("shared"))
    for (const YamlNode& node : form.yaml.sequence(*shared))
      compile_shared_entry(context, form, node);
}

}  // namespace cosp
