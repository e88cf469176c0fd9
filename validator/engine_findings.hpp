/// The findings that the engine itself gives, whatever the form's rules: a published list.
#pragma once

#include <span>
#include <string_view>

#include "model/finding.hpp"

namespace cosp {

struct EngineFinding {
  std::string_view id;
  Severity severity = Severity::error;
  /// At draft, where a final submission must have what a draft may still lack.
  Severity at_draft = Severity::error;
};

/// Sorted by id. Texts are `finding.<id>.message`, `.why` and `.mend`.
std::span<const EngineFinding> engine_findings();

/// Whether a cycle may give findings of this name another severity, or none: those of the form's
/// rules and of the engine may be, but blockers, whatever tells who reports on what, and
/// explanations may not. False too for names of neither.
bool can_override(const Form& form, std::string_view rule);

/// A finding of the list, at a place. Throws std::logic_error for an id that is not in it.
Finding make_engine_finding(std::string_view id, Stage stage, const Place& place);

}  // namespace cosp
