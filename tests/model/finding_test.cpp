#include "model/finding.hpp"

#include <gtest/gtest.h>

namespace cosp {
namespace {

Finding finding_at(std::uint32_t source, std::string rule = "r") {
  Finding finding;
  finding.rule = std::move(rule);
  finding.source = source;
  return finding;
}

TEST(Locate, CountsLinesAndCharactersFromOne) {
  const std::string bytes =
      "\xEF\xBB\xBF"
      "ab\né😀x\r\n\nz";
  struct Case {
    std::uint32_t source, line, column;
  };
  const Case cases[] = {{0, 1, 1},  {3, 1, 1},  {4, 1, 2},  {6, 2, 1},  {8, 2, 2},
                        {12, 2, 3}, {15, 3, 1}, {16, 4, 1}, {17, 4, 2}, {99, 4, 2}};
  std::vector<Finding> findings;
  for (auto c = std::rbegin(cases); c != std::rend(cases); ++c)
    findings.push_back(finding_at(c->source));
  findings.push_back(finding_at(kNone));
  locate(findings, bytes);
  for (std::size_t i = 0; i < std::size(cases); ++i) {
    const Case& c = cases[std::size(cases) - 1 - i];
    SCOPED_TRACE(c.source);
    EXPECT_EQ(findings[i].line, c.line);
    EXPECT_EQ(findings[i].column, c.column);
  }
  EXPECT_EQ(findings.back().line, 0u);
}

TEST(SortFindings, PutsWhatHasNoPlaceFirstThenTheQuestionnaireThenRegisters) {
  std::vector<Finding> findings;
  const auto add = [&](std::string rule, Place place, std::uint32_t source) {
    findings.push_back(finding_at(source, std::move(rule)));
    findings.back().place = place;
  };
  add("cell", {kNone, 0, 1, 4}, 1);
  add("row", {kNone, 0, 1, kNone}, 2);
  add("register", {kNone, 0, kNone, kNone}, 9);
  add("second", {7, kNone, kNone, kNone}, 3);
  add("b-first", {2, kNone, kNone, kNone}, 8);
  add("a-first", {2, kNone, kNone, kNone}, 8);
  add("header-late", {}, 50);
  add("header-early", {}, 5);
  sort_findings(findings);
  std::vector<std::string> order;
  order.reserve(findings.size());
  for (const Finding& finding : findings) order.push_back(finding.rule);
  EXPECT_EQ(order, (std::vector<std::string>{"header-early", "header-late", "a-first", "b-first",
                                             "second", "register", "row", "cell"}));
}

TEST(OutcomeOf, CountsOnlyOpenWarningsAndErrorsAndAnyBlocker) {
  struct Case {
    std::vector<std::pair<Severity, bool>> findings;
    Outcome outcome;
  };
  const Case cases[] = {
      {{}, Outcome::received_complete},
      {{{Severity::info, false}}, Outcome::received_complete},
      {{{Severity::warning, true}, {Severity::error, true}}, Outcome::received_complete},
      {{{Severity::warning, false}}, Outcome::received_with_findings},
      {{{Severity::error, false}, {Severity::error, true}}, Outcome::received_with_findings},
      {{{Severity::warning, false}, {Severity::blocker, true}}, Outcome::blocked},
  };
  for (const Case& c : cases) {
    std::vector<Finding> findings;
    for (const auto& [severity, is_explained] : c.findings) {
      findings.emplace_back().severity = severity;
      if (is_explained) findings.back().explanation = "so it is";
    }
    EXPECT_EQ(outcome_of(findings), c.outcome);
  }
}

}  // namespace
}  // namespace cosp
