#include "service/form_exports.hpp"

#include "base/file.hpp"
#include "generator/form_dictionary.hpp"
#include "generator/form_print.hpp"
#include "generator/form_xlsform.hpp"
#include "generator/json_schema.hpp"
#include "service/form_outline.hpp"

namespace cosp {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kMostBytes = 256u << 20;

/// The library writes files itself: beside the output, then whole into its place.
Result<void> export_xlsform(const Form& form, const std::string& language,
                            const ConditionWords& words, const fs::path& output) {
  fs::path staging = output;
  staging.replace_filename("." + output.filename().string() + ".part");
  const auto written = write_xlsform(form, language, words, staging);
  if (!written) return written.error();
  auto bytes = read_file(staging, kMostBytes);
  std::error_code ignored;
  fs::remove(staging, ignored);
  if (!bytes) return bytes.error();
  return write_file(output, *bytes);
}

}  // namespace

Result<void> export_form(Workspace& workspace, const Form& form, FormExport as,
                         const std::string& language, const fs::path& output) {
  const ConditionWords words = [&form](std::uint32_t condition) {
    return condition_text(form, condition);
  };
  switch (as) {
    case FormExport::json_schema: return write_file(output, submission_schema(form, language));
    case FormExport::csv: return write_file(output, form_dictionary(form, language, words));
    case FormExport::xlsform: return export_xlsform(form, language, words, output);
    case FormExport::print: break;
  }
  TemplateSet templates = workspace.template_set();
  auto page = printable_form(form, language, templates);
  if (!page) return page.error();
  return write_file(output, *page);
}

}  // namespace cosp
