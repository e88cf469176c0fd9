/// Questions and registers: fields, texts, and when a question is asked.

#include <algorithm>

#include <fmt/format.h>

#include "readers/form_context.hpp"

namespace cosp {
namespace {

constexpr std::int64_t kMostRegisterRows = 10'000;

/// A module's text with its parameters replaced; nothing where a parameter's own text is missing in
/// the language.
std::optional<FormText> expand_text(const FormContext& context, const FormText& pattern,
                                    std::uint32_t language, const FormPart& part,
                                    std::vector<std::string>& unknown) {
  FormText text = pattern;
  bool is_missing = false;
  text.value =
      replace_in_text(pattern.value, [&](std::string_view name) -> std::optional<std::string> {
        const auto bound = part.bindings.find(std::string(name));
        if (bound == part.bindings.end()) {
          unknown.push_back(std::string(name));
          return std::nullopt;
        }
        const auto& texts = part.text_parameters;
        if (std::find(texts.begin(), texts.end(), name) != texts.end()) {
          const FormText* inner = context.texts.find(language, bound->second.scalar);
          if (inner == nullptr) {
            is_missing = true;
            return std::nullopt;
          }
          text.state = std::min(text.state, inner->state);
          return inner->value;
        }
        if (bound->second.is_scalar()) return bound->second.scalar;
        std::string joined;
        for (const YamlNode& item : bound->second.items)
          joined += (joined.empty() ? "" : ", ") + item.scalar;
        return joined;
      });
  // Reviewed or not is said of the pattern; what is filled in differs by block.
  if (is_missing) return std::nullopt;
  return text;
}

/// The question's own text, or the module's with its parameters; kNone when there is neither.
TextId question_text(FormContext& context, const Question& question, const PlacedQuestion& placed,
                     std::string_view kind, bool is_required) {
  const std::string own = context.name_of(question) + "." + std::string(kind);
  if (context.texts.has_source(own)) return context.texts.intern(own);
  if (question.module == kNone)
    return is_required ? context.require_text(*placed.source, placed.node, own)
                       : context.optional_text(own);
  const std::string of_module =
      "module." + std::string(context.view(context.draft.modules[question.module].code)) + "." +
      placed.module_suffix + "." + std::string(kind);
  if (!context.texts.has_source(of_module)) {
    if (is_required)
      placed.source->yaml.add(placed.node, "expected a text \"" + of_module + "\" in " +
                                               context.languages.front() + ", got none");
    return kNone;
  }
  for (std::uint32_t language = 0; language < context.texts.languages(); ++language) {
    const FormText* pattern = context.texts.find(language, of_module);
    if (pattern == nullptr) continue;
    std::vector<std::string> unknown;
    const auto text = expand_text(context, *pattern, language, *placed.part, unknown);
    for (const std::string& name : unknown)
      context.mistakes->push_back(
          {pattern->file, 0, 0,
           fmt::format("expected in \"{}\" names of the module's parameters, got \"{{{}}}\"",
                       of_module, name)});
    if (text) context.texts.put(language, own, *text);
  }
  return context.texts.intern(own);
}

constexpr std::string_view kQuestionKeys[] = {"code",       "type",
                                              "list",       "only",
                                              "exclusive",  "offered_when",
                                              "choices",    "unit",
                                              "minimum",    "maximum",
                                              "decimals",   "words",
                                              "characters", "pattern",
                                              "earliest",   "latest",
                                              "register",   "rows",
                                              "personal",   "bind",
                                              "stays_open", "always_answered",
                                              "required",   "asked_when",
                                              "provisions", "obligation",
                                              "visibility"};
constexpr std::string_view kColumnKeys[] = {
    "code",       "type",     "list",       "only",       "exclusive", "offered_when",
    "choices",    "unit",     "minimum",    "maximum",    "decimals",  "words",
    "characters", "pattern",  "earliest",   "latest",     "register",  "rows",
    "personal",   "required", "provisions", "obligation", "visibility"};

void read_offered_when(FormContext& context, const YamlNode& node, const ConditionScope& scope,
                       Field& field, std::uint32_t before) {
  const YamlNode* offered = node.find("offered_when");
  const YamlNode* name = offered == nullptr ? nullptr : offered->find("question");
  if (name == nullptr || field.list == kNone) return;
  const std::uint32_t other = resolve_question(context, *name, name->scalar, scope);
  if (other == kNone) return;
  const Question& question = context.draft.questions[other];
  if (question.list != field.list)
    scope.source->yaml.add(
        *name, "expected a question of the same list, got \"" + context.name_of(question) + "\"");
  else if (other >= before)
    scope.source->yaml.add(*name, "expected a question that stands earlier, got \"" +
                                      context.name_of(question) + "\"");
  else
    field.offered_when = other;
}

void compile_asked_when(FormContext& context, std::uint32_t index) {
  const PlacedQuestion& placed = context.placed_questions[index];
  if (placed.part->is_broken) return;
  const ConditionScope scope{placed.source, context.draft.questions[index].block,
                             &placed.part->renames, kNone};
  read_offered_when(context, placed.node, scope, context.draft.questions[index], index);
  const YamlNode* node = placed.node.find("asked_when");
  if (node == nullptr) return;
  const std::uint32_t root = compile_condition(context, *node, scope);
  if (root == kNone) return;
  // Answers are opened and closed in one pass over the questionnaire.
  for (const std::uint32_t read : questions_read(context, root))
    if (read >= index) {
      placed.source->yaml.add(*node, "expected a question that stands before \"" +
                                         context.name_of(context.draft.questions[index]) +
                                         "\", got \"" +
                                         context.name_of(context.draft.questions[read]) + "\"");
      return;
    }
  context.draft.questions[index].condition = root;
}

void compile_column(FormContext& context, std::uint32_t registry, const YamlNode& node) {
  PlacedRegister& placed = context.placed_registers[registry];
  const FormSource& source = *placed.source;
  if (!source.yaml.check_map(node, kColumnKeys, "a column")) return;
  const YamlNode* code_node = source.yaml.require(node, "code", "a column");
  if (code_node == nullptr || !check_code(source, *code_node, code_node->scalar, false)) return;
  const std::string& code = code_node->scalar;
  const auto index = static_cast<std::uint32_t>(context.draft.columns.size());
  if (!placed.columns.add(code, index)) {
    source.yaml.add(*code_node, "expected each column once, got \"" + code + "\" again");
    return;
  }
  Column column;
  column.code = column.suffix = context.add(code);
  column.owner = registry;
  column.declared = source.at(node);
  compile_field(context, node, source, column);
  const std::string text = "register." + source.stem + "." + code;
  column.label = context.require_text(source, node, text + ".label");
  column.help = context.optional_text(text + ".help");
  // What the pattern means to people; found by its id.
  if (!context.view(column.pattern).empty()) context.require_text(source, node, text + ".pattern");
  context.draft.columns.push_back(column);
}

void compile_register_body(FormContext& context, std::uint32_t index) {
  const FormSource& source = *context.placed_registers[index].source;
  context.draft.registers[index].columns.first =
      static_cast<std::uint32_t>(context.draft.columns.size());
  if (const YamlNode* columns = source.yaml.require(source.root, "columns", "a register"))
    for (const YamlNode& column : source.yaml.sequence(*columns))
      compile_column(context, index, column);
  Register& registry = context.draft.registers[index];
  registry.columns.count =
      static_cast<std::uint32_t>(context.draft.columns.size()) - registry.columns.first;
  registry.most_rows = static_cast<std::uint32_t>(
      source.yaml.integer_of(source.root, "rows", 1, kMostRegisterRows, 200));
  if (const YamlNode* title = source.root.find("title"))
    registry.title_column =
        context.placed_registers[index].columns.resolve(source.yaml, *title, title->scalar);
  const YamlNode* visibility = source.root.find("visibility");
  if (visibility == nullptr) return;
  const auto floor = parse_visibility(visibility->scalar);
  if (!floor)
    source.yaml.add(*visibility,
                    "expected public, counted or secretariat, got " + describe_node(*visibility));
  registry.floor = floor.value_or(Visibility::open);
}

}  // namespace

void compile_registers(FormContext& context) {
  for (const FormSource* source : context.folder("registers")) {
    if (!source->yaml.check_map(source->root, {"id", "rows", "columns", "visibility", "title"},
                                "a register"))
      continue;
    const std::string id = source->yaml.text_of(source->root, "id");
    if (id != source->stem)
      source->yaml.add(source->root, "expected the id \"" + source->stem +
                                         "\", as the file's name, got \"" + id + "\"");
    context.registers.add(source->stem, static_cast<std::uint32_t>(context.draft.registers.size()));
    Register registry;
    registry.code = context.add(source->stem);
    registry.title =
        context.require_text(*source, source->root, "register." + source->stem + ".title");
    registry.declared = source->at(source->root);
    context.draft.registers.push_back(registry);
    context.placed_registers.emplace_back().source = source;
  }
  // References lead from register to register, so all are named first.
  for (std::uint32_t i = 0; i < context.draft.registers.size(); ++i)
    compile_register_body(context, i);
}

void compile_questions(FormContext& context) {
  const auto count = static_cast<std::uint32_t>(context.draft.questions.size());
  for (std::uint32_t i = 0; i < count; ++i) {
    const PlacedQuestion& placed = context.placed_questions[i];
    Question question = context.draft.questions[i];
    if (placed.part->is_broken) {
      context.broken_fields.insert(context.name_of(question));
      continue;
    }
    if (!placed.source->yaml.check_map(placed.node, kQuestionKeys, "a question")) continue;
    compile_field(context, placed.node, *placed.source, question);
    question.label = question_text(context, question, placed, "label", true);
    question.help = question_text(context, question, placed, "help", false);
    if (!context.view(question.pattern).empty())
      question_text(context, question, placed, "pattern", true);
    context.draft.questions[i] = question;
  }
  for (std::uint32_t i = 0; i < count; ++i) compile_asked_when(context, i);
  for (std::uint32_t r = 0; r < context.placed_registers.size(); ++r) {
    const FormSource& source = *context.placed_registers[r].source;
    const YamlNode* columns = source.root.find("columns");
    if (columns == nullptr) continue;
    for (const YamlNode& node : columns->items) {
      const YamlNode* code = node.find("code");
      const std::uint32_t index =
          code == nullptr ? kNone : context.placed_registers[r].columns.find(code->scalar);
      if (index != kNone)
        read_offered_when(context, node, {&source, kNone, nullptr, r}, context.draft.columns[index],
                          kNone);
    }
  }
}

}  // namespace cosp
