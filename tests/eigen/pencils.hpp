// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Pencils that the tests of eigen/ share.

#include <random>
#include <string>
#include <vector>

#include "dense.hpp"
#include "weyl/core/pencil.hpp"
#include "weyl/fem/laplacian.hpp"
#include "weyl/mesh/make.hpp"

namespace weyl::test {

/// The 5-point Laplacian of an m × m grid with Dirichlet conditions, M = I: λ = 4 − 2cos(iπ/(m+1)) − 2cos(jπ/(m+1)).
/// For m = 30, λ = 4 has multiplicity 30 and 58 eigenvalues lie in [3.9, 4.15] (SLEPc's example ex2).
inline Pencil grid(int m, double scale = 1) {
  std::vector<Eigen::Triplet<double>> entries;
  for (int i = 0; i < m; ++i) {
    for (int j = 0; j < m; ++j) {
      const int at = i * m + j;
      entries.emplace_back(at, at, 4 * scale);
      if (i > 0) {
        entries.emplace_back(at, at - m, -scale);
        entries.emplace_back(at - m, at, -scale);
      }
      if (j > 0) {
        entries.emplace_back(at, at - 1, -scale);
        entries.emplace_back(at - 1, at, -scale);
      }
    }
  }
  Pencil pencil;
  pencil.stiffness.resize(m * m, m * m);
  pencil.stiffness.setFromTriplets(entries.begin(), entries.end());
  pencil.mass.resize(m * m, m * m);
  pencil.mass.setIdentity();
  return pencil;
}

/// A random sparse positive semidefinite K (a weighted graph Laplacian) and a random positive definite M whose pattern
/// is another one.
inline Pencil random_pencil(int n, unsigned seed) {
  std::mt19937 generator(seed);
  std::uniform_real_distribution<double> weight(0.1, 3);
  std::uniform_int_distribution<int> vertex(0, n - 1);
  std::vector<Eigen::Triplet<double>> k;
  std::vector<Eigen::Triplet<double>> m;
  const auto couple = [&](std::vector<Eigen::Triplet<double>>& entries, double sign) {
    const int i = vertex(generator);
    const int j = vertex(generator);
    if (i != j) {
      const double w = weight(generator);
      entries.emplace_back(i, i, w);
      entries.emplace_back(j, j, w);
      entries.emplace_back(i, j, sign * w);
      entries.emplace_back(j, i, sign * w);
    }
  };
  for (int e = 0; e < 3 * n; ++e) {
    couple(k, -1);
  }
  for (int e = 0; e < n; ++e) {
    couple(m, 0.5);
  }
  for (int i = 0; i < n; ++i) {
    m.emplace_back(i, i, 0.5);
    k.emplace_back(i, i, 0);
  }
  Pencil pencil;
  pencil.stiffness.resize(n, n);
  pencil.stiffness.setFromTriplets(k.begin(), k.end());
  pencil.mass.resize(n, n);
  pencil.mass.setFromTriplets(m.begin(), m.end());
  return pencil;
}

struct NamedPencil {
  std::string name;
  Pencil pencil;
};

/// Pencils of all dimensions, both masses, both conditions, a grid and graphs: small enough for a dense solver.
inline std::vector<NamedPencil> small_pencils() {
  const auto neumann = [](const Mesh& mesh, Mass mass) { return laplacian(mesh, {.mass = mass}).pencil; };
  return {{"circle", neumann(make_circle(1, 0.02), Mass::consistent)},
          {"sphere", neumann(make_sphere(1, 0.25), Mass::consistent)},
          {"sphere, lumped", neumann(make_sphere(1, 0.25), Mass::lumped)},
          {"Klein bottle", neumann(make_klein(1, 1, 0.08), Mass::consistent)},
          {"disk, Dirichlet", laplacian(make_disk(1, 0.15), {.boundary = Boundary::dirichlet}).pencil},
          {"ball", neumann(make_ball(1, 0.45), Mass::consistent)},
          {"box, lumped, Dirichlet",
           laplacian(make_box(1, 1, 1, 0.25), {.mass = Mass::lumped, .boundary = Boundary::dirichlet}).pencil},
          {"grid", grid(14)},
          {"graph 1", random_pencil(150, 1)},
          {"graph 2", random_pencil(230, 2)}};
}

} // namespace weyl::test
