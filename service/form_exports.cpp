#include "service/form_exports.hpp"

#include "base/file.hpp"
#include "generator/form_dictionary.hpp"
#include "generator/form_print.hpp"
#include "generator/form_xlsform.hpp"
#include "generator/json_schema.hpp"
#include "service/form_outline.hpp"

namespace cosp {
namespace fs = std::filesystem;

Result<void> export_form(Workspace& workspace, const Form& form, FormExport as,
                         const std::string& language, const fs::path& output) {
  const ConditionWords words = [&form](std::uint32_t condition) {
    return condition_text(form, condition);
  };
  switch (as) {
    case FormExport::json_schema: return write_file(output, submission_schema(form, language));
    case FormExport::csv: return write_file(output, form_dictionary(form, language, words));
    case FormExport::xlsform:
      return write_file_by(output, [&](const fs::path& staging) {
        return write_xlsform(form, language, words, staging);
      });
    case FormExport::print: break;
  }
  TemplateSet templates = workspace.template_set();
  auto page = printable_form(form, language, templates);
  if (!page) return page.error();
  return write_file(output, *page);
}

}  // namespace cosp
