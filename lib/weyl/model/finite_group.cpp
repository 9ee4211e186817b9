// SPDX-License-Identifier: GPL-3.0-or-later
// Finite groups from matrices that generate them.
#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <numeric>

#include <Eigen/Dense>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "weyl/core/error.hpp"
#include "weyl/core/file.hpp"
#include "weyl/model/json_entries.hpp"
#include "weyl/model/molien.hpp"

namespace weyl {

namespace {

constexpr double same = 1e-6;      ///< distance of two computations of one element
constexpr double different = 1e-4; ///< distance of two elements

void check_generators(const std::vector<Eigen::MatrixXd>& generators, const std::string& source) {
  if (generators.empty()) {
    throw InputError(source, "there is no generator");
  }
  const Eigen::Index n = generators.front().rows();
  for (std::size_t i = 0; i < generators.size(); ++i) {
    const Eigen::MatrixXd& g = generators[i];
    if (g.rows() != n || g.cols() != n || n < 1 || n > 64) {
      throw InputError(source, fmt::format("generator {} is {} x {}; square matrices of one size up to 64 are expected",
                                           i + 1, g.rows(), g.cols()));
    }
    const double off = (g * g.transpose() - Eigen::MatrixXd::Identity(n, n)).cwiseAbs().maxCoeff();
    if (!(off <= 1e-8)) {
      throw InputError(source,
                       fmt::format("generator {} is not orthogonal: g g^T differs from 1 by {:.1e}", i + 1, off));
    }
  }
}

/// The elements found so far, to be looked up by a projection to a line, which rounding moves by little.
class Elements {
public:
  explicit Elements(Eigen::Index n) : direction_(n, n) {
    for (Eigen::Index i = 0; i < n * n; ++i) { // fixed, and not special
      direction_.data()[i] = std::sin(1.0 + 3.7 * static_cast<double>(i));
    }
    direction_ /= direction_.norm();
  }

  /// True where it was not there. \throws InputError where it is neither there nor clearly another.
  bool insert(const Eigen::MatrixXd& g, const std::string& source) {
    const double key = direction_.cwiseProduct(g).sum();
    for (auto it = by_projection_.lower_bound(key - different);
         it != by_projection_.end() && it->first < key + different; ++it) {
      const double distance = (all_[it->second] - g).norm();
      if (distance < same) {
        return false;
      }
      if (distance < different) {
        throw InputError(source, fmt::format("two elements differ by {:.1e}: the generators are not accurate, or the "
                                             "group is infinite or too large",
                                             distance));
      }
    }
    by_projection_.emplace(key, all_.size());
    all_.push_back(g);
    return true;
  }

  [[nodiscard]] const std::vector<Eigen::MatrixXd>& all() const { return all_; }

private:
  Eigen::MatrixXd direction_;
  std::multimap<double, std::size_t> by_projection_;
  std::vector<Eigen::MatrixXd> all_;
};

/// a/2π of the eigenvalues e^{ia}, in [0, 1).
std::vector<double> turns(const Eigen::MatrixXd& g) {
  std::vector<double> result;
  const Eigen::VectorXcd eigenvalues = g.eigenvalues();
  for (const std::complex<double>& eigenvalue : eigenvalues) {
    const double turn = std::arg(eigenvalue) / (2 * std::numbers::pi);
    result.push_back(turn < 0 ? turn + 1 : turn);
  }
  return result;
}

/// The least divisor o of |G| with o·turn whole for all turns. They are multiples of 1/o' with o' dividing |G|, so that
/// a product o·turn that is not whole is at least 1/|G| away from it: four times what is accepted.
std::int64_t element_order(const std::vector<double>& turns, const std::vector<std::int64_t>& divisors,
                           const std::string& source) {
  const double margin = 0.25 / static_cast<double>(divisors.back());
  for (const std::int64_t o : divisors) {
    const bool whole = std::ranges::all_of(turns, [&](double turn) {
      const double x = turn * static_cast<double>(o);
      return std::abs(x - std::round(x)) < margin;
    });
    if (whole) {
      return o;
    }
  }
  throw InputError(source, "an element's eigenvalues are not roots of unity: the generators are not accurate enough");
}

} // namespace

FiniteGroup generate_group(const std::vector<Eigen::MatrixXd>& generators, const std::string& source,
                           std::int64_t largest_order) {
  check_generators(generators, source);
  const Eigen::Index n = generators.front().rows();
  Elements elements(n);
  elements.insert(Eigen::MatrixXd::Identity(n, n), source);
  for (std::size_t i = 0; i < elements.all().size(); ++i) {
    for (const Eigen::MatrixXd& generator : generators) {
      const Eigen::MatrixXd product = elements.all()[i] * generator;
      if (elements.insert(product, source) && static_cast<std::int64_t>(elements.all().size()) > largest_order) {
        throw InputError(source, fmt::format("the group has more than {} elements", largest_order));
      }
    }
  }
  FiniteGroup group{.size = static_cast<int>(n), .order = static_cast<std::int64_t>(elements.all().size())};
  std::vector<std::int64_t> divisors;
  for (std::int64_t o = 1; o <= group.order; ++o) {
    if (group.order % o == 0) {
      divisors.push_back(o);
    }
  }
  std::vector<std::vector<double>> all_turns;
  for (const Eigen::MatrixXd& g : elements.all()) {
    all_turns.push_back(turns(g));
    group.exponent = std::lcm(group.exponent, element_order(all_turns.back(), divisors, source));
  }
  for (const std::vector<double>& turn : all_turns) {
    std::vector<int> angles;
    for (const double t : turn) {
      const auto a = std::llround(t * static_cast<double>(group.exponent));
      angles.push_back(static_cast<int>(a % group.exponent));
    }
    add_elements(group, std::move(angles), 1);
  }
  return group;
}

FiniteGroup read_group(const std::string& path) {
  const auto document = model::read_json(path);
  std::vector<Eigen::MatrixXd> generators;
  for (const auto& generator : model::generators(document, path)) {
    const auto rows = model::numbers(generator, path);
    Eigen::MatrixXd g(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(rows.front().size()));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (std::size_t j = 0; j < rows[i].size(); ++j) {
        g(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = rows[i][j].approximate();
      }
    }
    generators.push_back(std::move(g));
  }
  return generate_group(generators, path);
}

} // namespace weyl
