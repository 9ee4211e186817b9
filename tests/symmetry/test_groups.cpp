// SPDX-License-Identifier: GPL-3.0-or-later
// Groups from generators and from meshes: orders, names, classes, subgroups, representations.

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>
#include <random>

#include <doctest/doctest.h>
#include <fmt/ranges.h>

#include "weyl/core/error.hpp"
#include "weyl/mesh/make.hpp"
#include "weyl/symmetry/cayley.hpp"
#include "weyl/symmetry/isometries.hpp"
#include "weyl/symmetry/mirrors.hpp"
#include "weyl/symmetry/point_group.hpp"
#include "weyl/symmetry/representation.hpp"
#include "weyl/symmetry/rigid_motions.hpp"
#include "weyl/symmetry/subgroups.hpp"

using namespace weyl;

namespace {

/// The quaternion group of order 8 by its action on itself: generators i and j.
Group quaternions() {
  // 0 … 7 = 1, −1, i, −i, j, −j, k, −k
  const std::vector<Permutation> left{{2, 3, 1, 0, 6, 7, 5, 4}, {4, 5, 7, 6, 1, 0, 2, 3}};
  return generate(left, 8);
}

/// Checks what every list of real irreducible representations satisfies.
void check_representations(const Group& group) {
  const auto all = irreducible_representations(group);
  double sum = 0;
  for (const Representation& rho : all) {
    sum += rho.dimension * rho.weight();
    double worst = 0;
    for (int g = 0; g < group.order(); ++g) {
      for (int h = 0; h < group.order(); ++h) {
        worst = std::max(worst,
                         (rho.matrices[group.times(g, h)] - rho.matrices[g] * rho.matrices[h]).cwiseAbs().maxCoeff());
      }
    }
    CHECK(worst < 1e-11); // products of products: a few times the 1e-12 of generators
  }
  CHECK(sum == group.order());
  CHECK(std::ranges::all_of(all[0].character, [](double chi) { return std::abs(chi - 1) < 1e-12; }));
}

} // namespace

TEST_CASE("every point group has its order, and its matrices give its symbol back") {
  const Mesh ball = make_sphere(1, 0.7); // any set of points that spans space; only the matrices matter
  const std::map<std::string, int> orders{{"C1", 1},   {"Cs", 2},   {"Ci", 2},   {"C2", 2},   {"C5", 5},   {"C2v", 4},
                                          {"C5v", 10}, {"C6v", 12}, {"C3h", 6},  {"C4h", 8},  {"D2", 4},   {"D3", 6},
                                          {"D6", 12},  {"D2h", 8},  {"D5h", 20}, {"D2d", 8},  {"D3d", 12}, {"D5d", 20},
                                          {"S4", 4},   {"S6", 6},   {"S8", 8},   {"T", 12},   {"Td", 24},  {"Th", 24},
                                          {"O", 24},   {"Oh", 48},  {"I", 60},   {"Ih", 120}, {"C12", 12}};
  for (const auto& [symbol, order] : orders) {
    CAPTURE(symbol);
    // The orbit of a point in general position: one point per element, so that the group acts on it freely.
    std::vector<Eigen::Vector3d> orbit{{0.31, 0.57, 0.83}};
    const auto generators = point_group(symbol);
    const auto find = [&](const Eigen::Vector3d& y) {
      return std::ranges::find_if(orbit, [&](const Eigen::Vector3d& p) { return (p - y).norm() < 1e-9; }) -
             orbit.begin();
    };
    for (std::size_t at = 0; at < orbit.size() && orbit.size() <= 200; ++at) {
      for (const Eigen::Matrix3d& a : generators) {
        const Eigen::Vector3d y = a * orbit[at];
        if (find(y) == static_cast<std::ptrdiff_t>(orbit.size())) {
          orbit.push_back(y);
        }
      }
    }
    REQUIRE(static_cast<int>(orbit.size()) == order);
    std::vector<Permutation> permutations;
    for (const Eigen::Matrix3d& a : generators) {
      Permutation& images = permutations.emplace_back();
      for (const Eigen::Vector3d& p : orbit) {
        images.push_back(static_cast<int>(find(a * p)));
      }
    }
    Group group = generate(permutations, orbit.size());
    CHECK(group.order() == order);
    // The matrix of g from the images of three points is found through products of generators.
    group.matrices.assign(static_cast<std::size_t>(order), Eigen::Matrix3d::Zero());
    group.matrices[0] = Eigen::Matrix3d::Identity();
    std::vector<int> queue{0};
    for (std::size_t at = 0; at < queue.size(); ++at) {
      for (std::size_t s = 0; s < permutations.size(); ++s) {
        const auto element =
            static_cast<int>(std::ranges::find(group.permutations, permutations[s]) - group.permutations.begin());
        const int product = group.times(element, queue[at]);
        if (group.matrices[product].isZero()) {
          group.matrices[product] = generators[s] * group.matrices[queue[at]];
          queue.push_back(product);
        }
      }
    }
    CHECK(schoenflies(group) == symbol);
    check_representations(group);
  }
  CHECK_THROWS_AS(point_group("D1"), InputError);
  CHECK_THROWS_AS(point_group("S5"), InputError);
  CHECK_THROWS_AS(point_group("Q"), InputError);
  CHECK_THROWS_AS(point_group("C5", {0, 0, 1}, {0, 0, 2}), InputError);
}

TEST_CASE("representations of quaternions, of cyclic and of symmetric groups have their types") {
  const auto of_q8 = irreducible_representations(quaternions());
  REQUIRE(of_q8.size() == 5);
  CHECK(of_q8[4].dimension == 4);
  CHECK(of_q8[4].type == RepresentationType::quaternionic);
  CHECK(of_q8[4].weight() == 1);
  check_representations(quaternions());

  const Group z7 = generate(std::vector<Permutation>{{1, 2, 3, 4, 5, 6, 0}}, 7);
  const auto of_z7 = irreducible_representations(z7);
  REQUIRE(of_z7.size() == 4);
  CHECK(std::ranges::all_of(of_z7.begin() + 1, of_z7.end(),
                            [](const auto& rho) { return rho.type == RepresentationType::complex; }));

  const Group s5 = generate(std::vector<Permutation>{{1, 2, 3, 4, 0}, {1, 0, 2, 3, 4}}, 5);
  CHECK(s5.order() == 120);
  std::vector<int> dimensions;
  for (const auto& rho : irreducible_representations(s5)) {
    CHECK(rho.type == RepresentationType::real);
    dimensions.push_back(rho.dimension);
  }
  CHECK(dimensions == std::vector{1, 1, 4, 4, 5, 5, 6});
}

TEST_CASE("structure, classes and subgroups of small groups") {
  CHECK(structure(generate(std::vector<Permutation>{{1, 0, 3, 2}, {2, 3, 0, 1}}, 4)) == "Z2xZ2");
  CHECK(structure(generate(std::vector<Permutation>{{1, 2, 3, 4, 5, 0}}, 6)) == "Z6");
  CHECK(structure(generate(std::vector<Permutation>{{1, 2, 3, 4, 0}, {0, 4, 3, 2, 1}}, 5)) == "Dih5");
  CHECK(structure(quaternions()) == "order 8");
  const Group s4 = generate(std::vector<Permutation>{{1, 2, 3, 0}, {1, 0, 2, 3}}, 4);
  CHECK(s4.order() == 24);
  CHECK(conjugacy_classes(s4).size() == 5);
  const auto classes = subgroup_classes(s4);
  CHECK(classes.size() == 11);
  int subgroups = 0;
  for (const auto& c : classes) {
    subgroups += c.conjugates;
  }
  CHECK(subgroups == 30);
  CHECK(from_table(s4.table).order() == 24);
  auto broken = s4.table;
  std::swap(broken[30], broken[31]);
  CHECK_THROWS_AS(from_table(broken), InputError);
  CHECK_THROWS_AS(generate(std::vector<Permutation>{{0, 0, 1}}, 3), InputError);
}

TEST_CASE("isometries are found from lengths alone, and named") {
  const auto found = [](const Mesh& mesh) {
    const Group group = isometry_group(mesh);
    return group.name + " " + std::to_string(group.order());
  };
  CHECK(found(make_sphere(1, 0.3)) == "Ih 120");
  CHECK(found(make_cube(1, 0.3)) == "Oh 48");
  CHECK(found(make_tetrahedron(1, 0.3)) == "Td 24");
  CHECK(found(make_icosahedron(1, 0.6)) == "Ih 120");
  CHECK(found(make_box(1, 1, 1, 0.6)) == "Oh 48");
  CHECK(found(make_box(1, 2, 3, 0.9)) == "D2h 8");
  CHECK(found(make_ellipsoid(1, 0.75, 0.5, 0.3)) == "D2h 8");
  CHECK(found(make_rectangle(1, 2, 0.3)) == "C2v 4");
  CHECK(found(make_rectangle(1, 1, 0.3)) == "C4v 8");
  CHECK(found(make_disk(1, 0.3)) == "C6v 12");
  CHECK(found(make_interval(1, 0.1)) == "Cs 2");
  CHECK(found(make_circle(1, 0.1)) == "C10v 20");

  // A dihedral torus: the lobes leave every third turn, the mirrors and the half turns.
  Mesh torus = make_torus(1, 0.4, 0.3);
  int around = 0; // vertices on the outer equator
  for (int v = 0; v < torus.vertex_count; ++v) {
    const auto p = torus.position(v);
    around += std::abs(std::hypot(p[0], p[1]) - 1.4) < 1e-9 && std::abs(p[2]) < 1e-9;
  }
  CHECK(found(torus) == "D" + std::to_string(around) + "h " + std::to_string(4 * around));
  for (int v = 0; v < torus.vertex_count; ++v) {
    double* p = &torus.positions[3 * static_cast<std::size_t>(v)];
    const double lobes = 1 + 0.1 * std::cos(around * std::atan2(p[1], p[0]) / 2); // no symmetry of every turn
    p[2] *= around % 2 == 0 ? lobes : 1;
  }
  if (around % 2 == 0) {
    CHECK(found(torus) == "D" + std::to_string(around / 2) + "h " + std::to_string(2 * around));
  }

  Mesh bumpy = make_sphere(1, 0.3);
  std::mt19937 generator(5);
  std::uniform_real_distribution<double> nudge(-0.01, 0.01);
  for (double& x : bumpy.positions) {
    x += nudge(generator);
  }
  CHECK(found(bumpy) == "C1 1");
}

TEST_CASE("an isometry need not be a rigid motion: a flat torus has its translations") {
  const Mesh torus = make_flat_torus(1, 1, 0.25);
  const Group group = isometry_group(torus);
  CHECK(group.matrices.empty());
  const int per_side = static_cast<int>(std::lround(std::sqrt(torus.vertex_count / 2.0)));
  CHECK(group.order() == 8 * per_side * per_side);
  CHECK(isometry_group(make_flat_torus(1, 2, 0.5)).order() % 4 == 0);
}

TEST_CASE("a group that is told must be one of the mesh, and the error says what misses") {
  const Mesh sphere = make_sphere(1, 0.4);
  const auto as_dynamic = [](const std::vector<Eigen::Matrix3d>& m) {
    return std::vector<Eigen::MatrixXd>(m.begin(), m.end());
  };
  CHECK(group_of_motions(sphere, as_dynamic(point_group("Ci"))).name == "Ci");
  try {
    group_of_motions(sphere, as_dynamic(point_group("C7")), {.place = "C7"});
    FAIL("C7 is no symmetry of an icosphere");
  } catch (const InputError& e) {
    CHECK(std::string(e.what()).find("the image of vertex") != std::string::npos);
  }
  CHECK_THROWS_AS(group_of_motions(sphere, std::vector<Eigen::MatrixXd>{2 * Eigen::Matrix3d::Identity()}), InputError);
  Permutation swap(static_cast<std::size_t>(sphere.vertex_count));
  std::iota(swap.begin(), swap.end(), 0);
  std::swap(swap[0], swap[1]);
  CHECK_THROWS_AS(group_of_permutations(sphere, std::vector<Permutation>{swap}), InputError);
}

TEST_CASE("the subgroups of I_h are the 22 classes of point groups that it has") {
  const auto classes = subgroup_classes(isometry_group(make_sphere(1, 0.7)));
  std::vector<std::string> names;
  int subgroups = 0;
  for (const auto& c : classes) {
    names.push_back(c.name);
    subgroups += c.conjugates;
  }
  CHECK(subgroups == 164);
  std::ranges::sort(names);
  CAPTURE(fmt::format("{}", fmt::join(names, " ")));
  CHECK(names == std::vector<std::string>{"C1",  "C2", "C2h", "C2v", "C3",  "C3v", "C5", "C5v", "Ci", "Cs", "D2",
                                          "D2h", "D3", "D3d", "D5",  "D5d", "I",   "Ih", "S10", "S6", "T",  "Th"});
}

TEST_CASE("PSL(3, 2) acts on the Sunada surface, with two almost conjugate classes of subgroups of order 24") {
  const Mesh mesh = sunada_surface();
  CHECK(mesh.cell_count() == 168);
  CHECK(mesh.vertex_count == 63);
  const Group group = isometry_group(mesh);
  REQUIRE(group.order() == 168);
  std::vector<SubgroupClass> large;
  for (const SubgroupClass& c : subgroup_classes(group)) {
    if (c.members.size() == 24) {
      large.push_back(c);
    }
  }
  REQUIRE(large.size() == 2); // not conjugate: two classes
  CHECK(almost_conjugate(group, large[0].members, large[1].members));
  CHECK_FALSE(almost_conjugate(group, large[0].members, {0}));
}

TEST_CASE("mirrors of the icosphere: 15 great circles; the boundary of S²/I_h is a spherical triangle's") {
  const Mesh sphere = make_sphere(1, 0.05);
  const Group group = isometry_group(sphere);
  const auto mirrors = mirror_volumes(sphere, group);
  int count = 0;
  for (const double length : mirrors) {
    count += length > 0;
    CHECK((length == 0 || std::abs(length - 2 * std::numbers::pi) < 0.01));
  }
  CHECK(count == 15);
  CHECK(std::abs(mirror_boundary(mirrors, std::vector<double>(120, 1)) - 15 * 4 * std::numbers::pi / 120) < 0.01);
}
