#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/date.hpp"
#include "base/decimal.hpp"
#include "base/result.hpp"

namespace cosp {

/// What a message says. A list is joined as the language joins lists ("a, b and c").
using Argument = std::variant<std::string, Decimal, std::int64_t, Date, std::vector<std::string>>;
using Arguments = std::vector<std::pair<std::string, Argument>>;

/// Formats the catalogue's messages in one language. Patterns have ICU's message syntax, of which
/// these are taken: `{name}`, `{name, plural, …}` with `=n`, `offset:` and `#`, `{name,
/// selectordinal, …}`,
/// `{name, select, …}`, `{name, number}`, `{name, date}` and `{name, date, short}`.
///
/// Numbers are written as the language writes them, with the digits 0–9 in Arabic too, dates in
/// their long form. Texts are taken as they are, never read as patterns. A pattern that is broken,
/// or an argument that is missing or of the wrong type, gives the visible text "[pattern: …]", and
/// an assert in debug builds: linting a form finds both before.
///
/// Patterns with more than `{name}` are parsed once and kept, up to 256 of them. One thread at a
/// time: give each thread its own.
class MessageFormatter {
 public:
  /// A tag that is not well-formed formats as English.
  explicit MessageFormatter(std::string_view language);
  MessageFormatter(MessageFormatter&&) noexcept;
  MessageFormatter& operator=(MessageFormatter&&) noexcept;
  MessageFormatter(const MessageFormatter&) = delete;
  MessageFormatter& operator=(const MessageFormatter&) = delete;
  ~MessageFormatter();

  const std::string& language() const;

  std::string format(std::string_view pattern, const Arguments& arguments);

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

/// An argument that a pattern uses, in any of its branches.
struct MessageArgument {
  enum class Kind { plain, plural, select, number, date };
  std::string name;
  Kind kind = Kind::plain;
  friend auto operator<=>(const MessageArgument&, const MessageArgument&) = default;
};

/// The arguments of a pattern, sorted and each once, for holding languages against each other. (An
/// argument counted by plural in one branch and printed in another is two.) Ordinal plurals are
/// `plural`. Errors: `bad_input` if the pattern is broken, longer than 16,384 characters, numbers
/// its arguments, uses a syntax that MessageFormatter does not take, or has an apostrophe right
/// before a brace, which would swallow the argument.
Result<std::vector<MessageArgument>> message_arguments(std::string_view pattern);

/// What is wrong with the plural branches of a pattern in a language: a category that the language
/// needs and the pattern lacks, or one that the language does not have. English sentences for
/// operators; empty when all is well. French and Spanish need "many", as they have it from a
/// million on.
std::vector<std::string> check_plural_categories(std::string_view pattern,
                                                 std::string_view language);

}  // namespace cosp
