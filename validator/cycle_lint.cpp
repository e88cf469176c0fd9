#include "validator/cycle_lint.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "validator/engine_findings.hpp"

namespace cosp {
namespace {

using Names = std::vector<std::string_view>;

class CycleLinter {
 public:
  CycleLinter(const Form& form, const Cycle& cycle) : form_(form), cycle_(cycle) {}

  std::vector<Mistake> run() {
    for (const Phase& phase : cycle_.phases)
      for (const std::string& chapter : phase.chapters)
        if (form_.find_chapter(chapter) == kNone)
          add_unknown(fmt::format("phase \"{}\"", phase.id), "chapter", chapter,
                      codes(form_.chapters()));
    for (const RegisteredReservation& reservation : cycle_.reservations)
      for (const std::string& provision : reservation.provisions)
        if (form_.find_provision(provision) == kNone)
          add_unknown(fmt::format("reservation of \"{}\"", reservation.state), "provision",
                      provision, codes(form_.provisions()));
    for (const RuleOverride& over : cycle_.overrides) lint_override(over.rule);
    return std::move(mistakes_);
  }

 private:
  template <class Records>
  Names codes(const Records& records) const {
    Names names;
    for (const auto& record : records) names.push_back(form_.string(record.code));
    return names;
  }

  void add(std::string what) {
    Mistake mistake;
    mistake.what = std::move(what);
    mistakes_.push_back(std::move(mistake));
  }

  void add_unknown(const std::string& where, std::string_view kind, std::string_view name,
                   const Names& known) {
    const auto near = nearest(name, known);
    const std::string hint = near ? fmt::format("; did you mean \"{}\"?", *near) : "";
    add(fmt::format("{}: unknown {} \"{}\"{}", where, kind, name, hint));
  }

  void lint_override(const std::string& rule) {
    if (can_override(form_, rule)) return;
    const std::string where = fmt::format("override of \"{}\"", rule);
    const bool is_own = form_.find_rule(rule) != kNone ||
                        std::ranges::find(engine_findings(), std::string_view(rule),
                                          &EngineFinding::id) != engine_findings().end();
    if (is_own) {
      add(where +
          ": expected a finding that may be overridden, got a blocker, or one on the submission "
          "itself");
      return;
    }
    Names known;
    for (const Rule& one : form_.rules()) known.push_back(form_.string(one.id));
    for (const EngineFinding& one : engine_findings()) known.push_back(one.id);
    std::erase_if(known, [&](std::string_view name) { return !can_override(form_, name); });
    add_unknown(where, "rule", rule, known);
  }

  const Form& form_;
  const Cycle& cycle_;
  std::vector<Mistake> mistakes_;
};

}  // namespace

std::vector<Mistake> lint_cycle(const Form& form, const Cycle& cycle) {
  return CycleLinter(form, cycle).run();
}

}  // namespace cosp
