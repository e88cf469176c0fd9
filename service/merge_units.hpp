/// A submission taken apart into the things that a merge decides on one by one. For merging.cpp
/// only.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "model/form.hpp"
#include "model/submission.hpp"

namespace cosp {

enum class MergeGroup : std::uint8_t {
  header,
  answer,
  contact,
  unknown,  ///< an answer whose code the form does not know: its JSON as it stood, as a text
  row,
  cell,
  contact_cell,
  explanation
};

/// Where one thing stands: "block.suffix", "register/row", "register/row/column", "rule@place" or a
/// member of the header; and which part of an answer it is.
struct MergeKey {
  MergeGroup group = MergeGroup::answer;
  std::string place;
  std::string property;
  friend auto operator<=>(const MergeKey&, const MergeKey&) = default;
};

using MergeUnits = std::map<MergeKey, nlohmann::json>;

/// Properties besides those of an answer: note, visibility, author, origin.
inline constexpr std::string_view kAnswerUnit = "answer";
inline constexpr std::string_view kRowUnit = "row";

class SubmissionUnits {
 public:
  /// Every row has an id of its own.
  SubmissionUnits(const Form& form, Submission submission);

  const MergeUnits& units() const { return units_; }
  const nlohmann::json* find(const MergeKey& key) const;
  /// Ids of a register's rows, in order.
  const std::map<std::string, std::vector<std::string>>& rows() const { return rows_; }

 private:
  void take_beside_nothing(const Form& form, const Submission& submission);
  void take_answer(MergeGroup group, const std::string& place, const nlohmann::json& answer);
  void take_answers(MergeGroup group, const nlohmann::json& answers);
  void take_row(const std::string& registry, const nlohmann::json& row);
  void take_cells(MergeGroup group, const std::string& row, const nlohmann::json& cells);
  void take_explanation(const nlohmann::json& one);

  MergeUnits units_;
  std::map<std::string, std::vector<std::string>> rows_;
};

}  // namespace cosp
