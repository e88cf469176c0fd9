#include "base/parallel.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

namespace cosp {
namespace {

TEST(InParallel, DoesEachIndexOnce) {
  constexpr std::size_t kCount = 1'000;
  for (const unsigned jobs : {0u, 1u, 3u, 50u}) {
    std::vector<std::atomic<int>> done(kCount);
    std::atomic<unsigned> makers{0};
    in_parallel(kCount, jobs, [&]() -> IndexedWork {
      ++makers;
      return [&](std::size_t index) { ++done[index]; };
    });
    for (std::size_t i = 0; i < kCount; ++i) EXPECT_EQ(done[i], 1) << i;
    EXPECT_GE(makers, 1u);
    EXPECT_LE(makers, jobs == 0 ? kCount : jobs);
  }
}

TEST(InParallel, MakesNothingForNothing) {
  in_parallel(0, 4, []() -> IndexedWork { throw std::logic_error("not called"); });
}

TEST(InParallel, ThrowsOnWhatIsThrownAndBeginsNoMore) {
  for (const unsigned jobs : {1u, 4u}) {
    std::atomic<std::size_t> done{0};
    const auto work = [&]() -> IndexedWork {
      return [&](std::size_t index) {
        if (index == 10) throw std::runtime_error("tenth");
        ++done;
      };
    };
    EXPECT_THROW(in_parallel(1'000'000, jobs, work), std::runtime_error);
    EXPECT_LT(done, 1'000'000u);
  }
}

}  // namespace
}  // namespace cosp
