// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/digits.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/eigen/eigenpairs.hpp"
#include "weyl/fem/cell_energy.hpp"
#include "weyl/mesh/bisect.hpp"
#include "weyl/mesh/corners.hpp"

namespace weyl::tool {

namespace {

/// What arithmetic leaves of a Rayleigh quotient, relative.
constexpr double rounding = 1e-13;

/// Order for D digits: each order gains about two digits on a mesh that resolves the eigenfunctions.
int order_for(int digits) { return std::clamp(2 + digits / 2, 3, 8); }

struct Trial {
  AccurateEigenvalues result;
  Eigen::VectorXd indicators; ///< per cell
};

/// Solves with order p and p − 1 on one mesh.
Trial solve(const RiemannianMesh& space, int order, const DigitsOptions& options) {
  LagrangeOptions assembly{.order = order, .boundary = options.boundary, .threads = options.threads};
  EigenOptions wanted{.count = options.count, .seed = options.seed, .threads = options.threads};
  const LagrangeLaplacian high = lagrange_laplacian(space, assembly);
  const Eigenpairs pairs = eigenpairs(high.pencil, wanted);
  const CellEnergies energies = cell_energies(space, high, pairs.vectors, options.threads);
  assembly.order = order - 1;
  wanted.vectors = false;
  const Eigen::VectorXd lower = eigenpairs(lagrange_laplacian(space, assembly).pencil, wanted).values;

  Trial trial;
  std::vector<double>& values = trial.result.values;
  values.assign(energies.quotients.begin(), energies.quotients.end());
  std::ranges::sort(values);
  const double scale = spectral_scale(high.pencil);
  trial.indicators = Eigen::VectorXd::Zero(energies.indicators.rows());
  for (std::size_t k = 0; k < values.size(); ++k) {
    const auto column = static_cast<Eigen::Index>(k);
    const double missing = column < lower.size() ? std::abs(lower[column] - values[k]) : values[k];
    trial.result.errors.push_back(2 * missing + rounding * std::max(values[k], scale));
    trial.indicators += energies.indicators.col(column) / std::max(pairs.values[column], scale);
  }
  trial.result.residuals.assign(pairs.residuals.begin(), pairs.residuals.end());
  trial.result.order = order;
  trial.result.dofs = high.pencil.size();
  trial.result.cells = static_cast<std::int64_t>(space.mesh.cell_count());
  return trial;
}

/// The fewest cells that hold the given part of all.
std::vector<char> bulk(const Eigen::VectorXd& indicators, double part) {
  std::vector<Eigen::Index> order(static_cast<std::size_t>(indicators.size()));
  std::iota(order.begin(), order.end(), 0);
  std::ranges::sort(order, [&](Eigen::Index a, Eigen::Index b) { return indicators[a] > indicators[b]; });
  std::vector<char> marked(order.size(), 0);
  double left = part * indicators.sum();
  for (auto cell = order.begin(); cell != order.end() && left > 0; ++cell) {
    marked[static_cast<std::size_t>(*cell)] = 1;
    left -= indicators[*cell];
  }
  return marked;
}

/// The largest relative error. A null mode, which has none, is far below the last value and |M|^(−2/d).
double largest_error(const AccurateEigenvalues& result, const Mesh& mesh) {
  const double top = std::max(result.values.back(), std::pow(volume(mesh), -2.0 / mesh.dimension));
  double largest = 0;
  for (std::size_t k = 0; k < result.values.size(); ++k) {
    const bool null = result.values[k] < 1e-9 * top;
    largest = std::max(largest, null ? 0.0 : result.errors[k] / result.values[k]);
  }
  return largest;
}

/// How many vertices are graded beforehand: more of them are a scanned surface, on which the indicators decide.
constexpr std::int64_t few_corners = 200;

/// Elements of order 2 have an unknown inside of so many.
constexpr std::size_t least_cells = 12;

/// Solves until the digits are there; `improve` makes the next space out of this one and its indicators.
template <class Improve>
AccurateEigenvalues until_accurate(RiemannianMesh space, const Improve& improve, const DigitsOptions& options) {
  const double tolerance = std::pow(10.0, -options.digits);
  const int order = order_for(options.digits);
  const int d = space.mesh.dimension;
  const double nodes_a_cell = std::pow(order, d) / (d == 3 ? 6 : d);
  while (space.mesh.cell_count() < least_cells) {
    const Eigen::VectorXd everywhere = Eigen::VectorXd::Ones(static_cast<Eigen::Index>(space.mesh.cell_count()));
    space = improve(std::move(space), everywhere);
  }
  double reached = 1;
  for (int meshes = 1;; ++meshes) {
    if (nodes_a_cell * static_cast<double>(space.mesh.cell_count()) > static_cast<double>(options.unknowns)) {
      throw NumericalError(fmt::format("{} digits are out of reach with {} unknowns of order {}: {} mesh{} gave a "
                                       "relative error of {:.1e}; ask for fewer digits or eigenvalues",
                                       options.digits, options.unknowns, order, meshes - 1, meshes == 2 ? "" : "es",
                                       reached));
    }
    Trial trial = solve(space, order, options);
    reached = largest_error(trial.result, space.mesh);
    if (options.progress) {
      options.progress(reached);
    }
    if (reached <= tolerance && static_cast<std::int64_t>(trial.result.values.size()) >= options.count) {
      trial.result.meshes = meshes;
      return std::move(trial.result);
    }
    space = improve(std::move(space), trial.indicators);
  }
}

} // namespace

AccurateEigenvalues accurate_eigenvalues(const Levels& levels, const DigitsOptions& options) {
  int level = 0;
  return until_accurate(
      levels(0), [&](const RiemannianMesh&, const Eigen::VectorXd&) { return levels(++level); }, options);
}

AccurateEigenvalues accurate_eigenvalues(Mesh mesh, const DigitsOptions& options) {
  const bool few = std::ranges::count_if(corner_exponents(mesh), is_singular) <= few_corners;
  mesh = few ? graded(mesh, 0.1 * std::pow(10.0, -options.digits)) : longest_edge_first(std::move(mesh));
  return until_accurate(
      {.mesh = std::move(mesh)},
      [](RiemannianMesh space, const Eigen::VectorXd& indicators) {
        space.mesh = bisect(space.mesh, bulk(indicators, 0.8));
        return space;
      },
      options);
}

} // namespace weyl::tool
