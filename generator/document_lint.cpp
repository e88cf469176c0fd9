/// Mistakes of products, found before anything is rendered.
#include <optional>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "generator/document_product.hpp"
#include "generator/document_set.hpp"
#include "generator/document_shapes.hpp"
#include "generator/narrative_arguments.hpp"

namespace cosp {
namespace {

using Names = std::set<std::string, std::less<>>;

Names names_of(const Arguments& arguments) {
  Names names;
  for (const auto& [name, value] : arguments) names.insert(name);
  return names;
}

/// The names that texts may use, found by making the arguments themselves, for a cycle in which
/// nobody reports: what is checked is what will be given.
class KnownArguments {
 public:
  explicit KnownArguments(const Form& form)
      : form_(form), input_{form, cycle_, {}, Audience::secretariat} {
    cycle_.roster.entries.emplace_back();
    standard_ = names_of(standard_arguments(input_, form.language_tag(0)));
    find_submitter();
    // Tables that are made only by a decision have columns too.
    cycle_.decision = Decision{{}, {}, false, true};
  }

  Names of_page(bool is_each_state) const {
    Names names = standard_;
    if (is_each_state) names.insert(submitter_.begin(), submitter_.end());
    return names;
  }

  /// Those of a row of the table; nothing for a table without rows, or that cannot be counted.
  std::optional<Names> of_row(const std::string& table_id) {
    const std::vector<std::string> only = {table_id};
    const auto tables = count_tables(input_, only);
    if (!tables || tables->empty() || tables->front().rows.empty()) return std::nullopt;
    TableText words(form_, cycle_, form_.language_tag(0));
    const RowArguments row = row_arguments(tables->front(), tables->front().rows.front(), words);
    Names names = names_of(row.arguments);
    names.insert(row.suppressed.begin(), row.suppressed.end());
    return names;
  }

 private:
  void find_submitter() {
    Submission submission;
    submission.header.language = form_.language_tag(0);
    submission.answers.resize(form_.questions().size());
    submission.registers.resize(form_.registers().size());
    const Evaluation evaluation(form_, submission, Surroundings{&cycle_, nullptr});
    const Contributor nobody{&cycle_.roster.entries.front(), &submission, &evaluation, {}, {}, {}};
    submitter_ = names_of(submitter_arguments(input_, nobody, form_.language_tag(0)));
  }

  const Form& form_;
  Cycle cycle_;
  CompilationInput input_;
  Names standard_, submitter_;
};

/// Holds the texts of one product against the arguments that they will be given, in every language.
class TextLint {
 public:
  TextLint(const Form& form, KnownArguments& known, const Product& product,
           std::vector<std::string>& mistakes)
      : form_(form),
        known_(known),
        product_(product),
        mistakes_(mistakes),
        page_(known.of_page(product.is_each_state)) {}

  void run() {
    // A workbook's title is its file's too, and given nothing.
    check(fmt::format("product.{}.title", product_.id),
          product_.format == "html" ? page_ : Names{});
    for (const ProductPart& part : product_.parts) check(part);
  }

 private:
  void check(const ProductPart& part) {
    const std::string id = "part." + part.id;
    switch (part.kind) {
      case ProductPart::Kind::table:
      case ProductPart::Kind::figure: return;
      case ProductPart::Kind::heading: return check(id, page_);
      case ProductPart::Kind::paragraph:
      case ProductPart::Kind::states:
        for (const std::string_view wording : {"", ".none", ".authentic"})
          check(id + std::string(wording), page_);
        return;
      case ProductPart::Kind::paragraphs_by_row: return check_rows(id, part.table);
    }
  }

  void check_rows(const std::string& id, const std::string& table) {
    const std::optional<Names> row = known_.of_row(table);
    if (!row) return;
    Names all = page_, sure = {"title", "label", "number"};
    all.insert(row->begin(), row->end());
    check(id, all);
    // Any figure of the row may be suppressed where these stand in.
    for (const std::string& name : page_)
      if (!row->contains(name)) sure.insert(name);
    for (const std::string_view instead : {".none", ".suppressed"})
      check(id + std::string(instead), sure);
  }

  void check(const std::string& id, const Names& given) {
    const TextId text = form_.find_text(id);
    if (text == kNone) return;
    Names found;
    for (std::uint32_t language = 0; language < form_.tables().languages.size(); ++language) {
      const auto used = message_arguments(form_.text(text, language).value);
      if (!used) continue;  // broken patterns are found where texts are checked
      for (const MessageArgument& argument : *used)
        if (!given.contains(argument.name) && found.insert(argument.name).second)
          complain(id, argument.name, given);
    }
  }

  void complain(const std::string& id, const std::string& name, const Names& given) {
    const std::vector<std::string_view> names(given.begin(), given.end());
    const auto near = nearest(name, names);
    mistakes_.push_back(
        fmt::format("text \"{}\" uses the argument \"{}\", which it is not given{}", id, name,
                    near ? fmt::format(" (nearest: \"{}\")", *near) : std::string()));
  }

  const Form& form_;
  KnownArguments& known_;
  const Product& product_;
  std::vector<std::string>& mistakes_;
  Names page_;
};

}  // namespace

std::vector<Mistake> lint_products(const Form& form, TemplateSet* templates) {
  std::vector<Mistake> mistakes;
  KnownArguments known(form);
  const auto files = form.tables().files;
  for (const Declaration& declaration : form.products()) {
    ProductReading reading = read_product(form, declaration);
    if (templates != nullptr && !reading.product.template_name.empty()) {
      const Result<void> checked =
          templates->check(reading.product.template_name, document_shape());
      if (!checked) reading.mistakes.push_back("template: " + describe(checked.error()));
    }
    TextLint(form, known, reading.product, reading.mistakes).run();
    const DeclaredAt at = declaration.declared;
    const std::string file =
        at.file < files.size() ? std::string(form.string(files[at.file])) : std::string{};
    for (std::string& what : reading.mistakes)
      mistakes.push_back({file, at.line, at.column, std::move(what)});
  }
  return mistakes;
}

}  // namespace cosp
