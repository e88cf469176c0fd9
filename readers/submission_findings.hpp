/// The findings of reading: their ids with severities, and collecting them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/finding.hpp"
#include "model/form.hpp"
#include "readers/json_tree.hpp"

namespace cosp {

struct ReadFindingKind {
  std::string_view id;
  Severity severity;
};
/// Every kind that reading can find, sorted by id. Texts are `finding.<id>.message`, `.why`,
/// `.mend`.
std::span<const ReadFindingKind> read_finding_kinds();

/// Collects what reading finds, up to a limit. Texts may use `question` (the label of the place),
/// `written` and `expected`, which whoever prints a finding takes from the finding itself; beside
/// those, each kind has its own.
class ReadFindings {
 public:
  ReadFindings(const Form& form, std::vector<Finding>& findings, std::uint32_t limit)
      : form_(form), findings_(findings), limit_(limit) {}

  /// Something at a question or a cell; `finish` sets its pointer.
  Finding& add(std::string_view id, const Place& place, const JsonNode& at);
  /// Something elsewhere, by its pointer.
  Finding& add(std::string_view id, std::string pointer, std::uint32_t source);
  /// The same, with the name nearest to the one that is not known.
  Finding& add_unknown(std::string_view id, std::string pointer, const JsonNode& member,
                       std::span<const std::string_view> known);

  /// Arguments `suggestion` (yes or no) and `nearest`. Searching is dear: only the first hundred
  /// names get one.
  void suggest(Finding& finding, std::string_view wanted, std::span<const std::string_view> known);
  /// The same where the known ones are few: all of them are what was expected.
  void suggest_word(Finding& finding, std::string_view wanted,
                    std::span<const std::string_view> known);
  /// `hidden-character` for each string within the value that holds one: for strings that no rule
  /// of a form sees.
  void add_hidden(const JsonTree& json, const JsonNode& node);
  /// Whether a suggestion would be looked for.
  bool may_suggest() const { return suggestions_ < kSuggestions; }

  /// Says that there were more than the limit, and points each finding that has none at the value
  /// it is about.
  void finish(const JsonTree& json);

 private:
  static constexpr int kSuggestions = 100;

  Finding& next(std::string_view id, std::uint32_t source);

  const Form& form_;
  std::vector<Finding>& findings_;
  std::uint32_t limit_;
  int suggestions_ = 0;
  bool is_over_ = false;
  Finding beyond_;  ///< takes what passes the limit
};

/// A finding of this kind, at a byte offset or (kNone) nowhere yet.
Finding read_finding(std::string_view id, std::uint32_t source);

/// Stands for what is personal.
inline constexpr std::string_view kMaskedText = "•••";

/// What stood there, as a reader sees it: at most 200 characters.
std::string written_text(const JsonNode& node);

/// The finding of an unreadable file.
Finding unreadable_finding(const JsonFault& fault);

/// The first 200 characters, with "…" when there were more.
std::string shortened(std::string_view text);

/// A member's name in an RFC 6901 pointer, with its slash.
std::string pointer_step(std::string_view name);

}  // namespace cosp
