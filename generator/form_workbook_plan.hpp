/// Where everything lies in the workbook, settled before anything is written: formulas point in all
/// directions. For generator/ only.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "generator/form_workbook.hpp"
#include "model/workbook_layout.hpp"

namespace cosp {

/// Columns of a sheet of questions, counted from 0. Those before the number are hidden; what is
/// rarely used stands behind the visibility, on a page of its own when printed.
struct QuestionColumn {
  static constexpr std::uint16_t kCode = 0;
  static constexpr std::uint16_t kAsked = 1;     ///< 1 or 0
  static constexpr std::uint16_t kGiven = 2;     ///< whether the cells of the answer hold one
  static constexpr std::uint16_t kStanding = 3;  ///< a number of `Standing`
  static constexpr std::uint16_t kNumber = 4;
  static constexpr std::uint16_t kWord = 5;  ///< the standing in words
  static constexpr std::uint16_t kProvision = 6;
  static constexpr std::uint16_t kText = 7;
  static constexpr std::uint16_t kAnswer = 8;
  static constexpr std::uint16_t kLimits = 9;
  static constexpr std::uint16_t kReason = 10;
  static constexpr std::uint16_t kNote = 11;
  static constexpr std::uint16_t kVisibility = 12;
  static constexpr std::uint16_t kDetail = 13;
  static constexpr std::uint16_t kRows = 14;
  static constexpr std::uint16_t kExpectedOn = 15;
  static constexpr std::uint16_t kAuthor = 16;
  static constexpr std::uint16_t kOrigin = 17;
  static constexpr std::uint16_t kCount = 18;
};

/// How a question stands, in an order that conditions use: below `reasoned` it has no answer, from
/// `given` on a value.
enum class Standing : std::uint8_t {
  not_asked,
  open,
  required,  ///< open, and a final submission may not leave it so
  both,      ///< a value and a reason: neither counts
  reasoned,
  reasoned_unconfirmed,  ///< not entered by anyone in this cycle
  given,
  given_unconfirmed,
};
inline constexpr int kStandingCount = 8;

struct PlannedSheet {
  enum class Kind : std::uint8_t {
    cover,
    progress,
    chapter,
    registry,
    contacts,
    remarks,
    languages,
    explanations,
    unknown,
    lists,
  };
  Kind kind = Kind::cover;
  std::uint32_t subject = kNone;  ///< chapter or register
  std::string title;
};

struct QuestionPlace {
  std::uint32_t sheet = kNone;  ///< kNone: not in this workbook
  std::uint32_t row = 0;
  std::vector<std::uint32_t> options;  ///< ticks: position of the option of each line
  std::uint32_t lines = 0;             ///< rows below the question's own that belong to it
};

struct RegisterPlace {
  std::uint32_t sheet = kNone;
  std::uint32_t first = 0;               ///< row of the first entry
  std::vector<std::string> ids;          ///< of entries, then of those prepared
  std::vector<std::uint32_t> rows;       ///< of the submission, by entry; kNone for prepared ones
  std::vector<std::uint16_t> columns;    ///< by position in the register; 0: not on this sheet
  std::uint16_t width = 1;               ///< columns used, that of codes included
  std::uint32_t contacts_first = kNone;  ///< row of the first entry among the contacts
};

struct BlockPlace {
  std::uint32_t block = kNone;
  std::uint32_t sheet = kNone;
  std::uint32_t first = 0, last = 0;  ///< rows of its questions and their lines
};

/// Rows at the head of every sheet. The marker stands first: above it would be nobody's.
struct HeadRows {
  static constexpr std::uint32_t kMarker = 0;
  static constexpr std::uint32_t kTitle = 1;
  static constexpr std::uint32_t kMark = 2;
  static constexpr std::uint32_t kLink = 3;
  static constexpr std::uint32_t kHeadings = 4;
  static constexpr std::uint32_t kFirst = 5;
};

/// Columns of the first sheet.
struct CoverColumn {
  static constexpr std::uint16_t kLabel = 1;
  static constexpr std::uint16_t kAnswer = 2;
  static constexpr std::uint16_t kSide = 3;
  static constexpr double kSideWidth = 44;
};

/// Rows of the first sheet, down to the header that people fill in: formulas read its stage.
struct CoverRows {
  static constexpr std::uint32_t kSteps = HeadRows::kFirst;
  static constexpr std::uint32_t kMostSteps = 7;
  static constexpr std::uint32_t kHeader = kSteps + kMostSteps + 1;
  static constexpr std::uint32_t kFirstMember = kHeader + 2;
  static constexpr std::uint32_t kStage = kFirstMember + 6;
};

struct FormWorkbookPlan {
  std::vector<PlannedSheet> sheets;
  std::vector<QuestionPlace> questions;  ///< by question
  std::vector<RegisterPlace> registers;  ///< by register
  std::vector<BlockPlace> blocks;        ///< in their order; of the contacts none
  std::vector<std::uint32_t> personal;   ///< questions among the contacts
  std::vector<std::string> parts;        ///< as the header tells them
  std::vector<std::string> held_back;
  std::vector<std::string> held_cells;  ///< of these "R/row/column", sorted

  std::uint32_t sheet_of(PlannedSheet::Kind kind, std::uint32_t subject = kNone) const;
  bool holds_cell_back(std::string_view place) const;
};

/// Errors: `bad_input` for a chapter that the form does not have.
Result<FormWorkbookPlan> plan_form_workbook(const Form& form, const FormWorkbookOptions& options,
                                            const Submission& submission);

/// "register/row/column", as remarks and texts name a cell.
std::string cell_code(const Form& form, std::uint32_t registry, std::string_view row,
                      std::uint32_t column);

}  // namespace cosp
