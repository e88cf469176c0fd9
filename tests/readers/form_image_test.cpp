#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <sstream>

#include "readers/form_loader.hpp"
#include "tests/readers/form_fixture.hpp"

namespace cosp {
namespace {

namespace fs = std::filesystem;
using test::FormFolder;

/// Sources that were last changed long before any image.
void make_old(const FormFolder& folder, std::chrono::seconds age = std::chrono::hours(1)) {
  const auto time = fs::file_time_type::clock::now() - age;
  for (const fs::path& root : {folder.path(), folder.texts()})
    for (const auto& entry : fs::recursive_directory_iterator(root))
      if (entry.is_regular_file()) fs::last_write_time(entry.path(), time);
}

LoadedForm load(const FormFolder& folder) {
  auto loaded = load_form(folder.path(), folder.texts(), folder.cache());
  EXPECT_TRUE(loaded) << describe(loaded.error());
  return std::move(loaded).value();
}

fs::path image_of(const FormFolder& folder) {
  return fs::directory_iterator(folder.cache())->path();
}

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

void put_bytes(const fs::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

TEST(LoadForm, MapsTheImageThatTheFirstLoadWrote) {
  const FormFolder folder;
  make_old(folder);
  EXPECT_TRUE(load(folder).was_compiled);
  const LoadedForm mapped = load(folder);
  EXPECT_FALSE(mapped.was_compiled);
  const FormCompilation direct = compile_form(folder.path(), folder.texts());
  EXPECT_EQ(mapped.form.structure_digest(), direct.form->structure_digest());
  ASSERT_EQ(mapped.form.questions().size(), direct.form->questions().size());
  for (std::uint32_t i = 0; i < mapped.form.questions().size(); ++i) {
    EXPECT_EQ(mapped.form.code(mapped.form.question(i)),
              direct.form->code(direct.form->question(i)));
    EXPECT_EQ(mapped.form.text(mapped.form.question(i).label, 1).value,
              direct.form->text(direct.form->question(i).label, 1).value);
  }
}

TEST(LoadForm, NamesTheImageByIdVersionAndPlace) {
  const FormFolder folder;
  load(folder);
  EXPECT_TRUE(image_of(folder).filename().string().starts_with("small-form-1.0.0-"))
      << image_of(folder);
  ASSERT_TRUE(load_form(folder.path() / ".." / "1.0.0", folder.texts(), folder.cache()));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.cache()), {}), 1);
}

TEST(LoadForm, WritesTheSameImageForTheSameSources) {
  const FormFolder folder;
  make_old(folder);
  load(folder);
  const std::string first = bytes_of(image_of(folder));
  fs::remove(image_of(folder));
  load(folder);
  EXPECT_TRUE(bytes_of(image_of(folder)) == first);
}

TEST(LoadForm, CompilesAnewWhenADeclarationChanged) {
  const FormFolder folder;
  make_old(folder);
  load(folder);
  folder.replace("texts/en/all.yaml", "Hammer", "Mallet");
  const LoadedForm changed = load(folder);
  EXPECT_TRUE(changed.was_compiled);
  EXPECT_EQ(changed.form.text("list.tools.hammer", 0).value, "Mallet");
}

TEST(LoadForm, CompilesAnewWhenAChangeShowsNeitherInSizeNorInTime) {
  const FormFolder folder;
  const fs::path file = folder.path() / "texts/en/all.yaml";
  // The image is no younger than the file, however slowly it is made: its time proves nothing.
  const auto time = fs::last_write_time(file) + std::chrono::hours(1);
  fs::last_write_time(file, time);
  load(folder);
  folder.replace("texts/en/all.yaml", "Hammer", "Mallet");
  fs::last_write_time(file, time);
  EXPECT_EQ(load(folder).form.text("list.tools.hammer", 0).value, "Mallet");
}

TEST(LoadForm, CompilesAnewWhenAFileCameOrWent) {
  const FormFolder folder;
  make_old(folder);
  load(folder);
  folder.write("texts/en/more.yaml", "extra.one: One\n");
  EXPECT_TRUE(load(folder).was_compiled);
  folder.write("texts/en/more.yaml", "");
  EXPECT_TRUE(load(folder).was_compiled);
}

TEST(LoadForm, CompilesAnewWhenACommonTextChanged) {
  const FormFolder folder;
  make_old(folder);
  load(folder);
  put_bytes(folder.texts() / "en" / "common.yaml",
            "list.yes-no: {\"yes\": \"Yes\", \"no\": \"No\"}\nverdict.blocked: Stopped\n");
  const LoadedForm changed = load(folder);
  EXPECT_TRUE(changed.was_compiled);
  EXPECT_EQ(changed.form.text("verdict.blocked", 0).value, "Stopped");
}

TEST(LoadForm, KeepsTheImageOfATouchedButUnchangedDeclaration) {
  const FormFolder folder;
  make_old(folder);
  load(folder);
  make_old(folder, std::chrono::minutes(10));
  EXPECT_FALSE(load(folder).was_compiled);
  const std::string renewed = bytes_of(image_of(folder));
  EXPECT_FALSE(load(folder).was_compiled);
  EXPECT_TRUE(bytes_of(image_of(folder)) == renewed) << "the new times were not noted";
}

TEST(LoadForm, CompilesAnewFromADamagedImage) {
  const FormFolder folder;
  make_old(folder);
  load(folder);
  const fs::path image = image_of(folder);
  const std::string good = bytes_of(image);
  for (std::size_t at = 0; at < good.size(); at = at < 512 ? at + 7 : at + good.size() / 97) {
    SCOPED_TRACE(at);
    std::string damaged = good;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x40);
    put_bytes(image, damaged);
    EXPECT_TRUE(load(folder).was_compiled);
    EXPECT_TRUE(bytes_of(image) == good) << "not mended";
  }
}

TEST(LoadForm, CompilesAnewFromWhatIsNoImage) {
  const FormFolder folder;
  make_old(folder);
  load(folder);
  const fs::path image = image_of(folder);
  const std::string good = bytes_of(image);
  std::string of_other_build = good;
  of_other_build[8] = static_cast<char>(of_other_build[8] + 1);
  for (const std::string& bytes :
       {std::string(), std::string("x"), good.substr(0, 40), good.substr(0, good.size() - 1),
        good + std::string(8, '\0'), std::string(4096, '\xff'), of_other_build}) {
    SCOPED_TRACE(bytes.size());
    put_bytes(image, bytes);
    EXPECT_TRUE(load(folder).was_compiled);
  }
}

TEST(LoadForm, WorksWithoutACache) {
  const FormFolder folder;
  const auto none = load_form(folder.path(), folder.texts(), {});
  ASSERT_TRUE(none);
  EXPECT_TRUE(none->was_compiled);
  put_bytes(folder.cache(), "a file where the folder should be");
  EXPECT_TRUE(load(folder).was_compiled);
  EXPECT_TRUE(load(folder).was_compiled);
}

TEST(LoadForm, SaysWhyThereIsNoForm) {
  const FormFolder folder;
  const auto missing = load_form(folder.path() / "nothing", folder.texts(), folder.cache());
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, Error::Kind::not_found);
  folder.replace("form.yaml", "status: proposal", "status: draft");
  const auto wrong = load_form(folder.path(), folder.texts(), folder.cache());
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().kind, Error::Kind::bad_input);
  EXPECT_EQ(wrong.error().what,
            "the form has 1 mistake: form.yaml:3: expected proposal or adopted, got \"draft\"");
}

TEST(LoadForm, OutlivesItsFileAndItsFirstOwner) {
  const FormFolder folder;
  make_old(folder);
  load(folder);
  std::optional<Form> copy;
  {
    const LoadedForm mapped = load(folder);
    copy = mapped.form;
  }
  fs::remove_all(folder.cache());
  EXPECT_EQ(copy->text(copy->question(0).label, 0).value, "Standing");
}

}  // namespace
}  // namespace cosp
