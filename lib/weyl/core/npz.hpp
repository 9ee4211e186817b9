// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// NumPy archives.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace weyl {

/// An array of doubles in row-major order.
struct NamedArray {
  std::string name;               ///< without ".npy"
  std::vector<std::size_t> shape; ///< rows, columns, …
  std::vector<double> values;     ///< product of `shape` values
};

/// The bytes of an uncompressed `.npz` archive (a ZIP of NPY version 1.0 files), as `numpy.load` reads it.
/// \throws InputError if an array or the archive exceeds 4 GiB (the limit of ZIP without its 64-bit extension).
std::string npz(const std::vector<NamedArray>& arrays);

/// The array in an NPY file (versions 1 to 3; booleans, integers and floating-point numbers of any size and byte order,
/// rows or columns first) as doubles in row-major order. `name` is the array's.
/// \throws InputError(source, …) for other types, more than 4 axes, or fewer data than the shape claims.
/// Cost: linear; memory is taken only for data that are there.
NamedArray parse_npy(std::string_view file, const std::string& name, const std::string& source);

/// The arrays of an `.npz` archive (stored or deflated entries, below 4 GiB), in its order.
/// \throws InputError(source, …) if it is another kind of archive, cut off, or damaged (checksums are compared).
std::vector<NamedArray> parse_npz(std::string_view archive, const std::string& source);

} // namespace weyl
