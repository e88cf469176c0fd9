/// Random numbers that are the same on every machine for the same seed.
#pragma once

#include <cstdint>
#include <string_view>

namespace cosp {

/// SplitMix64. The standard distributions differ between libraries, so drawing is done here.
class SampleRandom {
 public:
  explicit SampleRandom(std::uint64_t seed) : state_(seed) {}
  /// A stream of its own for each name, so that adding a State changes no other.
  SampleRandom(std::uint64_t seed, std::string_view name) : state_(seed) {
    for (const char c : name) state_ = next() ^ static_cast<unsigned char>(c);
  }

  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ull);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
  }
  /// 0 to count-1; `count` above 0.
  std::uint32_t below(std::uint32_t count) { return static_cast<std::uint32_t>(next() % count); }
  std::int64_t between(std::int64_t least, std::int64_t most) {
    return least + static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(most - least + 1));
  }
  bool chance(std::uint32_t per_cent) { return below(100) < per_cent; }

 private:
  std::uint64_t state_;
};

}  // namespace cosp
