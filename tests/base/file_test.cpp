#include "base/file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/base/temporary_folder.hpp"

namespace cosp {
namespace {

namespace fs = std::filesystem;
using testing::TemporaryFolder;

constexpr std::uint64_t kPlenty = 1 << 20;

TEST(ReadFile, GivesBackWhatWasWrittenWithRoomBehind) {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "file";
  const std::string bytes{"a\0b\xFF\n", 5};
  ASSERT_TRUE(write_file(path, bytes));
  const Result<std::string> read = read_file(path, kPlenty, 64);
  ASSERT_TRUE(read) << describe(read.error());
  EXPECT_EQ(*read, bytes);
  EXPECT_GE(read->capacity(), read->size() + 64);
}

TEST(ReadFile, TellsWhatStandsInTheWay) {
  const TemporaryFolder folder;
  ASSERT_TRUE(write_file(folder.path() / "big", "12345"));
  ASSERT_EQ(::mkfifo((folder.path() / "pipe").c_str(), 0600), 0);

  EXPECT_TRUE(read_file(folder.path() / "big", 5));
  EXPECT_EQ(read_file(folder.path() / "big", 4).error().kind, Error::Kind::too_large);
  EXPECT_EQ(read_file(folder.path(), kPlenty).error().kind, Error::Kind::bad_input);
  EXPECT_EQ(read_file(folder.path() / "pipe", kPlenty).error().kind, Error::Kind::bad_input);
  EXPECT_EQ(read_file("/dev/zero", kPlenty).error().kind, Error::Kind::bad_input);
  const Error missing = read_file(folder.path() / "none", kPlenty).error();
  EXPECT_EQ(missing.kind, Error::Kind::not_found);
  EXPECT_EQ(missing.what, "cannot open file: No such file or directory");
  EXPECT_EQ(missing.where, (folder.path() / "none").string());
}

TEST(WriteFile, ReplacesTheContentAndKeepsTheMode) {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "file";
  ASSERT_TRUE(write_file(path, "old and longer"));
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
  ASSERT_TRUE(write_file(path, "new"));
  EXPECT_EQ(*read_file(path, kPlenty), "new");
  EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(TemporaryFolder::entries(folder.path()), 1);
}

TEST(WriteFile, LeavesNothingBehindOnFailure) {
  const TemporaryFolder folder;
  EXPECT_EQ(write_file(folder.path() / "no" / "file", "x").error().kind, Error::Kind::not_found);
  EXPECT_EQ(write_file(folder.path(), "x").error().kind, Error::Kind::io);
  EXPECT_EQ(TemporaryFolder::entries(folder.path()), 0);
}

TEST(WriteFile, ReportsAFullDisk) {
  const Result<void> written = write_file("/dev/full", "x");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, Error::Kind::io);
  EXPECT_EQ(written.error().what, "cannot write file: No space left on device");
}

TEST(MappedFile, ShowsTheBytesAndSurvivesAMove) {
  const TemporaryFolder folder;
  ASSERT_TRUE(write_file(folder.path() / "file", "content"));
  Result<MappedFile> opened = MappedFile::open(folder.path() / "file");
  ASSERT_TRUE(opened) << describe(opened.error());
  const MappedFile moved = *std::move(opened);
  EXPECT_EQ(moved.bytes(), "content");
}

TEST(MappedFile, TakesAnEmptyFileAndRefusesOthers) {
  const TemporaryFolder folder;
  ASSERT_TRUE(write_file(folder.path() / "empty", ""));
  ASSERT_TRUE(write_file(folder.path() / "big", "12345"));
  EXPECT_EQ(MappedFile::open(folder.path() / "empty")->bytes(), "");
  EXPECT_EQ(MappedFile::open(folder.path() / "none").error().kind, Error::Kind::not_found);
  EXPECT_EQ(MappedFile::open(folder.path()).error().kind, Error::Kind::bad_input);
  EXPECT_EQ(MappedFile::open(folder.path() / "big", 4).error().kind, Error::Kind::too_large);
}

}  // namespace
}  // namespace cosp
