#include "readers/yaml_patch.hpp"

#include <gmock/gmock.h>

#include <string>
#include <string_view>
#include <vector>

#include "readers/yaml_reader.hpp"

namespace cosp {
namespace {

using ::testing::HasSubstr;

/// Where the text stands in the file.
YamlChange change(std::string_view bytes, std::string_view was, std::string_view to) {
  std::vector<Mistake> mistakes;
  const auto root = parse_yaml(bytes, "f", mistakes);
  EXPECT_TRUE(root);
  YamlChange found;
  const auto look = [&](const auto& self, const YamlNode& node) -> void {
    if (node.is_scalar() && node.scalar == was)
      found = {node.line, node.column, std::string(was), std::string(to)};
    for (const YamlNode::Entry& entry : node.entries) self(self, entry.value);
  };
  look(look, *root);
  EXPECT_NE(found.line, 0u) << was;
  return found;
}

TEST(PatchYaml, ChangesOneTextAndNothingElse) {
  struct Case {
    std::string_view bytes, was, to, patched;
  };
  const Case cases[] = {
      {"# head\na: one # said\nb: two\n", "one", "uno", "# head\na: uno # said\nb: two\n"},
      {"a: one\r\nb: two\r\n", "one", "uno", "a: uno\r\nb: two\r\n"},
      {"a:\n  b: \"one\"   # why\n", "one", "u \"n\" o\n\\",
       "a:\n  b: \"u \\\"n\\\" o\\n\\\\\"   # why\n"},
      {"a: 'it''s'\n", "it's", "l'un", "a: 'l''un'\n"},
      {"{a: {x: one, y: two}, b: \"three\"}\n", "one", "uno",
       "{a: {x: uno, y: two}, b: \"three\"}\n"},
      {"{a: {x: one, y: two}}\n", "one", "uno, due", "{a: {x: \"uno, due\", y: two}}\n"},
      {"a: one\n", "one", "uno, due: no", "a: \"uno, due: no\"\n"},
      {"a: one\n", "one", "# no", "a: \"# no\"\n"},
      {"a: one, two\nb: c\n", "one, two", "uno, due", "a: uno, due\nb: c\n"},
      {"a: one\n  two\n\n  three\nb: c\n", "one two\nthree", "uno", "a: uno\nb: c\n"},
      {"a: \"one\n  two\"\nb: c\n", "one two", "uno", "a: \"uno\"\nb: c\n"},
      {"x:\n  a: |\n    one\n    two\n\n  b: c\n", "one\ntwo\n", "uno\n",
       "x:\n  a: \"uno\\n\"\n  b: c\n"},
      {"\xEF\xBB\xBF"
       "a: one\n",
       "one", "uno",
       "\xEF\xBB\xBF"
       "a: uno\n"},
      {"a: هنا\nb: هناك\n", "هناك", "«هنا»", "a: هنا\nb: «هنا»\n"},
      {"{a: هنا, b: هناك}\n", "هناك", "«هنا»", "{a: هنا, b: «هنا»}\n"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.bytes);
    const auto patched = patch_yaml(c.bytes, "f", {change(c.bytes, c.was, c.to)}, {});
    ASSERT_TRUE(patched) << describe(patched.error());
    EXPECT_EQ(*patched, c.patched);
  }
}

TEST(PatchYaml, AddsEntriesAtTheEnd) {
  const auto patched =
      patch_yaml("a: one", "f", {}, {{"b.c", "two"}, {"provision.7(1).x", "a \"b\""}});
  ASSERT_TRUE(patched) << describe(patched.error());
  EXPECT_EQ(*patched, "a: one\nb.c: \"two\"\nprovision.7(1).x: \"a \\\"b\\\"\"\n");
  const auto made = patch_yaml("", "f", {}, {{"b", "two"}});
  ASSERT_TRUE(made);
  EXPECT_EQ(*made, "b: \"two\"\n");
}

TEST(PatchYaml, RefusesWhatItCannotProve) {
  const auto moved = patch_yaml("a: one\n", "f", {{1, 4, "two", "x"}}, {});
  ASSERT_FALSE(moved);
  EXPECT_THAT(moved.error().what, HasSubstr("not where it was"));
  const auto braces = patch_yaml("{a: one}\n", "f", {}, {{"b", "two"}});
  ASSERT_FALSE(braces);
  EXPECT_EQ(braces.error().kind, Error::Kind::bad_input);
}

}  // namespace
}  // namespace cosp
