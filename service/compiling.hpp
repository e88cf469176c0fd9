/// A cycle's documents, whole: counted once, written into public/ and secretariat/ with a manifest.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "service/checking.hpp"
#include "service/workspace.hpp"

namespace cosp {

/// A checked submission offered for compiling.
struct Offered {
  const CheckedSubmission* checked = nullptr;
  std::optional<Date> received;  ///< from the store; files have none
  std::uint32_t revision = 0;    ///< the store's; 0: the file's own
};

struct CompileRequest {
  std::filesystem::path output;
  std::vector<std::string>
      languages;  ///< empty: all of the form; one that it lacks: its source language instead
  std::vector<std::string> only;  ///< ids of products; empty: all. The open data always
  std::function<void(std::size_t done, std::size_t total)> progress;
};

struct LeftOut {
  std::string file;
  std::string why;  ///< English, for the operator
};

struct CompileSummary {
  std::size_t counted = 0;  ///< submissions
  std::vector<LeftOut>
      left_out;  ///< unreadable, blocked, drafts, superseded, after the cut-off, not of the cycle
  std::vector<std::string> files;  ///< written, relative, sorted
};

/// Counts each submitter's latest final submission and writes the set of documents. All or nothing:
/// the folder stands whole, or the former one is untouched. Same input, same bytes. Errors:
/// `bad_input` for an unknown product, a cycle that is `official` without a decision or in a
/// language that has a text not reviewed, or a form that the generator refuses; `io`.
Result<CompileSummary> compile(Workspace& workspace, const PreparedForm& form, const Cycle& cycle,
                               const std::vector<Offered>& offered, const CompileRequest& request);

}  // namespace cosp
