/// Conditions: from their declaration to nodes in one array.

#include <algorithm>
#include <array>

#include "readers/form_comparisons.hpp"
#include "readers/form_context.hpp"

namespace cosp {
namespace {

constexpr std::string_view kHeads[] = {"all",     "any",      "not",      "question",   "column",
                                       "any_row", "all_rows", "no_row",   "count_rows", "count",
                                       "sum",     "previous", "reserved", "position",   "submitter",
                                       "stage",   "condition"};
constexpr int kMostNested = 40;  // named conditions within each other included

class ConditionCompiler {
 public:
  ConditionCompiler(FormContext& context, const ConditionScope& scope)
      : context_(context), scope_(scope) {}

  bool compile(const YamlNode& node) {
    if (++depth_ > kMostNested)
      return refuse(
          node, "expected at most 40 levels of conditions, got more: is it named within itself?");
    const bool done = compile_node(node);
    --depth_;
    return done;
  }

  std::vector<ConditionNode>& nodes() { return nodes_; }

 private:
  const YamlFile& yaml() const { return scope_.source->yaml; }

  bool refuse(const YamlNode& at, std::string what) {
    yaml().add(at, std::move(what));
    return false;
  }

  std::size_t open(ConditionKind kind) {
    ConditionNode node;
    node.kind = kind;
    nodes_.push_back(node);
    return nodes_.size() - 1;
  }
  void close(std::size_t index) { nodes_[index].next = static_cast<std::uint32_t>(nodes_.size()); }

  bool compile_node(const YamlNode& node) {
    if (!node.is_map()) return refuse(node, "expected a condition, got " + describe_node(node));
    std::string_view head;
    for (const std::string_view known : kHeads)
      if (head.empty() && node.find(known) != nullptr) head = known;
    if (head.empty()) {
      if (node.entries.empty()) return refuse(node, "expected a condition, got an empty map");
      return refuse(node, unknown_name("condition key", node.entries.front().key, kHeads));
    }
    if (head == "all" || head == "any") return compile_group(node, head);
    if (head == "not") return compile_negation(node);
    if (head == "question" || head == "column") return compile_leaf(node, head);
    if (head.ends_with("_row") || head.ends_with("_rows")) return compile_rows(node, head);
    if (head == "count") return compile_count(node);
    if (head == "sum") return compile_sum(node);
    if (head == "previous") return compile_previous(node);
    if (head == "reserved") return compile_reserved(node);
    if (head == "condition") return compile_named(node);
    return compile_fact(node, head);
  }

  bool compile_group(const YamlNode& node, std::string_view head) {
    if (!yaml().check_map(node, {head}, "a condition")) return false;
    const std::size_t index = open(head == "all" ? ConditionKind::all : ConditionKind::any);
    const YamlNode& parts = *node.find(head);
    bool is_good = parts.is_sequence();
    for (const YamlNode& part : yaml().sequence(parts)) is_good = compile(part) && is_good;
    close(index);
    return is_good;
  }

  bool compile_negation(const YamlNode& node) {
    if (!yaml().check_map(node, {"not"}, "a condition")) return false;
    const std::size_t index = open(ConditionKind::negation);
    const bool is_good = compile(*node.find("not"));
    nodes_[index].has_child = true;
    close(index);
    return is_good;
  }

  std::uint32_t column(const YamlNode& at, std::uint32_t registry) {
    if (registry == kNone) {
      yaml().add(at, "expected a question, got the column " + describe_node(at) +
                         " where no row is at hand");
      return kNone;
    }
    return context_.placed_registers[registry].columns.resolve(yaml(), at, at.scalar);
  }

  std::uint32_t question(const YamlNode& at) {
    return resolve_question(context_, at, at.scalar, scope_);
  }

  /// A question or a column, its operator and what it is compared with.
  bool compile_leaf(const YamlNode& node, std::string_view head) {
    yaml().check_map(node, {head, "operator", "value", "other", "moment"}, "a condition");
    const bool is_column = head == "column";
    const std::uint32_t subject =
        is_column ? column(*node.find(head), scope_.registry) : question(*node.find(head));
    std::uint32_t other = kNone;
    if (const YamlNode* name = node.find("other")) {
      other = is_column ? column(*name, scope_.registry) : question(*name);
      if (other == kNone) return false;
    }
    if (subject == kNone) return false;
    const std::size_t index = open(is_column ? ConditionKind::cell : ConditionKind::answer);
    nodes_[index].subject = subject;
    nodes_[index].other = other;
    close(index);
    return compile_comparison(context_, *scope_.source, node, field(is_column, subject),
                              other == kNone ? nullptr : field(is_column, other), nodes_[index]);
  }

  const Field* field(bool is_column, std::uint32_t index) const {
    if (is_column) return &context_.draft.columns[index];
    return &context_.draft.questions[index];
  }

  bool compile_previous(const YamlNode& node) {
    yaml().check_map(node, {"previous", "operator", "value", "other", "moment"}, "a condition");
    const std::uint32_t subject = question(*node.find("previous"));
    const YamlNode* name = node.find("other");
    const std::uint32_t other = name == nullptr ? kNone : question(*name);
    if (subject == kNone || (name != nullptr && other == kNone)) return false;
    const std::size_t index = open(ConditionKind::previous);
    nodes_[index].subject = subject;
    nodes_[index].other = other;
    close(index);
    return compile_comparison(context_, *scope_.source, node, field(false, subject),
                              other == kNone ? nullptr : field(false, other), nodes_[index]);
  }

  bool compile_rows(const YamlNode& node, std::string_view head) {
    const bool counts = head == "count_rows";
    if (counts)
      yaml().check_map(node, {head, "where", "cited_by", "naming", "in", "operator", "value"},
                       "a condition on rows");
    else
      yaml().check_map(node, {head, "where", "cited_by", "naming", "in"}, "a condition on rows");
    const YamlNode& name = *node.find(head);
    const std::uint32_t registry = context_.registers.resolve(yaml(), name, name.scalar);
    if (registry == kNone) return false;
    const std::size_t index = open(ConditionKind::rows);
    nodes_[index].subject = registry;
    nodes_[index].quantifier = head == "any_row"    ? Quantifier::any
                               : head == "all_rows" ? Quantifier::all
                               : head == "no_row"   ? Quantifier::none
                                                    : Quantifier::count;
    bool is_good = compile_cited_by(node, registry, index);
    is_good = compile_naming(node, registry, index) && is_good;
    if (counts) is_good = compile_number(context_, *scope_.source, node, nodes_[index]) && is_good;
    if (const YamlNode* where = node.find("where")) {
      const std::uint32_t outer = std::exchange(scope_.registry, registry);
      is_good = compile(*where) && is_good;
      scope_.registry = outer;
      nodes_[index].has_child = true;
    }
    close(index);
    return is_good;
  }

  bool compile_cited_by(const YamlNode& node, std::uint32_t registry, std::size_t index) {
    const YamlNode* cited_by = node.find("cited_by");
    if (cited_by == nullptr) return true;
    const std::uint32_t found = question(*cited_by);
    if (found == kNone) return false;
    nodes_[index].cited_by = found;
    if (context_.draft.questions[found].registry == registry) return true;
    return refuse(*cited_by,
                  "expected a reference to register \"" +
                      std::string(context_.view(context_.draft.registers[registry].code)) +
                      "\", got \"" + context_.name_of(context_.draft.questions[found]) + "\"");
  }

  bool compile_naming(const YamlNode& node, std::uint32_t registry, std::size_t index) {
    const YamlNode* naming = node.find("naming");
    const YamlNode* in = node.find("in");
    if (naming == nullptr && in == nullptr) return true;
    if (naming == nullptr || in == nullptr)
      return refuse(node, "expected both \"naming\" and \"in\", got one of them");
    const std::uint32_t found = column(*in, registry);
    if (found == kNone) return false;
    const Column& record = context_.draft.columns[found];
    nodes_[index].naming_column = found;
    if (record.type == QuestionType::provisions)
      nodes_[index].naming = context_.provisions.resolve(yaml(), *naming, naming->scalar);
    else if (is_choice(record.type) && record.list != kNone)
      nodes_[index].naming = context_.option(*scope_.source, *naming, record.list, naming->scalar);
    else
      return refuse(*in, "expected a column of choices or provisions, got \"" + in->scalar + "\"");
    return nodes_[index].naming != kNone;
  }

  /// Questions of a list; nothing when one of them is unknown.
  std::optional<std::vector<std::uint32_t>> questions(const YamlNode& node) {
    std::vector<std::uint32_t> found;
    bool is_good = node.is_sequence() && !node.items.empty();
    for (const YamlNode& item : yaml().sequence(node)) {
      found.push_back(question(item));
      is_good = is_good && found.back() != kNone;
    }
    if (node.is_sequence() && node.items.empty())
      yaml().add(node, "expected at least one question, got none");
    if (!is_good) return std::nullopt;
    return found;
  }

  bool compile_count(const YamlNode& node) {
    yaml().check_map(node, {"count", "where", "operator", "value"}, "a count");
    const auto operands = questions(*node.find("count"));
    if (!operands) return false;
    const std::size_t index = open(ConditionKind::count);
    nodes_[index].operands =
        context_.operand_ranges.add(context_.draft.condition_operands, *operands, *operands);
    nodes_[index].has_child = true;
    bool is_good = compile_number(context_, *scope_.source, node, nodes_[index]);
    const std::size_t leaf = open(ConditionKind::answer);
    if (const YamlNode* where = node.find("where")) {
      const Question& first = context_.draft.questions[operands->front()];
      for (const std::uint32_t operand : *operands) {
        const Question& other = context_.draft.questions[operand];
        if (other.type != first.type || other.list != first.list)
          is_good = refuse(*where, "expected questions of one type and list to count, got \"" +
                                       context_.name_of(first) + "\" and \"" +
                                       context_.name_of(other) + "\"");
      }
      yaml().check_map(*where, {"operator", "value", "moment"}, "what is counted");
      is_good = is_good &&
                compile_comparison(context_, *scope_.source, *where, &first, nullptr, nodes_[leaf]);
    }
    close(leaf);
    close(index);
    return is_good;
  }

  bool are_figures(const YamlNode& at, const std::vector<std::uint32_t>& operands) {
    for (const std::uint32_t operand : operands)
      if (!is_figure(context_.draft.questions[operand].type))
        return refuse(at, "expected figures to add, got \"" +
                              context_.name_of(context_.draft.questions[operand]) + "\" of type " +
                              std::string(to_string(context_.draft.questions[operand].type)));
    return true;
  }

  bool compile_sum(const YamlNode& node) {
    yaml().check_map(node, {"sum", "operator", "value", "other_sum"}, "a sum");
    const auto operands = questions(*node.find("sum"));
    const YamlNode* other = node.find("other_sum");
    const auto others = other == nullptr ? std::vector<std::uint32_t>{} : questions(*other);
    if (!operands || !others || !are_figures(node, *operands) || !are_figures(node, *others))
      return false;
    const std::size_t index = open(ConditionKind::sum);
    nodes_[index].operands =
        context_.operand_ranges.add(context_.draft.condition_operands, *operands, *operands);
    nodes_[index].other_operands =
        context_.operand_ranges.add(context_.draft.condition_operands, *others, *others);
    close(index);
    if (other != nullptr && node.find("value") != nullptr)
      return refuse(node, "expected either \"value\" or \"other_sum\", got both");
    if (other != nullptr) return compile_number_operator(*scope_.source, node, nodes_[index]);
    return compile_number(context_, *scope_.source, node, nodes_[index]);
  }

  bool compile_reserved(const YamlNode& node) {
    yaml().check_map(node, {"reserved"}, "a condition");
    const YamlNode& name = *node.find("reserved");
    const std::uint32_t block = context_.blocks.find(name.scalar);
    std::uint32_t provision = kNone;
    if (block == kNone)
      provision = context_.provisions.resolve(yaml(), name, name.scalar);
    else if (context_.draft.blocks[block].provision == kNone)
      return refuse(name, "expected a block about an article, got \"" + name.scalar + "\"");
    else
      provision = context_.draft.blocks[block].provision;
    const std::size_t index = open(ConditionKind::reserved);
    nodes_[index].subject = provision;
    close(index);
    return provision != kNone;
  }

  /// {position: …}, {submitter: …}, {stage: …}: one word or a list of words.
  bool compile_fact(const YamlNode& node, std::string_view head) {
    yaml().check_map(node, {head}, "a condition");
    const std::size_t index = open(head == "position"    ? ConditionKind::position
                                   : head == "submitter" ? ConditionKind::submitter
                                                         : ConditionKind::stage);
    const YamlNode& value = *node.find(head);
    bool is_good = true;
    const auto take = [&](const YamlNode& item) {
      std::optional<int> bit;
      std::string_view words = "draft or final";
      if (head == "position") {
        words = "party, signatory, neither or former_party";
        if (const auto parsed = parse_position(item.scalar)) bit = static_cast<int>(*parsed);
      } else if (head == "submitter") {
        words = "state, organization or body";
        if (const auto parsed = parse_submitter_kind(item.scalar)) bit = static_cast<int>(*parsed);
      } else if (const auto parsed = parse_stage(item.scalar)) {
        bit = static_cast<int>(*parsed);
      }
      if (bit)
        nodes_[index].mask |= std::uint64_t{1} << *bit;
      else
        is_good = refuse(item, "expected " + std::string(words) + ", got " + describe_node(item));
    };
    if (value.is_sequence())
      for (const YamlNode& item : value.items) take(item);
    else
      take(value);
    close(index);
    return is_good;
  }

  bool compile_named(const YamlNode& node) {
    yaml().check_map(node, {"condition"}, "a condition");
    const YamlNode& name = *node.find("condition");
    const auto named = context_.condition_nodes.find(name.scalar);
    if (named == context_.condition_nodes.end()) {
      context_.conditions.resolve(yaml(), name, name.scalar);
      return false;
    }
    // Its own mistakes are reported where it stands; here it is only put in.
    const ConditionScope outer = scope_;
    scope_ = {context_.form_source, kNone, nullptr, kNone};
    const bool is_good = compile(*named->second);
    scope_ = outer;
    return is_good;
  }

  FormContext& context_;
  ConditionScope scope_;
  std::vector<ConditionNode> nodes_;
  int depth_ = 0;
};

}  // namespace

std::uint32_t resolve_question(FormContext& context, const YamlNode& at, std::string_view code,
                               const ConditionScope& scope) {
  std::string whole(code);
  if (scope.block != kNone && code.find('.') == std::string_view::npos) {
    std::string suffix(code);
    if (scope.renames != nullptr)
      if (const auto renamed = scope.renames->find(suffix); renamed != scope.renames->end())
        suffix = renamed->second;
    whole = std::string(context.view(context.draft.blocks[scope.block].code)) + "." + suffix;
  }
  return context.questions.resolve(scope.source->yaml, at, whole);
}

std::uint32_t compile_condition(FormContext& context, const YamlNode& node,
                                const ConditionScope& scope) {
  ConditionCompiler compiler(context, scope);
  if (!compiler.compile(node)) return kNone;
  const auto root = static_cast<std::uint32_t>(context.draft.conditions.size());
  for (ConditionNode compiled : compiler.nodes()) {
    compiled.next += root;
    context.draft.conditions.push_back(compiled);
  }
  const auto [known, is_new] =
      context.condition_roots.try_emplace(describe_condition(context, root), root);
  if (!is_new) context.draft.conditions.resize(root);
  return known->second;
}

std::vector<std::uint32_t> questions_read(const FormContext& context, std::uint32_t root) {
  std::vector<std::uint32_t> read;
  const FormDraft& draft = context.draft;
  const auto add_range = [&](Range range) {
    const auto first = draft.condition_operands.begin() + range.first;
    read.insert(read.end(), first, first + range.count);
  };
  for (std::uint32_t i = root; i < draft.conditions[root].next; ++i) {
    const ConditionNode& node = draft.conditions[i];
    if (node.kind == ConditionKind::answer) read.push_back(node.subject);
    // The last cycle's answer to a later question is known already.
    if (node.kind == ConditionKind::answer || node.kind == ConditionKind::previous)
      read.push_back(node.other);
    read.push_back(node.cited_by);
    add_range(node.operands);
    add_range(node.other_operands);
  }
  read.erase(std::remove(read.begin(), read.end(), kNone), read.end());
  return read;
}

}  // namespace cosp
