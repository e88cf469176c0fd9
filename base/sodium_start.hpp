#pragma once

namespace cosp {

/// Makes libsodium ready, once per process; every function that calls it starts with this. Throws
/// std::runtime_error where the system gives no randomness. For base/ only.
void start_sodium();

}  // namespace cosp
