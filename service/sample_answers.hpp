/// One made-up submission: answers drawn within what the form declares, drawn again where a rule
/// finds a contradiction.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/cycle.hpp"
#include "model/submission.hpp"
#include "service/sample_hints.hpp"
#include "service/sample_random.hpp"
#include "service/workspace.hpp"

namespace cosp {

class SampleWriter {
 public:
  /// The arguments must outlive the writer.
  SampleWriter(const PreparedForm& form, const Cycle& cycle, const SampleHints& hints)
      : form_(form.form), validator_(form.validator), cycle_(cycle), hints_(hints) {}

  /// A final submission of the entry without error or blocker, if one is found; a contradiction
  /// that stays is in the result's findings, and so not hidden.
  Submission write(const RosterEntry& entry, std::uint64_t seed) const;

 private:
  struct Draft;
  void fill_rows(Draft& draft) const;
  Row draw_row(Draft& draft, std::uint32_t registry, std::uint32_t number) const;
  void fill_reservations(Draft& draft) const;
  void fill_answers(Draft& draft) const;
  bool mend(Draft& draft) const;
  void draw_again(Draft& draft, const Place& place) const;
  Answer draw(Draft& draft, const Field& field, std::uint32_t question) const;
  Answer draw_reason(Draft& draft, const Field& field) const;
  Answer draw_value(Draft& draft, const Field& field, std::uint32_t question) const;
  std::uint32_t known_option(const Draft& draft, const Field& field, std::uint32_t question) const;
  void choose(Draft& draft, const Field& field, std::uint32_t question, Answer& answer) const;
  void write_text(Draft& draft, const Field& field, std::string_view general, Answer& answer) const;
  void cite_rows(Draft& draft, const Field& field, Answer& answer) const;
  void add_items(Draft& draft, std::vector<std::string> items, Answer& answer) const;
  std::uint64_t draw_choices(Draft& draft, const Field& field) const;
  Decimal draw_figure(Draft& draft, const Field& field) const;
  Date draw_date(Draft& draft, const Field& field) const;
  void add_text(Draft& draft, Answer& answer, std::string text) const;
  void add_note(Draft& draft, Answer& answer) const;

  const Form& form_;
  const Validator& validator_;
  const Cycle& cycle_;
  const SampleHints& hints_;
};

}  // namespace cosp
