/// Chapters, blocks and modules: where each question of the questionnaire stands.

#include <algorithm>

#include "readers/form_context.hpp"

namespace cosp {
namespace {

constexpr std::string_view kParameterKinds[] = {"text",      "provision", "provisions", "list",
                                                "condition", "register",  "option"};

/// Block codes and their parts, for the pass that places questions.
void compile_block_name(FormContext& context, const FormSource& source, const YamlNode& node,
                        std::uint32_t chapter) {
  if (!source.yaml.check_map(node, {"code", "article", "parts"}, "a block")) return;
  const YamlNode* code_node = source.yaml.require(node, "code", "a block");
  if (code_node == nullptr) return;
  const std::string code = source.yaml.text(*code_node).value_or("");
  check_code(source, *code_node, code, false);
  if (!context.blocks.add(code, static_cast<std::uint32_t>(context.draft.blocks.size())))
    source.yaml.add(*code_node, "expected each block once, got \"" + code + "\" again");
  Block block;
  block.code = context.add(code);
  block.article = context.add(source.yaml.text_of(node, "article"));
  block.chapter = chapter;
  context.draft.blocks.push_back(block);
}

void check_parameter(FormContext& context, const FormSource& source, const YamlNode& value,
                     const std::string& kind) {
  const auto resolve = [&](const NameIndex& names) {
    if (const auto code = source.yaml.text(value)) names.resolve(source.yaml, value, *code);
  };
  if (kind == "provision") resolve(context.provisions);
  if (kind == "provisions") context.read_provisions(source, value);
  if (kind == "text")
    if (const auto id = source.yaml.text(value)) context.require_text(source, value, *id);
  if (kind == "condition" && !value.is_map())
    source.yaml.add(value, "expected a condition, got " + describe_node(value));
  if (kind == "list" || kind == "register" || kind == "option") source.yaml.text(value);
}

/// The values a block gives to a module's parameters.
void bind_parameters(FormContext& context, const FormSource& source, const YamlNode& part_node,
                     const FormSource& module, FormPart& part) {
  const YamlNode* with = part_node.find("with");
  const YamlNode* parameters = module.root.find("parameters");
  if (with != nullptr && !with->is_map()) {
    source.yaml.add(*with, "expected a map of parameters, got " + describe_node(*with));
    return;
  }
  std::vector<std::string_view> known;
  if (parameters != nullptr)
    for (const YamlNode::Entry& parameter : parameters->entries) {
      known.push_back(parameter.key);
      const YamlNode* value = with == nullptr ? nullptr : with->find(parameter.key);
      if (value == nullptr) {
        source.yaml.add(part_node, "expected the parameter \"" + parameter.key + "\" of module \"" +
                                       module.stem + "\", got none");
        part.is_broken = true;
        continue;
      }
      check_parameter(context, source, *value, parameter.value.scalar);
      part.bindings[parameter.key] = *value;
      if (parameter.value.scalar == "text") part.text_parameters.push_back(parameter.key);
    }
  if (with == nullptr) return;
  for (const YamlNode::Entry& entry : with->entries)
    if (std::find(known.begin(), known.end(), entry.key) == known.end())
      source.yaml.add(
          entry.line, entry.column,
          unknown_name("parameter", entry.key, known) + " (module \"" + module.stem + "\")");
}

class BlockPlacer {
 public:
  BlockPlacer(FormContext& context, const FormSource& source, std::uint32_t block)
      : context_(context), source_(source), block_(block) {}

  void place(const YamlNode& node) {
    Block& block = context_.draft.blocks[block_];
    block.questions.first = static_cast<std::uint32_t>(context_.draft.questions.size());
    block.modules.first = static_cast<std::uint32_t>(context_.draft.block_modules.size());
    link_article(node);
    if (const YamlNode* parts = source_.yaml.require(node, "parts", "a block"))
      for (const YamlNode& part : source_.yaml.sequence(*parts)) place_part(part);
    Block& placed = context_.draft.blocks[block_];
    placed.questions.count =
        static_cast<std::uint32_t>(context_.draft.questions.size()) - placed.questions.first;
    placed.modules.count =
        static_cast<std::uint32_t>(context_.draft.block_modules.size()) - placed.modules.first;
  }

 private:
  void link_article(const YamlNode& node) {
    Block& block = context_.draft.blocks[block_];
    const std::string code(context_.view(block.code));
    if (const YamlNode* article = node.find("article"))
      block.provision = context_.provisions.resolve(source_.yaml, *article, article->scalar);
    const std::string own = "block." + code + ".title";
    const std::string of_article =
        "article." + std::string(context_.view(block.article)) + ".title";
    const bool has_own = context_.texts.has_source(own) || block.article.size == 0;
    const std::string& id = has_own ? own : of_article;
    context_.draft.blocks[block_].title = context_.require_text(source_, node, id);
    title_id_ = id;
  }

  void place_part(const YamlNode& node) {
    if (!source_.yaml.check_map(node, {"module", "with", "omit", "rename", "question"},
                                "a part of a block"))
      return;
    const YamlNode* question = node.find("question");
    const YamlNode* module = node.find("module");
    if ((question == nullptr) == (module == nullptr)) {
      source_.yaml.add(node, "expected either a module or a question, got " +
                                 std::string(question == nullptr ? "neither" : "both"));
      return;
    }
    if (question != nullptr)
      place_question(*question, source_, std::make_shared<FormPart>(), *question);
    else
      place_module(node, *module);
  }

  void place_module(const YamlNode& node, const YamlNode& module_node) {
    const auto name = source_.yaml.text(module_node);
    if (!name) return;
    const std::uint32_t index = context_.modules.resolve(source_.yaml, module_node, *name);
    if (index == kNone) return;
    const FormSource& module = *context_.module_sources[index];
    auto part = std::make_shared<FormPart>();
    part->module = index;
    bind_parameters(context_, source_, node, module, *part);
    bind_block(*part);
    context_.draft.block_modules.push_back(index);
    const YamlNode* questions = module.root.find("questions");
    if (questions == nullptr) return;
    const std::vector<std::string> omitted = read_changes(node, *questions, *part);
    for (const YamlNode& question : questions->items) {
      const YamlNode* code = question.find("code");
      if (code != nullptr &&
          std::find(omitted.begin(), omitted.end(), code->scalar) != omitted.end())
        continue;
      place_question(
          part->is_broken ? question : replace_names(question, part->bindings, module.yaml), module,
          part, node);
    }
  }

  void bind_block(FormPart& part) const {
    const Block& block = context_.draft.blocks[block_];
    part.bindings["block"] = YamlNode::text(context_.view(block.code));
    part.bindings["article"] = YamlNode::text(context_.view(block.article));
    part.bindings["title"] = YamlNode::text(title_id_);
    part.text_parameters.push_back("title");
  }

  /// Takes `rename` into the part; returns what `omit` leaves out.
  std::vector<std::string> read_changes(const YamlNode& node, const YamlNode& questions,
                                        FormPart& part) const {
    std::vector<std::string_view> known;
    for (const YamlNode& question : questions.items)
      if (const YamlNode* code = question.find("code")) known.push_back(code->scalar);
    const auto check = [&](const YamlNode& at, const std::string& suffix) {
      if (std::find(known.begin(), known.end(), suffix) == known.end())
        source_.yaml.add(
            at, unknown_name("question", suffix, known) + " (module \"" +
                    std::string(context_.view(context_.draft.modules[part.module].code)) + "\")");
    };
    std::vector<std::string> omitted;
    if (const YamlNode* omit = node.find("omit")) {
      omitted = source_.yaml.texts(*omit);
      for (const YamlNode& item : omit->items) check(item, item.scalar);
    }
    if (const YamlNode* rename = node.find("rename"))
      for (const YamlNode::Entry& entry : rename->entries) {
        check(entry.value, entry.key);
        if (const auto suffix = source_.yaml.text(entry.value)) part.renames[entry.key] = *suffix;
      }
    return omitted;
  }

  void place_question(YamlNode node, const FormSource& source, std::shared_ptr<const FormPart> part,
                      const YamlNode& placed_at) {
    const YamlNode* code_node = source.yaml.require(node, "code", "a question");
    if (code_node == nullptr) return;
    const auto written = source.yaml.text(*code_node);
    if (!written || !check_code(source, *code_node, *written, false)) return;
    const auto renamed = part->renames.find(*written);
    const std::string suffix = renamed == part->renames.end() ? *written : renamed->second;
    const std::string code =
        std::string(context_.view(context_.draft.blocks[block_].code)) + "." + suffix;
    if (!context_.questions.add(code,
                                static_cast<std::uint32_t>(context_.draft.questions.size()))) {
      source_.yaml.add(placed_at, "expected each question once, got \"" + code + "\" again");
      return;
    }
    Question question;
    question.code = context_.add(code);
    question.suffix = context_.add(suffix);
    question.block = block_;
    question.module = part->module;
    question.declared = source.at(node);
    context_.draft.questions.push_back(question);
    context_.placed_questions.push_back({std::move(node), &source, std::move(part), *written});
  }

  FormContext& context_;
  const FormSource& source_;
  std::uint32_t block_;
  std::string title_id_;
};

void compile_module_names(FormContext& context) {
  for (const FormSource* source : context.folder("modules")) {
    if (!source->yaml.check_map(source->root, {"id", "parameters", "questions"}, "a module"))
      continue;
    const std::string id = source->yaml.text_of(source->root, "id");
    if (id != source->stem)
      source->yaml.add(source->root, "expected the id \"" + source->stem +
                                         "\", as the file's name, got \"" + id + "\"");
    context.modules.add(source->stem, static_cast<std::uint32_t>(context.draft.modules.size()));
    context.draft.modules.push_back({context.add(source->stem)});
    context.module_sources.push_back(source);
    if (const YamlNode* questions = source->yaml.require(source->root, "questions", "a module"))
      source->yaml.sequence(*questions);
    const YamlNode* parameters = source->root.find("parameters");
    if (parameters == nullptr) continue;
    if (!parameters->is_map())
      source->yaml.add(*parameters,
                       "expected a map of parameters, got " + describe_node(*parameters));
    for (const YamlNode::Entry& entry : parameters->entries) {
      const std::span<const std::string_view> known(kParameterKinds);
      if (std::find(known.begin(), known.end(), entry.value.scalar) == known.end())
        source->yaml.add(entry.value, unknown_name("kind of parameter", entry.value.scalar, known));
      if (entry.key == "block" || entry.key == "article" || entry.key == "title")
        source->yaml.add(
            entry.line, entry.column,
            "expected another name, got \"" + entry.key + "\", which every module knows");
    }
  }
}

}  // namespace

void compile_chapter_names(FormContext& context) {
  const FormSource& form = *context.form_source;
  std::vector<std::string> listed;
  if (const YamlNode* chapters = form.yaml.require(form.root, "chapters", "form.yaml")) {
    for (const YamlNode& item : form.yaml.sequence(*chapters)) {
      const auto stem = form.yaml.text(item);
      if (!stem) continue;
      if (std::find(listed.begin(), listed.end(), *stem) != listed.end())
        form.yaml.add(item, "expected each chapter once, got \"" + *stem + "\" again");
      else if (context.find_source("chapters/" + *stem + ".yaml") == nullptr)
        form.yaml.add(item,
                      "expected a file chapters/" + *stem + ".yaml, got none that can be read");
      else
        listed.push_back(*stem);
    }
    for (const FormSource* source : context.folder("chapters"))
      if (std::find(listed.begin(), listed.end(), source->stem) == listed.end())
        source->yaml.add(0, 0,
                         "expected every chapter among `chapters` of form.yaml, got \"" +
                             source->stem + "\" left out");
  }
  for (const std::string& stem : listed) {
    const FormSource& source = *context.find_source("chapters/" + stem + ".yaml");
    if (!source.yaml.check_map(source.root, {"code", "always", "blocks"}, "a chapter")) continue;
    const auto index = static_cast<std::uint32_t>(context.draft.chapters.size());
    Chapter chapter;
    const std::string code = source.yaml.text_of(source.root, "code", stem);
    source.yaml.require(source.root, "code", "a chapter");
    if (!context.chapters.add(code, index))
      source.yaml.add(source.root, "expected each chapter once, got \"" + code + "\" again");
    chapter.code = context.add(code);
    chapter.title = context.require_text(source, source.root, "chapter." + code + ".title");
    chapter.is_always_asked = source.yaml.boolean_of(source.root, "always");
    chapter.blocks.first = static_cast<std::uint32_t>(context.draft.blocks.size());
    if (const YamlNode* blocks = source.yaml.require(source.root, "blocks", "a chapter"))
      for (const YamlNode& block : source.yaml.sequence(*blocks))
        compile_block_name(context, source, block, index);
    chapter.blocks.count =
        static_cast<std::uint32_t>(context.draft.blocks.size()) - chapter.blocks.first;
    context.draft.chapters.push_back(chapter);
    context.chapter_sources.push_back(&source);
  }
}

void compile_blocks(FormContext& context) {
  compile_module_names(context);
  std::uint32_t block = 0;
  for (const FormSource* source : context.chapter_sources) {
    const YamlNode* blocks = source->root.find("blocks");
    if (blocks == nullptr) continue;
    for (const YamlNode& node : blocks->items) {
      // What was no block with a code got no index either.
      if (!node.is_map() || node.find("code") == nullptr || node.find("code")->is_null()) continue;
      BlockPlacer(context, *source, block++).place(node);
    }
  }
}

}  // namespace cosp
