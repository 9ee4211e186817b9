// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Random starting vectors.

#include <cstdint>

#include "weyl/eigen/block.hpp"

namespace weyl {

/// Independent values, uniform in [−1, 1), the same for the same seed on every machine (SplitMix64; Steele, Lea &
/// Flood 2014). A normal distribution would cost a hundred times as much and serve no better as a start.
inline Block random_block(Eigen::Index rows, int width, std::uint64_t seed) {
  Block block(rows, width);
  std::uint64_t state = seed * 0xD1342543DE82EF95U;
  for (Eigen::Index i = 0; i < rows * width; ++i) {
    state += 0x9E3779B97F4A7C15U;
    std::uint64_t z = (state ^ (state >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    block.data()[i] = static_cast<double>(static_cast<std::int64_t>(z ^ (z >> 31U))) * 0x1p-63;
  }
  return block;
}

} // namespace weyl
