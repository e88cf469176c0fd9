/// What checking came to as one page to be read in a browser (docs/formats/findings.md).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "generator/template_set.hpp"
#include "model/form.hpp"
#include "validator/report.hpp"

namespace cosp {

/// The page by templates/findings.mustache, in one language of the form: each file with its outcome
/// and its findings, to be narrowed by chapter and by severity without any script. Errors: those of
/// the templates.
Result<std::string> findings_page(const Form& form, std::span<const Report> reports,
                                  std::string_view language, TemplateSet& templates);

}  // namespace cosp
