/// A submission of an earlier release of a form, brought over to a later one.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "model/cycle.hpp"
#include "model/finding.hpp"
#include "model/migration_map.hpp"
#include "model/submission.hpp"
#include "service/release_pairing.hpp"
#include "service/workspace.hpp"

namespace cosp {

/// Something of the earlier submission that the migrated one does not have.
struct NotCarried {
  std::string place;  ///< "block.suffix", "register/row", "register/row/column", "rule@place", or a
                      ///< member of the header; codes of the earlier release
  std::string json;   ///< what stood there, whole
  std::string why;
};

struct Migrated {
  Submission submission;
  std::size_t carried = 0;              ///< answers and cells taken over, whole or in part
  std::vector<NotCarried> not_carried;  ///< in the order of the questionnaire, then registers
  std::vector<NotCarried> lapsed;  ///< explanations: they spoke of rules and answers as they were
};

/// Brings answers over by code and map, each with note, author and original; those that the new
/// field cannot take are listed. Rows keep their ids. Visibility is the State's, raised to the new
/// floor, never lowered. Origin is `carried_over`, the stage `draft`: the State has not confirmed
/// what it did not see. The submission is one of `pairing.from()`.
Migrated migrate(const ReleasePairing& pairing, const Submission& submission);

/// What became of a migration of a file. Nothing was written unless `is_written`.
struct FileMigration {
  std::shared_ptr<const PreparedForm> from, to;
  std::vector<Finding> findings;  ///< of reading, located
  bool is_unreadable = false;
  bool is_written = false;
  Migrated migrated;
};

/// Reads one file of an earlier release and writes it as one of `to`. What could not be read would
/// be lost: then nothing is written, unless `leaves_out` allows it.
///
/// Errors: those of reading the file, its form, and the map; `bad_input` when the map is not of
/// these two releases; those of `write_submission_file`.
Result<FileMigration> migrate_file(Workspace& workspace, const std::filesystem::path& in,
                                   const std::filesystem::path& out,
                                   const std::shared_ptr<const PreparedForm>& to,
                                   const std::optional<std::filesystem::path>& map,
                                   const std::string& language, bool leaves_out);

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
