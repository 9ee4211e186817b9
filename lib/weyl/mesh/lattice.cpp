// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/mesh/lattice.hpp"

#include <cstddef>

namespace weyl {

Lattice lattice(int dimension, int f) {
  // The point x_0 + Σ y_i (x_{i+1} − x_i) / f with f ≥ y_0 ≥ y_1 ≥ y_2 ≥ 0.
  const auto inside = [&](const std::array<int, 3>& y) {
    return y[0] <= f && y[1] <= y[0] && y[2] <= y[1] && (dimension > 1 || y[1] == 0) && (dimension > 2 || y[2] == 0);
  };
  const auto side = static_cast<std::size_t>(f) + 1;
  const auto slot = [&](const std::array<int, 3>& y) {
    return (static_cast<std::size_t>(y[2]) * side + static_cast<std::size_t>(y[1])) * side +
           static_cast<std::size_t>(y[0]);
  };
  const auto for_each_point = [&](const auto& visit) {
    for (int y0 = 0; y0 <= f; ++y0) {
      for (int y1 = 0; y1 <= (dimension > 1 ? y0 : 0); ++y1) {
        for (int y2 = 0; y2 <= (dimension > 2 ? y1 : 0); ++y2) {
          visit(std::array{y0, y1, y2});
        }
      }
    }
  };

  Lattice result;
  std::vector<int> number(dimension == 3 ? side * side * side : dimension == 2 ? side * side : side);
  for_each_point([&](const std::array<int, 3>& y) {
    number[slot(y)] = static_cast<int>(result.points.size());
    result.points.push_back({f - y[0], y[0] - y[1], y[1] - y[2], y[2]});
  });
  const std::size_t walk_count = dimension == 3 ? 6 : dimension == 2 ? 2 : 1;
  for_each_point([&](const std::array<int, 3>& start) {
    for (std::size_t k = 0; k < walk_count; ++k) {
      std::array<int, 3> y = start;
      std::array<int, 4> simplex{number[slot(y)]};
      bool fits = true;
      for (std::size_t step = 0; step < static_cast<std::size_t>(dimension) && fits; ++step) {
        ++y[static_cast<std::size_t>(walks[k].axes[step])];
        fits = inside(y);
        simplex[step + 1] = fits ? number[slot(y)] : 0;
      }
      if (fits) {
        result.cells.push_back(oriented(simplex, walks[k].odd));
      }
    }
  });
  return result;
}

} // namespace weyl
