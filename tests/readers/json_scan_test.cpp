#include <gtest/gtest.h>

#include <random>
#include <string>

#include <nlohmann/json.hpp>

#include "readers/json_scan.hpp"
#include "readers/json_tree.hpp"
#include "readers/json_write.hpp"

namespace cosp {
namespace {

TEST(IsJsonNumber, TakesTheSyntaxOfJsonAndNothingElse) {
  for (const char* good :
       {"0", "-0", "10", "1.5", "-1.25e10", "1E+5", "1e-5", "123456789012345678901234567890"})
    EXPECT_TRUE(is_json_number(good)) << good;
  for (const char* bad :
       {"", "-", "+1", "01", "1.", ".5", "1e", "1e+", "0x1", "1 ", " 1", "1,5", "--1", "Infinity"})
    EXPECT_FALSE(is_json_number(bad)) << bad;
}

TEST(IsUtf16Less, OrdersByCodeUnits) {
  const char* const ordered[] = {"", "a", "aa", "b", "é", "\xEE\x80\x80", "\xEF\xBC\xA1"};
  for (std::size_t i = 0; i < std::size(ordered); ++i)
    for (std::size_t j = 0; j < std::size(ordered); ++j)
      EXPECT_EQ(is_utf16_less(ordered[i], ordered[j]), i < j);
  // Pairs begin with a unit below U+E000.
  EXPECT_TRUE(is_utf16_less("\xF0\x9F\x98\x80", "\xEF\xBC\xA1"));
  EXPECT_FALSE(is_utf16_less("\xEF\xBC\xA1", "\xF0\x9F\x98\x80"));
  EXPECT_TRUE(is_utf16_less("\xED\x9F\xBF", "\xF0\x9F\x98\x80"));
}

/// Both parsers, on texts of which one byte was changed, taken out or put in.
TEST(JsonParser, TakesWhatAnotherParserTakes) {
  const std::string base =
      R"({"a":[1,-2.5e3,true,false,null,"x\n\u00e9\ud83d\ude00"],"b":{"c":{},"d":[]},"é":"\\","n":0})";
  const std::string bytes = "{}[]:,\"\\01eE+-.tfnu \n\x01\x80\xC3";
  JsonParser parser;
  std::mt19937 random(7);
  int good = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string text = base;
    for (std::size_t changes = random() % 3; changes > 0; --changes) {
      const std::size_t at = random() % text.size();
      const char byte = bytes[random() % bytes.size()];
      if (random() % 3 == 0)
        text.erase(at, 1);
      else if (random() % 2 == 0)
        text.insert(at, 1, byte);
      else
        text[at] = byte;
    }
    bool has_duplicate = false;
    const auto fault = parser.parse(text, {});
    if (fault && fault->kind == JsonFault::Kind::duplicate_key) has_duplicate = true;
    const auto reference = nlohmann::json::parse(text, nullptr, false);
    if (has_duplicate) continue;
    ASSERT_EQ(!fault, !reference.is_discarded() && reference.is_object()) << text;
    if (fault) continue;
    ++good;
    std::string written;
    append_canonical(written, parser.tree(), parser.tree().root());
    EXPECT_EQ(nlohmann::json::parse(written), reference) << text;
  }
  EXPECT_GT(good, 1'000);
}

TEST(JsonParser, KnowsWhereEachValueStood) {
  std::string text = "\xEF\xBB\xBF{ \"a\" : [ 10 , \"x\" ],\n\"b\":{}}";
  JsonParser parser;
  ASSERT_FALSE(parser.parse(text, {}));
  const JsonTree tree = parser.tree();
  for (const JsonNode& member : tree.children(tree.root())) {
    EXPECT_EQ(text[member.key_offset], '"');
    EXPECT_EQ(text[member.offset], member.key == "a" ? '[' : '{');
    for (const JsonNode& element : tree.children(member))
      EXPECT_EQ(text[element.offset], element.is_string() ? '"' : '1');
  }
  EXPECT_EQ(tree.find(tree.root(), "a")->count, 2u);
  EXPECT_EQ(tree.find(tree.root(), "c"), nullptr);
}

}  // namespace
}  // namespace cosp
