// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// What every runner reports beside its answer: time, memory, and which BLAS the process really has.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <fstream>
#include <limits>
#include <set>
#include <stdexcept>
#include <string>

#include <nlohmann/json.hpp>
#include <sys/resource.h>

namespace peers {

class Stopwatch {
public:
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// The shortest of several runs of `body`, in seconds.
template <class Body>
double best_of(int runs, Body body) {
  double best = std::numeric_limits<double>::infinity();
  for (int i = 0; i < runs; ++i) {
    const Stopwatch watch;
    body();
    best = std::min(best, watch.seconds());
  }
  return best;
}

/// Bytes, of this process since it began.
inline double peak_memory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return 1024.0 * static_cast<double>(usage.ru_maxrss);
}

/// The BLAS and LAPACK libraries that are mapped into this process: LD_LIBRARY_PATH may or may not have had its way.
inline std::set<std::string> mapped_blas() {
  std::set<std::string> found;
  std::ifstream maps("/proc/self/maps");
  for (std::string line; std::getline(maps, line);) {
    const auto path = line.find('/');
    const auto name = line.rfind('/');
    if (path == std::string::npos) {
      continue;
    }
    for (const char* library : {"libblas.", "liblapack.", "libopenblas", "libblis", "libmkl"}) {
      if (line.compare(name + 1, std::string(library).size(), library) == 0) {
        found.insert(line.substr(path));
      }
    }
  }
  return found;
}

/// One value a line, to the last digit.
template <class Values>
void write_values(const std::string& path, const Values& values) {
  std::FILE* file = std::fopen(path.c_str(), "w");
  if (file == nullptr) {
    throw std::runtime_error(path + ": cannot be written");
  }
  for (const double value : values) {
    std::fprintf(file, "%.17g\n", value);
  }
  std::fclose(file);
}

/// One JSON object a line on standard output.
inline void print(const nlohmann::json& line) {
  std::puts(line.dump().c_str());
  std::fflush(stdout);
}

/// Runs a program's body; an error becomes one line on standard error.
template <class Body>
int run_main(Body body) {
  try {
    body();
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "error: %s\n", error.what());
    return 1;
  }
}

} // namespace peers
