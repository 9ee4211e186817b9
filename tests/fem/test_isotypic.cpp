// SPDX-License-Identifier: GPL-3.0-or-later
// The blocks of a pencil with a symmetry hold its whole spectrum, and only that.

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

#include <Eigen/Eigenvalues>
#include <Eigen/Geometry>
#include <doctest/doctest.h>

#include "weyl/fem/isotypic.hpp"
#include "weyl/fem/laplacian.hpp"
#include "weyl/mesh/make.hpp"
#include "weyl/symmetry/isometries.hpp"
#include "weyl/symmetry/subgroups.hpp"

using namespace weyl;

namespace {

using Dense = Eigen::GeneralizedSelfAdjointEigenSolver<Eigen::MatrixXd>;

std::vector<double> eigenvalues(const Pencil& pencil) {
  if (pencil.size() == 0) {
    return {};
  }
  const Dense solver(Eigen::MatrixXd(pencil.stiffness), Eigen::MatrixXd(pencil.mass), Eigen::EigenvaluesOnly);
  return {solver.eigenvalues().begin(), solver.eigenvalues().end()};
}

/// All eigenvalues of all blocks, each as often as it counts in the whole.
std::vector<double> merged(const Pencil& pencil, const Group& group, const Action& action) {
  const Orbits parts = orbits(group, action);
  std::vector<double> all;
  for (const Representation& rho : irreducible_representations(group)) {
    for (const double lambda : eigenvalues(isotypic_block(pencil, action, parts, rho))) {
      all.insert(all.end(), static_cast<std::size_t>(rho.weight()), lambda);
    }
  }
  std::ranges::sort(all);
  return all;
}

void check_blocks(const Pencil& pencil, const Group& group, const Action& action) {
  const std::vector<double> direct = eigenvalues(pencil);
  const std::vector<double> blocks = merged(pencil, group, action);
  REQUIRE(blocks.size() == direct.size());
  double worst = 0;
  for (std::size_t k = 0; k < direct.size(); ++k) {
    worst = std::max(worst, std::abs(blocks[k] - direct[k]));
  }
  CHECK(worst < 1e-10 * direct.back());
}

} // namespace

TEST_CASE("the blocks of all irreducible representations hold the whole spectrum, for every subgroup") {
  const std::map<std::string, Mesh> meshes{{"icosphere", make_sphere(1, 0.5)},
                                           {"cube", make_cube(1, 0.6)},
                                           {"disk", make_disk(1, 0.3)},
                                           {"solid box", make_box(1, 1, 2, 0.9)},
                                           {"circle", make_circle(1, 0.1)}};
  for (const auto& [name, mesh] : meshes) {
    CAPTURE(name);
    const Laplacian discrete = laplacian(mesh);
    const Group whole = isometry_group(mesh);
    for (const SubgroupClass& c : subgroup_classes(whole)) {
      CAPTURE(c.name);
      const Group group = subgroup(whole, c.members);
      check_blocks(discrete.pencil, group, action_on_vertices(group, discrete.vertex_of_dof));
    }
  }
}

TEST_CASE("Dirichlet conditions, lumped masses and groups that are no point groups") {
  const Mesh disk = make_disk(1, 0.25);
  const Laplacian dirichlet = laplacian(disk, {.mass = Mass::lumped, .boundary = Boundary::dirichlet});
  const Group c6v = isometry_group(disk);
  check_blocks(dirichlet.pencil, c6v, action_on_vertices(c6v, dirichlet.vertex_of_dof));

  const Mesh torus = make_flat_torus(1, 1, 0.35);
  const Laplacian flat = laplacian(torus);
  const Group group = isometry_group(torus);
  check_blocks(flat.pencil, group, action_on_vertices(group, flat.vertex_of_dof));
}

TEST_CASE("quaternionic and signed actions: a random pencil with the symmetry") {
  // Q8 acts on three copies of itself by left multiplication; K and M are averaged over it.
  const std::vector<Permutation> left{{2, 3, 1, 0, 6, 7, 5, 4}, {4, 5, 7, 6, 1, 0, 2, 3}};
  const Group q8 = generate(left, 8);
  constexpr int n = 24;
  Action action;
  for (const Permutation& g : q8.permutations) {
    Permutation& images = action.images.emplace_back();
    for (int x = 0; x < n; ++x) {
      images.push_back(x / 8 * 8 + g[x % 8]);
    }
  }
  std::mt19937 generator(3);
  std::normal_distribution<double> normal;
  const auto random = [&] {
    Eigen::MatrixXd a(n, n);
    return Eigen::MatrixXd(a.unaryExpr([&](double) { return normal(generator); }));
  };
  const auto average = [&](const Eigen::MatrixXd& a) {
    Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(n, n);
    for (std::size_t g = 0; g < action.images.size(); ++g) {
      for (int x = 0; x < n; ++x) {
        for (int y = 0; y < n; ++y) {
          const double sign = action.signs.empty() ? 1 : action.signs[g][x] * action.signs[g][y];
          sum(action.images[g][x], action.images[g][y]) += sign * a(x, y) / 8;
        }
      }
    }
    return sum;
  };
  for (const bool signs : {false, true}) {
    CAPTURE(signs);
    if (signs) { // a sign character on the second copy: +1 on ±1, ±i, −1 on ±j, ±k
      for (std::size_t g = 0; g < 8; ++g) {
        action.signs.emplace_back(n, 1);
        const bool odd = q8.permutations[g][0] >= 4;
        std::fill_n(action.signs[g].begin() + 8, 8, static_cast<signed char>(odd ? -1 : 1));
      }
    }
    const Eigen::MatrixXd a = random();
    const Eigen::MatrixXd b = random();
    const Pencil pencil{.stiffness = average(a * a.transpose()).sparseView(),
                        .mass = average(b * b.transpose() + Eigen::MatrixXd::Identity(n, n)).sparseView()};
    check_blocks(pencil, q8, action);
  }
}

TEST_CASE("eigenvectors of a block lift to orthonormal eigenvectors of the whole") {
  const Mesh sphere = make_sphere(1, 0.5);
  const Laplacian discrete = laplacian(sphere);
  const Group group = isometry_group(sphere);
  const Action action = action_on_vertices(group, discrete.vertex_of_dof);
  const Orbits parts = orbits(group, action);
  for (const Representation& rho : irreducible_representations(group)) {
    CAPTURE(rho.name);
    const Pencil block = isotypic_block(discrete.pencil, action, parts, rho);
    if (block.size() == 0) {
      continue;
    }
    const Dense solver(Eigen::MatrixXd(block.stiffness), Eigen::MatrixXd(block.mass));
    Eigen::MatrixXd before;
    for (int row = 0; row < rho.dimension; ++row) {
      const Eigen::MatrixXd x = isotypic_basis(action, parts, rho, row) * solver.eigenvectors();
      const Eigen::MatrixXd mx = discrete.pencil.mass * x;
      const double scale = solver.eigenvalues().tail(1)[0];
      CHECK((x.transpose() * mx - Eigen::MatrixXd::Identity(x.cols(), x.cols())).cwiseAbs().maxCoeff() < 1e-10);
      CHECK((discrete.pencil.stiffness * x - mx * solver.eigenvalues().asDiagonal()).cwiseAbs().maxCoeff() <
            1e-9 * scale);
      if (row > 0) {
        CHECK((before.transpose() * mx).cwiseAbs().maxCoeff() < 1e-10);
      }
      before = x;
    }
  }
}

TEST_CASE("invariant multiplicities on the sphere are those of Molien's series, for every subgroup of I_h") {
  // Spherical harmonics of degree k: the character of rotation by θ is sin((k+½)θ)/sin(θ/2), times (−1)^k for −g.
  const Mesh sphere = make_sphere(1, 0.2);
  const Laplacian discrete = laplacian(sphere);
  const Group whole = isometry_group(sphere);
  constexpr int degrees = 7; // λ = k(k+1), distinct to the accuracy of this mesh
  const auto trace = [&](int g, int k) {
    const Eigen::Matrix3d a = whole.matrices[g];
    const double det = a.row(0).cross(a.row(1)).dot(a.row(2));
    double sum = 1; // 1 + 2 Σ cos mθ, cos θ = (det·tr A − 1)/2
    const double theta = std::acos(std::clamp((det * a.trace() - 1) / 2, -1.0, 1.0));
    for (int m = 1; m <= k; ++m) {
      sum += 2 * std::cos(m * theta);
    }
    return det < 0 && k % 2 == 1 ? -sum : sum;
  };
  for (const SubgroupClass& c : subgroup_classes(whole)) {
    CAPTURE(c.name);
    const Group group = subgroup(whole, c.members);
    const Action action = action_on_vertices(group, discrete.vertex_of_dof);
    const Orbits parts = orbits(group, action);
    for (const Representation& rho : irreducible_representations(group)) {
      CAPTURE(rho.name);
      const std::vector<double> values = eigenvalues(isotypic_block(discrete.pencil, action, parts, rho));
      std::size_t expected = 0;
      for (int k = 0; k <= degrees; ++k) {
        double sum = 0;
        for (std::size_t i = 0; i < c.members.size(); ++i) {
          sum += trace(c.members[i], k) * rho.character[i];
        }
        expected += static_cast<std::size_t>(std::lround(sum / group.order()));
        const double above = (k + 1) * (k + 1); // between k(k+1) and (k+1)(k+2)
        CHECK(std::ranges::count_if(values, [&](double lambda) { return lambda < above; }) ==
              static_cast<std::ptrdiff_t>(expected));
      }
    }
  }
}
