/// A condition of the form as a formula of a spreadsheet, so that a workbook knows without the
/// program what it asks. For generator/ only.
///
/// The formulas use functions that every spreadsheet program has, and compare with the labels of
/// the workbook's own lists. They say what `Evaluation` says of the same answers, with these
/// differences: texts that were typed in place of numbers or dates, and reasons given for cells of
/// registers, are not seen.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "generator/formula_algebra.hpp"
#include "model/evaluation.hpp"
#include "model/form.hpp"

namespace cosp {

/// Where the workbook keeps what conditions speak of, as references that any sheet can use.
class FormulaPlaces {
 public:
  struct QuestionCells {
    std::string standing;  ///< a number of `Standing`
    std::string answer;    ///< the cell; amount of money, start of a period
    std::string second;    ///< currency, end of a period
    std::string reason;
    std::string lines;                 ///< references: their range
    std::vector<std::string> options;  ///< ticks: cell by position; empty where there is none
  };

  FormulaPlaces() = default;
  FormulaPlaces(const FormulaPlaces&) = delete;
  FormulaPlaces& operator=(const FormulaPlaces&) = delete;
  virtual ~FormulaPlaces() = default;

  /// Nothing for a question that the workbook leaves out.
  virtual std::optional<QuestionCells> question(std::uint32_t index) const = 0;
  /// Cell that holds the label.
  virtual std::string option(std::uint32_t list, std::uint32_t position) = 0;
  virtual std::string reason(Reason reason) = 0;
  virtual std::string stage_is(Stage stage) = 0;
  /// Whether the provision is reserved; empty: settled when the workbook is written.
  virtual std::string reserved(std::uint32_t provision) = 0;
  /// Range of the names of a register's rows, "" for rows that hold nothing; of their ids; of a
  /// column's cells. Empty where the workbook has none.
  virtual std::string row_names(std::uint32_t registry) const = 0;
  virtual std::string row_ids(std::uint32_t registry) const = 0;
  virtual std::string column(std::uint32_t column, bool second) const = 0;
};

/// What is settled when the workbook is written.
struct FormulaKnowledge {
  const Evaluation& evaluation;
  bool knows_position = false;   ///< the cycle tells it; else it is as reported
  bool knows_submitter = false;  ///< its kind
};

/// The formula of a condition; `kNone` holds always.
ConditionFormula condition_formula(const Form& form, std::uint32_t condition, FormulaPlaces& places,
                                   const FormulaKnowledge& knowledge);

/// Whether the depositary's or the State's own rows reserve something, as an expression over all
/// rows of a register: 1 for each row on which the condition holds, else 0.
ConditionFormula rows_formula(const Form& form, std::uint32_t condition, FormulaPlaces& places,
                              const FormulaKnowledge& knowledge);

}  // namespace cosp
