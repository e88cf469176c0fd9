/// Provisions as an operator reads them: numbers with their errata, and texts.

#include <fmt/format.h>

#include "service/form_outline.hpp"

namespace cosp {
namespace {

std::string provision_line(const Form& form, const Provision& provision, std::uint32_t language) {
  std::string line = fmt::format("    {}", form.number(provision));
  if (provision.erratum.size > 0) line += fmt::format(" (code {})", form.string(provision.code));
  if (provision.summary == kNone) return line + "\n";
  const Text text = form.text(provision.summary, language);
  // An article's title is no paraphrase of it.
  const bool is_title =
      form.find_text(fmt::format("provision.{}.summary", form.string(provision.code))) == kNone;
  const std::string_view kind = form.is_authentic(provision.summary, language) ? "authentic text: "
                                : is_title                                     ? ""
                                                                               : "paraphrase: ";
  return line + fmt::format("  {}{}\n", kind, text.value);
}

}  // namespace

std::string provisions_outline(const Form& form, std::string_view language) {
  if (form.provisions().empty()) return "";
  const std::uint32_t index = form.language(language);
  std::string text = "\nprovisions\n";
  const AuthenticTexts& authentic = form.tables().authentic_texts[index];
  if (authentic.provisions > 0)
    text += fmt::format("  authentic texts from {}, {}\n", form.string(authentic.source),
                        authentic.date.to_string());
  for (const Provision& provision : form.provisions())
    text += provision_line(form, provision, index);
  return text;
}

std::string errata_text(const Form& form) {
  std::string text;
  for (const Provision& provision : form.provisions())
    if (provision.erratum.size > 0)
      text +=
          fmt::format("{}: now {}, {}: {}\n", form.string(provision.code), form.number(provision),
                      provision.erratum_on.to_string(), form.string(provision.erratum));
  return text.empty() ? text : "Numbers corrected by errata; codes stay:\n" + text;
}

}  // namespace cosp
