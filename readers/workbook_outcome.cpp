#include "readers/workbook_outcome.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "base/text.hpp"

namespace cosp {
namespace {

/// Errors of which what was written is taken all the same.
constexpr std::array<std::string_view, 4> kTakenAllTheSame = {"answered-twice", "duplicate-row",
                                                              "row-without-id", "unknown-question"};

bool rejects(const Finding& finding) {
  if (finding.rule == "detail-not-asked") return true;
  return finding.severity >= Severity::error &&
         std::ranges::find(kTakenAllTheSame, finding.rule) == kTakenAllTheSame.end();
}

Answer* answer_at(const Form& form, Submission& submission, const Place& place) {
  if (place.registry == kNone)
    return place.question < submission.answers.size() ? &submission.answers[place.question]
                                                      : nullptr;
  auto& rows = submission.registers[place.registry];
  if (place.row >= rows.size() || place.column == kNone) return nullptr;
  return &rows[place.row].cells[place.column - form.registry(place.registry).columns.first];
}

void reject_answer(Answer& answer) {
  answer.state = Answer::State::absent;
  answer.is_rejected = true;
}

/// A reason stands where the answer belongs: that is the one thing to say.
void tell_of_reason(const Form& form, WorkbookLabels& labels, Finding& finding) {
  constexpr std::array<std::string_view, 4> kUnread = {"date-unreadable", "figure-unreadable",
                                                       "unknown-option", "unknown-row"};
  const bool is_unread = std::ranges::find(kUnread, finding.rule) != kUnread.end();
  if (!is_unread || !labels.means_no_answer(finding.written)) return;
  finding.rule = "reason-for-answer";
  finding.text = "finding." + finding.rule;
  finding.expected.clear();
  finding.arguments.emplace_back("column", TextReference{form.find_text("questionnaire.reason")});
}

/// Names the nearest label, not the nearest code: labels are what people see.
void suggest_label(const Form& form, WorkbookLabels& labels, Finding& finding) {
  std::vector<std::string_view> known;
  if (finding.rule == "unknown-option") {
    const Field& field = finding.place.registry == kNone
                             ? static_cast<const Field&>(form.question(finding.place.question))
                             : form.column(finding.place.column);
    known =
        labels.option_labels(field.list, field.allowed == 0 ? ~std::uint64_t{0} : field.allowed);
  } else if (finding.rule == "unknown-reason") {
    known = labels.word_labels(Vocabulary::reason);
  } else if (finding.rule == "unknown-word" && finding.pointer.ends_with("/visibility")) {
    known = labels.word_labels(Vocabulary::visibility);
  } else if (finding.rule == "unknown-word" && finding.pointer == "/stage") {
    known = labels.word_labels(Vocabulary::stage);
  } else {
    return;
  }
  constexpr std::size_t kLongest = 100;
  const auto near =
      finding.written.size() <= kLongest ? nearest(finding.written, known) : std::nullopt;
  for (auto& [name, value] : finding.arguments) {
    if (name == "suggestion") value = std::string(near ? "yes" : "no");
    if (name == "nearest") value = std::string(near.value_or(""));
  }
  finding.expected.clear();
  constexpr std::size_t kMostNamed = 12;
  if (known.size() > kMostNamed) return;
  for (const std::string_view label : known) {
    if (!finding.expected.empty()) finding.expected += "; ";
    finding.expected += label;
  }
}

/// Where the answer stands in the JSON form, if it is in the submission at all.
void point_at_place(const Form& form, const Submission& submission, Finding& finding) {
  Place& place = finding.place;
  const bool is_question = place.registry == kNone && place.question != kNone;
  const bool is_row =
      place.registry != kNone && place.row < submission.registers[place.registry].size();
  if (is_question || is_row)
    finding.pointer = json_pointer(form, submission, place);
  else
    place.row = place.column = kNone;
}

void take_out_held_back(const Form& form, ReadWorkbook& result) {
  for (const std::string& code : result.coverage.held_back) {
    const Place place = find_place(form, result.submission, code);
    if (place.question == kNone && place.column == kNone) continue;  // a whole row, or unknown
    Answer* answer = answer_at(form, result.submission, place);
    if (answer != nullptr && answer->is_absent()) answer->is_rejected = true;
  }
}

/// Nobody knows what stood where the workbook has no cell any more.
void take_out_gaps(const Form& form, const WorkbookGaps& gaps, Submission& submission) {
  const auto take_out = [](Answer& answer) {
    if (answer.is_absent()) answer.is_rejected = true;
  };
  for (const std::uint32_t question : gaps.questions) take_out(submission.answers[question]);
  for (const std::uint32_t column : gaps.columns) {
    const std::uint32_t registry = form.column(column).owner;
    for (Row& row : submission.registers[registry])
      take_out(row.cells[column - form.registry(registry).columns.first]);
  }
}

/// Of a register that has gone as a whole one finding speaks, and none of each row that is cited.
void drop_rows_of_lost_registers(const Form& form, const WorkbookGaps& gaps,
                                 std::vector<Finding>& findings) {
  if (gaps.registers.empty()) return;
  std::erase_if(findings, [&](const Finding& finding) {
    const Place& place = finding.place;
    if (finding.rule != "unknown-row" || (place.question == kNone && place.column == kNone))
      return false;
    const Field& field = place.registry == kNone
                             ? static_cast<const Field&>(form.question(place.question))
                             : form.column(place.column);
    return field.registry != kNone && gaps.registers[field.registry];
  });
}

WorkbookCounts count_cells(const WorkbookCells& cells) {
  WorkbookCounts counts;
  counts.read = static_cast<std::uint32_t>(cells.size());
  for (std::uint32_t i = 0; i < counts.read; ++i) {
    switch (cells.fate(i)) {
      case CellFate::ignored: ++counts.ignored; break;
      case CellFate::imported:
      case CellFate::beside: ++counts.imported; break;
      case CellFate::unread:
      case CellFate::answer: assert(false); [[fallthrough]];
      case CellFate::rejected: ++counts.rejected; break;
    }
  }
  return counts;
}

}  // namespace

void settle_outcome(const Form& form, WorkbookCells& cells, const WorkbookValues& values,
                    const WorkbookGaps& gaps, WorkbookLabels& labels, const CellMarks& marks,
                    ReadWorkbook& result) {
  for (const Place& place : values.rejected_places())
    if (Answer* answer = answer_at(form, result.submission, place)) reject_answer(*answer);
  for (Finding& finding : result.findings) {
    const std::uint32_t cell =
        finding.source == kNone || finding.source == 0 ? kNone : marks.find(finding.source);
    if (cell != kNone && rejects(finding)) cells.set(cell, CellFate::rejected);
    if (finding.rule == "wrong-format") finding.expected = workbook::kFormat;
    tell_of_reason(form, labels, finding);
    suggest_label(form, labels, finding);
  }
  drop_rows_of_lost_registers(form, gaps, result.findings);
  for (const auto& [cell, place] : values.answer_cells()) {
    if (cells.fate(cell) == CellFate::rejected) continue;
    const Answer* answer = answer_at(form, result.submission, place);
    const bool is_taken = answer != nullptr && !answer->is_rejected;
    cells.set(cell, is_taken ? CellFate::imported : CellFate::rejected);
  }
  take_out_held_back(form, result);
  take_out_gaps(form, gaps, result.submission);
  result.counts = count_cells(cells);
  std::vector<Finding> own = cells.take_findings();
  // Of a workbook of another form one finding says that it is; to hold its cells against this form
  // would only repeat it.
  const std::string& form_id = result.submission.header.form_id;
  if (!form_id.empty() && form_id != form.id()) own.clear();
  for (Finding& finding : own) point_at_place(form, result.submission, finding);
  std::move(own.begin(), own.end(), std::back_inserter(result.findings));
  result.places.locate(result.findings);
  sort_findings(result.findings);
}

}  // namespace cosp
