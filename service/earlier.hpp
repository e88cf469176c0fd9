/// Submissions of the last cycle, for use beside a form of this one.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "model/cycle.hpp"
#include "model/submission.hpp"
#include "service/migrating.hpp"
#include "service/workspace.hpp"

namespace cosp {

/// An earlier submission for use beside a form: its answers to that form.
struct EarlierSubmission {
  Submission submission;
  std::string version;  ///< of the release it was brought over from; empty: none
  std::vector<NotCarried> not_carried;
};

/// Reads the last cycle's submissions. One of another release of the form is brought over, by the
/// map that the cycle names for it, else by equal codes; one whose release is not known is read by
/// equal codes too. `cycle` may be null. Keeps forms and pairings; one thread at a time.
class EarlierReader {
 public:
  EarlierReader(Workspace& workspace, std::shared_ptr<const PreparedForm> form, const Cycle* cycle);
  ~EarlierReader();

  /// Closings are not shared. Errors: those of opening the file, `bad_input` when it cannot be read
  /// or the map does not fit.
  Result<EarlierSubmission> read(const std::filesystem::path& file);

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace cosp
