/// Work on many things by several threads at once.
#pragma once

#include <cstddef>
#include <functional>

namespace cosp {

/// Does the work for one index.
using IndexedWork = std::function<void(std::size_t index)>;

/// Calls, for each index below `count` once, the work of one of at most `jobs` threads (0: as many
/// as the machine has cores; 1: this one alone). `make_work` is called once in each thread, for
/// what threads cannot share. Indices are begun in their order. What is thrown ends the work of all
/// threads, and the first of it is thrown on, after they have ended.
void in_parallel(std::size_t count, unsigned jobs, const std::function<IndexedWork()>& make_work);

}  // namespace cosp
