#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <random>

#include "base/file.hpp"
#include "readers/form_loader.hpp"
#include "readers/submission_findings.hpp"
#include "readers/submission_writer.hpp"
#include "tests/readers/submission_fixture.hpp"

namespace cosp::test {
namespace {

using ::testing::IsEmpty;

/// The canonical form and the contacts as one file.
std::string joined(const Form& form, const Submission& submission) {
  std::string canonical = canonical_json(form, submission);
  const std::string contacts = contacts_json(form, submission);
  // Anywhere among the members: order is free.
  return "{\"contacts\":" + contacts + "," + canonical.substr(1);
}

void expect_stable(const Form& form, std::string bytes) {
  SubmissionReader reader;
  const ReadSubmission first = reader.read(bytes, form);
  ASSERT_FALSE(first.is_unreadable) << bytes;
  std::string again = joined(form, first.submission);
  const ReadSubmission second = reader.read(again, form);
  ASSERT_FALSE(second.is_unreadable) << again;
  EXPECT_EQ(canonical_json(form, second.submission), canonical_json(form, first.submission))
      << bytes;
  EXPECT_EQ(contacts_json(form, second.submission), contacts_json(form, first.submission)) << bytes;
  std::string full = full_json(form, first.submission);
  const ReadSubmission third = reader.read(full, form);
  EXPECT_EQ(canonical_json(form, third.submission), canonical_json(form, first.submission)) << full;
  EXPECT_EQ(contacts_json(form, third.submission), contacts_json(form, first.submission)) << full;
}

TEST(CanonicalJson, IsSortedAndMinimalAndLong) {
  const ReadSubmission read = read_all_types(submission_with(
      R"json("revision":3,"parts":["I"],"period":{"start":"2026-01-01","end":"2026-12-31"},
      "registers":{"papers":[{"id":"p1","values":{"passed":"2020-01-01","name":"A \"q\" \u0007 é \/ \ud83d\ude00"}}]},
      "answers":{"a.text":{"fr":"x"},"a.status":"red","a.number":1.50,"a.multi":["blue","red"],"z\u00e9":true,
      "a.long":{"value":{"fr":"deux","en":"two"},"original":"fr"},"a.single":{"reason":"not_available","detail":"lost"}},
      "explanations":[{"rule":"r","place":"a.text","text":"t"}])json"));
  EXPECT_EQ(
      canonical_json(all_types_form(), read.submission),
      R"json({"answers":{"a.long":{"original":"fr","value":{"en":"two","fr":"deux"}},"a.multi":{"value":["red","blue"]},)json"
      R"json("a.number":{"value":"1.5"},"a.single":{"detail":"lost","reason":"not_available"},"a.status":{"value":"red"},)json"
      R"json("a.text":{"value":{"fr":"x"}},"zé":true},"cycle":"c","explanations":[{"place":"a.text","rule":"r","text":"t"}],)json"
      R"json("form":{"id":"all-types","version":"1.0.0"},"format":"cosp-submission/1","language":"en","parts":["I"],)json"
      R"json("period":{"end":"2026-12-31","start":"2026-01-01"},"purpose":"pilot","registers":{"papers":[{"id":"p1","values":)json"
      R"json({"name":{"value":"A \"q\" \u0007 é / 😀"},"passed":{"value":"2020-01-01"}}}]},"revision":3,"stage":"final",)json"
      R"json("submitter":{"code":"QMA","kind":"state"}})json");
  EXPECT_EQ(contacts_json(all_types_form(), read.submission), "{}");
}

TEST(CanonicalJson, IsTheSameHoweverTheFileWasWritten) {
  const std::string one = submission_with(
      R"json("answers":{"a.status":"red","a.number":"1.50","a.text":"x","a.multi":["blue","red"],"a.passages":["1(2)","1"],"a.date":null})json");
  const std::string other = submission_with(
      R"json("revision": 1, "registers": {}, "answers": {"a.passages":{"value":["1","1(2)","1"]}, "a.multi":{"value":["red","blue"],"visibility":"public"},
         "a.text":{"value":{"EN":"x"},"original":"en","note":null}, "a.number": 150e-2, "a.status": {"value":"\u0072ed","origin":"typed"}})json");
  const auto digest = [](const std::string& bytes) {
    const ReadSubmission read = read_all_types(bytes);
    EXPECT_THAT(located(read), IsEmpty());
    return canonical_json(all_types_form(), read.submission);
  };
  EXPECT_EQ(digest(one), digest(other));
}

/// A random value of any shape, often one that some question takes.
nlohmann::json random_value(std::mt19937& random, int depth) {
  static const char* const kTexts[] = {"red",
                                       "blue",
                                       "12.50",
                                       "2027-01-01",
                                       "en",
                                       "fr",
                                       "p1",
                                       "p2",
                                       "1(2)",
                                       "",
                                       "é\t😀",
                                       "x@y.org",
                                       "not_available",
                                       "lost",
                                       "withheld",
                                       "counted",
                                       "\xEF\xBF\xBD\x7F"};
  static const char* const kKeys[] = {"value",       "reason", "note",     "fr",
                                      "en",          "amount", "currency", "start",
                                      "end",         "detail", "rows",     "visibility",
                                      "original",    "author", "zzz",      "\xF0\x9F\x98\x80",
                                      "\xEF\xBC\xA1"};
  switch (random() % (depth > 2 ? 3u : 6u)) {
    case 0: return static_cast<int>(random() % 100);
    case 1:
    case 2: return kTexts[random() % std::size(kTexts)];
    case 3: {
      nlohmann::json array = nlohmann::json::array();
      for (std::size_t i = random() % 4; i > 0; --i)
        array.push_back(random_value(random, depth + 1));
      return array;
    }
    default: {
      nlohmann::json object = nlohmann::json::object();
      for (std::size_t i = random() % 4; i > 0; --i)
        object[kKeys[random() % std::size(kKeys)]] = random_value(random, depth + 1);
      return object;
    }
  }
}

TEST(CanonicalJson, ReadsBackToTheSameBytesWhateverWasRead) {
  const Form& form = all_types_form();
  for (unsigned seed = 0; seed < 1'000; ++seed) {
    std::mt19937 random(seed);
    nlohmann::json answers = nlohmann::json::object(), contacts = nlohmann::json::object();
    for (const Question& question : form.questions())
      if (random() % 2 == 0)
        (random() % 5 == 0 ? contacts : answers)[std::string(form.code(question))] =
            random_value(random, 0);
    answers["unknown"] = random_value(random, 0);
    nlohmann::json rows = nlohmann::json::array();
    for (const char* id : {"p1", "p2", "p1"}) {
      nlohmann::json row = {{"id", id}};
      for (const char* column : {"name", "kind", "passed", "keeper"})
        if (random() % 2 == 0) row["values"][column] = random_value(random, 0);
      rows.push_back(row);
    }
    const nlohmann::json keeper = {{"papers", {{"p2", {{"keeper", random_value(random, 0)}}}}}};
    expect_stable(form, submission_with("\"answers\":" + answers.dump() +
                                        ",\"registers\":{\"papers\":" + rows.dump() +
                                        "},\"contacts\":{\"answers\":" + contacts.dump() +
                                        ",\"registers\":" + keeper.dump() + "}"));
    if (HasFatalFailure() || HasNonfatalFailure()) FAIL() << "seed " << seed;
  }
}

TEST(SubmissionExample, IsReadWithoutAFindingAndCoversTheFormat) {
  const FormCompilation compilation =
      compile_form("tests/support/forms/night-skies-report/1.2.0", "data/texts");
  ASSERT_TRUE(compilation.form.has_value());
  auto bytes =
      read_file("docs/formats/submission-example.json", 1 << 20, SubmissionReader::kPadding);
  ASSERT_TRUE(bytes.has_value());
  SubmissionReader reader;
  const ReadSubmission read = reader.read(*bytes, *compilation.form);
  EXPECT_THAT(located(read), IsEmpty());
  EXPECT_EQ(read.submission.explanations.size(), 1u);
  expect_stable(*compilation.form, *bytes);
  // Every member of the format occurs.
  const nlohmann::json example = nlohmann::json::parse(*bytes);
  const std::string text = example.dump();
  for (const char* member : {"reason", "detail", "rows", "expected_on", "note", "visibility",
                             "author", "origin", "original"})
    EXPECT_NE(text.find("\"" + std::string(member) + "\":"), std::string::npos) << member;
}

TEST(FindingsOfReading, HaveTextsAndAPlaceInTheDocumentation) {
  const FormCompilation compilation =
      compile_form("tests/support/forms/night-skies-report/1.2.0", "data/texts");
  ASSERT_TRUE(compilation.form.has_value());
  std::string documentation;
  for (const char* page : {"docs/formats/submission.md", "docs/formats/workbook.md"}) {
    const auto text = read_file(page, 1 << 20);
    ASSERT_TRUE(text.has_value()) << page;
    documentation += *text;
  }
  for (const ReadFindingKind& kind : read_finding_kinds()) {
    SCOPED_TRACE(std::string(kind.id));
    EXPECT_NE(documentation.find("`" + std::string(kind.id) + "`"), std::string::npos);
    for (const char* part : {".message", ".why", ".mend"})
      EXPECT_NE(compilation.form->find_text("finding." + std::string(kind.id) + part), kNone)
          << part;
  }
}

}  // namespace
}  // namespace cosp::test
