#include "generator/condition_formula.hpp"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include "readers/form_loader.hpp"

namespace cosp {
namespace {

/// Every question in the workbook, its cells named after its code.
class NamedPlaces : public FormulaPlaces {
 public:
  explicit NamedPlaces(const Form& form) : form_(form) {}

  std::optional<QuestionCells> question(std::uint32_t index) const override {
    const std::string code(form_.code(form_.question(index)));
    if (code == left_out) return std::nullopt;
    QuestionCells cells{code + ".standing", code, code + ".second", code + ".reason",
                        code + ".lines",    {}};
    if (form_.question(index).type == QuestionType::multi)
      for (const Option& option : form_.options_of(form_.question(index).list))
        cells.options.push_back(code + "/" + std::string(form_.string(option.code)));
    return cells;
  }
  std::string option(std::uint32_t list, std::uint32_t position) override {
    return fmt::format("label.{}", form_.string(form_.options_of(list)[position].code));
  }
  std::string reason(Reason reason) override { return fmt::format("label.{}", to_string(reason)); }
  std::string stage_is(Stage stage) override { return fmt::format("stage={}", to_string(stage)); }
  std::string reserved(std::uint32_t) override { return {}; }
  std::string row_names(std::uint32_t) const override { return "names"; }
  std::string row_ids(std::uint32_t) const override { return "ids"; }
  std::string column(std::uint32_t index, bool) const override {
    return std::string(form_.code(form_.column(index)));
  }

  std::string left_out;

 private:
  const Form& form_;
};

const Form& night_skies() {
  static const Form form = [] {
    FormCompilation compiled =
        compile_form("tests/support/forms/night-skies-report/1.2.0", "data/texts");
    if (!compiled.form) throw std::runtime_error("the form does not compile");
    return *compiled.form;
  }();
  return form;
}

class ConditionFormulaTest : public ::testing::Test {
 protected:
  ConditionFormulaTest() {
    nothing_.answers.resize(form_.questions().size());
    nothing_.registers.resize(form_.registers().size());
  }

  std::string formula(std::string_view question) {
    const Evaluation evaluation(form_, nothing_, {});
    const FormulaKnowledge knowledge{evaluation};
    const std::uint32_t index = form_.find_question(question);
    const ConditionFormula result =
        condition_formula(form_, form_.question(index).condition, places_, knowledge);
    switch (result.kind) {
      case ConditionFormula::Kind::yes: return "yes";
      case ConditionFormula::Kind::no: return "no";
      case ConditionFormula::Kind::unknown: return "unknown";
      case ConditionFormula::Kind::formula: break;
    }
    return result.text;
  }

  const Form& form_ = night_skies();
  NamedPlaces places_{form_};
  Submission nothing_;
};

TEST_F(ConditionFormulaTest, ComparesWithTheLabelsOfGivenAnswers) {
  struct Case {
    std::string_view question, formula;
  };
  const Case cases[] = {
      {"skyglow.stage", "yes"},
      {"skyglow.acts",
       "AND(skyglow.stage.standing>=6,OR(skyglow.stage=label.begun,skyglow.stage=label.halfway,"
       "skyglow.stage=label.reached))"},
      {"skyglow.hurdles", "AND(skyglow.stage.standing>=6,NOT(skyglow.stage=label.reached))"},
      {"skyglow.shielded",
       "AND(skyglow.lamps.standing>=6,AND(ISNUMBER(skyglow.lamps),skyglow.lamps>0))"},
      {"observatories.zone_radius",
       "AND(AND(observatories.stage.standing>=6,OR(observatories.stage=label.halfway,"
       "observatories.stage=label.reached)),NOT(AND(cover.filing.standing>=6,"
       "cover.filing=label.unchanged)))"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.question);
    EXPECT_EQ(formula(c.question), c.formula);
  }
}

TEST_F(ConditionFormulaTest, IsUnknownOfWhatTheWorkbookLeavesOutAndNobodyAnswered) {
  places_.left_out = "skyglow.stage";
  EXPECT_EQ(formula("skyglow.acts"), "unknown");
}

TEST_F(ConditionFormulaTest, SettlesWhatIsLeftOutAndWasAnswered) {
  places_.left_out = "skyglow.stage";
  const std::uint32_t stage = form_.find_question("skyglow.stage");
  Answer& answer = nothing_.answers[stage];
  answer.state = Answer::State::value;
  answer.mask = std::uint64_t{1} << form_.find_option(form_.question(stage).list, "halfway");
  EXPECT_EQ(formula("skyglow.acts"), "yes");
  EXPECT_EQ(formula("skyglow.hurdles"), "yes");
}

TEST(QuotedText, DoublesItsMarksAndRefusesWhatFormulasCannotHold) {
  EXPECT_EQ(quoted_text("a \"b\""), "\"a \"\"b\"\"\"");
  EXPECT_EQ(quoted_text(std::string(256, 'x')), std::nullopt);
}

}  // namespace
}  // namespace cosp
