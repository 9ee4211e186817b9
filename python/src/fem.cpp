// SPDX-License-Identifier: GPL-3.0-or-later
// Meshes to pencils, and how far these can be trusted.

#include "discrete.hpp"
#include "pencil.hpp"

namespace weyl::python {

namespace {

bool lumped_mass(const std::string& mass) {
  if (mass != "consistent" && mass != "lumped") {
    throw InputError("mass", "must be \"consistent\" or \"lumped\", not \"" + mass + "\"");
  }
  return mass == "lumped";
}

/// From this pencil and another one, with the other mass matrix or of one order less.
Resolution resolution_of(const Mesh& mesh, const ElementOptions& options, const std::stop_token& stop) {
  const Discrete used = discretize(mesh, options);
  ElementOptions others = options;
  others.order = std::max(1, options.order - 1);
  others.mass = options.order == 1 && !lumped_mass(options.mass) ? "lumped" : "consistent";
  const Discrete other = discretize(mesh, others);
  const EigenvalueCounter counter(used.pencil, {.threads = options.threads, .stop = stop});
  // A few percent of the unknowns are resolved; small meshes are cheap to look at in more places.
  const auto dofs = static_cast<double>(used.pencil.size());
  const double start = weyl_lambda(geometry_of(mesh, options.boundary), 0.05 * dofs + 1);
  if (options.order > 1) {
    const EigenvalueCounter lower(other.pencil, {.threads = options.threads, .stop = stop});
    return resolution_of_orders(counter, lower, options.order, mesh.dimension, start, {.threads = options.threads});
  }
  const EigenvalueCounter second(other.pencil, counter);
  const bool lumped = lumped_mass(options.mass);
  return resolution(lumped ? second : counter, lumped ? counter : second, mesh.dimension, start,
                    {.threads = options.threads, .samples = dofs < 20000 ? 8 : 1});
}

} // namespace

Discrete discretize(const Mesh& mesh, const ElementOptions& options) {
  const bool lumped = lumped_mass(options.mass);
  const Boundary boundary = read_boundary(options.boundary);
  if (options.order == 1) {
    Laplacian linear = laplacian(
        mesh, {.mass = lumped ? Mass::lumped : Mass::consistent, .boundary = boundary, .threads = options.threads});
    return {.pencil = std::move(linear.pencil), .node_of_dof = std::move(linear.vertex_of_dof)};
  }
  if (lumped) {
    throw InputError("mass=\"lumped\"", "is for linear elements; leave it out, or use order=1");
  }
  Discrete result;
  result.lagrange =
      lagrange_laplacian(mesh, {.order = options.order, .boundary = boundary, .threads = options.threads});
  result.pencil = std::move(result.lagrange.pencil);
  result.node_of_dof = result.lagrange.node_of_dof;
  return result;
}

Geometry geometry_of(const Mesh& mesh, const std::string& boundary) {
  return geometry(describe("mesh", mesh, topology(mesh)), read_boundary(boundary));
}

void bind_fem(py::module_& m) {
  m.def("laplacian",
        [](const Mesh& mesh, int order, const std::string& mass, const std::string& boundary, int threads) {
          Discrete discrete = [&] {
            const py::gil_scoped_release release;
            return discretize(mesh, {order, mass, boundary, threads});
          }();
          return py::make_tuple(sparse_arrays(std::move(discrete.pencil.stiffness)),
                                sparse_arrays(std::move(discrete.pencil.mass)), array(std::move(discrete.node_of_dof)));
        });
  m.def("geometry", [](const Mesh& mesh, const std::string& boundary) {
    const py::gil_scoped_release release;
    return geometry_of(mesh, boundary);
  });
  m.def("resolution",
        [](const Mesh& mesh, int order, const std::string& mass, const std::string& boundary, int threads) {
          return interruptible([&](const std::stop_token& stop) {
            return resolution_of(mesh, {order, mass, boundary, threads}, stop);
          });
        });
}

} // namespace weyl::python
