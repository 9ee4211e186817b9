// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file Sparse matrices between SciPy and Eigen.

#include <tuple>

#include "bindings.hpp"

namespace weyl::python {

/// data, indices and indptr of a square csc_matrix, canonical.
using SparseArrays = std::tuple<py::array_t<double, py::array::c_style | py::array::forcecast>,
                                py::array_t<int, py::array::c_style | py::array::forcecast>,
                                py::array_t<int, py::array::c_style | py::array::forcecast>>;

/// Moved, not copied.
py::tuple sparse_arrays(SparseMatrix matrix);

/// A copy of both matrices, checked: finite, symmetric, M with a positive diagonal, K not negative. \throws InputError
Pencil pencil(const SparseArrays& stiffness, const SparseArrays& mass);

} // namespace weyl::python
