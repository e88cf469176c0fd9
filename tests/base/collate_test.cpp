#include "base/collate.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace cosp {
namespace {

TEST(Collator, OrdersNamesAsTheLanguageDoes) {
  struct Case {
    std::string_view language;
    std::vector<std::string> ordered;
  };
  const Case cases[] = {
      {"en", {"apple", "Éclair", "eel", "Zebra"}},
      {"fr", {"cote", "coté", "côte", "côté", "etat", "État"}},
      {"es", {"nube", "ñandú", "oso"}},
      {"ru", {"Елка", "Ёлка", "Жизнь", "Яма"}},
      {"ar", {"إسبانيا", "بلد", "تونس"}},
      {"zh", {"阿尔", "北京", "中国"}},  // pinyin: a, bei, zhong
      {"sv", {"Zebra", "Ål", "Öl"}},
      {"no tag", {"a", "B", "c"}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.language);
    const Collator collator{c.language};
    std::vector<std::string> sorted = c.ordered;
    std::ranges::reverse(sorted);
    std::ranges::sort(sorted, [&](const auto& a, const auto& b) { return collator.less(a, b); });
    EXPECT_EQ(sorted, c.ordered);
    std::ranges::reverse(sorted);
    std::ranges::sort(sorted, {}, [&](const auto& text) { return collator.sort_key(text); });
    EXPECT_EQ(sorted, c.ordered);
  }
}

TEST(Collator, DecidesBetweenTextsTheOrderCallsEqual) {
  const Collator collator{"en"};
  const std::string composed = "\u00E9";
  const std::string decomposed = "e\u0301";
  EXPECT_NE(collator.less(composed, decomposed), collator.less(decomposed, composed));
  EXPECT_NE(collator.sort_key(composed), collator.sort_key(decomposed));
  EXPECT_FALSE(collator.less("same", "same"));
}

TEST(Collator, MakesKeysOfLongTexts) {
  const Collator collator{"en"};
  const std::string text(5'000, 'x');
  EXPECT_LT(collator.sort_key(text), collator.sort_key(text + "a"));
}

}  // namespace
}  // namespace cosp
