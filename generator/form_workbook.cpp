#include "generator/form_workbook.hpp"

#include "generator/form_workbook_book.hpp"

namespace cosp {
namespace {

/// A submission in which nothing is answered, for a workbook that is blank.
Submission blank(const Form& form, const FormWorkbookOptions& options) {
  Submission submission;
  submission.header.form_id = form.id();
  submission.header.form_version = form.version();
  submission.header.structure_digest = form.structure_digest();
  submission.header.language = options.language;
  if (options.surroundings.cycle != nullptr)
    submission.header.cycle = options.surroundings.cycle->id;
  submission.answers.resize(form.questions().size());
  submission.registers.resize(form.registers().size());
  return submission;
}

}  // namespace

Result<void> write_form_workbook(const Form& form, const FormWorkbookOptions& options,
                                 const std::filesystem::path& path) {
  const Submission nothing = blank(form, options);
  const Submission& content = options.submission != nullptr ? *options.submission : nothing;
  auto plan = plan_form_workbook(form, options, content);
  if (!plan) return plan.error();
  return FormBook(form, options, content, std::move(*plan), path).write();
}

}  // namespace cosp
