// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <limits>
#include <random>
#include <utility>

#include "weyl/core/blas.hpp"
#include "weyl/core/parallel.hpp"
#include "weyl/points/neighbour_search.hpp"
#include "weyl/points/random_order.hpp"

namespace weyl {

namespace {

constexpr Eigen::Index points_at_a_time = 512; ///< a block of products stays in the cache of a core
constexpr Eigen::Index queries_at_a_time = 256;

/// The `count` least of what it is offered, equal distances by number.
class Nearest {
public:
  explicit Nearest(Eigen::Index count) : count_(static_cast<std::size_t>(count)) { heap_.reserve(count_); }

  /// No pair at a larger squared distance is of use.
  [[nodiscard]] double worst() const {
    return heap_.size() < count_ ? std::numeric_limits<double>::infinity() : heap_.front().first;
  }

  void offer(double squared, int index) {
    if (heap_.size() == count_) {
      if (std::pair{squared, index} >= heap_.front()) {
        return;
      }
      std::ranges::pop_heap(heap_);
      heap_.pop_back();
    }
    heap_.emplace_back(squared, index);
    std::ranges::push_heap(heap_);
  }

  /// Writes the list, the nearest first.
  void write(Neighbours& result, Eigen::Index query) {
    std::ranges::sort_heap(heap_);
    for (std::size_t a = 0; a < heap_.size(); ++a) {
      result.squared_distance(static_cast<Eigen::Index>(a), query) = heap_[a].first;
      result.index(static_cast<Eigen::Index>(a), query) = heap_[a].second;
    }
  }

private:
  std::size_t count_;
  std::vector<std::pair<double, int>> heap_; ///< the worst first
};

/// Points in random order, as factors of products.
struct Factors {
  std::vector<Eigen::Index> order; ///< their numbers
  Eigen::VectorXd mean;
  Eigen::MatrixXd columns; ///< (D + 1) × n: y − mean above |y − mean|²
  double reach;            ///< R

  explicit Factors(const Eigen::MatrixXd& points)
      : order(random_order(points.cols(), std::mt19937_64(1))), mean(points.rowwise().mean()),
        columns(points.rows() + 1, points.cols()) {
    for (Eigen::Index j = 0; j < points.cols(); ++j) {
      columns.col(j).head(points.rows()) = points.col(order[static_cast<std::size_t>(j)]) - mean;
    }
    columns.bottomRows(1) = columns.topRows(points.rows()).colwise().squaredNorm();
    reach = std::sqrt(columns.bottomRows(1).maxCoeff());
  }
};

/// Offers to each of `lists` the points near its column of `images`; `first` is the number of the first one where
/// queries are points themselves, and none is its own neighbour, else −1.
void search_block(const Factors& factors, const Eigen::MatrixXd& points, const Eigen::MatrixXd& images,
                  Eigen::Index first, std::vector<Nearest>& lists) {
  const auto d = static_cast<double>(points.rows());
  Eigen::MatrixXd left(points.rows() + 1, images.cols());
  left.topRows(points.rows()) = images.colwise() - factors.mean;
  const Eigen::VectorXd square = left.topRows(points.rows()).colwise().squaredNorm();
  const Eigen::VectorXd margin =
      (3 * d + 12) / 2 * std::numeric_limits<double>::epsilon() * (square.array().sqrt() + factors.reach).square();
  left.topRows(points.rows()) *= -2;
  left.bottomRows(1).setOnes();
  Eigen::MatrixXd products;
  for (Eigen::Index begin = 0; begin < points.cols(); begin += points_at_a_time) {
    const Eigen::Index size = std::min(points_at_a_time, points.cols() - begin);
    blas::multiply_transposed(factors.columns.middleCols(begin, size), left, products);
    for (Eigen::Index q = 0; q < images.cols(); ++q) {
      Nearest& list = lists[static_cast<std::size_t>(q)];
      const double* const column = products.col(q).data();
      const double offset = margin[q] - square[q];
      double bound = list.worst() + offset;
      for (Eigen::Index j = 0; j < size; ++j) {
        if (column[j] <= bound) {
          const Eigen::Index number = factors.order[static_cast<std::size_t>(begin + j)];
          if (first < 0 || number != first + q) {
            list.offer((images.col(q) - points.col(number)).squaredNorm(), static_cast<int>(number));
            bound = list.worst() + offset;
          }
        }
      }
    }
  }
}

} // namespace

Neighbours neighbours_by_products(const NeighbourSearch& search) {
  const Factors factors(search.points);
  const Eigen::Index m = search.queries.cols();
  Neighbours result{Eigen::MatrixXi(search.count, m), Eigen::MatrixXd(search.count, m)};
  const Eigen::Index blocks = (m + queries_at_a_time - 1) / queries_at_a_time;
  parallel_tasks(static_cast<std::size_t>(blocks), search.threads, [&](std::size_t block) {
    const Eigen::Index begin = static_cast<Eigen::Index>(block) * queries_at_a_time;
    const Eigen::MatrixXd queries = search.queries.middleCols(begin, std::min(queries_at_a_time, m - begin));
    std::vector<Nearest> lists(static_cast<std::size_t>(queries.cols()), Nearest(search.count));
    search_block(factors, search.points, queries, search.own ? begin : -1, lists);
    for (const Eigen::MatrixXd& g : search.others) {
      search_block(factors, search.points, g * queries, -1, lists);
    }
    for (Eigen::Index q = 0; q < queries.cols(); ++q) {
      lists[static_cast<std::size_t>(q)].write(result, begin + q);
    }
  });
  return result;
}

} // namespace weyl
