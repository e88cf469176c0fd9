/// Forms written in the ways of other programs: what `cosp form export` does
/// (docs/formats/form-exports.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/result.hpp"
#include "service/workspace.hpp"

namespace cosp {

enum class FormExport : std::uint8_t { json_schema, xlsform, print, csv };

/// Writes the form whole; an existing file is replaced. `language` is one of the form's: that of
/// the texts, or, where a file holds every language, the one that comes first.
///
/// Errors: `bad_input` for a template whose tags do not fit; `not_found`, `io`.
Result<void> export_form(Workspace& workspace, const Form& form, FormExport as,
                         const std::string& language, const std::filesystem::path& output);

}  // namespace cosp
