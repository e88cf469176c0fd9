/// Holding a cycle against the form it is a round of.
#pragma once

#include <vector>

#include "model/cycle.hpp"
#include "model/form.hpp"
#include "model/mistake.hpp"

namespace cosp {

/// What the cycle says of the form that the form does not have: chapters of phases, provisions of
/// reservations, rules of overrides, and overrides that may not be (`can_override`). A cycle keeps
/// no lines, so a mistake names the phase, the State or the override instead; `file` is empty, for
/// the caller to fill in. In the order of the cycle.
std::vector<Mistake> lint_cycle(const Form& form, const Cycle& cycle);

}  // namespace cosp
