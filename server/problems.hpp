/// The one table of what can be wrong with a request, and how it is told (RFC 9457).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/messages.hpp"
#include "model/form.hpp"

namespace cosp {

/// Texts: `problem.<code>.title`, and `.detail` with the arguments named beside each code in the
/// table.
struct Problem {
  std::string_view code;  ///< stable; the type is "urn:cosp:problem:<code>"
  int status;
  std::string_view reason;  ///< of the HTTP status line
};

enum class ProblemCode : std::uint8_t {
  bad_request,  ///< {fault}: id of a text `problem.fault.<fault>`
  unreadable,
  token_missing,
  token_unknown,
  foreign_submitter,  ///< {state}: code of the State that the token is bound to
  not_found,
  method_not_allowed,  ///< {allowed}
  length_required,
  too_large,  ///< {limit}: megabytes
  media_type,
  blocked,
  busy,
  store_failed,
};

const Problem& problem(ProblemCode code);
/// The whole table, in the order of the enumeration.
std::span<const Problem> problems();

/// The body, application/problem+json, in a language of the form. `members` is JSON of further
/// members without braces
/// ("\"report\":{…}"), or empty.
std::string problem_json(ProblemCode code, const Form& form, std::string_view language,
                         const Arguments& arguments, std::string_view members = {});
/// The same for people: title and detail, a line each.
std::string problem_text(ProblemCode code, const Form& form, std::string_view language,
                         const Arguments& arguments);

}  // namespace cosp
