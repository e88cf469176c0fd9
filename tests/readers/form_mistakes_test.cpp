#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "readers/form_loader.hpp"
#include "readers/yaml_reader.hpp"
#include "tests/readers/form_fixture.hpp"

namespace cosp {
namespace {

using test::FormFolder;
using ::testing::ElementsAre;

std::vector<std::string> told(const FormFolder& folder) {
  const FormCompilation compilation = compile_form(folder.path(), folder.texts());
  EXPECT_NE(compilation.form.has_value(), !compilation.mistakes.empty());
  std::vector<std::string> all;
  for (const Mistake& mistake : compilation.mistakes) all.push_back(describe(mistake));
  return all;
}

struct Case {
  std::string file, from, to, told;
};

/// Each change of the small form makes exactly this mistake.
const Case kCases[] = {
    {"form.yaml", "status: proposal", "status: draft",
     "form.yaml:3:9: expected proposal or adopted, got \"draft\""},
    {"form.yaml", "version: 1.0.0", "version: 1.0.1",
     "form.yaml:2:10: expected the version \"1.0.0\", as the folder's name, got \"1.0.1\""},
    {"form.yaml", "reasons:", "reason:",
     "form.yaml:13:1: unknown key \"reason\"; did you mean \"reasons\"? in form.yaml"},
    {"form.yaml", "participation: gen", "participacion: gen",
     "form.yaml:6:9: unknown role \"participacion\"; did you mean \"participation\"?"},
    {"form.yaml", "{participation: gen.standing", "{participation: gen.standin",
     "form.yaml:6:24: unknown question \"gen.standin\"; did you mean \"gen.standing\"?"},
    {"form.yaml", "provisions: passages", "provisions: kind",
     "form.yaml:11:15: expected a column of type provisions, got \"kind\""},
    {"form.yaml", "withheld: {detail: standing}", "withold: {detail: standing}",
     "form.yaml:14:3: unknown reason \"withold\"; did you mean \"withheld\"?"},
    {"form.yaml", "{note: remark}", "{note: name}",
     "form.yaml:18:56: expected a column of the same type and list as \"alpha.note\", got "
     "\"name\""},
    {"form.yaml", "blocks: articles", "blocks: kind",
     "form.yaml:18:30: expected a column whose options are blocks, got \"kind\""},
    {"provisions.yaml", "obligation: optional", "obligation: optinal",
     "provisions.yaml:2:72: expected mandatory, consider, optional, guarantee, saving or "
     "informational, got \"optinal\""},
    {"provisions.yaml", "confidence: from-knowledge", "confidence: sure",
     "provisions.yaml:2:94: expected text-verified or from-knowledge, got \"sure\""},
    {"lists.yaml", "options_from: {module: step}", "options_from: {module: stp}",
     "lists.yaml:11:26: unknown module \"stp\"; did you mean \"step\"?"},
    {"lists.yaml", "{code: other, note: required}", "{code: other, note: maybe}",
     "lists.yaml:7:41: expected required, got \"maybe\""},
    {"lists.yaml", "[act, decree]", "[act, act]",
     "lists.yaml:13:3: expected each option once, got \"act\" again"},
    {"chapters/first.yaml", "list: tools", "list: tolls",
     "chapters/first.yaml:8:52: unknown list \"tolls\"; did you mean \"tools\"?"},
    {"chapters/first.yaml", "{code: tools, type: multi", "{code: tools, type: many",
     "chapters/first.yaml:8:39: unknown type \"many\""},
    {"chapters/first.yaml", "maximum: 10.5", "maximum: -1",
     "chapters/first.yaml:9:82: expected a maximum of at least the minimum 0, got -1"},
    {"chapters/first.yaml", "decimals: 1}", "decimals: 12}",
     "chapters/first.yaml:9:98: expected a whole number from 0 to 9, got \"12\""},
    {"chapters/first.yaml", "unit: pieces", "words: 20",
     "chapters/first.yaml:9:54: expected \"words\" only for texts, got the type number"},
    {"chapters/first.yaml", "operator: above, value: 2", "operator: before, value: 2020-01-01",
     "chapters/first.yaml:10:122: expected equals, differs, above, below, at_least or at_most for "
     "\"alpha.count\" of type number, got \"before\""},
    {"chapters/first.yaml", "{question: count, operator: above, value: 2}",
     "{question: beta.stage, operator: given}",
     "chapters/first.yaml:10:94: expected a question that stands before \"alpha.day\", got "
     "\"beta.stage\""},
    {"chapters/first.yaml", "rename: {status: stage}", "rename: {state: stage}",
     "chapters/first.yaml:17:25: unknown question \"state\"; did you mean \"status\"? (module "
     "\"step\")"},
    {"chapters/first.yaml", "omit: [laws]", "omit: [law]",
     "chapters/first.yaml:16:16: unknown question \"law\"; did you mean \"laws\"? (module "
     "\"step\")"},
    {"chapters/first.yaml", "scale: scale, gate: {all", "scale: scales, gate: {all",
     "modules/step.yaml:9:40: unknown list \"scales\"; did you mean \"scale\"?"},
    {"chapters/first.yaml", "object: object.beta", "object: object.bta",
     "chapters/first.yaml:15:24: expected a text \"object.bta\" in en, got none"},
    {"chapters/first.yaml", "article: \"2\"", "article: \"3\"",
     "chapters/first.yaml:12:14: unknown provision \"3\""},
    {"modules/step.yaml", "value: middle", "value: mid",
     "modules/step.yaml:10:164: unknown option \"mid\" (list \"scale\")"},
    {"modules/step.yaml", "gate: condition", "gate: conditions",
     "modules/step.yaml:7:9: unknown kind of parameter \"conditions\"; did you mean "
     "\"condition\"?"},
    {"registers/laws.yaml", "id: laws", "id: lwas",
     "registers/laws.yaml:1:1: expected the id \"laws\", as the file's name, got \"lwas\""},
    {"registers/laws.yaml", "title: name", "title: nam",
     "registers/laws.yaml:10:8: unknown column \"nam\"; did you mean \"name\"?"},
    {"registers/laws.yaml", "rows: 20", "rows: many",
     "registers/laws.yaml:2:7: expected a whole number from 1 to 10000, got \"many\""},
    {"rules/count-needs-hammer.yaml", "value: hammer", "value: hamer",
     "rules/count-needs-hammer.yaml:6:60: unknown option \"hamer\"; did you mean \"hammer\"? (list "
     "\"tools\")"},
    {"rules/count-needs-hammer.yaml", "severity: error", "severity: fatal",
     "rules/count-needs-hammer.yaml:2:11: expected info, warning, error or blocker, got \"fatal\""},
    {"rules/count-needs-hammer.yaml", "wrong: {answers: {alpha.count",
     "wrong: {answers: {alpha.cont",
     "rules/count-needs-hammer.yaml:10:21: unknown question \"alpha.cont\"; did you mean "
     "\"alpha.count\"?"},
    {"rules/count-needs-hammer.yaml", "at: alpha.count\n", "",
     "rules/count-needs-hammer.yaml:1:1: expected \"at\" in a rule, got nothing"},
    {"rules/count-needs-hammer.yaml", "{option: tools/hammer}", "{option: tools/saw}",
     "rules/count-needs-hammer.yaml:8:61: unknown option \"saw\" (list \"tools\")"},
    {"rules/note-is-given.yaml", "provisions: [\"1\"]", "provisions: [\"9\"]",
     "rules/note-is-given.yaml:5:14: unknown provision \"9\""},
    {"rules/note-is-given.yaml", "at: \"{block}.note\"", "at: \"{blok}.note\"",
     "rules/note-is-given.yaml:8:5: unknown name \"blok\"; did you mean \"block\"?"},
    {"tables/laws-by-kind.yaml", "kind: rows_by_option\n", "",
     "tables/laws-by-kind.yaml:1:1: expected \"kind\" in a table, got nothing"},
    {"products/report.yaml", "table: laws-by-kind", "table: law-by-kind",
     "products/report.yaml:6:13: unknown table \"law-by-kind\"; did you mean \"laws-by-kind\"?"},
    {"products/report.yaml", "format: html", "format: pdf",
     "products/report.yaml:2:9: expected html or xlsx, got \"pdf\""},
    {"texts/en/all.yaml", "gen.standing.label: Standing\n", "",
     "chapters/general.yaml:6:19: expected a text \"gen.standing.label\" in en, got none"},
    {"texts/en/all.yaml", "  note.label: Note\n", "",
     "modules/step.yaml:11:5: expected a text \"module.step.note.label\" in en, got none"},
    {"texts/en/all.yaml", "why: Why, mend: Mend}\n", "mend: Mend}\n",
     "rules/count-needs-hammer.yaml:1:1: expected a text \"rule.count-needs-hammer.why\" in en, "
     "got none"},
    {"texts/en/all.yaml", "Laws on {object}", "Laws on {objct}",
     "texts/en/all.yaml: expected in \"module.step.laws.label\" names of the module's parameters, "
     "got \"{objct}\""},
    {"texts/en/all.yaml", "gen.open.label: May",
     "gen.standing: {label: Again}\ngen.open.label: May",
     "texts/en/all.yaml:7:23: expected each text once, got \"gen.standing.label\" again; it stands "
     "in texts/en/all.yaml"},
};

TEST(FormMistakes, AreAllToldInOnePassInTheOrderOfFiles) {
  const FormFolder folder;
  folder.replace("chapters/first.yaml", "main: \"2\", covers", "man: \"2\", covers");
  folder.replace("lists.yaml", "note: required", "note: maybe");
  folder.write("rules/broken.yaml", "id: [1\n");
  folder.write("list.yaml", "{}");
  folder.write("texts/De/all.yaml", "a: b\n");
  folder.write("texts/fr/record.yaml", "a: checked 0123456789ab\n");
  EXPECT_THAT(
      told(folder),
      ElementsAre(
          "chapters/first.yaml:14:9: expected the parameter \"main\" of module \"step\", got none",
          "chapters/first.yaml:15:37: unknown parameter \"man\"; did you mean \"main\"? (module "
          "\"step\")",
          "list.yaml: unknown file \"list.yaml\"; did you mean \"lists.yaml\"?",
          "lists.yaml:7:41: expected required, got \"maybe\"",
          "rules/broken.yaml:2:1: expected YAML, got a syntax error: did not find expected ',' "
          "or ']', while parsing a flow sequence",
          "texts/De/all.yaml: expected texts in a folder of their language, got \"De\"",
          "texts/fr/record.yaml:1:1: expected translated or reviewed with digests of 12 letters "
          "for \"a\", got \"checked 0123456789ab\""));
}

TEST(FormMistakes, AreToldOfAFolderWithoutForm) {
  const FormFolder folder;
  folder.write("form.yaml", "");
  EXPECT_THAT(told(folder), ElementsAre("form.yaml: expected this file, got none"));
  EXPECT_EQ(compile_form(folder.path() / "nothing", {}).mistakes.size(), 1u);
}

TEST(FormMistakes, AreToldWithTheirPlaceAndTheNearestName) {
  for (const Case& c : kCases) {
    SCOPED_TRACE(c.file + ": " + c.to);
    const FormFolder folder;
    folder.replace(c.file, c.from, c.to);
    const std::vector<std::string> all = told(folder);
    if (c.told.empty())
      EXPECT_THAT(all, ElementsAre()) << "golden missing";
    else
      EXPECT_THAT(all, ElementsAre(c.told));
  }
}

}  // namespace
}  // namespace cosp
