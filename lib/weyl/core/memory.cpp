// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/core/memory.hpp"

#include <fstream>
#include <string>

namespace weyl {

double available_memory() {
  std::ifstream file("/proc/meminfo");
  for (std::string key; file >> key;) {
    double kibibytes = 0;
    if (key == "MemAvailable:" && file >> kibibytes) {
      return 1024 * kibibytes;
    }
    file.ignore(1024, '\n');
  }
  return 1024.0 * 1024 * 1024;
}

} // namespace weyl
