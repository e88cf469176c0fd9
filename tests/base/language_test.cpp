#include "base/language.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace cosp {
namespace {

TEST(Language, KnowsWhichAreWrittenFromRightToLeft) {
  for (const char* tag : {"ar", "ar-EG", "fa", "he", "ur", "az-Arab"})
    EXPECT_TRUE(is_right_to_left(tag)) << tag;
  for (const char* tag : {"en", "az", "zh", "ru", "", "not a tag", "ar-Latn"}) {
    EXPECT_FALSE(is_right_to_left(tag)) << tag;
  }
}

TEST(Language, WritesTagsInOneForm) {
  struct Case {
    std::string_view written, canonical;
  };
  const Case cases[] = {
      {"en", "en"},     {"EN-us", "en-US"},   {"zh-hant-TW", "zh-Hant-TW"},
      {"iw", "he"},     {"pt-br", "pt-BR"},   {"", ""},
      {"e", ""},        {"en-", ""},          {"-en", ""},
      {"en us", ""},    {"../../etc", ""},    {"en\n", ""},
      {"français", ""}, {"abcdefghijkl", ""},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.written);
    EXPECT_EQ(canonical_language(c.written), c.canonical);
  }
  EXPECT_EQ(canonical_language(std::string(10'000, 'a')), "");
}

TEST(Language, NamesLanguagesInEachOther) {
  EXPECT_EQ(language_name("fr", "es"), "francés");
  EXPECT_EQ(language_name("ar", "en"), "Arabic");
  EXPECT_EQ(language_name("zh", "ru"), "китайский");
  EXPECT_EQ(language_name("ar", "ar"), "العربية");
  EXPECT_EQ(language_name("no tag", "en"), "");
}

TEST(BestLanguage, FollowsTheReadersWishes) {
  const std::vector<std::string> six{"en", "ar", "zh", "fr", "ru", "es"};
  const std::vector<std::string> regions{"pt-BR", "en-GB", "zh-Hant"};
  struct Case {
    std::string_view header;
    const std::vector<std::string>& offered;
    std::optional<std::string> best;
  };
  const Case cases[] = {
      {"ar", six, "ar"},
      {"fr-CA, en;q=0.8", six, "fr"},
      {"de, fr;q=0.5, ru;q=0.7", six, "ru"},
      {"de", six, std::nullopt},
      {"*", six, "en"},
      {"de, *;q=0.1", six, "en"},
      {"en;q=0, *", six, "ar"},
      {"es;q=0", six, std::nullopt},
      {"FR", six, "fr"},
      {" ru ; q=0.9 ,ar;q=0.8", six, "ru"},
      {"ar;q=0.8,ru;q=0.8", six, "ar"},
      {"zh-Hant-TW", six, "zh"},
      {"pt", regions, "pt-BR"},
      {"en-US", regions, std::nullopt},
      {"en-US, en;q=0.9", regions, "en-GB"},
      {"zh-TW", regions, std::nullopt},
      {"", six, std::nullopt},
      {",,;q=1,", six, std::nullopt},
      {"fr;q=2, ru;q=-1, ar;q=0.1234, es;q=x, zh;q=0.5", six, "zh"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.header);
    EXPECT_EQ(best_language(c.header, c.offered), c.best);
  }
  EXPECT_EQ(best_language(std::string(2'000, ' ') + "en", six), std::nullopt);
}

}  // namespace
}  // namespace cosp
