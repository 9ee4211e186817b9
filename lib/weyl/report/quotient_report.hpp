// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// What `weyl-quotient` says: a space against its quotients.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "weyl/report/description.hpp"
#include "weyl/report/figure.hpp"
#include "weyl/report/surface_view.hpp"
#include "weyl/symmetry/representation.hpp"
#include "weyl/symmetry/subgroups.hpp"

namespace weyl {

/// An irreducible representation and its part of the spectrum.
struct IrrepSpectrum {
  std::string name;                                   ///< Mulliken's symbol, or a number
  int dimension = 1;                                  ///< of the representation
  RepresentationType type = RepresentationType::real; ///< what commutes with it
  std::int64_t dofs = 0;                              ///< unknowns of its block
  std::vector<double> eigenvalues; ///< ascending; each stands for `dimension` eigenvalues of the space
};

/// N of a space and of its quotient at one λ, by inertia.
struct CountRatio {
  double lambda = 0;         ///< 1/length²
  std::int64_t manifold = 0; ///< N of M
  std::int64_t quotient = 0; ///< N of M/G
  double expected = 0;       ///< ratio of the two-term laws
};

/// A quotient M/G.
struct QuotientSpectrum {
  std::string name;                         ///< of the group
  int order = 1;                            ///< of the group; 0: it is infinite, a rotation group
  std::vector<std::string> generators = {}; ///< described
  std::size_t classes = 0;                  ///< of conjugate elements
  Geometry geometry = {};                   ///< its volume; its boundary, mirrors included (Dirichlet counted as < 0)
  std::vector<double> eigenvalues = {};     ///< of invariant functions
};

/// Two quotients whose eigenvalues agree.
struct IsospectralPair {
  std::size_t first = 0;    ///< 0: the group; 1, 2, …: those it is compared with
  std::size_t second = 0;   ///< index of the other one
  std::size_t compared = 0; ///< eigenvalues
  double difference = 0;    ///< largest relative one
};

/// What `weyl-quotient` prints.
struct QuotientReport {
  SpaceDescription space;                     ///< M
  Discretization discretization;              ///< of M
  QuotientSpectrum quotient;                  ///< M/G
  std::vector<IrrepSpectrum> irreps = {};     ///< by irreducible representation
  std::vector<double> eigenvalues = {};       ///< of the space, all blocks merged
  double up_to = 0;                           ///< all eigenvalues up to here are listed
  std::vector<CountRatio> ratios = {};        ///< ascending in λ
  std::vector<QuotientSpectrum> against = {}; ///< quotients by other groups
  std::vector<SubgroupClass> subgroups = {};  ///< of `--list`
  double resolved_up_to = 0;                  ///< λ up to which the mesh can be trusted
  std::optional<SurfaceView> view = {};       ///< eigenfunctions of each irreducible, for the page
  double seconds = 0;                         ///< wall time
};

/// An eigenspace of the space and what it is made of.
struct Eigenspace {
  double lambda = 0;             ///< mean
  std::int64_t multiplicity = 0; ///< dimension of the eigenspace
  std::int64_t invariants = 0;   ///< how many of them are invariant
  std::string content;           ///< "T1u", "Gg + Hg", "2 E"
};

/// Eigenvalues closer than 1e-7 relative share an eigenspace.
std::vector<Eigenspace> eigenspaces(const QuotientReport& report);

/// All pairs of quotients, M/G included, of which at least 10 eigenvalues agree to 1e-7 relative.
std::vector<IsospectralPair> isospectral_pairs(const QuotientReport& report);

/// Tables for a terminal of 80 columns.
std::string text(const QuotientReport& report);
/// Keys as in docs/json.md.
std::string json(const QuotientReport& report);
/// A header line and a line per eigenvalue: irrep,dimension,lambda.
std::string csv(const QuotientReport& report);
/// The figures of the page; `--plot` draws one.
std::vector<Figure> figures(const QuotientReport& report);
/// One self-contained page with figures and the tables.
std::string html_page(const QuotientReport& report, const std::string& command);

} // namespace weyl
