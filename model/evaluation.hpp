/// Which questions a submission is asked, and whether conditions hold for it. One evaluator for the
/// validator, the tables and the pages, so that they cannot disagree.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "model/cycle.hpp"
#include "model/form.hpp"
#include "model/submission.hpp"

namespace cosp {

/// What is known beside the submission. All pointers may be null and must outlive the evaluation.
struct Surroundings {
  const Cycle* cycle = nullptr;
  const Submission* previous =
      nullptr;  ///< of the last cycle, read against (or mapped to) the same form
  bool has_others_previous = false;  ///< earlier submissions were given, whoever they are of
};

/// Why a question is or is not asked of this submitter.
enum class Asked : std::uint8_t {
  yes,
  outside_phase,  ///< not its chapter in this cycle, or not among the submission's parts
  hidden,         ///< its condition does not hold
  reserved,       ///< the whole article is reserved
};

/// The row that `{column: …}` speaks of.
struct RowScope {
  std::uint32_t registry = kNone;
  std::uint32_t row = kNone;
};

/// What a condition read on its way to its result: what an explanation of it depends on.
struct Trace {
  std::vector<std::uint32_t> questions;  ///< in the order read, some more than once
  std::vector<RowScope> rows;
};

struct EvaluationOptions {
  /// Questions that carry an answer count as asked even where their own condition does not hold.
  /// For the examples of rules, which give only the answers the rule speaks of and none of those
  /// that lead to them.
  bool opens_gates = false;
};

/// Computed once per submission, in one pass over the questions in their order (no condition looks
/// forward). Keeps references to its arguments; copy-free; const afterwards, so it may be read by
/// several threads.
class Evaluation {
 public:
  Evaluation(const Form& form, const Submission& submission, const Surroundings& surroundings,
             const EvaluationOptions& options = {});
  Evaluation(const Form&, Submission&&, const Surroundings&,
             const EvaluationOptions& = {}) = delete;

  const Form& form() const { return form_; }
  const Submission& submission() const { return submission_; }
  const Surroundings& surroundings() const { return surroundings_; }
  bool opens_gates() const { return options_.opens_gates; }

  Asked asked(std::uint32_t question) const { return asked_[question]; }
  /// Of a question that is `outside_phase`: the cycle would ask it, but it is not among the
  /// submission's parts.
  bool is_outside_parts_only(std::uint32_t question) const;
  bool is_asked(std::uint32_t question) const { return asked_[question] == Asked::yes; }
  /// The answer as rules and tables see it: absent when the question is not asked.
  const Answer& answer(std::uint32_t question) const;
  /// The provision, one that contains it, its whole article, or each paragraph of that article is
  /// reserved as a whole, by the depositary's data of the cycle or by the State's register.
  bool is_reserved(std::uint32_t provision) const { return reserved_[provision]; }
  Position position() const { return position_; }
  bool owes_answers() const { return owes_answers_; }
  /// The period is the submission's own, else that of the State in the cycle; the cut-off is the
  /// cycle's.
  std::optional<Date> moment(Moment moment) const;

  /// Whether the condition holds; `kNone` holds. What was read is added to `trace`, when given.
  bool holds(std::uint32_t condition, RowScope scope = {}, Trace* trace = nullptr) const;
  /// Rows of the register that the answer to `question` cites; all rows when `question` is kNone.
  std::vector<std::uint32_t> rows(std::uint32_t registry, std::uint32_t cited_by) const;

 private:
  void find_reservations();
  void reserve(std::string_view provision);
  void spread_reservations();
  void find_position();
  void decide_asked();
  Asked decide(const Block& block, std::uint32_t question) const;
  bool is_in_phase(const Chapter& chapter) const;
  bool is_in_cycle(const Chapter& chapter) const;

  const Form& form_;
  const Submission& submission_;
  Surroundings surroundings_;
  EvaluationOptions options_;
  std::vector<Asked> asked_;
  std::vector<bool> reserved_;
  Position position_ = Position::neither;
  bool owes_answers_ = false;
};

}  // namespace cosp
