// SPDX-License-Identifier: GPL-3.0-or-later
// Spaces whose spectra are known exactly.

#include <fmt/format.h>

#include "bindings.hpp"

namespace weyl::python {

namespace {

BigInt big_int(const py::handle& value) {
  const std::string digits = py::str(py::module_::import("builtins").attr("hex")(value));
  return digits.front() == '-' ? BigInt(-BigInt(digits.substr(1))) : BigInt(digits);
}

/// λ from a string ("5pi^2/4"), or exactly from an int, float or Fraction.
Value exact(const py::object& lambda) {
  if (py::isinstance<py::str>(lambda)) {
    return parse_lambda(lambda.cast<std::string>());
  }
  try {
    const py::object fraction = py::module_::import("fractions").attr("Fraction")(lambda);
    return Value(Rational(big_int(fraction.attr("numerator")), big_int(fraction.attr("denominator"))));
  } catch (const py::error_already_set& e) {
    if (!e.matches(PyExc_ValueError) && !e.matches(PyExc_OverflowError) && !e.matches(PyExc_TypeError)) {
      throw;
    }
    throw InputError("lam", "must be a finite number, or a string such as \"5pi^2/4\"");
  }
}

py::int_ counted(const ModelSpace& space, const py::object& lambda, bool strict) {
  const Value value = exact(lambda);
  const BigInt result = [&] {
    const py::gil_scoped_release release;
    return strict ? count_below(space, value) : count(space, value);
  }();
  return python_int(result);
}

std::int64_t at_least_one(std::int64_t k) { return k >= 1 ? k : throw InputError("k", "must be at least 1"); }

} // namespace

void bind_model(py::module_& m) {
  py::class_<ModelSpace>(m, "ModelSpace", "A space whose spectrum is known exactly; see `model_space`.")
      .def_readonly("name", &ModelSpace::name)
      .def_readonly("dimension", &ModelSpace::dimension)
      .def_property_readonly(
          "volume", [](const ModelSpace& s) { return static_cast<double>(s.volume); },
          "length^d; of a quotient, that of the orbit space.")
      .def_property_readonly(
          "boundary_volume", [](const ModelSpace& s) { return static_cast<double>(s.boundary_volume); },
          "length^(d-1); the number of ends for d = 1.")
      .def_property_readonly(
          "geometry", [](const ModelSpace& s) { return geometry(s); },
          "Geometry, the boundary with the sign of Weyl's second term.")
      .def(
          "count", [](const ModelSpace& s, const py::object& lam) { return counted(s, lam, false); }, py::arg("lam"),
          R"(count(lam)

#{k : λ_k <= lam} as an exact int of any size.

Parameters
----------
lam : int, float, Fraction or str
    Taken exactly: 0.1 is the double of that name. "5pi^2/4", "2/3" are possible.

Raises
------
InputError
    If lam is not a finite number.
NumericalError
    If the count would take too long; the message names the largest lam.
)")
      .def(
          "count_below", [](const ModelSpace& s, const py::object& lam) { return counted(s, lam, true); },
          py::arg("lam"), "count_below(lam): #{k : λ_k < lam}, as `count`.")
      .def(
          "eigenvalues",
          [](const ModelSpace& s, std::int64_t k) {
            std::vector<double> values = [&] {
              const py::gil_scoped_release release;
              return spectrum(s, at_least_one(k)).eigenvalues;
            }();
            return array(std::move(values));
          },
          py::arg("k"), "eigenvalues(k): (k,) array of the smallest, ascending, with multiplicity, 1/length².")
      .def(
          "levels",
          [](const ModelSpace& s, std::int64_t k) {
            const std::vector<Level> levels = [&] {
              const py::gil_scoped_release release;
              return first_levels(s, at_least_one(k));
            }();
            py::list result;
            for (const Level& level : levels) {
              result.append(py::make_tuple(level.value.approximate(), python_int(level.multiplicity)));
            }
            return result;
          },
          py::arg("k"), "levels(k): list of (λ, multiplicity): the distinct eigenvalues that hold the k smallest.")
      .def(
          "weyl_count",
          [](const ModelSpace& s, const py::array_t<double>& lambdas, int terms) {
            return py::vectorize([&](double lambda) {
              return static_cast<double>(terms == 1 ? weyl_count(s, lambda) : weyl_count_two_term(s, lambda));
            })(lambdas);
          },
          py::arg("lam"), py::arg("terms") = 2, "weyl_count(lam, terms=2): Weyl's law of one or two terms.")
      .def("__repr__", [](const ModelSpace& s) {
        return fmt::format("<weyl.ModelSpace {}: dimension {}, volume {:.6g}>", s.name, s.dimension,
                           static_cast<double>(s.volume));
      });
  m.def("model_space", [](const std::string& expression, const std::string& boundary) {
    const Boundary condition = read_boundary(boundary);
    const py::gil_scoped_release release;
    return model_space(expression, condition);
  });
}

} // namespace weyl::python
