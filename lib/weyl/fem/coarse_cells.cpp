// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/fem/coarse_cells.hpp"

#include <cmath>
#include <numbers>
#include <utility>

#include <Eigen/LU>
#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/mesh/lattice.hpp"

namespace weyl {

namespace {

using std::numbers::pi;

/// Cells of all sets of d + 1 vertices that are mutual nearest neighbours, oriented outward.
GluedCells nearest_neighbours(Eigen::MatrixXd points, int dimension) {
  GluedCells result{.dimension = dimension, .points = std::move(points), .cells = {}};
  const auto n = static_cast<int>(result.points.cols());
  double shortest = 1e300;
  for (int i = 1; i < n; ++i) {
    shortest = std::min(shortest, (result.points.col(i) - result.points.col(0)).norm());
  }
  const auto joined = [&](int i, int j) {
    return (result.points.col(i) - result.points.col(j)).norm() < 1.1 * shortest;
  };
  for (int i = 0; i < n; ++i) {
    for (int j = i + 1; j < n; ++j) {
      for (int k = j + 1; k < n && joined(i, j); ++k) {
        if (!joined(i, k) || !joined(j, k)) {
          continue;
        }
        if (dimension == 2) {
          result.cells.push_back({i, j, k, 0});
        }
        for (int l = k + 1; l < n && dimension == 3; ++l) {
          if (joined(i, l) && joined(j, l) && joined(k, l)) {
            result.cells.push_back({i, j, k, l});
          }
        }
      }
    }
  }
  for (auto& cell : result.cells) {
    Eigen::MatrixXd corners(dimension + 1, dimension + 1);
    for (int i = 0; i <= dimension; ++i) {
      corners.col(i) = result.points.col(cell[static_cast<std::size_t>(i)]);
    }
    if (corners.determinant() < 0) {
      std::swap(cell[0], cell[1]);
    }
  }
  return result;
}

constexpr double phi = std::numbers::phi;

} // namespace

void require_positive(const char* kind, const char* name, double value) {
  if (!(value >= 1e-100 && value <= 1e100)) { // also catches NaN
    throw InputError(kind, fmt::format("{} must be a positive number, not {}", name, value));
  }
}

Grid grid(const Eigen::MatrixXd& basis, const GridIndex& divisions) {
  Grid result{divisions, {}};
  const auto d = static_cast<std::size_t>(basis.cols());
  result.cells.dimension = static_cast<int>(d);
  result.cells.points = Eigen::MatrixXd::Zero(basis.rows(), result.vertex(divisions) + 1);
  result.for_each(1, [&](const GridIndex& at) {
    for (std::size_t k = 0; k < d; ++k) {
      result.cells.points.col(result.vertex(at)) +=
          static_cast<double>(at[k]) / divisions[k] * basis.col(static_cast<Eigen::Index>(k));
    }
  });
  result.for_each(0, [&](const GridIndex& at) {
    for (std::size_t walk = 0; walk < (d == 3 ? 6 : d); ++walk) { // 1, 2, 6 of them
      std::array<int, 4> cell{result.vertex(at)};
      GridIndex here = at;
      for (std::size_t step = 0; step < d; ++step) {
        ++here[static_cast<std::size_t>(walks[walk].axes[step])];
        cell[step + 1] = result.vertex(here);
      }
      result.cells.cells.push_back(cell);
    }
  });
  return result;
}

GridIndex divisions(const char* kind, const std::vector<double>& sides) {
  const double least = *std::ranges::min_element(sides);
  GridIndex result{};
  double cells = 1;
  for (std::size_t k = 0; k < sides.size(); ++k) {
    cells *= std::round(sides[k] / least);
    if (!(cells <= 1e4)) {
      throw InputError(kind, "the sides are too unequal: their ratios should multiply to at most 10,000");
    }
    result[k] = static_cast<int>(std::round(sides[k] / least));
  }
  return result;
}

GluedCells icosahedron() {
  Eigen::MatrixXd points(3, 12);
  Eigen::Index v = 0;
  for (const double s : {-1.0, 1.0}) {
    for (const double t : {-phi, phi}) {
      for (int turn = 0; turn < 3; ++turn, ++v) {
        points(turn, v) = 0;
        points((turn + 1) % 3, v) = s;
        points((turn + 2) % 3, v) = t;
      }
    }
  }
  return nearest_neighbours(points / std::hypot(1.0, phi), 2);
}

GluedCells cell_600() {
  std::vector<Eigen::Vector4d> points;
  for (int axis = 0; axis < 4; ++axis) {
    points.emplace_back(Eigen::Vector4d::Unit(axis));
    points.emplace_back(-Eigen::Vector4d::Unit(axis));
  }
  const auto sign = [](int bits, int bit) { return ((bits >> bit) & 1) != 0 ? -1.0 : 1.0; };
  for (int bits = 0; bits < 16; ++bits) {
    points.emplace_back(Eigen::Vector4d(sign(bits, 0), sign(bits, 1), sign(bits, 2), sign(bits, 3)) / 2);
  }
  std::array<int, 4> turn{0, 1, 2, 3};
  do {
    int inversions = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        inversions += turn[j] > turn[i] ? 1 : 0;
      }
    }
    for (int bits = 0; bits < 8 && inversions % 2 == 0; ++bits) {
      Eigen::Vector4d x;
      x[turn[0]] = sign(bits, 0) * phi / 2;
      x[turn[1]] = sign(bits, 1) / 2;
      x[turn[2]] = sign(bits, 2) / (2 * phi);
      x[turn[3]] = 0;
      points.push_back(x);
    }
  } while (std::next_permutation(turn.begin(), turn.end()));
  Eigen::MatrixXd matrix(4, static_cast<Eigen::Index>(points.size()));
  for (std::size_t v = 0; v < points.size(); ++v) {
    matrix.col(static_cast<Eigen::Index>(v)) = points[v];
  }
  return nearest_neighbours(matrix, 3);
}

GluedCells polygon(int n) {
  GluedCells result{.dimension = 1, .points = Eigen::MatrixXd(2, n), .cells = {}};
  for (int i = 0; i < n; ++i) {
    result.points.col(i) << std::cos(2 * pi * i / n), std::sin(2 * pi * i / n);
    result.cells.push_back({i, (i + 1) % n});
  }
  return result;
}

GluedCells half_cross_polytope(int dimension) {
  const Eigen::Index d = dimension;
  GluedCells cells{.dimension = dimension, .points = Eigen::MatrixXd::Zero(d + 1, 2 * d + 1), .cells = {}};
  cells.points.topLeftCorner(d, d).setIdentity();
  cells.points.block(0, d, d, d) = -Eigen::MatrixXd::Identity(d, d);
  cells.points(d, 2 * d) = 1;
  for (int signs = 0; signs < 1 << dimension; ++signs) {
    std::array<int, 4> cell{};
    for (int axis = 0; axis < dimension; ++axis) {
      cell[static_cast<std::size_t>(axis)] = axis + ((signs >> axis) & 1) * dimension;
    }
    cell[static_cast<std::size_t>(dimension)] = 2 * dimension;
    cells.cells.push_back(cell);
  }
  return cells;
}

} // namespace weyl
