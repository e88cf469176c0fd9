/// What the workbook says in its language: labels, limits, messages. For generator/ only.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/messages.hpp"
#include "model/evaluation.hpp"
#include "model/form.hpp"

namespace cosp {

/// Keeps a reference to the form. One thread at a time.
class WorkbookWords {
 public:
  WorkbookWords(const Form& form, std::string_view language);

  const Form& form() const { return form_; }
  const std::string& language() const { return language_; }
  std::uint32_t form_language() const { return form_language_; }

  /// A text of the catalogue, formatted.
  std::string text(std::string_view id, const Arguments& arguments = {});
  /// A text of the prefix that all words of this workbook have.
  std::string own(std::string_view id, const Arguments& arguments = {});
  std::string of(TextId id) const { return std::string(form_.text(id, form_language_).value); }
  bool has(std::string_view id) const { return form_.find_text(id) != kNone; }

  std::string title_of_form();
  /// Number and title; the title alone of a block about no article.
  std::string block(const Block& block);
  /// What a cell says for an option: its label, or its code where the list has the label twice.
  const std::string& option(std::uint32_t list, std::uint32_t position);
  /// The same where several stand in one cell, between semicolons.
  std::string joined_option(std::uint32_t list, std::uint32_t position);
  std::string reason(Reason reason);
  std::string visibility(Visibility visibility);
  std::string origin(Origin origin);
  std::string provisions(Range range) const;
  std::string unit(const Field& field);
  /// Requirement, unit and limits, a line each. Limits that a counter tells are left out.
  std::vector<std::string> limits(const Field& field, Visibility floor,
                                  const Evaluation& evaluation, bool has_counter);
  /// Of figures and days: unit and limits, a line each.
  std::vector<std::string> range_limits(const Field& field, const Evaluation& evaluation);
  /// Whether any text of the form in this language is neither the source nor reviewed.
  bool is_unreviewed() const;

 private:
  void add_figure_limits(const Field& field, std::vector<std::string>& lines);
  void add_date_limits(const Field& field, const Evaluation& evaluation,
                       std::vector<std::string>& lines);

  const Form& form_;
  std::string language_;
  std::uint32_t form_language_;
  MessageFormatter formatter_;
  std::map<std::uint32_t, std::vector<std::string>> options_;  ///< by list
};

/// At most so many characters, cut between words and marked where it is cut.
std::string cut_at_word(std::string_view text, std::size_t most);

}  // namespace cosp
