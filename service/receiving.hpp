/// Taking in an upload: read, check, keep durably, answer. The server calls it; so may an
/// operator's tool.
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"
#include "service/checking.hpp"
#include "store/store.hpp"

namespace cosp {

struct Upload {
  std::string bytes;
  std::string media_type;
  TokenRecord token;        ///< whoever sends it; bound to one State
  std::string received_at;  ///< UTC, from `utc_now`
};

struct Received {
  CheckedSubmission checked;
  Receipt receipt;
  /// The revision that the latest one received says of itself, when this file says a lower one:
  /// perhaps an older file was sent by mistake. What arrived last counts all the same.
  std::optional<std::uint32_t> passed_over;
  /// The file names another submitter than the token is bound to: nothing was kept, `receipt` is
  /// empty.
  bool is_foreign = false;
};

/// Checks the upload against the cycle's form and keeps it: as a revision when it was received, as
/// an arrival in any case. When this returns, it is on the disk. Errors: `io` from the store;
/// nothing was kept then.
Result<Received> receive(const PreparedForm& form, const Cycle& cycle, Store& store,
                         SubmissionFileReader& reader, Upload upload);

/// The report on a revision kept earlier: its original read again, so that lines and columns,
/// or cells, are those of the file sent; its canonical form when the original was erased. Errors:
/// `not_found`, `io`.
Result<CheckedSubmission> report_again(const PreparedForm& form, const Cycle& cycle, Store& store,
                                       SubmissionFileReader& reader,
                                       const StoredRevision& revision);

/// A submission of the store, as `compile` and reports on status take it.
struct StoredSubmission {
  StoredRevision revision;
  CheckedSubmission checked;
};

/// The latest final revision of each submitter in the cycle, checked again. Errors: `io`.
Result<std::vector<StoredSubmission>> stored_finals(const PreparedForm& form, const Cycle& cycle,
                                                    Store& store);

/// The system's clock as ISO 8601 with milliseconds, UTC. Never used in an output that must be the
/// same bytes again.
std::string utc_now();

}  // namespace cosp
