// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/fem/spaces.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include <Eigen/QR>
#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/fem/glued_cells.hpp"
#include "weyl/mesh/lattice.hpp"

namespace weyl {

namespace {

using std::numbers::pi;

void require_positive(const char* kind, const char* name, double value) {
  if (!(value >= 1e-100 && value <= 1e100)) { // also catches NaN
    throw InputError(kind, fmt::format("{} must be a positive number, not {}", name, value));
  }
}

ChartPoint identity(const ChartPoint& x) { return x; }

/// A place in a grid; 0 in the dimensions that are not there.
using GridIndex = std::array<int, 3>;

/// The points Σ (i_k/n_k) b_k of a parallelepiped, 0 ≤ i_k ≤ n_k; its small ones are cut along the diagonals from their
/// corner (0, …, 0) to (1, …, 1).
struct Grid {
  GridIndex divisions{}; ///< n_k
  GluedCells cells;

  [[nodiscard]] int vertex(const GridIndex& at) const {
    return (at[2] * (divisions[1] + 1) + at[1]) * (divisions[0] + 1) + at[0];
  }
  /// Calls visit(i) for all i_k < n_k + extra.
  template <class Visit>
  void for_each(int extra, const Visit& visit) const {
    const auto end = [&](std::size_t k) { return std::max(1, divisions[k] + extra); };
    GridIndex at{};
    for (at[2] = 0; at[2] < end(2); ++at[2]) {
      for (at[1] = 0; at[1] < end(1); ++at[1]) {
        for (at[0] = 0; at[0] < end(0); ++at[0]) {
          visit(at);
        }
      }
    }
  }
  /// Glues the side i_axis = 0 to the opposite one, reversed along `reversed` if that is not −1.
  void glue(std::size_t axis, int reversed = -1) {
    std::vector<int> map(static_cast<std::size_t>(cells.points.cols()), -1);
    for_each(1, [&](const GridIndex& at) {
      if (at[axis] == 0) {
        GridIndex image = at;
        image[axis] = divisions[axis];
        if (reversed >= 0) {
          const auto r = static_cast<std::size_t>(reversed);
          image[r] = divisions[r] - at[r];
        }
        map[static_cast<std::size_t>(vertex(at))] = vertex(image);
      }
    });
    cells.gluings.push_back(map);
  }
};

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

/// Cubes of nearly equal sides.
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

/// A basis of the same lattice that is obtuse together with minus its sum, if there is one of d ≤ 3 (E. Selling, Über
/// die binären und ternären quadratischen Formen, J. reine angew. Math. 77, 1874): the cubes of a grid, cut along their
/// diagonals, then make its Delaunay triangulation.
Eigen::MatrixXd obtuse(const Eigen::MatrixXd& basis) {
  const Eigen::Index d = basis.cols();
  Eigen::MatrixXd v(basis.rows(), d + 1);
  v << basis, -basis.rowwise().sum();
  const double scale = basis.squaredNorm();
  for (int round = 0; round < 1000; ++round) {
    bool changed = false;
    for (Eigen::Index i = 0; i <= d && !changed; ++i) {
      for (Eigen::Index j = 0; j < i && !changed; ++j) {
        if (v.col(i).dot(v.col(j)) > 1e-12 * scale && d > 1) {
          // −v_i, v_j, and v_i shared out among the others
          for (Eigen::Index k = 0; k <= d; ++k) {
            if (k != i && k != j) {
              v.col(k) += (d == 2 ? 2.0 : 1.0) * v.col(i);
            }
          }
          v.col(i) *= -1;
          changed = true;
        }
      }
    }
    if (!changed) {
      break;
    }
  }
  return v.leftCols(d);
}

/// The pull-back of the round metric under x ↦ x/|x|: (I − xxᵀ/|x|²)/|x|².
Metric radial_metric(Charts charts) {
  return chart_metric(std::move(charts), [](const ChartPoint& x) {
    const double square = x.squaredNorm();
    return ChartMatrix((ChartMatrix::Identity(x.size(), x.size()) - x * x.transpose() / square) / square);
  });
}

ChartPoint radial_projection(const ChartPoint& x) { return x / x.norm(); }

/// Cells of all sets of d + 1 vertices that are mutual nearest neighbours.
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
  return result;
}

constexpr double phi = std::numbers::phi;

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

/// The 600-cell: its 120 vertices are ±e_i, (±1, ±1, ±1, ±1)/2 and the even permutations of (±φ, ±1, ±1/φ, 0)/2
/// (Coxeter, Regular Polytopes, §8.7).
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

/// The simplicial polytope whose projection is the unit sphere of dimension 1, 2 or 3.
GluedCells sphere_cells(const char* kind, int dimension) {
  switch (dimension) {
  case 1:
    return polygon(5);
  case 2:
    return icosahedron();
  case 3:
    return cell_600();
  default:
    throw InputError(kind, fmt::format("meshes are there in dimension 1 to 3, not {}", dimension));
  }
}

} // namespace

RiemannianMesh flat_torus(const Eigen::MatrixXd& basis, const Division& division) {
  if (basis.cols() < 1 || basis.cols() > 3 || basis.rows() > 8 || !basis.allFinite() ||
      basis.colPivHouseholderQr().rank() < basis.cols()) {
    throw InputError("torus", "its lattice must have one to three independent vectors");
  }
  const Eigen::MatrixXd reduced = obtuse(basis);
  std::vector<double> sides;
  for (Eigen::Index k = 0; k < reduced.cols(); ++k) {
    sides.push_back(reduced.col(k).norm());
  }
  Grid cells = grid(reduced, divisions("torus", sides));
  for (std::size_t axis = 0; axis < sides.size(); ++axis) {
    cells.glue(axis);
  }
  return divide("torus", cells.cells, {}, division);
}

RiemannianMesh klein_bottle(double a, double b, const Division& division) {
  require_positive("klein", "a", a);
  require_positive("klein", "b", b);
  Grid cells = grid(Eigen::Vector2d(a / 2, b).asDiagonal(), divisions("klein", {a / 2, b}));
  cells.glue(0, 1);
  cells.glue(1);
  return divide("klein", cells.cells, {}, division);
}

RiemannianMesh mobius_strip(double length, double width, const Division& division) {
  require_positive("mobius", "the length", length);
  require_positive("mobius", "the width", width);
  Grid cells = grid(Eigen::Vector2d(length, width).asDiagonal(), divisions("mobius", {length, width}));
  cells.glue(0, 1);
  return divide("mobius", cells.cells, {}, division);
}

RiemannianMesh flat_box(const std::vector<double>& sides, const Division& division) {
  if (sides.empty() || sides.size() > 3) {
    throw InputError("box", "one to three sides are expected");
  }
  for (const double side : sides) {
    require_positive("box", "a side", side);
  }
  const Eigen::Map<const Eigen::VectorXd> lengths(sides.data(), static_cast<Eigen::Index>(sides.size()));
  return divide("box", grid(lengths.asDiagonal(), divisions("box", sides)).cells, {.embedding = identity}, division);
}

RiemannianMesh equilateral_triangle(double a, const Division& division) {
  require_positive("equilateral", "a", a);
  Eigen::MatrixXd points(2, 3);
  points << 0, a, a / 2, 0, 0, a * std::numbers::sqrt3 / 2;
  return divide("equilateral", {.points = points, .cells = {{0, 1, 2}}}, {.embedding = identity}, division);
}

RiemannianMesh flat_annulus(double inner, double outer, const Division& division) {
  require_positive("annulus", "r", inner);
  require_positive("annulus", "R", outer);
  if (inner >= outer) {
    throw InputError("annulus", fmt::format("the inner radius {} must be below the outer radius {}", inner, outer));
  }
  // The exponential of [0, log(R/r)] × [0, 2π]: conformal.
  const double height = std::log1p((outer - inner) / inner);
  Grid cells = grid(Eigen::Vector2d(height, 2 * pi).asDiagonal(), divisions("annulus", {height, 2 * pi}));
  cells.glue(1);
  const auto radius = [=](const ChartPoint& x) { return inner * std::exp(x[0]); };
  return divide("annulus", cells.cells,
                {.metric =
                     [=](Charts charts) {
                       return chart_metric(std::move(charts), [=](const ChartPoint& x) {
                         return ChartMatrix(radius(x) * radius(x) * ChartMatrix::Identity(2, 2));
                       });
                     },
                 .embedding =
                     [=](const ChartPoint& x) {
                       return ChartPoint(radius(x) * Eigen::Vector2d(std::cos(x[1]), std::sin(x[1])));
                     }},
                division);
}

RiemannianMesh flat_ball(int dimension, double radius, const Division& division) {
  require_positive("ball", "R", radius);
  // The cone from 0 over a polytope, whose facets {n·x = 1} make its gauge r(x) = max n·x. Beyond r = 1/2,
  // F(x) = R s(x) x with s = 1 + (2r − 1)(r/|x| − 1).
  GluedCells cells = dimension == 2 ? polygon(6) : dimension == 3 ? icosahedron() : GluedCells{};
  if (dimension == 1) {
    return flat_box({2 * radius}, division);
  }
  if (dimension != 2 && dimension != 3) {
    throw InputError("ball", fmt::format("meshes are there in dimension 1 to 3, not {}", dimension));
  }
  std::vector<Eigen::VectorXd> normals;
  const auto centre = static_cast<int>(cells.points.cols());
  for (auto& cell : cells.cells) {
    Eigen::MatrixXd corners(dimension, dimension);
    for (int i = 0; i < dimension; ++i) {
      corners.col(i) = cells.points.col(cell[static_cast<std::size_t>(i)]);
    }
    normals.emplace_back(corners.transpose().colPivHouseholderQr().solve(Eigen::VectorXd::Ones(dimension)));
    cell = {centre, cell[0], cell[1], cell[2]};
  }
  cells.dimension = dimension;
  cells.points.conservativeResize(Eigen::NoChange, centre + 1);
  cells.points.col(centre).setZero();

  const auto normal = [normals](const ChartPoint& x) -> ChartPoint {
    return *std::ranges::max_element(normals, {}, [&](const Eigen::VectorXd& n) { return n.dot(x); });
  };
  const auto stretch = [](double r, double length) { return r > 0.5 ? 1 + (2 * r - 1) * (r / length - 1) : 1.0; };
  const auto jacobian = [=](const ChartPoint& x) {
    ChartMatrix result = radius * ChartMatrix::Identity(x.size(), x.size());
    const ChartPoint n = normal(x);
    const double r = n.dot(x);
    if (r > 0.5) {
      const double length = x.norm();
      const ChartPoint gradient =
          2 * (r / length - 1) * n + (2 * r - 1) * (n / length - r / (length * length * length) * x);
      result = radius * (stretch(r, length) * ChartMatrix::Identity(x.size(), x.size()) + x * gradient.transpose());
    }
    return result;
  };
  return divide(
      dimension == 2 ? "disk" : "ball", cells,
      {.metric = [=](Charts charts) { return mapped_metric(std::move(charts), jacobian); },
       .embedding = [=](const ChartPoint& x) { return ChartPoint(radius * stretch(normal(x).dot(x), x.norm()) * x); }},
      division, 2);
}

RiemannianMesh round_sphere(int dimension, const Division& division) {
  return divide("sphere", sphere_cells("sphere", dimension), {.metric = radial_metric, .embedding = radial_projection},
                division);
}

RiemannianMesh round_hemisphere(int dimension, const Division& division) {
  if (dimension != 2 && dimension != 3) {
    throw InputError("hemisphere", fmt::format("meshes are there in dimension 2 and 3, not {}", dimension));
  }
  // The upper half of the cross-polytope: ±e_1 … ±e_d and e_{d+1}.
  GluedCells cells{
      .dimension = dimension, .points = Eigen::MatrixXd::Zero(dimension + 1, 2 * dimension + 1), .cells = {}};
  for (int axis = 0; axis < dimension; ++axis) {
    cells.points(axis, 2 * axis) = 1;
    cells.points(axis, 2 * axis + 1) = -1;
  }
  cells.points(dimension, 2 * dimension) = 1;
  for (int signs = 0; signs < 1 << dimension; ++signs) {
    std::array<int, 4> cell{};
    for (int axis = 0; axis < dimension; ++axis) {
      cell[static_cast<std::size_t>(axis)] = 2 * axis + ((signs >> axis) & 1);
    }
    cell[static_cast<std::size_t>(dimension)] = 2 * dimension;
    cells.cells.push_back(cell);
  }
  return divide("hemisphere", cells, {.metric = radial_metric, .embedding = radial_projection}, division);
}

RiemannianMesh projective_space(int dimension, const Division& division) {
  if (dimension != 2 && dimension != 3) {
    throw InputError("rp", fmt::format("meshes are there in dimension 2 and 3, not {}", dimension));
  }
  GluedCells cells = sphere_cells("rp", dimension);
  std::vector<int> antipode;
  for (Eigen::Index v = 0; v < cells.points.cols(); ++v) {
    Eigen::Index opposite = 0;
    (cells.points.colwise() + cells.points.col(v)).colwise().squaredNorm().minCoeff(&opposite);
    antipode.push_back(static_cast<int>(opposite));
  }
  // One of every two opposite cells: the lesser in the order of sorted vertices.
  std::erase_if(cells.cells, [&](std::array<int, 4> cell) {
    std::array<int, 4> image{};
    for (int i = 0; i < 4; ++i) {
      auto& v = cell[static_cast<std::size_t>(i)];
      v = i <= dimension ? v : -1;
      image[static_cast<std::size_t>(i)] = v < 0 ? -1 : antipode[static_cast<std::size_t>(v)];
    }
    std::ranges::sort(cell);
    std::ranges::sort(image);
    return image < cell;
  });
  cells.gluings.push_back(antipode);
  return divide("rp", cells, {.metric = radial_metric}, division);
}

RiemannianMesh lens_space(int p, int q, const Division& division) {
  if (p < 1 || p > 100 || std::gcd(p, q) != 1) {
    throw InputError("lens", fmt::format("p must be 1 to 100 and q prime to it, not {} and {}", p, q));
  }
  // The join of two m-gons, a_i = (e^{2πi/m}, 0) and b_j = (0, e^{2πij/m}), less what the rotation repeats.
  const int step = (5 + p) / p; // at least 5 corners
  const int m = p * step;
  GluedCells cells{.dimension = 3, .points = Eigen::MatrixXd::Zero(4, 2 * m), .cells = {}};
  std::vector<int> rotation(static_cast<std::size_t>(2 * m));
  const auto wrap = [m](long i) { return static_cast<int>((i % m + m) % m); };
  for (int i = 0; i < m; ++i) {
    cells.points.col(i).head(2) << std::cos(2 * pi * i / m), std::sin(2 * pi * i / m);
    cells.points.col(m + i).tail(2) << std::cos(2 * pi * i / m), std::sin(2 * pi * i / m);
    rotation[static_cast<std::size_t>(i)] = wrap(i + step);
    rotation[static_cast<std::size_t>(m + i)] = m + wrap(i + static_cast<long>(step) * (q % p));
  }
  for (int i = 0; i < step; ++i) {
    for (int j = 0; j < m; ++j) {
      cells.cells.push_back({i, wrap(i + 1), m + j, m + wrap(j + 1)});
    }
  }
  if (p > 1) {
    cells.gluings.push_back(rotation);
  }
  return divide("lens", cells, {.metric = radial_metric}, division);
}

RiemannianMesh ellipsoid(double a, double b, double c, const Division& division) {
  require_positive("ellipsoid", "a", a);
  require_positive("ellipsoid", "b", b);
  require_positive("ellipsoid", "c", c);
  const Eigen::Vector3d axes(a, b, c);
  return divide("ellipsoid", icosahedron(),
                {.metric =
                     [=](Charts charts) {
                       return mapped_metric(std::move(charts), [=](const ChartPoint& x) {
                         const double length = x.norm();
                         const Eigen::Vector3d u = x / length;
                         return ChartMatrix(axes.asDiagonal() * (Eigen::Matrix3d::Identity() - u * u.transpose()) /
                                            length);
                       });
                     },
                 .embedding = [=](const ChartPoint& x) { return ChartPoint(axes.cwiseProduct(x / x.norm())); }},
                division);
}

RiemannianMesh revolution_torus(double major, double minor, const Division& division) {
  require_positive("revolution-torus", "R", major);
  require_positive("revolution-torus", "r", minor);
  if (minor >= major) {
    throw InputError("revolution-torus",
                     fmt::format("the tube's radius {} must be below the radius {} that it runs on", minor, major));
  }
  Grid cells = grid(Eigen::Vector2d(2 * pi, 2 * pi).asDiagonal(),
                    divisions("revolution-torus", {2 * pi * major, 2 * pi * minor}));
  cells.glue(0);
  cells.glue(1);
  const auto radius = [=](const ChartPoint& x) { return major + minor * std::cos(x[1]); };
  return divide("revolution-torus", cells.cells,
                {.metric =
                     [=](Charts charts) {
                       return chart_metric(std::move(charts), [=](const ChartPoint& x) {
                         return ChartMatrix(Eigen::Vector2d(radius(x) * radius(x), minor * minor).asDiagonal());
                       });
                     },
                 .embedding =
                     [=](const ChartPoint& x) {
                       return ChartPoint(Eigen::Vector3d(radius(x) * std::cos(x[0]), radius(x) * std::sin(x[0]),
                                                         minor * std::sin(x[1])));
                     }},
                division);
}

RiemannianMesh bolza_surface(const Division& division) {
  // On the hyperboloid −X_0² + X_1² + X_2² = −1, about the centre c: midpoints m_k of the sides at the distance a with
  // cosh a = cot(π/8), and corners v_k at the distance b with cosh b = cot²(π/8). Side k runs from v_k to v_{k+1}; the
  // opposite side is k + 4, reversed.
  const double cot = 1 / std::tan(pi / 8);
  GluedCells cells{.dimension = 2, .points = Eigen::MatrixXd(3, 17), .cells = {}};
  const auto place = [&](int vertex, double cosh, double angle) {
    const double sinh = std::sqrt(cosh * cosh - 1);
    cells.points.col(vertex) << cosh, sinh * std::cos(angle), sinh * std::sin(angle);
  };
  const auto middle = [](int k) { return 1 + k % 8; };
  const auto corner = [](int k) { return 9 + k % 8; };
  place(0, 1, 0);
  for (int k = 0; k < 8; ++k) {
    place(middle(k), cot, pi / 4 * k + pi / 8);
    place(corner(k), cot * cot, pi / 4 * k);
    cells.cells.push_back({0, middle(k), middle(k + 1)});
    cells.cells.push_back({middle(k), corner(k + 1), middle(k + 1)});
    std::vector<int> pairing(17, -1);
    pairing[static_cast<std::size_t>(corner(k))] = corner(k + 5);
    pairing[static_cast<std::size_t>(middle(k))] = middle(k + 4);
    pairing[static_cast<std::size_t>(corner(k + 1))] = corner(k + 4);
    cells.gluings.push_back(pairing);
  }
  // The pull-back of the hyperbolic metric under X ↦ X/√s, s = −⟨X, X⟩, with J = diag(−1, 1, 1): J/s + JX(JX)ᵀ/s².
  return divide("bolza", cells,
                {.metric =
                     [](Charts charts) {
                       return chart_metric(std::move(charts), [](const ChartPoint& x) {
                         const Eigen::Vector3d lowered(-x[0], x[1], x[2]);
                         const double s = -lowered.dot(Eigen::Vector3d(x));
                         return ChartMatrix(Eigen::Matrix3d(Eigen::Vector3d(-1, 1, 1).asDiagonal()) / s +
                                            lowered * lowered.transpose() / (s * s));
                       });
                     }},
                division);
}

} // namespace weyl
