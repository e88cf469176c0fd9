/// The walk over the nodes of a condition. For model/ only: others ask `Evaluation::holds`.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/evaluation.hpp"

namespace cosp {

/// Evaluates conditions against one submission, with one row at hand or none. Short-lived.
class ConditionWalk {
 public:
  /// `row` may be null, and need not be one of the submission's; a column of a null row is absent.
  ConditionWalk(const Evaluation& evaluation, const Row* row, std::uint32_t registry, Trace* trace)
      : evaluation_(evaluation), row_(row), registry_(registry), trace_(trace) {}

  bool holds(std::uint32_t condition) const;

 private:
  struct Operand;

  bool holds_all(const ConditionNode& node, std::uint32_t index, bool wanted) const;
  bool holds_rows(const ConditionNode& node, std::uint32_t index) const;
  bool holds_count(const ConditionNode& node, std::uint32_t index) const;
  bool holds_sum(const ConditionNode& node) const;
  bool holds_answer(const ConditionNode& node, std::uint32_t question) const;
  bool holds_cell(const ConditionNode& node) const;
  bool holds_previous(const ConditionNode& node) const;
  bool row_names(const ConditionNode& node, const Row& row) const;
  bool relates(const ConditionNode& node, const Operand& left, const Operand* right) const;
  bool relates_dates(const ConditionNode& node, const Operand& left, const Operand* right) const;
  bool relates_choices(const ConditionNode& node, const Operand& left, const Operand* right) const;
  bool relates_sets(const ConditionNode& node, const Operand& left, const Operand* right) const;
  std::optional<Decimal> sum(Range operands) const;
  Operand operand_of_question(std::uint32_t question) const;
  Operand operand_of_cell(std::uint32_t column) const;

  const Evaluation& evaluation_;
  const Row* row_;
  std::uint32_t registry_;
  Trace* trace_;
};

}  // namespace cosp
