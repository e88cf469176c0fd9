/// Read, check, outcome: what the command line, the server and the tests all call.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/cycle.hpp"
#include "model/evaluation.hpp"
#include "model/submission.hpp"
#include "service/workspace.hpp"
#include "validator/report.hpp"

namespace cosp {

class SubmissionFileReader;

/// One file, read and checked. Movable: what it points to stays where it is.
struct CheckedSubmission {
  Report report;
  std::unique_ptr<const Submission> submission;  ///< null when unreadable
  std::unique_ptr<const Evaluation> evaluation;  ///< null when unreadable
  std::string canonical;                         ///< canonical JSON; empty when unreadable
  std::string contacts;                          ///< canonical JSON of the contacts
};

/// What is held against the file. The pointers must outlive the result.
struct CheckAgainst {
  const Cycle* cycle = nullptr;
  const Submission* previous = nullptr;
  std::optional<Stage> stage;  ///< instead of the submission's own
};

/// Checks the bytes of one file, JSON or a workbook, against a form. `file` is the name that the
/// report carries. Never fails: whatever the bytes are, the report says what came of them.
/// `media_type`: what the sender says that they are; else the name says it.
CheckedSubmission check_bytes(const PreparedForm& form, SubmissionFileReader& reader,
                              std::string file, std::string& bytes, const CheckAgainst& against,
                              std::string_view media_type = {});

struct BatchOptions {
  std::optional<std::filesystem::path> cycle;   ///< else cycle.yaml beside the files
  std::vector<std::filesystem::path> previous;  ///< submissions of the last cycle, files or folders
  std::optional<Stage> stage;
  unsigned jobs = 0;  ///< 0: as many as the machine has cores
  std::function<void(std::size_t done, std::size_t total)>
      progress;  ///< called from one thread at a time
};

struct Batch {
  std::shared_ptr<const PreparedForm> form;
  std::shared_ptr<const Cycle> cycle;  ///< null when there is none
  std::vector<Submission> previous;
  std::vector<CheckedSubmission> files;  ///< in the order of the paths, within folders by name
  std::vector<Error> failures;           ///< folders without submissions, or that could not be read
};

/// Checks files and folders (every *.json, *.xlsx and *.ods in them and below, but hidden ones).
/// All are held against one form: that of the cycle, else the one that the first readable file
/// names. Errors: a cycle or form that cannot be loaded; `not_found` when there is nothing to check
/// at all.
Result<Batch> check_paths(Workspace& workspace, std::span<const std::filesystem::path> paths,
                          const BatchOptions& options);

/// Exit code of a batch: 0, 1 a blocker or an unexplained error, 3 something unreadable; the
/// highest.
int exit_code(const Batch& batch);

}  // namespace cosp
