// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/symmetry/representation.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <optional>
#include <random>

#include <Eigen/Eigenvalues>
#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/symmetry/mulliken.hpp"

namespace weyl {

namespace {

constexpr double accuracy = 1e-12; ///< of ρ(gh) = ρ(g)ρ(h), per entry

/// Σ_g c_g R_g with R_g right multiplication and random c_g = c_{g⁻¹}: A_{yx} = c_{x⁻¹y}.
Eigen::MatrixXd commuting_matrix(const Group& group, unsigned seed) {
  std::mt19937 generator(seed);
  std::normal_distribution<double> normal;
  const int n = group.order();
  std::vector<double> c(static_cast<std::size_t>(n));
  for (int g = 0; g < n; ++g) {
    c[g] = group.inverse[g] < g ? c[group.inverse[g]] : normal(generator);
  }
  Eigen::MatrixXd a(n, n);
  for (int x = 0; x < n; ++x) {
    for (int y = 0; y < n; ++y) {
      a(y, x) = c[group.times(group.inverse[x], y)];
    }
  }
  return a;
}

double inner_product(const std::vector<double>& chi, const std::vector<double>& psi) {
  return std::inner_product(chi.begin(), chi.end(), psi.begin(), 0.0) / static_cast<double>(chi.size());
}

/// An eigenspace of the commuting matrix: orthonormal columns, and the distance to the next eigenvalue.
struct Part {
  Eigen::MatrixXd basis;
  double gap = 0;
};

std::vector<Part> eigenspaces(const Eigen::MatrixXd& a) {
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(a);
  const Eigen::VectorXd& values = solver.eigenvalues();
  const double scale = values.cwiseAbs().maxCoeff();
  std::vector<Part> parts;
  Eigen::Index begin = 0;
  double gap_below = scale;
  for (Eigen::Index i = 1; i <= values.size(); ++i) {
    const double gap = i < values.size() ? values[i] - values[i - 1] : scale;
    if (gap > 1e-10 * scale) {
      parts.push_back({solver.eigenvectors().middleCols(begin, i - begin), std::min(gap, gap_below)});
      begin = i;
      gap_below = gap;
    }
  }
  return parts;
}

/// Rows of `basis` moved by left multiplication: (L_g Q)_{gx} = Q_x.
Eigen::MatrixXd moved(const Group& group, int g, const Eigen::MatrixXd& basis) {
  Eigen::MatrixXd result(basis.rows(), basis.cols());
  for (int x = 0; x < group.order(); ++x) {
    result.row(group.times(g, x)) = basis.row(x);
  }
  return result;
}

std::vector<double> character(const Group& group, const Eigen::MatrixXd& basis) {
  std::vector<double> chi;
  chi.reserve(static_cast<std::size_t>(group.order()));
  for (int g = 0; g < group.order(); ++g) {
    chi.push_back(basis.cwiseProduct(moved(group, g, basis)).sum());
  }
  return chi;
}

/// Largest error of ρ(sg) = ρ(s)ρ(g) over generators s and all g, from which all other products follow.
double homomorphism_error(const Group& group, const Representation& rho) {
  double worst = 0;
  for (const int s : group.generators) {
    for (int g = 0; g < group.order(); ++g) {
      worst =
          std::max(worst, (rho.matrices[group.times(s, g)] - rho.matrices[s] * rho.matrices[g]).cwiseAbs().maxCoeff());
    }
  }
  return worst;
}

/// All irreducible representations from one random matrix, unless a check fails.
std::optional<std::vector<Representation>> attempt(const Group& group, unsigned seed) {
  std::vector<Part> parts = eigenspaces(commuting_matrix(group, seed));
  std::ranges::stable_sort(parts, std::greater<>(), &Part::gap);
  std::vector<Representation> found;
  int sum = 0; // Σ d²/t
  for (const Part& part : parts) {
    Representation rho{.dimension = static_cast<int>(part.basis.cols())};
    rho.character = character(group, part.basis);
    if (std::ranges::any_of(found, [&](const Representation& other) {
          return other.dimension == rho.dimension && inner_product(other.character, rho.character) > 0.5;
        })) {
      continue;
    }
    const double t = inner_product(rho.character, rho.character);
    const int type = static_cast<int>(std::lround(t));
    if (std::abs(t - type) > 1e-9 || (type != 1 && type != 2 && type != 4) || rho.dimension % type != 0) {
      return std::nullopt;
    }
    rho.type = static_cast<RepresentationType>(type);
    for (int g = 0; g < group.order(); ++g) {
      rho.matrices.emplace_back(part.basis.transpose() * moved(group, g, part.basis));
    }
    for (const Representation& other : found) {
      if (std::abs(inner_product(other.character, rho.character)) > 1e-9) {
        return std::nullopt;
      }
    }
    if (homomorphism_error(group, rho) > accuracy) {
      return std::nullopt;
    }
    sum += rho.dimension * rho.weight();
    found.push_back(std::move(rho));
  }
  return sum == group.order() ? std::optional(std::move(found)) : std::nullopt;
}

} // namespace

std::vector<Representation> irreducible_representations(const Group& group, unsigned seed) {
  if (group.order() > largest_represented) {
    throw InputError(group.name, fmt::format("it has {} elements; representations are computed for at most {}",
                                             group.order(), largest_represented));
  }
  constexpr unsigned attempts = 20;
  for (unsigned i = 0; i < attempts; ++i) {
    if (auto found = attempt(group, seed + i)) {
      symmetry::name_representations(group, *found);
      return std::move(*found);
    }
  }
  throw NumericalError(fmt::format("the representations of {} (order {}): no success with {} random seeds", group.name,
                                   group.order(), attempts));
}

int invariant_dimension(const Representation& representation, const std::vector<int>& members) {
  double sum = 0;
  for (const int h : members) {
    sum += representation.character[h];
  }
  return static_cast<int>(std::lround(sum / static_cast<double>(members.size())));
}

Representation trivial_representation(const Group& group) {
  const auto order = static_cast<std::size_t>(group.order());
  return {.matrices = std::vector<Eigen::MatrixXd>(order, Eigen::MatrixXd::Ones(1, 1)),
          .character = std::vector<double>(order, 1)};
}

} // namespace weyl
