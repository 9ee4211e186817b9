// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/symmetry/subgroups.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "weyl/core/error.hpp"

namespace weyl {

namespace {

constexpr std::size_t most_subgroups = 20000;

bool is_prime_power(int n) {
  int p = 2;
  while (n % p != 0) {
    ++p;
  }
  while (n % p == 0) {
    n /= p;
  }
  return n == 1;
}

std::vector<int> conjugate(const Group& group, const std::vector<int>& members, int g) {
  std::vector<int> result;
  result.reserve(members.size());
  for (const int h : members) {
    result.push_back(group.times(group.times(g, h), group.inverse[g]));
  }
  std::ranges::sort(result);
  return result;
}

/// A generator of each cyclic subgroup of prime-power order.
std::vector<int> cyclic_generators(const Group& group) {
  std::set<std::vector<int>> known;
  std::vector<int> result;
  const std::vector<int> orders = element_orders(group);
  for (int g = 1; g < group.order(); ++g) {
    if (is_prime_power(orders[g]) && known.insert(closure(group, std::array{g})).second) {
      result.push_back(g);
    }
  }
  return result;
}

} // namespace

std::vector<SubgroupClass> subgroup_classes(const Group& group) {
  if (group.order() > largest_listed) {
    throw InputError(group.name, fmt::format("it has {} elements; subgroups are listed for at most {}", group.order(),
                                             largest_listed));
  }
  Group abstract{.table = group.table, .inverse = group.inverse, .generators = group.generators};
  abstract.matrices = group.matrices;
  const std::vector<int> cyclic = cyclic_generators(group);
  std::set<std::vector<int>> known;
  std::vector<SubgroupClass> classes;
  const auto add = [&](const std::vector<int>& members) {
    if (known.contains(members)) {
      return;
    }
    const std::size_t before = known.size();
    for (int g = 0; g < group.order(); ++g) {
      known.insert(conjugate(group, members, g));
    }
    if (known.size() > most_subgroups) {
      throw InputError(group.name, fmt::format("it has more than {} subgroups", most_subgroups));
    }
    classes.push_back({subgroup(abstract, members).name, members, static_cast<int>(known.size() - before)});
  };
  add({0});
  for (std::size_t at = 0; at < classes.size(); ++at) { // NOLINT(modernize-loop-convert): `add` makes it longer
    const std::vector<int> members = classes[at].members;
    for (const int z : cyclic) {
      if (!std::ranges::binary_search(members, z)) {
        std::vector<int> seeds = members;
        seeds.push_back(z);
        add(closure(group, seeds));
      }
    }
  }
  std::ranges::stable_sort(classes, {}, [](const SubgroupClass& c) { return c.members.size(); });
  return classes;
}

bool almost_conjugate(const Group& group, const std::vector<int>& first, const std::vector<int>& second) {
  return std::ranges::all_of(conjugacy_classes(group), [&](const std::vector<int>& members) {
    const auto met = [&](const std::vector<int>& subgroup) {
      return std::ranges::count_if(subgroup, [&](int g) { return std::ranges::binary_search(members, g); });
    };
    return met(first) == met(second);
  });
}

} // namespace weyl
