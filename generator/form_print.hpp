/// The questionnaire on paper: one HTML page to print and fill in by hand
/// (docs/formats/form-exports.md).
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "generator/template_set.hpp"
#include "model/form.hpp"

namespace cosp {

/// The page in one language of the form, by templates/form-print.mustache: every chapter and block
/// with number, provisions, help, limits, and boxes or lines for the answer and for a reason where
/// none is given; then a sheet for each register. Everything is asked: paper hides nothing. Same
/// form, same bytes.
///
/// Errors: those of the templates.
Result<std::string> printable_form(const Form& form, std::string_view language,
                                   TemplateSet& templates);

}  // namespace cosp
