#include "service/translating.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/base/temporary_folder.hpp"

namespace cosp {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr std::string_view kEnglish = R"yaml(# Lamps
lamps:
  title: Lamps   # of the street
  count: "{n, plural, one {# lamp} other {# lamps}} of {state}"
  help: "Say “yes” when the central authority agreed."
provision: {"7(1)": {summary: "What a State does"}}
)yaml";
constexpr std::string_view kFrench = R"yaml(# Lampes
lamps:
  title: Lampes   # de la rue
  count: "{n, plural, one {# lampe} many {# de lampes} other {# lampes}} de {state}"
  help: "Dites « oui » lorsque l’autorité centrale a donné son accord."
provision: {"7(1)": {summary: "Ce que fait un État"}}
)yaml";
constexpr std::string_view kGlossary = R"yaml(quotation_marks: {fr: "«»", en: "“”"}
unchanged: {fr: [Notes]}
concepts:
  - id: central-authority
    terms: {en: central authority, fr: autorité centrale}
    strict: true
    source_forms: [central authority, central authorities]
    accepted: {fr: [autorité centrale, autorités centrales]}
)yaml";

class Translating : public ::testing::Test {
 protected:
  void SetUp() override {
    write("form/texts/en/a.yaml", kEnglish);
    write("form/texts/fr/a.yaml", kFrench);
    write("common/en/c.yaml", "verdict: Received\n");
    write("common/fr/c.yaml", "verdict: Reçu\n");
    write("glossary.yaml", kGlossary);
    places_ = {"lamps",           "1.0.0",
               {"en", "fr"},      root() / "form" / "texts",
               root() / "common", root() / "glossary.yaml"};
  }

  fs::path root() const { return folder_.path(); }

  void write(const std::string& file, std::string_view text) const {
    fs::create_directories((root() / file).parent_path());
    std::ofstream(root() / file, std::ios::binary) << text;
  }

  std::string read(const std::string& file) const {
    std::ifstream in(root() / file, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
  }

  void replace(const std::string& file, std::string_view from, std::string_view to) const {
    std::string text = read(file);
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    write(file, text.replace(at, from.size(), to));
  }

  /// Faults (no notices) of French, as "file:line: id: what".
  std::vector<std::string> faults(bool of_notices = false) const {
    const auto reports = check_texts(places_, {"fr"});
    EXPECT_TRUE(reports) << describe(reports.error());
    std::vector<std::string> lines;
    for (const LanguageReport& report : *reports)
      for (const TextFinding& finding : report.findings)
        if (finding.is_notice == of_notices)
          lines.push_back(finding.file + ":" + std::to_string(finding.line) + ": " + finding.id +
                          ": " + finding.what);
    return lines;
  }

  TextCounts counts() const { return check_texts(places_, {"fr"}).value().back().counts; }

  std::string exported(ExportFormat format = ExportFormat::po, bool only_stale = false) const {
    const auto made = export_texts(places_, {"fr", format, only_stale});
    EXPECT_TRUE(made) << describe(made.error());
    return made->bytes;
  }

  TextImport imported(std::string_view bytes) const {
    const auto taken = import_texts(places_, bytes, "fr.po");
    EXPECT_TRUE(taken) << describe(taken.error());
    return *taken;
  }

  std::vector<std::string> refused(std::string_view bytes) const {
    const std::string before = everything();
    std::vector<std::string> lines;
    for (const Mistake& mistake : imported(bytes).mistakes)
      lines.push_back(std::to_string(mistake.line) + ": " + mistake.what);
    EXPECT_EQ(everything(), before) << "nothing is written half";
    return lines;
  }

  /// The bytes of every file.
  std::string everything() const {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(root()))
      if (entry.is_regular_file()) files.push_back(fs::relative(entry.path(), root()));
    std::sort(files.begin(), files.end());
    std::string all;
    for (const fs::path& file : files) all += file.string() + "\n" + read(file.string());
    return all;
  }

  void record(bool is_reviewed = false, std::vector<std::string> ids = {}) const {
    const auto done = record_texts(places_, {"fr", false, is_reviewed, std::move(ids)});
    EXPECT_TRUE(done) << describe(done.error());
  }

  static std::string changed(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
  }

  TextPlaces places_;
  testing::TemporaryFolder folder_;
};

TEST_F(Translating, FindsNothingInAGoodTranslation) {
  EXPECT_THAT(faults(), IsEmpty());
  EXPECT_THAT(faults(true),
              ElementsAre(HasSubstr("data/texts/fr/c.yaml:1: : 1 text is not recorded"),
                          HasSubstr("texts/fr/a.yaml:3: : 4 texts are not recorded")));
  record();
  EXPECT_THAT(faults(true), IsEmpty());
}

TEST_F(Translating, FindsWhatAProgramCanSeeAtItsLine) {
  struct Case {
    std::string_view from, to, found;
  };
  const Case cases[] = {
      {"Lampes ", "Lamps ",
       "texts/fr/a.yaml:3: lamps.title: expected a translation, got the source"},
      {"  title: Lampes   # de la rue\n", "",
       "texts/en/a.yaml:3: lamps.title: expected a text in fr"},
      {" many {# de lampes}", "", "plural of {n} lacks “many”"},
      {"{# lampes}} de {state}", "{# lampes}} de {etat}", "expected the arguments of the source, "},
      {"{state}\"", "{state\"", "message pattern cannot be read"},
      {"« oui »", "“oui”", "expected quotation marks of the language, «», got “"},
      {"« oui »", "\\\"oui\\\"", "expected quotation marks of the language, «», got \""},
      {"l’autorité centrale", "l’organe central",
       "expected the glossary's term for \"central authority\""},
      {"Lampes ", "Лампы ", "expected the script Latn, got Cyrl"},
      {"  title: Lampes", "  titel: Lampes",
       "texts/fr/a.yaml:3: lamps.titel: expected texts that the source has"},
      {"Lampes ", "\"\" ", "expected a text, got none"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.to);
    write("form/texts/fr/a.yaml", changed(std::string(kFrench), c.from, c.to));
    EXPECT_THAT(faults(), Contains(HasSubstr(c.found)));
  }
}

TEST_F(Translating, AllowsCodesFiguresAndWhatTheGlossarySaysToBeTheSame) {
  write("form/texts/en/b.yaml", "b: {a: 24/7, b: \"{n}\", c: UNODC (SHERLOC), d: Notes}\n");
  write("form/texts/fr/b.yaml", "b: {a: 24/7, b: \"{n}\", c: UNODC (SHERLOC), d: Notes}\n");
  EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(Translating, MarksWhatIsStaleUntilItIsTranslatedAnew) {
  record(true);
  EXPECT_EQ(counts().reviewed, 5u);
  replace("form/texts/en/a.yaml", "title: Lamps", "title: Street lamps");
  EXPECT_EQ(counts().reviewed, 4u);
  EXPECT_EQ(counts().stale, 1u);
  EXPECT_THAT(faults(),
              ElementsAre(HasSubstr("texts/fr/a.yaml:3: lamps.title: translated from a text "
                                    "that has changed since, texts/en/a.yaml:3")));
  const std::string po = exported(ExportFormat::po, true);
  EXPECT_THAT(po, HasSubstr("#, fuzzy\nmsgctxt \"lamps.title\""));
  EXPECT_THAT(po, ::testing::Not(HasSubstr("lamps.count")));
  EXPECT_EQ(imported(po).changed, 0u);
  EXPECT_EQ(counts().stale, 1u) << "fuzzy: left as it was";
  const TextImport taken = imported(changed(changed(po, "#, fuzzy\n", ""), "Lampes", "Réverbères"));
  EXPECT_EQ(taken.changed, 1u);
  EXPECT_EQ(counts().stale, 0u);
  EXPECT_EQ(counts().translated, 1u);
  EXPECT_EQ(read("form/texts/fr/a.yaml"), changed(std::string(kFrench), "Lampes ", "Réverbères "));
}

TEST_F(Translating, LosesTheReviewOfATextChangedByHand) {
  record(true);
  replace("form/texts/fr/a.yaml", "Lampes ", "Réverbères ");
  EXPECT_EQ(counts().translated, 1u);
  EXPECT_THAT(faults(true), ElementsAre(HasSubstr("lamps.title: changed since its review")));
}

TEST_F(Translating, TakesOverItsOwnExportWithoutAChange) {
  for (const bool is_recorded : {false, true}) {
    if (is_recorded) record();
    if (is_recorded) record(true, {"lamps"});
    for (const ExportFormat format : {ExportFormat::po, ExportFormat::xliff}) {
      const std::string before = everything();
      const TextImport taken = imported(exported(format));
      EXPECT_THAT(taken.mistakes, IsEmpty());
      EXPECT_THAT(taken.files, IsEmpty());
      EXPECT_EQ(everything(), before);
    }
  }
}

TEST_F(Translating, ChangesExactlyTheTextThatWasEdited) {
  record();
  for (const ExportFormat format : {ExportFormat::po, ExportFormat::xliff}) {
    SetUp();
    const std::string before = everything();
    const TextImport taken =
        imported(changed(exported(format), "Ce que fait un État", "Ce qu’un État fait"));
    EXPECT_EQ(taken.changed, 1u);
    EXPECT_THAT(taken.files, Contains("texts/fr/a.yaml"));
    std::string after = everything();
    after = changed(after, "Ce qu’un État fait", "Ce que fait un État");
    EXPECT_EQ(after, before) << "only the text differs: its source is the same as before";
  }
}

TEST_F(Translating, TakesAReviewOnlyOfATextAsItStands) {
  record();
  const std::string po = exported();
  const std::string entry = "msgctxt \"lamps.title\"";
  EXPECT_EQ(imported(changed(po, "#: texts/en/a.yaml:3", "# state: reviewed\n#: x")).reviewed, 1u);
  EXPECT_EQ(counts().reviewed, 1u);
  EXPECT_THAT(exported(), HasSubstr("# state: reviewed\n#: texts/en/a.yaml:3\n" + entry));
  imported(changed(exported(), "Lampes", "Réverbères"));
  EXPECT_EQ(counts().reviewed, 0u) << "changed after its review";
}

TEST_F(Translating, AddsWhatWasMissingToTheFileNamedAsTheSources) {
  replace("form/texts/fr/a.yaml", "  title: Lampes   # de la rue\n", "");
  fs::remove(root() / "common/fr/c.yaml");
  EXPECT_EQ(counts().missing, 2u);
  std::string po = exported(ExportFormat::po, true);
  po = changed(po, "msgid \"Lamps\"\nmsgstr \"\"", "msgid \"Lamps\"\nmsgstr \"Lampes\"");
  po = changed(po, "msgid \"Received\"\nmsgstr \"\"", "msgid \"Received\"\nmsgstr \"Reçu\"");
  EXPECT_EQ(imported(po).added, 2u);
  EXPECT_EQ(counts().missing, 0u);
  EXPECT_THAT(read("form/texts/fr/a.yaml"), HasSubstr("\nlamps.title: \"Lampes\"\n"));
  EXPECT_EQ(read("common/fr/c.yaml"), "verdict: \"Reçu\"\n");
  EXPECT_THAT(read("common/fr/record.yaml"), HasSubstr("verdict: translated "));
}

TEST_F(Translating, RefusesAWholeFileForAnyMistakeAndListsAll) {
  std::string po = exported();
  po = changed(po, "de {state}", "de {etat}");
  po = changed(po, "msgctxt \"verdict\"", "msgctxt \"verdicts\"");
  po = changed(po, "Lampes", "Réverbères");
  po = changed(po, "What a State does", "What States do");
  EXPECT_THAT(refused(po),
              ElementsAre(HasSubstr("lamps.count: expected the arguments of the source"),
                          HasSubstr("provision.7(1).summary: expected the source text as it is now "
                                    "(texts/en/a.yaml:6)"),
                          HasSubstr("verdicts: expected the id of a text of the form lamps")));
  EXPECT_THAT(refused(changed(exported(), "many {# de lampes}", "")),
              ElementsAre(HasSubstr("lamps.count: plural of {n} lacks “many”")));
  EXPECT_THAT(refused(changed(exported(), "X-Cosp-Form: lamps", "X-Cosp-Form: candles")),
              ElementsAre(HasSubstr("expected texts of the form lamps, got those of candles")));
  EXPECT_THAT(refused(changed(exported(), "Language: fr", "Language: en")),
              ElementsAre(HasSubstr("got texts in the source language en")));
  EXPECT_FALSE(import_texts(places_, changed(exported(), "Language: fr", "Language: de"), "x"));
  EXPECT_THAT(refused(exported() + "\nmsgctxt \"verdict\"\nmsgid \"Received\"\nmsgstr \"Reçu\"\n"),
              ElementsAre(HasSubstr("verdict: expected each text once")));
}

TEST_F(Translating, PutsBackWhatItHasWrittenWhenAFileCannotBeWritten) {
  const std::string po = changed(changed(exported(), "Lampes", "Réverbères"), "Reçu", "Bien reçu");
  fs::remove_all(root() / "common/fr/record.yaml");
  fs::create_directories(root() / "common/fr/record.yaml");  // a folder: no file can take its place
  const std::string before = everything();
  EXPECT_FALSE(import_texts(places_, po, "fr.po"));
  EXPECT_EQ(everything(), before);
}

TEST_F(Translating, ChecksALanguageThatTheFormDoesNotDeclare) {
  write("form/texts/de/a.yaml", "lamps.title: Lampen\n");
  const auto reports = check_texts(places_, {});
  ASSERT_TRUE(reports);
  ASSERT_EQ(reports->size(), 3u);
  EXPECT_EQ(reports->back().language, "de");
  EXPECT_EQ(reports->back().counts.missing, 4u);
  EXPECT_THAT(reports->back().findings.front().what, StartsWith("the form does not declare"));
  EXPECT_THAT(counts_table(*reports), HasSubstr("de                 0           0"));
  const auto unknown = check_texts(places_, {"it"});
  ASSERT_FALSE(unknown);
  EXPECT_THAT(unknown.error().what, HasSubstr("has no texts in \"it\""));
}

TEST_F(Translating, LintsPatternsOfEveryDeclaredLanguage) {
  EXPECT_THAT(lint_patterns(places_), IsEmpty());
  replace("form/texts/fr/a.yaml", " many {# de lampes}", "");
  replace("form/texts/en/a.yaml", "What a State does", "What {a b}");
  std::vector<std::string> told;
  for (const Mistake& mistake : lint_patterns(places_))
    told.push_back(mistake.file + ":" + std::to_string(mistake.line) + ": " + mistake.what);
  EXPECT_THAT(told, ElementsAre(StartsWith("texts/en/a.yaml:6: provision.7(1).summary: "),
                                StartsWith("texts/fr/a.yaml:4: lamps.count: plural of {n} lacks")));
}

}  // namespace
}  // namespace cosp
