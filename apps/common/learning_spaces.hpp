// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// M and M/G for learning: from an expression with a closed form, or from a mesh.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/tool.hpp"
#include "weyl/learning/modes.hpp"
#include "weyl/learning/target.hpp"
#include "weyl/model/model_space.hpp"

namespace weyl::tool {

/// A mesh, its group, and its eigenpairs.
struct MeshedPair {
  std::unique_ptr<Space> space;
  Group group = {};
  double resolved_up_to = 0;
  Eigen::VectorXd eigenvalues = {};
  Eigen::MatrixXd eigenvectors =
      {}; ///< of all of M, M-orthonormal, on the unknowns; n × 0 if too large and not asked for
};

/// Both spaces as learning sees them.
struct LearningSpaces {
  std::string manifold_name;
  std::string quotient_name;
  Modes manifold;
  Modes quotient;
  std::string group;
  std::optional<std::int64_t> order = {}; ///< none for a group of positive dimension
  bool homogeneous = false;               ///< isometries of M move any point to any other, so that k(x, x) is constant
  std::optional<MeshedPair> meshed = {};  ///< absent for exact spectra
};

struct LearningSpacesOptions {
  std::int64_t modes = 0;    ///< of M at least; 0: 20,000 where the spectrum is exact, 1000 on a mesh
  bool eigenvectors = false; ///< of a mesh, however large, for targets on its vertices and for simulations
};

/// SPACE and `--group`, or a quotient A/GROUP as SPACE. Without either the group is trivial.
LearningSpaces learning_spaces(const CLI::App& app, const SpaceOptions& options, const LearningSpacesOptions& learning,
                               const Output& output);

/// A target by its values on the vertices of the mesh. Its invariant part is its mean over the group; powers of both
/// parts are those of the projections on M's eigenfunctions. What lies beyond the computed ones is one level at its
/// Rayleigh quotient. \throws InputError for vertices that are missing or named twice.
Target vertex_target(const MeshedPair& meshed, const Group& group, const std::string& content,
                     const std::string& source);

/// Coefficients of the same values in the eigenfunctions computed, orthonormal for the uniform probability measure.
Eigen::VectorXd vertex_coefficients(const MeshedPair& meshed, const std::string& content, const std::string& source);

} // namespace weyl::tool
