// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Small good files, one for every variant of every mesh format.

#include <cstddef>
#include <string>
#include <vector>

namespace weyl::test {

/// Each holds the unit square of the plane z = 0, cut into two triangles, or the unit right tetrahedron, or the
/// boundary of the square as four segments. That makes 4 vertices each time, and area 1, volume 1/6 or length 4.
struct SampleFile {
  std::string variant;
  std::string name;
  std::string content;
  int dimension = 2;
};

std::vector<SampleFile> sample_files();

} // namespace weyl::test
