#include "base/written.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/numbers.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"

namespace cosp {
namespace {

/// One character of a figure: a digit as itself, '.', ',', ' ' for spaces, '\'' for apostrophes,
/// 'D' and 'G' for what only decimals or groups are written with, '-' and '+'; 0: none of these.
char figure_character(char32_t c) {
  if (c >= U'0' && c <= U'9') return static_cast<char>(c);
  switch (c) {
    case U'.':
    case U'\uFF0E': return '.';
    case U',':
    case U'\uFF0C': return ',';
    case U' ':
    case U'\u00A0':
    case U'\u2007':
    case U'\u2009':
    case U'\u202F':
    case U'\u3000': return ' ';
    case U'\'':
    case U'\u2019': return '\'';
    case U'\u066B': return 'D';
    case U'\u066C': return 'G';
    case U'-':
    case U'\u2212':
    case U'\uFF0D': return '-';
    case U'+':
    case U'\uFF0B': return '+';
    default: return 0;
  }
}

bool is_direction_mark(char32_t c) {
  return c == U'\u200E' || c == U'\u200F' || c == U'\u061C' || c == U'\uFEFF';
}

char32_t plain_digit(char32_t c) {
  if (c >= U'\u0660' && c <= U'\u0669') return c - U'\u0660' + U'0';
  if (c >= U'\u06F0' && c <= U'\u06F9') return c - U'\u06F0' + U'0';
  if (c >= U'\uFF10' && c <= U'\uFF19') return c - U'\uFF10' + U'0';
  return c;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Digits and separators of a figure, its sign apart; nothing when something else stands there.
struct Figure {
  bool is_negative = false;
  std::string characters;
};
std::optional<Figure> figure_of(std::string_view text) {
  Figure figure;
  for (const utf8::Character& character : utf8::Characters{text}) {
    if (is_direction_mark(character.code_point)) continue;
    const char c = figure_character(plain_digit(character.code_point));
    const bool is_sign = c == '-' || c == '+';
    if (c == 0 || (is_sign && !figure.characters.empty())) return std::nullopt;
    figure.is_negative = figure.is_negative || c == '-';
    if (is_sign) continue;
    figure.characters += c;
  }
  if (figure.characters.empty() || !is_digit(figure.characters.back())) return std::nullopt;
  return figure;
}

/// The digits without their groups: the first of one to three, the others of three.
std::optional<std::string> without_groups(std::string_view written, char separator) {
  std::string digits;
  std::size_t start = 0;
  while (true) {
    const std::size_t end = std::min(written.find(separator, start), written.size());
    const std::string_view group = written.substr(start, end - start);
    const bool is_first = start == 0;
    const bool is_last = end == written.size();
    const bool is_whole = is_first && is_last;
    if (group.empty() || !std::all_of(group.begin(), group.end(), is_digit)) return std::nullopt;
    if (!is_whole && (is_first ? group.size() > 3 : group.size() != 3)) return std::nullopt;
    digits += group;
    if (is_last) return digits;
    start = end + 1;
  }
}

/// Whole part and decimals put together as one plain figure; nothing when the groups are wrong.
std::optional<std::string> joined(const Figure& figure, std::string_view whole, char separator,
                                  std::string_view decimals) {
  auto digits = whole.empty() ? std::optional<std::string>("0") : without_groups(whole, separator);
  if (!digits || !std::all_of(decimals.begin(), decimals.end(), is_digit)) return std::nullopt;
  const std::size_t zeros = std::min(digits->find_first_not_of('0'), digits->size() - 1);
  std::string plain = figure.is_negative ? "-" : "";
  plain.append(*digits, zeros);
  if (!decimals.empty()) plain.append(".").append(decimals);
  return plain;
}

WrittenNumber read(std::optional<std::string> plain) {
  if (!plain) return {};
  return {WrittenNumber::Kind::number, std::move(*plain), {}};
}

/// Where the only separators are points, or commas.
WrittenNumber read_one_mark(const Figure& figure, char mark) {
  const std::string_view written = figure.characters;
  const std::size_t at = written.find(mark);
  if (written.find(mark, at + 1) != std::string_view::npos)
    return read(joined(figure, written, mark, {}));
  const std::string_view whole = written.substr(0, at);
  const std::string_view decimals = written.substr(at + 1);
  const auto exact = joined(figure, whole, mark, decimals);
  const bool may_be_group =
      decimals.size() == 3 && !whole.empty() && whole.size() <= 3 && whole.front() != '0';
  if (!may_be_group) return read(exact);
  return {WrittenNumber::Kind::ambiguous, joined(figure, written, mark, {}).value_or(""),
          exact.value_or("")};
}

// Days.

struct Token {
  bool is_number = false;
  std::string text;  ///< folded
};

/// Numbers, words and the marks between them, which are dropped but for the first.
struct Pieces {
  std::vector<Token> tokens;
  char mark = ' ';  ///< the first of "-", "/", "." between numbers
};

Pieces pieces_of(std::string_view text) {
  Pieces pieces;
  bool was_number = false;
  bool was_word = false;
  for (const utf8::Character& character : utf8::Characters{text}) {
    const char32_t c = character.code_point;
    const bool is_number = c >= U'0' && c <= U'9';
    const bool is_year_mark = c == U'\u5E74' || c == U'\u6708' || c == U'\u65E5';
    const bool is_word = !is_number && !is_year_mark && (c > 0x7F || (c | 0x20U) - U'a' < 26U) &&
                         c != U'\u060C' && c != U'\u00A0' && c != U'\u202F';
    if (is_year_mark || c == U'-' || c == U'/' || c == U'.') {
      if (pieces.mark == ' ') pieces.mark = is_year_mark ? 'Y' : static_cast<char>(c);
    }
    if (is_number || is_word) {
      if (is_number ? !was_number : !was_word) pieces.tokens.push_back({is_number, {}});
      pieces.tokens.back().text += character.bytes;
    }
    was_number = is_number;
    was_word = is_word;
  }
  return pieces;
}

int value_of(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + std::min<std::size_t>(digits.size(), 8), value);
  return value;
}

WrittenDate exact(std::optional<Date> date) {
  if (!date) return {};
  return {WrittenDate::Kind::date, *date, *date};
}

/// Three numbers, the year among them.
WrittenDate read_numbers(const std::vector<Token>& tokens, char mark, std::string_view language) {
  const std::array<int, 3> n = {value_of(tokens[0].text), value_of(tokens[1].text),
                                value_of(tokens[2].text)};
  if (tokens[0].text.size() == 4 && tokens[1].text.size() <= 2 && tokens[2].text.size() <= 2)
    return exact(Date::from(n[0], n[1], n[2]));
  if (tokens[2].text.size() != 4 || tokens[0].text.size() > 2 || tokens[1].text.size() > 2)
    return {};
  const auto day_first = Date::from(n[2], n[1], n[0]);
  const auto month_first = Date::from(n[2], n[0], n[1]);
  constexpr std::array<std::string_view, 4> kDayFirst = {"ar", "es", "fr", "ru"};
  const std::string_view primary = language.substr(0, language.find('-'));
  const bool is_day_first = mark == '.' || std::ranges::find(kDayFirst, primary) != kDayFirst.end();
  if (is_day_first || !month_first || day_first == month_first) return exact(day_first);
  if (!day_first) return exact(month_first);
  return {WrittenDate::Kind::ambiguous, *day_first, *month_first};
}

using Words = std::vector<std::string>;

Words words_of(std::string_view text) {
  Words words;
  for (Token& token : pieces_of(fold_for_comparison(text)).tokens)
    if (!token.is_number) words.push_back(std::move(token.text));
  return words;
}

using MonthWords = std::array<Words, 12>;

MonthWords make_month_words(std::string_view language) {
  MonthWords months;
  for (int month = 1; month <= 12; ++month)
    months.at(static_cast<std::size_t>(month) - 1) =
        words_of(format_date(*Date::from(2024, month, 15), language));
  const Words january = months[0];
  const Words july = months[6];
  for (Words& month : months)
    std::erase_if(month, [&](const std::string& word) {
      return std::ranges::find(january, word) != january.end() &&
             std::ranges::find(july, word) != july.end();
    });
  return months;
}

/// The words by which a language tells its months apart; valid until the next call.
const MonthWords& month_words(std::string_view language) {
  constexpr std::size_t kMostLanguages = 16;
  thread_local std::map<std::string, MonthWords, std::less<>> known;
  if (const auto found = known.find(language); found != known.end()) return found->second;
  if (known.size() == kMostLanguages) known.clear();
  return known.emplace(language, make_month_words(language)).first->second;
}

/// Words that say nothing of the month.
bool is_filler(std::string_view word) {
  constexpr std::array<std::string_view, 14> kFillers = {
      "de", "del", "of", "the", "st", "nd", "rd", "th", "er", "le", "el", "г", "года", "год"};
  return std::ranges::find(kFillers, word) != kFillers.end();
}

int month_of(const Words& wanted, std::string_view language) {
  constexpr std::size_t kShortest = 3;
  const auto fits = [](const std::string& word, const std::string& name) {
    return name == word || (count_characters(word) >= kShortest && name.starts_with(word));
  };
  const MonthWords& months = month_words(language);
  int found = 0;
  for (int month = 1; month <= 12; ++month) {
    const Words& names = months.at(static_cast<std::size_t>(month) - 1);
    const bool is_it = std::ranges::all_of(wanted, [&](const std::string& word) {
      return std::ranges::any_of(names, [&](const std::string& name) { return fits(word, name); });
    });
    if (!is_it) continue;
    if (found != 0) return 0;
    found = month;
  }
  return found;
}

/// A day and a year, and between them the month's name.
WrittenDate read_named(const std::vector<Token>& tokens, std::string_view language) {
  Words words;
  std::vector<std::string> numbers;
  for (const Token& token : tokens) {
    if (token.is_number)
      numbers.push_back(token.text);
    else if (!is_filler(token.text))
      words.push_back(token.text);
  }
  constexpr std::size_t kMostWords = 4;
  if (numbers.size() != 2 || words.empty() || words.size() > kMostWords) return {};
  if (numbers[0].size() == 4) std::swap(numbers[0], numbers[1]);
  if (numbers[1].size() != 4 || numbers[0].size() > 2) return {};
  for (const std::string_view tag :
       {language, std::string_view("en"), std::string_view("fr"), std::string_view("es"),
        std::string_view("ru"), std::string_view("ar"), std::string_view("zh")})
    if (const int month = month_of(words, tag); month != 0)
      return exact(Date::from(value_of(numbers[1]), month, value_of(numbers[0])));
  return {};
}

}  // namespace

std::string plain_digits(std::string_view text) {
  std::string plain;
  for (const utf8::Character& character : utf8::Characters{text}) {
    if (is_direction_mark(character.code_point)) continue;
    const char32_t digit = plain_digit(character.code_point);
    if (digit == character.code_point)
      plain += character.bytes;
    else
      plain += static_cast<char>(digit);
  }
  return plain;
}

WrittenNumber parse_written_number(std::string_view text) {
  constexpr std::size_t kLongest = 100;
  const std::string trimmed = text.size() > kLongest ? std::string{} : trim(text);
  const auto figure = figure_of(trimmed);
  if (!figure) return {};
  const std::string_view written = figure->characters;
  std::string marks;  // each once, in the order of their first place
  for (const char c : written)
    if (!is_digit(c) && marks.find(c) == std::string::npos) marks += c;
  if (marks.empty()) return read(joined(*figure, written, '\0', {}));
  const char last = marks.back();
  if (marks.size() == 1) {
    if (last == '.' || last == ',') return read_one_mark(*figure, last);
    if (last != 'D') return read(joined(*figure, written, last, {}));
  }
  // Two marks: the second, which stands once, is before the decimals.
  const bool is_decimal = last == '.' || last == ',' || last == 'D';
  const std::size_t at = written.find(last);
  if (marks.size() > 2 || !is_decimal || written.find(last, at + 1) != std::string_view::npos)
    return {};
  const char group = marks.size() == 2 ? marks.front() : '\0';
  if (group == 'D') return {};
  return read(joined(*figure, written.substr(0, at), group, written.substr(at + 1)));
}

WrittenDate parse_written_date(std::string_view text, std::string_view language) {
  constexpr std::size_t kLongest = 100;
  if (text.size() > kLongest) return {};
  Pieces pieces = pieces_of(fold_for_comparison(plain_digits(text)));
  auto& tokens = pieces.tokens;
  // A midnight that a program has put behind the day: "T00:00:00", "00:00".
  const auto is_zero = [](const Token& token) {
    return token.is_number ? value_of(token.text) == 0 : token.text == "t" || token.text == "z";
  };
  while (tokens.size() > 3 && is_zero(tokens.back())) tokens.pop_back();
  const bool is_numeric =
      tokens.size() == 3 && std::ranges::all_of(tokens, [](const Token& t) { return t.is_number; });
  if (is_numeric) return read_numbers(tokens, pieces.mark, language);
  return read_named(tokens, language);
}

}  // namespace cosp
