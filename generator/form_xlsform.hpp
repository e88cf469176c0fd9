/// The questionnaire as an XLSForm, for ODK Collect, KoboToolbox, Enketo and whatever else takes
/// one (docs/formats/form-exports.md).
#pragma once

#include <filesystem>
#include <string_view>

#include "base/result.hpp"
#include "generator/form_dictionary.hpp"
#include "model/form.hpp"

namespace cosp {

/// Writes the sheets survey, choices and settings, with every language of the form;
/// `default_language` is shown first. What XLSForm cannot express is left open and told in the
/// column `note`. Same form, same bytes.
///
/// Errors: `io` if the file cannot be written whole (nothing is left then). The file is written in
/// place: give a path in a staging folder.
Result<void> write_xlsform(const Form& form, std::string_view default_language,
                           const ConditionWords& condition_words,
                           const std::filesystem::path& path);

}  // namespace cosp
