#include "readers/form_compiler.hpp"

#include <algorithm>
#include <numeric>

#include "base/language.hpp"
#include "readers/form_context.hpp"
#include "readers/form_image.hpp"

namespace cosp {
namespace {

constexpr std::string_view kTopFiles[] = {"form.yaml", "provisions.yaml", "lists.yaml"};
constexpr std::string_view kFolders[] = {"modules", "chapters", "registers",
                                         "rules",   "tables",   "products"};
constexpr std::uint64_t kMostDeclarationBytes = std::uint64_t{64} << 20;

std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.find('/');
  return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

bool contains(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Language of a file of authentic texts, "authentic/<lang>.yaml".
std::string authentic_language(const SourceFile& file) {
  constexpr std::string_view kFolder = "authentic/", kEnding = ".yaml";
  return file.within.substr(kFolder.size(), file.within.size() - kFolder.size() - kEnding.size());
}

/// Language of a file of texts: "texts/<lang>/x.yaml", of common ones "<lang>/x.yaml"; empty for
/// any other file.
std::string text_language(const SourceFile& file) {
  std::string_view path = file.within;
  if (!file.is_common) {
    if (folder_of(path) != "texts") return {};
    path.remove_prefix(6);
  }
  return std::string(folder_of(path));
}

std::vector<std::string> read_languages(const FormSource& form) {
  std::vector<std::string> languages;
  const YamlNode* node = form.yaml.require(form.root, "languages", "form.yaml");
  if (node == nullptr) return languages;
  for (const YamlNode& item : form.yaml.sequence(*node)) {
    const auto tag = form.yaml.text(item);
    if (!tag) continue;
    if (canonical_language(*tag) != *tag)
      form.yaml.add(item, "expected a language tag such as \"en\", got \"" + *tag + "\"");
    else if (std::find(languages.begin(), languages.end(), *tag) != languages.end())
      form.yaml.add(item, "expected each language once, got \"" + *tag + "\" again");
    else
      languages.push_back(*tag);
  }
  if (node->is_sequence() && node->items.empty())
    form.yaml.add(*node, "expected at least one language, got none");
  return languages;
}

class Compiler {
 public:
  Compiler(const std::vector<SourceFile>& sources, const std::vector<std::string>& contents,
           std::vector<Mistake>& mistakes)
      : sources_(sources), contents_(contents), mistakes_(mistakes) {}

  std::string compile(const std::filesystem::path& form_folder) {
    if (!read_form_file()) return {};
    FormContext context(languages_.size());
    context.mistakes = &mistakes_;
    context.languages = languages_;
    read_all(context);
    context.form_source = context.find_source("form.yaml");
    check_folder_name(context, form_folder);
    run_passes(context);
    if (!mistakes_.empty()) return {};
    context.draft.identity.source_digest = context.add(digest_sources(sources_, contents_));
    compile_digests(context);
    finish(context);
    return pack_form(context.draft);
  }

 private:
  /// The languages must be known before texts are read.
  bool read_form_file() {
    std::uint64_t bytes = 0;
    for (const std::string& content : contents_) bytes += content.size();
    if (bytes > kMostDeclarationBytes) {
      mistakes_.push_back(
          {"", 0, 0,
           "expected at most 64 MiB of declarations, got " + std::to_string(bytes) + " bytes"});
      return false;
    }
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      if (sources_[i].is_common || sources_[i].within != "form.yaml") continue;
      auto root = parse_yaml(contents_[i], sources_[i].name, mistakes_);
      if (!root) return false;
      form_root_ = std::move(*root);
      languages_ = read_languages({YamlFile(sources_[i].name, mistakes_), form_root_, "form", 0});
      if (languages_.empty() && mistakes_.empty())
        mistakes_.push_back({sources_[i].name, 0, 0, "expected the head of a form, got nothing"});
      return !languages_.empty();
    }
    mistakes_.push_back({"form.yaml", 0, 0, "expected this file, got none"});
    return false;
  }

  void read_all(FormContext& context) {
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      if (sources_[i].is_common || folder_of(sources_[i].within) == "texts")
        read_texts(context, i);
      else if (folder_of(sources_[i].within) == "authentic")
        read_authentic(context, i);
      else
        read_declaration(context, i);
    }
    context.texts.settle_states();
  }

  void read_texts(FormContext& context, std::size_t index) {
    const SourceFile& file = sources_[index];
    const std::string tag = text_language(file);
    const auto language = std::find(languages_.begin(), languages_.end(), tag);
    if (language == languages_.end()) {
      // Common texts are there for every form's languages; and a translation is worked on before
      // the form declares its language.
      if (!file.is_common && (tag.empty() || canonical_language(tag) != tag))
        mistakes_.push_back(
            {file.name, 0, 0, "expected texts in a folder of their language, got \"" + tag + "\""});
      return;
    }
    const auto root = parse_yaml(contents_[index], file.name, mistakes_);
    if (!root) return;
    const auto number = static_cast<std::uint32_t>(language - languages_.begin());
    const YamlFile yaml(file.name, mistakes_);
    if (std::filesystem::path(file.path).filename() == kTextRecordFile)
      context.texts.read_records(number, yaml, *root, file.is_common);
    else
      context.texts.read(number, yaml, *root, file.is_common);
  }

  void read_authentic(FormContext& context, std::size_t index) {
    const SourceFile& file = sources_[index];
    const std::string tag = authentic_language(file);
    const auto language = std::find(languages_.begin(), languages_.end(), tag);
    if (language == languages_.end()) {
      // As with translations: a language that the form does not declare yet is left aside.
      if (tag.empty() || canonical_language(tag) != tag)
        mistakes_.push_back(
            {file.name, 0, 0,
             "expected authentic texts in a file named by their language, got \"" + tag + "\""});
      return;
    }
    auto root = parse_yaml(contents_[index], file.name, mistakes_);
    if (!root) return;
    context.authentic_sources.emplace(
        static_cast<std::uint32_t>(language - languages_.begin()),
        FormSource{YamlFile(file.name, mistakes_), std::move(*root), tag, kNone});
  }

  void read_declaration(FormContext& context, std::size_t index) {
    const SourceFile& file = sources_[index];
    const std::string_view folder = folder_of(file.within);
    const bool is_known = folder.empty()
                              ? contains(kTopFiles, file.within)
                              : contains(kFolders, folder) &&
                                    file.within.find('/', folder.size() + 1) == std::string::npos;
    if (!is_known) {
      const std::string_view what = folder.empty() ? std::string_view(file.within) : folder;
      mistakes_.push_back(
          {file.name, 0, 0,
           unknown_name(folder.empty() ? "file" : "place for a file", what,
                        folder.empty() ? std::span<const std::string_view>(kTopFiles) : kFolders)});
      return;
    }
    auto root = file.within == "form.yaml" ? std::optional<YamlNode>(form_root_)
                                           : parse_yaml(contents_[index], file.name, mistakes_);
    if (!root) return;
    const auto number = static_cast<std::uint32_t>(context.draft.files.size());
    context.draft.files.push_back(context.add(file.name));
    const std::string stem = file.within.substr(folder.empty() ? 0 : folder.size() + 1);
    context.sources.emplace(file.within,
                            FormSource{YamlFile(file.name, mistakes_), std::move(*root),
                                       stem.substr(0, stem.size() - 5), number});
  }

  void check_folder_name(const FormContext& context,
                         const std::filesystem::path& form_folder) const {
    std::error_code ignored;
    const std::filesystem::path folder = std::filesystem::weakly_canonical(form_folder, ignored);
    const std::string version = folder.filename().string();
    if (version.empty() || version.find('.') == std::string::npos ||
        version.find_first_not_of("0123456789.") != std::string::npos)
      return;
    const FormSource& form = *context.form_source;
    const std::string id = folder.parent_path().filename().string();
    if (const YamlNode* node = form.root.find("version");
        node != nullptr && node->scalar != version)
      form.yaml.add(*node, "expected the version \"" + version + "\", as the folder's name, got " +
                               describe_node(*node));
    if (const YamlNode* node = form.root.find("id"); node != nullptr && node->scalar != id)
      form.yaml.add(*node, "expected the id \"" + id + "\", as the folder's name, got " +
                               describe_node(*node));
  }

  void run_passes(FormContext& context) {
    compile_head(context);
    compile_chapter_names(context);
    compile_provisions(context);
    compile_blocks(context);
    compile_lists(context);
    compile_registers(context);
    compile_questions(context);
    compile_engine_parts(context);
    compile_rules(context);
    compile_tables_and_products(context);
    sort_mistakes(mistakes_);
  }

  /// Texts get their places in the sorted ids, and whatever named them by number follows.
  static void finish(FormContext& context) {
    FormDraft& draft = context.draft;
    const std::vector<TextId> index_of = context.texts.finish(draft);
    const auto move = [&](TextId& id) {
      if (id != kNone) id = index_of[id];
    };
    for (Question& question : draft.questions) {
      move(question.label);
      move(question.help);
    }
    for (Column& column : draft.columns) {
      move(column.label);
      move(column.help);
    }
    for (Option& option : draft.options) move(option.label);
    for (List& list : draft.lists) move(list.title);
    for (Register& registry : draft.registers) move(registry.title);
    for (Provision& provision : draft.provisions) move(provision.summary);
    for (Chapter& chapter : draft.chapters) move(chapter.title);
    for (Block& block : draft.blocks) move(block.title);
    for (Rule& rule : draft.rules) {
      move(rule.message);
      move(rule.why);
      move(rule.mend);
    }
    for (RuleArgument& argument : draft.rule_arguments)
      if (argument.kind == RuleArgument::Kind::text) move(argument.subject);
    sort_index(context, draft.questions, draft.questions_by_code);
    sort_index(context, draft.provisions, draft.provisions_by_code);
  }

  template <class Record>
  static void sort_index(const FormContext& context, const std::vector<Record>& records,
                         std::vector<std::uint32_t>& index) {
    index.resize(records.size());
    std::iota(index.begin(), index.end(), 0U);
    std::sort(index.begin(), index.end(), [&](std::uint32_t a, std::uint32_t b) {
      return context.view(records[a].code) < context.view(records[b].code);
    });
  }

  const std::vector<SourceFile>& sources_;
  const std::vector<std::string>& contents_;
  std::vector<Mistake>& mistakes_;
  YamlNode form_root_;
  std::vector<std::string> languages_;
};

}  // namespace

std::string compile_declarations(const std::filesystem::path& form_folder,
                                 const std::vector<SourceFile>& sources,
                                 const std::vector<std::string>& contents,
                                 std::vector<Mistake>& mistakes) {
  std::string packed = Compiler(sources, contents, mistakes).compile(form_folder);
  sort_mistakes(mistakes);
  return packed;
}

}  // namespace cosp
