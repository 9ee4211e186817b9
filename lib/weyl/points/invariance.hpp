// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Whether a sample, and labels on it, look the same after a group has acted.

#include <Eigen/Core>

#include "weyl/points/ambient_group.hpp"

namespace weyl {

/// Whether a sample is one of an invariant distribution.
struct SampleInvariance {
  double same_half = 0.5; ///< share of neighbours from the same half, the worst over the generators; ½ if invariant
  double expected = 0.5;  ///< what it is if invariant
  double p_value = 1;     ///< probability of as much or more then, over all generators (Bonferroni)

  [[nodiscard]] bool doubtful() const { return p_value < 0.01; } ///< invariance would be a surprise
};

/// The nearest-neighbour test for two samples (M. Schilling, JASA 81, 1986; N. Henze, Ann. Stat. 16, 1988): the points
/// are cut into two random halves, g acts on one of them, and if it is as the other the 5 nearest neighbours of a point
/// are from its own half as often as chance has it. The distribution under invariance is that of 500 random halves of
/// the same points. A change of the distribution that is finer than the distance of the points cannot be seen.
/// \param points D × n; at most 4000 of them, chosen at random, are looked at.
/// Cost: a search for neighbours per generator.
SampleInvariance sample_invariance(const Eigen::MatrixXd& points, const AmbientGroup& group, unsigned seed = 1);

/// How much of the labels is not invariant.
struct LabelInvariance {
  double violation = 0;      ///< E(f − mean_g f∘g)², estimated; may come out negative
  double standard_error = 0; ///< of it
  double variance = 0;       ///< of the labels
  double neighbour_noise =
      0; ///< half the mean square difference of neighbouring labels: noise, and f between neighbours

  /// By more than 3 standard errors.
  [[nodiscard]] bool broken() const { return violation > 3 * standard_error; }
};

/// ‖f − Pf‖² = mean_g ½‖f − f∘g‖², P the mean over the group: half the mean square difference of the labels of x and of
/// the sample's point nearest to gx, less the same of x and its own nearest neighbour, so that noise and what f varies
/// between neighbours drop out. \param labels n. Of a large group 24 elements, chosen at random, are looked at.
/// Cost: a search for one neighbour per element.
LabelInvariance label_invariance(const Eigen::MatrixXd& points, const Eigen::VectorXd& labels,
                                 const AmbientGroup& group, unsigned seed = 1);

} // namespace weyl
