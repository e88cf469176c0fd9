/// What a cycle's documents are made of, and the counting of their tables: once, for all languages
/// and formats.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "model/cycle.hpp"
#include "model/evaluation.hpp"
#include "model/form.hpp"
#include "model/submission.hpp"
#include "model/table.hpp"

namespace cosp {

/// Who reads a set of documents. `open` is written `public`.
enum class Audience : std::uint8_t { open, secretariat };
std::string_view to_string(Audience audience);
std::optional<Audience> parse_audience(std::string_view word);

/// A submitter's latest final submission received by the cut-off. Whoever makes these chooses it.
/// The pointers outlive the compilation.
struct Contributor {
  const RosterEntry* entry = nullptr;  ///< of the cycle's own roster
  const Submission* submission = nullptr;
  const Evaluation* evaluation = nullptr;  ///< made with the cycle
  std::optional<Date> received;
  std::string file;    ///< as the reader of `explain` finds it, relative
  std::string digest;  ///< canonical, lower-case hex
};

struct CompilationInput {
  const Form& form;
  const Cycle& cycle;
  std::vector<Contributor> contributors;  ///< sorted by code, each once
  Audience audience = Audience::open;
};

/// Consents that the form declares as named conditions; without a declaration nobody consents.
bool may_publish(const Contributor& contributor);
bool may_be_named(const Contributor& contributor);
bool may_be_compared(const Contributor& contributor);

/// The population in which the contributor counts; nothing for accredited bodies and for whom no
/// phase of the cycle names.
std::optional<Population> population_of(const CompilationInput& input,
                                        const Contributor& contributor);

/// N0, N1, N2, and those tabulated apart.
struct CycleCounts {
  std::int64_t roster = 0;
  std::int64_t parties = 0;
  std::int64_t submitted = 0;
  std::int64_t submitted_organizations = 0;
  std::int64_t submitted_others = 0;
  std::int64_t without_consent = 0;  ///< of all submitted: counted, never named in public
};
CycleCounts count_cycle(const CompilationInput& input);

/// Counts the declared tables (of `only`, when it names any), sorted by id, each followed by its
/// tables apart
/// (`id.organizations`, `id.others`), which exist when somebody of that population submitted.
///
/// Each question is gone over once per compilation, however many tables read it. Answers that are
/// public or "counted" count; those for the secretariat only are the column "not published". In
/// public, whoever does not consent to publication counts and stands in no `open` set; cells below
/// `suppress_below`, and what they could be computed from, are suppressed. The secretariat's tables
/// have the same numbers, none suppressed.
///
/// A table that its consent or decision does not allow (a matrix without the Conference's request)
/// is left out. Errors: `bad_input` for an id in `only` that is not declared, or for a declaration
/// that `lint_tables` refuses.
Result<std::vector<Table>> count_tables(const CompilationInput& input,
                                        std::span<const std::string> only = {});

/// The table of that id, nullptr when there is none.
const Table* find_table(std::span<const Table> tables, std::string_view id);

}  // namespace cosp
