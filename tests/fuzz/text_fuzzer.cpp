// Any bytes, through what base/ does with strangers' texts, figures and patterns.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/date.hpp"
#include "base/decimal.hpp"
#include "base/digest.hpp"
#include "base/escape.hpp"
#include "base/language.hpp"
#include "base/messages.hpp"
#include "base/text.hpp"

namespace {

/// assert stays silent in optimized builds; a fuzzer must not.
void require(bool holds) {
  if (!holds) std::abort();
}

void check_text(std::string_view text) {
  using namespace cosp;
  const bool is_valid = !first_invalid_utf8(text);
  const std::string masked = mask_controls(text);
  require(!first_invalid_utf8(masked));
  require(!first_hidden_character(masked));
  require(!first_invalid_utf8(escape::html(text)));
  require(!first_invalid_utf8(escape::json_string(text)));
  require(escape::terminal(text).find('\n') == std::string::npos);
  const std::string field = escape::csv_field(text);
  require(field.empty() || std::string_view{"=+-@\t\r"}.find(field[0]) == std::string_view::npos);
  require(trim(trim(text)) == trim(text));
  const std::string folded = fold_for_comparison(text);
  require(fold_for_comparison(folded) == folded || !is_valid);
  require(count_characters(text) <= text.size());
  require(count_words(text, "en") <= count_characters(text));
  static_cast<void>(dominant_script(text));
}

void check_values(std::string_view text) {
  using namespace cosp;
  if (const auto number = Decimal::parse(text)) {
    require(Decimal::parse(number->to_string()) == number);
    require(number->minus(*number) == Decimal{});
  }
  if (const auto date = Date::parse(text)) require(date->to_string() == text);
  const std::string tag = canonical_language(text);
  require(tag.empty() || canonical_language(tag) == tag);
  static_cast<void>(scripts_of_language(text));
  const std::string offered[] = {"en", "ar", "zh-Hant"};
  static_cast<void>(best_language(text, offered));
  // Every pattern that the lint takes can be formatted with arguments of the kinds it names.
  const auto arguments = message_arguments(text);
  if (!arguments) return;
  static_cast<void>(check_plural_categories(text, "ar"));
  Arguments values;
  for (const MessageArgument& argument : *arguments) {
    const bool is_twice = !values.empty() && values.back().first == argument.name;
    if (is_twice && argument.kind != MessageArgument::Kind::plain) return;
    if (argument.kind == MessageArgument::Kind::date) {
      values.emplace_back(argument.name, Date{2024, 2, 29});
    } else {
      values.emplace_back(argument.name, std::int64_t{7});
    }
  }
  static_cast<void>(MessageFormatter{"en"}.format(text, values));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  check_text(text);
  check_values(text);
  return 0;
}
