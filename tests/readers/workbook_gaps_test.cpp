#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/readers/submission_fixture.hpp"
#include "tests/readers/workbook_fixture.hpp"

namespace cosp::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

const Answer& answer_of(const ReadWorkbook& read, std::string_view code) {
  return read.submission.answers[all_types_form().find_question(code)];
}

std::int64_t count_of(const Finding& finding) {
  const auto count = std::ranges::find(finding.arguments, "count",
                                       &std::pair<std::string, FindingArgument>::first);
  return std::get<std::int64_t>(count->second);
}

const Register& papers_register() {
  return all_types_form().registry(all_types_form().find_register("papers"));
}

/// The register's sheet, with all its columns.
TestSheet papers(std::vector<std::vector<std::string>> rows) {
  TestSheet sheet{"Papers", {{"cosp/1 register papers", "name"}}, false};
  for (const Column& column : all_types_form().columns_of(papers_register())) {
    const std::string code(all_types_form().code(column));
    if (!column.is_personal && code != "name") sheet.rows.front().push_back(code);
  }
  for (auto& row : rows) sheet.rows.push_back(std::move(row));
  return sheet;
}

TEST(WorkbookGaps, AColumnThatIsGoneTakesItsAnswersOutOfWhatIsAsked) {
  TestSheet sheet = questions({{"a.text", "Text"}});
  sheet.rows = {{"cosp/1 questions", "=label", "reason", "detail", "rows", "expected_on",
                 "visibility", "author", "origin"},
                {"a.text", "Text", ""},
                {"a.long", "Long", "withheld"}};
  const ReadWorkbook read = read_all_types_workbook({cover(), sheet});
  EXPECT_THAT(gaps(read), Contains("column-missing@Questions!A1").Times(2));  // answer and note
  EXPECT_TRUE(answer_of(read, "a.text").is_rejected);
  EXPECT_TRUE(answer_of(read, "a.long").has_reason());
  EXPECT_THAT(read.coverage.questions, IsEmpty());
}

TEST(WorkbookGaps, ARowThatIsGoneIsToldOncePerChapter) {
  const ReadWorkbook read = read_all_types_workbook({cover(), questions({{"a.text", "", "Here"}})});
  EXPECT_THAT(gaps(read), Contains("rows-missing@Cover!A1").Times(1));
  EXPECT_TRUE(answer_of(read, "a.number").is_rejected);
  EXPECT_FALSE(answer_of(read, "a.text").is_rejected);
}

TEST(WorkbookGaps, ALineOfTicksThatIsGoneIsTold) {
  const auto with = [](std::vector<std::vector<std::string>> lines) {
    const ReadWorkbook read = read_all_types_workbook({cover(), questions(std::move(lines))});
    const auto found = std::ranges::find(read.findings, "rows-missing", &Finding::rule);
    return count_of(*found);
  };
  const std::int64_t whole = with({{"a.multi", "", ""},
                                   {"a.multi/red", "", "x"},
                                   {"a.multi/green", "", ""},
                                   {"a.multi/blue", "", ""}});
  EXPECT_EQ(with({{"a.multi", "", ""}, {"a.multi/red", "", "x"}, {"a.multi/green", "", ""}}),
            whole + 1);
  EXPECT_EQ(with({{"a.multi", "", "red"}}), whole) << "answered in one cell";
}

TEST(WorkbookGaps, ARegisterThatIsGoneIsToldInsteadOfEachRowThatIsCited) {
  const ReadWorkbook read = read_all_types_workbook(
      {cover(), questions({{"a.papers", ""}, {"a.papers/1", "", "act-1"}})});
  EXPECT_THAT(gaps(read), Contains("registers-missing@Cover!A1"));
  EXPECT_THAT(placed(read), IsEmpty());
}

TEST(WorkbookGaps, ContactsThatAreGoneAreTold) {
  const std::vector<TestSheet> without = {cover(), questions({}), papers({{"act-1", "An act"}})};
  EXPECT_THAT(gaps(read_all_types_workbook(without)), Contains("contacts-missing@Cover!A1"));
  std::vector<TestSheet> with = without;
  with.push_back({"Contacts", {{"cosp/1 contacts papers", "keeper"}}, false});
  EXPECT_THAT(gaps(read_all_types_workbook(with)), Not(Contains("contacts-missing@Cover!A1")));
}

TEST(WorkbookGaps, WhatWasHeldBackIsNotMissed) {
  const auto missed = [](const std::string& held_back) {
    const ReadWorkbook read = read_all_types_workbook(
        {cover({{"header.held_back", "", held_back}}), questions({{"a.text", "", "Here"}})});
    const auto found = std::ranges::find(read.findings, "rows-missing", &Finding::rule);
    return count_of(*found);
  };
  EXPECT_EQ(missed("a.number; a.date"), missed("") - 2);
}

TEST(WorkbookGaps, AWorkbookOfAnotherVersionIsNotHeldAgainstThisOne) {
  TestSheet old = cover();
  old.rows[3][2] = "0.1.0";
  EXPECT_THAT(gaps(read_all_types_workbook({old, questions({{"a.text", "", "Here"}})})), IsEmpty());
}

TEST(WorkbookRows, AnEntryWhoseNameIsAnothersIsNotTaken) {
  const ReadWorkbook read = read_all_types_workbook(
      {cover(),
       questions({{"a.papers", ""},
                  {"a.papers/1", "", "First Act [act-1]"},
                  {"a.text", "", "", "reported_elsewhere", "", "First Act [act-1]"}}),
       papers({{"act-1", "Second Act"}, {"act-2", "First Act"}})});
  EXPECT_THAT(placed(read),
              ElementsAre("row-names-another@Questions!F4", "row-names-another@Questions!C3"));
  EXPECT_TRUE(answer_of(read, "a.papers").is_rejected);
}

TEST(WorkbookRows, ANameThatNobodyHasAnyMoreStillHasItsId) {
  const ReadWorkbook read = read_all_types_workbook(
      {cover(), questions({{"a.papers", ""}, {"a.papers/1", "", "Old title [act-1]"}}),
       papers({{"act-1", "New title"}, {"act-2", "First Act"}})});
  EXPECT_THAT(placed(read), IsEmpty());
  EXPECT_TRUE(answer_of(read, "a.papers").has_value());
}

TEST(WorkbookRows, ARemarkOnARowThatOnlyTheContactsHaveIsNotTaken) {
  const ReadWorkbook read = read_all_types_workbook(
      {cover(),
       questions({}),
       {"Contacts", {{"cosp/1 contacts papers", "keeper"}, {"act-1", "k@example.org"}}, false},
       {"Remarks", {{"cosp/1 remarks", "reason"}, {"papers/act-1/passed", "withheld"}}, false}});
  EXPECT_THAT(placed(read), Contains("row-code-unknown@Remarks!A2"));
}

TEST(WorkbookExplanations, AreTakenFromTheColumnThatPeopleSee) {
  const ReadWorkbook read =
      read_all_types_workbook({cover(),
                               questions({{"a.text", "", "Here"}}),
                               {"Explanations",
                                {{"cosp/1 explanations", "explained", "text", "digest"},
                                 {"", "some-rule@a.text", "It is so.", "0123456789abcdef"},
                                 {"", "no place", "Lost.", ""},
                                 {"", "", "Alone.", ""}},
                                false}});
  ASSERT_EQ(read.submission.explanations.size(), 1);
  EXPECT_EQ(read.submission.explanations[0].rule, "some-rule");
  EXPECT_EQ(read.submission.explanations[0].place, "a.text");
  EXPECT_EQ(read.submission.explanations[0].digest, "0123456789abcdef");
  EXPECT_THAT(placed(read), UnorderedElementsAre("row-code-unknown@Explanations!B3",
                                                 "answer-without-code@Explanations!C4"));
}

TEST(WorkbookValues, AYearTypedIntoADateCellIsAsked) {
  const ReadWorkbook read = read_all_types_workbook(
      {cover(), questions({{"a.date", "", "@1905-07-20"}})});  // what a program makes of 2028
  EXPECT_THAT(placed(read), ElementsAre("year-for-date@Questions!C2"));
}

TEST(WorkbookPlaces, WhatIsPersonalIsPointedAtAmongTheContacts) {
  ReadWorkbook read = read_all_types_workbook(
      {cover(),
       questions({}),
       papers({{"act-1", "An act"}}),
       {"Contacts", {{"cosp/1 contacts papers", "=label", "keeper"}, {"act-1", "", "x"}}, false}});
  Place place;
  place.registry = all_types_form().find_register("papers");
  place.row = 0;
  place.column = all_types_form().find_column(papers_register(), "keeper");
  std::vector<Finding> findings(1);
  findings.front().place = place;
  read.places.locate(findings);
  EXPECT_EQ(findings.front().cell, "Contacts!C2");
}

TEST(WorkbookPlaces, AQuestionIsPointedAtWhereItIsAnswered) {
  ReadWorkbook read = read_all_types_workbook(
      {cover(), questions({{"a.multi", "", ""}, {"a.multi/red", "", ""}, {"a.text", "", ""}})});
  std::vector<Finding> findings(2);
  findings[0].place.question = all_types_form().find_question("a.multi");
  findings[1].place.question = all_types_form().find_question("a.text");
  read.places.locate(findings);
  EXPECT_EQ(findings[0].cell, "Questions!C3");
  EXPECT_EQ(findings[1].cell, "Questions!C4");
}

}  // namespace
}  // namespace cosp::test
