/// The commands: each does what its options say and returns the exit code. Only these print. Those
/// that write documents or open a store are in full_commands.hpp.
#pragma once

#include <string>

#include "apps/options.hpp"
#include "base/result.hpp"
#include "service/workspace.hpp"

namespace cosp::apps {

inline constexpr int kDone = 0;
inline constexpr int kFound = 1;
inline constexpr int kUsage = 2;
inline constexpr int kUnreadable = 3;
inline constexpr int kSystem = 4;

int run(const ValidateOptions& options, Workspace& workspace);
int run(const ExplainOptions& options, Workspace& workspace);
int run(const FormOptions& options, Workspace& workspace);
int run(const RulesOptions& options, Workspace& workspace);
int run(const TablesOptions& options, Workspace& workspace);
int run(const TextsOptions& options, Workspace& workspace);
int run(const SampleOptions& options, Workspace& workspace);
int run(const VersionOptions& options, Workspace& workspace);

/// The data that the options name, beside the program's own.
Result<std::unique_ptr<Workspace>> open_workspace(const CommonOptions& options);

/// Prints the error to standard error, each line of it, and returns the code of its kind: 4 for
/// `io`, else 3.
int fail(const Error& error);

/// Prints to standard output. Returns 4, after telling standard error, when it cannot be written to
/// (a full disk).
int print(std::string_view text);

/// The form named as "id" (newest version) or "id/version"; the newest of the only or first form
/// when empty.
Result<std::shared_ptr<const PreparedForm>> form_named(Workspace& workspace, std::string_view name);

/// The language if the form has it, else its source language, telling standard error so; the source
/// language when empty.
std::string language_for(const Form& form, const std::string& wanted);

/// A line on standard error that is rewritten while long work goes on; nothing at all unless that
/// is a terminal.
class Progress {
 public:
  explicit Progress(std::string what);
  ~Progress();
  void show(std::size_t done, std::size_t total);

 private:
  std::string what_;
  bool is_terminal_;
  int percent_ = -1;
};

}  // namespace cosp::apps
