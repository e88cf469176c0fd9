/// The closed vocabularies of the engine: kinds that no treaty adds to.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace cosp {

/// What an answer to a question or a cell of a register's row holds.
enum class QuestionType : std::uint8_t {
  status,     ///< one option: where the law stands
  single,     ///< one option
  multi,      ///< any number of options
  yes_no,     ///< one of `yes`, `no`
  number,     ///< a figure with a unit
  money,      ///< a figure with an ISO 4217 currency
  text,       ///< a short text, in one or more languages
  long_text,  ///< written `long` in declarations
  date,
  period,
  language,    ///< a BCP 47 tag
  languages,   ///< several
  submitter,   ///< a code of the roster
  reference,   ///< rows of a register
  provisions,  ///< provisions of the treaty
  email,
  phone,
};

enum class Obligation : std::uint8_t {
  none,  ///< no provision stands behind it
  mandatory,
  consider,
  optional,
  guarantee,
  saving,
  informational,
};

/// When an answer is required. `parties`: at final, of parties only.
enum class Requirement : std::uint8_t { never, draft, final, parties };

/// From most open to most closed; a State may close further than the form's floor, never open.
enum class Visibility : std::uint8_t {
  open,
  counted,
  secretariat
};  ///< `open` is written `public`

enum class Severity : std::uint8_t { info, warning, error, blocker };
enum class Stage : std::uint8_t { draft, final };
enum class SubmitterKind : std::uint8_t { state, organization, body };
enum class Position : std::uint8_t { neither, signatory, party, former_party };
enum class Purpose : std::uint8_t { test, pilot, official };

/// Why a question was answered without a value.
enum class Reason : std::uint8_t {
  not_applicable,
  by_reservation,
  not_available,
  under_consideration,
  withheld,
  reported_elsewhere,
  outside_competence,
};
inline constexpr int kReasonCount = 7;

/// Where an answer came from.
enum class Origin : std::uint8_t { typed, prefilled, carried_over, shared };

/// What of the header a question repeats; the header prevails and a difference is a blocker.
enum class Binding : std::uint8_t { none, submitter, period, language, organization };

/// A date known only when a cycle is.
enum class Moment : std::uint8_t { none, period_start, period_end, cut_off };

/// What a submission's checking came to. `unreadable` and `blocked` are not counted.
enum class Outcome : std::uint8_t {
  received_complete,
  received_with_findings,
  blocked,
  unreadable
};

// The words used in files. Each parser returns nothing for a word it does not know.
std::string_view to_string(QuestionType type);
std::string_view to_string(Obligation obligation);
std::string_view to_string(Requirement requirement);
std::string_view to_string(Visibility visibility);
std::string_view to_string(Severity severity);
std::string_view to_string(Stage stage);
std::string_view to_string(SubmitterKind kind);
std::string_view to_string(Position position);
std::string_view to_string(Purpose purpose);
std::string_view to_string(Reason reason);
std::string_view to_string(Origin origin);
std::string_view to_string(Binding binding);
std::string_view to_string(Moment moment);
std::string_view to_string(Outcome outcome);

std::optional<QuestionType> parse_question_type(std::string_view word);
std::optional<Obligation> parse_obligation(std::string_view word);
std::optional<Requirement> parse_requirement(std::string_view word);
std::optional<Visibility> parse_visibility(std::string_view word);
std::optional<Severity> parse_severity(std::string_view word);
std::optional<Stage> parse_stage(std::string_view word);
std::optional<SubmitterKind> parse_submitter_kind(std::string_view word);
std::optional<Position> parse_position(std::string_view word);
std::optional<Purpose> parse_purpose(std::string_view word);
std::optional<Reason> parse_reason(std::string_view word);
std::optional<Origin> parse_origin(std::string_view word);
std::optional<Binding> parse_binding(std::string_view word);
std::optional<Moment> parse_moment(std::string_view word);
std::optional<Outcome> parse_outcome(std::string_view word);

constexpr bool is_choice(QuestionType type) {
  return type == QuestionType::status || type == QuestionType::single ||
         type == QuestionType::multi || type == QuestionType::yes_no;
}
constexpr bool is_text(QuestionType type) {
  return type == QuestionType::text || type == QuestionType::long_text;
}
constexpr bool is_figure(QuestionType type) {
  return type == QuestionType::number || type == QuestionType::money;
}

}  // namespace cosp
