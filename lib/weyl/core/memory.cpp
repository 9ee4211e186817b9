// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/core/memory.hpp"

#include <algorithm>
#include <fstream>
#include <limits>
#include <string>

#include <sys/resource.h>

namespace weyl {

namespace {

/// The number of kibibytes after `wanted` in a file of /proc, in bytes.
double entry(const char* path, const std::string& wanted, double otherwise) {
  std::ifstream file(path);
  for (std::string key; file >> key;) {
    double kibibytes = 0;
    if (key == wanted && file >> kibibytes) {
      return 1024 * kibibytes;
    }
    file.ignore(1024, '\n');
  }
  return otherwise;
}

/// What a limit leaves beyond what is taken.
double left_of(decltype(RLIMIT_AS) resource, const char* taken) {
  rlimit limit{};
  if (getrlimit(resource, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) {
    return std::numeric_limits<double>::infinity();
  }
  return std::max(0.0, static_cast<double>(limit.rlim_cur) - entry("/proc/self/status", taken, 0));
}

} // namespace

double available_memory() {
  return std::min({entry("/proc/meminfo", "MemAvailable:", 1024.0 * 1024 * 1024), left_of(RLIMIT_AS, "VmSize:"),
                   left_of(RLIMIT_DATA, "VmData:")});
}

} // namespace weyl
