/// Holds a submission against its form: what the form declares and what its rules say, every
/// finding in one pass.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "model/evaluation.hpp"
#include "model/finding.hpp"
#include "model/form.hpp"
#include "model/mistake.hpp"

namespace cosp {

/// The engine, made once per form: patterns compiled, calls of checks linked to questions and
/// registers.
///
/// Knows no treaty, reads no file, no clock and no network. Const functions may be called by
/// several threads at once.
class Validator {
 public:
  /// `form` must outlive the validator. A call of a check that `lint` refuses is left out.
  explicit Validator(const Form& form);
  Validator(Validator&&) noexcept;
  Validator& operator=(Validator&&) noexcept;
  ~Validator();

  /// What only the engine can tell about a form: unknown checks and their parameters, patterns that
  /// RE2 refuses, texts of rules whose arguments differ from those declared or between languages,
  /// examples that do not give exactly one finding of their rule (wrong) or give one (right).
  /// Sorted by file and line.
  static std::vector<Mistake> lint(const Form& form);

  /// All findings on the evaluated submission, as a submission of this stage, together with those
  /// that reading it gave; sorted. Overrides of the cycle are applied (severity, activity) to what
  /// `can_override` lets them, and explanations of the State close the warnings and errors they
  /// cite.
  ///
  /// `line` and `column` of new findings are unset: `locate` sets them from `source`.
  std::vector<Finding> check(const Evaluation& evaluation, Stage stage,
                             std::vector<Finding> read = {}) const;

  /// What cannot be checked for want of a cycle or of a former submission, what the cycle has
  /// switched off, and its overrides that do not apply. Ids of texts begin with
  /// "report.unchecked.".
  std::vector<Unchecked> unchecked(const Surroundings& surroundings) const;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace cosp
