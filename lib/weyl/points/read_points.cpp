// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <numeric>
#include <optional>

#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/core/file.hpp"
#include "weyl/core/npz.hpp"
#include "weyl/core/text.hpp"
#include "weyl/mesh/read.hpp"
#include "weyl/points/point_cloud.hpp"

namespace weyl {

namespace {

constexpr std::size_t fewest_points = 16;

/// `values` holds the points one after the other; there are none of no coordinates.
Eigen::MatrixXd columns(const std::vector<double>& values, std::size_t dimension) {
  const std::size_t points = dimension == 0 ? 0 : values.size() / dimension;
  return Eigen::Map<const Eigen::MatrixXd>(values.data(), static_cast<Eigen::Index>(dimension),
                                           static_cast<Eigen::Index>(points));
}

Eigen::MatrixXd from_array(const NamedArray& array, const std::string& source) {
  if (array.shape.size() < 2 || array.values.empty()) {
    throw InputError(source, "holds no points: an array of n rows and D columns is expected");
  }
  return columns(array.values, array.values.size() / array.shape[0]);
}

Eigen::MatrixXd from_archive(const std::vector<NamedArray>& arrays, const std::string& source) {
  for (const char* name : {"points", "X"}) {
    if (const auto found = std::ranges::find(arrays, name, &NamedArray::name); found != arrays.end()) {
      return from_array(*found, source);
    }
  }
  const auto matrix = [](const NamedArray& array) { return array.shape.size() == 2; };
  if (std::ranges::count_if(arrays, matrix) != 1) {
    throw InputError(source, "has no array 'points' or 'X', and not just one of two axes");
  }
  return from_array(*std::ranges::find_if(arrays, matrix), source);
}

/// The numbers of a line; nothing if a word is none.
std::optional<std::vector<double>> numbers(std::string_view line) {
  constexpr std::string_view separators = " \t\r,;";
  std::vector<double> result;
  for (auto begin = line.find_first_not_of(separators); begin != std::string_view::npos;
       begin = line.find_first_not_of(separators)) {
    line.remove_prefix(begin);
    const std::string_view word = line.substr(0, line.find_first_of(separators));
    double value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc() || end != word.data() + word.size()) {
      return std::nullopt;
    }
    result.push_back(value);
    line.remove_prefix(word.size());
  }
  return result;
}

Eigen::MatrixXd from_text(std::string_view content, const std::string& source) {
  std::vector<double> values;
  std::size_t dimension = 0;
  bool names_allowed = true;
  for (long line = 1; !content.empty(); ++line) {
    const auto end = content.find('\n');
    const std::string_view text = trimmed(content.substr(0, end));
    content.remove_prefix(end == std::string_view::npos ? content.size() : end + 1);
    if (text.empty() || text.starts_with("#")) {
      continue;
    }
    const auto point = numbers(text);
    if (!point && !names_allowed) {
      throw InputError(source, line, "holds something that is no number");
    }
    names_allowed = false;
    if (!point) {
      continue;
    }
    dimension = dimension == 0 ? point->size() : dimension;
    if (point->size() != dimension || dimension == 0) {
      throw InputError(source, line, fmt::format("has {} numbers, the lines before it {}", point->size(), dimension));
    }
    values.insert(values.end(), point->begin(), point->end());
  }
  if (values.empty()) {
    throw InputError(source, "holds no points");
  }
  return columns(values, dimension);
}

} // namespace

PointCloud point_cloud(Eigen::MatrixXd points, const std::string& source) {
  if (!points.allFinite()) {
    throw InputError(source, "a coordinate is not finite; leave such points out");
  }
  std::vector<std::size_t> order(static_cast<std::size_t>(points.cols()));
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto column = [&](std::size_t i) { return points.col(static_cast<Eigen::Index>(i)); };
  const auto before = [&](std::size_t a, std::size_t b) {
    const auto x = column(a);
    const auto y = column(b);
    return std::lexicographical_compare(x.begin(), x.end(), y.begin(), y.end());
  };
  std::ranges::stable_sort(order, before);
  const auto repeated =
      std::unique(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return !before(a, b); });
  order.erase(repeated, order.end());
  std::ranges::sort(order);
  if (order.size() < fewest_points) {
    throw InputError(source,
                     fmt::format("{} different points are too few; {} are the least", order.size(), fewest_points));
  }
  const double extent = (points.rowwise().maxCoeff() - points.rowwise().minCoeff()).maxCoeff();
  if (!(points.cwiseAbs().maxCoeff() < 1e100 && extent > 1e-100)) {
    throw InputError(source, "coordinates are too large or too close; choose another unit of length");
  }
  PointCloud cloud;
  if (order.size() < static_cast<std::size_t>(points.cols())) {
    cloud.warnings.push_back(
        fmt::format("{} repeated points are left out", static_cast<std::size_t>(points.cols()) - order.size()));
    Eigen::MatrixXd different(points.rows(), static_cast<Eigen::Index>(order.size()));
    for (std::size_t i = 0; i < order.size(); ++i) {
      different.col(static_cast<Eigen::Index>(i)) = column(order[i]);
    }
    points = std::move(different);
  }
  cloud.points = std::move(points);
  cloud.rows = std::move(order);
  return cloud;
}

PointCloud parse_points(std::string_view content, const std::string& name) {
  const std::string extension = std::filesystem::path(name).extension();
  if (extension == ".npy") {
    return point_cloud(from_array(parse_npy(content, "", name), name), name);
  }
  if (extension == ".npz") {
    return point_cloud(from_archive(parse_npz(content, name), name), name);
  }
  if (extension == ".ply") {
    const Soup soup = parse_soup(content, name);
    if (soup.points.empty()) {
      throw InputError(name, "holds no points");
    }
    return point_cloud(columns(soup.points, 3), name);
  }
  if (extension == ".csv" || extension == ".tsv" || extension == ".txt" || extension == ".xyz") {
    return point_cloud(from_text(plain_text(content, name), name), name);
  }
  throw InputError(name, "points are read from .npy, .npz, .csv, .tsv, .txt, .xyz and .ply");
}

PointCloud read_points(const std::string& path) { return parse_points(read_file(path), path); }

Eigen::VectorXd read_labels(const std::string& path) {
  const std::string content = read_file(path);
  const std::string extension = std::filesystem::path(path).extension();
  Eigen::VectorXd labels;
  if (extension == ".npy" || extension == ".npz") {
    const std::vector<NamedArray> arrays =
        extension == ".npy" ? std::vector{parse_npy(content, "y", path)} : parse_npz(content, path);
    auto found = std::ranges::find(arrays, "y", &NamedArray::name);
    found = found == arrays.end() ? std::ranges::find(arrays, "labels", &NamedArray::name) : found;
    if (found == arrays.end() || found->shape.empty() || found->shape[0] != found->values.size()) {
      throw InputError(path, "holds no labels: an array of n numbers is expected ('y' or 'labels' in an archive)");
    }
    labels = Eigen::Map<const Eigen::VectorXd>(found->values.data(), static_cast<Eigen::Index>(found->values.size()));
  } else {
    const Eigen::MatrixXd rows = from_text(content, path);
    if (rows.rows() != 1) {
      throw InputError(path, fmt::format("has {} numbers in a line, and a label is one", rows.rows()));
    }
    labels = rows.row(0).transpose();
  }
  if (!labels.allFinite()) {
    throw InputError(path, "a label is not finite");
  }
  return labels;
}

bool names_points(const std::string& path) {
  const std::string extension = std::filesystem::path(path).extension();
  return extension == ".npy" || extension == ".npz" || extension == ".xyz";
}

} // namespace weyl
