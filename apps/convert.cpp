#include <fmt/format.h>

#include "apps/commands.hpp"
#include "apps/full_commands.hpp"
#include "base/text.hpp"
#include "service/converting.hpp"
#include "service/submission_file.hpp"
#include "validator/finding_text.hpp"

namespace cosp::apps {
namespace {

/// A line for each finding: where, how grave, what, and what to do.
std::string listed(const Form& form, const std::string& language, const std::filesystem::path& file,
                   const std::vector<Finding>& findings) {
  FindingTexts texts(form, language);
  std::string lines;
  for (const Finding& finding : findings) {
    const FindingText text = texts.text(finding);
    lines += fmt::format("{}: {}: {}: {}{}{}\n", file.string(), mask_controls(position_of(finding)),
                         to_string(finding.severity), mask_controls(text.message),
                         text.mend.empty() ? "" : " ", mask_controls(text.mend));
  }
  return lines;
}

}  // namespace

int run(const ConvertOptions& options, Workspace& workspace) {
  if (!can_be_written(options.to)) return kUsage;
  const auto form = form_of_file(workspace, options.from);
  if (!form) return fail(form.error());
  const std::string language = language_for((*form)->form, options.language);
  const auto done = convert_file(workspace, options.from, options.to, language, options.leaves_out);
  if (!done) return fail(done.error());
  std::string text = listed((*form)->form, language, options.from, done->findings);
  if (done->is_written) return print(text + fmt::format("{}: written\n", options.to.string()));
  text += fmt::format("{}: not written, since not all of {} could be read\n", options.to.string(),
                      options.from.string());
  return std::max(done->is_unreadable ? kUnreadable : kFound, print(text));
}

}  // namespace cosp::apps
