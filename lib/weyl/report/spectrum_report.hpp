// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// What `weyl-spectrum` says: eigenvalues, multiplets and residuals.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "weyl/asymptotics/diagnosis.hpp"
#include "weyl/eigen/eigenpairs.hpp"
#include "weyl/report/description.hpp"
#include "weyl/report/figure.hpp"
#include "weyl/report/surface_view.hpp"
#include "weyl/spectrum/bracket.hpp"
#include "weyl/spectrum/resolution.hpp"

namespace weyl {

/// What `weyl-spectrum` prints.
struct SpectrumReport {
  SpaceDescription space;                       ///< whose spectrum it is
  Discretization discretization;                ///< by what
  std::vector<double> eigenvalues;              ///< ascending
  std::vector<double> residuals;                ///< relative, one per eigenvalue
  std::int64_t first = 0;                       ///< number of eigenvalues below the first of the list
  std::int64_t cut = 0;                         ///< eigenvalues of the last multiplet that are not in the list
  std::int64_t recovered = 0;                   ///< lost by Lanczos, found again through inertia
  bool confirmed = true;                        ///< inertia counts as many
  EigenPlan plan = {};                          ///< how they were computed
  Resolution resolution = {};                   ///< up to where the mesh can be trusted
  std::vector<double> errors = {};              ///< estimated, one per eigenvalue, or none
  int meshes = 0;                               ///< that were refined to get there, with `errors`
  std::vector<EigenvalueBracket> brackets = {}; ///< one per eigenvalue, or none where nothing was certified
  std::optional<Diagnosis> analysis = {};       ///< where it was asked for
  std::optional<SurfaceView> view = {};         ///< the eigenfunctions, for the page
  double seconds = 0;                           ///< wall time
};

/// Neighbouring eigenvalues that the mesh cannot tell apart.
struct Multiplet {
  std::int64_t first = 0; ///< k of λ_k, counted from the bottom of the spectrum
  std::int64_t size = 0;  ///< how many eigenvalues
  double mean = 0;        ///< of them
  double spread = 0;      ///< largest minus smallest
};

/// Relative distance below which neighbours near λ_k count as one multiplet: the discretization error there, but not
/// more than a tenth of the mean spacing 1/N'(λ_k) = 2λ_k/(d·k) of Weyl's law.
double multiplet_tolerance(const Resolution& resolution, int dimension, double lambda, double k);

/// The eigenvalues of a report grouped by `multiplet_tolerance`.
std::vector<Multiplet> multiplets(const SpectrumReport& report);

/// A line per multiplet, for a terminal of 80 columns.
std::string text(const SpectrumReport& report);
/// Keys as in docs/json.md.
std::string json(const SpectrumReport& report);
/// A header line and a line per eigenvalue: k,lambda,residual.
std::string csv(const SpectrumReport& report);
/// The figures of the page; `--plot` draws one.
std::vector<Figure> figures(const SpectrumReport& report);
/// One self-contained page with figures, the eigenfunctions in space and the tables.
std::string html_page(const SpectrumReport& report, const std::string& command);

} // namespace weyl
