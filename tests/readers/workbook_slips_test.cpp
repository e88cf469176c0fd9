// What people do to workbooks without meaning to, and where findings point.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/readers/submission_fixture.hpp"
#include "tests/readers/workbook_fixture.hpp"

namespace cosp::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

const Answer& answer_of(const ReadWorkbook& read, std::string_view code) {
  return read.submission.answers[all_types_form().find_question(code)];
}

TEST(WorkbookRows, AnEntryWhoseNameIsAnothersIsNotTaken) {
  const ReadWorkbook read = read_all_types_workbook(
      {cover(),
       questions({{"a.papers", ""},
                  {"a.papers/1", "", "First Act [act-1]"},
                  {"a.text", "", "", "reported_elsewhere", "", "First Act [act-1]"}}),
       papers_sheet({{"act-1", "Second Act"}, {"act-2", "First Act"}})});
  EXPECT_THAT(placed(read),
              ElementsAre("row-names-another@Questions!F4", "row-names-another@Questions!C3"));
  EXPECT_TRUE(answer_of(read, "a.papers").is_rejected);
}

TEST(WorkbookRows, ANameThatNobodyHasAnyMoreStillHasItsId) {
  const ReadWorkbook read = read_all_types_workbook(
      {cover(), questions({{"a.papers", ""}, {"a.papers/1", "", "Old title [act-1]"}}),
       papers_sheet({{"act-1", "New title"}, {"act-2", "First Act"}})});
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
       papers_sheet({{"act-1", "An act"}}),
       {"Contacts", {{"cosp/1 contacts papers", "=label", "keeper"}, {"act-1", "", "x"}}, false}});
  Place place;
  place.registry = all_types_form().find_register("papers");
  place.row = 0;
  place.column = all_types_form().find_column(all_types_form().registry(place.registry), "keeper");
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
