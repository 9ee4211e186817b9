// SPDX-License-Identifier: GPL-3.0-or-later
// bandwidth [THREADS]: memory bandwidth in GB/s, of the triad a = b + s·c (which the cores may count as four streams,
// not three: the line of `a` is read before it is written) and of summing an array.

#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "measure.hpp"

namespace {

constexpr std::int64_t size = 1 << 26; // 512 MiB an array: beyond any cache

/// Seconds that `body(begin, end)` takes for all of an array in `threads` parts.
double split(int threads, const std::function<void(std::int64_t, std::int64_t)>& body) {
  return peers::best_of(5, [&] {
    std::vector<std::jthread> running;
    for (int t = 0; t < threads; ++t) {
      running.emplace_back(body, size * t / threads, size * (t + 1) / threads);
    }
  });
}

} // namespace

int main(int argc, char** argv) {
  return peers::run_main([&] {
    const int threads = argc > 1 ? std::stoi(argv[1]) : 1;
    std::vector<double> a(size, 1.0);
    std::vector<double> b(size, 2.0);
    std::vector<double> c(size, 3.0);
    const double triad = split(threads, [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t i = begin; i < end; ++i) {
        a[i] = b[i] + 0.5 * c[i];
      }
    });
    const double read = split(threads, [&](std::int64_t begin, std::int64_t end) {
      double sums[8] = {}; // independent, so that the additions do not wait for each other
      for (std::int64_t i = begin; i + 8 <= end; i += 8) {
        for (int j = 0; j < 8; ++j) {
          sums[j] += a[i + j];
        }
      }
      volatile double sink = sums[0] + sums[1] + sums[2] + sums[3] + sums[4] + sums[5] + sums[6] + sums[7];
      (void)sink;
    });
    peers::print({{"threads", threads},
                  {"triad_GB_per_s", 3e-9 * sizeof(double) * size / triad},
                  {"read_GB_per_s", 1e-9 * sizeof(double) * size / read}});
  });
}
