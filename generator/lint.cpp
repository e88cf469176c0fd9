#include "generator/lint.hpp"

#include <fmt/format.h>

#include "generator/kinds/table_declaration.hpp"

namespace cosp {
namespace {

void lint_table(const Form& form, const Declaration& declared, std::vector<Mistake>& mistakes) {
  const auto declaration = read_table_declaration(form, declared, mistakes);
  if (!declaration) return;
  const auto files = form.tables().files;
  const auto need = [&](std::string_view part) {
    const std::string id = fmt::format("table.{}.{}", declaration->id, part);
    if (form.find_text(id) != kNone) return;
    const DeclaredAt at = declared.declared;
    mistakes.push_back(
        {at.file < files.size() ? std::string(form.string(files[at.file])) : std::string(), at.line,
         at.column, fmt::format("expected the text \"{}\", got none", id)});
  };
  need("title");
  if (declaration->shape) need("alternative");
}

}  // namespace

std::vector<Mistake> lint_tables(const Form& form) {
  std::vector<Mistake> mistakes;
  for (const Declaration& declared : form.table_declarations())
    lint_table(form, declared, mistakes);
  return mistakes;
}

std::vector<KindDescription> describe_table_kinds() {
  std::vector<KindDescription> descriptions;
  for (const Kind& kind : table_kinds()) {
    KindDescription description{kind.id, kind.what, {}};
    for (const Parameter& parameter : kind.parameters)
      description.parameters.push_back(
          {parameter.name, parameter.type, parameter.what, parameter.is_required});
    descriptions.push_back(std::move(description));
  }
  return descriptions;
}

}  // namespace cosp
