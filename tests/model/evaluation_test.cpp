#include "model/evaluation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/validator/small_form.hpp"

namespace cosp {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

/// The small form with the condition on one more question, whose being asked is the condition's
/// result.
Form form_with(std::string_view condition) {
  return test::small_form({{"chapters/late.yaml", R"(
code: L
blocks:
  - code: last
    parts:
      - question: {code: mail, type: email, required: never}
      - question: {code: phone, type: phone, required: never, personal: true}
      - question: {code: tongues, type: languages, required: never}
      - question: {code: state, type: submitter, required: never}
      - question: {code: probe, type: text, required: never, asked_when: )" +
                                                      std::string(condition) + "}\n"}});
}

struct Case {
  std::string_view condition, json;
  bool holds;
};

void expect_holds(std::span<const Case> cases) {
  std::string last;
  std::optional<Form> form;
  for (const Case& c : cases) {
    SCOPED_TRACE(std::string(c.condition) + " on " + std::string(c.json));
    if (last != c.condition) form.emplace(form_with(last = c.condition));
    const Example example = test::submission_of(*form, c.json);
    const Evaluation evaluation(
        *form, example.submission,
        {&example.cycle, example.has_previous ? &example.previous : nullptr});
    EXPECT_EQ(evaluation.is_asked(form->find_question("last.probe")), c.holds);
  }
}

TEST(Conditions, CompareChoices) {
  const Case cases[] = {
      {"{question: one.stage, operator: is, value: done}", R"({"answers": {"one.stage": "done"}})",
       true},
      {"{question: one.stage, operator: is, value: done}", R"({"answers": {"one.stage": "begun"}})",
       false},
      {"{question: one.stage, operator: is, value: done}", "{}", false},
      {"{question: one.stage, operator: is_not, value: done}",
       R"({"answers": {"one.stage": "begun"}})", true},
      {"{question: one.stage, operator: is_not, value: done}", "{}", false},
      {"{question: one.stage, operator: is_any, value: [begun, done]}",
       R"({"answers": {"one.stage": "begun"}})", true},
      {"{question: one.stage, operator: is_none_of, value: [begun, done]}",
       R"({"answers": {"one.stage": "none_yet"}})", true},
      {"{question: one.stage, operator: is_none_of, value: [begun, done]}",
       R"({"answers": {"one.stage": {"reason": "withheld"}}})", false},
      {"{question: one.stage, operator: at_least, value: begun}",
       R"({"answers": {"one.stage": "begun"}})", true},
      {"{question: one.stage, operator: above, value: begun}",
       R"({"answers": {"one.stage": "begun"}})", false},
      {"{question: one.stage, operator: below, value: done}",
       R"({"answers": {"one.stage": "none_yet"}})", true},
      {"{question: one.stage, operator: at_most, value: begun}",
       R"({"answers": {"one.stage": "done"}})", false},
      {"{question: one.tools, operator: includes, value: saw}",
       R"({"answers": {"one.tools": ["hammer", "saw"]}})", true},
      {"{question: one.tools, operator: includes_any, value: [saw, other]}",
       R"({"answers": {"one.tools": ["hammer", "saw"]}})", true},
      {"{question: one.tools, operator: includes_all, value: [saw, other]}",
       R"({"answers": {"one.tools": ["hammer", "saw"]}})", false},
      {"{question: one.tools, operator: includes_only, value: [saw, other]}",
       R"({"answers": {"one.tools": ["saw"]}})", true},
      {"{question: one.tools, operator: includes_only, value: [saw, other]}",
       R"({"answers": {"one.tools": ["hammer", "saw"]}})", false},
      {"{question: one.tools, operator: excludes, value: saw}",
       R"({"answers": {"one.tools": ["hammer"]}})", true},
      {"{question: one.tools, operator: excludes, value: saw}", "{}", false},
      {"{question: one.best, operator: is, other: one.best}",
       R"({"answers": {"one.tools": ["saw"], "one.best": "saw"}})", true},
  };
  expect_holds(cases);
}

TEST(Conditions, TellValuesReasonsAndAbsenceApart) {
  const Case cases[] = {
      {"{question: one.count, operator: given}", R"({"answers": {"one.count": 0}})", true},
      {"{question: one.count, operator: given}",
       R"({"answers": {"one.count": {"reason": "withheld"}}})", false},
      {"{question: one.count, operator: answered}",
       R"({"answers": {"one.count": {"reason": "withheld"}}})", true},
      {"{question: one.count, operator: answered}", "{}", false},
      {"{question: one.count, operator: absent}", "{}", true},
      {"{question: one.count, operator: absent}",
       R"({"answers": {"one.count": {"reason": "withheld"}}})", false},
      {"{question: one.count, operator: reason_is, value: [withheld, not_available]}",
       R"({"answers": {"one.count": {"reason": "withheld"}}})", true},
      {"{question: one.count, operator: reason_is, value: [withheld, not_available]}",
       R"({"answers": {"one.count": {"reason": "not_applicable"}}})", false},
      {"{question: one.count, operator: reason_is, value: [withheld, not_available]}",
       R"({"answers": {"one.count": 3}})", false},
  };
  expect_holds(cases);
}

TEST(Conditions, CompareFiguresExactlyAndMoneyWithinOneCurrency) {
  const Case cases[] = {
      {"{question: one.count, operator: equals, value: 1.5}",
       R"({"answers": {"one.count": "1.50"}})", true},
      {"{question: one.count, operator: differs, value: 1.5}", "{}", false},
      {"{question: one.count, operator: above, value: 1}", R"({"answers": {"one.count": "1.1"}})",
       true},
      {"{question: one.count, operator: below, value: 1}", R"({"answers": {"one.count": 1}})",
       false},
      {"{question: one.count, operator: at_most, other: one.other_count}",
       R"({"answers": {"one.count": 2, "one.other_count": 2}})", true},
      {"{question: one.count, operator: at_most, other: one.other_count}",
       R"({"answers": {"one.count": 2}})", false},
      {"{sum: [one.count, one.other_count], operator: equals, value: 3}",
       R"({"answers": {"one.count": "0.9", "one.other_count": "2.1"}})", true},
      {"{sum: [one.count, one.other_count], operator: at_least, value: 0}",
       R"({"answers": {"one.count": 5}})", false},
      {"{sum: [one.count], operator: above, other_sum: [one.other_count]}",
       R"({"answers": {"one.count": 5, "one.other_count": 4}})", true},
      {"{count: [one.count, one.other_count], operator: equals, value: 1}",
       R"({"answers": {"one.count": 5}})", true},
      {"{count: [one.count, one.other_count], where: {operator: above, value: 3}, operator: "
       "at_least, value: 1}",
       R"({"answers": {"one.count": 3, "one.other_count": 4}})", true},
      {"{count: [one.count, one.other_count], where: {operator: above, value: 3}, operator: "
       "at_least, value: 1}",
       R"({"answers": {"one.count": 3, "one.other_count": 2}})", false},
  };
  expect_holds(cases);
}

TEST(Conditions, CompareDatesWithDaysAndMoments) {
  const Case cases[] = {
      {"{question: one.built, operator: before, value: 2027-01-01}",
       R"({"answers": {"one.built": "2026-12-31"}})", true},
      {"{question: one.built, operator: on_or_after, moment: period_start}",
       R"({"answers": {"one.built": "2026-01-01"}})", true},
      {"{question: one.built, operator: after, moment: period_end}",
       R"({"answers": {"one.built": "2027-12-31"}})", false},
      {"{question: one.built, operator: on_or_before, moment: cut_off}",
       R"({"answers": {"one.built": "2028-06-30"}})", true},
      // A period counts by its end.
      {"{question: h.span, operator: after, value: 2027-01-01}",
       R"({"answers": {"h.span": {"start": "2026-01-01", "end": "2027-12-31"}}})", true},
  };
  expect_holds(cases);
}

TEST(Conditions, ReadRowsOfRegisters) {
  constexpr std::string_view kRows =
      R"({"answers": {"one.cited": ["a"]}, "registers": {"things": [{"id": "a", "kind": "saw", "articles": ["1.1"]}, {"id": "b", "kind": "hammer"}]}})";
  const Case cases[] = {
      {"{any_row: things, where: {column: kind, operator: is, value: hammer}}", kRows, true},
      {"{any_row: things, cited_by: one.cited, where: {column: kind, operator: is, value: hammer}}",
       kRows, false},
      {"{all_rows: things, cited_by: one.cited, where: {column: kind, operator: is, value: saw}}",
       kRows, true},
      {"{all_rows: things, where: {column: kind, operator: is, value: saw}}", kRows, false},
      {"{all_rows: things, where: {column: kind, operator: is, value: saw}}", "{}", true},
      {"{no_row: things, where: {column: kind, operator: is, value: other}}", kRows, true},
      {"{no_row: things, naming: saw, in: kind, where: {all: []}}", kRows, false},
      {"{any_row: things, naming: \"1.1\", in: articles, where: {column: kind, operator: is, "
       "value: saw}}",
       kRows, true},
      {"{any_row: things, naming: \"1.1\", in: articles, where: {column: kind, operator: is, "
       "value: hammer}}",
       kRows, false},
      {"{count_rows: things, where: {column: kind, operator: given}, operator: equals, value: 2}",
       kRows, true},
      {"{count_rows: things, where: {column: kind, operator: given}, operator: above, value: 2}",
       kRows, false},
  };
  expect_holds(cases);
}

TEST(Conditions, ReadWhatSurroundsTheSubmission) {
  const Case cases[] = {
      {"{position: party}", "{}", true},
      {"{position: party}", R"({"position": "signatory"})", false},
      {"{submitter: organization}", R"({"submitter": "organization"})", true},
      {"{submitter: organization}", "{}", false},
      {"{stage: final}", "{}", true},
      {"{stage: final}", R"({"stage": "draft"})", false},
      {"{previous: one.stage, operator: is, value: done}", R"({"previous": {"one.stage": "done"}})",
       true},
      {"{previous: one.stage, operator: is, value: done}", R"({"answers": {"one.stage": "done"}})",
       false},
      {"{previous: one.stage, operator: is, other: one.stage}",
       R"({"answers": {"one.stage": "done"}, "previous": {"one.stage": "done"}})", true},
      {"{all: []}", "{}", true},
      {"{not: {all: []}}", "{}", false},
      {"{any: [{position: neither}, {stage: final}]}", "{}", true},
      {"{all: [{position: neither}, {stage: final}]}", "{}", false},
  };
  expect_holds(cases);
}

std::vector<std::string> asked_as(const Form& form, const Evaluation& evaluation, Asked asked) {
  std::vector<std::string> codes;
  for (std::uint32_t q = 0; q < form.questions().size(); ++q)
    if (evaluation.asked(q) == asked) codes.emplace_back(form.code(form.question(q)));
  return codes;
}

TEST(Evaluation, SeesHiddenAnswersAsAbsentDownTheChain) {
  const Form& form = test::shared_small_form();
  const Example example =
      test::submission_of(form, R"({"answers": {"two.stage": "none_yet", "two.detail": 5}})");
  const Evaluation evaluation(form, example.submission, {&example.cycle, nullptr});
  EXPECT_THAT(asked_as(form, evaluation, Asked::hidden), ElementsAre("two.detail", "two.further"));
  EXPECT_TRUE(evaluation.answer(form.find_question("two.detail")).is_absent());
  const Evaluation open(form, example.submission, {&example.cycle, nullptr}, {.opens_gates = true});
  EXPECT_THAT(asked_as(form, open, Asked::hidden), ::testing::IsEmpty());
  EXPECT_TRUE(open.answer(form.find_question("two.detail")).has_value());
}

TEST(Evaluation, ClosesABlockWhoseWholeArticleIsReserved) {
  const Form& form = test::shared_small_form();
  struct Reserved {
    std::string_view rows;
    bool closes_one, closes_two;
  };
  const Reserved cases[] = {
      {R"([{"id": "x", "extent": "whole", "provisions": ["1"]}])", true, false},
      {R"([{"id": "x", "extent": "part", "provisions": ["1"]}])", false, false},
      {R"([{"id": "x", "extent": "whole", "provisions": ["1"], "withdrawn_on": "2026-01-01"}])",
       false, false},
      {R"([{"id": "x", "extent": "whole", "provisions": ["1.1"]}])", false, false},
      {R"([{"id": "x", "extent": "whole", "provisions": ["1.1", "1.2"]}])", true, false},
      // What stands below a reserved paragraph is reserved with it.
      {R"([{"id": "x", "extent": "whole", "provisions": ["2.1"]}, {"id": "y", "extent": "whole", "provisions": ["2.2"]}])",
       false, true},
  };
  for (const Reserved& c : cases) {
    SCOPED_TRACE(c.rows);
    const Example example =
        test::submission_of(form, "{\"registers\": {\"reserves\": " + std::string(c.rows) + "}}");
    const Evaluation evaluation(form, example.submission, {&example.cycle, nullptr});
    EXPECT_EQ(evaluation.asked(form.find_question("one.count")) == Asked::reserved, c.closes_one);
    EXPECT_EQ(evaluation.asked(form.find_question("two.stage")) == Asked::reserved, c.closes_two);
    EXPECT_TRUE(evaluation.is_asked(form.find_question("one.stage")));
  }
}

TEST(Evaluation, TakesReservationsFromTheDepositaryToo) {
  const Form& form = test::shared_small_form();
  Example example = test::submission_of(form, "{}");
  RegisteredReservation reservation;
  reservation.state = example.submission.header.submitter;
  reservation.kind = "reservation";
  reservation.extent = "whole";
  reservation.provisions = {"1"};
  reservation.made_on = {2026, 5, 1};
  example.cycle.reservations = {reservation};
  const auto is_reserved = [&] {
    const Evaluation evaluation(form, example.submission, {&example.cycle, nullptr});
    return evaluation.is_reserved(form.find_provision("1.2"));
  };
  EXPECT_TRUE(is_reserved());
  example.cycle.reservations[0].withdrawn_on = Date{2028, 6, 30};
  EXPECT_FALSE(is_reserved());
  example.cycle.reservations[0].withdrawn_on = Date{2028, 7, 1};
  EXPECT_TRUE(is_reserved());
  example.cycle.reservations[0].made_on = {2028, 7, 1};
  EXPECT_FALSE(is_reserved());
  example.cycle.reservations[0] = reservation;
  example.cycle.reservations[0].state = "OTHER";
  EXPECT_FALSE(is_reserved());
}

TEST(Evaluation, TakesThePositionFromTheCycleElseFromTheAnswer) {
  const Form& form = test::shared_small_form();
  Example example =
      test::submission_of(form, R"({"position": "signatory", "answers": {"h.standing": "party"}})");
  const auto evaluate = [&] {
    const Evaluation evaluation(form, example.submission, {&example.cycle, nullptr});
    return std::pair(evaluation.position(), evaluation.owes_answers());
  };
  EXPECT_EQ(evaluate(), std::pair(Position::signatory, false));
  example.cycle.positions.clear();
  EXPECT_EQ(evaluate(), std::pair(Position::party, true));
  // A party that is not yet bound owes nothing.
  PositionEntry entry;
  entry.on = {2028, 1, 1};
  entry.position = Position::party;
  entry.in_force = Date{2028, 7, 1};
  example.cycle.positions["EXAMPLE"] = {entry};
  EXPECT_EQ(evaluate(), std::pair(Position::party, false));
  example.cycle.positions["EXAMPLE"] = {};
  EXPECT_EQ(evaluate(), std::pair(Position::neither, false));
}

TEST(Evaluation, LeavesOutWhatPhaseAndPartsLeaveOut) {
  const Form& form = test::shared_small_form();
  Example example = test::submission_of(form, "{}");
  example.cycle.phases = {{"p", {"L"}, {}, {"EXAMPLE"}, {}, {}}};
  const Evaluation in_phase(form, example.submission, {&example.cycle, nullptr});
  EXPECT_EQ(in_phase.asked(form.find_question("one.stage")), Asked::outside_phase);
  EXPECT_EQ(in_phase.asked(form.find_question("last.mail")), Asked::yes);
  // Asked in every phase.
  EXPECT_EQ(in_phase.asked(form.find_question("h.who")), Asked::yes);
  example.cycle.phases.clear();
  example.submission.header.parts = {"M"};
  const Evaluation part(form, example.submission, {&example.cycle, nullptr});
  EXPECT_EQ(part.asked(form.find_question("one.stage")), Asked::yes);
  EXPECT_EQ(part.asked(form.find_question("last.mail")), Asked::outside_phase);
  EXPECT_EQ(part.asked(form.find_question("h.who")), Asked::yes);
}

TEST(Evaluation, TracesQuestionsAndRowsRead) {
  const Form form = form_with(
      "{all: [{question: one.stage, operator: given}, {any_row: things, cited_by: one.cited, "
      "where: {column: kind, operator: given}}]}");
  const Example example = test::submission_of(
      form,
      R"({"answers": {"one.stage": "done", "one.cited": ["b"]}, "registers": {"things": [{"id": "a"}, {"id": "b"}]}})");
  const Evaluation evaluation(form, example.submission, {&example.cycle, nullptr});
  Trace trace;
  evaluation.holds(form.question(form.find_question("last.probe")).condition, {}, &trace);
  EXPECT_THAT(trace.questions, UnorderedElementsAre(form.find_question("one.stage"),
                                                    form.find_question("one.cited")));
  ASSERT_EQ(trace.rows.size(), 1u);
  EXPECT_EQ(trace.rows[0].row, 1u);
}

}  // namespace
}  // namespace cosp
