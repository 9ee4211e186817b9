// SPDX-License-Identifier: GPL-3.0-or-later
// Meshes: files, names and arrays in, arrays out.

#include <fmt/format.h>

#include "bindings.hpp"

namespace weyl::python {

namespace {

using Points = py::array_t<double, py::array::c_style | py::array::forcecast>;
using Indices = py::array_t<std::int64_t, py::array::c_style | py::array::forcecast>;

std::string shape(const py::array& array) { return py::str(array.attr("shape")); }

/// Issues what was noticed as UserWarnings of the line that called.
Mesh warned(CheckedMesh checked, const std::string& source) {
  for (const std::string& warning : checked.warnings) {
    if (PyErr_WarnEx(PyExc_UserWarning, (source + ": " + warning).c_str(), 1) != 0) {
      throw py::error_already_set();
    }
  }
  return std::move(checked.mesh);
}

/// What NumPy makes an array of: lists too. \throws InputError
template <class Array>
Array as_array(const py::object& object, const std::string& name) {
  const auto result = Array::ensure(object);
  if (!result) {
    throw InputError(name, "an array of numbers is expected");
  }
  return result;
}

Mesh mesh_of_arrays(const py::object& V, const py::object& F) {
  const auto vertices = as_array<Points>(V, "vertices");
  const auto cells = as_array<py::array>(F, "cells");
  if (vertices.ndim() != 2 || (vertices.shape(1) != 2 && vertices.shape(1) != 3)) {
    throw InputError("vertices", "an array of shape (n, 3) or (n, 2) is expected, not " + shape(vertices));
  }
  if (cells.ndim() != 2 || cells.shape(1) < 2 || cells.shape(1) > 4) {
    throw InputError("cells", "an array of shape (m, 3), or (m, 2) for segments and (m, 4) for tetrahedra, is "
                              "expected, not " +
                                  shape(cells));
  }
  if (cells.dtype().kind() != 'i' && cells.dtype().kind() != 'u') {
    throw InputError("cells", "indices must be integers; convert them with .astype(int)");
  }
  const auto point = vertices.unchecked<2>();
  const Indices corners(cells); // kept: `corner` looks into it
  const auto corner = corners.unchecked<2>();
  Soup soup;
  soup.source = "mesh";
  soup.points.reserve(static_cast<std::size_t>(3 * point.shape(0)));
  for (py::ssize_t v = 0; v < point.shape(0); ++v) {
    for (py::ssize_t axis = 0; axis < 3; ++axis) {
      const double x = axis < point.shape(1) ? point(v, axis) : 0.0;
      if (!std::isfinite(x)) {
        throw InputError("vertices", fmt::format("vertex {} is not finite", v));
      }
      soup.points.push_back(x);
    }
  }
  std::vector<int> indices;
  indices.reserve(static_cast<std::size_t>(corner.shape(0) * corner.shape(1)));
  for (py::ssize_t c = 0; c < corner.shape(0); ++c) {
    for (py::ssize_t i = 0; i < corner.shape(1); ++i) {
      if (corner(c, i) < 0 || corner(c, i) >= point.shape(0)) {
        throw InputError("cells", fmt::format("vertex index {} of cell {} is out of range ({} vertices)", corner(c, i),
                                              c, point.shape(0)));
      }
      indices.push_back(static_cast<int>(corner(c, i)));
    }
  }
  if (corner.shape(1) == 3) {
    for (std::size_t end = 3; end <= indices.size(); end += 3) {
      soup.polygon_ends.push_back(end);
    }
  }
  (corner.shape(1) == 2   ? soup.segments
   : corner.shape(1) == 3 ? soup.polygon_corners
                          : soup.tetrahedra) = std::move(indices);
  return warned(to_mesh(std::move(soup)), "mesh");
}

py::object edge_lengths(const py::object& self) {
  const auto& mesh = self.cast<const Mesh&>();
  if (!mesh.is_intrinsic()) {
    return py::none();
  }
  return view(mesh.edge_lengths.data(),
              {static_cast<py::ssize_t>(mesh.cell_count()), simplex_edge_count(mesh.dimension)}, self);
}

} // namespace

void bind_mesh(py::module_& m) {
  py::class_<Mesh>(m, "Mesh", R"(Glued simplices: segments, triangles or tetrahedra.

``Mesh(V, F)`` makes one of arrays and unpacks to them: ``V, F = mesh``. Vertices that no cell uses and cells that repeat
a vertex are dropped, with a UserWarning. F of shape (m, 4) are tetrahedra.

Parameters
----------
V : (n, 3) or (n, 2) array of float
    Positions, in the mesh's unit of length. Copied.
F : (m, 3), (m, 2) or (m, 4) array of int
    0-based vertices of every cell. Copied.

Raises
------
InputError
    For another shape or type, a position that is not finite, an index out of range, no cell of positive volume.
)")
      .def(py::init(&mesh_of_arrays), py::arg("V"), py::arg("F"))
      .def_property_readonly(
          "vertices",
          [](const py::object& self) {
            const auto& mesh = self.cast<const Mesh&>();
            const py::ssize_t n = mesh.positions.empty() ? 0 : mesh.ambient_dimension;
            return view(mesh.positions.data(), {mesh.vertex_count, n}, self);
          },
          "(n, 3) array of float64, read-only, not copied; (n, 2) for plane model meshes, (n, 0) for a mesh that is "
          "known by edge lengths alone.")
      .def_property_readonly(
          "cells",
          [](const py::object& self) {
            const auto& mesh = self.cast<const Mesh&>();
            return view(mesh.cells.data(), {static_cast<py::ssize_t>(mesh.cell_count()), mesh.dimension + 1}, self);
          },
          "(m, dimension + 1) array of int32, read-only, not copied.")
      .def_property_readonly(
          "edge_lengths", &edge_lengths,
          "(m, 1, 3 or 6) array of the lengths of edges (0,1) (0,2) (1,2) (0,3) (1,3) (2,3) of every "
          "cell, where they are the metric; else None.")
      .def_readonly("dimension", &Mesh::dimension, "Dimension of the cells: 1, 2 or 3.")
      .def_readonly("vertex_count", &Mesh::vertex_count)
      .def_property_readonly(
          "volume", [](const Mesh& mesh) { return volume(mesh); }, "Length, area or volume: the sum over all cells.")
      .def("__iter__",
           [](const py::object& self) { return py::iter(py::make_tuple(self.attr("vertices"), self.attr("cells"))); })
      .def("__repr__", [](const Mesh& mesh) {
        constexpr std::array cells{"", "segments", "triangles", "tetrahedra"};
        return fmt::format("<weyl.Mesh: {} vertices, {} {}>", mesh.vertex_count, mesh.cell_count(),
                           cells[static_cast<std::size_t>(mesh.dimension)]);
      });

  py::class_<SpaceDescription>(m, "Description", "What a mesh is like: counts, topology, size.")
      .def_readonly("dimension", &SpaceDescription::dimension)
      .def_readonly("volume", &SpaceDescription::volume, "Length, area or volume.")
      .def_readonly("boundary_volume", &SpaceDescription::boundary_volume, "Number of ends, length or area.")
      .def_readonly("euler_characteristic", &SpaceDescription::euler_characteristic)
      .def_readonly("vertices", &SpaceDescription::vertices)
      .def_readonly("cells", &SpaceDescription::cells)
      .def_readonly("components", &SpaceDescription::components, "Connected through shared vertices.")
      .def_readonly("boundary_components", &SpaceDescription::boundary_components)
      .def_readonly("nonmanifold_facets", &SpaceDescription::nonmanifold_facets, "Facets of more than two cells.")
      .def_readonly("orientable", &SpaceDescription::orientable)
      .def("__repr__", [](const SpaceDescription& space) { return text(space); });

  m.def("read_mesh", [](const std::string& path) {
    CheckedMesh checked = [&] {
      const py::gil_scoped_release release;
      return read_mesh(path);
    }();
    return warned(std::move(checked), path);
  });
  m.def("write_mesh", [](const std::string& path, const Mesh& mesh, const std::map<std::string, Points>& columns) {
    std::vector<VertexField> fields;
    for (const auto& [name, values] : columns) {
      if (values.ndim() != 1 || values.size() != mesh.vertex_count) {
        throw InputError("field " + name, fmt::format("an array of shape ({},) is expected, one value a vertex, not {}",
                                                      mesh.vertex_count, shape(values)));
      }
      fields.push_back({name, {values.data(), values.data() + values.size()}});
    }
    const py::gil_scoped_release release;
    write_mesh(path, mesh, fields);
  });
  m.def("make_mesh", [](const std::string& expression, std::optional<double> size) {
    const py::gil_scoped_release release;
    return make_mesh(expression, size);
  });
  m.def("refine", [](const Mesh& mesh, int levels) {
    const py::gil_scoped_release release;
    return refine(mesh, levels);
  });
  m.def("describe", [](const Mesh& mesh) {
    const py::gil_scoped_release release;
    return describe("mesh", mesh, topology(mesh));
  });
}

} // namespace weyl::python
