// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// All that a list of eigenvalues says about its space and about itself.

#include <optional>
#include <string>
#include <vector>

#include "weyl/asymptotics/heat_fit.hpp"
#include "weyl/asymptotics/level_spacing.hpp"
#include "weyl/asymptotics/remainder.hpp"

namespace weyl {

/// What is known beforehand, and by whom the list was made.
struct DiagnosisOptions {
  std::optional<int> dimension = {}; ///< claimed d
  std::optional<double> volume = {}; ///< claimed volume, length^d
  Edge edge = Edge::unknown;         ///< known beforehand
  bool discretized = false;          ///< from a discretization for certain, so that its error is always fitted
};

/// One statement about a list.
struct Finding {
  std::string subject;   ///< "regime", "boundary", "kernel", "dimension", "volume", "tail", "missing", "doubled"
  bool alarm = false;    ///< something is wrong with the list, or with what was claimed
  double confidence = 0; ///< probability by a normal law of the interval's width, at most 0.999
  std::string sentence;  ///< what was found, with its figures
};

/// What a list of eigenvalues says of itself.
struct Diagnosis {
  DimensionFit dimension;              ///< by the growth of the counts
  HeatFit heat;                        ///< volume, boundary and curvature by the heat trace
  Estimate remainder;                  ///< growth exponent; value NaN for fewer than 50 eigenvalues
  std::optional<LevelSpacing> spacing; ///< absent for fewer than 20 eigenvalues above those skipped
  std::vector<Finding> findings;       ///< the most certain first
};

/// Fits the list, and tells from the fit: which boundary condition (the sign of the λ^{(d−1)/2} term); whether 0
/// belongs in the list and is there; whether the claimed dimension and volume fit; whether eigenvalues at the upper end
/// drift as a discretization's do (a significant λ^{d/2+1} term); whether an eigenvalue is missing or doubled
/// (`level_defect`). \throws InputError as `fit_heat`.
Diagnosis diagnose(const Spectrum& spectrum, const DiagnosisOptions& options = {});

} // namespace weyl
