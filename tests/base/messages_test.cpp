#include "base/messages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cosp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Kind = MessageArgument::Kind;

Decimal number(std::string_view text) { return Decimal::parse(text).value(); }

std::string formatted(std::string_view language, std::string_view pattern,
                      const Arguments& arguments = {}) {
  return MessageFormatter{language}.format(pattern, arguments);
}

TEST(MessageFormatter, SubstitutesEachKindOfArgument) {
  const Arguments arguments{{"text", std::string{"{name} <b> 'x'"}},
                            {"figure", number("1234.56789")},
                            {"count", std::int64_t{12345}},
                            {"day", Date{2024, 11, 5}},
                            {"states", std::vector<std::string>{"A", "B", "C"}}};
  EXPECT_EQ(formatted("en", "no arguments"), "no arguments");
  EXPECT_EQ(formatted("en", "“{text}”", arguments), "“{name} <b> 'x'”");
  EXPECT_EQ(formatted("en", "{figure}; {count}; {day}; {states}", arguments),
            "1,234.56789; 12,345; 5 November 2024; A, B and C");
  EXPECT_EQ(formatted("es", "{figure}; {day}; {states}", arguments),
            "1234,56789; 5 de noviembre de 2024; A, B y C");
  EXPECT_EQ(formatted("ar", "{count}", arguments), "12,345");
  EXPECT_EQ(formatted("en", "{day, date, short} {count, number} {day, date}", arguments),
            "2024-11-05 12,345 5 November 2024");
}

TEST(MessageFormatter, ChoosesThePluralOfTheLanguage) {
  constexpr std::string_view kArabic =
      "{n, plural, zero {لا دول} one {دولة واحدة} two {دولتان} few {# دول} many {# دولة} other {# "
      "دولة.}}";
  constexpr std::string_view kRussian =
      "{n, plural, one {# государство} few {# государства} many {# государств} other {# "
      "государства}}";
  constexpr std::string_view kEnglish = "{n, plural, =0 {no State} one {# State} other {# States}}";
  struct Case {
    std::string_view language, pattern, figure, text;
  };
  const Case cases[] = {
      {"ar", kArabic, "0", "لا دول"},
      {"ar", kArabic, "1", "دولة واحدة"},
      {"ar", kArabic, "2", "دولتان"},
      {"ar", kArabic, "3", "3 دول"},
      {"ar", kArabic, "11", "11 دولة"},
      {"ar", kArabic, "100", "100 دولة."},
      {"ru", kRussian, "1", "1 государство"},
      {"ru", kRussian, "3", "3 государства"},
      {"ru", kRussian, "11", "11 государств"},
      {"ru", kRussian, "21", "21 государство"},
      {"ru", kRussian, "1.5", "1,5 государства"},
      {"en", kEnglish, "0", "no State"},
      {"en", kEnglish, "1", "1 State"},
      {"en", kEnglish, "1.5", "1.5 States"},
      {"en", kEnglish, "1234", "1,234 States"},
      {"fr", "{n, plural, one {# État} many {# d’États} other {# États}}", "1000000",
       "1\u202F000\u202F000 d’États"},
      {"fr", "{n, plural, one {# État} many {# d’États} other {# États}}", "0", "0 État"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(std::string{c.language} + " " + std::string{c.figure});
    EXPECT_EQ(formatted(c.language, c.pattern, {{"n", number(c.figure)}}), c.text);
  }
}

TEST(MessageFormatter, NestsSelectsPluralsAndOrdinals) {
  constexpr std::string_view kPattern =
      "{kind, select, party {{n, plural, offset:1 =1 {only {name}} one {{name} and # other} other "
      "{{name} and # others}}} other {the {n, selectordinal, one {#st} two {#nd} few {#rd} other "
      "{#th}}}}";
  const auto text = [&](std::string kind, std::int64_t n) {
    return formatted("en", kPattern, {{"kind", kind}, {"n", n}, {"name", std::string{"A"}}});
  };
  EXPECT_EQ(text("party", 1), "only A");
  EXPECT_EQ(text("party", 2), "A and 1 other");
  EXPECT_EQ(text("party", 1'002), "A and 1,001 others");
  EXPECT_EQ(text("else", 22), "the 22nd");
  EXPECT_EQ(text("else", 13), "the 13th");
}

TEST(MessageFormatter, TakesApostrophesAsText) {
  const Arguments arguments{{"s", std::string{"État"}}, {"n", std::int64_t{2}}};
  EXPECT_EQ(formatted("fr", "l'{s}",
                      {
                          {"s", std::string{"x"}},
                      })
                .substr(0, 2),
            "l{");
  EXPECT_EQ(formatted("fr", "l''{s} d'ici", arguments), "l'État d'ici");
  EXPECT_EQ(formatted("fr", "{n, plural, one {# d'un} many {# d'un} other {# l''{s}}}", arguments),
            "2 l'État");
}

TEST(MessageFormatter, KeepsWorkingPastItsStoreOfPatterns) {
  MessageFormatter formatter{"en"};
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 600; ++i) {
      const std::string pattern = "{n, plural, one {a} other {" + std::to_string(i) + "}}";
      ASSERT_EQ(formatter.format(pattern, {{"n", std::int64_t{5}}}), std::to_string(i));
    }
  }
}

TEST(MessageFormatterDeathTest, ShowsBrokenPatternsAndMissingArguments) {
  struct Case {
    std::string_view pattern;
    Arguments arguments;
  };
  const Case cases[] = {
      {"{name", {}},
      {"{name}", {}},
      {"{n, plural, one {x}}", {{"n", std::int64_t{1}}}},
      {"{n, plural, other {x}}", {{"n", std::string{"1"}}}},
      {"{n, number, percent}", {{"n", std::int64_t{1}}}},
      {"{d, date}", {{"d", std::int64_t{1}}}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.pattern);
    std::string text;
    EXPECT_DEBUG_DEATH(text = formatted("en", c.pattern, c.arguments), "pattern is broken");
#ifdef NDEBUG
    EXPECT_EQ(text, "[pattern: " + std::string{c.pattern} + "]");
#endif
  }
}

TEST(MessageArguments, NamesEachArgumentAndItsKind) {
  const Result<std::vector<MessageArgument>> arguments = message_arguments(
      "{b} {n, plural, one {# {a}} other {{b} {n}}} {k, select, x {1} other {2}} {d, date} "
      "{i, selectordinal, other {#}} {f, number}");
  ASSERT_TRUE(arguments) << describe(arguments.error());
  EXPECT_THAT(*arguments,
              ElementsAre(MessageArgument{"a", Kind::plain}, MessageArgument{"b", Kind::plain},
                          MessageArgument{"d", Kind::date}, MessageArgument{"f", Kind::number},
                          MessageArgument{"i", Kind::plural}, MessageArgument{"k", Kind::select},
                          MessageArgument{"n", Kind::plain}, MessageArgument{"n", Kind::plural}));
}

TEST(MessageArguments, RefusesWhatTheFormatterWouldNotTake) {
  for (const std::string_view pattern :
       {"{", "}", "{a", "{0}", "l'{s}", "{n, number, percent}", "{n, choice, 0#a|1#b}",
        "{n, plural}", "{n, plural, one {x}}", "{t, time}", "{d, date, long}", "{n, spellout}"}) {
    const auto arguments = message_arguments(pattern);
    // ICU takes a lone closing brace at the top for text, and so do we.
    if (pattern == "}") continue;
    EXPECT_FALSE(arguments) << pattern;
  }
  EXPECT_TRUE(message_arguments("l''{s} aujourd'hui"));
  EXPECT_FALSE(message_arguments(std::string(20'000, 'x')));
}

TEST(MessageArguments, SurvivesDeepNesting) {
  std::string pattern;
  for (int i = 0; i < 800; ++i) pattern += "{a,select,other{";
  for (int i = 0; i < 800; ++i) pattern += "}}";
  EXPECT_TRUE(message_arguments(pattern));
  EXPECT_EQ(formatted("en", pattern, {{"a", std::string{"x"}}}), "");
}

TEST(CheckPluralCategories, HoldsThePatternAgainstTheLanguage) {
  constexpr std::string_view kTwo = "{n, plural, one {a} other {b}}";
  EXPECT_THAT(check_plural_categories(kTwo, "en"), IsEmpty());
  EXPECT_THAT(check_plural_categories("{n, plural, =0 {x} one {a} other {b}}", "en"), IsEmpty());
  EXPECT_THAT(check_plural_categories("no plural {n}", "ar"), IsEmpty());
  EXPECT_THAT(check_plural_categories(kTwo, "fr"),
              ElementsAre("plural of {n} lacks “many”, which the language fr has"));
  EXPECT_THAT(check_plural_categories(kTwo, "es").size(), 1);
  EXPECT_THAT(check_plural_categories(kTwo, "zh"),
              ElementsAre("plural of {n} has “one”, which the language zh does not have"));
  EXPECT_THAT(check_plural_categories(kTwo, "ar").size(), 4);
  EXPECT_THAT(check_plural_categories(
                  "{k, select, a {{n, plural, one {x} few {y} other {z}}} other {q}}", "en"),
              ElementsAre("plural of {n} has “few”, which the language en does not have"));
  EXPECT_THAT(
      check_plural_categories("{n, selectordinal, one {a} two {b} few {c} other {d}}", "en"),
      IsEmpty());
  EXPECT_THAT(
      check_plural_categories("{n, plural, one {{m, plural, one {a} other {b}}} other {c}}", "en"),
      IsEmpty());
}

}  // namespace
}  // namespace cosp
