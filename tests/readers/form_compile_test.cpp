#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "readers/form_loader.hpp"
#include "readers/yaml_reader.hpp"
#include "tests/readers/form_fixture.hpp"

namespace cosp {
namespace {

using test::FormFolder;
using ::testing::ElementsAre;

std::vector<std::string> told(const FormCompilation& compilation) {
  std::vector<std::string> all;
  for (const Mistake& mistake : compilation.mistakes) all.push_back(describe(mistake));
  return all;
}

Form compiled(const FormFolder& folder) {
  FormCompilation compilation = compile_form(folder.path(), folder.texts());
  EXPECT_THAT(told(compilation), ElementsAre());
  return compilation.form.value();
}

std::vector<std::string_view> codes(const Form& form, Range range) {
  std::vector<std::string_view> found;
  for (const std::uint32_t index : form.provisions_of(range))
    found.push_back(form.string(form.provisions()[index].code));
  return found;
}

const ConditionNode& condition_of(const Form& form, std::string_view question) {
  return form.tables().conditions[form.question(form.find_question(question)).condition];
}

TEST(CompileForm, KeepsTheOrderOfTheQuestionnaire) {
  const FormFolder folder;
  const Form form = compiled(folder);
  std::vector<std::string_view> questions;
  for (const Question& question : form.questions()) questions.push_back(form.code(question));
  EXPECT_THAT(questions,
              ElementsAre("gen.standing", "gen.open", "alpha.status", "alpha.laws", "alpha.note",
                          "alpha.tools", "alpha.count", "alpha.day", "beta.stage", "beta.note"));
  EXPECT_TRUE(form.chapters()[0].is_always_asked);
  EXPECT_FALSE(form.chapters()[1].is_always_asked);
}

TEST(CompileForm, MakesWholeArticlesBeforeTheirParagraphs) {
  const FormFolder folder;
  const Form form = compiled(folder);
  std::vector<std::string_view> provisions;
  for (const Provision& provision : form.provisions())
    provisions.push_back(form.string(provision.code));
  EXPECT_THAT(provisions, ElementsAre("1", "1(1)", "1(2)", "2"));
  const Provision& article = form.provisions()[form.find_provision("1")];
  EXPECT_TRUE(article.is_whole_article);
  EXPECT_FALSE(article.is_verified) << "one paragraph is not";
  EXPECT_EQ(article.obligation, Obligation::mandatory);
  EXPECT_TRUE(form.provisions()[form.find_provision("2")].is_whole_article);
}

TEST(CompileForm, TakesTheStrictestObligationOfTheProvisions) {
  const FormFolder folder;
  const Form form = compiled(folder);
  const Question& laws = form.question(form.find_question("alpha.laws"));
  EXPECT_THAT(codes(form, laws.provisions), ElementsAre("1(2)", "1(1)"));
  EXPECT_EQ(laws.obligation, Obligation::mandatory);
  EXPECT_EQ(form.question(form.find_question("alpha.tools")).obligation, Obligation::optional);
  EXPECT_EQ(form.question(form.find_question("gen.open")).obligation, Obligation::none);
}

TEST(CompileForm, ReplacesParametersInTextsLanguageByLanguage) {
  const FormFolder folder;
  const Form form = compiled(folder);
  const Question& stage = form.question(form.find_question("beta.stage"));
  EXPECT_EQ(form.text(stage.label, 0).value, "How far are beta things under 2, Beta?");
  EXPECT_EQ(form.text(stage.label, 1).value, "Où en sont choses bêta (2, Bêta) ?");
  EXPECT_FALSE(form.text(stage.label, 1).is_fallback);
  EXPECT_EQ(form.tables().text_states[form.tables().text_ids.size() + stage.label],
            TextState::reviewed);
  const Question& status = form.question(form.find_question("alpha.status"));
  EXPECT_EQ(form.text(status.label, 0).value,
            "How far are alpha things under 1(1), The first article?");
  EXPECT_TRUE(form.text(status.label, 1).is_fallback) << "its object has no French text";
  EXPECT_EQ(form.text(status.help, 0).value, "Covers 1(2), 1(1).");
  EXPECT_EQ(form.text(form.question(form.find_question("alpha.note")).label, 0).value,
            "A note of its own");
}

TEST(CompileForm, GivesListsOptionsFromBlocksThenTheirOwn) {
  const FormFolder folder;
  const Form form = compiled(folder);
  std::vector<std::string_view> steps;
  for (const Option& option : form.options_of(form.find_list("steps")))
    steps.push_back(form.string(option.code));
  EXPECT_THAT(steps, ElementsAre("alpha", "beta", "none_of_these"));
  const Option& beta = form.options_of(form.find_list("steps"))[1];
  EXPECT_EQ(beta.block, form.find_block("beta"));
  EXPECT_EQ(form.text(beta.label, 1).value, "Bêta");
  EXPECT_THAT(codes(form, beta.provisions), ElementsAre("2"));
}

TEST(CompileForm, GivesYesAndNoAListOfTheEngine) {
  const FormFolder folder;
  const Form form = compiled(folder);
  const Question& open = form.question(form.find_question("gen.open"));
  EXPECT_EQ(form.find_option(open.list, "yes"), 0u);
  EXPECT_EQ(form.find_option(open.list, "no"), 1u);
  EXPECT_EQ(form.text(form.options_of(open.list)[0].label, 0).value, "Yes");
}

TEST(CompileForm, ReadsLimitsAndExclusiveOptions) {
  const FormFolder folder;
  const Form form = compiled(folder);
  const Question& tools = form.question(form.find_question("alpha.tools"));
  EXPECT_EQ(tools.allowed, 0b111u);
  EXPECT_EQ(tools.exclusive, 0b100u);
  EXPECT_EQ(tools.most_choices, 2u);
  const Question& count = form.question(form.find_question("alpha.count"));
  EXPECT_EQ(count.maximum.to_string(), "10.5");
  EXPECT_EQ(count.decimals, 1);
  EXPECT_EQ(form.string(count.unit), "pieces");
  const Question& day = form.question(form.find_question("alpha.day"));
  EXPECT_EQ(day.earliest.date.to_string(), "2020-01-01");
  EXPECT_EQ(day.latest.moment, Moment::cut_off);
  EXPECT_EQ(form.question(form.find_question("alpha.laws")).most_rows, 3u);
}

TEST(CompileForm, CompilesPlacesOnAScaleToTheOptionsThatFit) {
  const FormFolder folder;
  const Form form = compiled(folder);
  const ConditionNode& laws = condition_of(form, "alpha.laws");
  EXPECT_EQ(laws.kind, ConditionKind::answer);
  EXPECT_EQ(laws.subject, form.find_question("alpha.status"));
  EXPECT_EQ(laws.op, Operator::is_any);
  EXPECT_EQ(laws.mask, 0b110u);
}

TEST(CompileForm, PutsConditionsOfTheBlockInAModulesPlace) {
  const FormFolder folder;
  const Form form = compiled(folder);
  EXPECT_EQ(condition_of(form, "alpha.note").op, Operator::given);
  const ConditionNode& always = condition_of(form, "beta.note");
  EXPECT_EQ(always.kind, ConditionKind::all);
}

TEST(CompileForm, KeepsEachConditionOnce) {
  const FormFolder folder;
  folder.replace("chapters/first.yaml", "{code: count, type: number,",
                 "{code: count, asked_when: {question: status, operator: given}, type: number,");
  const Form form = compiled(folder);
  EXPECT_EQ(form.question(form.find_question("alpha.count")).condition,
            form.question(form.find_question("alpha.note")).condition);
}

TEST(CompileForm, FollowsAModulesRenamesInItsConditions) {
  const FormFolder folder;
  folder.replace("chapters/first.yaml", "omit: [laws]", "omit: []");
  const Form form = compiled(folder);
  EXPECT_EQ(condition_of(form, "beta.laws").subject, form.find_question("beta.stage"));
}

TEST(CompileForm, ExpandsRulesOverBlocks) {
  const FormFolder folder;
  const Form form = compiled(folder);
  const Rule& rule = form.rules()[form.find_rule("note-is-given")];
  EXPECT_TRUE(rule.parties_only);
  const auto instances = form.instances_of(rule);
  ASSERT_EQ(instances.size(), 2u);
  EXPECT_EQ(instances[1].block, form.find_block("beta"));
  EXPECT_EQ(instances[1].at_question, form.find_question("beta.note"));
  const RuleArgument& title = form.tables().rule_arguments[instances[1].arguments.first];
  EXPECT_EQ(title.kind, RuleArgument::Kind::block_title);
  EXPECT_EQ(title.subject, form.find_block("beta"));
}

TEST(CompileForm, DropsExpansionsWithoutTheQuestionOnlyWhereTheRuleSaysSo) {
  const FormFolder folder;
  folder.replace("rules/note-is-given.yaml", "\"{block}.note\", operator",
                 "\"{block}.laws\", operator");
  EXPECT_THAT(told(compile_form(folder.path(), folder.texts())),
              ElementsAre("rules/note-is-given.yaml:7:20: unknown question \"beta.laws\""));
  folder.replace("rules/note-is-given.yaml", "as: block}", "as: block, skip_missing: true}");
  const Form form = compiled(folder);
  EXPECT_EQ(form.instances_of(form.rules()[form.find_rule("note-is-given")]).size(), 1u);
}

TEST(CompileForm, ReadsEveryKindOfCondition) {
  struct Case {
    std::string_view written;
    ConditionKind kind;
  };
  const Case cases[] = {
      {"{any: [{question: alpha.open, operator: is, value: yes}]}", ConditionKind::any},
      {"{not: {question: tools, operator: includes_only, value: [hammer, other]}}",
       ConditionKind::negation},
      {"{question: tools, operator: excludes, value: [none]}", ConditionKind::answer},
      {"{question: note, operator: reason_is, value: [withheld]}", ConditionKind::answer},
      {"{any_row: laws, cited_by: laws, naming: alpha, in: articles, where: {column: kind, "
       "operator: is, value: act}}",
       ConditionKind::rows},
      {"{no_row: laws, naming: \"1(1)\", in: passages}", ConditionKind::rows},
      {"{all_rows: laws, where: {column: passed_on, operator: before, moment: period_end}}",
       ConditionKind::rows},
      {"{count_rows: laws, operator: at_least, value: 2}", ConditionKind::rows},
      {"{count: [status], where: {operator: is, value: high}, operator: above, value: 0}",
       ConditionKind::count},
      {"{count: [status, tools], operator: above, value: 1}", ConditionKind::count},
      {"{sum: [count], operator: at_most, other_sum: [count]}", ConditionKind::sum},
      {"{previous: day, operator: on_or_after, value: 2021-02-03}", ConditionKind::previous},
      {"{reserved: alpha}", ConditionKind::reserved},
      {"{reserved: \"1(2)\"}", ConditionKind::reserved},
      {"{position: [party, former_party]}", ConditionKind::position},
      {"{submitter: organization}", ConditionKind::submitter},
      {"{stage: final}", ConditionKind::stage},
      {"{condition: is_party}", ConditionKind::answer},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.written);
    const FormFolder folder;
    std::string condition(c.written);
    if (const auto at = condition.find("alpha.open"); at != std::string::npos)
      condition.replace(at, 10, "gen.open");
    folder.replace("chapters/first.yaml", "  - code: beta",
                   "      - question: {code: last, type: text, asked_when: " + condition +
                       "}\n  - code: beta");
    folder.replace("texts/en/all.yaml", "alpha: {tools:", "alpha: {last: {label: Last}, tools:");
    const Form form = compiled(folder);
    EXPECT_EQ(condition_of(form, "alpha.last").kind, c.kind);
    const ConditionNode& root = condition_of(form, "alpha.last");
    const auto index = static_cast<std::uint32_t>(&root - form.tables().conditions.data());
    EXPECT_GT(root.next, index);
    EXPECT_LE(root.next, form.tables().conditions.size());
  }
}

TEST(CompileForm, CarriesTablesAndCheckParametersAsJson) {
  const FormFolder folder;
  folder.replace("rules/count-needs-hammer.yaml",
                 "expect: {question: alpha.tools, operator: includes, value: hammer}",
                 "check: {name: likely, question: alpha.count, words: [yes, \"7\"], factor: 2.50}");
  const Form form = compiled(folder);
  const Rule& rule = form.rules()[form.find_rule("count-needs-hammer")];
  EXPECT_EQ(form.string(rule.check), "likely");
  EXPECT_EQ(form.string(form.instances_of(rule)[0].check_parameters),
            R"({"question":"alpha.count","words":["yes","7"],"factor":2.50})");
  EXPECT_EQ(
      form.string(form.table_declarations()[0].json),
      R"({"id":"laws-by-kind","kind":"rows_by_option","register":"laws","column":"kind","suppress_below":3})");
  EXPECT_EQ(
      form.string(rule.examples),
      R"({"wrong":{"answers":{"alpha.count":3,"alpha.tools":["other"]}},"right":{"answers":{"alpha.count":3,"alpha.tools":["hammer"]}}})");
}

TEST(CompileForm, LetsTheFormsTextsPrevailOverCommonOnes) {
  const FormFolder folder;
  folder.write("texts/en/more.yaml", "verdict.blocked: Stopped\n");
  EXPECT_EQ(compiled(folder).text("verdict.blocked", 0).value, "Stopped");
}

TextState state_of(const Form& form, std::string_view id) {
  return form.tables().text_states[form.tables().text_ids.size() + form.find_text(id)];
}

TEST(CompileForm, KnowsTheStateOfEachTextFromTheRecord) {
  const FormFolder folder;
  EXPECT_EQ(state_of(compiled(folder), "gen.standing.label"), TextState::unrecorded);
  EXPECT_EQ(state_of(compiled(folder), "gen.open.label"), TextState::missing);
  EXPECT_EQ(state_of(compiled(folder), "block.beta.title"), TextState::reviewed);
  folder.write("texts/fr/record.yaml",
               "gen.standing.label: translated e4b35726fbaf\n"
               "block.beta.title: translated 0123456789ab\n");
  EXPECT_EQ(state_of(compiled(folder), "gen.standing.label"), TextState::translated);
  EXPECT_EQ(state_of(compiled(folder), "block.beta.title"), TextState::stale);
  EXPECT_EQ(state_of(compiled(folder), "object.beta"), TextState::unrecorded);
}

TEST(CompileForm, CountsAReviewOfAChangedTextAsATranslation) {
  const FormFolder folder;
  folder.replace("texts/fr/all.yaml", "block.beta.title: Bêta", "block.beta.title: Béta");
  EXPECT_EQ(state_of(compiled(folder), "block.beta.title"), TextState::translated);
}

TEST(CompileForm, MarksTheTranslationsOfAChangedTextAsStale) {
  const FormFolder folder;
  folder.replace("texts/en/all.yaml", "block.beta.title: Beta", "block.beta.title: Second part");
  EXPECT_EQ(state_of(compiled(folder), "block.beta.title"), TextState::stale);
}

TEST(CompileForm, CountsTheTextsThatSomebodyWroteByState) {
  const FormFolder folder;
  const Form form = compiled(folder);
  const TextCounts& source = form.tables().text_counts[0];
  const TextCounts& french = form.tables().text_counts[1];
  EXPECT_EQ(source.not_reviewed(), 0u);
  EXPECT_EQ(french.reviewed, 3u) << "what is made of a module's text is not counted again";
  EXPECT_EQ(french.unrecorded, 1u);
  EXPECT_EQ(french.missing + 4u, source.source);
}

TEST(CompileForm, LeavesTextsAsideWhoseLanguageItDoesNotDeclare) {
  const FormFolder folder;
  folder.write("texts/de/all.yaml", "gen.standing.label: Stellung\n");
  folder.write("texts/de/record.yaml", "gen.standing.label: nonsense\n");
  EXPECT_EQ(compiled(folder).tables().languages.size(), 2u);
}

TEST(CompileForm, DigestsWhatIsDeclaredNotHowItIsWritten) {
  const FormFolder folder;
  const Form before = compiled(folder);
  folder.replace("lists.yaml", "- code: standing\n  options: [party, signatory, neither]\n", "");
  folder.write("lists.yaml",
               folder.read("lists.yaml") +
                   "# moved\n- options: [party, signatory, neither]\n  code: standing\n");
  folder.replace("tables/laws-by-kind.yaml", "register: laws\ncolumn: kind",
                 "column: kind # the kind\nregister: laws");
  folder.replace("texts/en/all.yaml", "Hammer", "Mallet");
  const Form after = compiled(folder);
  EXPECT_EQ(after.structure_digest(), before.structure_digest());
  EXPECT_EQ(after.rules_digest(), before.rules_digest());
  EXPECT_NE(after.string(after.tables().text_digests[0]),
            before.string(before.tables().text_digests[0]));
  EXPECT_EQ(after.string(after.tables().text_digests[1]),
            before.string(before.tables().text_digests[1]));
}

TEST(CompileForm, DigestsEveryChangeOfSubstance) {
  struct Case {
    std::string file, from, to;
  };
  const Case cases[] = {
      {"lists.yaml", "[low, middle, high]", "[low, high, middle]"},
      {"chapters/first.yaml", "choices: 2", "choices: 1"},
      {"chapters/first.yaml", "operator: above, value: 2", "operator: above, value: 3"},
      {"registers/laws.yaml", "words: 50", "words: 51"},
      {"provisions.yaml", "obligation: consider", "obligation: saving"},
      {"form.yaml", "value: party", "value: neither"},
      {"rules/note-is-given.yaml", "severity: warning", "severity: info"},
      {"tables/laws-by-kind.yaml", "suppress_below: 3", "suppress_below: 4"},
  };
  const FormFolder original;
  const Form before = compiled(original);
  for (const Case& c : cases) {
    SCOPED_TRACE(c.file + ": " + c.to);
    const FormFolder folder;
    folder.replace(c.file, c.from, c.to);
    const Form after = compiled(folder);
    const bool is_rules = c.file.starts_with("rules") || c.file.starts_with("tables");
    EXPECT_EQ(after.structure_digest() == before.structure_digest(), is_rules);
    EXPECT_EQ(after.rules_digest() == before.rules_digest(), !is_rules);
  }
}

TEST(CompileForm, FindsNoMistakeInAnyFormOfTheRepository) {
  std::size_t forms = 0;
  for (const char* root : {"forms", "tests/support/forms"}) {
    if (!std::filesystem::exists(root)) continue;
    for (const auto& id : std::filesystem::directory_iterator(root))
      for (const auto& version : std::filesystem::directory_iterator(id.path())) {
        SCOPED_TRACE(version.path().string());
        EXPECT_THAT(told(compile_form(version.path(), "data/texts")), ElementsAre());
        ++forms;
      }
  }
  EXPECT_GT(forms, 0u);
}

}  // namespace
}  // namespace cosp
