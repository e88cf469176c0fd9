/// The words of one document: catalogue texts in its language, held against the arguments they are
/// given, so that a mistake in a form's text becomes an error and never a sentence with a hole.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/messages.hpp"
#include "base/result.hpp"
#include "generator/table_text.hpp"
#include "generator/template_value.hpp"
#include "model/cycle.hpp"
#include "model/form.hpp"

namespace cosp {

/// A text, and its language where that is not the document's.
struct MarkedText {
  std::string text;
  std::string language;  ///< empty: the document's own
};

/// Keeps references to its arguments. One thread at a time.
class NarrativeText {
 public:
  NarrativeText(const Form& form, const Cycle& cycle, std::string_view language);

  const Form& form() const { return form_; }
  const std::string& language() const { return language_; }
  bool is_right_to_left() const;
  TableText& tables() { return tables_; }

  /// A text of the catalogue. When it does not exist, or uses an argument that is not given, the
  /// first such fault is kept for `failure`, and the text is empty.
  MarkedText message(std::string_view id, const Arguments& arguments = {});
  std::string words(std::string_view id, const Arguments& arguments = {}) {
    return message(id, arguments).text;
  }
  MarkedText form_text(TextId id);
  /// Words of tables. Where one of the texts in them fell back, the whole is marked.
  MarkedText label(const Label& label);
  MarkedText title(const Table& table);
  MarkedText cell(const Cell& cell);
  bool has(std::string_view id) const { return form_.find_text(id) != kNone; }

  /// Names of the arguments that the text uses; empty for a text that does not exist or is broken.
  const std::set<std::string, std::less<>>& used(std::string_view id);

  /// Whether any text so far was the source language's for want of one.
  bool has_fallback() const { return has_fallback_ || tables_.fallbacks() > 0; }
  const std::optional<Error>& failure() const { return failure_; }

 private:
  MarkedText mark(std::string text);
  void fail(std::string_view id, std::string what);

  const Form& form_;
  std::string language_;
  std::uint32_t form_language_;
  TableText tables_;
  std::map<std::string, std::set<std::string, std::less<>>, std::less<>> used_;
  bool has_fallback_ = false;
  std::optional<Error> failure_;
};

/// The attributes of a text in another language: `tag` and `direction`, none for the document's
/// own.
TemplateList language_mark(const NarrativeText& words, std::string_view language);

/// An object of `text` and `mark`.
TemplateObject marked_object(const NarrativeText& words, MarkedText text);
/// A list of one such object; none for an empty text.
TemplateList marked_list(const NarrativeText& words, MarkedText text);

}  // namespace cosp
