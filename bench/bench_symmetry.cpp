// SPDX-License-Identifier: GPL-3.0-or-later
// Symmetries found, and a spectrum by blocks against the same spectrum directly: bench_symmetry [frequency [count]]
// (10·frequency² + 2 vertices for the comparison).

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numbers>
#include <random>
#include <string>

#include <fmt/format.h>

#include "weyl/asymptotics/weyl_law.hpp"
#include "weyl/eigen/eigenpairs.hpp"
#include "weyl/fem/isotypic.hpp"
#include "weyl/fem/laplacian.hpp"
#include "weyl/mesh/make.hpp"
#include "weyl/spectrum/blocks.hpp"
#include "weyl/symmetry/isometries.hpp"

using namespace weyl;

namespace {

/// Seconds that `work` takes.
template <class Work>
double seconds(Work work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// An icosphere of frequency f: 10f² + 2 vertices. The longest edge of frequency f is a little below 1.2/f.
Mesh icosphere(int f) {
  double size = 1.2 / f;
  Mesh mesh = make_sphere(1, size);
  for (; mesh.vertex_count > 10 * f * f + 2; mesh = make_sphere(1, size)) {
    size *= 1.002;
  }
  for (; mesh.vertex_count < 10 * f * f + 2; mesh = make_sphere(1, size)) {
    size /= 1.001;
  }
  return mesh;
}

/// A surface swept around the z axis, closed by a vertex at each end, with `lobes` bulges; r(z) is not even in z if
/// `tilted`. `round` vertices on each of `rings`.
Mesh vase(int lobes, int round, int rings, bool tilted, bool prism = false) {
  Mesh mesh;
  const auto vertex = [&](double x, double y, double z) { mesh.positions.insert(mesh.positions.end(), {x, y, z}); };
  for (int i = 0; i < rings; ++i) {
    const double z = 2.0 * i / (rings - 1) - 1;
    const double profile = prism ? 1 : 0.6 + 0.3 * std::cos(2.5 * z) + (tilted ? 0.1 * z : 0);
    for (int j = 0; j < round; ++j) {
      const double angle = 2 * std::numbers::pi * j / round;
      const double r = profile * (1 + (prism ? 0 : 0.15 * std::cos(lobes * angle)));
      vertex(r * std::cos(angle), r * std::sin(angle), z);
    }
  }
  vertex(0, 0, -1);
  vertex(0, 0, 1);
  mesh.vertex_count = round * rings + 2;
  // Squares with a vertex in the middle, so that the cells have every symmetry of the shape.
  const auto corner = [&](int i, int j) { return i * round + j % round; };
  for (int j = 0; j < round; ++j) {
    mesh.cells.insert(mesh.cells.end(), {corner(0, j + 1), corner(0, j), round * rings});
    mesh.cells.insert(mesh.cells.end(), {corner(rings - 1, j), corner(rings - 1, j + 1), round * rings + 1});
  }
  for (int i = 0; i + 1 < rings; ++i) {
    for (int j = 0; j < round; ++j) {
      const std::array<int, 4> square{corner(i, j), corner(i, j + 1), corner(i + 1, j + 1), corner(i + 1, j)};
      std::array<double, 3> middle{};
      for (const int v : square) {
        for (std::size_t a = 0; a < 3; ++a) {
          middle[a] += mesh.position(v)[a] / 4;
        }
      }
      vertex(middle[0], middle[1], middle[2]);
      for (std::size_t k = 0; k < 4; ++k) {
        mesh.cells.insert(mesh.cells.end(), {square[k], square[(k + 1) % 4], mesh.vertex_count});
      }
      ++mesh.vertex_count;
    }
  }
  return mesh;
}

Mesh shaken(Mesh mesh) {
  std::mt19937 generator(1);
  std::uniform_real_distribution<double> nudge(-1e-3, 1e-3);
  for (double& x : mesh.positions) {
    x += nudge(generator);
  }
  return mesh;
}

void detect(const std::string& name, const Mesh& mesh) {
  Group group;
  const double time = seconds([&] { group = isometry_group(mesh); });
  fmt::print("{:<34} {:>8} vertices: {:>10}, order {:>4}, {:.3f} s\n", name, mesh.vertex_count, group.name,
             group.order(), time);
}

} // namespace

int main(int argc, char** argv) {
  const int frequency = argc > 1 ? std::stoi(argv[1]) : 64;
  const std::int64_t count = argc > 2 ? std::stoll(argv[2]) : 1000;
  for (const int f : {4, 64, 128}) {
    detect("icosphere", icosphere(f));
  }
  detect("cube", make_cube(1, 0.02));
  detect("flat torus 1 x 1", make_flat_torus(1, 1, 0.07));
  detect("flat torus 1 x 2", make_flat_torus(1, 2, 0.1));
  detect("hexagonal prism", vase(6, 6, 3, false, true));
  detect("vase of five lobes, tilted", vase(5, 100, 80, true));
  detect("vase of five lobes", vase(5, 100, 80, false));
  detect("solid box 1 x 1 x 2", make_box(1, 1, 2, 0.1));
  detect("icosphere, shaken: no symmetry", shaken(icosphere(128)));

  const Mesh mesh = icosphere(frequency);
  const Laplacian discrete = laplacian(mesh);
  Group group;
  std::vector<Representation> irreps;
  std::vector<SpectrumBlock> blocks;
  std::vector<double> merged_values;
  const double start = weyl_lambda({.dimension = 2, .volume = volume(mesh)}, static_cast<double>(count));
  const double finding = seconds([&] { group = isometry_group(mesh); });
  const double reducing = seconds([&] {
    irreps = irreducible_representations(group);
    const Action action = action_on_vertices(group, discrete.vertex_of_dof);
    const Orbits parts = orbits(group, action);
    for (const Representation& rho : irreps) {
      blocks.push_back({.pencil = isotypic_block(discrete.pencil, action, parts, rho),
                        .dimension = rho.dimension,
                        .copies = static_cast<int>(rho.type)});
    }
  });
  const double solving = seconds([&] {
    const BlockCounter counter(blocks);
    merged_values = merged(spectrum_of_blocks(blocks, counter, {.count = count, .start = start}), blocks);
  });
  Eigenpairs direct;
  const double whole = seconds([&] { direct = eigenpairs(discrete.pencil, {.count = count, .vectors = false}); });
  double worst = 0;
  for (std::int64_t k = 1; k < count; ++k) {
    worst = std::max(worst, std::abs(merged_values[static_cast<std::size_t>(k)] / direct.values[k] - 1));
  }
  fmt::print("\n{} vertices, first {} eigenvalues\n", mesh.vertex_count, count);
  fmt::print("by blocks: {:.2f} s (group {:.2f}, reduction {:.2f}, {} eigenvalues {:.2f})\n",
             finding + reducing + solving, finding, reducing, merged_values.size(), solving);
  fmt::print("directly:  {:.2f} s\n", whole);
  fmt::print("largest relative difference: {:.1e}\n", worst);
}
