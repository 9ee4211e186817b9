// SPDX-License-Identifier: GPL-3.0-or-later
// Counts and eigenpairs of any symmetric pencil.

#include "pencil.hpp"

#include <fmt/format.h>

namespace weyl::python {

namespace {

/// \throws InputError unless A = Aᵀ to 1e-12 of its largest entry, and finite.
void check_matrix(const SparseMatrix& a, const std::string& name) {
  const Eigen::Map<const Eigen::ArrayXd> entries(a.valuePtr(), a.nonZeros());
  if (!entries.isFinite().all()) {
    throw InputError(name, "has an entry that is not finite");
  }
  const double largest = entries.size() > 0 ? entries.abs().maxCoeff() : 0.0;
  const SparseMatrix difference = a - SparseMatrix(a.transpose());
  for (Eigen::Index column = 0; column < difference.outerSize(); ++column) {
    for (SparseMatrix::InnerIterator entry(difference, column); entry; ++entry) {
      if (std::abs(entry.value()) > 1e-12 * largest) {
        throw InputError(name, fmt::format("is not symmetric: entries ({0}, {1}) and ({1}, {0}) differ by {2:.2g}",
                                           entry.row(), column, std::abs(entry.value())));
      }
    }
  }
}

SparseMatrix matrix(const SparseArrays& arrays, Eigen::Index n) {
  const auto& [data, indices, starts] = arrays;
  return Eigen::Map<const SparseMatrix>(n, n, data.size(), starts.data(), indices.data(), data.data());
}

} // namespace

py::tuple sparse_arrays(SparseMatrix matrix) {
  matrix.makeCompressed();
  auto* kept = new SparseMatrix(std::move(matrix));
  const py::capsule owner = owned(kept);
  return py::make_tuple(view(kept->valuePtr(), {kept->nonZeros()}, owner, true),
                        view(kept->innerIndexPtr(), {kept->nonZeros()}, owner, true),
                        view(kept->outerIndexPtr(), {kept->cols() + 1}, owner, true));
}

Pencil pencil(const SparseArrays& stiffness, const SparseArrays& mass) {
  const Eigen::Index n = std::get<2>(stiffness).size() - 1;
  Pencil result{matrix(stiffness, n), matrix(mass, n)};
  const py::gil_scoped_release release;
  check_matrix(result.stiffness, "K");
  check_matrix(result.mass, "M");
  const Eigen::VectorXd weights = result.mass.diagonal();
  Eigen::Index worst = 0;
  if (weights.minCoeff(&worst) <= 0) {
    throw InputError("M", fmt::format("is not positive definite: diagonal entry {} is {:.6g}; leave out unknowns "
                                      "without mass (vertices that no cell uses)",
                                      worst, weights[worst]));
  }
  if (result.stiffness.norm() == 0) {
    throw InputError("K", "is zero, and all eigenvalues are 0");
  }
  const Eigen::VectorXd diagonal = result.stiffness.diagonal();
  if (diagonal.maxCoeff() <= 0 && diagonal.minCoeff() < 0) {
    throw InputError("K", "is negative: weyl's Laplacian is -div grad, which is positive; pass -K");
  }
  return result;
}

void bind_eigen(py::module_& m) {
  py::class_<Eigenpairs>(m, "Eigenpairs", R"(Eigenvalues and eigenvectors; unpacks as ``evals, evecs = pairs``.

The arrays are views into this object, not copies.)")
      .def_property_readonly(
          "values",
          [](const py::object& self) {
            const auto& values = self.cast<const Eigenpairs&>().values;
            return view(values.data(), {values.size()}, self, true);
          },
          "(k,) eigenvalues, ascending, 1/length².")
      .def_property_readonly(
          "vectors", [](const py::object& self) { return view(self.cast<const Eigenpairs&>().vectors, self); },
          "(n, k) eigenvectors as columns, M-orthonormal; in Fortran order. (n, 0) if not asked for.")
      .def_property_readonly(
          "residuals",
          [](const py::object& self) {
            const auto& residuals = self.cast<const Eigenpairs&>().residuals;
            return view(residuals.data(), {residuals.size()}, self, true);
          },
          "(k,) relative residuals |Kx - λMx| / ((|λ| + s) |Mx|), s = tr K / (n tr M).")
      .def_readonly("first", &Eigenpairs::first, "Number of eigenvalues below the first one here, by inertia.")
      .def_readonly("cut", &Eigenpairs::cut, "Eigenvalues of the last multiplet that are not here; 0: it is complete.")
      .def_readonly("recovered", &Eigenpairs::recovered, "Copies that Lanczos had missed and inertia brought back.")
      .def("__iter__",
           [](const py::object& self) { return py::iter(py::make_tuple(self.attr("values"), self.attr("vectors"))); })
      .def("__repr__", [](const Eigenpairs& pairs) {
        return pairs.values.size() == 0
                   ? std::string("<weyl.Eigenpairs: none>")
                   : fmt::format("<weyl.Eigenpairs: {} from {:.6g} to {:.6g}, residuals at most {:.0e}>",
                                 pairs.values.size(), pairs.values[0], pairs.values[pairs.values.size() - 1],
                                 pairs.residuals.maxCoeff());
      });

  m.def("eigenpairs",
        [](const SparseArrays& stiffness, const SparseArrays& mass, std::int64_t k,
           std::optional<std::array<double, 2>> interval, bool vectors, double tolerance, unsigned seed, int threads) {
          const Pencil problem = pencil(stiffness, mass);
          return interruptible([&](const std::stop_token& stop) {
            return eigenpairs(problem, {.count = k,
                                        .interval = interval,
                                        .vectors = vectors,
                                        .tolerance = tolerance,
                                        .seed = seed,
                                        .threads = threads,
                                        .stop = stop});
          });
        });

  m.def("counts",
        [](const SparseArrays& stiffness, const SparseArrays& mass, const std::vector<double>& lambdas, int threads) {
          const Pencil problem = pencil(stiffness, mass);
          const auto counts = interruptible([&](const std::stop_token& stop) {
            return EigenvalueCounter(problem, {.threads = threads, .stop = stop}).at(lambdas);
          });
          std::vector<std::int64_t> at_most;
          std::vector<std::int64_t> below;
          for (const EigenvalueCount& count : counts) {
            at_most.push_back(count.count);
            below.push_back(count.below);
          }
          return py::make_tuple(array(std::move(at_most)), array(std::move(below)));
        });
}

} // namespace weyl::python
