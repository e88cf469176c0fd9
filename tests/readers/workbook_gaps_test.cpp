#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/readers/submission_fixture.hpp"
#include "tests/readers/workbook_fixture.hpp"

namespace cosp::test {
namespace {

using testing::Contains;
using testing::IsEmpty;
using testing::Not;

const Answer& answer_of(const ReadWorkbook& read, std::string_view code) {
  return read.submission.answers[all_types_form().find_question(code)];
}

std::int64_t count_of(const Finding& finding) {
  const auto count = std::ranges::find(finding.arguments, "count",
                                       &std::pair<std::string, FindingArgument>::first);
  return std::get<std::int64_t>(count->second);
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
  const std::vector<TestSheet> without = {cover(), questions({}),
                                          papers_sheet({{"act-1", "An act"}})};
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

TEST(WorkbookGaps, APartSaysThatItIsOne) {
  const ReadWorkbook read = read_all_types_workbook(
      {cover({{"header.held_back", "", "a.number; a.date"}}), questions({{"a.text", "", "Here"}})});
  const auto found = std::ranges::find(read.findings, "part-of-submission", &Finding::rule);
  ASSERT_NE(found, read.findings.end());
  EXPECT_EQ(found->severity, Severity::info);
  EXPECT_TRUE(found->cell.starts_with("Cover!C"));
  EXPECT_EQ(count_of(*found), 2);
}

TEST(WorkbookGaps, AWorkbookOfAnotherVersionIsNotHeldAgainstThisOne) {
  TestSheet old = cover();
  old.rows[3][2] = "0.1.0";
  EXPECT_THAT(gaps(read_all_types_workbook({old, questions({{"a.text", "", "Here"}})})), IsEmpty());
}

}  // namespace
}  // namespace cosp::test
