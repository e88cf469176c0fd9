/// How a check is written: a pure function over an evaluated submission and typed parameters. For
/// checks/ and the engine.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.hpp"
#include "model/evaluation.hpp"
#include "model/finding.hpp"
#include "validator/pattern.hpp"

namespace cosp {

/// One value of a call, of the kind that the parameter declares.
struct CheckValue {
  std::int64_t count = 0;
  Decimal figure{};
  std::string word;  ///< also of `questions` given by a word
  std::vector<std::uint32_t> questions;
  std::uint32_t registry = kNone;
  std::vector<std::uint32_t> columns;  ///< absolute
  std::vector<Pattern> patterns;
};

/// The linked parameters of one call.
class CheckArguments {
 public:
  void set(std::string_view name, CheckValue value) { values_[name] = std::move(value); }
  bool has(std::string_view name) const { return values_.contains(name); }
  /// By the name of the parameter.
  const std::map<std::string_view, CheckValue>& values() const { return values_; }
  /// Throws std::out_of_range for a parameter that is not given: only for required ones, or after
  /// `has`.
  const CheckValue& operator[](std::string_view name) const { return values_.at(name); }

 private:
  std::map<std::string_view, CheckValue> values_;  ///< names live in the declarations
};

/// What a check found at one place; a column may be left open, to be the rule's `at`.
struct CheckHit {
  Place place;
  FindingArguments arguments;
  std::string written;  ///< empty: the answer at the place
  Trace read;           ///< empty: the place alone
};

using CheckFunction = std::vector<CheckHit> (*)(const Evaluation&, const CheckArguments&);

namespace checks {
std::vector<CheckHit> all_ticked(const Evaluation& evaluation, const CheckArguments& arguments);
std::vector<CheckHit> duplicate_rows(const Evaluation& evaluation, const CheckArguments& arguments);
std::vector<CheckHit> figure_jump(const Evaluation& evaluation, const CheckArguments& arguments);
std::vector<CheckHit> hidden_characters(const Evaluation& evaluation,
                                        const CheckArguments& arguments);
std::vector<CheckHit> label_repeated(const Evaluation& evaluation, const CheckArguments& arguments);
std::vector<CheckHit> position_matches(const Evaluation& evaluation,
                                       const CheckArguments& arguments);
std::vector<CheckHit> rows_unused(const Evaluation& evaluation, const CheckArguments& arguments);
std::vector<CheckHit> same_text(const Evaluation& evaluation, const CheckArguments& arguments);
std::vector<CheckHit> script_matches_language(const Evaluation& evaluation,
                                              const CheckArguments& arguments);
std::vector<CheckHit> text_as_row(const Evaluation& evaluation, const CheckArguments& arguments);
std::vector<CheckHit> text_matches(const Evaluation& evaluation, const CheckArguments& arguments);
std::vector<CheckHit> words_total(const Evaluation& evaluation, const CheckArguments& arguments);
}  // namespace checks

/// nullptr for a name that is not declared.
CheckFunction check_function(std::string_view name);

}  // namespace cosp
