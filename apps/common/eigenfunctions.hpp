// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Eigenfunctions as files.

#include <cstdint>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <Eigen/Core>

#include "weyl/mesh/mesh.hpp"

namespace weyl::tool {

/// --eigenvectors.
void add_eigenvectors_option(CLI::App& app, std::string& file);

/// Whether the file is NumPy's .npy, one array of all nodes by eigenfunctions, which is written while it is computed.
bool is_npy(const std::string& file);

/// Writes the other formats.
/// \param mesh       whose vertices the functions have values on
/// \param values     vertices × functions
/// \param eigenvalues, residuals  one per function
/// \param first      the first one's number
/// \throws InputError if the file cannot be written, or its format cannot hold the mesh.
void write_eigenfunctions(const std::string& file, const Mesh& mesh, const Eigen::MatrixXd& values,
                          const std::vector<double>& eigenvalues, const std::vector<double>& residuals,
                          std::int64_t first);

} // namespace weyl::tool
