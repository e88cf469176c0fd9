/// What all pages have in common: masthead, contents, footnotes, colophon, and the numbers of what
/// is numbered.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "generator/compilation.hpp"
#include "generator/narrative_text.hpp"
#include "generator/template_value.hpp"

namespace cosp {

/// One document in the making. Keeps a reference to the input. One thread at a time.
class DocumentPage {
 public:
  DocumentPage(const CompilationInput& input, std::string_view language);

  const CompilationInput& input() const { return input_; }
  const Form& form() const { return input_.form; }
  NarrativeText& words() { return words_; }
  const Arguments& arguments() const { return arguments_; }
  void add_arguments(const Arguments& more) {
    arguments_.insert(arguments_.end(), more.begin(), more.end());
  }

  std::string next_paragraph() { return std::to_string(++paragraphs_); }
  std::string next_table();   ///< "Table 1"
  std::string next_figure();  ///< "Figure 1"
  int figures() const { return figures_; }
  /// The number of a heading of level 2 or 3, and its line in the contents.
  std::string next_heading(int level, std::string_view id, std::string_view text);
  /// A line in the contents for what has no number.
  void add_contents(std::string_view id, std::string_view text, int level);
  /// One footnote, with the text's number and id for the place that cites it.
  TemplateObject footnote(std::string text);
  /// The footnote of that text made before, else a new one. It is linked back from where it was
  /// cited first.
  bool has_footnote(std::string_view text) const;

  /// The page without its parts: `parts`, `chapters` and `sections` are the caller's.
  TemplateObject finish(const std::string& title, TemplateList attribution);

 private:
  /// The cycle with its period, or with that of the submission the page is about.
  std::string subtitle();
  void add_masthead(TemplateObject& page);
  TemplateList colophon();
  TemplateList optional(std::string_view id, bool is_there);

  const CompilationInput& input_;
  NarrativeText words_;
  Arguments arguments_;
  int paragraphs_ = 0, tables_ = 0, figures_ = 0, sections_ = 0, subsections_ = 0;
  TemplateList contents_;
  TemplateList footnotes_;
  std::vector<std::string> footnote_texts_;
};

/// A list of one text; none for an empty one.
TemplateList words_of(std::string text);

}  // namespace cosp
