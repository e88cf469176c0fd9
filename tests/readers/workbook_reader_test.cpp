#include "readers/workbook_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "readers/submission_writer.hpp"
#include "tests/readers/submission_fixture.hpp"
#include "tests/readers/workbook_fixture.hpp"

namespace cosp::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

/// The canonical forms, open and personal, of a workbook and of a JSON file that says the same.
void expect_same(const ReadWorkbook& workbook, std::string_view json_members) {
  const ReadSubmission json = read_all_types(submission_with(json_members));
  EXPECT_THAT(ids(json), IsEmpty());
  EXPECT_EQ(canonical_json(all_types_form(), workbook.submission),
            canonical_json(all_types_form(), json.submission));
  EXPECT_EQ(contacts_json(all_types_form(), workbook.submission),
            contacts_json(all_types_form(), json.submission));
}

TestSheet papers() {
  return {"Papers",
          {{"cosp/1 register papers", "=number", "name", "kind", "passed", "passages"},
           {"act-1", "1", "Data Protection Act", "Green", "@2020-05-01", "1; 1(2)"},
           {"act-2", "2", "Second Act", "blue"},
           {"act-3", "3"}},
          false};
}

TEST(WorkbookReader, ReadsAnAnswerOfEveryType) {
  const std::vector<TestSheet> sheets = {
      cover({{"header.period/start", "", "@2026-01-01"}, {"header.period/end", "", "2027-12-31"}}),
      questions({{"a.status", "Status", "Red"},
                 {"a.single", "Single", " GREEN "},
                 {"a.multi", "Multi", ""},
                 {"a.multi/red", "Red", "✓"},
                 {"a.multi/green", "Green", ""},
                 {"a.multi/blue", "Blue", "x"},
                 {"a.agree", "Agree", "Yes"},
                 {"a.number", "Number", "#0.30000000000000004"},
                 {"a.money", "Money", ""},
                 {"a.money/amount", "", "1 200 000,50"},
                 {"a.money/currency", "", "EUR"},
                 {"a.text", "Text", "=not a formula"},
                 {"a.long", "Long", "first\nsecond"},
                 {"a.date", "Date", "@2027-12-31"},
                 {"a.period", "Period", ""},
                 {"a.period/start", "", "@2026-01-01"},
                 {"a.period/end", "", "31.12.2027"},
                 {"a.language", "Language", "fr"},
                 {"a.languages", "Languages", "en; fr\nar"},
                 {"a.sender", "Sender", "Somewhere [QMA]"},
                 {"a.papers", "Papers", ""},
                 {"a.papers/2", "", "act-1"},
                 {"a.papers/1", "", "Second Act"},
                 {"a.passages", "Passages", "1(2); 1"},
                 {"a.email", "Email", "desk@example.org"},
                 {"a.phone", "Phone", "+3312345678"}}),
      papers(),
      {"Contacts",
       {{"cosp/1 contacts papers", "keeper"}, {"act-1", "keeper@example.org"}, {"act-3", ""}},
       false}};
  constexpr std::string_view kSame = R"json("period":{"start":"2026-01-01","end":"2027-12-31"},
    "answers":{"a.status":"red","a.single":"green","a.multi":["red","blue"],"a.agree":"yes",
      "a.number":"0.3","a.money":{"amount":"1200000.5","currency":"EUR"},
      "a.text":"=not a formula","a.long":"first\nsecond","a.date":"2027-12-31",
      "a.period":{"start":"2026-01-01","end":"2027-12-31"},"a.language":"fr",
      "a.languages":["en","fr","ar"],"a.sender":"QMA","a.papers":["act-2","act-1"],
      "a.passages":["1","1(2)"]
},
    "registers":{"papers":[{"id":"act-1","values":{"name":"Data Protection Act","kind":"green",
        "passed":"2020-05-01","passages":["1","1(2)"]}},
      {"id":"act-2","values":{"name":"Second Act","kind":"blue"}}]},
    "contacts":{"answers":{"a.email":"desk@example.org","a.phone":"+3312345678"},
      "registers":{"papers":{"act-1":{"keeper":"keeper@example.org"}}}})json";
  for (const std::string& bytes : {xlsx_of(sheets), ods_of(sheets)}) {
    const ReadWorkbook read = read_all_types_workbook(bytes);
    EXPECT_THAT(placed(read), IsEmpty());
    EXPECT_EQ(read.counts.rejected, 0);
    expect_same(read, kSame);
  }
}

TEST(WorkbookReader, ReadsWhatStandsBesideAnAnswer) {
  const ReadWorkbook read = read_all_types_workbook(
      {cover(),
       questions({{"a.status", "", "", "not_available", "Lost", "", "@2028-06-30", "Soon.",
                   "counted", "Ministry", "prefilled"},
                  {"a.text", "", "", "reported_elsewhere", "", "Data Protection Act [act-1]"},
                  {"a.long", "", "Words", "", "", "", "", "Aside.", "secretariat"}}),
       papers(),
       {"Remarks",
        {{"cosp/1 remarks", "reason", "note"}, {"papers/act-2/passed", "withheld", "Later."}},
        false}});
  EXPECT_THAT(placed(read), IsEmpty());
  expect_same(read, R"json("answers":{
    "a.status":{"reason":"not_available","detail":"lost","expected_on":"2028-06-30","note":"Soon.",
      "visibility":"counted","author":"Ministry","origin":"prefilled"},
    "a.text":{"reason":"reported_elsewhere","rows":["act-1"]},
    "a.long":{"value":"Words","note":"Aside.","visibility":"secretariat"}},
    "registers":{"papers":[{"id":"act-1","values":{"name":"Data Protection Act","kind":"green",
        "passed":"2020-05-01","passages":["1","1(2)"]
}
},
      {"id":"act-2","values":{"name":"Second Act","kind":"blue",
        "passed":{"reason":"withheld","note":"Later."}}}]
})json");
}

TEST(WorkbookReader, ReadsANoteOnAContactThatStandsInAFurtherLanguageOnly) {
  const ReadWorkbook read = read_all_types_workbook(
      {cover(),
       papers(),
       {"Contacts", {{"cosp/1 contacts papers", "keeper"}, {"act-1", ""}}, false},
       {"Texts",
        {{"cosp/1 texts", "language", "text"},
         {"papers/act-1/keeper#note", "fr", "Depuis mai."},
         {"papers/act-1/keeper#note", "ru", "С мая."}},
        false}});
  EXPECT_THAT(placed(read), IsEmpty());
  EXPECT_EQ(
      contacts_json(all_types_form(), read.submission),
      R"({"registers":{"papers":{"act-1":{"keeper":{"note":{"fr":"Depuis mai.","ru":"С мая."}}}}}})");
}

TEST(WorkbookReader, JoinsTextsThatGoOnElsewhereAndInOtherLanguages) {
  const ReadWorkbook read = read_all_types_workbook(
      {cover(),
       questions(
           {{"a.text", "", "\\:tab\\there \\+"}, {"a.long", "", "Words"}, {"b.remark", "", ""}}),
       {"Texts",
        {{"cosp/1 texts", "language", "text", "original"},
         {"a.text", "en", "and \\+"},
         {"a.text", "en", "there"},
         {"a.long", "fr", "Mots", "✓"},
         {"a.long#note", "es", "Nota"},
         {"b.remark", "zh", "文字"}},
        false}});
  EXPECT_THAT(placed(read), IsEmpty());
  expect_same(read, R"json("answers":{"a.text":"tab\there and there",
    "a.long":{"value":{"en":"Words","fr":"Mots"},"original":"fr","note":{"es":"Nota"}},
    "b.remark":{"zh":"文字"}})json");
}

TEST(WorkbookReader, ReadsExplanationsAndKeepsUnknownAnswers) {
  const ReadWorkbook read = read_all_types_workbook(
      {cover(),
       questions({{"old.question", "", "kept"}, {"a.text", "", "text"}}),
       {"Explanations",
        {{"cosp/1 explanations", "digest", "text"}, {"some-rule@a.text", "0123", "Because."}},
        false},
       {"Unknown",
        {{"cosp/1 unknown", "json"},
         {"older.question", "[\"a\",{\"b\":1e400}]"},
         {"broken", "{\"a\":1,\"a\":2}"}},
        false}});
  EXPECT_THAT(placed(read),
              UnorderedElementsAre("unknown-question@Questions!A2", "unknown-question@Unknown!A2",
                                   "escape-broken@Unknown!B3"));
  ASSERT_EQ(read.submission.explanations.size(), 1);
  EXPECT_EQ(read.submission.explanations[0].rule, "some-rule");
  EXPECT_EQ(read.submission.explanations[0].digest, "0123");
  ASSERT_EQ(read.submission.unknown.size(), 2);
  EXPECT_EQ(read.submission.unknown[0].json, R"json({"value":"kept"})json");
  EXPECT_EQ(read.submission.unknown[1].json, R"json(["a",{"b":1e400}])json");
  EXPECT_EQ(read.counts.rejected, 1);
}

TEST(WorkbookReader, FindsWhatCannotBeReadAtItsCell) {
  struct Case {
    std::string_view code;
    std::string cell, finding;
  };
  const Case cases[] = {
      {"a.status", "Reed", "unknown-option@Questions!C2"},
      {"a.agree", "maybe", "unknown-option@Questions!C2"},
      {"a.status", "withheld", "reason-for-answer@Questions!C2"},
      {"a.number", "not_available", "reason-for-answer@Questions!C2"},
      {"a.papers/1", "withheld", "reason-for-answer@Questions!C2"},
      {"a.number", "1.234", "figure-ambiguous@Questions!C2"},
      {"a.number", "about 5", "figure-unreadable@Questions!C2"},
      {"a.number", "@2027-03-05", "date-for-figure@Questions!C2"},
      {"a.number", "%0.25", "percentage-unclear@Questions!C2"},
      {"a.number", "#1E+300", "figure-too-long@Questions!C2"},
      {"a.number", "!#REF!", "cell-error@Questions!C2"},
      {"a.number", "=A1|", "formula-not-calculated@Questions!C2"},
      {"a.date", "05/06/2027", "date-ambiguous@Questions!C2"},
      {"a.date", "soon", "date-unreadable@Questions!C2"},
      {"a.date", "#46752", "figure-for-date@Questions!C2"},
      {"a.multi/red", "perhaps", "tick-unclear@Questions!C2"},
      {"a.multi/mauve", "✓", "row-code-unknown@Questions!C2"},
      {"a.papers/1", "act-9", "unknown-row@Questions!C2"},
      {"a.passages", "9(9)", "unknown-provision@Questions!C2"},
      {"a.languages", "klingonese-language", "unknown-language@Questions!C2"},
      {"a.text", "\\:broken \\q", "escape-broken@Questions!C2"},
      {"a.text", "and so on \\+", "text-breaks-off@Questions!C2"},
      {"a.money/amount", "#5", "wrong-type@Questions!C2"},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(std::string(one.code) + " " + one.cell);
    const ReadWorkbook read = read_all_types_workbook(
        {cover(), questions({{std::string(one.code), "", one.cell}}), papers()});
    EXPECT_THAT(placed(read), ElementsAre(one.finding));
    EXPECT_EQ(read.counts.rejected, 1);
    const std::uint32_t question =
        all_types_form().find_question(one.code.substr(0, one.code.find('/')));
    EXPECT_TRUE(read.submission.answers[question].is_rejected);
    EXPECT_FALSE(read.submission.answers[question].has_value());
  }
}

TEST(WorkbookReader, NamesTheNearestLabel) {
  const ReadWorkbook read =
      read_all_types_workbook({cover(), questions({{"a.status", "", "Gren"}})});
  const auto found = std::ranges::find(read.findings, "unknown-option", &Finding::rule);
  ASSERT_NE(found, read.findings.end());
  EXPECT_EQ(found->expected, "Red; Green; Blue");
  const auto nearest = std::ranges::find_if(found->arguments,
                                            [](const auto& one) { return one.first == "nearest"; });
  EXPECT_EQ(std::get<std::string>(nearest->second), "Green");
}

TEST(WorkbookReader, TakesFormulasByTheirValueAndSaysSo) {
  const ReadWorkbook read =
      read_all_types_workbook({cover(), questions({{"a.number", "", "=5+7|12"}})});
  EXPECT_THAT(placed(read), ElementsAre("formula-value@Questions!C2"));
  EXPECT_EQ(read.counts.rejected, 0);
  expect_same(read, R"json("answers":{"a.number":"12"})json");
}

TEST(WorkbookReader, MasksWhatIsPersonal) {
  const ReadWorkbook read = read_all_types_workbook(
      {cover(), questions({{"a.email", "", "=A1|"}, {"a.phone", "", "!secret"}})});
  EXPECT_THAT(placed(read), UnorderedElementsAre("formula-not-calculated@Questions!C2",
                                                 "cell-error@Questions!C3"));
  for (const Finding& finding : read.findings)
    if (!is_about_a_gap(finding)) {
      EXPECT_EQ(finding.written, "•••") << finding.rule;
    }
}

// Workbooks that people have worked on.

TEST(WorkbookReader, MatchesByCodeWhereverRowsAndColumnsWent) {
  const ReadWorkbook read =
      read_all_types_workbook({{"Renamed",
                                {{"", "", ""},
                                 {"", "note", "cosp/1 questions", "=label", "answer"},
                                 {"", "Aside.", "a.text", "Text", "second"},
                                 {"", "", "a.status", "Status", "blue"}},
                                true},
                               cover()});
  EXPECT_THAT(placed(read), IsEmpty());
  expect_same(
      read, R"json("answers":{"a.status":"blue","a.text":{"value":"second","note":"Aside."}})json");
}

TEST(WorkbookReader, SaysWhatStandsOutsideTheAnswers) {
  TestSheet sheet = questions({{"a.text", "", "text", "", "", "", "", "", "", "", "", "a remark"},
                               {"=", "A heading", "another"},
                               {"", "", "an answer of nothing"}});
  sheet.rows.insert(sheet.rows.begin(), {"above"});
  const ReadWorkbook read =
      read_all_types_workbook({cover(), sheet, {"Mine", {{"my own", "#1"}, {"notes"}}, false}});
  EXPECT_THAT(
      placed(read),
      UnorderedElementsAre("text-outside-answers@Questions!A1", "text-outside-answers@Questions!L3",
                           "answer-without-code@Questions!C5", "sheet-not-read@Mine!A1"));
  EXPECT_EQ(read.counts.rejected, 6);
}

TEST(WorkbookReader, SaysThatTheColumnOfCodesIsGone) {
  const ReadWorkbook read = read_all_types_workbook(
      {cover(),
       {"Questions",
        {{"=label", "answer", "reason", "note"}, {"Text", "one"}, {"Long", "two", "", "aside"}},
        false}});
  EXPECT_THAT(placed(read), ElementsAre("codes-missing@Questions!A1"));
  EXPECT_EQ(read.counts.rejected, 3);
}

TEST(WorkbookReader, TakesRowsThatSayTheSameOnceAndAsksWhereTheyDiffer) {
  const ReadWorkbook same = read_all_types_workbook(
      {cover(), questions({{"a.text", "", "one"}}), questions({{"a.text", "", "one"}})});
  EXPECT_THAT(placed(same), IsEmpty());
  expect_same(same, R"json("answers":{"a.text":"one"})json");
  TestSheet copy = questions({{"a.text", "", "two"}});
  copy.name = "Copy";
  const ReadWorkbook other =
      read_all_types_workbook({cover(), questions({{"a.text", "", "one"}}), copy});
  EXPECT_THAT(placed(other), ElementsAre("rows-disagree@Copy!C2"));
  EXPECT_EQ(other.counts.rejected, 2);
}

TEST(WorkbookReader, ReadsRowsOfOneIdAsTheSubmissionsReaderDoes) {
  TestSheet sheet = papers();
  sheet.rows.push_back({"act-2", "", "Another Act"});
  sheet.rows.push_back({"act-1", "", "Data Protection Act", "Green", "@2020-05-01", "1; 1(2)"});
  sheet.rows.push_back({"", "", "Act without a code"});
  const ReadWorkbook read = read_all_types_workbook({cover(), sheet});
  EXPECT_THAT(placed(read),
              UnorderedElementsAre("duplicate-row@Papers!A5", "row-without-id@Papers!C7"));
  EXPECT_EQ(read.submission.registers[all_types_form().find_register("papers")].size(), 4);
}

TEST(WorkbookReader, KeepsEmptyRowsThatAreCitedOrNamedAmongTheRemarks) {
  TestSheet sheet = papers();
  sheet.rows.push_back({"act-4", "4"});
  const ReadWorkbook read = read_all_types_workbook(
      {cover(),
       questions({{"a.papers/1", "", "act-3"}}),
       sheet,
       {"Remarks", {{"cosp/1 remarks", "reason"}, {"papers/act-4"}}, false}});
  EXPECT_THAT(placed(read), IsEmpty());
  const auto& rows = read.submission.registers[all_types_form().find_register("papers")];
  ASSERT_EQ(rows.size(), 4);
  EXPECT_EQ(rows[2].id, "act-3");
  EXPECT_EQ(rows[3].id, "act-4");
}

TEST(WorkbookReader, TellsOfColumnsAndRegistersItDoesNotKnow) {
  const ReadWorkbook read = read_all_types_workbook(
      {cover(),
       {"Papers", {{"cosp/1 register papers", "nam"}, {"act-1", "x"}, {"act-2", "y"}}, false},
       {"Other", {{"cosp/1 register paper", "name"}, {"act-1", "x"}}, false},
       {"Newer", {{"cosp/2 questions", "answer"}, {"a.text", "x"}}, false}});
  EXPECT_THAT(placed(read),
              UnorderedElementsAre("unknown-column@Papers!B1", "unknown-register@Other!A1",
                                   "marker-unknown@Newer!A1"));
  // The marker of another version, and all that stands below it.
  EXPECT_EQ(read.counts.rejected, 6);
}

TEST(WorkbookReader, PointsMissingHeadersAtTheirCells) {
  TestSheet sheet = cover();
  sheet.rows[4][2] = "";
  sheet.rows[7][2] = "";
  const ReadWorkbook read = read_all_types_workbook({sheet, questions({})});
  EXPECT_THAT(placed(read), ElementsAre("missing-header@Cover!C5", "missing-member@Cover!C8"));
}

TEST(WorkbookReader, TellsWhatItCoversAndWhatWasHeldBack) {
  const ReadWorkbook read = read_all_types_workbook(
      {cover({{"header.held_back", "", "a.status; papers/act-1/kind"}}),
       questions({{"a.text", "", ""}}),
       {"Papers", {{"cosp/1 register papers", "name"}, {"act-1", "One"}}, false}});
  EXPECT_THAT(read.coverage.questions, ElementsAre(all_types_form().find_question("a.text")));
  EXPECT_THAT(read.coverage.held_back, ElementsAre("a.status", "papers/act-1/kind"));
  ASSERT_EQ(read.coverage.registers.size(), 1);
  EXPECT_THAT(read.coverage.registers[0].ids, ElementsAre("act-1"));
  EXPECT_EQ(read.coverage.registers[0].columns.size(), 1);
  EXPECT_TRUE(read.submission.answers[all_types_form().find_question("a.status")].is_rejected);
}

TEST(WorkbookReader, GivesLaterFindingsTheirCells) {
  const ReadWorkbook read = read_all_types_workbook(
      {cover(), questions({{"a.text", "", ""}, {"a.long", "", "words"}}), papers()});
  std::vector<Finding> later(3);
  later[0].place.question = all_types_form().find_question("a.text");
  later[1].place.question = all_types_form().find_question("a.long");
  later[1].source = read.submission.answers[later[1].place.question].source;
  later[2].place.registry = all_types_form().find_register("papers");
  later[2].place.row = 1;
  later[2].place.column = all_types_form().registry(later[2].place.registry).columns.first + 2;
  read.places.locate(later);
  EXPECT_EQ(later[0].cell, "Questions!C2");
  EXPECT_EQ(later[1].cell, "Questions!C3");
  EXPECT_EQ(later[2].cell, "Papers!E3");
}

TEST(WorkbookReader, ReadsTheHeadWithoutAForm) {
  WorkbookReader reader;
  const SubmissionHead head = reader.head(xlsx_of({questions({}), cover()}));
  EXPECT_EQ(head.form_id, "all-types");
  EXPECT_EQ(head.form_version, "1.0.0");
  EXPECT_EQ(head.cycle, "c");
  EXPECT_EQ(head.submitter, "QMA");
}

TEST(WorkbookReader, EndsUnreadableFilesWithOneFinding) {
  struct Case {
    std::string bytes, finding;
  };
  const Case cases[] = {{"a;b\n", "text-not-workbook@"},
                        {xlsx_of({{"S", {{"no marks"}}, false}}), "not-our-workbook@"},
                        {zip_of({{"x", "y"}}), "not-a-workbook@"}};
  for (const Case& one : cases) {
    const ReadWorkbook read = read_all_types_workbook(one.bytes);
    EXPECT_TRUE(read.is_unreadable);
    EXPECT_THAT(placed(read), ElementsAre(one.finding));
  }
}

TEST(WorkbookReader, HoldsTextsToTheLimitsOfJson) {
  const ReadWorkbook read =
      read_all_types_workbook({cover(), questions({{"a.text", "", std::string(2u << 20, 'x')}})});
  EXPECT_THAT(placed(read), ElementsAre("text-too-long@Questions!C2"));
  // One text that many cells share would grow beyond every limit.
  const std::string shared = "<si><t>" + std::string(900u << 10, 'x') + "</t></si>";
  std::string rows =
      "<row><c t='inlineStr'><is><t>cosp/1 register papers</t></is></c>"
      "<c t='inlineStr'><is><t>name</t></is></c></row>";
  for (int i = 0; i < 100; ++i)
    rows += "<row><c><v>" + std::to_string(i) + "</v></c><c t='s'><v>0</v></c></row>";
  EXPECT_THAT(placed(read_all_types_workbook(zip_of(xlsx_parts(rows, shared)))),
              ElementsAre("workbook-too-large@"));
}

}  // namespace
}  // namespace cosp::test
