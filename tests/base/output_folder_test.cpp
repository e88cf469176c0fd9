#include <gtest/gtest.h>

#include "base/file.hpp"
#include "tests/base/temporary_folder.hpp"

namespace cosp {
namespace {

namespace fs = std::filesystem;
using testing::TemporaryFolder;

constexpr std::string_view kManifest = "{\"format\": \"cosp-manifest/1\"}";

Result<void> produce(const fs::path& target, std::string_view content) {
  Result<OutputFolder> folder = OutputFolder::create(target);
  if (!folder) return folder.error();
  if (Result<void> written = folder->write("manifest.json", kManifest); !written) return written;
  if (Result<void> written = folder->write("public/table.csv", content); !written) return written;
  return folder->commit();
}

TEST(OutputFolder, AppearsWholeAtCommit) {
  const TemporaryFolder parent;
  const fs::path target = parent.path() / "new" / "out";
  Result<OutputFolder> folder = OutputFolder::create(target);
  ASSERT_TRUE(folder) << describe(folder.error());
  ASSERT_TRUE(folder->write("manifest.json", kManifest));
  EXPECT_FALSE(fs::exists(target));
  ASSERT_TRUE(folder->commit());
  EXPECT_EQ(*read_file(target / "manifest.json", 100), kManifest);
  EXPECT_EQ(TemporaryFolder::entries(target.parent_path()), 1);
}

TEST(OutputFolder, ReplacesOneOfOurs) {
  const TemporaryFolder parent;
  const fs::path target = parent.path() / "out";
  ASSERT_TRUE(produce(target, "first"));
  ASSERT_TRUE(write_file(target / "public" / "gone.csv", "x"));
  ASSERT_TRUE(produce(target, "second"));
  EXPECT_EQ(*read_file(target / "public" / "table.csv", 100), "second");
  EXPECT_FALSE(fs::exists(target / "public" / "gone.csv"));
  EXPECT_EQ(TemporaryFolder::entries(parent.path()), 1);
}

TEST(OutputFolder, FillsAnEmptyFolderAndFollowsALink) {
  const TemporaryFolder parent;
  fs::create_directory(parent.path() / "empty");
  fs::create_directory_symlink("empty", parent.path() / "link");
  ASSERT_TRUE(produce(parent.path() / "link/", "x"));
  EXPECT_TRUE(fs::is_symlink(parent.path() / "link"));
  EXPECT_TRUE(fs::exists(parent.path() / "empty" / "manifest.json"));
}

TEST(OutputFolder, TouchesNoFolderThatIsNotOurs) {
  const TemporaryFolder parent;
  ASSERT_TRUE(write_file(parent.path() / "letter.txt", "dear"));
  const Result<void> produced = produce(parent.path(), "x");
  ASSERT_FALSE(produced);
  EXPECT_EQ(produced.error().kind, Error::Kind::bad_input);
  EXPECT_EQ(produce(parent.path() / "letter.txt", "x").error().kind, Error::Kind::bad_input);
  EXPECT_EQ(TemporaryFolder::entries(parent.path()), 1);
}

TEST(OutputFolder, TakesAManifestOfAnotherProgramForNoneOfOurs) {
  const TemporaryFolder parent;
  ASSERT_TRUE(write_file(parent.path() / "manifest.json", "{\"name\": \"an extension\"}"));
  EXPECT_FALSE(OutputFolder::is_ours(parent.path()));
  EXPECT_EQ(produce(parent.path(), "x").error().kind, Error::Kind::bad_input);
  EXPECT_EQ(*read_file(parent.path() / "manifest.json", 100), "{\"name\": \"an extension\"}");
}

TEST(OutputFolder, SweepsTheWorkOfDeadProcessesAndOfNoOther) {
  const TemporaryFolder parent;
  // No process has a number above the kernel's limit; process 1 always lives.
  const fs::path dead = parent.path() / ".cosp-999999999-0.tmp";
  const fs::path living = parent.path() / ".cosp-1-0.tmp";
  const fs::path other = parent.path() / ".cosp-999999999-0.tmp.keep";
  for (const fs::path& path : {dead, living, other}) fs::create_directories(path / "public");
  ASSERT_TRUE(produce(parent.path() / "out", "x"));
  EXPECT_FALSE(fs::exists(dead));
  EXPECT_TRUE(fs::exists(living));
  EXPECT_TRUE(fs::exists(other));
}

TEST(OutputFolder, ShowsNobodyWhatIsBeingMade) {
  const TemporaryFolder parent;
  Result<OutputFolder> folder = OutputFolder::create(parent.path() / "out");
  ASSERT_TRUE(folder);
  const fs::perms others = fs::perms::group_all | fs::perms::others_all;
  EXPECT_EQ(fs::status(folder->staging()).permissions() & others, fs::perms::none);
}

TEST(OutputFolder, SeesWhatCameIntoTheTargetMeanwhile) {
  const TemporaryFolder parent;
  const fs::path target = parent.path() / "out";
  {
    Result<OutputFolder> folder = OutputFolder::create(target);
    ASSERT_TRUE(folder);
    ASSERT_TRUE(folder->write("manifest.json", "{}"));
    fs::create_directory(target);
    ASSERT_TRUE(write_file(target / "letter.txt", "dear"));
    EXPECT_EQ(folder->commit().error().kind, Error::Kind::bad_input);
  }
  EXPECT_EQ(*read_file(target / "letter.txt", 100), "dear");
  EXPECT_EQ(TemporaryFolder::entries(parent.path()), 1);
}

TEST(OutputFolder, LeavesNothingWithoutACommit) {
  const TemporaryFolder parent;
  {
    Result<OutputFolder> folder = OutputFolder::create(parent.path() / "out");
    ASSERT_TRUE(folder);
    ASSERT_TRUE(folder->write("a/b", "x"));
    const OutputFolder moved = *std::move(folder);
    EXPECT_TRUE(fs::exists(moved.staging() / "a" / "b"));
  }
  EXPECT_EQ(TemporaryFolder::entries(parent.path()), 0);
}

TEST(OutputFolder, RefusesPathsThatLeaveIt) {
  const TemporaryFolder parent;
  Result<OutputFolder> folder = OutputFolder::create(parent.path() / "out");
  ASSERT_TRUE(folder);
  for (const char* path : {"../x", "a/../../x", "/etc/x", "", ".", "a/"}) {
    SCOPED_TRACE(path);
    const Result<void> written = folder->write(path, "x");
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().kind, Error::Kind::bad_input);
  }
  EXPECT_EQ(folder->commit().error().kind, Error::Kind::bad_input) << "no manifest was written";
}

}  // namespace
}  // namespace cosp
