#include "generator/lint.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "generator/kinds/table_declaration.hpp"

namespace cosp {
namespace {

using Json = nlohmann::json;

class ProductLint {
 public:
  ProductLint(const Form& form, const Declaration& product, std::vector<Mistake>& mistakes)
      : form_(form), product_(product), mistakes_(mistakes) {}

  void run(const std::vector<std::string>& templates) {
    const Json json = Json::parse(form_.string(product_.json), nullptr, false);
    if (!json.is_object()) return add("expected a declaration, got none");
    check_template(json, templates);
    need_text(fmt::format("product.{}.title", form_.string(product_.id)));
    const auto parts = json.find("parts");
    if (parts == json.end() || !parts->is_array()) return;
    for (const Json& part : *parts)
      if (part.is_object()) check_part(part);
  }

 private:
  void add(std::string what) {
    const auto files = form_.tables().files;
    const DeclaredAt at = product_.declared;
    mistakes_.push_back({at.file < files.size() ? std::string(form_.string(files[at.file])) : std::string(), at.line,
                         at.column, std::move(what)});
  }

  void need_text(const std::string& id) {
    if (form_.find_text(id) == kNone) add(fmt::format("expected the text \"{}\", got none", id));
  }

  void check_template(const Json& json, const std::vector<std::string>& templates) {
    const std::string name = json.value("template", std::string());
    if (form_.string(product_.kind) == "xlsx") {
      if (!name.empty()) add("expected no template for a workbook, got \"" + name + "\"");
      return;
    }
    if (templates.empty() || std::find(templates.begin(), templates.end(), name) != templates.end()) return;
    std::vector<std::string_view> known(templates.begin(), templates.end());
    const auto near = nearest(name, known);
    add(fmt::format("expected a known template, got \"{}\"{}", name,
                    near ? fmt::format(" (nearest: \"{}\")", *near) : std::string()));
  }

  void check_part(const Json& part) {
    for (const auto& [key, value] : part.items()) {
      if (!value.is_string()) {
        add(fmt::format("expected \"{}\" to be one word, got {}", key, value.dump()));
      } else if (key == "table") {
        if (form_.find_table(value.get<std::string>()) == kNone)
          add(fmt::format("expected a declared table, got \"{}\"", value.get<std::string>()));
      } else if (key == "heading" || key == "paragraph" || key == "paragraphs_by_row") {
        need_text("part." + value.get<std::string>());
      }
    }
  }

  const Form& form_;
  const Declaration& product_;
  std::vector<Mistake>& mistakes_;
};

void lint_table(const Form& form, const Declaration& declared, std::vector<Mistake>& mistakes) {
  const auto declaration = read_table_declaration(form, declared, mistakes);
  if (!declaration) return;
  const auto files = form.tables().files;
  const auto need = [&](std::string_view part) {
    const std::string id = fmt::format("table.{}.{}", declaration->id, part);
    if (form.find_text(id) != kNone) return;
    const DeclaredAt at = declared.declared;
    mistakes.push_back({at.file < files.size() ? std::string(form.string(files[at.file])) : std::string(), at.line,
                        at.column, fmt::format("expected the text \"{}\", got none", id)});
  };
  need("title");
  if (declaration->shape) need("alternative");
}

}  // namespace

std::vector<Mistake> lint_tables(const Form& form, const std::vector<std::string>& templates) {
  std::vector<Mistake> mistakes;
  for (const Declaration& declared : form.table_declarations()) lint_table(form, declared, mistakes);
  for (const Declaration& product : form.products()) ProductLint(form, product, mistakes).run(templates);
  return mistakes;
}

std::vector<KindDescription> describe_table_kinds() {
  std::vector<KindDescription> descriptions;
  for (const Kind& kind : table_kinds()) {
    KindDescription description{kind.id, kind.what, {}};
    for (const Parameter& parameter : kind.parameters)
      description.parameters.push_back({parameter.name, parameter.type, parameter.what, parameter.is_required});
    descriptions.push_back(std::move(description));
  }
  return descriptions;
}

}  // namespace cosp
