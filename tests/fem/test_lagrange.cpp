// SPDX-License-Identifier: GPL-3.0-or-later
// What Lagrange elements of every order satisfy, and the pencils made of them.

#include <cmath>
#include <map>
#include <numbers>
#include <random>
#include <vector>

#include <doctest/doctest.h>

#include "weyl/core/error.hpp"
#include "weyl/eigen/eigenpairs.hpp"
#include "weyl/fem/lagrange.hpp"
#include "weyl/fem/lagrange_laplacian.hpp"
#include "weyl/fem/laplacian.hpp"
#include "weyl/fem/quadrature.hpp"
#include "weyl/mesh/intrinsic_delaunay.hpp"
#include "weyl/mesh/make.hpp"
#include "weyl/mesh/topology.hpp"

using namespace weyl;

namespace {

double factorial(int n) { return std::tgamma(n + 1.0); }

/// ∫ λ^i over the simplex of volume 1/d!: Π i_k! / (d + Σ i_k)!.
double monomial_integral(int dimension, const MultiIndex& i) {
  double product = 1;
  int sum = 0;
  for (const int k : i) {
    product *= factorial(k);
    sum += k;
  }
  return product / factorial(dimension + sum);
}

double monomial(const MultiIndex& i, const Eigen::VectorXd& lambda) {
  double product = 1;
  for (Eigen::Index k = 0; k < lambda.size(); ++k) {
    product *= std::pow(lambda[k], i[static_cast<std::size_t>(k)]);
  }
  return product;
}

/// Places of nodes in R^n.
Eigen::MatrixXd places(const Mesh& mesh, const NodeNumbers& nodes, const LagrangeElement& element) {
  Eigen::MatrixXd x = Eigen::MatrixXd::Constant(mesh.ambient_dimension, nodes.count, std::nan(""));
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    Eigen::MatrixXd corners(mesh.ambient_dimension, mesh.dimension + 1);
    for (int i = 0; i <= mesh.dimension; ++i) {
      const auto p = mesh.position(mesh.cell(c)[static_cast<std::size_t>(i)]);
      corners.col(i) = Eigen::Map<const Eigen::VectorXd>(p.data(), mesh.ambient_dimension);
    }
    for (int a = 0; a < element.size(); ++a) {
      const int node = nodes.cell(c)[static_cast<std::size_t>(a)];
      const Eigen::VectorXd here = corners * element.nodes().col(a);
      if (!std::isnan(x(0, node))) { // every cell must put the node at the same place
        CHECK((x.col(node) - here).norm() <= 1e-13);
      }
      x.col(node) = here;
    }
  }
  return x;
}

} // namespace

TEST_CASE("quadrature integrates every polynomial of its degree") {
  for (int d = 1; d <= 3; ++d) {
    for (const int degree : {0, 1, 4, 7, 12}) {
      const Quadrature rule = simplex_quadrature(d, degree);
      CHECK(rule.points.minCoeff() > 0);
      CHECK(rule.weights.minCoeff() > 0);
      for (const LagrangeElement element(d, std::max(1, std::min(degree, 8)));
           const MultiIndex& i : element.indices()) {
        if (i[0] + i[1] + i[2] + i[3] > degree) {
          continue;
        }
        double sum = 0;
        for (Eigen::Index q = 0; q < rule.weights.size(); ++q) {
          sum += rule.weights[q] * monomial(i, rule.points.col(q));
        }
        CHECK(sum == doctest::Approx(monomial_integral(d, i)).epsilon(1e-12));
      }
    }
  }
}

TEST_CASE("the Dubiner polynomials are orthonormal, and their derivatives are those of the values") {
  for (int d = 1; d <= 3; ++d) {
    const int order = 6;
    const Quadrature rule = simplex_quadrature(d, 2 * order);
    const Eigen::MatrixXd psi = dubiner(d, order, rule.points).values;
    const Eigen::MatrixXd gram = psi * rule.weights.asDiagonal() * psi.transpose();
    CHECK((gram - Eigen::MatrixXd::Identity(gram.rows(), gram.cols())).cwiseAbs().maxCoeff() < 1e-12);
    const Eigen::MatrixXd point = rule.points.leftCols(1);
    const double h = 1e-6;
    for (int i = 0; i < d; ++i) {
      Eigen::MatrixXd moved(d + 1, 2);
      moved << point, point;
      moved(i + 1, 0) += h;
      moved(0, 0) -= h;
      moved(i + 1, 1) -= h;
      moved(0, 1) += h;
      const Eigen::MatrixXd at = dubiner(d, order, moved).values;
      const Eigen::VectorXd difference = (at.col(0) - at.col(1)) / (2 * h);
      const Eigen::VectorXd derivative = dubiner(d, order, point).gradient[static_cast<std::size_t>(i)];
      CHECK((difference - derivative).norm() <= 1e-7 * derivative.norm());
    }
  }
}

TEST_CASE("shape functions are 1 at their node and 0 at the others, and add up to 1; nodes are well-conditioned") {
  for (int d = 1; d <= 3; ++d) {
    for (int p = 1; p <= largest_order; ++p) {
      const LagrangeElement element(d, p);
      const int size = element.size();
      const Eigen::MatrixXd at_nodes = element.at(element.nodes()).values;
      CHECK((at_nodes - Eigen::MatrixXd::Identity(size, size)).cwiseAbs().maxCoeff() < 1e-12);
      const Eigen::MatrixXd inside = element.at(simplex_quadrature(d, 10).points).values;
      CHECK((inside.colwise().sum().array() - 1).abs().maxCoeff() < 1e-12);
      // The Lebesgue constant, over the quadrature points.
      CHECK(inside.cwiseAbs().colwise().sum().maxCoeff() < 20);
    }
  }
  CHECK_THROWS_AS(LagrangeElement(2, largest_order + 1), InputError);
}

TEST_CASE("every permutation of the corners permutes the nodes") {
  for (int d = 1; d <= 3; ++d) {
    for (int p = 1; p <= 6; ++p) {
      const LagrangeElement element(d, p);
      std::map<MultiIndex, int> number;
      for (int a = 0; a < element.size(); ++a) {
        number[element.indices()[static_cast<std::size_t>(a)]] = a;
      }
      std::array<int, 4> turn{0, 1, 2, 3};
      do {
        for (int a = 0; a < element.size(); ++a) {
          MultiIndex image{};
          Eigen::VectorXd moved(d + 1);
          for (int i = 0; i <= d; ++i) {
            image[static_cast<std::size_t>(turn[static_cast<std::size_t>(i)])] =
                element.indices()[static_cast<std::size_t>(a)][static_cast<std::size_t>(i)];
            moved[turn[static_cast<std::size_t>(i)]] = element.nodes()(i, a);
          }
          CHECK((moved - element.nodes().col(number.at(image))).norm() < 1e-14);
        }
      } while (std::next_permutation(turn.begin(), turn.begin() + d + 1));
    }
  }
}

TEST_CASE("cells that share a face agree on its nodes, however their vertices are listed") {
  std::mt19937 generator(11);
  for (const std::string kind : {"circle", "annulus", "icosphere", "box", "ball"}) {
    CAPTURE(kind);
    Mesh mesh = make_mesh(kind, 0.7);
    for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
      const auto begin = mesh.cells.begin() + static_cast<std::ptrdiff_t>(c) * (mesh.dimension + 1);
      std::shuffle(begin, begin + mesh.dimension + 1, generator);
    }
    for (int p = 1; p <= 6; ++p) {
      const LagrangeElement element(mesh.dimension, p);
      const NodeNumbers nodes = number_nodes(mesh, p);
      const Eigen::MatrixXd x = places(mesh, nodes, element);
      CHECK(x.allFinite()); // every number is used
      // One node more per place: none is counted twice.
      const Topology t = topology(mesh);
      const auto cells = static_cast<std::int64_t>(mesh.cell_count());
      const std::int64_t edges = mesh.dimension == 1 ? cells : t.edges;
      const std::int64_t faces = mesh.dimension == 1 ? 0 : mesh.dimension == 2 ? cells : t.faces;
      const std::int64_t solids = mesh.dimension == 3 ? cells : 0;
      CHECK(nodes.count == mesh.vertex_count + (p - 1) * edges + (p - 1) * (p - 2) / 2 * faces +
                               (p - 1) * (p - 2) * (p - 3) / 6 * solids);
    }
  }
}

TEST_CASE("K and M of every order: exactly symmetric, one pattern, constants in the kernel, 1ᵀM1 the volume") {
  for (const std::string kind : {"interval", "circle", "mobius", "icosphere", "klein", "box", "ball"}) {
    CAPTURE(kind);
    const Mesh mesh = make_mesh(kind, 0.6);
    for (int p = 1; p <= 5; ++p) {
      const auto [K, M, d] = lagrange_laplacian(mesh, {.order = p}).pencil;
      CHECK((SparseMatrix(K.transpose()) - K).norm() == 0);
      CHECK((SparseMatrix(M.transpose()) - M).norm() == 0);
      CHECK(std::equal(K.innerIndexPtr(), K.innerIndexPtr() + K.nonZeros(), M.innerIndexPtr()));
      const Eigen::VectorXd one = Eigen::VectorXd::Ones(K.rows());
      CHECK((K * one).cwiseAbs().maxCoeff() <= 1e-13 * K.diagonal().maxCoeff());
      CHECK(one.dot(M * one) == doctest::Approx(volume(mesh)).epsilon(1e-12));
    }
  }
}

TEST_CASE("order 1 is the pencil of linear elements; by the metric at quadrature points it is the same to rounding") {
  for (const std::string kind : {"interval", "mobius", "icosphere", "klein", "ball"}) {
    CAPTURE(kind);
    const Mesh mesh = make_mesh(kind, 0.5);
    for (const Boundary boundary : {Boundary::neumann, Boundary::dirichlet}) {
      const Pencil p1 = laplacian(mesh, {.boundary = boundary}).pencil;
      const Pencil same = lagrange_laplacian(mesh, {.order = 1, .boundary = boundary}).pencil;
      CHECK((p1.stiffness - same.stiffness).norm() == 0);
      CHECK((p1.mass - same.mass).norm() == 0);
      for (int p = 1; p <= 3; ++p) {
        const RiemannianMesh space{.mesh = mesh, .metric = flat_metric(mesh)};
        const Pencil a = lagrange_laplacian(mesh, {.order = p, .boundary = boundary}).pencil;
        const Pencil b = lagrange_laplacian(space, {.order = p, .boundary = boundary}).pencil;
        CHECK((a.stiffness - b.stiffness).norm() <= 1e-12 * a.stiffness.norm());
        CHECK((a.mass - b.mass).norm() <= 1e-12 * a.mass.norm());
      }
    }
  }
}

TEST_CASE("forms of polynomials are exact: uᵀKu and uᵀMu of u = x^p on a square and a cube") {
  for (int p = 1; p <= 5; ++p) {
    for (const Mesh& mesh : {make_rectangle(1, 1, 0.6), make_box(1, 1, 1, 0.9)}) {
      const LagrangeElement element(mesh.dimension, p);
      const LagrangeLaplacian l = lagrange_laplacian(mesh, {.order = p});
      const Eigen::MatrixXd x = places(mesh, l.nodes, element);
      const Eigen::VectorXd u = x.row(0).array().pow(p).transpose();
      CHECK(u.dot(l.pencil.stiffness * u) == doctest::Approx(p * p / (2.0 * p - 1)).epsilon(1e-11));
      CHECK(u.dot(l.pencil.mass * u) == doctest::Approx(1 / (2.0 * p + 1)).epsilon(1e-11));
    }
  }
}

TEST_CASE("a higher order contains the lower one: every eigenvalue falls (min-max)") {
  for (const std::string kind : {"tetrahedron", "annulus", "box"}) {
    const Mesh mesh = make_mesh(kind, 0.8);
    for (const Boundary boundary : {Boundary::neumann, Boundary::dirichlet}) {
      const auto spectrum = [&](int p) {
        return eigenpairs(lagrange_laplacian(mesh, {.order = p, .boundary = boundary}).pencil, {.count = 12}).values;
      };
      Eigen::VectorXd before = spectrum(2);
      for (int p = 3; p <= 5; ++p) {
        const Eigen::VectorXd values = spectrum(p);
        CHECK((values - before).maxCoeff() <= 1e-9 * before.maxCoeff());
        before = values;
      }
    }
  }
}

TEST_CASE("the pencil does not depend on the number of threads, nor on flips to intrinsic Delaunay of a flat surface") {
  const Mesh mesh = make_sphere(1, 0.2);
  const Pencil one = lagrange_laplacian(mesh, {.order = 3, .threads = 1}).pencil;
  const Pencil four = lagrange_laplacian(mesh, {.order = 3, .threads = 4}).pencil;
  CHECK((one.stiffness - four.stiffness).norm() == 0);
  CHECK((one.mass - four.mass).norm() == 0);
  // The same surface in other cells: the same spectrum to the accuracy of the elements.
  const Mesh thin = make_rectangle(1, 0.37, 0.06);
  const auto spectrum = [](const Mesh& m) {
    return eigenpairs(lagrange_laplacian(m, {.order = 4, .boundary = Boundary::dirichlet}).pencil, {.count = 3}).values;
  };
  const double exact = std::pow(std::numbers::pi, 2) * (1 + 1 / (0.37 * 0.37));
  CHECK(spectrum(thin)[0] == doctest::Approx(exact).epsilon(1e-9));
  CHECK(spectrum(intrinsic_delaunay(thin).mesh)[0] == doctest::Approx(exact).epsilon(1e-9));
}

TEST_CASE("a mesh whose nodes all lie on the Dirichlet boundary is refused, a single triangle of order 3 is not") {
  const Mesh triangle{.ambient_dimension = 2, .vertex_count = 3, .positions = {0, 0, 1, 0, 0, 1}, .cells = {0, 1, 2}};
  CHECK_THROWS_AS(lagrange_laplacian(triangle, {.order = 2, .boundary = Boundary::dirichlet}), InputError);
  CHECK(lagrange_laplacian(triangle, {.order = 3, .boundary = Boundary::dirichlet}).pencil.size() == 1);
}
