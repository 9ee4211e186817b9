// SPDX-License-Identifier: GPL-3.0-or-later
// Why there is a block Lanczos of our own: the same pairs of the same pencil over the same factorization, by it and by
// Spectra's single-vector iteration. Run: build/release/bin/bench_eigenpairs

#include <cmath>
#include <map>
#include <memory>

#include <Spectra/SymGEigsShiftSolver.h>
#include <benchmark/benchmark.h>

#include "weyl/weyl.hpp"

namespace {

using namespace weyl;

/// A sphere's pencil and its factorization at the definite shift that `eigenpairs` uses.
struct Problem {
  explicit Problem(double size)
      : pencil(laplacian(make_sphere(1, size)).pencil), shift(-spectral_scale(pencil)),
        factor(std::make_shared<Analysis>(analyse(pencil.stiffness)), shifted(pencil, shift)) {}

  Pencil pencil;
  double shift;
  Ldlt factor;
};

const Problem& problem(std::int64_t vertices) {
  static std::map<std::int64_t, std::unique_ptr<Problem>> made;
  auto& entry = made[vertices];
  if (!entry) {
    entry = std::make_unique<Problem>(4.2 / std::sqrt(static_cast<double>(vertices)));
  }
  return *entry;
}

struct Solve {
  using Scalar = double;
  const Ldlt& factor;
  Eigen::Index n;
  [[nodiscard]] Eigen::Index rows() const { return n; }
  [[nodiscard]] Eigen::Index cols() const { return n; }
  void set_shift(double /*sigma*/) {}
  void perform_op(const double* x, double* y) const {
    Eigen::Map<Eigen::VectorXd> result(y, n);
    result = Eigen::Map<const Eigen::VectorXd>(x, n);
    factor.solve(result);
  }
};

struct Multiply {
  using Scalar = double;
  const SparseMatrix& mass;
  [[nodiscard]] Eigen::Index rows() const { return mass.rows(); }
  [[nodiscard]] Eigen::Index cols() const { return mass.rows(); }
  void perform_op(const double* x, double* y) const {
    Eigen::Map<Eigen::VectorXd>(y, rows()).noalias() = mass * Eigen::Map<const Eigen::VectorXd>(x, rows());
  }
};

Eigen::VectorXd by_spectra(const Problem& p, std::int64_t count) {
  Solve solve{p.factor, p.pencil.size()};
  Multiply multiply{p.pencil.mass};
  Spectra::SymGEigsShiftSolver<Solve, Multiply, Spectra::GEigsMode::ShiftInvert> solver(solve, multiply, count,
                                                                                        2 * count, p.shift);
  solver.init();
  solver.compute(Spectra::SortRule::LargestMagn, 300, 1e-9, Spectra::SortRule::SmallestAlge);
  benchmark::DoNotOptimize(solver.eigenvectors());
  return solver.eigenvalues();
}

Eigen::VectorXd by_blocks(const Problem& p, std::int64_t count) {
  RitzPairs pairs = block_lanczos(p.pencil, p.factor, p.shift, count, Eigen::MatrixXd(p.pencil.size(), 0));
  std::sort(pairs.values.begin(), pairs.values.end());
  return pairs.values;
}

template <class Method>
void run(benchmark::State& state, Method method) {
  const Problem& p = problem(state.range(0));
  const std::int64_t count = state.range(1);
  Eigen::VectorXd values;
  for (auto _ : state) {
    values = method(p, count);
  }
  const Eigen::VectorXd reference = by_blocks(p, count);
  const bool agree =
      values.size() == count && (values - reference).cwiseAbs().maxCoeff() <= 1e-7 * reference[count - 1];
  state.counters["agree"] = agree ? 1 : 0; // 0 where one of them lost a copy
}

void spectra(benchmark::State& state) { run(state, by_spectra); }
void blocks(benchmark::State& state) { run(state, by_blocks); }

} // namespace

// Vertices and number of pairs, complete multiplets of the sphere.
#define CASES ->Args({40000, 49})->Args({40000, 196})->Unit(benchmark::kSecond)->UseRealTime()->Iterations(1)
BENCHMARK(blocks) CASES;
BENCHMARK(spectra) CASES;
BENCHMARK_MAIN();
