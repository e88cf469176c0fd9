/// A submission of an earlier release of a form, brought over to a later one.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model/submission.hpp"
#include "service/release_pairing.hpp"

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

}  // namespace cosp
