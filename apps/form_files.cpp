#include <cstdio>

#include <fmt/format.h>

#include "apps/commands.hpp"
#include "apps/full_commands.hpp"
#include "service/form_exports.hpp"
#include "service/form_workbooks.hpp"

namespace cosp::apps {
namespace {

int write_workbook(const FormOptions& options, const std::shared_ptr<const PreparedForm>& prepared,
                   const std::string& language, Workspace& workspace) {
  FormWorkbookRequest request;
  request.language = language;
  request.output = options.output;
  request.cycle = options.cycle;
  request.submitter = options.state;
  request.previous = options.previous;
  request.from = options.from;
  request.chapters = options.chapters;
  request.office = options.office;
  const auto made = make_form_workbook(workspace, prepared, request);
  if (!made) return fail(made.error());
  if (!made->empty())
    fmt::print(stderr,
               "cosp: {}: {} answers to the earlier release could not be carried over; `cosp "
               "migrate` lists them\n",
               options.previous->string(), made->size());
  return kDone;
}

}  // namespace

int run(const FormFileOptions& asked, Workspace& workspace) {
  const FormOptions& options = asked.form;
  const auto prepared = form_named(workspace, options.id);
  if (!prepared) return fail(prepared.error());
  const Form& form = (*prepared)->form;
  const std::string language = language_for(form, options.language);
  if (options.act == FormOptions::Act::workbook)
    return write_workbook(options, *prepared, language, workspace);
  const auto written = export_form(workspace, form, options.as, language, options.output);
  return written ? kDone : fail(written.error());
}

}  // namespace cosp::apps
