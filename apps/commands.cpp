#include "apps/commands.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "base/text.hpp"

namespace cosp::apps {

Result<std::unique_ptr<Workspace>> open_workspace(const CommonOptions& options) {
  WorkspaceOptions workspace_options;
  workspace_options.data = options.data;
  return Workspace::open(workspace_options);
}

int fail(const Error& error) {
  fmt::print(stderr, "cosp: {}\n", mask_controls(describe(error)));
  return error.kind == Error::Kind::io ? kSystem : kUnreadable;
}

int print(std::string_view text) {
  const bool is_written =
      std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  if (is_written) return kDone;
  // A reader that has seen enough, such as `head`, is no fault to tell.
  if (errno == EPIPE) return kSystem;
  std::fputs("cosp: cannot write to standard output\n", stderr);
  return kSystem;
}

Result<std::shared_ptr<const PreparedForm>> form_named(Workspace& workspace,
                                                       std::string_view name) {
  const std::size_t slash = name.find('/');
  if (slash == std::string_view::npos) return workspace.newest_form(name);
  return workspace.form(name.substr(0, slash), name.substr(slash + 1));
}

std::string language_for(const Form& form, const std::string& wanted) {
  if (wanted.empty()) return std::string(form.language_tag(0));
  if (form.has_language(wanted)) return wanted;
  std::string source(form.language_tag(0));
  fmt::print(stderr, "cosp: the form {} has no texts in \"{}\"; they are given in \"{}\"\n",
             form.id(), wanted, source);
  return source;
}

Progress::Progress(std::string what)
    : what_(std::move(what)), is_terminal_(::isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  if (is_terminal_ && percent_ >= 0) std::fputs("\r\033[K", stderr);
}

void Progress::show(std::size_t done, std::size_t total) {
  if (!is_terminal_ || total == 0) return;
  const int percent = static_cast<int>(done * 100 / total);
  if (percent == percent_) return;
  percent_ = percent;
  fmt::print(stderr, "\r{} {} of {}", what_, done, total);
}

}  // namespace cosp::apps
