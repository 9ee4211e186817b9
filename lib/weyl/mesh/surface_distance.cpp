// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/mesh/surface_distance.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <mutex>
#include <vector>

#include <CGAL/AABB_traits.h>
#include <CGAL/AABB_tree.h>
#include <CGAL/AABB_triangle_primitive.h>
#include <CGAL/Simple_cartesian.h>

#include "weyl/core/error.hpp"
#include "weyl/core/parallel.hpp"

namespace weyl {

namespace {

using TreeKernel = CGAL::Simple_cartesian<double>; // rounding is no matter here
using Triangles = std::vector<TreeKernel::Triangle_3>;
using Primitive = CGAL::AABB_triangle_primitive<TreeKernel, Triangles::const_iterator>;

Eigen::Vector3d at(const Mesh& mesh, int v) { return Eigen::Map<const Eigen::Vector3d>(mesh.position(v).data()); }

void check(const Mesh& mesh) {
  if (mesh.dimension != 2 || mesh.ambient_dimension != 3 || mesh.is_intrinsic()) {
    throw InputError("distance", "is measured from surfaces in space only");
  }
}

} // namespace

struct SurfaceDistance::Tree {
  Triangles triangles;
  CGAL::AABB_tree<CGAL::AABB_traits<TreeKernel, Primitive>> boxes;
};

SurfaceDistance::SurfaceDistance(const Mesh& mesh) : tree_(std::make_unique<Tree>()) {
  check(mesh);
  const auto point = [&](int v) { return TreeKernel::Point_3(at(mesh, v)[0], at(mesh, v)[1], at(mesh, v)[2]); };
  for (std::size_t c = 0; c < mesh.cell_count(); ++c) {
    const auto cell = mesh.cell(c);
    if (cell_volume(mesh, c) > 0) { // the others are sides of their neighbours
      tree_->triangles.emplace_back(point(cell[0]), point(cell[1]), point(cell[2]));
    }
  }
  tree_->boxes.insert(tree_->triangles.begin(), tree_->triangles.end());
  tree_->boxes.build();
  tree_->boxes.accelerate_distance_queries();
}

SurfaceDistance::~SurfaceDistance() = default;
SurfaceDistance::SurfaceDistance(SurfaceDistance&&) noexcept = default;
SurfaceDistance& SurfaceDistance::operator=(SurfaceDistance&&) noexcept = default;

double SurfaceDistance::operator()(const Eigen::Vector3d& x) const {
  if (tree_->triangles.empty()) {
    return std::numeric_limits<double>::infinity();
  }
  return std::sqrt(tree_->boxes.squared_distance(TreeKernel::Point_3(x[0], x[1], x[2])));
}

Deviation deviation(const Mesh& from, const SurfaceDistance& to, int threads) {
  check(from);
  double largest = 0;
  double integral = 0; // of the squares
  std::mutex guard;
  parallel_ranges(from.cell_count(), threads, [&](std::size_t begin, std::size_t end) {
    double worst = 0;
    double sum = 0;
    for (std::size_t c = begin; c < end; ++c) {
      const auto cell = from.cell(c);
      const Eigen::Vector3d a = at(from, cell[0]);
      const Eigen::Vector3d b = at(from, cell[1]);
      const Eigen::Vector3d d = at(from, cell[2]);
      const std::array<Eigen::Vector3d, 7> points{a, b, d, (a + b) / 2, (b + d) / 2, (d + a) / 2, (a + b + d) / 3};
      for (const Eigen::Vector3d& x : points) {
        const double distance = to(x);
        worst = std::max(worst, distance);
        sum += cell_volume(from, c) * distance * distance / points.size();
      }
    }
    const std::scoped_lock lock(guard);
    largest = std::max(largest, worst);
    integral += sum;
  });
  return {largest, std::sqrt(integral / volume(from))};
}

} // namespace weyl
