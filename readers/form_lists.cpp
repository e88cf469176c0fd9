/// Provisions and code lists.

#include <algorithm>
#include <array>

#include "readers/form_context.hpp"

namespace cosp {
namespace {

constexpr std::uint32_t kMostOptions = 64;  // answers hold options as bits
constexpr std::array<std::string_view, 2> kYesNo = {"yes", "no"};
constexpr std::string_view kYesNoList = "yes-no";

struct DeclaredProvision {
  Provision record;
  const YamlNode* node = nullptr;
};

/// A corrected number: what readers see changes, the code that answers carry does not.
void read_erratum(FormContext& context, const FormSource& source, const YamlNode& node,
                  Provision& record) {
  if (!source.yaml.check_map(node, {"number", "reason", "on"}, "an erratum")) return;
  const YamlNode* number = source.yaml.require(node, "number", "an erratum");
  const YamlNode* reason = source.yaml.require(node, "reason", "an erratum");
  const YamlNode* on = source.yaml.require(node, "on", "an erratum");
  if (number == nullptr || reason == nullptr || on == nullptr) return;
  const auto shown = source.yaml.text(*number);
  const auto why = source.yaml.text(*reason);
  const auto day = source.yaml.date(*on);
  if (!shown || !why || !day) return;
  if (*shown == context.view(record.code)) {
    source.yaml.add(*number,
                    "expected a number that differs from the code, got \"" + *shown + "\"");
    return;
  }
  record.number = context.add(*shown);
  record.erratum = context.add(*why);
  record.erratum_on = *day;
}

std::vector<DeclaredProvision> read_provision_file(FormContext& context, const FormSource& source) {
  std::vector<DeclaredProvision> declared;
  for (const YamlNode& node : source.yaml.sequence(source.root)) {
    if (!source.yaml.check_map(
            node,
            {"code", "article", "paragraph", "chapter", "obligation", "confidence", "erratum"},
            "a provision"))
      continue;
    const YamlNode* code = source.yaml.require(node, "code", "a provision");
    const YamlNode* article = source.yaml.require(node, "article", "a provision");
    if (code == nullptr || article == nullptr) continue;
    DeclaredProvision found;
    found.node = &node;
    found.record.code = context.add(code->scalar);
    found.record.number = found.record.code;
    if (const YamlNode* erratum = node.find("erratum"))
      read_erratum(context, source, *erratum, found.record);
    found.record.article = context.add(article->scalar);
    found.record.is_whole_article = code->scalar == article->scalar;
    found.record.chapter = context.chapters.find(source.yaml.text_of(node, "chapter"));
    if (const YamlNode* word = source.yaml.require(node, "obligation", "a provision")) {
      const auto obligation = parse_obligation(word->scalar);
      if (obligation)
        found.record.obligation = *obligation;
      else
        source.yaml.add(
            *word,
            "expected mandatory, consider, optional, guarantee, saving or informational, got " +
                describe_node(*word));
    }
    const std::string confidence = source.yaml.text_of(node, "confidence", "from-knowledge");
    found.record.is_verified = confidence == "text-verified";
    if (!found.record.is_verified && confidence != "from-knowledge")
      source.yaml.add(*node.find("confidence"),
                      "expected text-verified or from-knowledge, got \"" + confidence + "\"");
    declared.push_back(found);
  }
  return declared;
}

/// The article as a whole, from its paragraphs.
Provision whole_article(const FormContext& context, const std::vector<DeclaredProvision>& declared,
                        StringRef article) {
  Provision whole;
  whole.code = article;
  whole.number = article;
  whole.article = article;
  whole.is_whole_article = true;
  whole.is_verified = true;
  constexpr Obligation kByStrictness[] = {Obligation::mandatory, Obligation::guarantee,
                                          Obligation::consider,  Obligation::optional,
                                          Obligation::saving,    Obligation::informational};
  std::size_t strictest = std::size(kByStrictness);
  for (const DeclaredProvision& provision : declared) {
    if (context.view(provision.record.article) != context.view(article)) continue;
    if (whole.chapter == kNone) whole.chapter = provision.record.chapter;
    whole.is_verified = whole.is_verified && provision.record.is_verified;
    const auto rank =
        std::find(std::begin(kByStrictness), std::end(kByStrictness), provision.record.obligation);
    strictest = std::min(strictest, static_cast<std::size_t>(rank - std::begin(kByStrictness)));
  }
  if (strictest < std::size(kByStrictness)) whole.obligation = kByStrictness[strictest];
  return whole;
}

void add_provision(FormContext& context, const FormSource& source, const Provision& record,
                   const YamlNode& at) {
  const std::string code(context.view(record.code));
  if (!context.provisions.add(code, static_cast<std::uint32_t>(context.draft.provisions.size()))) {
    source.yaml.add(at, "expected each provision once, got \"" + code + "\" again");
    return;
  }
  Provision placed = record;
  placed.summary = context.optional_text("provision." + code + ".summary");
  if (placed.summary == kNone && placed.is_whole_article)
    placed.summary = context.optional_text("article." + code + ".title");
  context.draft.provisions.push_back(placed);
}

void read_option(FormContext& context, const FormSource& source, const YamlNode& node,
                 const std::string& list) {
  Option option;
  std::string code;
  if (node.is_scalar()) {
    code = node.scalar;
  } else {
    if (!source.yaml.check_map(node, {"code", "provisions", "exclusive", "note"}, "an option"))
      return;
    if (source.yaml.require(node, "code", "an option") == nullptr) return;
    code = source.yaml.text_of(node, "code");
    option.is_exclusive = source.yaml.boolean_of(node, "exclusive");
    const std::string note = source.yaml.text_of(node, "note");
    option.needs_note = note == "required";
    if (!note.empty() && !option.needs_note)
      source.yaml.add(*node.find("note"), "expected required, got \"" + note + "\"");
    if (const YamlNode* provisions = node.find("provisions"))
      option.provisions = context.read_provisions(source, *provisions);
  }
  if (!check_code(source, node, code, true)) return;
  option.code = context.add(code);
  option.label = context.require_text(source, node, "list." + list + "." + code);
  context.draft.options.push_back(option);
}

void add_block_options(FormContext& context, const FormSource& source, const YamlNode& from) {
  if (!source.yaml.check_map(from, {"module", "blocks"}, "options_from")) return;
  std::uint32_t module = kNone;
  if (const YamlNode* name = from.find("module")) {
    module = context.modules.resolve(source.yaml, *name, name->scalar);
    if (module == kNone) return;
  } else if (source.yaml.text_of(from, "blocks") != "all") {
    source.yaml.add(from, "expected {module: …} or {blocks: all}, got something else");
    return;
  }
  for (std::uint32_t i = 0; i < context.draft.blocks.size(); ++i) {
    const Block& block = context.draft.blocks[i];
    const auto used = context.draft.block_modules.begin() + block.modules.first;
    const bool is_meant = module == kNone ? block.article.size > 0
                                          : std::find(used, used + block.modules.count, module) !=
                                                used + block.modules.count;
    if (!is_meant) continue;
    Option option;
    option.code = block.code;
    option.label = block.title;
    option.block = i;
    if (block.provision != kNone) {
      const std::vector<std::uint32_t> provisions = {block.provision};
      option.provisions =
          context.provision_ranges.add(context.draft.provision_refs, provisions, provisions);
    }
    context.draft.options.push_back(option);
  }
}

void check_options(const FormContext& context, const FormSource& source, const YamlNode& node,
                   const List& list) {
  if (list.options.count == 0) source.yaml.add(node, "expected at least one option, got none");
  if (list.options.count > kMostOptions)
    source.yaml.add(node, "expected at most 64 options, got " + std::to_string(list.options.count));
  for (std::uint32_t i = 0; i < list.options.count; ++i)
    for (std::uint32_t j = 0; j < i; ++j) {
      const StringRef code = context.draft.options[list.options.first + i].code;
      if (context.view(code) == context.view(context.draft.options[list.options.first + j].code))
        source.yaml.add(node, "expected each option once, got \"" +
                                  std::string(context.view(code)) + "\" again");
    }
}

void read_list(FormContext& context, const FormSource& source, const YamlNode& node) {
  if (!source.yaml.check_map(node, {"code", "ordered", "options", "options_from"}, "a list"))
    return;
  const YamlNode* code_node = source.yaml.require(node, "code", "a list");
  if (code_node == nullptr || !check_code(source, *code_node, code_node->scalar, true)) return;
  const std::string& code = code_node->scalar;
  List list;
  list.code = context.add(code);
  list.title = context.optional_text("list." + code + ".title");
  list.is_ordered = source.yaml.boolean_of(node, "ordered");
  list.declared = source.at(node);
  list.options.first = static_cast<std::uint32_t>(context.draft.options.size());
  if (const YamlNode* from = node.find("options_from")) add_block_options(context, source, *from);
  if (const YamlNode* options = node.find("options"))
    for (const YamlNode& option : source.yaml.sequence(*options))
      read_option(context, source, option, code);
  list.options.count =
      static_cast<std::uint32_t>(context.draft.options.size()) - list.options.first;
  check_options(context, source, node, list);
  if (!context.lists.add(code, static_cast<std::uint32_t>(context.draft.lists.size()))) {
    source.yaml.add(*code_node, "expected each list once, got \"" + code + "\" again");
    return;
  }
  context.draft.lists.push_back(list);
}

/// What questions of type `yes_no` offer: a list like any other, the engine's own unless the form
/// declares it.
void add_yes_no_list(FormContext& context) {
  context.yes_no_list = context.lists.find(kYesNoList);
  if (context.yes_no_list != kNone) return;
  List list;
  list.code = context.add(kYesNoList);
  list.title = context.optional_text("list.yes-no.title");
  list.options = {static_cast<std::uint32_t>(context.draft.options.size()), kYesNo.size()};
  for (const std::string_view code : kYesNo) {
    Option option;
    option.code = context.add(code);
    option.label = context.texts.intern("list.yes-no." + std::string(code));
    context.draft.options.push_back(option);
  }
  context.yes_no_list = static_cast<std::uint32_t>(context.draft.lists.size());
  context.lists.add(kYesNoList, context.yes_no_list);
  context.draft.lists.push_back(list);
}

}  // namespace

void compile_provisions(FormContext& context) {
  take_authentic_texts(context);
  const FormSource* source = context.find_source("provisions.yaml");
  if (source == nullptr) return check_authentic_texts(context);
  const std::vector<DeclaredProvision> declared = read_provision_file(context, *source);
  std::vector<std::string> begun;
  for (const DeclaredProvision& provision : declared) {
    const std::string article(context.view(provision.record.article));
    if (!provision.record.is_whole_article &&
        std::find(begun.begin(), begun.end(), article) == begun.end()) {
      const bool is_declared =
          std::any_of(declared.begin(), declared.end(), [&](const DeclaredProvision& other) {
            return other.record.is_whole_article && context.view(other.record.article) == article;
          });
      if (is_declared)
        source->yaml.add(*provision.node, "expected the whole article \"" + article +
                                              "\" before its paragraphs, got it behind them");
      else
        add_provision(context, *source, whole_article(context, declared, provision.record.article),
                      *provision.node);
    }
    if (std::find(begun.begin(), begun.end(), article) == begun.end()) begun.push_back(article);
    add_provision(context, *source, provision.record, *provision.node);
  }
  check_authentic_texts(context);
}

void compile_lists(FormContext& context) {
  if (const FormSource* source = context.find_source("lists.yaml"))
    for (const YamlNode& node : source->yaml.sequence(source->root))
      read_list(context, *source, node);
  add_yes_no_list(context);
}

}  // namespace cosp
