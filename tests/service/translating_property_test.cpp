// Texts of the forms of the repository, out to translators' files and back.

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "base/file.hpp"
#include "readers/translation_file.hpp"
#include "readers/translation_texts.hpp"
#include "service/translating.hpp"
#include "tests/base/temporary_folder.hpp"

namespace cosp {
namespace {

namespace fs = std::filesystem;

constexpr const char* kForms[] = {"forms/uncc-implementation/0.9.0",
                                  "tests/support/forms/night-skies-report/1.2.0"};

/// A copy of a form's texts and the common ones, with what stands in each file.
class Copy {
 public:
  explicit Copy(const fs::path& form) {
    fs::copy(form / "texts", own(), fs::copy_options::recursive);
    fs::copy("data/texts", common(), fs::copy_options::recursive);
    places = {form.parent_path().filename().string(),
              form.filename().string(),
              {"en", "ar"},
              own(),
              common(),
              {}};
  }
  fs::path own() const { return folder_.path() / "texts"; }
  fs::path common() const { return folder_.path() / "common"; }

  std::map<std::string, std::string> files() const {
    std::map<std::string, std::string> all;
    for (const auto& entry : fs::recursive_directory_iterator(folder_.path()))
      if (entry.is_regular_file())
        all[fs::relative(entry.path(), folder_.path()).string()] =
            read_file(entry.path(), 1u << 24).value();
    return all;
  }

  /// Every Arabic text by id, the form's own before common ones.
  std::map<std::string, std::string> texts() const {
    std::map<std::string, std::string> all;
    std::vector<Mistake> mistakes;
    for (const fs::path& root : {own(), common()}) {
      const TextFolder folder = read_text_folder(root / "ar", "", mistakes).value();
      for (const WrittenText& text : folder.texts) all.emplace(text.id, text.value);
    }
    EXPECT_TRUE(mistakes.empty());
    return all;
  }

  TextPlaces places;

 private:
  testing::TemporaryFolder folder_;
};

std::vector<std::string> lines_of(const std::string& bytes) {
  std::vector<std::string> lines;
  std::istringstream in(bytes);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// Lines that differ between two states of a folder, the record aside; a file with another number
/// of lines counts as all of them.
std::size_t changed_lines(const std::map<std::string, std::string>& before,
                          const std::map<std::string, std::string>& after) {
  std::size_t changed = 0;
  for (const auto& [name, bytes] : after) {
    if (name.ends_with(kTextRecordFile)) continue;
    const auto old = before.find(name);
    const auto now = lines_of(bytes);
    const auto was = old == before.end() ? std::vector<std::string>{} : lines_of(old->second);
    if (was.size() != now.size()) return now.size();
    for (std::size_t i = 0; i < now.size(); ++i) changed += was[i] == now[i] ? 0 : 1;
  }
  return changed;
}

TranslationFile exported(const Copy& copy, ExportFormat format) {
  const auto made = export_texts(copy.places, {"ar", format, false});
  EXPECT_TRUE(made) << describe(made.error());
  std::vector<Mistake> mistakes;
  TranslationFile file = read_translation_file(made->bytes, "ar", mistakes);
  EXPECT_TRUE(mistakes.empty());
  return file;
}

TEST(TranslationsOfForms, StayAsTheyAreWhenNothingWasEdited) {
  for (const char* form : kForms)
    for (const ExportFormat format : {ExportFormat::po, ExportFormat::xliff}) {
      SCOPED_TRACE(form);
      const Copy copy(form);
      const auto before = copy.files();
      const auto made = export_texts(copy.places, {"ar", format, false});
      ASSERT_TRUE(made);
      const auto taken = import_texts(copy.places, made->bytes, "ar");
      ASSERT_TRUE(taken);
      EXPECT_TRUE(taken->mistakes.empty());
      EXPECT_EQ(copy.files(), before);
    }
}

TEST(TranslationsOfForms, ChangeExactlyWhereTheyWereEdited) {
  std::mt19937 random(20'260'901);
  constexpr const char* kEndings[] = {" و", ": «هذا»", " # لا", ", ثم", " 'أ' \"ب\""};
  for (const char* form : kForms)
    for (int round = 0; round < 2; ++round) {
      SCOPED_TRACE(form);
      const Copy copy(form);
      const auto before = copy.files();
      auto expected = copy.texts();
      const auto format = round % 2 == 0 ? ExportFormat::po : ExportFormat::xliff;
      TranslationFile file = exported(copy, format);
      std::size_t edits = 0;
      for (TranslationUnit& unit : file.units) {
        const bool is_pattern = unit.target.find('{') != std::string::npos;
        if (random() % 20 != 0 || is_pattern || unit.state == UnitState::open) continue;
        unit.target += kEndings[random() % std::size(kEndings)];
        expected[unit.id] = unit.target;
        ++edits;
      }
      const auto bytes = format == ExportFormat::po ? write_po(file) : write_xliff(file);
      const auto taken = import_texts(copy.places, bytes, "ar");
      ASSERT_TRUE(taken) << describe(taken.error());
      ASSERT_TRUE(taken->mistakes.empty()) << taken->mistakes.front().what;
      EXPECT_EQ(taken->changed, edits);
      EXPECT_EQ(copy.texts(), expected);
      EXPECT_LE(changed_lines(before, copy.files()), edits);
      EXPECT_GT(edits, 0u);
    }
}

}  // namespace
}  // namespace cosp
