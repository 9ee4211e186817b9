// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/eigenfunctions.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "weyl/core/file.hpp"
#include "weyl/core/npz.hpp"
#include "weyl/mesh/write.hpp"

namespace weyl::tool {

void add_eigenvectors_option(CLI::App& app, std::string& file) {
  app.add_option("--eigenvectors", file,
                 "write eigenfunctions: on the mesh (.vtu, .ply), as arrays evals, evecs, residuals (.npz), or as one "
                 "array that never needs to fit into memory (.npy)")
      ->check([](const std::string& name) {
        const std::string extension = std::filesystem::path(name).extension();
        return extension == ".vtu" || extension == ".ply" || extension == ".npz" || extension == ".npy"
                   ? ""
                   : name + " should end in .vtu, .ply, .npz or .npy";
      })
      ->type_name("FILE");
}

bool is_npy(const std::string& file) { return std::filesystem::path(file).extension() == ".npy"; }

void write_eigenfunctions(const std::string& file, const Mesh& mesh, const Eigen::MatrixXd& values,
                          const std::vector<double>& eigenvalues, const std::vector<double>& residuals,
                          std::int64_t first) {
  if (std::filesystem::path(file).extension() == ".npz") {
    const auto rows = static_cast<std::size_t>(values.rows());
    const auto columns = static_cast<std::size_t>(values.cols());
    const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> row_major = values;
    write_file(file, npz({{"evals", {columns}, eigenvalues},
                          {"evecs", {rows, columns}, {row_major.data(), row_major.data() + row_major.size()}},
                          {"residuals", {columns}, residuals}}));
    return;
  }
  std::vector<VertexField> fields;
  for (Eigen::Index k = 0; k < values.cols(); ++k) {
    fields.push_back({fmt::format("mode_{}", first + k), {values.col(k).begin(), values.col(k).end()}});
  }
  write_mesh(file, mesh, fields);
}

} // namespace weyl::tool
