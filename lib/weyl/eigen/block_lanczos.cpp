// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/eigen/block_lanczos.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <memory>

#include <Eigen/Eigenvalues>

#include "weyl/core/blas.hpp"
#include "weyl/core/stop.hpp"
#include "weyl/eigen/random.hpp"

namespace weyl {

namespace {

/// The Krylov space: M-orthonormal blocks, the known ones first.
class Space {
public:
  Space(const SparseMatrix& mass, const std::vector<Block>& known, int block, unsigned seed, int threads)
      : mass_(mass), block_(block), seed_(seed), threads_(threads) {
    for (const Block& columns : known) {
      all_.push_back(&columns);
    }
  }

  [[nodiscard]] const Block& block(std::size_t j) const { return *own_[j]; }
  [[nodiscard]] const Block& last() const { return *own_.back(); }

  /// Whether the last block is zero: the space is everything.
  [[nodiscard]] bool exhausted() const { return last().matrix().isZero(0); }

  /// The blocks found here.
  [[nodiscard]] std::vector<const Block*> blocks() const {
    return {all_.end() - static_cast<long>(own_.size()), all_.end()};
  }

  /// W ← (I − Q Qᵀ M) W; returns the part of Qᵀ M W that belongs to the last block.
  RowMajor project_out(Block& w) const {
    const RowMajor c = gram(all_, product(mass_, w, threads_), threads_);
    subtract_product(w, all_, c, threads_);
    return c.bottomRows(std::min<Eigen::Index>(c.rows(), block_));
  }

  /// Appends an M-orthonormal basis Q_new of the span of W, which has been projected out of vectors of about the length
  /// `before`; directions in which only rounding is left are replaced by random ones. Returns R with W = Q_new R.
  RowMajor append(Block w, double before) {
    RowMajor r = normalize(w, 1e-12 * before);
    if (conditioning_ > 100 || shortest_ < 1e-3 * before) {
      // The product WᵀMW squares the condition number, and what rounding left of the space in short directions has
      // grown with them.
      project_out(w);
      r = normalize(w, 0.5) * r;
    }
    fill_zero_columns(w);
    own_.push_back(std::make_unique<Block>(std::move(w)));
    all_.push_back(own_.back().get());
    return r;
  }

  /// Appends a block that nothing is known of.
  void append_random(const Ldlt& factor) {
    Block w = product(mass_, random_block(mass_.rows(), block_, seed_++), threads_);
    factor.solve(w); // damps what is far from the shift
    project_out(w);
    append(std::move(w), 0);
  }

private:
  /// W ← W V Λ^(−1/2) from WᵀMW = V Λ Vᵀ; directions shorter than `noise` become zero columns. Returns Λ^(1/2) Vᵀ.
  RowMajor normalize(Block& w, double noise) {
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(gram({&w}, product(mass_, w, threads_), threads_));
    const Eigen::ArrayXd lengths = eigen.eigenvalues().array().max(0).sqrt(); // ascending
    const Eigen::ArrayXd kept = (lengths > noise).select(lengths, 0);
    const Eigen::ArrayXd inverse = (kept > 0).select(kept.inverse(), 0);
    dead_ = (kept == 0).count();
    shortest_ = dead_ < block_ ? kept[dead_] : 0;
    conditioning_ = dead_ < block_ ? kept[block_ - 1] / shortest_ : 1;
    w = std::move(combinations({&w}, eigen.eigenvectors() * inverse.matrix().asDiagonal(), threads_).front());
    return kept.matrix().asDiagonal() * eigen.eigenvectors().transpose();
  }

  /// Replaces the first `dead_` columns of W, which are zero, by random directions outside of the space and W. They
  /// stay zero where there is nothing left.
  void fill_zero_columns(Block& w) {
    if (const auto dead = dead_; dead > 0) {
      Block fresh = random_block(mass_.rows(), block_, seed_++);
      all_.push_back(&w);
      normalize(fresh, 0);
      for (const double noise : {1e-8, 0.5}) {
        project_out(fresh);
        normalize(fresh, noise);
      }
      all_.pop_back();
      w.matrix().leftCols(dead) = fresh.matrix().rightCols(dead);
    }
  }

  const SparseMatrix& mass_;
  int block_;
  unsigned seed_;
  int threads_;
  std::vector<const Block*> all_;
  std::vector<std::unique_ptr<Block>> own_;
  Eigen::Index dead_ = 0;   ///< zero columns that the last `normalize` left, the first ones
  double shortest_ = 0;     ///< of the directions that it kept
  double conditioning_ = 1; ///< longest over shortest
};

/// T = Qᵀ M (K − σM)⁻¹ M Q: diagonal blocks A_j, and R_j below them.
Eigen::MatrixXd block_tridiagonal(const std::vector<RowMajor>& a, const std::vector<RowMajor>& r) {
  const Eigen::Index b = a.front().rows();
  const auto steps = static_cast<Eigen::Index>(a.size());
  Eigen::MatrixXd t = Eigen::MatrixXd::Zero(steps * b, steps * b);
  for (Eigen::Index j = 0; j < steps; ++j) {
    t.block(j * b, j * b, b, b) = a[static_cast<std::size_t>(j)];
    if (j + 1 < steps) {
      t.block((j + 1) * b, j * b, b, b) = r[static_cast<std::size_t>(j)];
      t.block(j * b, (j + 1) * b, b, b) = r[static_cast<std::size_t>(j)].transpose();
    }
  }
  return t;
}

RowMajor symmetric_part(const RowMajor& a) { return (a + a.transpose()) / 2; }

/// Ritz pairs of T, and which of them are done.
struct Ritz {
  Ritz(Eigen::MatrixXd t, const RowMajor& last, double shift, double scale, double tolerance) : s(std::move(t)) {
    theta = blas::symmetric_eigenvalues(s).array();
    coupling = last * s.bottomRows(last.cols());
    const double largest = theta.abs().maxCoeff();
    for (Eigen::Index k = 0; k < theta.size(); ++k) {
      if (std::abs(theta[k]) > 1e-14 * largest) { // zero columns of the basis have θ = 0
        by_distance.push_back(k);
      }
    }
    std::ranges::sort(by_distance, std::ranges::greater(), [&](Eigen::Index k) { return std::abs(theta[k]); });
    lambda = shift + theta.inverse();
    // ‖Kx − λMx‖ of what is returned is |λ − σ|·‖R s‖/|θ|.
    const Eigen::ArrayXd relative = (lambda - shift).abs() / (lambda.abs() + scale);
    converged = coupling.colwise().norm().transpose().array() * relative.max(0.01) <= tolerance * theta.abs();
  }

  Eigen::MatrixXd s;        ///< eigenvectors of T
  Eigen::ArrayXd theta;     ///< its eigenvalues
  Eigen::ArrayXd lambda;    ///< σ + 1/θ
  Eigen::MatrixXd coupling; ///< R times the last rows of s: its columns are as long as the residuals
  Eigen::Array<bool, Eigen::Dynamic, 1> converged;
  std::vector<Eigen::Index> by_distance; ///< from the shift
};

/// Converged pairs in (low, high].
std::vector<Eigen::Index> pairs_inside(const Ritz& ritz, const Wanted& wanted) {
  std::vector<Eigen::Index> found;
  std::ranges::copy_if(ritz.by_distance, std::back_inserter(found), [&](Eigen::Index k) {
    return ritz.converged[k] && ritz.lambda[k] > wanted.low && ritz.lambda[k] <= wanted.high;
  });
  return found;
}

/// Converged pairs above `low`, of those above the shift only the ones nearer than any that has not converged; none as
/// long as some below the shift are missing.
std::vector<Eigen::Index> lowest_pairs(const Ritz& ritz, double shift, const Wanted& wanted) {
  std::vector<Eigen::Index> found;
  std::int64_t below = 0;
  bool gapless = true;
  for (const Eigen::Index k : ritz.by_distance) {
    const bool above = ritz.lambda[k] > shift;
    gapless = gapless && (ritz.converged[k] || !above);
    if (ritz.converged[k] && ritz.lambda[k] > wanted.low && (gapless || !above)) {
      found.push_back(k);
      below += above ? 0 : 1;
    }
  }
  return below < wanted.below_shift ? std::vector<Eigen::Index>() : found;
}

} // namespace

RitzPairs block_lanczos(const Pencil& pencil, const Ldlt& factor, double shift, const Wanted& wanted,
                        const std::vector<Block>& known, const LanczosOptions& options) {
  const Eigen::Index block = options.block;
  const int threads = options.threads;
  Space space(pencil.mass, known, options.block, options.seed, threads);
  std::vector<RowMajor> a; // A_j, R_j of the block tridiagonal projection
  std::vector<RowMajor> r;
  RitzPairs result;
  space.append_random(factor);
  result.solves = block;
  const auto known_columns = static_cast<Eigen::Index>(known.size()) * Block::widest;
  const Eigen::Index limit = 10 * (wanted.count + known_columns) + 50 * block;
  Eigen::Index next_check = std::min<Eigen::Index>(3 * block, wanted.count + 2 * block);
  for (;;) {
    check(options.stop);
    const Block& q = space.last();
    const Block mq = product(pencil.mass, q, threads);
    Block w = mq.copy();
    factor.solve(w);
    result.solves += block;
    double length = 0;
    if (!r.empty()) {
      subtract_product(w, {&space.block(r.size() - 1)}, r.back().transpose(), threads);
      length = r.back().norm();
    }
    a.push_back(symmetric_part(gram({&mq}, w, threads)));
    subtract_product(w, {&q}, a.back(), threads);
    a.back() += symmetric_part(space.project_out(w));
    length = std::max(length, a.back().norm());
    r.push_back(space.append(std::move(w), length));

    const Eigen::Index m = static_cast<Eigen::Index>(a.size()) * block;
    if (m < next_check) {
      continue;
    }
    const Ritz ritz(block_tridiagonal(a, r), r.back(), shift, wanted.scale, options.tolerance);
    result.nearest = std::abs(1 / ritz.theta[ritz.by_distance.front()]);
    if (result.nearest < 0.5e-4 * (wanted.high - wanted.low)) {
      return result;
    }
    std::vector<Eigen::Index> found = wanted.lowest ? lowest_pairs(ritz, shift, wanted) : pairs_inside(ritz, wanted);
    // All Ritz pairs in order of distance up to one beyond both ends have converged: nothing else is to be seen here.
    const double reach = std::max(wanted.high - shift, shift - wanted.low);
    const auto open = std::ranges::find_if(ritz.by_distance, [&](Eigen::Index k) { return !ritz.converged[k]; });
    const bool covered =
        !wanted.lowest && open != ritz.by_distance.begin() && std::abs(ritz.lambda[*std::prev(open)] - shift) > reach;
    const bool enough = static_cast<std::int64_t>(found.size()) >= wanted.count;
    if (enough || covered || m >= limit || space.exhausted()) {
      std::ranges::sort(found, {}, [&](Eigen::Index k) { return ritz.lambda[k]; });
      RowMajor coefficients(m + block, static_cast<Eigen::Index>(found.size()));
      coefficients.topRows(m) = ritz.s(Eigen::all, found);
      coefficients.bottomRows(block) =
          ritz.coupling(Eigen::all, found) * ritz.theta(found).inverse().matrix().asDiagonal();
      result.values = ritz.lambda(found);
      result.vectors = combinations(space.blocks(), coefficients, threads);
      return result;
    }
    next_check =
        m < 2 * wanted.count ? std::max<Eigen::Index>(m + block, 3 * wanted.count / 2 + 4 * block) : m + 2 * block;
  }
}

} // namespace weyl
