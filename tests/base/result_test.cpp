#include "base/result.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace cosp {
namespace {

Result<int> half(int number) {
  if (number % 2 != 0) return Error{Error::Kind::bad_input, "number is odd", "line 3"};
  return number / 2;
}

TEST(Result, HoldsTheValueOrTheError) {
  EXPECT_TRUE(half(4));
  EXPECT_EQ(*half(4), 2);
  const Result<int> failed = half(3);
  ASSERT_FALSE(failed.has_value());
  EXPECT_EQ(failed.error().kind, Error::Kind::bad_input);
}

TEST(Result, MovesValuesThatCannotBeCopied) {
  Result<std::unique_ptr<int>> made = std::make_unique<int>(7);
  const std::unique_ptr<int> taken = *std::move(made);
  EXPECT_EQ(*taken, 7);
}

TEST(Result, ThrowsWhenAFailedOneIsRead) {
  EXPECT_THROW(static_cast<void>(half(3).value()), std::bad_variant_access);
  EXPECT_THROW(static_cast<void>(half(4).error()), std::bad_variant_access);
}

TEST(Result, OfNothingIsSuccessUnlessGivenAnError) {
  EXPECT_TRUE(Result<void>{});
  const Result<void> failed = Error{Error::Kind::io, "disk is full", ""};
  EXPECT_FALSE(failed);
}

TEST(Describe, PutsThePlaceInFront) {
  EXPECT_EQ(describe({Error::Kind::io, "disk is full", "a/b.json"}), "a/b.json: disk is full");
  EXPECT_EQ(describe({Error::Kind::io, "disk is full", ""}), "disk is full");
}

}  // namespace
}  // namespace cosp
