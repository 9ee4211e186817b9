// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/eigen/count.hpp"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <random>

#include "weyl/core/error.hpp"
#include "weyl/core/memory.hpp"
#include "weyl/core/parallel.hpp"
#include "weyl/eigen/ldlt.hpp"
#include "weyl/eigen/mumps.hpp"

namespace weyl {

namespace {

/// An unpivoted factorization with this growth g moves an eigenvalue by about u·g·s, s = `spectral_scale` (its backward
/// error u·g·max|A| acts on a few entries, where an M-normalized eigenvector has squares of order 1/(n·mean M_jj)):
/// 10⁻¹⁰·s, a tenth of `rounding`.
constexpr double growth_limit = 1e6;

/// With a growth beyond this a factorization cannot even tell whether an eigenvalue is near.
constexpr double useless_growth = 1e12;

Eigen::VectorXd random_vector(Eigen::Index n, unsigned seed) {
  std::mt19937_64 generator(seed);
  std::normal_distribution<double> normal;
  return Eigen::VectorXd::NullaryExpr(n, [&] { return normal(generator); });
}

/// Whether an eigenvalue lies within `distance` of the shift σ of `factor`. One step of inverse iteration from a random
/// x amplifies the nearest eigenvector by 1/|λ_j − σ|; ‖x‖/‖A⁻¹Mx‖ (M-norms) is at most √n/g times the distance, g
/// standard normal. A second step removes the √n.
bool eigenvalue_within(double distance, const Ldlt& factor, const Pencil& pencil, unsigned seed) {
  const auto n = static_cast<double>(pencil.size());
  constexpr double unlikely = 1e3; // P(|g| < 1e-3) < 1e-3
  Eigen::VectorXd x = random_vector(pencil.size(), seed);
  double margin = unlikely * std::sqrt(n);
  for (int step = 0; step < 2; ++step) {
    Eigen::VectorXd y = pencil.mass * x;
    const double before = std::sqrt(x.dot(y));
    factor.solve(y);
    const double after = std::sqrt(y.dot(pencil.mass * y));
    if (before > margin * distance * after) {
      return false;
    }
    x = y / after;
    margin = 2;
  }
  return true;
}

} // namespace

double spectral_scale(const Pencil& pencil) {
  const auto n = static_cast<double>(pencil.size());
  return pencil.stiffness.diagonal().sum() / (n * pencil.mass.diagonal().sum());
}

EigenvalueCounter::EigenvalueCounter(const Pencil& pencil, const CountOptions& options)
    : pencil_(pencil), options_(options), scale_(spectral_scale(pencil)),
      analysis_(std::make_shared<Analysis>(analyse(shifted(pencil, 1.0), options.ordering))) {}

EigenvalueCounter::EigenvalueCounter(const Pencil& pencil, const EigenvalueCounter& same_pattern)
    : pencil_(pencil), options_(same_pattern.options_), scale_(spectral_scale(pencil)),
      analysis_(same_pattern.analysis_) {}

double EigenvalueCounter::rounding(double lambda) const { return 1e-9 * std::max(std::abs(lambda), scale_); }

EigenvalueCount EigenvalueCounter::at(double lambda) const {
  std::unique_ptr<Ldlt> workspace;
  return at(lambda, workspace, options_.threads);
}

EigenvalueCount EigenvalueCounter::at(double lambda, std::unique_ptr<Ldlt>& workspace, int threads) const {
  if (!std::isfinite(lambda)) {
    throw InputError("lambda", "is not a finite number");
  }
  EigenvalueCount result{.lambda = lambda};
  const auto factor = [&](const SparseMatrix& matrix) {
    if (workspace) {
      workspace->factor(matrix);
    } else {
      workspace = std::make_unique<Ldlt>(analysis_, matrix, threads);
    }
  };
  const auto negative_eigenvalues = [&](const SparseMatrix& matrix) { // of the matrix just factored
    if (workspace->growth() <= growth_limit) {
      return workspace->negative_pivots();
    }
    result.pivoted = true;
    return mumps_negative_eigenvalues(matrix, *analysis_);
  };
  const auto negative = [&](double shift) {
    const SparseMatrix matrix = shifted(pencil_, shift);
    factor(matrix);
    return negative_eigenvalues(matrix);
  };

  const double radius = rounding(lambda);
  const SparseMatrix matrix = shifted(pencil_, lambda);
  factor(matrix);
  if (workspace->growth() <= useless_growth && !eigenvalue_within(radius, *workspace, pencil_, options_.seed)) {
    result.below = result.count = negative_eigenvalues(matrix);
  } else {
    result.below = negative(lambda - 2 * radius);
    result.count = negative(lambda + 2 * radius);
    result.at_eigenvalue = result.below != result.count;
  }
  return result;
}

std::vector<EigenvalueCount> EigenvalueCounter::at(std::span<const double> lambdas, const Progress& progress) const {
  const double budget = options_.memory > 0 ? options_.memory : 0.8 * available_memory();
  const double matrix_bytes = 12.0 * static_cast<double>(pencil_.stiffness.nonZeros());
  const double fitting = std::max(1.0, std::floor(budget / (analysis_->bytes() + matrix_bytes)));
  const int threads = thread_count(options_.threads);
  const auto concurrent = static_cast<int>(
      std::min({fitting, static_cast<double>(threads), std::max(1.0, static_cast<double>(lambdas.size()))}));
  const int inside = std::max(1, threads / concurrent);
  std::vector<EigenvalueCount> result(lambdas.size());
  std::mutex guard;
  std::vector<std::unique_ptr<Ldlt>> idle; // factorizations whose memory the next count can use
  parallel_tasks(lambdas.size(), concurrent, [&](std::size_t i) {
    std::unique_ptr<Ldlt> workspace;
    {
      const std::scoped_lock lock(guard);
      if (!idle.empty()) {
        workspace = std::move(idle.back());
        idle.pop_back();
      }
    }
    result[i] = at(lambdas[i], workspace, inside);
    const std::scoped_lock lock(guard);
    idle.push_back(std::move(workspace));
    if (progress) {
      progress();
    }
  });
  return result;
}

EigenvalueCount count_below(const Pencil& pencil, double lambda, const CountOptions& options) {
  return EigenvalueCounter(pencil, options).at(lambda);
}

} // namespace weyl
