/// A finding: something about a party's answers that the party should see. A value, collected,
/// never thrown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/date.hpp"
#include "base/decimal.hpp"
#include "model/form.hpp"
#include "model/kinds.hpp"
#include "model/submission.hpp"

namespace cosp {

/// A text of the form, put into the language of the reader when the finding is printed.
struct TextReference {
  TextId id = kNone;
};
/// The same by the text's id, for words of the engine.
struct TextName {
  std::string id;
};
using FindingArgument = std::variant<std::string, Decimal, std::int64_t, Date, TextReference,
                                     TextName, std::vector<TextReference>>;
using FindingArguments = std::vector<std::pair<std::string, FindingArgument>>;

/// A finding of which a cycle's override has changed the severity.
struct SeverityChange {
  Severity declared = Severity::error;
  std::string reason;
  Date on{};
};

/// Something that was not checked, for people: a text of the catalogue and what it speaks of.
struct Unchecked {
  std::string id;
  FindingArguments arguments;
};

struct Finding {
  std::string rule;  ///< a rule's id, or that of a check the form declares ("required",
                     ///< "unknown-question" …)
  Severity severity = Severity::error;
  std::vector<std::uint32_t> provisions;  ///< indexes
  Place place;
  /// Text ids are `<text>.message`, `.why`, `.mend`: "rule.<id>" for the form's rules,
  /// "finding.<id>" for the engine's.
  std::string text;
  FindingArguments arguments;
  std::string written;   ///< what stood there, at most 200 characters, personal data masked
  std::string expected;  ///< what was expected where that is one thing ("0-99"); may be empty
  std::string pointer;   ///< RFC 6901; empty only for what is wrong with the file as a whole
  std::uint32_t source = kNone;  ///< byte offset in the file
  std::uint32_t line = 0;        ///< from 1; 0: no file position
  std::uint32_t column = 0;      ///< from 1, in code points
  std::string cell;              ///< "sheet!cell" when it came from a workbook
  std::string digest;            ///< of the answers the rule read; what an explanation cites
  std::string explanation;       ///< the State's, when it closes the finding; empty: open
  std::optional<SeverityChange> change;  ///< by the cycle; `severity` is the changed one

  bool is_explained() const { return !explanation.empty(); }
};

/// Where a located finding stands in its file: "II!G12" in a workbook, "12:5" (line and column),
/// else its pointer.
std::string position_of(const Finding& finding);

/// Sets `line` and `column` of each finding that has a `source` offset into `bytes`. One pass over
/// the bytes.
void locate(std::vector<Finding>& findings, std::string_view bytes);

/// Stable order: by place in the questionnaire, then rule; what has no place comes first, by
/// position in the file.
void sort_findings(std::vector<Finding>& findings);

/// `blocked` if any blocker; `received_with_findings` if any unexplained warning or error; else
/// complete.
Outcome outcome_of(const std::vector<Finding>& findings);

}  // namespace cosp
