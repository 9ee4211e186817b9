// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// A symmetric matrix that is known up to rounding, handed from fem/ to eigen/.

#include <Eigen/Core>

#include "weyl/core/pencil.hpp"

namespace weyl {

/// A real symmetric matrix A given by an approximation Â in floating point: Σ_j |A_ij − Â_ij| ≤ radius_i for every
/// row i. Then −R ≤ A − Â ≤ R as forms, R = diag(radius), because R − |A − Â| is diagonally dominant.
struct EnclosedMatrix {
  SparseMatrix matrix;    ///< Â, n × n, stored whole
  Eigen::VectorXd radius; ///< n values ≥ 0, in the unit of the entries
};

} // namespace weyl
