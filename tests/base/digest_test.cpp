#include "base/digest.hpp"

#include <gtest/gtest.h>

#include <string>

namespace cosp {
namespace {

TEST(Sha256, GivesThePublishedDigests) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Sha256, TakesBytesInPieces) {
  const std::string text(1'000, 'x');
  Sha256 hash;
  for (std::size_t i = 0; i < text.size(); i += 7) hash.update(std::string_view{text}.substr(i, 7));
  EXPECT_EQ(hash.finish_hex(), sha256_hex(text));
}

TEST(FastChecksum, IsTheSameOnEveryMachine) {
  EXPECT_EQ(fast_checksum("cosp"), fast_checksum(std::string{"cosp"}));
  EXPECT_NE(fast_checksum("cosp"), fast_checksum("cosq"));
  EXPECT_NE(fast_checksum(""), 0U);
}

TEST(Base64Url, NeedsNoEscapingAndNoPadding) {
  EXPECT_EQ(base64url(""), "");
  EXPECT_EQ(base64url("\xFB\xEF\xFF"), "--__");
  // RFC 4648, section 10, without its padding.
  EXPECT_EQ(base64url("f"), "Zg");
  EXPECT_EQ(base64url("fo"), "Zm8");
  EXPECT_EQ(base64url("foobar"), "Zm9vYmFy");
}

}  // namespace
}  // namespace cosp
