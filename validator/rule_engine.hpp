/// Runs the rules that a form declares.
#pragma once

#include <memory>
#include <vector>

#include "model/evaluation.hpp"
#include "model/finding.hpp"
#include "validator/check_arguments.hpp"

namespace cosp {

/// Calls of checks are linked once; const afterwards. The form must outlive it.
class RuleEngine {
 public:
  explicit RuleEngine(const Form& form);

  /// Adds the findings of one rule, in the order of its instances, if it runs at this stage and for
  /// this submitter.
  void run(std::uint32_t rule, const Evaluation& evaluation, Stage stage,
           std::vector<Finding>& findings) const;

  /// The linked call of an instance; null for a rule without a check.
  const CheckCall* call(std::uint32_t instance) const { return calls_[instance].get(); }

 private:
  bool is_silent(const Rule& rule, const RuleInstance& instance,
                 const Evaluation& evaluation) const;
  void run_instance(const Rule& rule, std::uint32_t index, const Evaluation& evaluation,
                    std::vector<Finding>& findings) const;
  void run_check(const Rule& rule, const RuleInstance& instance, const CheckCall& call,
                 const Evaluation& evaluation, std::vector<Finding>& findings) const;
  Finding make(const Rule& rule, const RuleInstance& instance, const Evaluation& evaluation,
               const Place& place) const;
  FindingArgument resolve(const RuleArgument& argument, const Evaluation& evaluation,
                          RowScope row) const;

  const Form& form_;
  std::vector<std::unique_ptr<const CheckCall>> calls_;  ///< by instance
};

}  // namespace cosp
