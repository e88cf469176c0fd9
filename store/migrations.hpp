/// The schema, as numbered steps that are only ever added to.
#pragma once

#include <span>
#include <string_view>

namespace cosp {

/// Marks the file as ours ("cosp"); any other file is refused.
inline constexpr int kStoreApplicationId = 0x636F7370;

/// Step n (from 1) brings a store from version n-1 to n; its statements are run in one transaction.
std::span<const std::span<const std::string_view>> migrations();

}  // namespace cosp
