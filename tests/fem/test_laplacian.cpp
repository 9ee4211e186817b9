// SPDX-License-Identifier: GPL-3.0-or-later
// What every pencil of linear elements satisfies, whatever the mesh.

#include <cmath>
#include <numbers>
#include <random>
#include <vector>

#include <doctest/doctest.h>

#include "dense.hpp"
#include "weyl/core/error.hpp"
#include "weyl/fem/laplacian.hpp"
#include "weyl/mesh/intrinsic_delaunay.hpp"
#include "weyl/mesh/make.hpp"
#include "weyl/mesh/topology.hpp"

using namespace weyl;

namespace {

const std::vector<std::string> every_kind{"interval",    "circle", "rectangle", "disk",       "annulus",
                                          "mobius",      "cube",   "icosphere", "torus",      "ellipsoid",
                                          "tetrahedron", "klein",  "box",       "flat-torus", "ball"};

Mesh coarse(const std::string& kind) { return make_mesh(kind, 0.45); }

/// Relative to the largest, which bounds the rounding of all.
void check_equal(const Eigen::VectorXd& a, const Eigen::VectorXd& b, double tolerance) {
  REQUIRE(a.size() == b.size());
  CHECK((a - b).cwiseAbs().maxCoeff() <= tolerance * a.cwiseAbs().maxCoeff());
}

/// The metric of an embedded mesh as edge lengths.
Mesh intrinsic(const Mesh& mesh) {
  Mesh result{
      .dimension = mesh.dimension, .ambient_dimension = 0, .vertex_count = mesh.vertex_count, .cells = mesh.cells};
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    const auto l2 = edge_lengths_squared(mesh, c);
    for (int e = 0; e < simplex_edge_count(mesh.dimension); ++e) {
      result.edge_lengths.push_back(std::sqrt(l2[e]));
    }
  }
  return result;
}

} // namespace

TEST_CASE("K and M are exactly symmetric and share one pattern") {
  for (const auto& kind : every_kind) {
    CAPTURE(kind);
    const auto [K, M, d] = laplacian(coarse(kind)).pencil;
    CHECK((SparseMatrix(K.transpose()) - K).norm() == 0);
    CHECK((SparseMatrix(M.transpose()) - M).norm() == 0);
    CHECK(std::equal(K.innerIndexPtr(), K.innerIndexPtr() + K.nonZeros(), M.innerIndexPtr()));
  }
}

TEST_CASE("constants are in the kernel of K, and 1ᵀM1 is the volume") {
  for (const auto& kind : every_kind) {
    CAPTURE(kind);
    const Mesh mesh = coarse(kind);
    for (const Mass mass : {Mass::consistent, Mass::lumped}) {
      const auto [K, M, d] = laplacian(mesh, {.mass = mass}).pencil;
      const Eigen::VectorXd one = Eigen::VectorXd::Ones(K.rows());
      CHECK((K * one).cwiseAbs().maxCoeff() <= 1e-12 * K.diagonal().maxCoeff());
      CHECK(one.dot(M * one) == doctest::Approx(volume(mesh)).epsilon(1e-12));
    }
  }
}

TEST_CASE("the lumped mass is the row sums of the consistent one") {
  for (const auto& kind : every_kind) {
    CAPTURE(kind);
    const SparseMatrix consistent = laplacian(coarse(kind), {.mass = Mass::consistent}).pencil.mass;
    const SparseMatrix lumped = laplacian(coarse(kind), {.mass = Mass::lumped}).pencil.mass;
    const Eigen::VectorXd one = Eigen::VectorXd::Ones(lumped.rows());
    const Eigen::VectorXd row_sums = consistent * one;
    const Eigen::VectorXd diagonal = lumped.diagonal();
    CHECK((row_sums - diagonal).cwiseAbs().maxCoeff() <= 1e-14 * diagonal.maxCoeff());
    CHECK(Eigen::VectorXd(lumped * one) == diagonal); // nothing off the diagonal
  }
}

TEST_CASE("K reproduces the Dirichlet energy of linear functions: uᵀKu = |∇u|²·volume on flat meshes") {
  for (const std::string kind : {"interval:2", "rectangle:1,2", "disk:1", "box:1,2,1", "ball:1"}) {
    CAPTURE(kind);
    const Mesh mesh = make_mesh(kind, 0.3);
    Eigen::VectorXd u(mesh.vertex_count);
    const Eigen::Vector3d slope(1, mesh.dimension > 1 ? -2 : 0, mesh.dimension > 2 ? 0.5 : 0);
    for (int v = 0; v < mesh.vertex_count; ++v) {
      u[v] = 0;
      for (int a = 0; a < std::min(mesh.dimension, mesh.ambient_dimension); ++a) {
        u[v] += slope[a] * mesh.position(v)[a];
      }
    }
    CHECK(u.dot(laplacian(mesh).pencil.stiffness * u) ==
          doctest::Approx(slope.squaredNorm() * volume(mesh)).epsilon(1e-10));
  }
}

TEST_CASE("only the metric counts: edge lengths give the pencil that positions give") {
  for (const std::string kind : {"circle", "icosphere", "mobius", "ball"}) {
    CAPTURE(kind);
    const Mesh mesh = coarse(kind);
    const Pencil embedded = laplacian(mesh).pencil;
    const Pencil from_lengths = laplacian(intrinsic(mesh)).pencil;
    CHECK((embedded.stiffness - from_lengths.stiffness).norm() <= 1e-11 * embedded.stiffness.norm());
    CHECK((embedded.mass - from_lengths.mass).norm() <= 1e-11 * embedded.mass.norm());
  }
}

TEST_CASE("eigenvalues of the regular polyhedra of triangles, P1 in closed form") {
  // Vertex-transitive of degree d with adjacency eigenvalues μ, edge a: consistent 8(d−μ)/((d+μ)a²), lumped
  // 4(d−μ)/(da²)
  struct Polyhedron {
    Mesh mesh;
    double degree;
    std::vector<double> adjacency; // ascending eigenvalues λ means descending μ
  };
  const double r = std::sqrt(5.0);
  const double a = 1.5;
  const std::vector<Polyhedron> polyhedra{
      {make_tetrahedron(a, 10), 3, {3, -1, -1, -1}},
      {make_octahedron(a, 10), 4, {4, 0, 0, 0, -2, -2}},
      {make_icosahedron(a, 10), 5, {5, r, r, r, -1, -1, -1, -1, -1, -r, -r, -r}},
  };
  for (const auto& [mesh, degree, adjacency] : polyhedra) {
    REQUIRE(mesh.vertex_count == static_cast<int>(adjacency.size()));
    Eigen::VectorXd consistent(mesh.vertex_count);
    Eigen::VectorXd lumped(mesh.vertex_count);
    for (int i = 0; i < mesh.vertex_count; ++i) {
      consistent[i] = 8 * (degree - adjacency[i]) / ((degree + adjacency[i]) * a * a);
      lumped[i] = 4 * (degree - adjacency[i]) / (degree * a * a);
    }
    check_equal(test::dense_eigenvalues(laplacian(mesh, {.mass = Mass::consistent}).pencil), consistent, 1e-12);
    check_equal(test::dense_eigenvalues(laplacian(mesh, {.mass = Mass::lumped}).pencil), lumped, 1e-12);
  }
}

TEST_CASE("isometries and relabelling keep the spectrum; scaling by s divides it by s²") {
  const Mesh mesh = make_ellipsoid(1, 0.8, 0.5, 0.35);
  const Eigen::VectorXd spectrum = test::dense_eigenvalues(laplacian(mesh).pencil);

  SUBCASE("rotation and translation") {
    Mesh moved = mesh;
    const Eigen::Matrix3d rotation =
        Eigen::AngleAxisd(1.1, Eigen::Vector3d(1, 2, -0.5).normalized()).toRotationMatrix();
    Eigen::Map<Eigen::Matrix3Xd> points(moved.positions.data(), 3, mesh.vertex_count);
    points = ((rotation * points).colwise() + Eigen::Vector3d(3, -7, 2)).eval();
    check_equal(test::dense_eigenvalues(laplacian(moved).pencil), spectrum, 1e-11);
  }
  SUBCASE("scaling") {
    for (const double s : {1e-6, 3.0, 1e9}) {
      Mesh scaled = mesh;
      for (double& x : scaled.positions) {
        x *= s;
      }
      check_equal(test::dense_eigenvalues(laplacian(scaled).pencil), spectrum / (s * s), 1e-11);
    }
  }
  SUBCASE("relabelling") {
    std::mt19937 generator(7);
    std::vector<int> label(static_cast<std::size_t>(mesh.vertex_count));
    std::iota(label.begin(), label.end(), 0);
    std::shuffle(label.begin(), label.end(), generator);
    Mesh relabelled = mesh;
    for (int v = 0; v < mesh.vertex_count; ++v) {
      std::copy_n(mesh.position(v).data(), 3, relabelled.positions.data() + 3 * static_cast<std::size_t>(label[v]));
    }
    for (int& v : relabelled.cells) {
      v = label[v];
    }
    check_equal(test::dense_eigenvalues(laplacian(relabelled).pencil), spectrum, 1e-11);
  }
}

TEST_CASE("the spectrum of a disjoint union is the union of the spectra") {
  const Mesh a = make_disk(1, 0.5);
  const Mesh b = make_tetrahedron(1, 0.5);
  Mesh both = a;
  for (const int v : b.cells) {
    both.cells.push_back(v + a.vertex_count);
  }
  const auto padded = [](const Mesh& mesh) { // the disk may be embedded in the plane
    std::vector<double> points;
    for (int v = 0; v < mesh.vertex_count; ++v) {
      for (std::size_t axis = 0; axis < 3; ++axis) {
        points.push_back(axis < mesh.position(v).size() ? mesh.position(v)[axis] : 0.0);
      }
    }
    return points;
  };
  both.ambient_dimension = 3;
  both.positions = padded(a);
  const auto more = padded(b);
  both.positions.insert(both.positions.end(), more.begin(), more.end());
  both.vertex_count = a.vertex_count + b.vertex_count;

  for (const Boundary boundary : {Boundary::neumann, Boundary::dirichlet}) {
    const auto spectrum = [&](const Mesh& mesh) {
      return test::dense_eigenvalues(laplacian(mesh, {.boundary = boundary}).pencil);
    };
    Eigen::VectorXd expected(spectrum(a).size() + spectrum(b).size());
    expected << spectrum(a), spectrum(b);
    std::ranges::sort(expected);
    check_equal(spectrum(both), expected, 1e-12);
  }
}

TEST_CASE("Dirichlet conditions remove the boundary's vertices and raise every eigenvalue") {
  for (const std::string kind : {"interval", "rectangle", "disk", "annulus", "mobius", "box", "ball"}) {
    CAPTURE(kind);
    const Mesh mesh = make_mesh(kind, 0.3);
    const Laplacian neumann = laplacian(mesh, {.boundary = Boundary::neumann});
    const Laplacian dirichlet = laplacian(mesh, {.boundary = Boundary::dirichlet});
    const auto on_boundary = topology(mesh).on_boundary;
    CHECK(static_cast<long>(dirichlet.vertex_of_dof.size()) == std::count(on_boundary.begin(), on_boundary.end(), 0));
    const Eigen::VectorXd low = test::dense_eigenvalues(neumann.pencil);
    const Eigen::VectorXd high = test::dense_eigenvalues(dirichlet.pencil);
    for (Eigen::Index k = 0; k < high.size(); ++k) {
      CHECK(high[k] >= low[k] - 1e-9 * low[low.size() - 1]); // min-max: fewer functions to minimise over
    }
    CHECK(high[0] > 0);
  }
}

TEST_CASE("a mesh whose vertices all lie on the Dirichlet boundary is refused") {
  const Mesh triangle{.ambient_dimension = 2, .vertex_count = 3, .positions = {0, 0, 1, 0, 0, 1}, .cells = {0, 1, 2}};
  CHECK_THROWS_AS(laplacian(triangle, {.boundary = Boundary::dirichlet}), InputError);
}

TEST_CASE("cells without volume add nothing, and vertices that only they have carry no unknown") {
  Mesh mesh = make_rectangle(1, 1, 0.5);
  const Laplacian before = laplacian(mesh);
  const int v = mesh.vertex_count++;
  for (int a = 0; a < mesh.ambient_dimension; ++a) {
    mesh.positions.push_back((mesh.position(0)[a] + mesh.position(1)[a]) / 2);
  }
  mesh.cells.insert(mesh.cells.end(), {0, 1, v});
  const Laplacian after = laplacian(mesh);
  CHECK(after.vertex_of_dof == before.vertex_of_dof);
  CHECK((after.pencil.stiffness - before.pencil.stiffness).norm() == 0);
  CHECK((after.pencil.mass - before.pencil.mass).norm() == 0);
}

TEST_CASE("flips to intrinsic Delaunay keep volume and constants, and leave no negative weight") {
  const Mesh mesh = make_ellipsoid(1, 0.4, 0.2, 0.25);
  const Mesh flipped = intrinsic_delaunay(mesh).mesh;
  const auto [K, M, d] = laplacian(flipped).pencil;
  const Eigen::VectorXd one = Eigen::VectorXd::Ones(K.rows());
  CHECK(one.dot(M * one) == doctest::Approx(volume(mesh)).epsilon(1e-10));
  for (int j = 0; j < K.cols(); ++j) {
    for (SparseMatrix::InnerIterator entry(K, j); entry; ++entry) {
      if (entry.row() != j) {
        CHECK(entry.value() <= 1e-12); // −(cot α + cot β)/2 ≤ 0 is what Delaunay means
      }
    }
  }
}

TEST_CASE("half of the distance of the two mass matrices is λh²/12 on a line and λh²/16 on equilateral triangles") {
  CHECK(mass_slope(make_interval(1, 0.1)) == doctest::Approx(0.01 / 12));
  const double height = std::sqrt(3.0) / 2;
  const Mesh triangle{
      .ambient_dimension = 2, .vertex_count = 3, .positions = {0, 0, 1, 0, 0.5, height}, .cells = {0, 1, 2}};
  CHECK(mass_slope(triangle) == doctest::Approx(1.0 / 16));
  // On right triangles of legs h, Σ|e|² = 4h²: λh²/12.
  const Mesh half_square{
      .ambient_dimension = 2, .vertex_count = 3, .positions = {0, 0, 1, 0, 0, 1}, .cells = {0, 1, 2}};
  CHECK(mass_slope(half_square) == doctest::Approx(1.0 / 12));
}

TEST_CASE("the pencil does not depend on the number of threads") {
  const Mesh mesh = make_sphere(1, 0.05);
  const Pencil one = laplacian(mesh, {.threads = 1}).pencil;
  const Pencil four = laplacian(mesh, {.threads = 4}).pencil;
  CHECK((one.stiffness - four.stiffness).norm() == 0);
  CHECK((one.mass - four.mass).norm() == 0);
}
