// SPDX-License-Identifier: GPL-3.0-or-later
#include "weyl/symmetry/isometries.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>
#include <unordered_map>
#include <utility>

#include "weyl/core/error.hpp"
#include "weyl/mesh/topology.hpp"
#include "weyl/symmetry/closure.hpp"
#include "weyl/symmetry/rigid_motions.hpp"

namespace weyl {

namespace {

constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

std::uint64_t mix(std::uint64_t x) { // the finalizer of splitmix64 (Steele, Lea & Flood 2014)
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

/// Index of the edge between corners i ≠ j in `simplex_edges`.
constexpr int edge_between(int i, int j) { return std::min(i, j) + std::max(i, j) * (std::max(i, j) - 1) / 2; }

/// Finds the images of one flag.
class Search {
public:
  Search(const Mesh& mesh, const SymmetryOptions& options)
      : mesh_(mesh), options_(options), corners_(mesh.dimension + 1), edges_(simplex_edge_count(mesh.dimension)),
        tolerance_(symmetry_distance(mesh, options)), image_(static_cast<std::size_t>(mesh.vertex_count)),
        cell_image_(mesh.cell_count()) {
    measure();
    glue();
    colour();
    walk();
  }

  Group group() {
    symmetry::GrowingGroup group(image_.size(), options_.place);
    const std::span<const int> flag = mesh_.cell(base_);
    std::set<std::vector<int>> reached;
    const auto reach = [&](std::size_t from) {
      for (std::size_t e = from; e < group.elements().size(); ++e) {
        std::vector<int> images;
        for (const int v : flag) {
          images.push_back(group.elements()[e][v]);
        }
        reached.insert(std::move(images));
      }
    };
    reach(0);
    for (const std::size_t c : rarest_) {
      std::vector<int> target(mesh_.cell(c).begin(), mesh_.cell(c).end());
      std::ranges::sort(target);
      do {
        if (compatible(flag, target) && !reached.contains(target) && spread(c, target)) {
          const std::size_t before = group.elements().size();
          if (!group.add(image_)) {
            throw InputError(options_.place, "an isometry fixes all vertices: cells with the same vertices; refine it");
          }
          reach(before);
        }
      } while (std::ranges::next_permutation(target).found);
    }
    return std::move(group).finish();
  }

private:
  [[nodiscard]] double length(std::size_t cell, int edge) const {
    return lengths_[cell * static_cast<std::size_t>(edges_) + static_cast<std::size_t>(edge)];
  }

  /// Lengths, and classes of lengths: those closer than the tolerance share a class.
  void measure() {
    for (std::size_t c = 0; c < mesh_.cell_count(); ++c) {
      const auto squares = edge_lengths_squared(mesh_, c);
      for (int e = 0; e < edges_; ++e) {
        lengths_.push_back(std::sqrt(squares[e]));
      }
    }
    std::vector<double> sorted = lengths_;
    std::ranges::sort(sorted);
    std::vector<double> starts;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
      if (i == 0 || sorted[i] - sorted[i - 1] > tolerance_) {
        starts.push_back(sorted[i]);
      }
    }
    for (const double l : lengths_) {
      classes_.push_back(static_cast<int>(std::ranges::upper_bound(starts, l) - starts.begin()));
    }
  }

  /// The side on the other side of every side, where a facet has two.
  void glue() {
    const Facets all = facets(mesh_);
    across_.assign(mesh_.cells.size(), none);
    for (std::size_t f = 0; f < all.count(); ++f) {
      if (all.valence(f) == 2) {
        const std::size_t s = all.sides[all.first_side[f]];
        const std::size_t t = all.sides[all.first_side[f] + 1];
        across_[s] = t;
        across_[t] = s;
      }
    }
  }

  /// Colours that every isometry keeps, refined while they tell more vertices apart, up to 12 rings.
  void colour() {
    colour_.assign(image_.size(), 0);
    std::size_t told_apart = 0;
    for (int ring = 0; ring < 12; ++ring) {
      std::vector<std::uint64_t> next(colour_.size(), 0);
      for (std::size_t c = 0; c < mesh_.cell_count(); ++c) {
        const std::span<const int> cell = mesh_.cell(c);
        for (int i = 0; i < corners_; ++i) {
          std::uint64_t sum = 0;
          for (int j = 0; j < corners_; ++j) {
            if (j == i) {
              continue;
            }
            sum += mix(colour_[cell[j]] + mix(class_of(c, edge_between(i, j))));
            for (int k = 0; k < j; ++k) {
              sum += k == i ? 0 : mix(mix(mix(class_of(c, edge_between(j, k)))));
            }
          }
          next[cell[i]] += mix(sum);
        }
      }
      for (std::size_t v = 0; v < next.size(); ++v) {
        next[v] = mix(colour_[v] ^ next[v]);
      }
      colour_ = std::move(next);
      std::vector<std::uint64_t> distinct = colour_;
      std::ranges::sort(distinct);
      distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
      if (distinct.size() == told_apart) {
        break;
      }
      told_apart = distinct.size();
    }
    std::unordered_map<std::uint64_t, std::vector<std::size_t>> cells;
    for (std::size_t c = 0; c < mesh_.cell_count(); ++c) {
      std::uint64_t sum = 0;
      for (int e = 0; e < edges_; ++e) {
        sum += mix(class_of(c, e));
      }
      for (const int v : mesh_.cell(c)) {
        sum += mix(colour_[v]);
      }
      cells[sum].push_back(c);
    }
    const auto fewest = [](const auto& a, const auto& b) {
      return std::pair(a.second.size(), a.second.front()) < std::pair(b.second.size(), b.second.front());
    };
    rarest_ = std::min_element(cells.begin(), cells.end(), fewest)->second;
    base_ = rarest_.front();
  }

  [[nodiscard]] std::uint64_t class_of(std::size_t cell, int edge) const {
    return static_cast<std::uint64_t>(
        classes_[cell * static_cast<std::size_t>(edges_) + static_cast<std::size_t>(edge)]);
  }

  /// The sides through which cells are reached from the base, breadth first.
  void walk() {
    std::vector<char> seen(mesh_.cell_count(), 0);
    std::vector<std::size_t> queue{base_};
    seen[base_] = 1;
    for (std::size_t at = 0; at < queue.size(); ++at) {
      for (int i = 0; i < corners_; ++i) {
        const std::size_t side = queue[at] * static_cast<std::size_t>(corners_) + static_cast<std::size_t>(i);
        if (across_[side] != none && !std::exchange(seen[cell_of(across_[side])], 1)) {
          queue.push_back(cell_of(across_[side]));
          steps_.push_back(side);
        }
      }
    }
    if (queue.size() != mesh_.cell_count()) {
      throw InputError(options_.place,
                       "its symmetries are searched for only where all cells are connected through facets "
                       "of two cells; give the components one at a time");
    }
  }

  [[nodiscard]] std::size_t cell_of(std::size_t side) const { return side / static_cast<std::size_t>(corners_); }
  [[nodiscard]] int vertex_of(std::size_t side) const { return mesh_.cells[side]; }

  [[nodiscard]] bool compatible(std::span<const int> flag, std::span<const int> target) const {
    return std::ranges::equal(flag, target, [&](int v, int w) { return colour_[v] == colour_[w]; });
  }

  /// True if cell `c` is as long along its edges as its image: `image_` of its vertices and `cell_image_[c]` are set.
  [[nodiscard]] bool congruent(std::size_t c) const {
    const std::size_t target = cell_image_[c];
    std::array<int, 4> corner{};
    const std::span<const int> from = mesh_.cell(c);
    const std::span<const int> to = mesh_.cell(target);
    for (int i = 0; i < corners_; ++i) {
      const auto found = std::ranges::find(to, image_[from[i]]);
      if (found == to.end()) {
        return false;
      }
      corner[i] = static_cast<int>(found - to.begin());
    }
    for (int e = 0; e < edges_; ++e) {
      const int image = edge_between(corner[simplex_edges[e][0]], corner[simplex_edges[e][1]]);
      if (std::abs(length(c, e) - length(target, image)) > tolerance_) {
        return false;
      }
    }
    return true;
  }

  /// Sets the image of a vertex; false if it has another one, or if the image is another vertex's.
  bool assign(int v, int w) {
    if (image_[v] >= 0) {
      return image_[v] == w;
    }
    if (colour_[v] != colour_[w] || std::exchange(hit_[w], 1)) {
      return false;
    }
    image_[v] = w;
    return true;
  }

  /// Continues the map of the base flag to `target`, the vertices of cell `c` in some order; fills `image_` if it is an
  /// isometry.
  bool spread(std::size_t c, std::span<const int> target) {
    std::ranges::fill(image_, -1);
    hit_.assign(image_.size(), 0);
    std::vector<char> cell_hit(mesh_.cell_count(), 0);
    cell_image_[base_] = c;
    cell_hit[c] = 1;
    for (int i = 0; i < corners_; ++i) {
      assign(mesh_.cell(base_)[i], target[i]);
    }
    if (!congruent(base_)) {
      return false;
    }
    for (const std::size_t side : steps_) {
      const std::size_t target_cell = cell_image_[cell_of(side)];
      const std::span<const int> to = mesh_.cell(target_cell);
      const auto corner = std::ranges::find(to, image_[vertex_of(side)]) - to.begin();
      const std::size_t opposite =
          across_[target_cell * static_cast<std::size_t>(corners_) + static_cast<std::size_t>(corner)];
      const std::size_t next = cell_of(across_[side]);
      if (opposite == none || std::exchange(cell_hit[cell_of(opposite)], 1) ||
          !assign(vertex_of(across_[side]), vertex_of(opposite))) {
        return false;
      }
      cell_image_[next] = cell_of(opposite);
      if (!congruent(next)) {
        return false;
      }
    }
    return true;
  }

  const Mesh& mesh_;
  const SymmetryOptions& options_;
  int corners_;
  int edges_;
  double tolerance_;
  std::vector<double> lengths_;
  std::vector<int> classes_;
  std::vector<std::size_t> across_; ///< per side: the other side of its facet; `none` if there is not exactly one
  std::vector<std::uint64_t> colour_;
  std::vector<std::size_t> rarest_; ///< cells of the rarest colour
  std::size_t base_ = 0;
  std::vector<std::size_t> steps_;
  Permutation image_;
  std::vector<char> hit_;
  std::vector<std::size_t> cell_image_;
};

} // namespace

double symmetry_distance(const Mesh& mesh, const SymmetryOptions& options) {
  return options.tolerance * std::pow(volume(mesh), 1.0 / mesh.dimension);
}

Group isometry_group(const Mesh& mesh, const SymmetryOptions& options) {
  Group group = Search(mesh, options).group();
  add_rigid_motions(group, mesh, options);
  return group;
}

} // namespace weyl
