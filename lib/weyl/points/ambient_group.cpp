// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/points/ambient_group.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/core/json.hpp"

namespace weyl {

namespace {

using Rows = std::vector<std::vector<double>>;

Eigen::MatrixXd matrix(const Rows& rows, const std::string& source) {
  const auto n = static_cast<Eigen::Index>(rows.size());
  Eigen::MatrixXd result(n, n);
  for (Eigen::Index i = 0; i < n; ++i) {
    const std::vector<double>& row = rows[static_cast<std::size_t>(i)];
    if (row.size() != rows.size()) {
      throw InputError(source, "a matrix is not square");
    }
    result.row(i) = Eigen::Map<const Eigen::RowVectorXd>(row.data(), n);
  }
  return result;
}

Eigen::MatrixXd permutation(const std::vector<int>& image, int ambient, const std::string& source) {
  std::vector<int> sorted = image;
  std::ranges::sort(sorted);
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (sorted[i] != static_cast<int>(i)) {
      throw InputError(source, fmt::format("a permutation holds each of the numbers 0 to {} once", sorted.size() - 1));
    }
  }
  const auto blocks = static_cast<int>(image.size());
  if (blocks == 0 || ambient % blocks != 0) {
    throw InputError(source, fmt::format("{} coordinates are not {} blocks of the same size", ambient, blocks));
  }
  return block_permutation(image, ambient / blocks);
}

} // namespace

Eigen::MatrixXd block_permutation(const std::vector<int>& image, int size) {
  const auto n = static_cast<Eigen::Index>(image.size()) * size;
  Eigen::MatrixXd result = Eigen::MatrixXd::Zero(n, n);
  for (std::size_t i = 0; i < image.size(); ++i) {
    result.block(Eigen::Index{size} * image[i], static_cast<Eigen::Index>(i) * size, size, size).setIdentity();
  }
  return result;
}

AmbientGroup ambient_group(std::vector<Eigen::MatrixXd> generators, int ambient, const std::string& name) {
  constexpr double rounding = 1e-6;
  constexpr double same = 1e-4; // of products of many
  constexpr std::size_t largest_order = 5000;
  constexpr double largest_memory = 1e8; // numbers
  const Eigen::MatrixXd identity = Eigen::MatrixXd::Identity(ambient, ambient);
  for (const Eigen::MatrixXd& g : generators) {
    if (g.rows() != ambient || g.cols() != ambient) {
      throw InputError(name, fmt::format("acts on R^{}, and the points are in R^{}", g.rows(), ambient));
    }
    if (!((g * g.transpose() - identity).cwiseAbs().maxCoeff() <= rounding)) {
      throw InputError(name, "a matrix is not orthogonal: distances would change");
    }
  }
  AmbientGroup group{.name = name, .elements = {identity}, .generators = std::move(generators)};
  for (std::size_t i = 0; i < group.elements.size(); ++i) {
    for (const Eigen::MatrixXd& g : group.generators) {
      const Eigen::MatrixXd product = group.elements[i] * g;
      const bool known = std::ranges::any_of(group.elements, [&](const Eigen::MatrixXd& other) {
        return (product - other).cwiseAbs().maxCoeff() <= same;
      });
      if (!known) {
        group.elements.push_back(product);
      }
      if (group.elements.size() > largest_order ||
          static_cast<double>(group.elements.size()) * ambient * ambient > largest_memory) {
        throw InputError(name, fmt::format("the group is too large: more than {} matrices", group.elements.size() - 1));
      }
    }
  }
  return group;
}

AmbientGroup parse_ambient_group(std::string_view content, int ambient, const std::string& source) {
  std::vector<Eigen::MatrixXd> generators;
  try {
    const auto document = parse_json(content, source);
    if (document.contains("permutations")) {
      for (const auto& image : index_lists(document["permutations"], source)) {
        generators.push_back(permutation(image, ambient, source));
      }
    } else {
      for (const auto& rows : document.at("matrices").get<std::vector<Rows>>()) {
        generators.push_back(matrix(rows, source));
      }
    }
  } catch (const nlohmann::json::exception&) {
    throw InputError(source, R"(expected {"matrices": [[[...]]]} or {"permutations": [[...]]}, of numbers)");
  }
  return ambient_group(std::move(generators), ambient, source);
}

} // namespace weyl
