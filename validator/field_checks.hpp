/// What the declarations of questions and columns alone ask of an answer.
#pragma once

#include <map>
#include <memory>
#include <string_view>
#include <vector>

#include "model/evaluation.hpp"
#include "model/finding.hpp"
#include "validator/pattern.hpp"

namespace cosp {

/// The form's patterns for texts, each once, by their own text.
class FieldPatterns {
 public:
  explicit FieldPatterns(const Form& form);
  /// Null for an empty pattern.
  const Pattern* find(std::string_view pattern) const;

 private:
  std::map<std::string_view, Pattern> patterns_;
};

/// Number of answers, cells of rows among them, that are required of a final submission and that
/// this one lacks. What stood there and could not be taken is not counted.
std::uint32_t count_open_for_final(const Evaluation& evaluation);

/// Collects the findings on one field after another.
class FieldChecks {
 public:
  FieldChecks(const FieldPatterns& patterns, const Evaluation& evaluation, Stage stage,
              std::vector<Finding>& findings);

  /// All questions in their order, then all rows.
  void check_all();

 private:
  void check_question(std::uint32_t question);
  bool hangs_on_rejected(std::uint32_t condition) const;
  std::vector<TextReference> closing_questions(std::uint32_t condition) const;
  void check_register(std::uint32_t registry);
  void check_answer(const Field& field, const Answer& answer, const Place& place);
  void check_required(const Field& field, const Answer& answer, const Place& place);
  void check_reason(const Field& field, const Answer& answer, const Place& place);
  void check_value(const Field& field, const Answer& answer, const Place& place);
  void check_choice(const Field& field, const Answer& answer, const Place& place);
  void check_offered_when(const Field& field, const Answer& answer, const Place& place);
  void check_option_notes(const Field& field, const Answer& answer, const Place& place);
  void check_figure(const Field& field, const Answer& answer, const Place& place);
  void check_text(const Field& field, const Answer& answer, const Place& place);
  void check_date(const Field& field, const Answer& answer, const Place& place);
  void check_rows(const Field& field, const Answer& answer, const Place& place);
  void check_item(const Field& field, const Answer& answer, const Place& place);

  std::optional<Date> bound(const DateBound& bound) const;
  bool has_note(const Answer& answer) const;
  /// Id of the form's text that says in words what the field's pattern means.
  std::string pattern_text_id(const Field& field, const Place& place) const;
  /// Adds a finding with the field's label and what was written; more may be set on the result.
  Finding& add(std::string_view id, const Field& field, const Answer& answer, const Place& place);
  /// The same on a member that is missing beside the answer, such as its note.
  Finding& add_beside(std::string_view member, std::string_view id, const Field& field,
                      const Answer& answer, const Place& place);

  const FieldPatterns& patterns_;
  const Evaluation& evaluation_;
  const Form& form_;
  const Submission& submission_;
  const Stage stage_;
  std::vector<Finding>& findings_;
};

}  // namespace cosp
