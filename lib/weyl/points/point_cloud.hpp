// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Samples of a space in R^D.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <Eigen/Core>

namespace weyl {

/// Points of R^D, one a column, all different from each other: a sample of an unknown space M in R^D.
struct PointCloud {
  Eigen::MatrixXd points;                 ///< D × n, in the data's unit of length
  std::vector<std::size_t> rows = {};     ///< per point, its row in the file; repeated rows are left out
  std::vector<std::string> warnings = {}; ///< what was noticed, one line each

  [[nodiscard]] Eigen::Index size() const { return points.cols(); }    ///< n
  [[nodiscard]] Eigen::Index ambient() const { return points.rows(); } ///< D
};

/// The cloud of points that may repeat, one a column.
/// \throws InputError(source, …) for fewer than 16 different points, a coordinate that is not finite, or coordinates so
///   large or small that their squares overflow or vanish. Cost: O(D n log n).
PointCloud point_cloud(Eigen::MatrixXd points, const std::string& source);

/// Reads a file of points, by its extension:
/// - `.npy`: an array n × D; of more axes (n images a × b), those after the first count as one of D = ab;
/// - `.npz`: the array `points`, or `X`, or the only one of two axes;
/// - `.csv`, `.tsv`, `.txt`, `.xyz`: a line a point, numbers between commas, semicolons or blanks; lines that begin
/// with
///   a # and a first line of names are passed over;
/// - `.ply`: x, y and z of the vertices.
/// \throws InputError with file, line (text) and reason. Memory stays proportional to the size of the file.
PointCloud read_points(const std::string& path);

/// As `read_points`, from memory: `content` is that of a file called `name`, whose extension counts.
PointCloud parse_points(std::string_view content, const std::string& name);

/// One number for each row of a file of points: `.npy` (n numbers), `.npz` (the array `y`, or `labels`), or lines of
/// one number in `.csv`, `.tsv` and `.txt`. \throws InputError as above, and for more than one number a row.
Eigen::VectorXd read_labels(const std::string& path);

/// Whether a file of this name is one of points and of nothing else: `.npy`, `.npz`, `.xyz`.
bool names_points(const std::string& path);

} // namespace weyl
