/// The rows of an XLSForm, before they are written as sheets. For generator/ only.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "generator/form_dictionary.hpp"
#include "model/form.hpp"

namespace cosp {

/// Texts stand in the order of the survey's languages.
struct XlsRow {
  std::string type, name;
  std::vector<std::string> labels, hints, messages;  ///< messages: when the constraint is not met
  std::string required, relevant, constraint, appearance, choice_filter, calculation;
  std::string note;  ///< what XLSForm could not be told
  std::string code;  ///< of the form; empty for what the survey adds
};

struct XlsChoice {
  std::string list, name;
  std::vector<std::string> labels;
};

struct XlsSurvey {
  std::vector<std::uint32_t> languages;     ///< of the form
  std::vector<std::string> language_names;  ///< "Français (fr)"
  std::vector<std::string> titles;          ///< of the form
  std::vector<XlsRow> rows;
  std::vector<XlsChoice> choices;
};

XlsSurvey xlsform_survey(const Form& form, std::string_view first_language,
                         const ConditionWords& condition_words);

}  // namespace cosp
