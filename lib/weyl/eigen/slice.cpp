// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/eigen/slice.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <Eigen/Eigenvalues>
#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/core/parallel.hpp"
#include "weyl/eigen/block_lanczos.hpp"
#include "weyl/eigen/count.hpp"
#include "weyl/eigen/ldlt.hpp"
#include "weyl/eigen/ordered_pencil.hpp"

namespace weyl {

namespace {

constexpr Eigen::Index per_block = Block::widest;

/// Eigenpairs in the making.
struct Found {
  Eigen::VectorXd values = Eigen::VectorXd(0);
  Eigen::VectorXd residuals = Eigen::VectorXd(0);
  std::vector<Block> vectors = {};
};

Eigen::VectorXd joined(const Eigen::VectorXd& a, const Eigen::VectorXd& b) {
  Eigen::VectorXd both(a.size() + b.size());
  both << a, b;
  return both;
}

/// Scales the columns of a block to M-length 1; puts their Rayleigh quotients and relative residuals from `first` on.
void measure(const SliceProblem& problem, Block& x, Eigen::Index first, Eigen::VectorXd& values,
             Eigen::VectorXd& residuals, int threads) {
  const Block mx = product(problem.ordered.mass, x, threads);
  Block r = product(problem.ordered.stiffness, x, threads);
  const auto dots = [&](const Block& a, const Block& b) -> Eigen::ArrayXd {
    return gram({&a}, b, threads).diagonal().array();
  };
  const Eigen::Index columns = std::min<Eigen::Index>(x.width(), values.size() - first);
  const Eigen::ArrayXd square = dots(x, mx);
  const auto over_square = [&](const Eigen::ArrayXd& a) -> Eigen::ArrayXd { // columns beyond the last are zero
    return (square > 0).select(a / square, 0);
  };
  const Eigen::ArrayXd lambda = over_square(dots(x, r));
  subtract_product(r, {&mx}, lambda.matrix().asDiagonal(), threads);
  values.segment(first, columns) = lambda.head(columns);
  residuals.segment(first, columns) =
      ((dots(r, r) / dots(mx, mx)).sqrt() / (lambda.abs() + problem.scale)).head(columns);
  x = std::move(combinations({&x}, over_square(square.sqrt()).matrix().asDiagonal(), threads).front());
}

/// The search for the eigenpairs around one shift.
class Search {
public:
  Search(const SliceProblem& problem, const Slice& slice, double shift, const SliceOptions& options)
      : problem_(problem), slice_(slice), shift_(shift),
        factor_(problem.analysis, *problem.lower, shift, options.threads), options_(options), seed_(options.seed) {}

  /// Factors at another shift.
  void move(double shift) {
    shift_ = shift;
    factor_.factor(*problem_.lower, shift);
  }

  /// Whether the factorization is accurate enough. Its backward error u·growth·max|A| mixes eigenvectors that are a
  /// slice apart, which moves residuals by about 3.5e-17·√n·growth·|λ_i − λ_j|/(|λ_i| + s) (measured on spheres); that
  /// has to stay below a tenth of the tolerance.
  [[nodiscard]] bool accurate() const {
    const double reach = (slice_.high - slice_.low) / 2 / (std::max(slice_.low, 0.0) + problem_.scale);
    const auto n = static_cast<double>(problem_.pencil.size());
    return 3.5e-17 * std::sqrt(n) * factor_.growth() * reach < 0.1 * options_.tolerance;
  }

  /// Pairs in the complement of `known`.
  RitzPairs lanczos(std::int64_t count, const std::vector<Block>& known) {
    RitzPairs ritz =
        block_lanczos(problem_.ordered, factor_, shift_, {slice_.low, slice_.high, count, problem_.scale}, known,
                      {.block = options_.block, .seed = seed_++, .threads = options_.threads, .stop = options_.stop});
    solves += ritz.solves;
    return ritz;
  }

  /// Rayleigh quotients and residuals. If a residual is not safely below the tolerance: a step of inverse iteration for
  /// its block, which removes high frequencies, and Rayleigh–Ritz for all, which removes what neighbours have of each
  /// other; a factorization without pivoting leaves errors of both kinds.
  Found refined(std::vector<Block> vectors, Eigen::Index count) {
    Found found{Eigen::VectorXd(count), Eigen::VectorXd(count), std::move(vectors)};
    measure_all(found);
    const double limit = 0.5 * options_.tolerance;
    for (int step = 0; step < 2 && !(found.residuals.maxCoeff() <= limit); ++step) {
      for (std::size_t b = 0; b < found.vectors.size(); ++b) {
        const Eigen::Index first = static_cast<Eigen::Index>(b) * per_block;
        if (!(found.residuals.segment(first, std::min(per_block, count - first)).maxCoeff() <= limit)) {
          found.vectors[b] = iterated(found.vectors[b]);
        }
      }
      rayleigh_ritz(found);
      measure_all(found);
    }
    return found;
  }

  std::int64_t solves = 0;

private:
  void measure_all(Found& found) const {
    for (std::size_t b = 0; b < found.vectors.size(); ++b) {
      measure(problem_, found.vectors[b], static_cast<Eigen::Index>(b) * per_block, found.values, found.residuals,
              options_.threads);
    }
  }

  /// Y = (K − σM)⁻¹ M X, the solve with a step of iterative refinement.
  Block iterated(const Block& x) {
    const int threads = options_.threads;
    const Block mx = product(problem_.ordered.mass, x, threads);
    Block y = solved(mx);
    Block rest = product(problem_.ordered.stiffness, y, threads);
    rest.matrix() = mx.matrix() - rest.matrix() + shift_ * product(problem_.ordered.mass, y, threads).matrix();
    y.matrix() += solved(rest).matrix();
    return y;
  }

  Block solved(const Block& b) {
    Block x = b.copy();
    factor_.solve(x);
    solves += x.width();
    return x;
  }

  /// X ← X S with Sᵀ(XᵀKX)S diagonal and SᵀXᵀMXS = I.
  void rayleigh_ritz(Found& found) const {
    const Eigen::Index count = found.values.size();
    std::vector<const Block*> x(found.vectors.size());
    std::ranges::transform(found.vectors, x.begin(), [](const Block& block) { return &block; });
    Eigen::MatrixXd stiffness(count, count);
    Eigen::MatrixXd mass(count, count);
    for (std::size_t b = 0; b < x.size(); ++b) {
      const Eigen::Index first = static_cast<Eigen::Index>(b) * per_block;
      const Eigen::Index columns = std::min(per_block, count - first);
      const auto projected = [&](const SparseMatrix& matrix) {
        return gram(x, product(matrix, *x[b], options_.threads), options_.threads).topLeftCorner(count, columns).eval();
      };
      stiffness.middleCols(first, columns) = projected(problem_.ordered.stiffness);
      mass.middleCols(first, columns) = projected(problem_.ordered.mass);
    }
    // Inverse iteration has scaled the vectors differently.
    const Eigen::VectorXd unit = mass.diagonal().cwiseSqrt().cwiseInverse();
    const Eigen::GeneralizedSelfAdjointEigenSolver<Eigen::MatrixXd> ritz(
        unit.asDiagonal() * stiffness * unit.asDiagonal(), unit.asDiagonal() * mass * unit.asDiagonal());
    RowMajor coefficients = RowMajor::Zero(total_width(x), count);
    coefficients.topRows(count) = unit.asDiagonal() * ritz.eigenvectors();
    found.vectors = combinations(x, coefficients, options_.threads);
  }

  const SliceProblem& problem_;
  const Slice& slice_;
  double shift_;
  Ldlt factor_;
  SliceOptions options_;
  unsigned seed_;
};

/// Columns of `blocks` by number (16 a block), as blocks.
std::vector<Block> columns(const std::vector<Block>& blocks, const std::vector<Eigen::Index>& chosen, int threads) {
  std::vector<Block> result;
  const auto count = static_cast<Eigen::Index>(chosen.size());
  for (Eigen::Index first = 0; first < count; first += per_block) {
    const Eigen::Index some = std::min(per_block, count - first);
    Block& block = result.emplace_back(blocks.front().rows(), Block::width_for(some));
    parallel_ranges(static_cast<std::size_t>(block.rows()), threads, [&](std::size_t begin, std::size_t end) {
      for (auto i = static_cast<Eigen::Index>(begin); i < static_cast<Eigen::Index>(end); ++i) {
        double* row = block.row(i);
        std::fill_n(row, block.width(), 0.0);
        for (Eigen::Index k = 0; k < some; ++k) {
          const Eigen::Index from = chosen[static_cast<std::size_t>(first + k)];
          row[k] = blocks[static_cast<std::size_t>(from / per_block)].row(i)[from % per_block];
        }
      }
    });
  }
  return result;
}

/// Both together, ascending, without what lies outside of the slice.
Found merged(Found a, Found b, const Slice& slice, int threads) {
  const Eigen::VectorXd values = joined(a.values, b.values);
  const Eigen::VectorXd residuals = joined(a.residuals, b.residuals);
  std::vector<Eigen::Index> order;
  for (Eigen::Index k = 0; k < values.size(); ++k) {
    if (values[k] > slice.low && values[k] <= slice.high) {
      order.push_back(k);
    }
  }
  std::ranges::sort(order, {}, [&](Eigen::Index k) { return values[k]; });
  const bool as_it_is =
      a.vectors.empty() && static_cast<Eigen::Index>(order.size()) == values.size() && std::ranges::is_sorted(order);
  if (as_it_is) {
    return b;
  }
  // Numbers of columns: the blocks of `a` are counted whole.
  const auto offset = static_cast<Eigen::Index>(a.vectors.size()) * per_block;
  std::vector<Eigen::Index> chosen;
  chosen.reserve(order.size());
  for (const Eigen::Index k : order) {
    chosen.push_back(k < a.values.size() ? k : k - a.values.size() + offset);
  }
  std::vector<Block> all = std::move(a.vectors);
  std::ranges::move(b.vectors, std::back_inserter(all));
  return {values(order), residuals(order), columns(all, chosen, threads)};
}

} // namespace

SliceProblem::SliceProblem(const EigenvalueCounter& counter)
    : pencil(counter.pencil()), analysis(counter.shared_analysis()), lower(counter.shared_lower()),
      ordered(reordered(pencil, *analysis)), scale(spectral_scale(pencil)) {}

namespace {

/// Solves the two halves of a slice that is too wide for one factorization to be accurate at its ends, cut at the
/// widest gap near the middle of its eigenvalues. `spent` is what was done in vain.
SlicePairs in_halves(const SliceProblem& problem, const Slice& slice, const Eigen::VectorXd& values,
                     const SliceOptions& options, const SlicePairs& spent) {
  Eigen::Index cut = slice.count / 2;
  for (Eigen::Index k = slice.count / 4 + 1; k < slice.count - slice.count / 4; ++k) {
    cut = values[k] - values[k - 1] > values[cut] - values[cut - 1] ? k : cut;
  }
  const double middle = (values[cut - 1] + values[cut]) / 2;
  SlicePairs low = solve_slice(problem, {slice.low, middle, slice.first, cut}, options);
  SlicePairs high = solve_slice(problem, {middle, slice.high, slice.first + cut, slice.count - cut}, options);
  Found both =
      merged({std::move(low.values), std::move(low.residuals), std::move(low.vectors)},
             {std::move(high.values), std::move(high.residuals), std::move(high.vectors)}, slice, options.threads);
  return {.values = std::move(both.values),
          .residuals = std::move(both.residuals),
          .vectors = std::move(both.vectors),
          .solves = spent.solves + low.solves + high.solves,
          .recovered = spent.recovered + low.recovered + high.recovered};
}

} // namespace

SlicePairs solve_slice(const SliceProblem& problem, const Slice& slice, const SliceOptions& options) {
  // Near the middle, but not in it, so that no symmetry of the slice puts the shift on an eigenvalue; later near the
  // ends, for a slice whose eigenvalues all lie at one end because its cut runs through a cluster: from the middle they
  // look alike to Lanczos.
  constexpr std::array places{0.49, 0.473, 0.91, 0.09, 0.456, 0.97, 0.03, 0.439};
  constexpr int shifts = places.size();
  constexpr int attempts = 5;
  const auto shift = [&](int trial) {
    return slice.low + places[static_cast<std::size_t>(trial)] * (slice.high - slice.low);
  };
  Found found;
  SlicePairs result;
  Search search(problem, slice, shift(0), options);
  for (int trial = 0; trial < shifts && found.values.size() < slice.count; ++trial) {
    if (trial > 0) {
      search.move(shift(trial));
    }
    if (!search.accurate() && trial + 1 < shifts) {
      continue;
    }
    for (int attempt = 0; found.values.size() < slice.count && attempt < attempts; ++attempt) {
      RitzPairs ritz = search.lanczos(slice.count - found.values.size(), found.vectors);
      const Eigen::Index more = ritz.values.size();
      if (more == 0) { // the shift is too close to an eigenvalue or too far from all
        break;
      }
      result.recovered += attempt > 0 ? more : 0;
      found = merged(std::move(found), search.refined(std::move(ritz.vectors), more), slice, options.threads);
    }
  }
  if (found.values.size() != slice.count) {
    throw NumericalError(fmt::format("inertia counts {} eigenvalues in ({:.10g}, {:.10g}], but Lanczos found {}",
                                     slice.count, slice.low, slice.high, found.values.size()));
  }
  result.solves = search.solves;
  if (!(found.residuals.maxCoeff() <= options.tolerance) && slice.count >= 2 * per_block) {
    return in_halves(problem, slice, found.values, options, result);
  }
  result.values = std::move(found.values);
  result.residuals = std::move(found.residuals);
  result.vectors = std::move(found.vectors);
  return result;
}

} // namespace weyl
