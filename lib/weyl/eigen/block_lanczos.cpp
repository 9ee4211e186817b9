// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/eigen/block_lanczos.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <vector>

#include "weyl/core/error.hpp"
#include "weyl/core/parallel.hpp"
#include "weyl/eigen/blas.hpp"

namespace weyl {

namespace {

using ConstBlock = Eigen::Ref<const Eigen::MatrixXd>;

/// M W, columns in parallel.
Eigen::MatrixXd times(const SparseMatrix& mass, const ConstBlock& w, int threads) {
  Eigen::MatrixXd product(w.rows(), w.cols());
  parallel_tasks(static_cast<std::size_t>(w.cols()), threads, [&](std::size_t j) {
    const auto column = static_cast<Eigen::Index>(j);
    product.col(column).noalias() = mass * w.col(column);
  });
  return product;
}

/// (K − σM)⁻¹ B, the columns in as many pieces as threads.
Eigen::MatrixXd solve(const Ldlt& factor, const Eigen::MatrixXd& b, int threads) {
  Eigen::MatrixXd result(b.rows(), b.cols());
  const auto pieces = static_cast<std::size_t>(std::min<Eigen::Index>(thread_count(threads), b.cols()));
  parallel_tasks(pieces, threads, [&](std::size_t p) {
    const Eigen::Index first = b.cols() * static_cast<Eigen::Index>(p) / static_cast<Eigen::Index>(pieces);
    const Eigen::Index last = b.cols() * static_cast<Eigen::Index>(p + 1) / static_cast<Eigen::Index>(pieces);
    Eigen::MatrixXd rows = b.middleCols(first, last - first).transpose();
    factor.solve_block(rows);
    result.middleCols(first, last - first) = rows.transpose();
  });
  return result;
}

/// The Krylov space: M-orthonormal columns, the known ones first.
class Space {
public:
  Space(const SparseMatrix& mass, const Eigen::MatrixXd& known, int threads)
      : mass_(mass), threads_(threads), basis_(known), size_(known.cols()) {}

  [[nodiscard]] Eigen::Index size() const { return size_; }
  [[nodiscard]] ConstBlock columns(Eigen::Index first, Eigen::Index count) const {
    return basis_.middleCols(first, count);
  }

  /// W ← (I − Q Qᵀ M) W; returns Qᵀ M W of the W that came in.
  Eigen::MatrixXd project_out(Eigen::MatrixXd& w) const {
    Eigen::MatrixXd c = blas::transposed_product(basis_.leftCols(size_), times(mass_, w, threads_), threads_);
    blas::subtract_product(w, basis_.leftCols(size_), c, threads_);
    return c;
  }

  /// Appends an M-orthonormal basis Q_new of the span of W, which has been projected out; directions shorter than
  /// `noise` are rounding and are left out. Returns R with W = Q_new R.
  Eigen::MatrixXd append(const Eigen::MatrixXd& w, double noise) {
    // W V Λ^{-1/2} from WᵀMW = V Λ Vᵀ. Again, because the first time squares the condition number, and after a second
    // projection, because what rounding left of the space in short directions has grown with them.
    Eigen::MatrixXd q = w;
    Eigen::MatrixXd r = Eigen::MatrixXd::Identity(w.cols(), w.cols());
    for (const bool again : {false, true}) {
      if (again) {
        project_out(q);
      }
      Eigen::MatrixXd v = blas::transposed_product(q, times(mass_, q, threads_), threads_);
      const Eigen::VectorXd lengths = blas::symmetric_eigenvalues(v).cwiseMax(0).cwiseSqrt();
      const Eigen::Index rank = (lengths.array() > (again ? 0.5 : noise)).count(); // ascending: the last ones
      const auto kept = lengths.tail(rank);
      q = q * v.rightCols(rank) * kept.cwiseInverse().asDiagonal();
      r = kept.asDiagonal() * v.rightCols(rank).transpose() * r;
    }
    if (size_ + q.cols() > basis_.cols()) {
      basis_.conservativeResize(Eigen::NoChange, size_ + std::max<Eigen::Index>(8 * w.cols(), size_ / 2));
    }
    basis_.middleCols(size_, q.cols()) = q;
    size_ += q.cols();
    return r;
  }

private:
  const SparseMatrix& mass_;
  int threads_;
  Eigen::MatrixXd basis_;
  Eigen::Index size_;
};

double longest(const Eigen::MatrixXd& w, const SparseMatrix& mass, int threads) {
  return std::sqrt(w.cwiseProduct(times(mass, w, threads)).colwise().sum().maxCoeff());
}

/// Indices of the `count` largest |θ|.
std::vector<Eigen::Index> largest(const Eigen::VectorXd& theta, std::int64_t count) {
  std::vector<Eigen::Index> order(static_cast<std::size_t>(theta.size()));
  std::iota(order.begin(), order.end(), Eigen::Index{0});
  std::ranges::sort(order, std::ranges::greater(), [&](Eigen::Index k) { return std::abs(theta[k]); });
  order.resize(std::min(order.size(), static_cast<std::size_t>(count)));
  return order;
}

} // namespace

RitzPairs block_lanczos(const Pencil& pencil, const Ldlt& factor, double shift, std::int64_t count,
                        const Eigen::MatrixXd& known, const LanczosOptions& options) {
  const Eigen::Index everything = pencil.size() - known.cols();
  const int threads = options.threads;
  const Eigen::Index block = options.block;
  std::mt19937_64 generator(options.seed);
  Space space(pencil.mass, known, threads);
  const auto append_random = [&] {
    std::normal_distribution<double> normal;
    const Eigen::Index width = std::min(block, pencil.size() - space.size());
    Eigen::MatrixXd w = Eigen::MatrixXd::NullaryExpr(pencil.size(), width, [&] { return normal(generator); });
    space.project_out(w);
    space.append(w, 0);
  };

  // T = Qᵀ M (K − σM)⁻¹ M Q, its upper triangle, grown by a block of columns a step.
  Eigen::MatrixXd t;
  RitzPairs result;
  append_random();
  Eigen::Index next_check = std::min(everything, count + count / 2 + 2 * block);
  for (Eigen::Index first = 0;;) {
    const Eigen::Index m = space.size() - known.cols();
    const Eigen::Index width = m - first;
    Eigen::MatrixXd w = solve(factor, times(pencil.mass, space.columns(known.cols() + first, width), threads), threads);
    result.solves += width;
    const double rounding = 1e-13 * longest(w, pencil.mass, threads);
    t.conservativeResize(m, m);
    t.rightCols(width) = space.project_out(w).bottomRows(m);
    const bool complete = m == everything;
    const Eigen::MatrixXd r = complete ? Eigen::MatrixXd(0, width) : space.append(w, rounding);

    if (m >= next_check || complete) {
      next_check = m + std::max(2 * block, count / 6);
      Eigen::MatrixXd s = t.selfadjointView<Eigen::Upper>();
      const Eigen::VectorXd theta = blas::symmetric_eigenvalues(s);
      const std::vector<Eigen::Index> wanted = largest(theta, count);
      const Eigen::MatrixXd ritz = s(Eigen::all, wanted);
      const Eigen::ArrayXd residuals = (r * ritz.bottomRows(width)).colwise().norm().transpose().array();
      if (complete || (residuals <= options.tolerance * theta(wanted).array().abs()).all()) {
        result.values = shift + theta(wanted).array().inverse();
        result.vectors = blas::product(space.columns(known.cols(), m), ritz, threads);
        return result;
      }
    }
    first = m;
    if (r.rows() == 0) { // an invariant space: go on elsewhere
      append_random();
    }
    if (space.size() - known.cols() == m) {
      throw NumericalError("Lanczos found no direction outside of an invariant space");
    }
  }
}

} // namespace weyl
