// SPDX-License-Identifier: GPL-3.0-or-later
// Weyl's law, and what a list of eigenvalues says.

#include <fmt/format.h>

#include "bindings.hpp"

namespace weyl::python {

namespace {

std::string bracket(const Estimate& e) { return fmt::format("{:.6g} in [{:.6g}, {:.6g}]", e.value, e.low, e.high); }

Edge read_edge(const std::string& name) {
  if (name == "unknown") {
    return Edge::unknown;
  }
  if (name != "closed" && name != "bounded") {
    throw InputError("edge", "must be \"unknown\", \"closed\" or \"bounded\", not \"" + name + "\"");
  }
  return name == "closed" ? Edge::closed : Edge::bounded;
}

void bind_geometry(py::module_& m) {
  py::class_<Geometry>(m, "Geometry", R"(What Weyl's law reads of a space.

Parameters
----------
dimension : int
volume : float
    length^d.
boundary_volume : float
    length^(d-1); the number of ends for d = 1; 0 for a closed space.
boundary : "neumann" or "dirichlet"
)")
      .def(py::init([](int dimension, double volume, double boundary_volume, const std::string& boundary) {
             if (dimension < 1) {
               throw InputError("dimension", "must be at least 1");
             }
             return Geometry{dimension, volume, boundary_volume, read_boundary(boundary)};
           }),
           py::arg("dimension"), py::arg("volume"), py::arg("boundary_volume") = 0.0, py::arg("boundary") = "neumann")
      .def_readonly("dimension", &Geometry::dimension)
      .def_readonly("volume", &Geometry::volume)
      .def_readonly("boundary_volume", &Geometry::boundary_volume)
      .def_property_readonly("boundary", [](const Geometry& g) { return name(g.boundary); })
      .def("__repr__", [](const Geometry& g) {
        return fmt::format("<weyl.Geometry: dimension {}, volume {:.6g}, boundary {:.6g} ({})>", g.dimension, g.volume,
                           g.boundary_volume, name(g.boundary));
      });
  m.def("weyl_constant", &weyl_constant);
  m.def("weyl_count", [](const Geometry& geometry, const py::array_t<double>& lambdas, int terms) {
    return py::vectorize([&](double lambda) {
      return terms == 1 ? weyl_count(geometry, lambda) : weyl_count_two_term(geometry, lambda);
    })(lambdas);
  });
  m.def("weyl_lambda", [](const Geometry& geometry, const py::array_t<double>& counts, int terms) {
    return py::vectorize([&](double count) {
      return terms == 1 ? weyl_lambda(geometry, count) : weyl_lambda_two_term(geometry, count);
    })(counts);
  });
}

void bind_fits(py::module_& m) {
  py::class_<Estimate>(m, "Estimate", "A value with the ends of a 95 % interval: value, low, high.")
      .def_readonly("value", &Estimate::value)
      .def_readonly("low", &Estimate::low)
      .def_readonly("high", &Estimate::high)
      .def("__float__", [](const Estimate& e) { return e.value; })
      .def("__repr__", &bracket);
  py::class_<WeylFit>(m, "WeylFit", "Dimension and volume that a counting function shows.")
      .def_readonly("dimension", &WeylFit::dimension, "As a real number, the volume free.")
      .def_readonly("volume", &WeylFit::volume, "With the dimension an integer.")
      .def_readonly("scatter", &WeylFit::scatter, "Standard deviation of N about the fit.")
      .def("__repr__", [](const WeylFit& fit) {
        return "<weyl.WeylFit: dimension " + bracket(fit.dimension) + ", volume " + bracket(fit.volume) + ">";
      });
  m.def("fit_weyl", [](const std::vector<double>& lambdas, const std::vector<double>& counts, const Geometry& known,
                       double error_slope) {
    std::vector<CountSample> samples;
    for (std::size_t i = 0; i < lambdas.size(); ++i) {
      samples.push_back({lambdas[i], counts[i]});
    }
    const py::gil_scoped_release release;
    return fit_weyl(samples, known, {.error_slope = error_slope});
  });

  py::class_<Finding>(m, "Finding", "One statement about a list of eigenvalues.")
      .def_readonly("subject", &Finding::subject,
                    "regime, boundary, kernel, dimension, volume, tail, missing, doubled.")
      .def_readonly("alarm", &Finding::alarm, "True if something is wrong with the list, or with what was claimed.")
      .def_readonly("confidence", &Finding::confidence, "Probability by a normal law of the interval's width.")
      .def_readonly("sentence", &Finding::sentence)
      .def("__repr__", [](const Finding& f) { return (f.alarm ? "! " : "") + f.sentence; });
  py::class_<Diagnosis>(m, "Diagnosis", "All that a list of eigenvalues says about its space and about itself.")
      .def_property_readonly("dimension", [](const Diagnosis& d) { return d.dimension.dimension; })
      .def_property_readonly(
          "volume", [](const Diagnosis& d) { return d.heat.volume; }, "length^d.")
      .def_property_readonly(
          "boundary", [](const Diagnosis& d) { return d.heat.boundary; },
          "Positive Neumann, negative Dirichlet; length^(d-1).")
      .def_property_readonly(
          "constant", [](const Diagnosis& d) { return d.heat.constant; },
          "c_2 of the heat trace: χ/6 on smooth closed surfaces.")
      .def_readonly("findings", &Diagnosis::findings)
      .def("__repr__", [](const Diagnosis& d) {
        std::string out = "dimension " + bracket(d.dimension.dimension) + "\nvolume    " + bracket(d.heat.volume) +
                          "\nboundary  " + bracket(d.heat.boundary);
        for (const Finding& finding : d.findings) {
          out += "\n" + std::string(finding.alarm ? "! " : "  ") + finding.sentence;
        }
        return out;
      });
  m.def("analyse", [](std::vector<double> eigenvalues, std::optional<int> dimension, std::optional<double> volume,
                      const std::string& edge, bool discretized, double trusted_up_to) {
    const DiagnosisOptions options{
        .dimension = dimension, .volume = volume, .edge = read_edge(edge), .discretized = discretized};
    const py::gil_scoped_release release;
    return diagnose({.eigenvalues = std::move(eigenvalues),
                     .geometry = {.dimension = dimension.value_or(2), .volume = volume.value_or(0)},
                     .trusted_up_to = trusted_up_to},
                    options);
  });
}

} // namespace

void bind_asymptotics(py::module_& m) {
  bind_geometry(m);
  bind_fits(m);
  m.def("read_eigenvalues", [](const std::string& path) { return array(read_eigenvalues(path)); });

  py::class_<Multiplet>(m, "Multiplet", "Neighbouring eigenvalues that the mesh cannot tell apart.")
      .def_readonly("first", &Multiplet::first, "Number of its first eigenvalue, from 0 on.")
      .def_readonly("size", &Multiplet::size)
      .def_readonly("mean", &Multiplet::mean)
      .def_readonly("spread", &Multiplet::spread, "Largest minus smallest.")
      .def("__repr__", [](const Multiplet& multiplet) {
        return fmt::format("<weyl.Multiplet: {} near {:.6g}, spread {:.1e}>", multiplet.size, multiplet.mean,
                           multiplet.spread);
      });
  py::class_<Resolution>(m, "Resolution", "How far the eigenvalues of a discretization can be trusted.")
      .def_readonly("slope", &Resolution::slope, "Relative error of an eigenvalue per λ, length².")
      .def_property_readonly("resolved_up_to", &Resolution::resolved_up_to,
                             "The λ up to which the error stays below 5 %.")
      .def(
          "error",
          [](const Resolution& r, const py::array_t<double>& lambdas) {
            return py::vectorize([&](double lambda) { return r.error(lambda); })(lambdas);
          },
          "error(lam): estimated relative error of eigenvalues near lam.")
      .def("__repr__",
           [](const Resolution& r) { return fmt::format("<weyl.Resolution: up to {:.6g}>", r.resolved_up_to()); });
  m.def("multiplets", [](std::vector<double> eigenvalues, const Resolution& resolution, int dimension) {
    SpectrumReport report;
    report.space.dimension = dimension;
    report.eigenvalues = std::move(eigenvalues);
    report.resolution = resolution;
    return multiplets(report);
  });
}

} // namespace weyl::python
