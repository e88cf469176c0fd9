/// The answers of a cycle as tables see them: who counts, and what each answer came to.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "generator/compilation.hpp"

namespace cosp {

/// Somebody whose submission counts.
struct Member {
  const Contributor* contributor = nullptr;
  std::uint32_t entry = kNone;  ///< in the roster
  Population population = Population::parties;
  bool consents = false;  ///< to publication
};

/// One member's answer to one question.
struct AnswerView {
  Standing standing = Standing::not_asked;
  bool is_open = false;            ///< may be told of the State in public
  const Answer* answer = nullptr;  ///< when `standing` is value
};

Standing standing_of(Reason reason);

/// States of one population whose answers to a question are counted but not shown, below which none
/// of them is counted: whoever subtracts the public answers from a total would learn what the
/// others said.
inline constexpr std::size_t kFewestClosed = 3;
/// Counted, and not to be told of the State in public.
bool is_closed(const AnswerView& view);

/// Goes over each question once, when it is first asked for. Keeps a reference to the input. One
/// thread at a time.
class Tally {
 public:
  explicit Tally(const CompilationInput& input);

  const CompilationInput& input() const { return input_; }
  const Form& form() const { return input_.form; }
  const CycleCounts& counts() const { return counts_; }
  /// In the order of the contributors.
  std::span<const Member> members() const { return members_; }
  std::int64_t size_of(Population population) const;
  /// By position in `members`.
  std::span<const AnswerView> answers(std::uint32_t question);
  /// Who may learn of a cell of a register's row: the strictest of the answer, the column and the
  /// register.
  Visibility visibility_of(std::uint32_t column, const Answer& cell) const;

 private:
  AnswerView view(const Member& member, std::uint32_t question) const;
  void withhold_few_closed(std::vector<AnswerView>& views) const;

  const CompilationInput& input_;
  CycleCounts counts_;
  std::vector<Member> members_;
  std::vector<std::vector<AnswerView>> by_question_;  ///< empty until asked for
};

}  // namespace cosp
