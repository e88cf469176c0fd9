/// Rules: each expansion of `for_each` becomes an instance with conditions of its own.

#include <algorithm>
#include <utility>

#include "readers/form_context.hpp"

namespace cosp {
namespace {

constexpr std::string_view kExampleKeys[] = {"answers",  "registers", "contacts",  "position",
                                             "previous", "stage",     "submitter", "explanations",
                                             "language", "period"};

/// One expansion of a rule.
struct Expansion {
  Bindings bindings;
  std::uint32_t block = kNone;
  std::uint32_t registry = kNone;
  std::uint32_t option = kNone;  ///< absolute index; of expansions over a list without blocks
};

class RuleCompiler {
 public:
  RuleCompiler(FormContext& context, const FormSource& source)
      : context_(context), source_(source) {}

  void compile() {
    const YamlNode& root = source_.root;
    if (!source_.yaml.check_map(
            root,
            {"id", "severity", "stage", "for", "family", "provisions", "reserved", "for_each",
             "when", "expect", "check", "at", "arguments", "remark", "examples"},
            "a rule"))
      return;
    Rule rule = read_head(root);
    read_texts(rule);
    rule.instances.first = static_cast<std::uint32_t>(context_.draft.rule_instances.size());
    const auto index = static_cast<std::uint32_t>(context_.draft.rules.size());
    for (const Expansion& expansion : expansions(root)) add_instance(index, expansion);
    rule.instances.count =
        static_cast<std::uint32_t>(context_.draft.rule_instances.size()) - rule.instances.first;
    rule.remark = context_.add(source_.yaml.text_of(root, "remark"));
    read_examples(root, rule);
    context_.rules.add(source_.stem, index);
    context_.draft.rules.push_back(rule);
  }

 private:
  Rule read_head(const YamlNode& root) {
    Rule rule;
    rule.id = context_.add(source_.stem);
    rule.declared = source_.at(root);
    const std::string id = source_.yaml.text_of(root, "id");
    if (id != source_.stem)
      source_.yaml.add(
          root, "expected the id \"" + source_.stem + "\", as the file's name, got \"" + id + "\"");
    if (const YamlNode* severity = source_.yaml.require(root, "severity", "a rule")) {
      const auto parsed = parse_severity(severity->scalar);
      if (!parsed)
        source_.yaml.add(
            *severity, "expected info, warning, error or blocker, got " + describe_node(*severity));
      rule.severity = parsed.value_or(Severity::warning);
    }
    if (const YamlNode* stage = source_.yaml.require(root, "stage", "a rule")) {
      const auto parsed = parse_stage(stage->scalar);
      if (!parsed)
        source_.yaml.add(*stage, "expected draft or final, got " + describe_node(*stage));
      rule.stage = parsed.value_or(Stage::final);
    }
    rule.parties_only = choose(root, "for", "parties", "all", "all");
    rule.speaks_on_reserved = choose(root, "reserved", "speaks", "silent", "silent");
    rule.family = context_.add(source_.yaml.text_of(root, "family"));
    if (const YamlNode* provisions = root.find("provisions"))
      rule.provisions = context_.read_provisions(source_, *provisions);
    return rule;
  }

  /// Whether the first of two words was written.
  bool choose(const YamlNode& root, std::string_view key, std::string_view first,
              std::string_view second, std::string_view absent) {
    const YamlNode* node = root.find(key);
    const std::string word = node == nullptr ? std::string(absent) : node->scalar;
    if (word != first && word != second)
      source_.yaml.add(*node, "expected " + std::string(first) + " or " + std::string(second) +
                                  ", got " + describe_node(*node));
    return word == first;
  }

  void read_texts(Rule& rule) {
    const std::string id = "rule." + source_.stem;
    rule.message = context_.require_text(source_, source_.root, id + ".message");
    rule.why = context_.require_text(source_, source_.root, id + ".why");
    rule.mend = context_.require_text(source_, source_.root, id + ".mend");
  }

  std::vector<Expansion> expansions(const YamlNode& root) {
    const YamlNode* each = root.find("for_each");
    if (each == nullptr) return {Expansion{}};
    if (!source_.yaml.check_map(
            *each, {"list", "module", "blocks", "register", "question", "as", "skip_missing"},
            "for_each"))
      return {};
    const YamlNode* as = source_.yaml.require(*each, "as", "for_each");
    if (as == nullptr) return {};
    skip_missing_ = source_.yaml.boolean_of(*each, "skip_missing");
    name_ = as->scalar;
    std::vector<Expansion> found;
    if (const YamlNode* list = each->find("list")) return over_list(*list);
    if (const YamlNode* registry = each->find("register")) {
      Expansion expansion;
      expansion.registry = context_.registers.resolve(source_.yaml, *registry, registry->scalar);
      if (expansion.registry != kNone) found.push_back(expansion);
      return found;
    }
    const YamlNode* module = each->find("module");
    const YamlNode* blocks = each->find("blocks");
    const YamlNode* question = each->find("question");
    if ((module != nullptr) + (blocks != nullptr) + (question != nullptr) != 1) {
      source_.yaml.add(
          *each,
          "expected one of list, module, blocks, register and question, got none or several");
      return {};
    }
    if (module != nullptr) return over_module(*module);
    return over_suffix(blocks != nullptr ? *blocks : *question, blocks != nullptr);
  }

  std::vector<Expansion> over_list(const YamlNode& node) {
    const std::uint32_t list = context_.lists.resolve(source_.yaml, node, node.scalar);
    std::vector<Expansion> found;
    if (list == kNone) return found;
    const Range options = context_.draft.lists[list].options;
    for (std::uint32_t i = 0; i < options.count; ++i) {
      const Option& option = context_.draft.options[options.first + i];
      Expansion expansion;
      expansion.bindings[name_] = YamlNode::text(context_.view(option.code));
      expansion.block = option.block;
      expansion.option = options.first + i;
      found.push_back(std::move(expansion));
    }
    return found;
  }

  Expansion of_block(std::uint32_t index) {
    Expansion expansion;
    expansion.bindings[name_] = YamlNode::text(context_.view(context_.draft.blocks[index].code));
    expansion.block = index;
    return expansion;
  }

  std::vector<Expansion> over_module(const YamlNode& node) {
    const std::uint32_t module = context_.modules.resolve(source_.yaml, node, node.scalar);
    std::vector<Expansion> found;
    for (std::uint32_t i = 0; module != kNone && i < context_.draft.blocks.size(); ++i) {
      const Range used = context_.draft.blocks[i].modules;
      const auto first = context_.draft.block_modules.begin() + used.first;
      if (std::find(first, first + used.count, module) != first + used.count)
        found.push_back(of_block(i));
    }
    if (module != kNone && found.empty())
      source_.yaml.add(node, "expected a module that a block uses, got \"" + node.scalar + "\"");
    return found;
  }

  /// Blocks that have a question of that suffix, or these questions.
  std::vector<Expansion> over_suffix(const YamlNode& node, bool names_block) {
    std::vector<Expansion> found;
    std::vector<std::string_view> suffixes;
    for (const Question& question : context_.draft.questions) {
      suffixes.push_back(context_.view(question.suffix));
      if (suffixes.back() != node.scalar) continue;
      Expansion expansion = of_block(question.block);
      if (!names_block) expansion.bindings[name_] = YamlNode::text(context_.view(question.code));
      found.push_back(std::move(expansion));
    }
    if (found.empty()) source_.yaml.add(node, unknown_name("question", node.scalar, suffixes));
    return found;
  }

  void add_instance(std::uint32_t rule, const Expansion& expansion) {
    const std::size_t before = context_.mistakes->size();
    const std::size_t arguments_before = context_.draft.rule_arguments.size();
    const YamlNode root = replace_names(rule_body(), expansion.bindings, source_.yaml);
    if (context_.mistakes->size() > before) return;
    if (skip_missing_ && names_missing_question(root)) return;
    RuleInstance instance;
    instance.rule = rule;
    instance.block = expansion.block;
    instance.registry = expansion.registry;
    row_register_ = expansion.registry;
    const ConditionScope scope{&source_, kNone, nullptr, expansion.registry};
    if (const YamlNode* when = root.find("when"))
      instance.when = compile_condition(context_, *when, scope);
    const YamlNode* expect = root.find("expect");
    const YamlNode* check = root.find("check");
    if ((expect == nullptr) == (check == nullptr))
      source_.yaml.add(source_.root, "expected either \"expect\" or \"check\", got " +
                                         std::string(check == nullptr ? "neither" : "both"));
    if (expect != nullptr) instance.expect = compile_condition(context_, *expect, scope);
    if (check != nullptr) read_check(*check, instance);
    read_place(root, check != nullptr, instance);
    read_arguments(root, expansion, instance);
    if (context_.mistakes->size() > before) {
      context_.draft.rule_arguments.resize(arguments_before);
      return;
    }
    context_.draft.rule_instances.push_back(instance);
  }

  /// What of a rule differs by expansion.
  const YamlNode& rule_body() {
    if (body_.is_map()) return body_;
    body_.kind = YamlNode::Kind::map;
    for (const YamlNode::Entry& entry : source_.root.entries)
      if (entry.key == "when" || entry.key == "expect" || entry.key == "check" ||
          entry.key == "at" || entry.key == "arguments")
        body_.entries.push_back(entry);
    return body_;
  }

  /// Whether the expansion names a question that its block does not have.
  bool names_missing_question(const YamlNode& node) const {
    if (node.is_scalar()) {
      const std::size_t dot = node.scalar.find('.');
      return dot != std::string::npos &&
             context_.blocks.find(node.scalar.substr(0, dot)) != kNone &&
             node.scalar.find_first_of(" ,;") == std::string::npos &&
             context_.questions.find(node.scalar) == kNone;
    }
    return std::any_of(node.items.begin(), node.items.end(),
                       [&](const YamlNode& item) { return names_missing_question(item); }) ||
           std::any_of(node.entries.begin(), node.entries.end(),
                       [&](const auto& entry) { return names_missing_question(entry.value); });
  }

  void read_check(const YamlNode& check, RuleInstance& instance) {
    if (!check.is_map()) {
      source_.yaml.add(check, "expected a map with the check's name, got " + describe_node(check));
      return;
    }
    const YamlNode* name = source_.yaml.require(check, "name", "a check");
    if (name == nullptr) return;
    context_.rule_checks[source_.stem] = name->scalar;
    YamlNode parameters = check;
    parameters.entries.erase(
        std::remove_if(parameters.entries.begin(), parameters.entries.end(),
                       [](const YamlNode::Entry& entry) { return entry.key == "name"; }),
        parameters.entries.end());
    instance.check_parameters = context_.add(yaml_to_json(parameters));
    // A check that goes through a register itself may point at its columns.
    if (const YamlNode* registry = check.find("register"))
      row_register_ = context_.registers.resolve(source_.yaml, *registry, registry->scalar);
  }

  void read_place(const YamlNode& root, bool has_check, RuleInstance& instance) {
    const YamlNode* at = root.find("at");
    if (at == nullptr) {
      if (!has_check) source_.yaml.require(source_.root, "at", "a rule");
      return;
    }
    if (row_register_ != kNone && at->scalar.find('.') == std::string::npos)
      instance.at_column =
          context_.placed_registers[row_register_].columns.resolve(source_.yaml, *at, at->scalar);
    else
      instance.at_question = context_.questions.resolve(source_.yaml, *at, at->scalar);
  }

  void read_arguments(const YamlNode& root, const Expansion& expansion, RuleInstance& instance) {
    const YamlNode* arguments = root.find("arguments");
    if (arguments == nullptr) return;
    if (!arguments->is_map()) {
      source_.yaml.add(*arguments, "expected a map of arguments, got " + describe_node(*arguments));
      return;
    }
    instance.arguments.first = static_cast<std::uint32_t>(context_.draft.rule_arguments.size());
    for (const YamlNode::Entry& entry : arguments->entries) {
      RuleArgument argument;
      argument.name = context_.add(entry.key);
      read_argument(entry.value, expansion, argument);
      context_.draft.rule_arguments.push_back(argument);
    }
    instance.arguments.count =
        static_cast<std::uint32_t>(context_.draft.rule_arguments.size()) - instance.arguments.first;
  }

  void read_argument(const YamlNode& node, const Expansion& expansion, RuleArgument& argument) {
    if (!node.is_map() || node.entries.size() != 1) {
      source_.yaml.add(
          node, "expected an argument such as {answer_of: question}, got " + describe_node(node));
      return;
    }
    const auto& [kind, line, column, value] = node.entries.front();
    const auto set = [&](RuleArgument::Kind argument_kind, std::uint32_t subject) {
      argument.kind = argument_kind;
      argument.subject = subject;
    };
    if (kind == "title_of") {
      read_title(value, expansion, argument);
    } else if (kind == "answer_of") {
      set(RuleArgument::Kind::answer,
          context_.questions.resolve(source_.yaml, value, value.scalar));
    } else if (kind == "column_of" || kind == "label_of") {
      set(kind == "column_of" ? RuleArgument::Kind::cell : RuleArgument::Kind::column_label,
          row_column(value));
    } else if (kind == "option") {
      set(RuleArgument::Kind::option_label, option_index(value));
    } else if (kind == "row") {
      if (value.scalar != "title" || row_register_ == kNone)
        source_.yaml.add(value,
                         "expected {row: title} in a rule on rows, got " + describe_node(value));
      set(RuleArgument::Kind::row_title, kNone);
    } else if (kind == "provision") {
      set(RuleArgument::Kind::provision,
          context_.provisions.resolve(source_.yaml, value, value.scalar));
    } else if (kind == "text") {
      set(RuleArgument::Kind::text, context_.require_text(source_, value, value.scalar));
    } else {
      constexpr std::string_view kKinds[] = {"title_of", "answer_of", "column_of", "label_of",
                                             "option",   "row",       "provision", "text"};
      source_.yaml.add(line, column, unknown_name("kind of argument", kind, kKinds));
    }
  }

  std::uint32_t row_column(const YamlNode& value) {
    if (row_register_ != kNone)
      return context_.placed_registers[row_register_].columns.resolve(source_.yaml, value,
                                                                      value.scalar);
    source_.yaml.add(value, "expected a question, got the column " + describe_node(value) +
                                " where no row is at hand");
    return kNone;
  }

  /// Title of a block, label of a question, or of the option of a list that the rule runs over.
  void read_title(const YamlNode& value, const Expansion& expansion, RuleArgument& argument) {
    if (const std::uint32_t block = context_.blocks.find(value.scalar); block != kNone) {
      argument.kind = RuleArgument::Kind::block_title;
      argument.subject = block;
      return;
    }
    const auto bound = expansion.bindings.find(name_);
    if (expansion.option != kNone && bound != expansion.bindings.end() &&
        bound->second.scalar == value.scalar) {
      argument.kind = RuleArgument::Kind::option_label;
      argument.subject = expansion.option;
      return;
    }
    argument.kind = RuleArgument::Kind::question_label;
    argument.subject = context_.questions.resolve(source_.yaml, value, value.scalar);
  }

  std::uint32_t option_index(const YamlNode& value) {
    const std::size_t slash = value.scalar.find('/');
    if (slash == std::string::npos) {
      source_.yaml.add(value, "expected list/option, got " + describe_node(value));
      return kNone;
    }
    const std::uint32_t list =
        context_.lists.resolve(source_.yaml, value, value.scalar.substr(0, slash));
    if (list == kNone) return kNone;
    const std::uint32_t position =
        context_.option(source_, value, list, std::string_view(value.scalar).substr(slash + 1));
    return position == kNone ? kNone : context_.draft.lists[list].options.first + position;
  }

  void read_examples(const YamlNode& root, Rule& rule) {
    const auto check = context_.rule_checks.find(source_.stem);
    if (check != context_.rule_checks.end()) rule.check = context_.add(check->second);
    const YamlNode* examples = source_.yaml.require(root, "examples", "a rule");
    if (examples == nullptr || !source_.yaml.check_map(*examples, {"wrong", "right"}, "examples"))
      return;
    for (const std::string_view key : {"wrong", "right"})
      if (const YamlNode* example = source_.yaml.require(*examples, key, "examples"))
        check_example(*example);
    rule.examples = context_.add(yaml_to_json(*examples));
  }

  void check_example(const YamlNode& example) {
    if (!source_.yaml.check_map(example, kExampleKeys, "an example")) return;
    for (const std::string_view key : {"answers", "previous"})
      if (const YamlNode* answers = example.find(key))
        for (const YamlNode::Entry& entry : answers->entries) check_answer(entry);
    const YamlNode* registers = example.find("registers");
    if (registers == nullptr) return;
    for (const YamlNode::Entry& entry : registers->entries) {
      YamlNode at;
      at.line = entry.line;
      at.column = entry.column;
      const std::uint32_t registry = context_.registers.resolve(source_.yaml, at, entry.key);
      if (registry == kNone) continue;
      for (const YamlNode& row : source_.yaml.sequence(entry.value)) check_row(row, registry);
    }
  }

  void check_answer(const YamlNode::Entry& entry) {
    YamlNode at;
    at.line = entry.line;
    at.column = entry.column;
    context_.questions.resolve(source_.yaml, at, entry.key);
  }

  void check_row(const YamlNode& row, std::uint32_t registry) {
    if (source_.yaml.require(row, "id", "a row") == nullptr) return;
    for (const YamlNode::Entry& cell : row.entries) {
      if (cell.key == "id") continue;
      YamlNode at;
      at.line = cell.line;
      at.column = cell.column;
      context_.placed_registers[registry].columns.resolve(source_.yaml, at, cell.key);
    }
  }

  FormContext& context_;
  const FormSource& source_;
  std::string name_;
  bool skip_missing_ = false;
  std::uint32_t row_register_ = kNone;
  YamlNode body_;
};

}  // namespace

void compile_rules(FormContext& context) {
  // Sources of a folder come sorted by name, which is the rules' order.
  for (const FormSource* source : context.folder("rules")) RuleCompiler(context, *source).compile();
}

}  // namespace cosp
