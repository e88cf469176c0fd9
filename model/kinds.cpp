#include "model/kinds.hpp"

#include <array>

#include "model/words.hpp"

namespace cosp {
namespace {

// Each table lists the words in the order of the enumeration.
constexpr std::array<std::string_view, 17> kQuestionTypes = {
    "status",    "single",    "multi",      "yes_no", "number",   "money",
    "text",      "long",      "date",       "period", "language", "languages",
    "submitter", "reference", "provisions", "email",  "phone"};
constexpr std::array<std::string_view, 7> kObligations = {
    "none", "mandatory", "consider", "optional", "guarantee", "saving", "informational"};
constexpr std::array<std::string_view, 4> kRequirements = {"never", "draft", "final", "parties"};
constexpr std::array<std::string_view, 3> kVisibilities = {"public", "counted", "secretariat"};
constexpr std::array<std::string_view, 4> kSeverities = {"info", "warning", "error", "blocker"};
constexpr std::array<std::string_view, 2> kStages = {"draft", "final"};
constexpr std::array<std::string_view, 3> kSubmitterKinds = {"state", "organization", "body"};
constexpr std::array<std::string_view, 4> kPositions = {"neither", "signatory", "party",
                                                        "former_party"};
constexpr std::array<std::string_view, 3> kPurposes = {"test", "pilot", "official"};
constexpr std::array<std::string_view, kReasonCount> kReasons = {
    "not_applicable", "by_reservation",     "not_available",     "under_consideration",
    "withheld",       "reported_elsewhere", "outside_competence"};
constexpr std::array<std::string_view, 4> kOrigins = {"typed", "prefilled", "carried_over",
                                                      "shared"};
constexpr std::array<std::string_view, 5> kBindings = {"none", "submitter", "period", "language",
                                                       "organization"};
constexpr std::array<std::string_view, 4> kMoments = {"none", "period_start", "period_end",
                                                      "cut_off"};
constexpr std::array<std::string_view, 4> kOutcomes = {
    "received_complete", "received_with_findings", "blocked", "unreadable"};

}  // namespace

std::string_view to_string(QuestionType type) { return word_of(kQuestionTypes, type); }
std::string_view to_string(Obligation obligation) { return word_of(kObligations, obligation); }
std::string_view to_string(Requirement requirement) { return word_of(kRequirements, requirement); }
std::string_view to_string(Visibility visibility) { return word_of(kVisibilities, visibility); }
std::string_view to_string(Severity severity) { return word_of(kSeverities, severity); }
std::string_view to_string(Stage stage) { return word_of(kStages, stage); }
std::string_view to_string(SubmitterKind kind) { return word_of(kSubmitterKinds, kind); }
std::string_view to_string(Position position) { return word_of(kPositions, position); }
std::string_view to_string(Purpose purpose) { return word_of(kPurposes, purpose); }
std::string_view to_string(Reason reason) { return word_of(kReasons, reason); }
std::string_view to_string(Origin origin) { return word_of(kOrigins, origin); }
std::string_view to_string(Binding binding) { return word_of(kBindings, binding); }
std::string_view to_string(Moment moment) { return word_of(kMoments, moment); }
std::string_view to_string(Outcome outcome) { return word_of(kOutcomes, outcome); }

std::optional<QuestionType> parse_question_type(std::string_view word) {
  return value_of<QuestionType>(kQuestionTypes, word);
}
std::optional<Obligation> parse_obligation(std::string_view word) {
  return value_of<Obligation>(kObligations, word);
}
std::optional<Requirement> parse_requirement(std::string_view word) {
  return value_of<Requirement>(kRequirements, word);
}
std::optional<Visibility> parse_visibility(std::string_view word) {
  return value_of<Visibility>(kVisibilities, word);
}
std::optional<Severity> parse_severity(std::string_view word) {
  return value_of<Severity>(kSeverities, word);
}
std::optional<Stage> parse_stage(std::string_view word) { return value_of<Stage>(kStages, word); }
std::optional<SubmitterKind> parse_submitter_kind(std::string_view word) {
  return value_of<SubmitterKind>(kSubmitterKinds, word);
}
std::optional<Position> parse_position(std::string_view word) {
  return value_of<Position>(kPositions, word);
}
std::optional<Purpose> parse_purpose(std::string_view word) {
  return value_of<Purpose>(kPurposes, word);
}
std::optional<Reason> parse_reason(std::string_view word) {
  return value_of<Reason>(kReasons, word);
}
std::optional<Origin> parse_origin(std::string_view word) {
  return value_of<Origin>(kOrigins, word);
}
std::optional<Binding> parse_binding(std::string_view word) {
  return value_of<Binding>(kBindings, word);
}
std::optional<Moment> parse_moment(std::string_view word) {
  return value_of<Moment>(kMoments, word);
}

std::optional<Outcome> parse_outcome(std::string_view word) {
  return value_of<Outcome>(kOutcomes, word);
}

}  // namespace cosp
