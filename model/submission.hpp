/// A submission as read against a form: answers in a dense vector by question, registers as rows of
/// cells.
///
/// An answer is absent, a value, or a reasoned non-answer; these never collapse into one another.
/// Plain data: whoever reads it fills it, nobody else changes it (but `share_answers`, once, after
/// reading). Holds no reference to the form or the file it came from.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/decimal.hpp"
#include "model/form.hpp"
#include "model/kinds.hpp"

namespace cosp {

/// One language version of a text; the original is what the State wrote, the others are its own
/// translations.
struct LocalText {
  std::string language;  ///< BCP 47; that of the submission where the file names none
  std::string text;
  bool is_original = true;
};

/// What few answers have.
struct AnswerExtra {
  std::vector<LocalText> note;
  std::string author;
  std::vector<std::uint32_t>
      rows;  ///< of the register that the reason asks for (reported elsewhere: documents)
  std::optional<Date> expected_on;  ///< not available, under consideration
};

struct Answer {
  enum class State : std::uint8_t { absent, value, reason };
  State state = State::absent;
  Reason reason = Reason::not_applicable;
  Visibility visibility =
      Visibility::open;  ///< the State's choice, already raised to the form's floor
  Origin origin = Origin::typed;
  /// Something stood in the file but could not be taken (a finding says so): absent for rules and
  /// tables, but neither "required" nor anything else is reported on it again.
  bool is_rejected = false;
  std::uint32_t detail = kNone;  ///< position in the reason's list of details
  std::uint64_t mask = 0;        ///< choices, by position in the list; one bit for single ones
  Decimal number{};              ///< number; amount of money
  Date date{};                   ///< date; start of a period
  Date end{};                    ///< end of a period
  Range content;  ///< texts → `Submission::texts`; languages, submitter, e-mail, phone, currency →
                  ///< `items`; reference (rows) and provisions (indexes) → `numbers`
  std::uint32_t extra = kNone;   ///< into `Submission::extras`
  std::uint32_t source = kNone;  ///< byte offset of its value in the file

  bool has_value() const { return state == State::value; }
  bool has_reason() const { return state == State::reason; }
  bool is_absent() const { return state == State::absent; }
};

struct Row {
  std::string id;             ///< unique in its register, stays over revisions
  std::vector<Answer> cells;  ///< by position in the register's columns
  std::uint32_t source = kNone;
};

/// A State's explanation closes a warning or an error at one place as long as the answers the rule
/// read stay the same.
struct Explanation {
  std::string rule;
  std::string place;   ///< "block.suffix", or "register/row/column"
  std::string digest;  ///< of the answers read, as the finding printed it
  std::vector<LocalText> text;
  std::uint32_t source = kNone;
  std::uint32_t position =
      kNone;  ///< in the file's list, of which incomplete ones are left out here
};

/// An answer whose code the form does not know: kept, shown, not counted.
struct UnknownAnswer {
  std::string code;
  std::string json;
  std::uint32_t source = kNone;
};

struct SubmissionHeader {
  std::string form_id;
  std::string form_version;
  std::string structure_digest;  ///< empty: the file names none
  std::string cycle;
  SubmitterKind submitter_kind = SubmitterKind::state;
  std::string submitter;  ///< code of the roster
  std::uint32_t revision = 1;
  Stage stage = Stage::draft;
  std::string language;
  Purpose purpose = Purpose::pilot;
  std::optional<Period> period;
  std::vector<std::string> parts;  ///< codes of chapters; empty: complete
  /// Byte offsets in the file; of the nearest thing that is there when the member is missing.
  std::uint32_t submitter_source = kNone, kind_source = kNone, cycle_source = kNone,
                form_source = kNone, version_source = kNone, structure_source = kNone,
                stage_source = kNone, period_source = kNone, language_source = kNone,
                purpose_source = kNone;
};

struct Submission {
  SubmissionHeader header;
  std::vector<Answer> answers;              ///< by question index
  std::vector<std::vector<Row>> registers;  ///< by register index
  std::vector<LocalText> texts;
  std::vector<std::string> items;
  std::vector<std::uint32_t> numbers;
  std::vector<AnswerExtra> extras;
  std::vector<Explanation> explanations;
  std::vector<UnknownAnswer> unknown;

  std::span<const LocalText> texts_of(const Answer& answer) const;
  std::span<const std::string> items_of(const Answer& answer) const;
  std::span<const std::uint32_t> numbers_of(const Answer& answer) const;
  const AnswerExtra* extra_of(const Answer& answer) const;
  /// The original of a text answer; empty when it has none.
  std::string_view original_text(const Answer& answer) const;
  /// Index of the row of that id, kNone when there is none.
  std::uint32_t find_row(std::uint32_t registry, std::string_view id) const;
  const Answer& cell(const Form& form, std::uint32_t registry, std::uint32_t row,
                     std::uint32_t column) const;  ///< `column` absolute
};

/// Where an answer stands: a question, or a cell of a register's row.
struct Place {
  std::uint32_t question = kNone;
  std::uint32_t registry = kNone;
  std::uint32_t row = kNone;
  std::uint32_t column = kNone;  ///< absolute index
  friend bool operator==(const Place&, const Place&) = default;
};

/// Whether something stood in the file, anywhere, that could not be taken.
bool has_rejected(const Submission& submission);

/// "block.suffix" or "register/row/column": how explanations and people name a place.
std::string place_name(const Form& form, const Submission& submission, const Place& place);
/// The place of that name; what the form or the submission does not have is kNone in it.
Place find_place(const Form& form, const Submission& submission, std::string_view name);
/// RFC 6901 pointer into the JSON form of the submission.
std::string json_pointer(const Form& form, const Submission& submission, const Place& place);

/// Gives blocks the answers that a shared closing holds for them, where they have none of their own
/// (origin `shared`).
void share_answers(const Form& form, Submission& submission);

}  // namespace cosp
