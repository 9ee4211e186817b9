// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/sampled.hpp"

#include <numbers>

#include <Eigen/Eigenvalues>
#include <Eigen/Geometry>

namespace weyl::test {

namespace {

int vertex(int n, int i, int j) { return (i + n) % n + n * ((j + n) % n); }

Motion about(const Eigen::Vector3d& axis, double angle) {
  return affine_motion(Eigen::AngleAxisd(angle, axis.normalized()).toRotationMatrix(), Eigen::Vector3d::Zero());
}

} // namespace

FeatureSpace graph_of_squares(int n) {
  const double h = 1.0 / n;
  CellFunctions mesh{.dimension = 2, .cells = {}, .volumes = {}, .eigenvalues = {}, .values = {}};
  for (int j = 0; j < n; ++j) {
    for (int i = 0; i < n; ++i) {
      const int a = vertex(n, i, j);
      const int c = vertex(n, i + 1, j + 1);
      mesh.cells.insert(mesh.cells.end(), {a, vertex(n, i + 1, j), c, a, c, vertex(n, i, j + 1)});
      mesh.volumes.insert(mesh.volumes.end(), 2, h * h / 2);
    }
  }
  Eigen::MatrixXd stiffness = Eigen::MatrixXd::Zero(n * n, n * n);
  Eigen::MatrixXd mass = Eigen::MatrixXd::Zero(n * n, n * n);
  for (std::size_t t = 0; t < mesh.cells.size(); t += 3) {
    // Right isosceles triangles whose right angle is at the vertex in the middle, or the last one.
    const int right = (t / 3) % 2 == 0 ? 1 : 2;
    for (int p = 0; p < 3; ++p) {
      for (int q = 0; q < 3; ++q) {
        const int a = mesh.cells[t + static_cast<std::size_t>(p)];
        const int b = mesh.cells[t + static_cast<std::size_t>(q)];
        mass(a, b) += h * h / 24 * (p == q ? 2 : 1);
        stiffness(a, b) += p == q ? (p == right ? 1.0 : 0.5) : (p == right || q == right ? -0.5 : 0.0);
      }
    }
  }
  const Eigen::GeneralizedSelfAdjointEigenSolver<Eigen::MatrixXd> solver(stiffness, mass);
  mesh.eigenvalues = solver.eigenvalues();
  mesh.values = solver.eigenvectors();
  return mesh_features(std::move(mesh));
}

Points graph_point(int n, int i, int j) {
  const int a = vertex(n, i, j); // the first corner of the first triangle of its square
  Points result(1, 6);
  result << a, vertex(n, i + 1, j), vertex(n, i + 1, j + 1), 1, 0, 0;
  return result;
}

Motion graph_inversion(int n) {
  std::vector<int> image(static_cast<std::size_t>(n * n));
  for (int j = 0; j < n; ++j) {
    for (int i = 0; i < n; ++i) {
      image[static_cast<std::size_t>(vertex(n, i, j))] = vertex(n, -i, -j);
    }
  }
  return vertex_motion(image);
}

Motion rotation(int i, int j, double angle) {
  Eigen::Matrix3d matrix = Eigen::Matrix3d::Identity();
  matrix(i, i) = std::cos(angle);
  matrix(i, j) = -std::sin(angle);
  matrix(j, i) = std::sin(angle);
  matrix(j, j) = std::cos(angle);
  return affine_motion(matrix, Eigen::Vector3d::Zero());
}

std::vector<Motion> icosahedral_rotations() {
  constexpr double pi = std::numbers::pi;
  return {about({0, 0, 1}, pi), about({1, 1, 1}, 2 * pi / 3), about({0, 1, std::numbers::phi}, 2 * pi / 5)};
}

} // namespace weyl::test
