// SPDX-License-Identifier: GPL-3.0-or-later
// count_weyl PENCIL TARGET: one count N(λ) by weyl::EigenvalueCounter at a λ with about TARGET eigenvalues below it.
// A count also looks whether λ is an eigenvalue to rounding, which the others' do not.

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "measure.hpp"
#include "pencil_file.hpp"
#include "weyl/weyl.hpp"

namespace {

/// A λ with N(λ) within 8 % of `target`: far enough to find one between two multiplets of a sphere.
double lambda_near(const weyl::EigenvalueCounter& counter, std::int64_t target) {
  double low = 0;
  double high = std::numeric_limits<double>::infinity();
  double lambda = weyl::spectral_scale(counter.pencil());
  for (int attempt = 0; attempt < 100; ++attempt) {
    const auto off = static_cast<double>(counter.at(lambda).below - target);
    if (std::abs(off) <= 0.08 * static_cast<double>(target)) {
      return lambda;
    }
    (off < 0 ? low : high) = lambda;
    lambda = std::isinf(high) ? 4 * lambda : (low + high) / 2;
  }
  throw std::runtime_error("no λ with about that many eigenvalues below it");
}

void run(const std::string& path, std::int64_t target) {
  const peers::PencilFile file = peers::read_pencil(path);
  const weyl::Pencil pencil{view(file, file.stiffness), view(file, file.mass), file.dimension};
  const peers::Stopwatch watch;
  const weyl::EigenvalueCounter counter(pencil, {.threads = 1});
  const double analysis = watch.seconds();
  const double lambda = lambda_near(counter, target);
  std::int64_t count = 0;
  const double seconds = peers::best_of(5, [&] { count = counter.at(lambda).below; });
  peers::print({{"solver", "weyl"},
                {"version", weyl::version()},
                {"n", file.size()},
                {"lambda", lambda},
                {"count", count},
                {"seconds", seconds},
                {"analysis_seconds", analysis},
                {"memory", peers::peak_memory()},
                {"blas", peers::mapped_blas()}});
}

} // namespace

int main(int argc, char** argv) {
  return peers::run_main([&] {
    if (argc != 3) {
      throw std::runtime_error("usage: count_weyl PENCIL TARGET");
    }
    run(argv[1], std::stoll(argv[2]));
  });
}
