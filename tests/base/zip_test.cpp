#include "base/zip.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/archive.hpp"

namespace cosp {
namespace {

using test::zip_of;
using testing::ElementsAre;

std::variant<ZipReader, ZipFault> open(std::string_view bytes, const ZipLimits& limits = {}) {
  return ZipReader::open(bytes, limits);
}

ZipFault::Kind fault_of(std::string_view bytes, const ZipLimits& limits = {}) {
  const auto opened = open(bytes, limits);
  const auto* fault = std::get_if<ZipFault>(&opened);
  EXPECT_TRUE(fault);
  return fault == nullptr ? ZipFault::Kind::missing : fault->kind;
}

TEST(ZipReader, UnpacksEntriesByNameWhateverTheirCase) {
  const std::string bytes = zip_of({{"A/b.xml", "content"}, {"c", std::string(200'000, 'x')}});
  auto opened = open(bytes);
  auto& zip = std::get<ZipReader>(opened);
  EXPECT_TRUE(zip.has("a/B.XML"));
  EXPECT_FALSE(zip.has("b.xml"));
  EXPECT_EQ(std::get<std::string>(zip.read_whole("a/b.xml", 100)), "content");
  EXPECT_EQ(std::get<std::string>(zip.read_whole("c", 1'000'000)).size(), 200'000);
  std::vector<std::string> names;
  zip.visit_names([&](std::string_view name) { names.emplace_back(name); });
  EXPECT_THAT(names, ElementsAre("A/b.xml", "c"));
  EXPECT_EQ(std::get<ZipFault>(zip.read_whole("none", 1)).kind, ZipFault::Kind::missing);
}

TEST(ZipReader, StopsWhenItsReaderHasEnough) {
  const std::string bytes = zip_of({{"a", std::string(1'000'000, 'x')}});
  auto opened = open(bytes);
  int pieces = 0;
  EXPECT_FALSE(
      std::get<ZipReader>(opened).read("a", [&](std::string_view) { return ++pieces < 2; }));
  EXPECT_EQ(pieces, 2);
}

TEST(ZipReader, CountsWhatItUnpacksOverAllEntries) {
  ZipLimits limits;
  limits.unpacked_bytes = 150'000;
  const std::string bytes =
      zip_of({{"a", std::string(100'000, 'x')}, {"b", std::string(100'000, 'y')}});
  auto opened = open(bytes, limits);
  auto& zip = std::get<ZipReader>(opened);
  EXPECT_TRUE(std::holds_alternative<std::string>(zip.read_whole("a", 1'000'000)));
  EXPECT_EQ(std::get<ZipFault>(zip.read_whole("b", 1'000'000)).kind, ZipFault::Kind::too_large);
}

TEST(ZipReader, RefusesWhatSwellsTooMuch) {
  const std::string bytes = zip_of({{"a", std::string(20u << 20, '\0')}});
  auto opened = open(bytes);
  std::uint64_t seen = 0;
  const auto fault = std::get<ZipReader>(opened).read("a", [&](std::string_view piece) {
    seen += piece.size();
    return true;
  });
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->kind, ZipFault::Kind::too_large);
  EXPECT_LT(seen, 16u << 20);
}

TEST(ZipReader, RefusesNamesThatLeadElsewhere) {
  for (const char* name : {"/a", "../a", "a/../../b", "a\\..\\b", "C:a"})
    EXPECT_EQ(fault_of(zip_of({{name, "x"}})), ZipFault::Kind::bad_name) << name;
  EXPECT_EQ(fault_of(zip_of({{"a", "x"}, {"A", "y"}})), ZipFault::Kind::duplicate_name);
}

TEST(ZipReader, TellsWhatIsNoWholeArchive) {
  const std::string bytes = zip_of({{"a", "some content"}});
  EXPECT_EQ(fault_of(""), ZipFault::Kind::not_zip);
  EXPECT_EQ(fault_of("plain text"), ZipFault::Kind::not_zip);
  for (const std::size_t size : {std::size_t{5}, bytes.size() / 2})
    EXPECT_EQ(fault_of(std::string_view(bytes).substr(0, size)), ZipFault::Kind::cut) << size;
  std::string broken = bytes;
  broken[bytes.size() - 6] ^= 0x55;  // where the directory begins
  EXPECT_EQ(fault_of(broken), ZipFault::Kind::damaged);
}

TEST(ZipReader, NoticesContentThatWasChanged) {
  std::string bytes = zip_of({{"a", "some content"}}, true);
  bytes[bytes.find("some content")] = 'S';
  auto opened = open(bytes);
  EXPECT_EQ(std::get<ZipFault>(std::get<ZipReader>(opened).read_whole("a", 100)).kind,
            ZipFault::Kind::damaged);
}

TEST(ZipReader, RefusesMoreEntriesThanItWouldKeep) {
  test::Parts parts;
  for (int i = 0; i < 50; ++i) parts.emplace_back("part" + std::to_string(i), "");
  ZipLimits limits;
  limits.entries = 49;
  EXPECT_EQ(fault_of(zip_of(parts), limits), ZipFault::Kind::too_large);
  // A directory that promises millions, with nothing in it.
  std::string liar = zip_of({{"a", "x"}});
  liar[liar.size() - 12] = liar[liar.size() - 11] = '\xFF';
  EXPECT_EQ(fault_of(liar), ZipFault::Kind::too_large);
}

TEST(ZipReader, RefusesEncryptedEntries) {
  std::string bytes = zip_of({{"a", "some content"}}, true);
  // The flag of encryption, in the entry and in the directory.
  bytes[6] |= 1;
  bytes[bytes.find("PK\x01\x02") + 8] |= 1;
  EXPECT_EQ(fault_of(bytes), ZipFault::Kind::encrypted);
}

}  // namespace
}  // namespace cosp
