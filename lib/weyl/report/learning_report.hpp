// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// What `weyl-learn` says: what symmetry saves.

#include <optional>
#include <string>
#include <vector>

#include "weyl/asymptotics/weyl_fit.hpp"
#include "weyl/learning/curve.hpp"
#include "weyl/learning/effective_dimension.hpp"
#include "weyl/report/description.hpp"
#include "weyl/report/figure.hpp"
#include "weyl/report/label_report.hpp"

namespace weyl {

/// A space to learn on, M or M/G, and how it is learned.
struct LearningSide {
  std::string name;                ///< file or expression
  Geometry geometry;               ///< d, |M| and |∂M|
  double modes = 0;                ///< known
  double complete_up_to = 0;       ///< their last eigenvalue
  double eta = 0;                  ///< where the effective dimension is taken: κ of M's learner at the largest n
  DegreesOfFreedom freedom = {};   ///< at `eta`
  std::optional<WeylFit> fit = {}; ///< dimension and volume as the known modes alone show them
  std::optional<SourceClass> source = {};    ///< of the bounds; absent where the target is in no such class
  std::optional<AsymptoticBound> limit = {}; ///< the upper bound in closed form, at the largest n
  std::optional<double> minimax_limit = {};  ///< Pinsker's, at the largest n
  std::optional<double> paper = {};          ///< as stated in the paper, at the largest n
  std::vector<CurvePoint> curve = {};        ///< at each number of samples
};

/// A subgroup H and what building it in saves.
struct SubgroupGain {
  std::string name;       ///< of the subgroup
  int order = 1;          ///< of the subgroup
  Geometry quotient = {}; ///< of the space over it
  double risk = 0;        ///< at the largest n
  double samples = 0;     ///< that M/H needs for `subgroup_risk`
};

/// What `weyl-learn` prints.
struct LearningReport {
  std::string name;                          ///< of SPACE
  std::optional<SpaceDescription> mesh = {}; ///< absent for exact spectra
  Discretization discretization = {};        ///< of the mesh, if it is one
  std::int64_t points = 0;                   ///< of the sample, if it is one
  std::string group;                         ///< as it was asked for
  std::optional<std::int64_t> order = {};    ///< absent for a group of positive dimension
  std::string kernel;                        ///< as it was asked for
  std::string target;                        ///< as it was asked for
  double sigma = 0;                          ///< of the noise
  bool optimal_ridge = true;                 ///< the best one at every n
  double power = 0;                          ///< Σ f_k² of the invariant part
  double violation = 0;                      ///< of the rest
  LearningSide manifold;                     ///< the symmetry ignored
  LearningSide quotient;                     ///< the symmetry built in
  std::vector<Gain> gains = {};              ///< at some risks
  std::optional<double> floor_reached = {};  ///< n at which M's learner is as good as the invariant one will ever be
  std::vector<SubgroupGain> subgroups = {};  ///< if they were asked for
  double subgroup_risk = 0;                  ///< of M at its best ridge, at the largest n
  int trials = 0;                            ///< regressions a point; 0: none
  std::optional<SampleInvariance> invariance = {}; ///< of a sample of points under a group
  std::optional<LabelReport> labels = {};          ///< on a sample of points
  std::vector<std::string> warnings = {};          ///< a sentence each
  double seconds = 0;                              ///< wall time
};

/// Tables for a terminal of 80 columns.
std::string text(const LearningReport& report);
/// Keys as in docs/json.md.
std::string json(const LearningReport& report);
/// A header line and a line per learner and n.
std::string csv(const LearningReport& report);
/// The figures of the page; `--plot` draws one.
std::vector<Figure> figures(const LearningReport& report);
/// One self-contained page with figures and the tables.
std::string html_page(const LearningReport& report, const std::string& command);

} // namespace weyl
