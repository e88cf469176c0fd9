/// One submitter's answers as a reader sees them: words for options, figures with units, texts in
/// the language they were written in, reasons, and the plain statement that something is not
/// provided or not published.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "generator/compilation.hpp"
#include "generator/narrative_text.hpp"
#include "generator/template_value.hpp"

namespace cosp {

/// Keeps references to its arguments. Nothing personal ever leaves it, whoever reads.
class AnswerText {
 public:
  AnswerText(NarrativeText& words, const Contributor& contributor, Audience audience);

  /// Asked, not personal, and, in public, not asked because of an answer that is not public:
  /// whoever saw such a question would know that answer.
  bool shows(std::uint32_t question) const { return shown_[question]; }
  /// Lines of a question that is shown; never empty.
  TemplateList question(std::uint32_t question);

  /// Nothing personal, and open to this reader.
  bool shows_column(std::uint32_t column) const;
  bool shows_register(std::uint32_t registry) const;
  /// Lines of a cell of a column that is shown; empty for an empty cell.
  TemplateList cell(std::uint32_t registry, std::uint32_t row, std::uint32_t column);
  bool is_empty(std::uint32_t registry, std::uint32_t row, std::uint32_t column) const;
  /// Where the row stands in the page. A second row of the same id, which a finding names, is told
  /// apart by its number behind a stroke, which no id of a row has.
  std::string row_anchor(std::uint32_t registry, std::uint32_t row) const;
  /// What the register calls the row: its title as this reader may see it, else its id.
  std::string row_title(std::uint32_t registry, std::uint32_t row);

  /// A text that the State wrote, in each of its languages.
  void add_texts(TemplateList& lines, const std::vector<LocalText>& texts, std::string_view css,
                 std::string caption = {});
  /// Whether the reader may see what stands at the place that an explanation names, and what it is
  /// called.
  std::string place_label(const std::string& place);

 private:
  struct Given {
    const Field& field;
    const Answer& answer;
    Visibility visibility;
  };
  bool is_readable(Visibility visibility) const;
  bool depends_on_closed(std::uint32_t question) const;
  void add_value(TemplateList& lines, const Given& given);
  void add_choices(TemplateList& lines, const Given& given);
  void add_figure(TemplateList& lines, const Given& given);
  void add_references(TemplateList& lines, std::uint32_t registry,
                      const std::vector<std::uint32_t>& rows, std::string caption);
  void add_reason(TemplateList& lines, const Given& given);
  void add_extra(TemplateList& lines, const Given& given);
  void add_line(TemplateList& lines, std::string text, std::string_view css);
  std::string items_text(const Given& given);
  TemplateList lines_of(const Given& given);

  NarrativeText& words_;
  const Contributor& contributor_;
  const Submission& submission_;
  Audience audience_;
  std::vector<bool>
      depends_;  ///< on an answer that this reader may not see, be it through other questions
  std::vector<bool> shown_;
};

}  // namespace cosp
