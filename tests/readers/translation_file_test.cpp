#include "readers/translation_file.hpp"

#include <gmock/gmock.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace cosp {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TranslationFile small_file() {
  TranslationFile file{"lamps", "1.0.0", "en", "fr", {}};
  file.units = {
      {"gen.state.label",
       "State",
       "État",
       UnitState::reviewed,
       "texts/en/a.yaml",
       3,
       {"help: Which\none"},
       false,
       0},
      {"provision.7(1).summary",
       "A \"b\" <c> & 'd'\n\te\\",
       "«x»\n",
       UnitState::translated,
       "texts/en/a.yaml",
       4,
       {},
       false,
       0},
      {"count",
       "{n, plural, one {#} other {#}}",
       "{n, plural, one {#} many {#} other {#}}",
       UnitState::open,
       "texts/en/b.yaml",
       1,
       {},
       true,
       0},
      {"open", "Open", "", UnitState::open, "texts/en/b.yaml", 2, {}, false, 0},
  };
  return file;
}

std::vector<std::string> told(const std::vector<Mistake>& mistakes) {
  std::vector<std::string> lines;
  lines.reserve(mistakes.size());
  for (const Mistake& mistake : mistakes)
    lines.push_back(std::to_string(mistake.line) + ": " + mistake.what);
  return lines;
}

void expect_same(const TranslationFile& got, const TranslationFile& file) {
  EXPECT_EQ(got.form, file.form);
  EXPECT_EQ(got.version, file.version);
  EXPECT_EQ(got.language, file.language);
  EXPECT_EQ(got.source_language, file.source_language);
  ASSERT_EQ(got.units.size(), file.units.size());
  for (std::size_t i = 0; i < got.units.size(); ++i) {
    SCOPED_TRACE(file.units[i].id);
    EXPECT_EQ(got.units[i].id, file.units[i].id);
    EXPECT_EQ(got.units[i].source, file.units[i].source);
    EXPECT_EQ(got.units[i].target, file.units[i].target);
    EXPECT_EQ(got.units[i].state, file.units[i].state);
  }
}

TranslationFile must_read(std::string_view bytes) {
  std::vector<Mistake> mistakes;
  TranslationFile file = read_translation_file(bytes, "f", mistakes);
  EXPECT_THAT(told(mistakes), IsEmpty());
  return file;
}

std::vector<std::string> mistakes_of(std::string_view bytes, const TranslationLimits& limits = {}) {
  std::vector<Mistake> mistakes;
  read_translation_file(bytes, "f", mistakes, limits);
  return told(mistakes);
}

TEST(TranslationFile, SaysTheSameAsPoAndAsXliff) {
  const TranslationFile file = small_file();
  expect_same(must_read(write_po(file)), file);
  expect_same(must_read(write_xliff(file)), file);
}

TEST(TranslationFile, KeepsAnyTextBothWays) {
  std::mt19937 random(7);
  constexpr std::string_view kPieces[] = {"a", "\"", "\\",  "\n",  "\t",    "<",  ">",
                                          "&", "'",  "{n}", "#",   ":",     " ",  "é",
                                          "ب", "中", "]]>", "\\n", "msgid", "--", "%"};
  for (int round = 0; round < 200; ++round) {
    TranslationFile file{"lamps", "1.0.0", "en", "ar", {}};
    for (int i = 0; i < 5; ++i) {
      TranslationUnit unit;
      const auto text = [&] {
        std::string made = "x";
        for (auto left = random() % 12; left > 0; --left)
          made += kPieces[random() % std::size(kPieces)];
        return made;
      };
      unit.id = "id." + std::to_string(i) + "(" + std::to_string(random() % 9) + "):_-/";
      unit.source = text();
      unit.target = text();
      unit.state = static_cast<UnitState>(random() % 3);
      unit.file = i < 3 ? "texts/en/a.yaml" : "texts/en/b.yaml";
      unit.notes = {text()};
      file.units.push_back(std::move(unit));
    }
    expect_same(must_read(write_po(file)), file);
    expect_same(must_read(write_xliff(file)), file);
  }
}

TEST(ReadPo, TakesWhatEditorsMakeOfIt) {
  const TranslationFile file = must_read(
      "\xEF\xBB\xBF# Translators\r\nmsgid \"\"\r\nmsgstr \"\"\r\n\"Language: fr\\n\"\r\n"
      "\"Content-Type: text/plain; charset=utf-8\\n\"\r\n\"X-Generator: Poedit 3.2\\n\"\r\n"
      "\"X-Cosp-Form: lamps/1.0.0\\n\"\r\n\r\n"
      "# state: reviewed\r\n#. help\r\n#: texts/en/a.yaml:3\r\n#, icu-message-format\r\n"
      "#| msgid \"Former\"\r\nmsgctxt \"a\"\r\nmsgid \"\"\r\n\"One \"\r\n\"two\"\r\nmsgstr \"\"\r\n"
      "\"Un \"\r\n\"deux\"\r\n\r\n#, fuzzy\r\nmsgctxt \"b\"\r\nmsgid \"B\"\r\nmsgstr \"Bé\"\r\n"
      "#~ msgctxt \"c\"\r\n#~ msgid \"C\"\r\n#~ msgstr \"Cé\"\r\n");
  ASSERT_EQ(file.units.size(), 2u);
  EXPECT_EQ(file.units[0].source, "One two");
  EXPECT_EQ(file.units[0].target, "Un deux");
  EXPECT_EQ(file.units[0].state, UnitState::reviewed);
  EXPECT_EQ(file.units[0].line, 14u);
  EXPECT_EQ(file.units[1].state, UnitState::open) << "fuzzy";
}

TEST(ReadPo, TellsEveryFaultAtItsLine) {
  EXPECT_THAT(
      mistakes_of(
          "msgid \"\"\nmsgstr \"Language: fr\\nContent-Type: text/plain; charset=latin-1\\n\"\n"
          "\nmsgid \"no context\"\nmsgstr \"x\"\n\nmsgctxt \"a\"\nmsgid \"A\"\n"
          "msgid_plural \"As\"\nmsgstr[0] \"B\"\n\nmsgctxt \"b\nmsgid \"\\q\"\nmsgstr "
          "\"\"\nnonsense\n"),
      ElementsAre(
          HasSubstr("1: expected Content-Type with charset=UTF-8"),
          HasSubstr("1: expected X-Cosp-Form"), HasSubstr("4: expected the text's id in msgctxt"),
          HasSubstr("9: expected a message with its plurals within it"),
          HasSubstr("10: expected a message with its plurals within it"),
          HasSubstr("7: expected msgstr in the entry"), HasSubstr("12: expected a closing quote"),
          HasSubstr("13: expected \\n, \\t, \\r"),
          HasSubstr("15: expected msgctxt, msgid or msgstr, got \"nonsense\"")));
  EXPECT_THAT(mistakes_of("msgctxt \"a\"\nmsgid \"A\"\nmsgstr \"B\"\n"),
              ElementsAre("1: expected the header entry (msgid \"\"), got none"));
}

constexpr std::string_view kXliff = R"(<?xml version="1.0"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="fr">
 <file id="f" original="lamps/1.0.0/texts/en/a.yaml">
  <unit id="a.b"><notes><note>no <b xmlns="x">text</b></note></notes>
   @
  </unit>
 </file>
</xliff>)";

std::string xliff_with(std::string_view inner) {
  std::string bytes(kXliff);
  return bytes.replace(bytes.find('@'), 1, inner);
}

TEST(ReadXliff, JoinsSegmentsAndTakesTheLeastState) {
  const TranslationFile file = must_read(
      xliff_with("<segment state=\"final\"><source>One.</source><target>Un.</target></segment>"
                 "<ignorable><source> </source><target> </target></ignorable>"
                 "<segment state=\"translated\"><source>Two &amp;</source><target>Deux "
                 "&amp;</target></segment>"));
  ASSERT_EQ(file.units.size(), 1u);
  EXPECT_EQ(file.units[0].source, "One. Two &");
  EXPECT_EQ(file.units[0].target, "Un. Deux &");
  EXPECT_EQ(file.units[0].state, UnitState::translated);
}

TEST(ReadXliff, TakesASegmentWithoutAStateAsUnfinished) {
  const TranslationFile file =
      must_read(xliff_with("<segment><source>One</source><target>Un</target></segment>"));
  EXPECT_EQ(file.units[0].state, UnitState::open);
}

TEST(ReadXliff, RefusesWhatIsHostileOrAnotherDocument) {
  EXPECT_THAT(mistakes_of("<?xml version=\"1.0\"?>\n<!DOCTYPE x [<!ENTITY a \"b\">]>\n<x>&a;</x>"),
              ElementsAre("2: expected no document type, got <!DOCTYPE"));
  EXPECT_THAT(mistakes_of("<x/>"),
              ElementsAre("1: expected <xliff version=\"2.0\">, got another document"));
  EXPECT_THAT(mistakes_of(xliff_with("<segment>")), ElementsAre(HasSubstr("6: expected XML")));
  EXPECT_THAT(mistakes_of(xliff_with(
                  "<segment state=\"translated\"><source>a<ph id=\"1\"/></source></segment>")),
              ElementsAre("5: expected plain text in \"a.b\", got the element <ph>"));
  std::string deep;
  for (int i = 0; i < 40; ++i) deep += "<d>";
  EXPECT_THAT(mistakes_of(xliff_with(deep)),
              ElementsAre("5: expected at most 32 levels of elements, got more"));
  EXPECT_THAT(mistakes_of(xliff_with("<segment><source>" + std::string(70'000, 'x') +
                                     "</source></segment>")),
              ElementsAre("5: expected at most 65536 bytes in a text, got more"));
  EXPECT_THAT(mistakes_of("\xFF"), ElementsAre("1: expected UTF-8, got other bytes"));
  EXPECT_THAT(mistakes_of(" \n"), ElementsAre("0: expected a translation, got nothing"));
  EXPECT_THAT(mistakes_of("12345", {.bytes = 4}),
              ElementsAre("0: expected at most 4 bytes, got 5"));
}

}  // namespace
}  // namespace cosp
