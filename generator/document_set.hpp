/// The documents of a cycle: pages made of tables, figures and sentences, as the form's products
/// declare them.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "generator/compilation.hpp"
#include "generator/output_file.hpp"
#include "generator/template_set.hpp"
#include "model/form.hpp"
#include "model/mistake.hpp"
#include "model/table.hpp"

namespace cosp {

/// Renders a product of format `html` in one language: one page, or one for each submitter whose
/// information may be published to the input's audience. Pages of submitters are made by as many
/// threads as there are cores; each file is handed over as soon as it is made, one at a time and in
/// no fixed order, so that of many only a few are in memory. `tables` are those of `count_tables`,
/// for the same input; a part whose table was not made (a matrix without its decision) is left out.
/// No file at all for a product of the secretariat when the audience is public, and for other
/// formats. Same input, same bytes.
///
/// Errors: `bad_input` for a product that `lint_products` refuses, a text that is missing or uses
/// an argument that it is not given, or a template that does not fit; those of the templates'
/// loader and of the sink.
Result<void> render_product(const CompilationInput& input, std::span<const Table> tables,
                            const Declaration& product, std::string_view language,
                            TemplateSet& templates, const OutputSink& sink);

/// What is wrong with the form's products, in the order of their ids: unknown keys, tables and
/// texts; texts that use an argument they are not given, in any language; and, with `templates`,
/// templates that are missing or use what no document has.
std::vector<Mistake> lint_products(const Form& form, TemplateSet* templates = nullptr);

}  // namespace cosp
