// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/core/memory.hpp"

#include <fstream>
#include <string>

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

} // namespace

double available_memory() { return entry("/proc/meminfo", "MemAvailable:", 1024.0 * 1024 * 1024); }

double resident_memory() { return entry("/proc/self/status", "VmRSS:", 0); }

} // namespace weyl
