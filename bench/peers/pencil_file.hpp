// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The file that carries one pencil (K, M) to every solver.
///
/// Little-endian, nothing between: int64 n, int64 nnz, int64 dimension, int32 first[n + 1], int32 index[nnz], float64
/// K[nnz], float64 M[nnz]. Compressed rows of the whole symmetric matrices, 0-based, ascending in each row; both share
/// one pattern.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <Eigen/SparseCore>

namespace peers {

struct PencilFile {
  int dimension = 2; ///< of the space
  std::vector<int> first;
  std::vector<int> index;
  std::vector<double> stiffness;
  std::vector<double> mass;

  [[nodiscard]] int size() const { return static_cast<int>(first.size()) - 1; }
  [[nodiscard]] std::int64_t entries() const { return static_cast<std::int64_t>(index.size()); }
};

template <class T>
void read_array(std::ifstream& file, std::vector<T>& array, std::int64_t size) {
  array.resize(static_cast<std::size_t>(size));
  file.read(reinterpret_cast<char*>(array.data()), static_cast<std::streamsize>(array.size() * sizeof(T)));
}

inline PencilFile read_pencil(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<std::int64_t> sizes;
  read_array(file, sizes, 3);
  PencilFile pencil;
  if (file) {
    pencil.dimension = static_cast<int>(sizes[2]);
    read_array(file, pencil.first, sizes[0] + 1);
    read_array(file, pencil.index, sizes[1]);
    read_array(file, pencil.stiffness, sizes[1]);
    read_array(file, pencil.mass, sizes[1]);
  }
  if (!file) {
    throw std::runtime_error(path + ": no pencil as make_pencil writes it");
  }
  return pencil;
}

using MatrixView = Eigen::Map<const Eigen::SparseMatrix<double>>;

/// K or M as Eigen sees it: by symmetry compressed rows are compressed columns.
inline MatrixView view(const PencilFile& pencil, const std::vector<double>& values) {
  return {pencil.size(),       pencil.size(),       static_cast<Eigen::Index>(pencil.entries()),
          pencil.first.data(), pencil.index.data(), values.data()};
}

/// tr K / tr M
inline double trace_ratio(const PencilFile& pencil) {
  double stiffness = 0;
  double mass = 0;
  for (int i = 0; i < pencil.size(); ++i) {
    for (int entry = pencil.first[i]; entry < pencil.first[i + 1]; ++entry) {
      if (pencil.index[entry] == i) {
        stiffness += pencil.stiffness[entry];
        mass += pencil.mass[entry];
      }
    }
  }
  return stiffness / mass;
}

/// The peers' shift: just below the spectrum.
inline double shift(const PencilFile& pencil) { return -trace_ratio(pencil) / pencil.size(); }

/// s = tr K / tr M / n^{2/d}, what stands for |λ| where λ = 0.
inline double spectral_scale(const PencilFile& pencil) {
  return trace_ratio(pencil) / std::pow(pencil.size(), 2.0 / pencil.dimension);
}

/// max_i ‖K x_i − λ_i M x_i‖ / ((|λ_i| + s)·‖M x_i‖)
inline double largest_residual(const PencilFile& pencil, const Eigen::VectorXd& values,
                               const Eigen::MatrixXd& vectors) {
  const MatrixView stiffness = view(pencil, pencil.stiffness);
  const MatrixView mass = view(pencil, pencil.mass);
  const double scale = spectral_scale(pencil);
  double largest = 0;
  for (Eigen::Index i = 0; i < values.size(); ++i) {
    const Eigen::VectorXd mx = mass * vectors.col(i);
    const Eigen::VectorXd r = stiffness * vectors.col(i) - values[i] * mx;
    largest = std::max(largest, r.norm() / ((std::abs(values[i]) + scale) * mx.norm()));
  }
  return largest;
}

} // namespace peers
