// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// A kernel on a space: its eigenvalues, all of them.

#include <cstddef>

#include <Eigen/Core>

#include "weyl/learning/kernel.hpp"
#include "weyl/learning/modes.hpp"

namespace weyl {

/// Eigenvalues μ of a kernel, descending, with multiplicities m, for functions orthonormal in the uniform probability
/// measure: the known modes first, then nodes of a Gauss rule for ∫ g(μ(λ)) dN̄(λ), which are levels like any other. So
/// Σ_k g(μ(λ_k)) = Σ_i m_i g(μ_i) for every smooth g, the constant mode λ = 0 included.
struct KernelSpectrum {
  Eigen::ArrayXd lambda = {};       ///< 1/length²
  Eigen::ArrayXd mu = {};           ///< μ(λ) ≥ 0
  Eigen::ArrayXd multiplicity = {}; ///< m
  Eigen::ArrayXd doubt = {}; ///< Σ g may be wrong by Σ_i doubt_i g(μ_i): the remainder of Weyl's law, by parts
  Eigen::Index known = 0;    ///< levels before the tail
  double smoothness = 0;     ///< the kernel's s

  /// Σ_k g(μ_k), g given at every level.
  template <class Array>
  [[nodiscard]] double sum(const Array& g) const {
    return (multiplicity * g).sum();
  }
};

/// The kernel's eigenvalues on the modes; Weyl's law beyond, in panels on each of which μ falls by a factor of e³
/// (eight nodes, exact to 1e-10 for g = (μ/(μ+κ))^p), down to 1e-300. \throws InputError "needs s > d/2" if the kernel
/// is not of trace class: then it is no function of two points. Cost: one evaluation of the kernel per level, some
/// thousand for the tail.
KernelSpectrum kernel_spectrum(const Modes& modes, const Kernel& kernel);

} // namespace weyl
