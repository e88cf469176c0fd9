#include <gtest/gtest.h>

#include <random>

#include "base/text.hpp"

namespace cosp {
namespace {

TEST(CountWords, CountsAsAReaderDoes) {
  struct Case {
    std::string_view text, language;
    std::size_t words;
  };
  const Case cases[] = {
      {"", "en", 0},
      {"  \n", "en", 0},
      {"... --- !!!", "en", 0},
      {"The law doesn't apply.", "en", 4},
      {"In 2023, 3,141.59 cases", "en", 4},
      {"a self-report (final)", "en", 4},
      {"L’article 13 de la loi n° 7", "fr", 7},
      {"النص باللغة العربية هنا", "ar", 4},
      {"Закон № 12 действует", "ru", 3},
      {"¿Qué ley?", "es", 2},
      {"联合国打击跨国有组织犯罪公约", "zh", 8},
      {"Gesetz", "not a tag", 1},
      {"مادة — article", "ar", 2},
  };
  for (const Case& c : cases) EXPECT_EQ(count_words(c.text, c.language), c.words) << c.text;
}

TEST(CountWords, CountsAsciiByTheSameRulesAsAllOtherText) {
  // A dash that is no word, and no ASCII, sends the same text the long way.
  const std::string_view letters = "ab1 .,'-;:_\"\n(";
  std::mt19937 random{7};
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (auto length = random() % 12; length > 0; --length) {
      text += letters[random() % letters.size()];
    }
    ASSERT_EQ(count_words(text, "en"), count_words(text + " —", "en")) << text;
  }
}

TEST(CountWords, TakesBrokenTextWithoutHarm) {
  EXPECT_EQ(count_words("one \xFF\xFE two", "en"), 2U);
}

}  // namespace
}  // namespace cosp
