// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/eigen/block.hpp"

#include <algorithm>
#include <numeric>

#include "weyl/core/parallel.hpp"
#include "weyl/eigen/kernels.hpp"

namespace weyl {

namespace {

/// Rows that pass through all blocks before the next ones do: a piece of W stays in the L1 or L2 cache.
constexpr Eigen::Index piece = 128;

/// body(first, rows) for pieces of [begin, end).
template <class Body>
void for_pieces(Eigen::Index begin, Eigen::Index end, const Body& body) {
  for (Eigen::Index first = begin; first < end; first += piece) {
    body(first, static_cast<int>(std::min(piece, end - first)));
  }
}

/// Where a sweep over pieces of rows goes on after block b: to the next block, or back to the first one further down.
const double* next_piece(const std::vector<const Block*>& q, std::size_t b, Eigen::Index first, int some) {
  return b + 1 < q.size() ? q[b + 1]->row(first) : q[0]->row(first + some);
}

/// W −= Q C in `some` rows from `first` on.
void subtract_piece(Block& w, const std::vector<const Block*>& q, const RowMajor& c, Eigen::Index first, int some) {
  const double* factors = c.data();
  for (std::size_t b = 0; b < q.size(); ++b) {
    const Block& block = *q[b];
    kernels().subtract(block.row(first), block.width(), factors, some, w.row(first), w.width(),
                       next_piece(q, b, first, some));
    factors += static_cast<std::ptrdiff_t>(block.width()) * w.width();
  }
}

} // namespace

Block Block::copy() const {
  Block result(rows_, width_);
  std::copy_n(data(), values_.size(), result.data());
  return result;
}

Eigen::Index total_width(const std::vector<const Block*>& blocks) {
  return std::accumulate(blocks.begin(), blocks.end(), Eigen::Index{0},
                         [](Eigen::Index sum, const Block* block) { return sum + block->width(); });
}

Block product(const SparseMatrix& a, const Block& x, int threads) {
  Block y(x.rows(), x.width());
  parallel_ranges(static_cast<std::size_t>(x.rows()), threads, [&](std::size_t begin, std::size_t end) {
    kernels().multiply(a.outerIndexPtr(), a.innerIndexPtr(), a.valuePtr(), static_cast<int>(begin),
                       static_cast<int>(end - begin), x.data(), y.data(), x.width());
  });
  return y;
}

RowMajor gram(const std::vector<const Block*>& q, const Block& w, int threads) {
  constexpr std::size_t ranges = 16; // each with a sum of its own, however many threads there are
  const Eigen::Index rows = total_width(q);
  const auto share = static_cast<Eigen::Index>(static_cast<std::size_t>(w.rows()) / ranges + 1);
  std::vector<RowMajor> sums(ranges);
  parallel_tasks(ranges, threads, [&](std::size_t range) {
    RowMajor& sum = sums[range];
    sum = RowMajor::Zero(rows, w.width());
    const Eigen::Index begin = std::min(w.rows(), static_cast<Eigen::Index>(range) * share);
    for_pieces(begin, std::min(w.rows(), begin + share), [&](Eigen::Index first, int some) {
      double* target = sum.data();
      for (std::size_t b = 0; b < q.size(); ++b) {
        const Block& block = *q[b];
        kernels().add_gram(block.row(first), block.width(), w.row(first), w.width(), some, target,
                           next_piece(q, b, first, some));
        target += static_cast<std::ptrdiff_t>(block.width()) * w.width();
      }
    });
  });
  for (std::size_t range = 1; range < ranges; ++range) {
    sums[0] += sums[range];
  }
  return sums[0];
}

void subtract_product(Block& w, const std::vector<const Block*>& q, const RowMajor& c, int threads) {
  parallel_ranges(static_cast<std::size_t>(w.rows()), threads, [&](std::size_t begin, std::size_t end) {
    for_pieces(static_cast<Eigen::Index>(begin), static_cast<Eigen::Index>(end),
               [&](Eigen::Index first, int some) { subtract_piece(w, q, c, first, some); });
  });
}

std::vector<Block> combinations(const std::vector<const Block*>& q, const RowMajor& c, int threads) {
  std::vector<Block> result;
  std::vector<RowMajor> negative; // of the coefficients of each block of the result: the kernel subtracts
  for (Eigen::Index first = 0; first < c.cols(); first += Block::widest) {
    const Eigen::Index columns = std::min<Eigen::Index>(Block::widest, c.cols() - first);
    result.emplace_back(q.front()->rows(), Block::width_for(columns));
    negative.emplace_back(RowMajor::Zero(c.rows(), result.back().width()));
    negative.back().leftCols(columns) = -c.middleCols(first, columns);
  }
  parallel_ranges(static_cast<std::size_t>(q.front()->rows()), threads, [&](std::size_t begin, std::size_t end) {
    for_pieces(static_cast<Eigen::Index>(begin), static_cast<Eigen::Index>(end), [&](Eigen::Index first, int some) {
      for (std::size_t j = 0; j < result.size(); ++j) {
        result[j].matrix().middleRows(first, some).setZero();
        subtract_piece(result[j], q, negative[j], first, some);
      }
    });
  });
  return result;
}

} // namespace weyl
