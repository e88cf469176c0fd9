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

TEST(Base64Url, GoesThereAndBack) {
  for (std::size_t length = 0; length < 70; ++length) {
    std::string bytes;
    for (std::size_t i = 0; i < length; ++i) bytes += static_cast<char>(i * 37 + length);
    const std::string text = base64url(bytes);
    EXPECT_EQ(text.find_first_of("+/="), std::string::npos);
    EXPECT_EQ(from_base64url(text), bytes);
  }
  EXPECT_EQ(base64url("\xFB\xEF\xFF"), "--__");
}

TEST(Base64Url, RefusesOtherCharactersAndCutText) {
  for (const std::string_view text :
       {"a", "ab=", "ab==", "a+bc", "a/bc", "ab c", "abcde", "ab\n"}) {
    SCOPED_TRACE(text);
    EXPECT_EQ(from_base64url(text), std::nullopt);
  }
}

}  // namespace
}  // namespace cosp
