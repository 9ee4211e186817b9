// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Loops over threads.

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace weyl {

/// Number of threads meant by `requested`: itself if positive, else one per hardware thread.
inline int thread_count(int requested) {
  const int hardware = static_cast<int>(std::thread::hardware_concurrency());
  return requested > 0 ? requested : (hardware > 0 ? hardware : 1);
}

/// Calls body(i) for every i in [0, count), handing out indices one at a time; for few, heavy pieces of work.
/// The first exception thrown by a body stops the handing out and is thrown again here.
template <class Body>
void parallel_tasks(std::size_t count, int threads, Body&& body) {
  const auto workers = std::min<std::size_t>(count, static_cast<std::size_t>(thread_count(threads)));
  if (workers <= 1) {
    for (std::size_t i = 0; i < count; ++i) {
      body(i);
    }
    return;
  }
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex guard;
  {
    std::vector<std::jthread> pool;
    for (std::size_t w = 0; w < workers; ++w) {
      pool.emplace_back([&] {
        try {
          for (std::size_t i = next++; i < count; i = next++) {
            body(i);
          }
        } catch (...) {
          const std::scoped_lock lock(guard);
          failure = failure ? failure : std::current_exception();
          next = count;
        }
      });
    }
  }
  if (failure) {
    std::rethrow_exception(failure);
  }
}

/// Calls body(begin, end) on about equal pieces of [0, count), one per thread; for many, light pieces of work.
template <class Body>
void parallel_ranges(std::size_t count, int threads, Body&& body) {
  constexpr std::size_t smallest_piece = 4096;
  const auto pieces =
      std::min<std::size_t>(static_cast<std::size_t>(thread_count(threads)), 1 + count / smallest_piece);
  parallel_tasks(pieces, static_cast<int>(pieces),
                 [&](std::size_t p) { body(count * p / pieces, count * (p + 1) / pieces); });
}

} // namespace weyl
