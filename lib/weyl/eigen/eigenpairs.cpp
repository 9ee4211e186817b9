// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/eigen/eigenpairs.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <vector>

#include <Eigen/Eigenvalues>
#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/core/parallel.hpp"
#include "weyl/eigen/blas.hpp"
#include "weyl/eigen/block_lanczos.hpp"
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
    throw NumericalError(fmt::format("the dense eigensolver did not converge on a pencil of order {}", pencil.size()));
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

/// The window below λ, of which `count` was counted.
Window window_below(const EigenvalueCounter& counter, const EigenvalueCount& count, double scale) {
  const double high = count.at_eigenvalue ? count.lambda + 2 * counter.rounding(count.lambda) : count.lambda;
  return {-scale, high, 0, count.count};
}

/// A λ between `low` and `high` where N should be `target`: N ∝ λ^p between the two, or N ∝ λ² below `high` as long as
/// nothing but null modes lies below `low`.
double interpolate(const EigenvalueCount& low, const EigenvalueCount& high, double target) {
  const auto above = static_cast<double>(high.count);
  if (low.lambda <= 0 || low.count == 0) {
    return high.lambda * std::sqrt(target / above);
  }
  const auto below = static_cast<double>(low.count);
  const double inverse_power = std::log(high.lambda / low.lambda) / std::log(above / below);
  return low.lambda * std::exp(inverse_power * std::log(target / below));
}

/// A cut above the count-th eigenvalue, and little more: a secant search for N(λ), which Weyl's law makes nearly a
/// power, safeguarded by bisection. It ends with count ≤ N(λ) ≤ count + slack, or at the two sides of a multiple
/// eigenvalue.
Window window_for_count(const EigenvalueCounter& counter, std::int64_t count, double scale) {
  const std::int64_t slack = std::max<std::int64_t>(4, count / 10);
  EigenvalueCount low = counter.at(0);
  if (low.count >= count) {
    return window_below(counter, low, scale);
  }
  EigenvalueCount high = counter.at(scale * static_cast<double>(count + slack));
  while (high.count < count) {
    low = high;
    high = counter.at(4 * high.lambda);
  }
  const double target = static_cast<double>(count) + 0.5 * static_cast<double>(slack);
  for (int step = 0; high.count > count + slack && high.lambda - low.lambda > 1e-7 * high.lambda; ++step) {
    const double width = high.lambda - low.lambda;
    const double guess = step % 3 == 2 ? low.lambda + width / 2 : interpolate(low, high, target);
    const EigenvalueCount middle = counter.at(std::clamp(guess, low.lambda + 0.01 * width, high.lambda - 0.01 * width));
    (middle.count >= count ? high : low) = middle;
  }
  return window_below(counter, high, scale);
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
    throw NumericalError(
        fmt::format("inertia counts {} eigenvalues in ({:.10g}, {:.10g}], but Lanczos found {} in {} attempts",
                    window.count, window.low, window.high, found.values.size(), attempts));
  }
  return found;
}

/// The pairs that were asked for and perhaps more, ascending; `result` learns where they come from.
Pairs candidates(const EigenvalueCounter& counter, const EigenOptions& options, double scale, Eigenpairs& result) {
  const Pencil& pencil = counter.pencil();
  const Eigen::Index n = pencil.size();
  constexpr Eigen::Index dense_up_to = 400;
  const bool small = n <= dense_up_to || (!options.interval && 2 * options.count > n);
  Window window{.low = 0, .high = 0, .first = 0, .count = n};
  result.shift = -scale;
  if (!small && options.interval) {
    window = window_for_interval(counter, (*options.interval)[0], (*options.interval)[1], scale, result.shift);
  } else if (!small) {
    window = window_for_count(counter, options.count, scale);
  }
  if (2 * window.count > n) {
    result.shift = std::numeric_limits<double>::quiet_NaN();
    return all_pairs(pencil);
  }
  result.first = window.first;
  Search search(pencil, counter.shared_analysis(), result.shift, options);
  Pairs found = find(search, window, n, result.recovered);
  result.solves = search.solves;
  return found;
}

/// The pairs within [a, b], rounding included; there must be as many as inertia says.
Pairs clip(const Pairs& found, const EigenvalueCounter& counter, const std::array<double, 2>& interval,
           std::int64_t& first) {
  const std::vector<EigenvalueCount> ends = counter.at(interval);
  const double low = interval[0] - counter.rounding(interval[0]);
  const double high = interval[1] + counter.rounding(interval[1]);
  Pairs inside = select(found, [&](double value) { return value >= low && value <= high; });
  first = ends[0].below;
  if (inside.values.size() != ends[1].count - first) {
    throw NumericalError("an end of the interval lies so close to an eigenvalue that rounding decides whether it is "
                         "inside; move it a little");
  }
  return inside;
}

/// How many eigenvalues beyond the first `kept` belong to the same multiplet as the last of these.
std::int64_t cut_off(const Pairs& found, Eigen::Index kept, double tolerance, double scale,
                     const EigenvalueCounter& counter, const Eigenpairs& result) {
  const double last = found.values[kept - 1];
  const double same = last + tolerance * std::max(std::abs(last), scale);
  const auto seen = std::ranges::count_if(found.values, [&](double value) { return value <= same; });
  const bool seen_all = seen < found.values.size();
  return (seen_all ? seen : counter.at(same).count - result.first) - kept;
}

} // namespace

Eigenpairs eigenpairs(const Pencil& pencil, const EigenOptions& options) {
  return eigenpairs(EigenvalueCounter(pencil, {.threads = options.threads}), options);
}

Eigenpairs eigenpairs(const EigenvalueCounter& counter, const EigenOptions& options) {
  const Pencil& pencil = counter.pencil();
  const auto& interval = options.interval;
  if (!interval && options.count < 1) {
    throw InputError("eigenpairs", "the number of eigenpairs must be at least 1");
  }
  if (interval &&
      !(std::isfinite((*interval)[0]) && std::isfinite((*interval)[1]) && (*interval)[0] <= (*interval)[1])) {
    throw InputError("eigenpairs", "the interval must be finite, its lower end first");
  }
  const double scale = spectral_scale(pencil);
  Eigenpairs result;
  Pairs found = candidates(counter, options, scale, result);
  if (interval) {
    found = clip(found, counter, *interval, result.first);
  }
  const auto kept = interval ? found.values.size() : std::min<Eigen::Index>(options.count, found.values.size());
  result.cut = kept > 0 ? cut_off(found, kept, options.multiplet_tolerance, scale, counter, result) : 0;
  result.values = found.values.head(kept);
  result.vectors = found.vectors.leftCols(kept);
  result.residuals = relative_residuals(pencil, {result.values, result.vectors}, scale);
  if (kept > 0 && !(result.residuals.maxCoeff() <= options.tolerance)) {
    throw NumericalError(fmt::format("the largest relative residual is {:.1e}, above the tolerance {:.1e}",
                                     result.residuals.maxCoeff(), options.tolerance));
  }
  return result;
}

} // namespace weyl
