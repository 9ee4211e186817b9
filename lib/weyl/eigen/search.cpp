// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/eigen/search.hpp"

#include <algorithm>
#include <cmath>

#include <Eigen/Eigenvalues>

#include "weyl/core/parallel.hpp"

namespace weyl {

namespace {

constexpr Eigen::Index per_block = Block::widest;

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

} // namespace

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

Search::Search(const SliceProblem& problem, const Slice& slice, double shift, const SliceOptions& options)
    : problem_(problem), slice_(slice), shift_(shift),
      factor_(problem.analysis, *problem.lower, shift, options.threads), options_(options), seed_(options.seed) {}

void Search::move(double shift) {
  shift_ = shift;
  factor_.factor(*problem_.lower, shift);
}

bool Search::accurate() const {
  const double reach = (slice_.high - slice_.low) / 2 / (std::max(slice_.low, 0.0) + problem_.scale);
  const auto n = static_cast<double>(problem_.pencil.size());
  return 3.5e-17 * std::sqrt(n) * factor_.growth() * reach < 0.1 * options_.tolerance;
}

std::int64_t Search::complete(Found& found) {
  constexpr int attempts = 5;
  std::int64_t recovered = 0;
  for (int attempt = 0; found.values.size() < slice_.count && attempt < attempts; ++attempt) {
    RitzPairs ritz = lanczos(
        {.low = slice_.low, .high = slice_.high, .count = slice_.count - found.values.size(), .scale = problem_.scale},
        found.vectors);
    const Eigen::Index more = ritz.values.size();
    if (more == 0) { // the shift is too close to an eigenvalue or too far from all
      break;
    }
    recovered += found.values.size() > 0 ? more : 0;
    found = merged(std::move(found), refined(std::move(ritz.vectors), more), slice_, options_.threads);
  }
  return recovered;
}

Found Search::lowest(std::int64_t count) {
  RitzPairs ritz = lanczos({.low = slice_.low,
                            .high = slice_.high,
                            .count = count,
                            .scale = problem_.scale,
                            .lowest = true,
                            .below_shift = below_shift()},
                           {});
  return ritz.values.size() > 0 ? refined(std::move(ritz.vectors), ritz.values.size()) : Found{};
}

RitzPairs Search::lanczos(const Wanted& wanted, const std::vector<Block>& known) {
  RitzPairs ritz =
      block_lanczos(problem_.ordered, factor_, shift_, wanted, known,
                    {.block = options_.block, .seed = seed_++, .threads = options_.threads, .stop = options_.stop});
  solves += ritz.solves;
  return ritz;
}

/// Rayleigh quotients and residuals. If a residual is not safely below the tolerance: a step of inverse iteration for
/// its block, which removes high frequencies, and Rayleigh–Ritz for all, which removes what neighbours have of each
/// other; a factorization without pivoting leaves errors of both kinds.
Found Search::refined(std::vector<Block> vectors, Eigen::Index count) {
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

void Search::measure_all(Found& found) const {
  for (std::size_t b = 0; b < found.vectors.size(); ++b) {
    measure(problem_, found.vectors[b], static_cast<Eigen::Index>(b) * per_block, found.values, found.residuals,
            options_.threads);
  }
}

/// Y = (K − σM)⁻¹ M X, the solve with a step of iterative refinement.
Block Search::iterated(const Block& x) {
  const int threads = options_.threads;
  const Block mx = product(problem_.ordered.mass, x, threads);
  Block y = solved(mx);
  Block rest = product(problem_.ordered.stiffness, y, threads);
  rest.matrix() = mx.matrix() - rest.matrix() + shift_ * product(problem_.ordered.mass, y, threads).matrix();
  y.matrix() += solved(rest).matrix();
  return y;
}

Block Search::solved(const Block& b) {
  Block x = b.copy();
  factor_.solve(x);
  solves += x.width();
  return x;
}

/// X ← X S with Sᵀ(XᵀKX)S diagonal and SᵀXᵀMXS = I.
void Search::rayleigh_ritz(Found& found) const {
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

} // namespace weyl
