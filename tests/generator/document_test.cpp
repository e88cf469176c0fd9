#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.hpp"
#include "readers/cycle_reader.hpp"
#include "readers/form_loader.hpp"
#include "readers/submission_reader.hpp"
#include "tests/generator/document_fixture.hpp"

namespace cosp::testing {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string kConsent = R"("gen.consent": {"value": "yes"}, )";

std::string between(std::string_view text, std::string_view from, std::string_view to) {
  const std::size_t begin = text.find(from);
  return begin == std::string_view::npos
             ? std::string{}
             : std::string(text.substr(begin, text.find(to, begin) - begin));
}

TEST(ThematicReport, ReadsAsDeclared) {
  DocumentFixture fixture;
  fixture.submit("QMA", kConsent + R"("b1.status": {"value": "yes"})");
  fixture.submit("QMB", kConsent + R"("b1.status": {"reason": "under_consideration"})");
  fixture.submit("QMC", R"("b1.status": {"value": "no"})");
  const std::string text = text_of(fixture.page("review", "en", Audience::open, "review.en.html"));
  EXPECT_EQ(between(text, "I. Opening\n1.", "Figure 1"), R"(I. Opening
1. 3 States of 3 had reported by 30 June 2027.
2. Reported: Alpha and Zeta.
3. The States that reported are listed here.
States parties
Alpha
Zeta
Table 1 Pebbles counted1Of those asked in each row, among 3 parties with a final submission. Received by 30 June 2027.
Article or section | Asked | Yes | In part | No | Not applicable | Not available | Under consideration | Withheld | Reported elsewhere | Not provided | Not published | By reservation | Outside competence | Not asked | Outside the phase |
Article 1: Pebbles | 3 | 1 | 0 | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 0 |
)");
  EXPECT_THAT(text, HasSubstr("4. Article 1 (Pebbles): one of 3."));
  EXPECT_THAT(text, HasSubstr("Source: information submitted in answer to question b1.status."));
}

TEST(ThematicReport, LeavesOutASentenceOnStatesWhenThereIsNoneToName) {
  DocumentFixture fixture;
  fixture.submit("QMC", R"("b1.status": {"value": "no"})");
  const std::string text = text_of(fixture.page("review", "en", Audience::open, "review.en.html"));
  EXPECT_THAT(text, HasSubstr("One State of 3 had reported"));
  EXPECT_THAT(text, Not(HasSubstr("Reported:")));
  EXPECT_THAT(text, Not(HasSubstr("Middle"))) << "named without its consent";
}

TEST(ThematicReport, NamesEachFigureForExplaining) {
  DocumentFixture fixture;
  fixture.submit("QMA", kConsent + R"("b1.status": {"value": "yes"})");
  const std::string page = fixture.page("review", "en", Audience::open, "review.en.html");
  EXPECT_THAT(page,
              HasSubstr(R"(<td class="value figure" data-id="standing-by-article/b1/yes">1</td>)"));
  EXPECT_THAT(page, HasSubstr(R"(data-id="standing-by-article/b1/yes"/>)"))
      << "the bar of the chart";
}

TEST(ThematicReport, RunsFromRightToLeftInArabic) {
  DocumentFixture fixture;
  fixture.submit("QMA", kConsent + R"("b1.status": {"value": "yes"})");
  fixture.submit("QMB", kConsent + R"("b1.status": {"value": "yes"})");
  const std::string page = fixture.page("review", "ar", Audience::open, "review.ar.html");
  EXPECT_THAT(page, HasSubstr(R"(<html lang="ar" dir="rtl">)"));
  EXPECT_THAT(page, HasSubstr(R"(direction="rtl")"));
  EXPECT_THAT(page, HasSubstr("قدمت: ألف وياء."))
      << "the order of the Arabic alphabet, not of the English names";
  EXPECT_THAT(page, HasSubstr(R"(<span lang="en" dir="ltr">2 States of 3)"))
      << "what is not translated says its language";
}

TEST(ThematicReport, SaysThatItIsADraftAndMadeUp) {
  DocumentFixture fixture;
  const std::string test = fixture.page("review", "en", Audience::open, "review.en.html");
  EXPECT_THAT(test, HasSubstr("Draft, not a document of the United Nations"));
  EXPECT_THAT(test, HasSubstr(R"(@top-center { content: "TEST DATA)")) << "on each printed page";
  fixture.cycle().purpose = Purpose::official;
  fixture.cycle().masthead = Masthead{"SMALL/1/2", "First session", "3"};
  const std::string official = fixture.page("review", "en", Audience::open, "review.en.html");
  EXPECT_THAT(official, Not(HasSubstr("Draft")));
  EXPECT_THAT(official, Not(HasSubstr("TEST")));
  EXPECT_THAT(text_of(official), HasSubstr("SMALL/1/2\nFirst session\nAgenda item 3\n"));
}

TEST(ThematicReport, MarksHeadingsLabelsAndOptionsThatFellBack) {
  DocumentFixture fixture;
  fixture.submit("QMA", kConsent + R"("b1.status": {"value": "yes"})");
  const std::string page = fixture.page("review", "ar", Audience::open, "review.ar.html");
  EXPECT_THAT(page, HasSubstr(R"(class="value" lang="en" dir="ltr">Yes</th>)")) << "an option";
  EXPECT_THAT(page, HasSubstr(R"(<th scope="row" lang="en" dir="ltr">)")) << "an article";
  EXPECT_THAT(page, HasSubstr(R"(<bdi class="title">الحصى المعدود)")) << "translated";
  const std::string state =
      fixture.page("submitted", "ar", Audience::open, "submitted/QMA.ar.html");
  EXPECT_THAT(state, HasSubstr(R"(<span lang="en" dir="ltr">Yes</span>)"));
  EXPECT_THAT(state, HasSubstr(R"(class="fallback")"));
}

TEST(ThematicReport, TellsInPublicOnlyThatSomeDidNotConsentAndNeverHowMany) {
  const std::string part = "template: thematic-report\nparts:\n  - {paragraph: silent}\n";
  DocumentFixture fixture(
      "product.told.title: Told\n"
      "part.silent: \"Silent: {unnamed, select, none {none} some {some, {without_consent}} "
      "other {{without_consent}}}.\"\n",
      {{"told", "format: html\n" + part}});
  fixture.submit("QMA", kConsent + R"("b1.status": {"value": "yes"})");
  const auto told = [&](Audience audience) {
    return text_of(fixture.page("told", "en", audience, "told.en.html"));
  };
  EXPECT_THAT(told(Audience::open), HasSubstr("Silent: none."));
  fixture.submit("QMB", R"("b1.status": {"value": "no"})");
  EXPECT_THAT(told(Audience::open), HasSubstr("Silent: some, 0."));
  EXPECT_THAT(told(Audience::secretariat), HasSubstr("Silent: 1."));
}

TEST(ThematicReport, ListsThePeriodsByPhaseWhereTheyDiffer) {
  DocumentFixture fixture;
  Phase early, late;
  early.id = "first";
  late.id = "second";
  early.chapters = late.chapters = {"A"};
  early.states = {"QMA"};
  late.states = {"QMB", "QMC"};
  late.period = Period{*Date::parse("2026-07-01"), *Date::parse("2026-12-31")};
  fixture.cycle().phases = {early, late};
  const std::string text = text_of(fixture.page("review", "en", Audience::open, "review.en.html"));
  EXPECT_THAT(text, HasSubstr("1 January 2026 to 31 December 2026 (phase 1)"));
  EXPECT_THAT(text, HasSubstr("1 July 2026 to 31 December 2026 (phase 2)"));
}

TEST(InformationSubmitted, IsHeadedWithTheSubmissionsOwnPeriod) {
  DocumentFixture fixture;
  fixture.cycle().period = {*Date::parse("2025-01-01"), *Date::parse("2026-12-31")};
  fixture.submit("QMA", kConsent + R"("b1.status": {"value": "yes"})");
  const std::string text =
      text_of(fixture.page("submitted", "en", Audience::open, "submitted/QMA.en.html"));
  EXPECT_THAT(text, HasSubstr("Reporting period: 1 January 2026 to 31 December 2026"));
}

TEST(InformationSubmitted, TellsRowsOfTheSameIdApart) {
  DocumentFixture fixture;
  fixture.submit("QMA", kConsent + R"("b1.status": {"value": "yes"})");
  fixture.repeat_row("QMA", "papers", "p1", "On pebbles");
  fixture.repeat_row("QMA", "papers", "p1", "On shells");
  const std::string page = fixture.page("submitted", "en", Audience::open, "submitted/QMA.en.html");
  EXPECT_THAT(page, HasSubstr(R"(id="entry-papers-p1")"));
  EXPECT_THAT(page, HasSubstr(R"(id="entry-papers-p1/2")"));
}

TEST(InformationSubmitted, ShowsAnswersAsAReaderSeesThem) {
  DocumentFixture fixture;
  fixture.submit(
      "QMA", kConsent + R"(
      "b1.status": {"value": "in_part"},
      "b1.remark": {"value": {"ar": "نعدها كل عام", "en": "We count them yearly"}, "original": "ar"},
      "b1.years": {"value": "1234.5"},
      "b1.cost": {"value": {"amount": "40000", "currency": "XTS"}},
      "b1.plan": {"reason": "withheld"},
      "b1.cited": {"value": ["p1"]})",
      R"("papers": [{"id": "p1", "values": {"name": {"value": {"en": "On pebbles"}, "original": "en"}}}])");
  const std::string page = fixture.page("submitted", "en", Audience::open, "submitted/QMA.en.html");
  const std::string text = text_of(page);
  EXPECT_EQ(between(text, "Article 1 Pebbles\nAre", "What this document"), R"(Article 1 Pebbles
Are pebbles counted? b1.status 1(a)
In part
Remarks on pebbles b1.remark
Original (Arabic) نعدها كل عام
Translation by the State (English) We count them yearly
Since how many years? b1.years
1,234.5 years
Cost b1.cost
40,000 XTS
Is a plan secret? b1.plan
Not published
Papers b1.cited
On pebbles
Papers kept
Papers kept
Entry | Name |
p1 |
On pebbles
|
)");
  EXPECT_THAT(page, HasSubstr(R"(<span lang="ar" dir="rtl">نعدها)"));
  EXPECT_THAT(page, HasSubstr(R"(<a href="#entry-papers-p1"><bdi>On pebbles</bdi></a>)"));
}

TEST(InformationSubmitted, LeavesOutWhatWouldTellAnAnswerThatIsNotPublic) {
  DocumentFixture fixture;
  const std::string answers =
      kConsent + R"("b1.plan": {"value": "yes"}, "b1.plan_date": {"value": "2026-05-05"})";
  fixture.submit("QMA", answers);
  const std::string open =
      text_of(fixture.page("submitted", "en", Audience::open, "submitted/QMA.en.html"));
  EXPECT_THAT(open, Not(HasSubstr("Date of the secret plan")));
  const std::string closed =
      text_of(fixture.page("submitted", "en", Audience::secretariat, "submitted/QMA.en.html"));
  EXPECT_THAT(closed, HasSubstr("Date of the secret plan b1.plan_date\n5 May 2026"));
  EXPECT_THAT(closed, HasSubstr("Yes\nFor the secretariat only"));
}

TEST(InformationSubmitted, NeverShowsPersonalDataNorColumnsThatAreNotPublic) {
  DocumentFixture fixture;
  fixture.submit(
      "QMA", kConsent + R"("b1.status": {"value": "no"})",
      R"("papers": [{"id": "p1", "values": {"name": {"value": {"en": "On pebbles"}, "original": "en"},
                     "shelf": {"value": {"en": "MARKED-SHELF"}, "original": "en"}}}])",
      R"(, "contacts": {"answers": {"gen.phone": {"value": "+1 555 0100"}},
                     "registers": {"papers": {"p1": {"keeper": {"value": "marked@keeper.example"}}}}})");
  for (const Audience audience : {Audience::open, Audience::secretariat}) {
    const std::string page = fixture.page("submitted", "en", audience, "submitted/QMA.en.html");
    EXPECT_THAT(page, Not(HasSubstr("marked@keeper.example")));
    EXPECT_THAT(page, Not(HasSubstr("555 0100")));
  }
  EXPECT_THAT(fixture.page("submitted", "en", Audience::open, "submitted/QMA.en.html"),
              Not(HasSubstr("MARKED-SHELF")));
  EXPECT_THAT(fixture.page("submitted", "en", Audience::secretariat, "submitted/QMA.en.html"),
              HasSubstr("MARKED-SHELF"));
}

TEST(InformationSubmitted, IsMadeOnlyForWhomConsents) {
  DocumentFixture fixture;
  fixture.submit("QMA", kConsent + R"("b1.status": {"value": "yes"})");
  fixture.submit("QMB", R"("b1.status": {"value": "yes"})");
  EXPECT_THAT(fixture.render("submitted", "en", Audience::open),
              ElementsAre(Field(&OutputFile::name, "submitted/QMA.en.html")));
  EXPECT_THAT(fixture.render("submitted", "en", Audience::secretariat).size(), 2u);
}

TEST(InformationSubmitted, KeepsMarkupAndTemplateTagsOfAnswersAsText) {
  DocumentFixture fixture;
  const std::string hostile =
      R"(<script>alert(1)</script> {{title}} {{{svg}}} {{#page.parts}} </style> ' \" & {x, plural})";
  fixture.submit("QMA",
                 kConsent + R"("b1.status": {"value": "no"}, "b1.gap": {"value": {"en": ")" +
                     hostile + R"("}, "original": "en"})",
                 R"("papers": [{"id": "p1", "values": {"name": {"value": {"en": ")" + hostile +
                     R"("}, "original": "en"}}}])");
  const std::string page = fixture.page("submitted", "en", Audience::open, "submitted/QMA.en.html");
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt; {{title}} {{{svg}}} "
                              "{{#page.parts}} &lt;/style&gt;"));
  EXPECT_EQ(unbalanced_element(page), "");
}

TEST(InformationSubmitted, ShowsReasonsAndExplanationsInWords) {
  DocumentFixture fixture;
  fixture.submit("QMA", kConsent + R"("b1.status": {"value": "yes"},
      "b1.years": {"reason": "not_available", "detail": "not_counted", "expected_on": "2028-01-01"})",
                 {}, R"(, "explanations": [
      {"rule": "some-rule", "place": "b1.status", "answers": "00", "text": "New law."},
      {"rule": "some-rule", "place": "b1.plan", "answers": "00", "text": "MARKED-EXPLANATION"}])");
  const std::string text =
      text_of(fixture.page("submitted", "en", Audience::open, "submitted/QMA.en.html"));
  EXPECT_THAT(text, HasSubstr("Not available: Never counted\nExpected on 1 January 2028"));
  EXPECT_THAT(text, HasSubstr("Are pebbles counted?\nsome-rule\nNew law."));
  EXPECT_THAT(text, Not(HasSubstr("MARKED-EXPLANATION")))
      << "it speaks of an answer that is not public";
}

TEST(InformationSubmitted, ShowsUnknownAnswersToTheSecretariatAloneAtTheEnd) {
  DocumentFixture fixture;
  fixture.submit(
      "QMA", kConsent + R"("b1.status": {"value": "yes"}, "b1.moons": {"value": "MARKED <b>"})");
  const std::string restricted =
      fixture.page("submitted", "en", Audience::secretariat, "submitted/QMA.en.html");
  EXPECT_THAT(text_of(restricted),
              HasSubstr("Answers to questions that the form does not know\nThese stand"));
  EXPECT_THAT(text_of(restricted), HasSubstr("b1.moons | {\"value\":\"MARKED <b>\"}"));
  EXPECT_THAT(restricted, Not(HasSubstr("MARKED <b>")));
  EXPECT_EQ(unbalanced_element(restricted), "");
  EXPECT_THAT(fixture.page("submitted", "en", Audience::open, "submitted/QMA.en.html"),
              Not(HasSubstr("MARKED")));
  EXPECT_THAT(fixture.page("submitted", "en", Audience::open, "submitted/QMA.en.html"),
              Not(HasSubstr("does not know")));
}

TEST(Documents, AreSelfContainedAndClosed) {
  DocumentFixture fixture;
  fixture.submit("QMA", kConsent + R"("b1.status": {"value": "yes"})");
  for (const std::string& page :
       {fixture.page("review", "en", Audience::open, "review.en.html"),
        fixture.page("submitted", "ar", Audience::open, "submitted/QMA.ar.html")}) {
    EXPECT_EQ(unbalanced_element(page), "");
    for (const char* outside : {"<script", "<link", "src=", "@import", "url(http", "href=\"http"})
      EXPECT_THAT(page, Not(HasSubstr(outside)));
  }
}

TEST(Documents, AreTheSameBytesEachTime) {
  DocumentFixture fixture;
  fixture.submit("QMA", kConsent + R"("b1.status": {"value": "yes"})");
  EXPECT_EQ(fixture.page("review", "en", Audience::open, "review.en.html"),
            fixture.page("review", "en", Audience::open, "review.en.html"));
}

TEST(Documents, OfTheSecondTreatyRenderInBothLanguages) {
  const FormCompilation compiled =
      compile_form("tests/support/forms/night-skies-report/1.2.0", "data/texts");
  ASSERT_TRUE(compiled.form);
  const auto cycle =
      load_cycle("tests/support/cycles/night-skies-third-round.yaml", "data/rosters");
  ASSERT_TRUE(cycle);
  std::vector<std::unique_ptr<Submission>> submissions;
  std::vector<std::unique_ptr<Evaluation>> evaluations;
  CompilationInput input{*compiled.form, *cycle, {}, Audience::open};
  for (const char* code : {"QMA", "QNB", "QPC", "QSE"}) {
    auto bytes = read_file(
        "tests/support/submissions/night-skies-report/" + std::string(code) + ".json", 1u << 20);
    ASSERT_TRUE(bytes);
    submissions.push_back(
        std::make_unique<Submission>(SubmissionReader().read(*bytes, *compiled.form).submission));
    evaluations.push_back(std::make_unique<Evaluation>(*compiled.form, *submissions.back(),
                                                       Surroundings{&*cycle, nullptr}));
    input.contributors.push_back(
        {cycle->roster.find(code), submissions.back().get(), evaluations.back().get(), {}, {}, {}});
  }
  const auto tables = count_tables(input);
  ASSERT_TRUE(tables);
  TemplateSet templates = shipped_templates();
  EXPECT_THAT(lint_products(*compiled.form, &templates), IsEmpty());
  for (const char* language : {"en", "ar"})
    for (const Declaration& product : compiled.form->products()) {
      const auto check = [](const OutputFile& file) -> Result<void> {
        EXPECT_EQ(unbalanced_element(file.bytes), "") << file.name;
        return {};
      };
      const auto rendered = render_product(input, *tables, product, language, templates, check);
      ASSERT_TRUE(rendered) << describe(rendered.error());
    }
}

}  // namespace
}  // namespace cosp::testing
