/// The rules of a form as a document for those who write, translate and discuss them.
#pragma once

#include <string>
#include <string_view>

#include "model/form.hpp"

namespace cosp {

/// Markdown, in one language of the form: every rule by family with its message, reason and mend,
/// then the provisions with the rules that concern them. Arguments of messages stand in braces.
/// Same form, same bytes.
std::string rules_document(const Form& form, std::string_view language);

}  // namespace cosp
