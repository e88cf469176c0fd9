/// Forms and rules told to whoever writes or reads them: what `cosp form` and `cosp rules` print.
#pragma once

#include <string>
#include <string_view>

#include "model/form.hpp"

namespace cosp {

/// A condition in the words of its declaration, on one line; empty for kNone.
std::string condition_text(const Form& form, std::uint32_t condition);

/// Chapters, blocks and questions: code, type, label, when asked, what is required and allowed;
/// then the registers.
std::string form_outline(const Form& form, std::string_view language);

/// How many provisions were not checked against the authentic texts, and on request a line for
/// each; empty when there is none.
std::string unverified_provisions(const Form& form, bool with_rows);

/// The provisions with their texts: the number that readers see, the code where an erratum corrects
/// it, and which texts are authentic (with their source and date) and which paraphrases. Empty when
/// the form has none.
std::string provisions_outline(const Form& form, std::string_view language);

/// A line per provision whose number an erratum corrects, with a heading; empty when there is none.
std::string errata_text(const Form& form);

/// A line per text that a language of the form lacks and takes from the source language; empty when
/// there is none.
std::string missing_texts(const Form& form);

std::string rules_text(const Form& form, std::string_view language);
std::string rules_json(const Form& form, std::string_view language);
/// One rule with message, why, mend and examples. `rule` is an index.
std::string rule_text(const Form& form, std::uint32_t rule, std::string_view language);
std::string rule_json(const Form& form, std::uint32_t rule, std::string_view language);

}  // namespace cosp
