// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/eigen/eigenpairs.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include <Eigen/Eigenvalues>

#include "weyl/core/error.hpp"
#include "weyl/core/parallel.hpp"
#include "weyl/eigen/blas.hpp"
#include "weyl/eigen/block_lanczos.hpp"
#include "weyl/eigen/count.hpp"
#include "weyl/eigen/ldlt.hpp"

namespace weyl {

namespace {

struct Pairs {
  Eigen::VectorXd values;
  Eigen::MatrixXd vectors;
};

/// Columns of `pairs` for which `keep(λ)` holds, ascending.
template <class Keep>
Pairs select(const Pairs& pairs, Keep keep) {
  std::vector<Eigen::Index> chosen;
  for (Eigen::Index i = 0; i < pairs.values.size(); ++i) {
    if (keep(pairs.values[i])) {
      chosen.push_back(i);
    }
  }
  std::ranges::sort(chosen, {}, [&](Eigen::Index i) { return pairs.values[i]; });
  return {pairs.values(chosen), pairs.vectors(Eigen::all, chosen)};
}

Pairs join(const Pairs& a, const Pairs& b) {
  Pairs both{Eigen::VectorXd(a.values.size() + b.values.size()),
             Eigen::MatrixXd(a.vectors.rows(), a.vectors.cols() + b.vectors.cols())};
  both.values << a.values, b.values;
  both.vectors << a.vectors, b.vectors;
  return select(both, [](double) { return true; });
}

/// The search for the eigenpairs nearest one shift.
class Search {
public:
  Search(const Pencil& pencil, std::shared_ptr<const Analysis> analysis, double shift, const EigenOptions& options)
      : pencil_(pencil), shift_(shift), factor_(std::move(analysis), shifted(pencil, shift)), seed_(options.seed),
        threads_(options.threads) {}

  /// The `count` pairs nearest the shift in the M-orthogonal complement of `known`.
  Pairs lanczos(std::int64_t count, const Eigen::MatrixXd& known) {
    RitzPairs ritz = block_lanczos(pencil_, factor_, shift_, count, known, {.seed = seed_++, .threads = threads_});
    solves += ritz.solves;
    return {std::move(ritz.values), std::move(ritz.vectors)};
  }

  /// One step of subspace iteration, X ← (K − σM)⁻¹ M X, and Rayleigh–Ritz in its span.
  Pairs polish(const Pairs& pairs) {
    Eigen::MatrixXd block = (pencil_.mass * pairs.vectors).transpose();
    constexpr Eigen::Index at_a_time = 16;
    const Eigen::Index pieces = (block.rows() + at_a_time - 1) / at_a_time;
    parallel_tasks(static_cast<std::size_t>(pieces), threads_, [&](std::size_t p) {
      const Eigen::Index first = static_cast<Eigen::Index>(p) * at_a_time;
      Eigen::MatrixXd piece = block.middleRows(first, std::min(at_a_time, block.rows() - first));
      factor_.solve_block(piece);
      block.middleRows(first, piece.rows()) = piece;
    });
    solves += block.rows();
    Eigen::MatrixXd y = block.transpose();
    y.colwise().normalize();
    const Eigen::MatrixXd projected_mass = blas::transposed_product(y, pencil_.mass * y, threads_);
    const Eigen::MatrixXd projected_stiffness = blas::transposed_product(y, pencil_.stiffness * y, threads_);
    const Eigen::GeneralizedSelfAdjointEigenSolver<Eigen::MatrixXd> ritz(projected_stiffness, projected_mass);
    return {ritz.eigenvalues(), blas::product(y, ritz.eigenvectors(), threads_)};
  }

  std::int64_t solves = 0;

private:
  const Pencil& pencil_;
  double shift_;
  Ldlt factor_;
  unsigned seed_;
  int threads_;
};

Eigen::VectorXd relative_residuals(const Pencil& pencil, const Pairs& pairs, double scale) {
  const Eigen::MatrixXd mx = pencil.mass * pairs.vectors;
  const Eigen::MatrixXd r = pencil.stiffness * pairs.vectors - mx * pairs.values.asDiagonal();
  return r.colwise().norm().transpose().array() /
         ((pairs.values.array().abs() + scale) * mx.colwise().norm().transpose().array());
}

Pairs all_pairs(const Pencil& pencil) {
  const Eigen::GeneralizedSelfAdjointEigenSolver<Eigen::MatrixXd> dense(Eigen::MatrixXd(pencil.stiffness),
                                                                        Eigen::MatrixXd(pencil.mass));
  if (dense.info() != Eigen::Success) {
    throw NumericalError("the dense eigensolver did not converge on a pencil of order " +
                         std::to_string(pencil.size()));
  }
  return {dense.eigenvalues(), dense.eigenvectors()};
}

/// Eigenvalues in (low, high] are wanted; by inertia there are `count` of them, and `first` below.
struct Window {
  double low;
  double high;
  std::int64_t first;
  std::int64_t count;
};

/// A cut above the count-th eigenvalue, and little more: a secant search on log N against log λ (Weyl's law makes that
/// nearly a line), safeguarded by bisection, that ends with count ≤ N(λ) ≤ count + slack, or below and above one
/// multiple eigenvalue.
Window window_for_count(const EigenvalueCounter& counter, std::int64_t count, double scale) {
  const std::int64_t slack = std::max<std::int64_t>(4, count / 10);
  double low = 0;
  double high = scale * static_cast<double>(count + slack);
  std::int64_t below = counter.at(low).count;
  if (below >= count) {
    return {-scale, low, 0, below};
  }
  std::int64_t above = counter.at(high).count;
  while (above < count) {
    low = high;
    below = above;
    high *= 4;
    above = counter.at(high).count;
  }
  const double target = static_cast<double>(count) + 0.5 * static_cast<double>(slack);
  for (int step = 0; above > count + slack && high - low > 1e-7 * high; ++step) {
    double middle = low + (high - low) / 2;
    if (low > 0 && below > 0 && step % 3 != 2) {
      const double slope = std::log(high / low) / std::log(static_cast<double>(above) / static_cast<double>(below));
      middle = low * std::exp(slope * std::log(target / static_cast<double>(below)));
    } else if (step % 3 != 2) {
      middle = high * std::sqrt(target / static_cast<double>(above));
    }
    middle = std::clamp(middle, low + 0.01 * (high - low), high - 0.01 * (high - low));
    const std::int64_t at_middle = counter.at(middle).count;
    (at_middle >= count ? high : low) = middle;
    (at_middle >= count ? above : below) = at_middle;
  }
  return {-scale, high, 0, above};
}

/// A window around [a, b] that is symmetric about a shift a little off the middle, so that no symmetry of the interval
/// puts the shift on an eigenvalue, and so wide that the shift keeps its distance from a multiplet that fills [a, b].
Window window_for_interval(const EigenvalueCounter& counter, double a, double b, double scale, double& shift) {
  const double width = std::max(b - a, 1e-4 * std::max({std::abs(a), std::abs(b), scale}));
  shift = (a + b) / 2 - 0.04 * width;
  for (double radius = 0.5401 * width;; radius *= 1.001) {
    const EigenvalueCount low = counter.at(shift - radius);
    const EigenvalueCount high = counter.at(shift + radius);
    if (!low.at_eigenvalue && !high.at_eigenvalue) {
      return {shift - radius, shift + radius, low.count, high.count - low.count};
    }
  }
}

/// All eigenpairs in the window, as many as inertia promises. `recovered` counts those that took a second search.
Pairs find(Search& search, const Window& window, Eigen::Index n, std::int64_t& recovered) {
  const auto inside = [&](double value) { return value > window.low && value <= window.high; };
  constexpr int attempts = 5;
  constexpr std::int64_t guards = 2; // so that a pair just outside never displaces one inside
  Pairs found{Eigen::VectorXd(0), Eigen::MatrixXd(n, 0)};
  for (int attempt = 0; found.values.size() < window.count && attempt < attempts; ++attempt) {
    const std::int64_t missing = window.count - found.values.size();
    recovered += attempt > 0 ? missing : 0;
    const auto more = std::min<std::int64_t>(missing + guards, n - found.values.size() - 1);
    const Pairs candidates = search.lanczos(more, found.vectors);
    found = select(search.polish(join(found, candidates)), inside);
  }
  if (found.values.size() != window.count) {
    throw NumericalError("inertia counts " + std::to_string(window.count) + " eigenvalues in (" +
                         std::to_string(window.low) + ", " + std::to_string(window.high) + "], but Lanczos found " +
                         std::to_string(found.values.size()) + " in " + std::to_string(attempts) + " attempts");
  }
  return found;
}

} // namespace

Eigenpairs eigenpairs(const Pencil& pencil, const EigenOptions& options) {
  const Eigen::Index n = pencil.size();
  const auto& interval = options.interval;
  if (!interval && options.count < 1) {
    throw InputError("eigenpairs", "the number of eigenpairs must be at least 1");
  }
  if (interval &&
      !(std::isfinite((*interval)[0]) && std::isfinite((*interval)[1]) && (*interval)[0] <= (*interval)[1])) {
    throw InputError("eigenpairs", "the interval must be finite, its lower end first");
  }
  const double scale = spectral_scale(pencil);
  const EigenvalueCounter counter(pencil, {.threads = options.threads});
  Eigenpairs result;
  result.shift = -scale;
  Window window{-scale, std::numeric_limits<double>::infinity(), 0, n};
  constexpr Eigen::Index dense_up_to = 400;
  if (interval && n > dense_up_to) {
    window = window_for_interval(counter, (*interval)[0], (*interval)[1], scale, result.shift);
  } else if (n > dense_up_to && 2 * options.count <= n) {
    window = window_for_count(counter, options.count, scale);
  }
  Pairs found{Eigen::VectorXd(0), Eigen::MatrixXd(n, 0)};
  if (n <= dense_up_to || 2 * window.count > n) {
    result.shift = std::numeric_limits<double>::quiet_NaN();
    found = all_pairs(pencil);
    window = {-scale, std::numeric_limits<double>::infinity(), 0, n};
  } else {
    Search search(pencil, counter.shared_analysis(), result.shift, options);
    found = find(search, window, n, result.recovered);
    result.solves = search.solves;
  }
  result.first = window.first;
  if (interval) {
    const std::vector<EigenvalueCount> ends = counter.at(*interval);
    result.first = ends[0].below;
    const double low = (*interval)[0] - counter.rounding((*interval)[0]);
    const double high = (*interval)[1] + counter.rounding((*interval)[1]);
    found = select(found, [&](double value) { return value >= low && value <= high; });
    if (found.values.size() != ends[1].count - result.first) {
      throw NumericalError("an end of the interval lies so close to an eigenvalue that rounding decides whether it is "
                           "inside; move it a little");
    }
  }

  const auto kept = interval ? found.values.size() : std::min<Eigen::Index>(options.count, found.values.size());
  if (kept > 0) {
    const double last = found.values[kept - 1];
    const double same = last + options.multiplet_tolerance * std::max(std::abs(last), scale);
    const auto up_to_same = std::ranges::count_if(found.values, [&](double value) { return value <= same; });
    const bool seen_beyond = up_to_same < found.values.size() || found.values.size() == n;
    result.cut = (seen_beyond ? up_to_same : counter.at(same).count - result.first) - kept;
  }
  result.values = found.values.head(kept);
  result.vectors = found.vectors.leftCols(kept);
  result.residuals = relative_residuals(pencil, {result.values, result.vectors}, scale);
  if (kept > 0 && !(result.residuals.maxCoeff() <= options.tolerance)) {
    throw NumericalError("the largest residual is " + std::to_string(result.residuals.maxCoeff()) +
                         " relative to the eigenvalue, above the tolerance " + std::to_string(options.tolerance));
  }
  return result;
}

} // namespace weyl
