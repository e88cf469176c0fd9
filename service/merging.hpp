/// Three-way merge of what several hands wrote into copies or parts of one submission.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/form.hpp"
#include "model/submission.hpp"

namespace cosp {

class SubmissionReader;

/// One of the files merged. What it does not cover it says nothing on: nothing is deleted by it.
struct MergePart {
  std::string name;  ///< as people call it: the path of the file
  const Submission* submission = nullptr;
  /// Whether the file would hold what the base has at the place ("block.suffix", "register/row",
  /// "register/row/column", "rule@place"), had nobody taken it out; unset: everything.
  std::function<bool(std::string_view place)> covers;
  /// Where the place stands in the file, for people ("II!G12"); unset or empty: unknown.
  std::function<std::string(std::string_view place)> where;
};

/// What one file says where two disagree.
struct MergeSide {
  std::string name;  ///< of the part
  std::string where;
  std::string author;  ///< of the answer in that part; empty: not told
  std::string json;    ///< the value as JSON; empty: taken out
};

/// A thing that two parts changed differently. The result keeps what the base has there.
struct MergeConflict {
  std::string place;      ///< "block.suffix", "register/row", "register/row/column", "rule@place",
                          ///< or a member of the header
  std::string property;   ///< answer, note, visibility, author, origin; row; header; explanation
  std::string base_json;  ///< empty: nothing there
  std::vector<MergeSide> sides;  ///< those who changed it, in the order of the parts
  std::string cited_by;          ///< a row taken out: place of an answer that still cites it
};

struct Merged {
  Submission submission;
  std::vector<MergeConflict> conflicts;  ///< rows first, then in the order of their places
  std::size_t changes = 0;               ///< taken over from the parts
};

/// Merges what the parts changed against their common base. The value of an answer (or its reason
/// with everything that goes with it), its note, visibility, author and origin are merged each by
/// itself, but all stay as they were where the value is in conflict; so are rows of registers,
/// explanations and the header's stage, language, period and purpose. Equal changes are one. The
/// order of the parts decides nothing. The revision is the highest.
///
/// A row taken out by one and changed by another is one conflict. Errors: `bad_input` when a part
/// is about another form, cycle or submitter than the base, holds answers that could not be read
/// (they would look taken out), or rows without ids of their own.
Result<Merged> merge(const Form& form, SubmissionReader& reader, const Submission& base,
                     std::span<const MergePart> parts);

}  // namespace cosp
