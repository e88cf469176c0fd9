#include "base/escape.hpp"

#include <gtest/gtest.h>

namespace cosp {
namespace {

struct Case {
  std::string_view text, escaped;
};

TEST(EscapeHtml, LeavesNothingThatMarksUp) {
  const Case cases[] = {
      {"<script>alert('x')</script>", "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"},
      {"a & b \"c\"", "a &amp; b &quot;c&quot;"},
      {"{{mustache}} é العربية", "{{mustache}} é العربية"},
      {std::string_view{"a\0b\x01\x1F", 5}, "ab"},
      {"line\n\ttab\r", "line\n\ttab\r"},
      {"\uFFFE\uFFFF", ""},
      {"\xC3(", "\uFFFD("},
  };
  for (const Case& c : cases) EXPECT_EQ(escape::html(c.text), c.escaped) << c.text;
}

TEST(EscapeCsvField, QuotesAndDisarmsFormulas) {
  const Case cases[] = {
      {"", ""},
      {"plain text", "plain text"},
      {"a,b", "\"a,b\""},
      {"say \"so\"", "\"say \"\"so\"\"\""},
      {"two\nlines", "\"two\nlines\""},
      {" padded ", "\" padded \""},
      {"=1+1", "\"'=1+1\""},
      {"+41", "\"'+41\""},
      {"-5", "\"'-5\""},
      {"@SUM(A1)", "\"'@SUM(A1)\""},
      {"\t=1", "\"'\t=1\""},
      {"\r=1", "\"'\r=1\""},
      {"=\"x\"", "\"'=\"\"x\"\"\""},
      {"a=b", "a=b"},
      {"\xFF", "\uFFFD"},
  };
  for (const Case& c : cases) EXPECT_EQ(escape::csv_field(c.text), c.escaped) << c.text;
}

TEST(EscapeJsonString, WritesTheCanonicalForm) {
  const Case cases[] = {
      {"", "\"\""},
      {"a\"b\\c/d", R"("a\"b\\c/d")"},
      {"\b\f\n\r\t", R"("\b\f\n\r\t")"},
      {std::string_view{"\0\x1F\x7F", 3}, "\"\\u0000\\u001f\x7F\""},
      {"é€😀\u2028", "\"é€😀\u2028\""},
      {"\xED\xA0\x80", "\"\uFFFD\uFFFD\uFFFD\""},
  };
  for (const Case& c : cases) EXPECT_EQ(escape::json_string(c.text), c.escaped) << c.text;
}

TEST(EscapeTerminal, KeepsToOneLineWithoutOrders) {
  EXPECT_EQ(escape::terminal("red\x1B[31m\nnext\ttab"), "red\uFFFD[31m next tab");
  EXPECT_EQ(escape::terminal("a\u202Eb"), "a<U+202E>b");
}

}  // namespace
}  // namespace cosp
