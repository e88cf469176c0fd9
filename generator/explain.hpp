/// From a published figure back to the answers behind it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace cosp {

/// One State's answer behind a figure.
struct AnswerBehind {
  std::string state;            ///< code
  std::string name;             ///< empty when there is no submission behind it (a position on the
                                ///< depositary's record)
  std::string question;         ///< whole code, or "register/column"
  std::string label;            ///< of the question; empty for registers
  std::string answer;           ///< options or figure as reported, or the word of a non-answer
  std::string shared_register;  ///< where the answer was given for several blocks at once
  std::string shared_row;       ///< id of the row there; empty when it was given at the question
  std::string file;
  std::string digest;
};

struct FigureExplanation {
  std::string id;
  std::string table, row, column;  ///< titles and labels
  std::string value;               ///< empty when there is none, or it is not shown
  bool is_suppressed = false;
  std::optional<std::int64_t> denominator;
  std::string denominator_kind;
  std::string cut_off;
  std::string audience;  ///< "public" or "secretariat"
  bool is_test_data = false;
  std::vector<AnswerBehind> answers;
  std::int64_t unnamed = 0;  ///< States that count and are not named in this set
};

/// Reads the provenance in a folder that `compile` wrote: the folder of one audience, or the whole,
/// of which the public part is then read.
///
/// Errors: `not_found` when the folder holds no provenance or the figure does not exist (the
/// nearest is named); `bad_input` when the file is damaged; `too_large` above 256 MiB.
Result<FigureExplanation> explain(const std::filesystem::path& folder, std::string_view id);

}  // namespace cosp
