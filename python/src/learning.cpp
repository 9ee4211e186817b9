// SPDX-License-Identifier: GPL-3.0-or-later
// Learning curves of a space and of its quotient.

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "bindings.hpp"

namespace weyl::python {

namespace {

/// What a learner is predicted to do, by the number of samples.
struct Curve {
  Learner learner;
  std::vector<CurvePoint> points;
};

struct Curves {
  std::string kernel; ///< as `read_kernel` takes it
  Curve manifold;
  Curve quotient;
};

struct LearningOptions {
  std::optional<std::string> kernel = {};                        ///< none: sobolev:S, S the least integer above d/2
  std::optional<double> alpha = {};                              ///< of a power target
  std::optional<std::vector<std::array<double, 3>>> target = {}; ///< instead: λ, power, violation
  double sigma = 0.1;
  bool homogeneous = false; ///< k(x, x) is the same everywhere on M
  CurveOptions curve;
};

Target target_of_rows(std::vector<std::array<double, 3>> rows) {
  std::ranges::sort(rows);
  Target target;
  for (const auto& [lambda, power, violation] : rows) {
    if (!(lambda >= 0 && power >= 0 && violation >= 0)) {
      throw InputError("target", "rows of numbers from 0 on are expected: lambda, power and violation");
    }
    if (target.empty() || lambda > target.back().lambda) {
      target.push_back({.lambda = lambda});
    }
    target.back().power += power;
    target.back().violation += violation;
  }
  if (target.empty()) {
    throw InputError("target", "has no rows");
  }
  return target;
}

Curve curve(Learner learner, double theta, CurveOptions options) {
  try {
    options.target = source_class(learner, theta);
  } catch (const InputError&) { // no norm, no bounds that need it
    options.target.reset();
  }
  std::vector<CurvePoint> points = learning_curve(learner, options);
  return {std::move(learner), std::move(points)};
}

Curves curves(const Modes& manifold, const Modes& quotient, const LearningOptions& options) {
  if (!(options.sigma >= 0 && std::isfinite(options.sigma))) {
    throw InputError("noise", "a standard deviation from 0 on is expected");
  }
  const int d = quotient.geometry.dimension;
  const Kernel kernel =
      read_kernel(options.kernel.value_or(fmt::format("sobolev:{}", manifold.geometry.dimension / 2 + 1)));
  const double alpha = options.alpha.value_or(default_alpha(kernel, manifold.geometry.dimension, d));
  const Target target = options.target ? target_of_rows(*options.target) : power_target(quotient, alpha);
  const double theta = options.target ? 1 : source_exponent(kernel, d, alpha);
  Learner plain = plain_learner(kernel_spectrum(manifold, kernel), kernel, target, options.sigma);
  Learner invariant = invariant_learner(kernel_spectrum(quotient, kernel), kernel, target, options.sigma);
  CurveOptions of_both = options.curve;
  if (options.homogeneous) { // on M/G it is no larger: k_G is a mean of values of k
    of_both.largest_diagonal = plain.kernel.sum(plain.kernel.mu);
  }
  return {kernel.name, curve(std::move(plain), theta, of_both), curve(std::move(invariant), theta, of_both)};
}

/// A column of the curve as an array; NaN where it is absent.
template <class F>
auto column(F value) {
  return [value](const Curve& curve) {
    std::vector<double> result;
    for (const CurvePoint& point : curve.points) {
      result.push_back(std::optional<double>(value(point)).value_or(std::numeric_limits<double>::quiet_NaN()));
    }
    return array(std::move(result));
  };
}

} // namespace

void bind_learning(py::module_& m) {
  py::class_<Modes>(m, "Modes");
  m.def("modes", [](const ModelSpace& space, std::int64_t count) {
    const py::gil_scoped_release release;
    return modes(space, count);
  });
  m.def("modes", [](std::vector<double> eigenvalues, const Geometry& geometry, double trusted_up_to) {
    return modes({.eigenvalues = std::move(eigenvalues), .geometry = geometry, .trusted_up_to = trusted_up_to});
  });

  py::class_<Gain>(m, "Gain", "Samples that both learners need for the same risk, each at its best ridge.")
      .def_readonly("risk", &Gain::risk)
      .def_readonly("samples_manifold", &Gain::samples_manifold, "Infinite where the risk is never reached.")
      .def_readonly("samples_quotient", &Gain::samples_quotient)
      .def_property_readonly("ratio", &Gain::ratio, "The first over the second.")
      .def("__repr__", [](const Gain& g) {
        return fmt::format("<weyl.Gain: risk {:.4g} from {:.4g} samples on M, {:.4g} on M/G>", g.risk,
                           g.samples_manifold, g.samples_quotient);
      });
  py::class_<Curve>(m, "Curve", "Predictions for one learner: arrays of shape (len(samples),).")
      .def_property_readonly("samples", column([](const CurvePoint& p) { return p.risk.samples; }), "n.")
      .def_property_readonly("ridge", column([](const CurvePoint& p) { return p.risk.ridge; }), "δ of K + δI.")
      .def_property_readonly("risk", column([](const CurvePoint& p) { return p.risk.excess(); }),
                             "Excess risk, bias + variance; a heuristic.")
      .def_property_readonly("bias", column([](const CurvePoint& p) { return p.risk.bias; }),
                             "What remains without noise.")
      .def_property_readonly("variance", column([](const CurvePoint& p) { return p.risk.variance; }),
                             "What the noise adds.")
      .def_property_readonly("error", column([](const CurvePoint& p) { return p.risk.error; }),
                             "How far the risk may be off because of Weyl's law beyond the known modes.")
      .def_property_readonly("ridge_share", column([](const CurvePoint& p) { return p.risk.ridge_share; }),
                             "δ/(nκ); below 0.75 bias and variance are only known to some tens of percent.")
      .def_property_readonly("lower_bound", column([](const CurvePoint& p) { return p.lower_bound; }),
                             "A guarantee for estimators that are linear in the values.")
      .def_property_readonly(
          "upper_bound", column([](const CurvePoint& p) { return p.upper_bound; }),
          "For all targets as smooth as this one; a heuristic. NaN if the target's norm is infinite.")
      .def_property_readonly("minimax", column([](const CurvePoint& p) { return p.minimax; }),
                             "Pinsker's minimax risk over the same class; NaN as `upper_bound`.")
      .def_property_readonly("guaranteed_bound", column([](const CurvePoint& p) { return p.guaranteed_bound; }),
                             "A theorem for every n; NaN unless ``homogeneous=True``.")
      .def(
          "effective_dimension",
          [](const Curve& curve, double eta) { return degrees_of_freedom(curve.learner.kernel, eta).d_eff; },
          py::arg("eta"), "effective_dimension(eta): Σ μ_k / (μ_k + eta).")
      .def(
          "samples_for", [](const Curve& curve, double risk) { return samples_for(curve.learner, risk); },
          py::arg("risk"), "samples_for(risk): samples for an excess risk at the best ridge; may be infinite.")
      .def("__repr__", [](const Curve& curve) {
        std::string out = "      n     ridge      risk";
        for (const CurvePoint& p : curve.points) {
          out += fmt::format("\n{:7.6g} {:9.4g} {:9.4g}", p.risk.samples, p.risk.ridge, p.risk.excess());
        }
        return out;
      });
  py::class_<Curves>(m, "LearningCurve", "Predictions for a plain and for an invariant learner of the same target.")
      .def_readonly("kernel", &Curves::kernel, "As `learning_curve` takes it.")
      .def_readonly("manifold", &Curves::manifold, "Curve of the plain learner, on M.")
      .def_readonly("quotient", &Curves::quotient, "Curve of the invariant learner, on M/G.")
      .def(
          "gains",
          [](const Curves& c, const std::vector<double>& risks) {
            return gains(c.manifold.learner, c.quotient.learner, risks);
          },
          py::arg("risks"), "gains(risks): list of Gain, one a risk.")
      .def("__repr__", [](const Curves& c) {
        const CurvePoint& plain = c.manifold.points.back();
        return fmt::format("<weyl.LearningCurve, {}: at n = {:.6g} risk {:.4g} on M, {:.4g} on M/G>", c.kernel,
                           plain.risk.samples, plain.risk.excess(), c.quotient.points.back().risk.excess());
      });
  m.def("learning_curve",
        [](const Modes& manifold, const Modes& quotient, const std::vector<double>& samples,
           std::optional<std::string> kernel, double noise, std::optional<double> alpha,
           std::optional<std::vector<std::array<double, 3>>> target, std::optional<double> ridge, bool homogeneous) {
          return interruptible([&](const std::stop_token&) {
            return curves(manifold, quotient,
                          {.kernel = kernel,
                           .alpha = alpha,
                           .target = target,
                           .sigma = noise,
                           .homogeneous = homogeneous,
                           .curve = {.samples = samples, .ridge = ridge}});
          });
        });
}

} // namespace weyl::python
