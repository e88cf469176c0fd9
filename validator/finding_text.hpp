/// Findings in the words of a language.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/messages.hpp"
#include "model/finding.hpp"
#include "model/form.hpp"

namespace cosp {

struct FindingText {
  std::string message;  ///< what disagrees
  std::string why;
  std::string mend;  ///< what to do; may be empty
};

/// Puts findings and the engine's own words into one language of a form; keeps parsed messages, so
/// make one per thread and language and use it for many. The form must outlive it. Texts that the
/// form lacks in the language are those of its source language.
class FindingTexts {
 public:
  FindingTexts(const Form& form, std::string_view language);

  FindingText text(const Finding& finding);
  /// A text of the catalogue, with arguments; the id itself when there is none.
  std::string phrase(std::string_view id, const Arguments& arguments = {});
  std::string text(const Unchecked& unchecked);
  /// The label of the question or the cell where the finding stands; empty for the header.
  std::string label(const Finding& finding) const;
  /// The heading under which the label stands: the title of the block, or of the register; empty
  /// for the header and for a register as a whole.
  std::string heading(const Finding& finding) const;
  /// What was written and what was expected, with labels in place of codes; may be empty.
  std::string written(const Finding& finding);
  std::string expected(const Finding& finding);
  /// Codes of the provisions, joined as the language joins lists.
  std::string provisions(const Finding& finding) const;
  const std::string& language() const { return formatter_.language(); }

 private:
  Argument argument(const FindingArgument& value);
  /// The argument as a text by itself; nothing when the finding has none of that name.
  std::optional<std::string> given(const Finding& finding, std::string_view name);

  const Form& form_;
  std::uint32_t language_;
  MessageFormatter formatter_;
};

/// The same for a single finding.
FindingText finding_text(const Form& form, std::string_view language, const Finding& finding);

}  // namespace cosp
