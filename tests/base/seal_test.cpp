#include "base/seal.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "base/file.hpp"
#include "tests/base/temporary_folder.hpp"

namespace cosp {
namespace {

namespace fs = std::filesystem;

TEST(Seal, OpensWithKeyAndAssociatedTextOnly) {
  const SealKey key = make_key();
  const std::string sealed = seal("name@example.org", key, "record-1");
  EXPECT_EQ(sealed.size(), 16U + 40U);
  EXPECT_EQ(*open_sealed(sealed, key, "record-1"), "name@example.org");
  EXPECT_FALSE(open_sealed(sealed, key, "record-2"));
  EXPECT_FALSE(open_sealed(sealed, make_key(), "record-1"));
}

TEST(Seal, ShowsAnyChangeOrCut) {
  const SealKey key = make_key();
  const std::string sealed = seal("text", key, "");
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(open_sealed(changed, key, "")) << "byte " << i;
    EXPECT_FALSE(open_sealed(std::string_view{sealed}.substr(0, i), key, "")) << "cut at " << i;
  }
}

TEST(Seal, HidesThatTwoTextsAreTheSame) {
  const SealKey key = make_key();
  EXPECT_NE(seal("text", key, ""), seal("text", key, ""));
}

TEST(Seal, TakesTheEmptyText) {
  const SealKey key = make_key();
  EXPECT_EQ(*open_sealed(seal("", key, ""), key, ""), "");
}

TEST(RandomToken, IsLongAndNeverTheSame) {
  EXPECT_EQ(random_token().size(), 43U);
  EXPECT_NE(random_token(), random_token());
}

TEST(EqualConstantTime, ComparesContentAndLength) {
  EXPECT_TRUE(equal_constant_time("abc", "abc"));
  EXPECT_TRUE(equal_constant_time("", ""));
  EXPECT_FALSE(equal_constant_time("abc", "abd"));
  EXPECT_FALSE(equal_constant_time("abc", "abcd"));
}

TEST(KeyFile, IsMadeOnceForItsOwnerOnlyAndReadAgain) {
  const testing::TemporaryFolder folder;
  const fs::path path = folder.path() / "key";
  const Result<SealKey> made = load_or_create_key(path);
  ASSERT_TRUE(made) << describe(made.error());
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_EQ(load_or_create_key(path)->bytes, made->bytes);
  EXPECT_EQ(testing::TemporaryFolder::entries(folder.path()), 1);
}

TEST(KeyFile, IsRefusedWhenOthersMayReadItOrItIsNoKey) {
  const testing::TemporaryFolder folder;
  const fs::path path = folder.path() / "key";
  ASSERT_TRUE(load_or_create_key(path));
  fs::permissions(path, fs::perms::group_read, fs::perm_options::add);
  EXPECT_EQ(load_or_create_key(path).error().kind, Error::Kind::bad_input);

  ASSERT_TRUE(write_file(folder.path() / "short", "0123"));
  EXPECT_EQ(load_or_create_key(folder.path() / "short").error().kind, Error::Kind::bad_input);
  EXPECT_EQ(load_or_create_key(folder.path() / "no" / "key").error().kind, Error::Kind::io);
}

}  // namespace
}  // namespace cosp
