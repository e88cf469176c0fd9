/// Tables' labels and cells as words in one language; workbooks, pages and open data all take them
/// from here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/messages.hpp"
#include "model/cycle.hpp"
#include "model/form.hpp"
#include "model/table.hpp"

namespace cosp {

/// Keeps references to its arguments. One thread at a time.
class TableText {
 public:
  TableText(const Form& form, const Cycle& cycle, std::string_view language);

  const std::string& language() const { return language_; }
  std::uint32_t form_language() const { return form_language_; }

  /// A text of the catalogue, formatted.
  std::string text(std::string_view id, const Arguments& arguments = {});
  std::string label(const Label& label);
  /// A cell as a reader sees it: figures as the language writes them, nothing for nothing, words
  /// for what is withheld.
  std::string cell(const Cell& cell);
  /// What a State wrote: its version in the language, else the original, marked with its language.
  std::string state_text(const std::vector<LocalText>& texts);
  std::string title(const Table& table);
  /// Positions of the table's rows in the order in which this language shows them.
  std::vector<std::uint32_t> row_order(const Table& table) const;
  /// "Counted: parties with a final submission (9). Received by 30 June 2028."
  std::string denominator_line(const Table& table);
  /// The chart in words; empty when the table has no figure.
  std::string alternative(const Table& table);

  /// Whether any text since the last call was the source language's, for want of one.
  bool take_fallback();
  /// How many different such texts there were so far.
  std::size_t fallbacks() const { return fallbacks_.size(); }

  const Form& form() const { return form_; }
  const Cycle& cycle() const { return cycle_; }

 private:
  std::string_view pattern(TextId id);

  const Form& form_;
  const Cycle& cycle_;
  std::string language_;
  std::uint32_t form_language_;
  MessageFormatter formatter_;
  std::set<TextId> fallbacks_;
  bool has_fallen_back_ = false;
};

}  // namespace cosp
