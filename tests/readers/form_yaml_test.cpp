#include <gtest/gtest.h>

#include "readers/yaml_reader.hpp"

namespace cosp {
namespace {

std::string mistake_of(std::string_view text, const YamlLimits& limits = {}) {
  std::vector<Mistake> mistakes;
  const auto root = parse_yaml(text, "f.yaml", mistakes, limits);
  EXPECT_EQ(root.has_value(), mistakes.empty());
  return mistakes.empty() ? "" : describe(mistakes.front());
}

TEST(ParseYaml, RefusesWhatDeclarationsMayNotContain) {
  struct Case {
    std::string text, told;
  };
  const Case cases[] = {
      {"a: 1\nb: 2\na: 3\n", "f.yaml:3:1: expected each key once, got \"a\" again"},
      {"a: 1\n---\nb: 2\n", "f.yaml:1:1: expected one document, got more than one"},
      {"a: &x 1\n",
       "f.yaml:1:4: expected a value, got an anchor (&name): repeat the value instead"},
      {"a: &x [1]\nb: *x\n",
       "f.yaml:1:4: expected a value, got an anchor (&name): repeat the value instead"},
      {"<<: {a: 1}\n", "f.yaml:1:1: expected a key, got a merge (<<): repeat the values instead"},
      {"a: !!str 1\n",
       "f.yaml:1:4: expected a value without a tag, got the tag \"tag:yaml.org,2002:str\""},
      {"a: !thing {b: 1}\n", "f.yaml:1:4: expected a value without a tag, got the tag \"!thing\""},
      {"[1, 2]: 3\n", ""},
      {"a: \"\xff\"\n", "f.yaml:1:5: expected UTF-8, got other bytes"},
      {std::string("a: b\0c\n", 7), "f.yaml:1:5: expected text, got a control character"},
      {"%YAML 1.1\n---\na: 1\n", "f.yaml:1:1: expected values, got a directive (%)"},
      {"a: b\rc: d\n", "f.yaml:1:5: expected text, got a control character"},
      {"a: b\xe2\x80\xa8 c\n", "f.yaml:1:5: expected text, got a control character"},
      // Columns are counted in bytes.
      {"{\xd8\xb9: \xe5\x9b\xbd, b: *x}\n",
       "f.yaml:1:14: expected a value, got an alias (*name): repeat the value instead"},
      {"a: [1, 2\n", ""},
      {"a: 'b\n", "f.yaml:1:4: expected a closing quote, got the end of the file"},
      {"a: \"b\\\"\nc: d\n", "f.yaml:1:4: expected a closing quote, got the end of the file"},
      {std::string(1'000'000, '['), "f.yaml:1:101: expected at most 100 levels, got more"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.text.substr(0, 40));
    const std::string told = mistake_of(c.text);
    EXPECT_NE(told, "");
    if (!c.told.empty()) {
      EXPECT_EQ(told, c.told);
    }
  }
}

TEST(ParseYaml, RefusesWhatPassesItsLimits) {
  EXPECT_EQ(mistake_of("a: 12345", {.bytes = 7}), "f.yaml: expected at most 7 bytes, got 8");
  EXPECT_EQ(mistake_of("[[[1]]]", {.depth = 2}), "f.yaml:1:3: expected at most 2 levels, got more");
  EXPECT_EQ(mistake_of("[1, 2, 3]", {.nodes = 3}),
            "f.yaml:1:8: expected at most 3 values in a file, got more");
  std::string nested;
  for (int i = 0; i < 20'000; ++i) nested += "- ";
  EXPECT_NE(mistake_of(nested + "a"), "");
  std::string deep;
  for (int i = 0; i < 300; ++i) deep += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
  EXPECT_NE(mistake_of(deep), "");
}

TEST(ParseYaml, KeepsScalarsAsWritten) {
  std::vector<Mistake> mistakes;
  const auto root = parse_yaml(
      "a: no\nb: 010\nc: '7'\nd: [yes, 0.50, true, ~]\ne: {k: 2026-01-01}\n", "f.yaml", mistakes);
  ASSERT_TRUE(root);
  EXPECT_EQ(root->find("a")->scalar, "no");
  EXPECT_EQ(yaml_to_json(*root),
            R"({"a":"no","b":"010","c":"7","d":["yes",0.50,true,null],"e":{"k":"2026-01-01"}})");
  EXPECT_EQ(root->find("d")->items[1].line, 4u);
  EXPECT_EQ(root->find("d")->items[1].column, 10u);
}

TEST(YamlFile, TellsWhatItExpected) {
  std::vector<Mistake> mistakes;
  const auto root = parse_yaml("nmae: x\ncount: 1.5\nday: 2026-02-30\nflag: yes\nlist: word\n",
                               "f.yaml", mistakes);
  ASSERT_TRUE(root);
  const YamlFile file("f.yaml", mistakes);
  file.check_map(*root, {"name", "count", "day", "flag", "list"}, "a thing");
  EXPECT_EQ(file.require(*root, "name", "a thing"), nullptr);
  EXPECT_EQ(file.integer_of(*root, "count", 0, 9, -1), -1);
  EXPECT_FALSE(file.date_of(*root, "day"));
  EXPECT_TRUE(file.boolean_of(*root, "flag", true));
  EXPECT_TRUE(file.texts_of(*root, "list").empty());
  std::vector<std::string> told;
  told.reserve(mistakes.size());
  for (const Mistake& mistake : mistakes) told.push_back(describe(mistake));
  const std::vector<std::string> expected = {
      "f.yaml:1:1: unknown key \"nmae\"; did you mean \"name\"? in a thing",
      "f.yaml:1:1: expected \"name\" in a thing, got nothing",
      "f.yaml:2:8: expected a whole number from 0 to 9, got \"1.5\"",
      "f.yaml:3:6: expected a date (yyyy-mm-dd), got \"2026-02-30\"",
      "f.yaml:4:7: expected true or false, got \"yes\"",
      "f.yaml:5:7: expected a list, got \"word\"",
  };
  EXPECT_EQ(told, expected);
}

}  // namespace
}  // namespace cosp
