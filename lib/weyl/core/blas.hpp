// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// What is taken from BLAS and LAPACK.
///
/// Every function sets OpenBLAS to one thread, process-wide: ours each work on a problem of their own, and BLAS threads
/// inside them would only compete (OpenBLAS keeps one pool a process).

#include <Eigen/Core>

namespace weyl::blas {

/// What OpenBLAS takes for each of the calls that run at a time: 128 MiB, of which it uses little, and a page or two.
inline constexpr double buffer_bytes = 129.0 * (1 << 20);

/// Lives while BLAS is called; the functions below have their own. Where a buffer is not to be had OpenBLAS would try
/// for ever: so when more calls run together than ever before, one of them at a time, whether there is room is tried
/// here.
class Call {
public:
  /// \throws std::bad_alloc without room.
  Call();
  ~Call();
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

private:
  bool claims_; ///< OpenBLAS makes a buffer for it
};

/// Ascending eigenvalues of a symmetric matrix, which becomes its eigenvectors (LAPACK's divide and conquer, dsyevd).
/// \throws NumericalError if it does not converge.
Eigen::VectorXd symmetric_eigenvalues(Eigen::MatrixXd& a);

/// A Aᵀ + δI for A of n × k (dsyrk): n × n, of which the lower triangle alone is set. n²k flops.
Eigen::MatrixXd gram_of_rows(const Eigen::MatrixXd& a, double shift);

/// AᵀA + δI for A of n × k: k × k, of which the lower triangle alone is set. nk² flops.
Eigen::MatrixXd gram_of_columns(const Eigen::MatrixXd& a, double shift);

/// AᵀB in the place of C (dgemm), for A of d × n and B of d × k: n × k. 2dnk flops.
void multiply_transposed(const Eigen::Ref<const Eigen::MatrixXd>& a, const Eigen::MatrixXd& b, Eigen::MatrixXd& c);

/// L of A = L Lᵀ in the place of A's lower triangle (dpotrf); n³/3 flops.
/// \throws NumericalError if A is not positive definite to rounding.
void cholesky(Eigen::MatrixXd& a);

/// (L Lᵀ)⁻¹B in the place of B, n × k (dpotrs); 2n²k flops.
void cholesky_solve(const Eigen::MatrixXd& l, Eigen::Ref<Eigen::MatrixXd> b);

/// The lower triangle of (L Lᵀ)⁻¹ in the place of L (dpotri); 2n³/3 flops.
void cholesky_inverse(Eigen::MatrixXd& l);

} // namespace weyl::blas
