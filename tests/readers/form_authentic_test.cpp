#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "readers/form_loader.hpp"
#include "readers/yaml_reader.hpp"
#include "tests/base/temporary_folder.hpp"

namespace cosp {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;

constexpr const char* kForm = "tests/support/forms/night-skies-report/1.2.0";
constexpr std::string_view kArabic =
    "source: \"Certified copy (invented)\"\ndate: 2026-05-04\ntexts:\n"
    "  \"3bis(1)\": \"نص أصلي مختلق.\"\n";

/// The second treaty, as it is or in a copy that may be changed, and a folder of authentic texts.
class AuthenticTextsTest : public ::testing::Test {
 protected:
  void give(const std::string& name, std::string_view text) {
    fs::create_directories(given());
    std::ofstream(given() / name) << text;
  }
  fs::path given() const { return folder_.path() / "given"; }

  fs::path copy() {
    fs::path form = folder_.path() / "night-skies-report" / "1.2.0";
    fs::create_directories(form.parent_path());
    fs::copy(kForm, form, fs::copy_options::recursive);
    return form;
  }

  static void replace(const fs::path& file, const std::string& from, const std::string& to) {
    std::ifstream in(file);
    std::string text((std::istreambuf_iterator<char>(in)), {});
    const std::size_t found = text.find(from);
    ASSERT_NE(found, std::string::npos) << from;
    std::ofstream(file) << text.replace(found, from.size(), to);
  }

  static Form compiled(const fs::path& form, const fs::path& authentic = {}) {
    FormCompilation compilation = compile_form(form, "data/texts", authentic);
    EXPECT_THAT(told(compilation), ElementsAre());
    return compilation.form.value();
  }

  static std::vector<std::string> told(const FormCompilation& compilation) {
    std::vector<std::string> all;
    for (const Mistake& mistake : compilation.mistakes) all.push_back(mistake.what);
    return all;
  }

  static const Provision& provision(const Form& form, std::string_view code) {
    return form.provisions()[form.find_provision(code)];
  }

  testing::TemporaryFolder folder_;
};

TEST_F(AuthenticTextsTest, StandForTheParaphraseInTheirLanguageAlone) {
  give("ar.yaml", kArabic);
  const Form plain = compiled(kForm);
  const Form form = compiled(kForm, given());
  const std::uint32_t english = form.language("en"), arabic = form.language("ar");
  const TextId text = provision(form, "3bis(1)").summary;
  EXPECT_EQ(form.text(text, arabic).value, "نص أصلي مختلق.");
  EXPECT_FALSE(form.text(text, arabic).is_fallback);
  EXPECT_TRUE(form.is_authentic(text, arabic));
  EXPECT_FALSE(form.is_authentic(text, english));
  EXPECT_EQ(form.text(text, english).value,
            plain.text(provision(plain, "3bis(1)").summary, english).value);
  const AuthenticTexts& from = form.tables().authentic_texts[arabic];
  EXPECT_EQ(form.string(from.source), "Certified copy (invented)");
  EXPECT_EQ(from.date.to_string(), "2026-05-04");
  EXPECT_EQ(from.provisions, 1u);
  EXPECT_EQ(form.tables().authentic_texts[english].provisions, 0u);
}

TEST_F(AuthenticTextsTest, ChangeNeitherStructureNorRulesButTheTextsOfTheirLanguage) {
  give("ar.yaml", kArabic);
  const Form plain = compiled(kForm);
  const Form form = compiled(kForm, given());
  EXPECT_EQ(form.structure_digest(), plain.structure_digest());
  EXPECT_EQ(form.rules_digest(), plain.rules_digest());
  const auto digest = [](const Form& of, std::string_view language) {
    return of.string(of.tables().text_digests[of.language(language)]);
  };
  EXPECT_EQ(digest(form, "en"), digest(plain, "en"));
  EXPECT_NE(digest(form, "ar"), digest(plain, "ar"));
}

TEST_F(AuthenticTextsTest, LeaveNoParaphraseWhenEveryProvisionHasOne) {
  std::string all = "source: S\ndate: 2026-05-04\ntexts:\n";
  for (const std::string_view code :
       {"3bis(1)", "3bis(2)", "3bis(3)", "3ter(a)", "3ter(b)", "V.2(1)", "V.2(2)"})
    all += "  \"" + std::string(code) + "\": Text.\n";
  give("en.yaml", all);
  EXPECT_TRUE(compiled(kForm, given()).has_paraphrases(0)) << "V.10 is still paraphrased";
  give("en.yaml", all + "  \"V.10\": Text.\n");
  const Form form = compiled(kForm, given());
  EXPECT_FALSE(form.has_paraphrases(0));
  EXPECT_TRUE(form.has_paraphrases(form.language("ar")));
}

TEST_F(AuthenticTextsTest, OfTheGivenFolderPrevailOverTheFormsOwn) {
  const fs::path form = copy();
  fs::create_directories(form / "authentic");
  std::ofstream(form / "authentic" / "en.yaml")
      << "source: Own\ndate: 2026-01-01\ntexts: {\"V.10\": Own text.}\n";
  const Form own = compiled(form);
  EXPECT_EQ(own.text(provision(own, "V.10").summary, 0).value, "Own text.");
  give("en.yaml", "source: Given\ndate: 2026-01-02\ntexts: {\"3bis(2)\": Given text.}\n");
  const Form both = compiled(form, given());
  EXPECT_EQ(both.text(provision(both, "3bis(2)").summary, 0).value, "Given text.");
  EXPECT_FALSE(both.is_authentic(provision(both, "V.10").summary, 0)) << "a file replaces a file";
}

TEST_F(AuthenticTextsTest, ChangedBesideTheFormMakeItsImageAnew) {
  give("ar.yaml", kArabic);
  const fs::path cache = folder_.path() / "cache";
  const auto first = load_form(kForm, "data/texts", cache, given());
  ASSERT_TRUE(first) << describe(first.error());
  give("ar.yaml", std::string(kArabic) + "  \"3bis(2)\": \"نص ثان.\"\n");
  const auto second = load_form(kForm, "data/texts", cache, given());
  ASSERT_TRUE(second) << describe(second.error());
  EXPECT_EQ(second->form.tables().authentic_texts[1].provisions, 2u);
  const auto without = load_form(kForm, "data/texts", cache);
  ASSERT_TRUE(without) << describe(without.error());
  EXPECT_EQ(without->form.tables().authentic_texts[1].provisions, 0u);
}

TEST_F(AuthenticTextsTest, TellEveryMistakeAndTakeNothing) {
  give("en.yaml",
       "source: S\ndate: yesterday\ntexts: {\"3bis(9)\": Text., \"V.10\": \"With {brace}\"}\n");
  give("xx1.yaml", "source: S\n");
  const FormCompilation compilation = compile_form(kForm, "data/texts", given());
  EXPECT_FALSE(compilation.form);
  EXPECT_THAT(
      told(compilation),
      ::testing::UnorderedElementsAre(
          ::testing::HasSubstr("expected a date"),
          ::testing::HasSubstr("unknown provision \"3bis(9)\""),
          "expected text of provision \"V.10\", got a brace in it",
          ::testing::HasSubstr("expected authentic texts in a file named by their language")));
}

TEST_F(AuthenticTextsTest, AnErratumChangesTheNumberShownAndNothingElse) {
  const Form before = compiled(kForm);
  const fs::path folder = copy();
  replace(folder / "provisions.yaml", "obligation: optional, confidence: text-verified}",
          "obligation: optional, confidence: text-verified, erratum: {number: \"3bis(4)\", "
          "reason: Certified copy, on: 2026-06-01}}");
  const Form form = compiled(folder);
  const Provision& corrected = provision(form, "3bis(2)");
  EXPECT_EQ(form.number(corrected), "3bis(4)");
  EXPECT_EQ(form.string(corrected.code), "3bis(2)");
  EXPECT_EQ(form.string(corrected.erratum), "Certified copy");
  EXPECT_EQ(corrected.erratum_on.to_string(), "2026-06-01");
  EXPECT_EQ(form.find_provision("3bis(4)"), kNone);
  EXPECT_EQ(form.number(provision(form, "3bis(1)")), "3bis(1)");
  EXPECT_EQ(form.structure_digest(), before.structure_digest());
}

TEST_F(AuthenticTextsTest, AnErratumNeedsAnotherNumberAReasonAndADay) {
  const fs::path folder = copy();
  replace(folder / "provisions.yaml", "obligation: optional, confidence: text-verified}",
          "obligation: optional, erratum: {number: \"3bis(2)\", reason: R, on: 2026-06-01}}");
  replace(folder / "provisions.yaml", "obligation: guarantee, confidence: text-verified}",
          "obligation: guarantee, erratum: {number: \"3bis(5)\", on: 2026-06-01}}");
  EXPECT_THAT(told(compile_form(folder, "data/texts")),
              ElementsAre("expected a number that differs from the code, got \"3bis(2)\"",
                          ::testing::HasSubstr("\"reason\"")));
}

TEST_F(AuthenticTextsTest, AFormSaysWhoseItIs) {
  EXPECT_TRUE(compiled(kForm).admits(SubmitterKind::body)) << "everybody's unless it says so";
  const fs::path folder = copy();
  replace(folder / "form.yaml", "languages:", "submitters: [state]\nlanguages:");
  const Form form = compiled(folder);
  EXPECT_TRUE(form.admits(SubmitterKind::state));
  EXPECT_FALSE(form.admits(SubmitterKind::organization));
  EXPECT_FALSE(form.admits(SubmitterKind::body));
  replace(folder / "form.yaml", "[state]", "[states]");
  EXPECT_THAT(told(compile_form(folder, "data/texts")),
              ElementsAre("expected state, organization or body, got \"states\""));
}

}  // namespace
}  // namespace cosp
