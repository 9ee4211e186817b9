// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// What `weyl-count` says: N(λ) against Weyl's law.

#include <optional>
#include <string>
#include <vector>

#include "weyl/asymptotics/weyl_fit.hpp"
#include "weyl/eigen/count.hpp"
#include "weyl/report/description.hpp"
#include "weyl/report/figure.hpp"
#include "weyl/report/surface_view.hpp"
#include "weyl/spectrum/bracket.hpp"
#include "weyl/spectrum/resolution.hpp"

namespace weyl {

/// What `weyl-count` prints.
struct CountReport {
  SpaceDescription space;                  ///< where it was counted
  Discretization discretization;           ///< by what
  std::vector<EigenvalueCount> counts;     ///< ascending in λ
  std::vector<CountBracket> brackets = {}; ///< as many, or none where nothing was certified
  Resolution resolution;                   ///< up to where the mesh can be trusted
  std::optional<WeylFit> fit;              ///< absent where fewer than six resolved samples were counted
  std::optional<SurfaceView> view = {};    ///< the mesh, for the page
  double seconds = 0;                      ///< wall time
};

/// A table for a terminal of 80 columns.
std::string text(const CountReport& report);
/// Keys as in docs/json.md.
std::string json(const CountReport& report);
/// A header line and a line per λ.
std::string csv(const CountReport& report);
/// The figures of the page; `--plot` draws one.
std::vector<Figure> figures(const CountReport& report);
/// One self-contained page with figures and the table.
std::string html_page(const CountReport& report, const std::string& command);

} // namespace weyl
