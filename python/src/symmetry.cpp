// SPDX-License-Identifier: GPL-3.0-or-later
// Groups of isometries, and spectra cut by them.

#include <fmt/format.h>

#include "discrete.hpp"

namespace weyl::python {

namespace {

/// The spectra of M and M/G, cut by irreducible representations.
struct Quotient {
  Group group;
  std::vector<IrrepSpectrum> irreps = {};
  std::vector<double> eigenvalues = {}; ///< of M
  double up_to = 0;                     ///< all eigenvalues up to here are listed
  Geometry manifold = {};
  Geometry geometry = {}; ///< of M/G; a Dirichlet boundary of M counts as negative
};

Quotient quotient(const Mesh& mesh, const Group& group, std::int64_t count, const ElementOptions& options,
                  unsigned seed, const std::stop_token& stop) {
  if (count < 1) {
    throw InputError("k", "must be at least 1");
  }
  const Discrete discrete = discretize(mesh, options);
  const Action action = options.order == 1 ? action_on_vertices(group, discrete.node_of_dof)
                                           : action_on_nodes(group, mesh, discrete.lagrange);
  const Orbits parts = orbits(group, action);
  const std::vector<Representation> irreps = irreducible_representations(group, seed);
  std::vector<SpectrumBlock> blocks;
  for (const Representation& rho : irreps) {
    blocks.push_back({isotypic_block(discrete.pencil, action, parts, rho), rho.dimension, static_cast<int>(rho.type)});
  }
  const BlockCounter counter(blocks, {.threads = options.threads, .seed = seed, .stop = stop});
  Quotient result{.group = group, .manifold = geometry_of(mesh, options.boundary)};
  const BlockSpectrum spectrum =
      spectrum_of_blocks(blocks, counter,
                         {.count = count,
                          .start = weyl_lambda_two_term(result.manifold, static_cast<double>(count)),
                          .seed = seed,
                          .threads = options.threads,
                          .stop = stop});
  for (std::size_t r = 0; r < irreps.size(); ++r) {
    result.irreps.push_back({irreps[r].name, irreps[r].dimension, irreps[r].type,
                             static_cast<std::int64_t>(blocks[r].pencil.size()), spectrum.eigenvalues[r]});
  }
  result.eigenvalues = merged(spectrum, blocks);
  result.up_to = spectrum.up_to;
  result.geometry = quotient_geometry(mesh, group, result.manifold);
  return result;
}

std::string type_name(RepresentationType type) {
  return type == RepresentationType::real ? "real" : type == RepresentationType::complex ? "complex" : "quaternionic";
}

py::array_t<int> permutations(const Group& group) {
  const auto points = group.permutations.empty() ? 0 : group.permutations.front().size();
  py::array_t<int> result({static_cast<py::ssize_t>(group.permutations.size()), static_cast<py::ssize_t>(points)});
  int* next = result.mutable_data();
  for (const Permutation& permutation : group.permutations) {
    next = std::ranges::copy(permutation, next).out;
  }
  return result;
}

void bind_groups(py::module_& m) {
  py::class_<Representation>(m, "Representation", "A real irreducible representation by orthogonal matrices.")
      .def_readonly("name", &Representation::name, "Mulliken's symbol where the group consists of rigid motions.")
      .def_readonly("dimension", &Representation::dimension)
      .def_property_readonly(
          "type", [](const Representation& r) { return type_name(r.type); },
          "\"real\", \"complex\" or \"quaternionic\": what commutes with it.")
      .def_property_readonly(
          "character", [](const Representation& r) { return array(r.character); }, "(order,) traces, by element.")
      .def_property_readonly(
          "matrices", [](const Representation& r) { return stack(r.matrices); }, "(order, dimension, dimension) array.")
      .def("__repr__", [](const Representation& r) {
        return fmt::format("<weyl.Representation {}: dimension {}>", r.name, r.dimension);
      });
  py::class_<Group>(m, "Group", "A finite group of isometries; element 0 is the identity.")
      .def_readonly("name", &Group::name, "Schoenflies symbol where the elements are rigid motions, or the structure.")
      .def_property_readonly("order", &Group::order, "Number of elements.")
      .def_readonly("generators", &Group::generators, "Elements that generate the group.")
      .def_property_readonly("permutations", &permutations,
                             "(order, n) array of int32: element g takes vertex v to permutations[g, v].")
      .def_property_readonly(
          "matrices", [](const Group& g) { return stack(g.matrices); },
          "(order, 3, 3) orthogonal matrices about the centre of gravity; None where not known.")
      .def_property_readonly(
          "table",
          [](const py::object& self) {
            const auto& group = self.cast<const Group&>();
            return view(group.table.data(), {group.order(), group.order()}, self);
          },
          "(order, order) array: table[g, h] is gh, h acting first.")
      .def("classes", &conjugacy_classes, "classes(): lists of conjugate elements, the identity first.")
      .def("irreducible_representations", &irreducible_representations, py::arg("seed") = 1U,
           py::call_guard<py::gil_scoped_release>(),
           "irreducible_representations(seed=1): list of Representation, the trivial one first. Cost: O(order³).")
      .def("__repr__", [](const Group& g) { return fmt::format("<weyl.Group {} of order {}>", g.name, g.order()); });
}

} // namespace

void bind_symmetry(py::module_& m) {
  bind_groups(m);
  m.def("detect_symmetry", [](const Mesh& mesh, double tolerance) {
    const py::gil_scoped_release release;
    return isometry_group(mesh, {.tolerance = tolerance});
  });
  m.def("make_group",
        [](const Mesh& mesh, const std::string& name, std::optional<std::array<double, 3>> axis, double tolerance) {
          GroupOptions options{.tolerance = tolerance};
          if (axis) {
            options.axis = Eigen::Vector3d(axis->data());
          }
          const py::gil_scoped_release release;
          return make_group(mesh, name, options);
        });

  py::class_<IrrepSpectrum>(m, "IrrepSpectrum", "An irreducible representation and its part of the spectrum.")
      .def_readonly("name", &IrrepSpectrum::name)
      .def_readonly("dimension", &IrrepSpectrum::dimension)
      .def_property_readonly("type", [](const IrrepSpectrum& s) { return type_name(s.type); })
      .def_readonly("unknowns", &IrrepSpectrum::dofs, "Order of its block of the pencil.")
      .def_property_readonly(
          "eigenvalues",
          [](const py::object& self) {
            const auto& values = self.cast<const IrrepSpectrum&>().eigenvalues;
            return view(values.data(), {static_cast<py::ssize_t>(values.size())}, self);
          },
          "Ascending; each stands for `dimension` eigenvalues of the space.")
      .def("__repr__", [](const IrrepSpectrum& s) {
        return fmt::format("<weyl.IrrepSpectrum {}: dimension {}, {} eigenvalues>", s.name, s.dimension,
                           s.eigenvalues.size());
      });
  py::class_<Quotient>(m, "Quotient", "A space M, its quotient M/G, and the spectrum by irreducible representation.")
      .def_readonly("group", &Quotient::group)
      .def_readonly("irreps", &Quotient::irreps, "List of IrrepSpectrum, the trivial representation first.")
      .def_property_readonly(
          "manifold_eigenvalues",
          [](const py::object& self) {
            const auto& values = self.cast<const Quotient&>().eigenvalues;
            return view(values.data(), {static_cast<py::ssize_t>(values.size())}, self);
          },
          "Eigenvalues of M up to `up_to`, ascending, with multiplicity.")
      .def_property_readonly(
          "eigenvalues", [](const Quotient& q) { return array(q.irreps.front().eigenvalues); },
          "Eigenvalues of M/G up to `up_to`: those of invariant functions.")
      .def_readonly("up_to", &Quotient::up_to, "All eigenvalues up to here are listed.")
      .def_readonly("manifold", &Quotient::manifold, "Geometry of M.")
      .def_readonly("geometry", &Quotient::geometry,
                    "Geometry of M/G: mirrors bound it, a Dirichlet boundary of M counts as negative.")
      .def("__repr__", [](const Quotient& q) {
        return fmt::format("<weyl.Quotient by {} of order {}: {} of {} eigenvalues up to {:.6g} are invariant>",
                           q.group.name, q.group.order(), q.irreps.front().eigenvalues.size(), q.eigenvalues.size(),
                           q.up_to);
      });
  m.def("quotient", [](const Mesh& mesh, const Group& group, std::int64_t k, int order, const std::string& mass,
                       const std::string& boundary, unsigned seed, int threads) {
    return interruptible([&](const std::stop_token& stop) {
      return quotient(mesh, group, k, {order, mass, boundary, threads}, seed, stop);
    });
  });
}

} // namespace weyl::python
