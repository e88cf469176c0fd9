/// The dictionary of a form: every question and column as a row of CSV, for whoever maps national
/// data to it (docs/formats/form-exports.md).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "model/form.hpp"

namespace cosp {

/// A condition told in words, on one line; empty for kNone.
using ConditionWords = std::function<std::string(std::uint32_t condition)>;

/// RFC 4180 with a heading row, lines ended by CR and LF: the questions in their order, then the
/// columns of each register. Labels and help stand in every language of the form, those of
/// `first_language` first; a text that a language lacks is empty. Same form, same bytes.
std::string form_dictionary(const Form& form, std::string_view first_language,
                            const ConditionWords& condition_words);

/// The form's languages by index, `first` before the others.
std::vector<std::uint32_t> languages_from(const Form& form, std::string_view first);

/// Limits of a field as "name=value", in the words of its declaration.
std::vector<std::string> limit_words(const Form& form, const Field& field);

}  // namespace cosp
