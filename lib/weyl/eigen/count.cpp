// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/eigen/count.hpp"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <random>

#include "weyl/core/error.hpp"
#include "weyl/core/memory.hpp"
#include "weyl/core/parallel.hpp"
#include "weyl/core/stop.hpp"
#include "weyl/eigen/inertia.hpp"
#include "weyl/eigen/ldlt.hpp"
#include "weyl/eigen/mumps.hpp"

namespace weyl {

namespace {

/// An unpivoted factorization with this growth g moves an eigenvalue by at most about u·g·s, s = `spectral_scale` (its
/// backward error u·g·max|A| acts on a few entries, where an M-normalized eigenvector has squares of order 1/(n·mean
/// M_jj)): 10⁻¹⁰·s, a tenth of `rounding`.
constexpr double growth_limit = 1e6;

/// With a growth beyond this a factorization cannot even tell whether an eigenvalue is near.
constexpr double useless_growth = 1e12;

/// B = D^(1/2) Ξ with D the diagonal of M and Ξ standard normal, n × 8, in the order of the analysis.
Block random_probes(const Pencil& pencil, const Analysis& analysis, unsigned seed) {
  std::mt19937_64 generator(seed);
  std::normal_distribution<double> normal;
  Block b(pencil.size(), 8);
  const Eigen::ArrayXd diagonal = pencil.mass.diagonal();
  for (int k = 0; k < analysis.size; ++k) {
    const double length = std::sqrt(diagonal[analysis.permutation[k]]);
    std::generate_n(b.row(k), b.width(), [&] { return length * normal(generator); });
  }
  return b;
}

/// Whether an eigenvalue may lie within `distance` of σ. G = Bᵀ(K − σM)⁻¹B = Σ_k c_k c_kᵀ/(λ_k − σ), c_k = Bᵀu_k: an
/// eigenvalue at that distance makes ‖G‖·distance larger than 0.02, unless the 8 numbers c_k (normal, variance at least
/// 1/κ with κ the largest eigenvalue of D⁻¹M) fall into a set of probability (0.02·κ)⁴/3: docs/counting.md. For linear
/// elements κ ≤ (d + 2)/2 (Wathen 1987).
bool eigenvalue_may_be_within(double distance, const RowMajor& projected_inverse) {
  return !(projected_inverse.norm() * distance < 0.02);
}

} // namespace

double spectral_scale(const Pencil& pencil) {
  const auto n = static_cast<double>(pencil.size());
  return pencil.stiffness.diagonal().sum() / pencil.mass.diagonal().sum() /
         std::pow(n, 2.0 / std::max(2, pencil.dimension));
}

EigenvalueCounter::EigenvalueCounter(const Pencil& pencil, const CountOptions& options)
    : EigenvalueCounter(pencil, options, std::make_shared<Analysis>(analyse(shifted(pencil, 1.0), options.ordering))) {}

EigenvalueCounter::EigenvalueCounter(const Pencil& pencil, const EigenvalueCounter& same_pattern)
    : EigenvalueCounter(pencil, same_pattern.options_, same_pattern.analysis_) {}

EigenvalueCounter::EigenvalueCounter(const Pencil& pencil, const CountOptions& options,
                                     std::shared_ptr<const Analysis> analysis)
    : pencil_(pencil), options_(options), scale_(spectral_scale(pencil)), analysis_(std::move(analysis)),
      lower_(std::make_shared<LowerPencil>(lower_part(pencil, *analysis_))),
      probes_(std::make_shared<Block>(random_probes(pencil, *analysis_, options.seed))) {}

double EigenvalueCounter::rounding(double lambda) const { return 1e-9 * std::max(std::abs(lambda), scale_); }

EigenvalueCount EigenvalueCounter::at(double lambda) const {
  Inertia workspace(analysis_, options_.threads);
  return at(lambda, workspace);
}

EigenvalueCount EigenvalueCounter::at(double lambda, Inertia& workspace) const {
  if (!std::isfinite(lambda)) {
    throw InputError("lambda", "is not a finite number");
  }
  check(options_.stop);
  EigenvalueCount result{.lambda = lambda};
  const auto negative_eigenvalues = [&](double shift) { // of the shift just eliminated at
    if (workspace.growth() <= growth_limit) {
      return workspace.negative_pivots();
    }
    result.pivoted = true;
    return mumps_negative_eigenvalues(shifted(pencil_, shift), *analysis_);
  };
  const auto count = [&](double shift) {
    workspace.eliminate(*lower_, shift, *probes_);
    return negative_eigenvalues(shift);
  };

  const double radius = rounding(lambda);
  workspace.eliminate(*lower_, lambda, *probes_);
  if (workspace.growth() <= useless_growth && !eigenvalue_may_be_within(radius, workspace.projected_inverse())) {
    result.below = result.count = negative_eigenvalues(lambda);
  } else {
    result.below = count(lambda - 2 * radius);
    result.count = count(lambda + 2 * radius);
    result.at_eigenvalue = result.below != result.count;
  }
  return result;
}

std::vector<EigenvalueCount> EigenvalueCounter::at(std::span<const double> lambdas, const Progress& progress) const {
  const double budget = options_.memory > 0 ? options_.memory : 0.8 * available_memory();
  const double fitting = std::max(1.0, std::floor(budget / inertia_bytes(*analysis_)));
  const int threads = thread_count(options_.threads);
  const auto concurrent = static_cast<int>(
      std::min({fitting, static_cast<double>(threads), std::max(1.0, static_cast<double>(lambdas.size()))}));
  const int inside = std::max(1, threads / concurrent);
  std::vector<EigenvalueCount> result(lambdas.size());
  std::mutex guard;
  std::vector<std::unique_ptr<Inertia>> idle; // whose memory the next count can use
  parallel_tasks(lambdas.size(), concurrent, [&](std::size_t i) {
    std::unique_ptr<Inertia> workspace;
    {
      const std::scoped_lock lock(guard);
      if (!idle.empty()) {
        workspace = std::move(idle.back());
        idle.pop_back();
      }
    }
    if (!workspace) {
      workspace = std::make_unique<Inertia>(analysis_, inside);
    }
    result[i] = at(lambdas[i], *workspace);
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
