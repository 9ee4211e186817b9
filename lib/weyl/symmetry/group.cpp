// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/symmetry/group.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "weyl/core/error.hpp"
#include "weyl/symmetry/closure.hpp"
#include "weyl/symmetry/point_group.hpp"

namespace weyl {

namespace symmetry {

namespace {

std::uint64_t hash(const Permutation& permutation) {
  std::uint64_t h = 0xcbf29ce484222325ULL;
  for (const int image : permutation) {
    h = (h ^ static_cast<std::uint64_t>(image)) * 0x9e3779b97f4a7c15ULL;
    h ^= h >> 29;
  }
  return h;
}

/// g∘h: h first.
Permutation compose(const Permutation& g, const Permutation& h) {
  Permutation product(h.size());
  std::transform(h.begin(), h.end(), product.begin(), [&](int image) { return g[image]; });
  return product;
}

/// Points whose images tell all elements apart: only the identity fixes them all.
std::vector<int> base(const std::vector<Permutation>& elements) {
  std::vector<int> points;
  std::vector<std::size_t> fixing(elements.size() - 1);
  std::iota(fixing.begin(), fixing.end(), 1);
  while (!fixing.empty()) {
    const Permutation& g = elements[fixing.front()];
    int moved = 0;
    while (g[moved] == moved) {
      ++moved;
    }
    points.push_back(moved);
    std::erase_if(fixing, [&](std::size_t e) { return elements[e][moved] != moved; });
  }
  return points;
}

} // namespace

GrowingGroup::GrowingGroup(std::size_t points, std::string place) : place_(std::move(place)) {
  Permutation identity(points);
  std::iota(identity.begin(), identity.end(), 0);
  append(std::move(identity));
}

void GrowingGroup::append(Permutation permutation) {
  if (elements_.size() == largest_group) {
    throw InputError(place_, fmt::format("it has more than {} elements; name a smaller group", largest_group));
  }
  hashes_.insert(hash(permutation));
  elements_.push_back(std::move(permutation));
}

bool GrowingGroup::add(Permutation permutation) {
  if (hashes_.contains(hash(permutation))) {
    return false;
  }
  // With H the group so far, cosets H·r are appended until right multiplication by generators makes no new one.
  const std::size_t h = elements_.size();
  std::vector<Permutation> generators;
  generators.push_back(std::move(permutation));
  for (const int g : generators_) {
    generators.push_back(elements_[g]);
  }
  generators_.push_back(static_cast<int>(h));
  for (std::size_t coset = 0; coset < elements_.size(); coset += h) {
    for (const Permutation& s : generators) {
      const Permutation representative = compose(elements_[coset], s);
      if (!hashes_.contains(hash(representative))) {
        for (std::size_t i = 0; i < h; ++i) {
          append(compose(elements_[i], representative));
        }
      }
    }
  }
  return true;
}

Group GrowingGroup::finish() && {
  const std::size_t order = elements_.size();
  const std::vector<int> points = base(elements_);
  const auto images = [&](const Permutation& g, const Permutation& h) {
    std::vector<int> result(points.size());
    std::transform(points.begin(), points.end(), result.begin(), [&](int p) { return g[h[p]]; });
    return result;
  };
  std::map<std::vector<int>, std::uint16_t> number;
  for (std::size_t e = 0; e < order; ++e) {
    number.emplace(images(elements_[0], elements_[e]), static_cast<std::uint16_t>(e));
  }
  Group group;
  group.table.assign(order * order, 0);
  std::vector<char> known(order, 0);
  const auto row = [&](std::size_t g) { return group.table.begin() + static_cast<std::ptrdiff_t>(g * order); };
  for (const int s : generators_) {
    for (std::size_t e = 0; e < order; ++e) {
      row(s)[static_cast<std::ptrdiff_t>(e)] = number.at(images(elements_[s], elements_[e]));
    }
  }
  // Row of s·g from the rows of s and g, breadth first from the identity.
  std::iota(row(0), row(0) + static_cast<std::ptrdiff_t>(order), std::uint16_t{0});
  std::vector<int> queue{0};
  known[0] = 1;
  for (std::size_t at = 0; at < queue.size(); ++at) {
    for (const int s : generators_) {
      const int product = row(s)[queue[at]];
      if (!std::exchange(known[product], 1)) {
        std::transform(row(queue[at]), row(queue[at]) + static_cast<std::ptrdiff_t>(order), row(product),
                       [&](std::uint16_t e) { return row(s)[e]; });
        queue.push_back(product);
      }
    }
  }
  group.inverse.assign(order, 0);
  for (std::size_t g = 0; g < order; ++g) {
    group.inverse[g] = static_cast<int>(std::find(row(g), row(g) + static_cast<std::ptrdiff_t>(order), 0) - row(g));
  }
  group.generators = generators_;
  group.permutations = std::move(elements_);
  group.name = structure(group);
  return group;
}

} // namespace symmetry

Group generate(std::span<const Permutation> generators, std::size_t points, const std::string& place) {
  symmetry::GrowingGroup group(points, place);
  for (std::size_t g = 0; g < generators.size(); ++g) {
    std::vector<char> hit(points, 0);
    if (generators[g].size() != points) {
      throw InputError(place, fmt::format("generator {} has {} images for {} points", g, generators[g].size(), points));
    }
    for (const int image : generators[g]) {
      if (image < 0 || static_cast<std::size_t>(image) >= points || std::exchange(hit[image], 1)) {
        throw InputError(place, fmt::format("generator {} is not a permutation of 0 … {}: see image {}", g,
                                            static_cast<std::int64_t>(points) - 1, image));
      }
    }
    group.add(generators[g]);
  }
  return std::move(group).finish();
}

Group from_table(std::vector<std::uint16_t> table) {
  std::size_t order = 1;
  while (order * order < table.size()) {
    ++order;
  }
  if (order * order != table.size() || order > largest_group) {
    throw InputError("the multiplication table",
                     fmt::format("it has {} entries, no square of at most {}", table.size(), largest_group));
  }
  // By Cayley's theorem the rows are permutations; they form a group of that order exactly if the table is one.
  std::vector<Permutation> rows(order);
  for (std::size_t g = 0; g < order; ++g) {
    rows[g].assign(table.begin() + static_cast<std::ptrdiff_t>(g * order),
                   table.begin() + static_cast<std::ptrdiff_t>((g + 1) * order));
    if (rows[g][0] != static_cast<int>(g) || rows[0][g] != static_cast<int>(g)) {
      throw InputError("the multiplication table", "element 0 is not neutral");
    }
  }
  const Group generated = generate(rows, order, "the multiplication table");
  if (generated.order() != static_cast<int>(order)) {
    throw InputError("the multiplication table", "it is not associative");
  }
  Group group{.name = generated.name, .table = std::move(table)};
  group.inverse.assign(order, 0);
  std::vector<int> number(order);
  for (std::size_t e = 0; e < order; ++e) {
    number[e] = generated.permutations[e][0];
  }
  for (std::size_t e = 0; e < order; ++e) {
    group.inverse[number[e]] = number[generated.inverse[e]];
  }
  for (const int g : generated.generators) {
    group.generators.push_back(number[g]);
  }
  return group;
}

std::vector<int> closure(const Group& group, std::span<const int> seeds) {
  std::vector<char> in(static_cast<std::size_t>(group.order()), 0);
  std::vector<int> members{0};
  in[0] = 1;
  for (std::size_t at = 0; at < members.size(); ++at) {
    for (const int s : seeds) {
      const int product = group.times(members[at], s);
      if (!std::exchange(in[product], 1)) {
        members.push_back(product);
      }
    }
  }
  std::ranges::sort(members);
  return members;
}

Group subgroup(const Group& group, std::span<const int> members) {
  const std::size_t order = members.size();
  std::vector<int> number(static_cast<std::size_t>(group.order()), -1);
  for (std::size_t i = 0; i < order; ++i) {
    number[members[i]] = static_cast<int>(i);
  }
  Group result;
  result.table.resize(order * order);
  result.inverse.resize(order);
  for (std::size_t i = 0; i < order; ++i) {
    for (std::size_t j = 0; j < order; ++j) {
      result.table[i * order + j] = static_cast<std::uint16_t>(number[group.times(members[i], members[j])]);
    }
    result.inverse[i] = number[group.inverse[members[i]]];
    if (!group.permutations.empty()) {
      result.permutations.push_back(group.permutations[members[i]]);
    }
    if (!group.matrices.empty()) {
      result.matrices.push_back(group.matrices[members[i]]);
    }
  }
  // Generators: every element that those before it do not reach.
  std::vector<int> reached{0};
  for (int e = 1; e < result.order() && reached.size() < order; ++e) {
    if (!std::ranges::binary_search(reached, e)) {
      result.generators.push_back(e);
      reached = closure(result, result.generators);
    }
  }
  const bool is_point_group = !result.matrices.empty() && result.matrices[0].rows() == 3;
  result.name = is_point_group ? schoenflies(result) : structure(result);
  return result;
}

std::vector<std::vector<int>> conjugacy_classes(const Group& group) {
  std::vector<std::vector<int>> classes;
  std::vector<char> seen(static_cast<std::size_t>(group.order()), 0);
  for (int e = 0; e < group.order(); ++e) {
    if (std::exchange(seen[e], 1)) {
      continue;
    }
    std::vector<int> members{e};
    for (std::size_t at = 0; at < members.size(); ++at) {
      for (const int s : group.generators) {
        const int conjugate = group.times(group.times(s, members[at]), group.inverse[s]);
        if (!std::exchange(seen[conjugate], 1)) {
          members.push_back(conjugate);
        }
      }
    }
    std::ranges::sort(members);
    classes.push_back(std::move(members));
  }
  return classes;
}

int element_order(const Group& group, int g) {
  int k = 1;
  for (int power = g; power != 0; power = group.times(power, g)) {
    ++k;
  }
  return k;
}

std::vector<int> element_orders(const Group& group) {
  std::vector<int> orders(static_cast<std::size_t>(group.order()));
  for (int g = 0; g < group.order(); ++g) {
    orders[static_cast<std::size_t>(g)] = element_order(group, g);
  }
  return orders;
}

namespace {

/// Invariant factors d_1 | d_2 | … of an abelian group from the orders of its elements: for every prime p the number
/// of elements of order dividing pᵏ is p^(Σ min(k, e_i)).
std::string abelian_structure(const std::vector<int>& orders) {
  const auto n = static_cast<int>(orders.size());
  std::vector<int> factors;
  int rest = n;
  for (int p = 2; rest > 1; ++p) {
    if (rest % p != 0) {
      continue;
    }
    std::size_t before = 0;
    std::size_t at_least = 0; // cyclic factors of order at least pᵏ
    for (int power = p;; power *= p) {
      const auto dividing = std::ranges::count_if(orders, [&](int order) { return power % order == 0; });
      std::size_t exponent = 0;
      for (auto q = dividing; q > 1; q /= p) {
        ++exponent;
      }
      at_least = exponent - before;
      before = exponent;
      if (at_least == 0) {
        break;
      }
      factors.resize(std::max(factors.size(), at_least), 1);
      for (std::size_t i = 0; i < at_least; ++i) {
        factors[i] *= p;
      }
    }
    while (rest % p == 0) {
      rest /= p;
    }
  }
  std::string name;
  std::ranges::reverse(factors);
  for (const auto factor : factors) {
    name += fmt::format("{}Z{}", name.empty() ? "" : "x", factor);
  }
  return name;
}

} // namespace

std::string structure(const Group& group) {
  const int n = group.order();
  if (n == 1) {
    return "trivial";
  }
  const std::vector<int> orders = element_orders(group);
  const bool abelian = std::ranges::all_of(group.generators, [&](int s) {
    return std::ranges::all_of(group.generators, [&](int t) { return group.times(s, t) == group.times(t, s); });
  });
  if (abelian) {
    return abelian_structure(orders);
  }
  // Dihedral: an r of order n/2, and everything outside its powers inverts it.
  for (int r = 1; r < n; ++r) {
    if (2 * orders[r] == n) {
      const std::vector<int> rotations = closure(group, std::array{r});
      int outside = 1;
      while (std::ranges::binary_search(rotations, outside)) {
        ++outside;
      }
      if (orders[outside] == 2 && group.times(group.times(outside, r), outside) == group.inverse[r]) {
        return fmt::format("Dih{}", n / 2);
      }
    }
  }
  return fmt::format("order {}", n);
}

} // namespace weyl
