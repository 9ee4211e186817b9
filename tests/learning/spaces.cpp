// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/spaces.hpp"

#include <cmath>
#include <map>
#include <numbers>

namespace weyl::test {

using std::numbers::pi;

Modes sphere(int top, int step) {
  Modes modes{.levels = {}, .complete_up_to = 0, .geometry = {.dimension = 2, .volume = 4 * pi / step}};
  int last = 0;
  for (int l = 0; l <= top; l += step) {
    modes.levels.push_back({l * (l + 1.0), 2 * l + 1.0});
    last = l + step;
  }
  modes.complete_up_to = last * (last + 1.0);
  return modes;
}

Modes flat_torus(int top) {
  std::map<int, int> count;
  const int reach = static_cast<int>(std::sqrt(top)) + 1;
  for (int i = -reach; i <= reach; ++i) {
    for (int j = -reach; j <= reach; ++j) {
      ++count[i * i + j * j];
    }
  }
  Modes modes{
      .levels = {}, .complete_up_to = static_cast<double>(top), .geometry = {.dimension = 2, .volume = 4 * pi * pi}};
  for (const auto& [lambda, multiplicity] : count) {
    if (lambda < top) {
      modes.levels.push_back({static_cast<double>(lambda), static_cast<double>(multiplicity)});
    }
  }
  return modes;
}

Modes circle(int k) {
  Modes modes{
      .levels = {{0, 1}}, .complete_up_to = (k + 1.0) * (k + 1.0), .geometry = {.dimension = 1, .volume = 2 * pi}};
  for (int i = 1; i <= k; ++i) {
    modes.levels.push_back({1.0 * i * i, 2});
  }
  return modes;
}

Modes interval(int k) {
  Modes modes = circle(k);
  modes.geometry = {.dimension = 1, .volume = pi, .boundary_volume = 2};
  for (std::size_t i = 1; i < modes.levels.size(); ++i) {
    modes.levels[i].multiplicity = 1;
  }
  return modes;
}

} // namespace weyl::test
