/// From one release of the second treaty's form to the next: the diff, its map, and migrations.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "readers/migration_map.hpp"
#include "readers/submission_writer.hpp"
#include "service/converting.hpp"
#include "service/earlier.hpp"
#include "service/form_diff.hpp"
#include "service/form_workbooks.hpp"
#include "service/submission_file.hpp"
#include "tests/service/service_fixture.hpp"

namespace cosp::test {
namespace {

using Json = nlohmann::json;

constexpr const char* kEarlier = "tests/support/previous/night-skies-1.1.0-QMA.json";

class MigratingTest : public ServiceTest {
 protected:
  void SetUp() override {
    ServiceTest::SetUp();
    from_ = load("1.1.0");
    to_ = load("1.2.0");
  }

  std::shared_ptr<const PreparedForm> load(const char* version) {
    auto form = workspace_->form("night-skies-report", version);
    EXPECT_TRUE(form) << describe(form.error());
    return *form;
  }

  /// A map whose members besides the head are these lines.
  static MigrationMap map_of(const std::string& lines) {
    auto reading = read_migration_map(
        "format: cosp-migration/1\nfrom: {id: night-skies-report, version: 1.1.0}\n"
        "to: {id: night-skies-report, version: 1.2.0}\n" +
            lines,
        "map.yaml");
    EXPECT_TRUE(reading.map);
    return reading.map.value_or(MigrationMap{});
  }

  Migrated migrated(const MigrationMap* map) {
    auto file = read_submission_file(kEarlier, from_->form);
    EXPECT_TRUE(file);
    for (const Finding& finding : file->findings) EXPECT_LT(finding.severity, Severity::error);
    auto pairing = ReleasePairing::make(from_->form, to_->form, map);
    EXPECT_TRUE(pairing) << describe(pairing.error());
    return migrate(*pairing, file->submission);
  }

  Json written(const Migrated& migrated) const {
    return Json::parse(canonical_json(to_->form, migrated.submission));
  }

  static std::map<std::string, std::string> lost(const Migrated& migrated) {
    std::map<std::string, std::string> values;
    for (const NotCarried& one : migrated.not_carried) values[one.place] += one.json;
    return values;
  }

  const FormChange* change(const FormDiff& diff, std::string_view thing, std::string_view code) {
    for (const FormChange& one : diff.changes)
      if (one.thing == thing && one.code == code) return &one;
    return nullptr;
  }

  std::shared_ptr<const PreparedForm> from_, to_;
};

TEST_F(MigratingTest, BothReleasesAreFreeOfMistakes) {
  for (const char* version : {"1.1.0", "1.2.0"}) {
    const auto mistakes = workspace_->lint("night-skies-report", version);
    ASSERT_TRUE(mistakes);
    for (const Mistake& mistake : *mistakes) ADD_FAILURE() << mistake.file << ": " << mistake.what;
  }
}

TEST_F(MigratingTest, AReleaseDiffersInNothingFromItself) {
  EXPECT_TRUE(diff_forms(to_->form, to_->form, "ar").changes.empty());
}

TEST_F(MigratingTest, EachKindOfChangeIsTold) {
  const FormDiff diff = diff_forms(from_->form, to_->form, "ar");
  struct Case {
    const char *thing, *code, *aspect, *before, *after;
  };
  const Case cases[] = {
      {"question", "skyglow.quiet_hours", "type", "single", "multi"},
      {"question", "skyglow.shielded", "unit", "percent", "lamps"},
      {"question", "observatories.zone_radius", "maximum", "500", "100"},
      {"question", "observatories.zone_radius", "decimals", "2", "1"},
      {"question", "skyglow.hurdles", "required", "final", "parties"},
      {"question", "skyglow.hurdles", "choices at most", "3", "2"},
      {"question", "skyglow.outlay", "visibility", "public", "counted"},
      {"question", "skyglow.lamps", "visibility", "counted", "public"},
      {"question", "skyglow.lamps", "label", "Lamps outdoors", "Outdoor lamps on the territory"},
      {"question", "skyglow.lamps", "label", "المصابيح في الخارج", "المصابيح الخارجية في الإقليم"},
      {"question", "cover.credit", "asked when", "cover.release is openly",
       "cover.release is any of openly, with_limits"},
      {"block", "wildlife", "chapter", "B", "A"},
      {"option", "hurdle/no_hurdle", "stands alone", "", "yes"},
  };
  for (const Case& expected : cases) {
    SCOPED_TRACE(std::string(expected.code) + " " + expected.aspect);
    const FormChange* found = change(diff, expected.thing, expected.code);
    ASSERT_NE(found, nullptr);
    EXPECT_TRUE(std::ranges::any_of(found->details, [&](const FormDetail& detail) {
      return detail.aspect == expected.aspect && detail.before == expected.before &&
             detail.after == expected.after;
    }));
  }
}

TEST_F(MigratingTest, WhatCameAndWhatWentIsTold) {
  const FormDiff diff = diff_forms(from_->form, to_->form, "");
  using Kind = FormChange::Kind;
  struct Case {
    const char *thing, *code;
    Kind kind;
    const char* guess;
  };
  const Case cases[] = {
      {"question", "skyglow.hearing", Kind::added, ""},
      {"question", "skyglow.lanterns", Kind::removed, ""},
      {"question", "cover.bureau", Kind::removed, "cover.desk"},
      {"question", "skyglow.studied", Kind::removed, "wildlife.studied"},
      {"option", "hurdle/expense", Kind::removed, "cost"},
      {"option", "hurdle/fear_of_the_dark", Kind::removed, ""},
      {"register", "lookouts", Kind::removed, ""},
      {"column", "instruments/pages", Kind::removed, ""},
      {"column", "instruments/office_email", Kind::removed, "keeper_email"},
      {"column", "instruments/passages", Kind::added, ""},
      {"rule", "instrument-runs-too-soon", Kind::removed, ""},
      {"rule", "instrument-entered-twice", Kind::added, ""},
      {"table", "instruments-by-sort", Kind::removed, ""},
      {"table", "instruments-by-kind", Kind::added, ""},
  };
  for (const Case& expected : cases) {
    SCOPED_TRACE(expected.code);
    const FormChange* found = change(diff, expected.thing, expected.code);
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->kind, expected.kind);
    EXPECT_EQ(found->guess, expected.guess);
  }
}

TEST_F(MigratingTest, TheMapThatTheDiffWritesIsReadAndItsGuessesAreNotApplied) {
  const FormDiff diff = diff_forms(from_->form, to_->form, "");
  auto reading = read_migration_map(diff_map(from_->form, to_->form, diff), "map.yaml");
  ASSERT_TRUE(reading.map);
  const Migrated done = migrated(&*reading.map);
  EXPECT_FALSE(written(done)["answers"].contains("cover.desk"));
  EXPECT_EQ(lost(done)["cover.bureau"], "\"Office of Lamps and Lanterns\"");
  const auto told = std::ranges::find(done.not_carried, "cover.bureau", &NotCarried::place);
  EXPECT_EQ(told->why, "perhaps cover.desk now, but the map marks it as a guess");
}

TEST_F(MigratingTest, AConfirmedMapCarriesRenamedQuestionsOptionsAndColumns) {
  const MigrationMap map = map_of(
      "questions:\n  - {from: cover.bureau, to: cover.desk}\n"
      "  - {from: skyglow.studied, to: wildlife.studied}\n"
      "options:\n  - {list: hurdle, from: expense, to: cost}\n"
      "columns:\n  - {register: instruments, from: office_email, to: keeper_email}\n");
  const Migrated done = migrated(&map);
  const Json answers = written(done)["answers"];
  EXPECT_EQ(answers["cover.desk"]["value"], "Office of Lamps and Lanterns");
  EXPECT_EQ(answers["cover.desk"]["origin"], "carried_over");
  EXPECT_EQ(answers["wildlife.studied"]["value"], Json({"birds", "moths"}));
  EXPECT_EQ(answers["wildlife.difficulties"]["value"], Json({"cost"}));
  const Json contacts = Json::parse(contacts_json(to_->form, done.submission));
  EXPECT_EQ(contacts["registers"]["instruments"]["r1"]["keeper_email"]["value"],
            "keeper@example.org");
  EXPECT_EQ(contacts["answers"]["cover.desk_email"]["value"], "desk@example.org");
  EXPECT_EQ(written(done)["registers"]["common_answers"][0]["values"]["hurdles"]["value"],
            Json({"cost", "other"}));
}

TEST_F(MigratingTest, WhatDoesNotFitIsListedWithItsValue) {
  const Migrated done = migrated(nullptr);
  const std::map<std::string, std::string> expected = {
      {"cover.bureau", "\"Office of Lamps and Lanterns\""},
      {"cover.signed_off", "\"under_consideration\""},
      {"skyglow.hurdles", R"(["expense","fear_of_the_dark","no_hurdle"])"},
      {"skyglow.shielded", "\"40\""},
      {"skyglow.studied", R"(["birds","moths"])"},
      {"skyglow.lanterns", R"({"note":"Since 1890.","value":"=The six of the old harbour"})"},
      {"wildlife.difficulties", "\"expense\""},
      {"observatories.zone_radius", "\"120.5\""},
      {"purse.paid_in", "\"500\""},
      {"instruments/r1/pages", "\"12\""},
      {"instruments/r1/office_email", "\"keeper@example.org\""},
      {"lookouts/l1", R"({"name":{"value":"Dark Hill"}})"},
      {"common_answers/c1/hurdles", "\"expense\""},
  };
  EXPECT_EQ(lost(done), expected);
  ASSERT_EQ(done.lapsed.size(), 1u);
  EXPECT_EQ(done.lapsed[0].place, "instrument-runs-too-soon@instruments/r1/runs_from");
  EXPECT_EQ(done.lapsed[0].json, "\"It ran at once.\"");
  EXPECT_TRUE(done.submission.explanations.empty());
}

TEST_F(MigratingTest, EverythingElseOfAnAnswerComesWithIt) {
  const Migrated done = migrated(nullptr);
  const Json answers = written(done)["answers"];
  EXPECT_EQ(answers["skyglow.quiet_hours"]["value"], Json({"facades"}));
  EXPECT_EQ(answers["skyglow.remark"]["original"], "en");
  EXPECT_EQ(answers["skyglow.remark"]["author"], "Ministry of Light");
  EXPECT_EQ(answers["skyglow.remark"]["value"]["ar"], "تستخدم مقاطعتان مصابيح مكشوفة.");
  EXPECT_EQ(answers["skyglow.acts"]["value"], Json({"r1", "r2"}));
  EXPECT_EQ(answers["wildlife.stage"]["detail"], "never_counted");
  EXPECT_EQ(answers["observatories.stage"]["rows"], Json({"r1"}));
  // The reason is no answer any more; what was said beside it stays.
  EXPECT_EQ(answers["cover.signed_off"], Json({{"note", "Before the summer."}}));
  EXPECT_EQ(written(done)["registers"]["instruments"][1]["values"]["kind"]["note"],
            "Amended twice.");
}

TEST_F(MigratingTest, VisibilityIsNeverLowered) {
  const Migrated done = migrated(nullptr);
  const auto visibility = [&](const char* code) {
    return done.submission.answers[to_->form.find_question(code)].visibility;
  };
  EXPECT_EQ(visibility("skyglow.lamps"), Visibility::counted);  // the floor was counted, is public
  EXPECT_EQ(visibility("skyglow.outlay"), Visibility::secretariat);  // the State's own choice
}

TEST_F(MigratingTest, TheHeaderNamesTheNewReleaseAndTheDraftIsToBeConfirmed) {
  const SubmissionHeader header = migrated(nullptr).submission.header;
  EXPECT_EQ(header.form_version, "1.2.0");
  EXPECT_EQ(header.structure_digest, to_->form.structure_digest());
  EXPECT_EQ(header.cycle, "night-skies-second-round");
  EXPECT_EQ(header.revision, 2u);
  EXPECT_EQ(header.stage, Stage::draft);
}

TEST_F(MigratingTest, EveryValueIsEitherCarriedOrListed) {
  const Json given = Json::parse(must(read_file(kEarlier, 1 << 20)));
  const Migrated done = migrated(nullptr);
  const auto losses = lost(done);
  const Json answers = written(done)["answers"];
  for (const auto& [code, answer] : given["answers"].items())
    EXPECT_TRUE(losses.contains(code) || answers.contains(code)) << code;
}

TEST_F(MigratingTest, MistakesOfAMapAreToldAllAtOnce) {
  const MigrationMap map = map_of(
      "questions:\n  - {from: cover.buro, to: cover.desk}\n"
      "  - {from: cover.bureau, to: cover.release}\n"
      "options:\n  - {list: hurdle, from: expense, to: costs}\n");
  const auto pairing = ReleasePairing::make(from_->form, to_->form, &map);
  ASSERT_FALSE(pairing);
  EXPECT_EQ(pairing.error().what,
            "unknown question \"cover.buro\" in night-skies-report 1.1.0\n"
            "expected each question to become another, but \"cover.bureau\" and \"cover.release\" "
            "become the same\n"
            "unknown option \"costs\" in night-skies-report 1.2.0");
}

TEST_F(MigratingTest, ALineOfAMapSaysOneThingOnly) {
  const auto reading = read_migration_map(
      "format: cosp-migration/1\nfrom: {id: a, version: 1}\nto: {id: a, version: 2}\n"
      "questions:\n  - {from: x}\n  - {from: y, to: z, drop: why}\n  - {from: y, to: z}\n",
      "map.yaml");
  EXPECT_FALSE(reading.map);
  ASSERT_EQ(reading.mistakes.size(), 3u);
  EXPECT_EQ(reading.mistakes[0].what,
            "expected either \"to\" (a code) or \"drop\" (why), got neither");
  EXPECT_EQ(reading.mistakes[1].what,
            "expected either \"to\" (a code) or \"drop\" (why), got both");
  EXPECT_EQ(reading.mistakes[2].what, "expected each code once, got \"y\" again");
}

/// The cycle's map is used for `--previous`.
TEST_F(MigratingTest, ACycleBringsEarlierSubmissionsOverByItsMap) {
  std::string cycle = must(read_file(kCycle, 1 << 20));
  const std::string target = "  - {id: night-skies-report, version: 1.2.0}\n";
  ASSERT_NE(cycle.find(target), std::string::npos);
  cycle.insert(cycle.find(target) + target.size(),
               "  - {id: night-skies-report, version: 1.1.0, map: map.yaml}\n");
  put("map.yaml",
      "format: cosp-migration/1\nfrom: {id: night-skies-report, version: 1.1.0}\n"
      "to: {id: night-skies-report, version: 1.2.0}\n"
      "questions:\n  - {from: cover.bureau, to: cover.desk}\n");
  const auto file = put("cycle.yaml", cycle);
  const auto read_cycle_file = workspace_->cycle(file);
  ASSERT_TRUE(read_cycle_file) << describe(read_cycle_file.error());
  EarlierReader mapped(*workspace_, to_, read_cycle_file->get());
  EarlierReader plain(*workspace_, to_, nullptr);
  const auto with = mapped.read(kEarlier), without = plain.read(kEarlier);
  ASSERT_TRUE(with);
  ASSERT_TRUE(without);
  const std::uint32_t desk = to_->form.find_question("cover.desk");
  EXPECT_EQ(with->submission.original_text(with->submission.answers[desk]),
            "Office of Lamps and Lanterns");
  EXPECT_TRUE(without->submission.answers[desk].is_absent());
  EXPECT_EQ(with->not_carried.size() + 1, without->not_carried.size());
}

TEST_F(MigratingTest, AnEarlierWorkbookIsMigratedAsItsJson) {
  auto file = read_submission_file(kEarlier, from_->form);
  ASSERT_TRUE(file);
  std::filesystem::create_directories(out());
  FormWorkbookOptions options;
  options.language = "en";
  options.submission = &file->submission;
  ASSERT_TRUE(write_workbook_file(from_->form, options, out() / "old.xlsx"));
  const auto by_json =
      migrate_file(*workspace_, kEarlier, out() / "a.json", to_, std::nullopt, "en", false);
  const auto by_book = migrate_file(*workspace_, out() / "old.xlsx", out() / "b.json", to_,
                                    std::nullopt, "en", false);
  ASSERT_TRUE(by_json) << describe(by_json.error());
  ASSERT_TRUE(by_book) << describe(by_book.error());
  EXPECT_TRUE(by_book->is_written);
  EXPECT_EQ(must(read_file(out() / "a.json", 1 << 20)), must(read_file(out() / "b.json", 1 << 20)));
  EXPECT_EQ(lost(by_json->migrated), lost(by_book->migrated));
}

TEST_F(MigratingTest, APartIsRefusedAndSaysWhy) {
  auto file = read_submission_file(kEarlier, from_->form);
  ASSERT_TRUE(file);
  std::filesystem::create_directories(out());
  // One chapter, and what is restricted in it stays out.
  FormWorkbookOptions options;
  options.language = "en";
  options.submission = &file->submission;
  options.office = "Office of Night";
  for (Answer& answer : file->submission.answers)
    if (answer.has_value()) answer.visibility = Visibility::secretariat;
  ASSERT_TRUE(write_workbook_file(from_->form, options, out() / "part.xlsx"));
  const auto migrated = migrate_file(*workspace_, out() / "part.xlsx", out() / "a.json", to_,
                                     std::nullopt, "en", false);
  ASSERT_TRUE(migrated) << describe(migrated.error());
  EXPECT_FALSE(migrated->is_written);
  EXPECT_NE(std::ranges::find(migrated->findings, kPartOfSubmission, &Finding::rule),
            migrated->findings.end());
  const auto converted =
      convert_file(*workspace_, out() / "part.xlsx", out() / "a.json", "en", false);
  ASSERT_TRUE(converted) << describe(converted.error());
  EXPECT_FALSE(converted->is_written);
  EXPECT_NE(std::ranges::find(converted->findings, kPartOfSubmission, &Finding::rule),
            converted->findings.end());
}

TEST_F(MigratingTest, NothingIsWrittenWhenNotAllCouldBeRead) {
  Json given = Json::parse(must(read_file(kEarlier, 1 << 20)));
  given["answers"]["cover.release"] = "to nobody";
  std::filesystem::create_directories(out());
  const auto in_file = put("faulty.json", given.dump());
  const auto refused =
      migrate_file(*workspace_, in_file, out() / "a.json", to_, std::nullopt, "en", false);
  ASSERT_TRUE(refused);
  EXPECT_FALSE(refused->is_written);
  EXPECT_FALSE(std::filesystem::exists(out() / "a.json"));
  const auto left_out =
      migrate_file(*workspace_, in_file, out() / "a.json", to_, std::nullopt, "en", true);
  ASSERT_TRUE(left_out);
  EXPECT_TRUE(left_out->is_written);
}

}  // namespace
}  // namespace cosp::test
