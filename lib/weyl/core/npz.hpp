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

/// The arrays of an archive that `npz` has made.
/// \throws InputError(source, …) if it is another kind of archive, cut off, or damaged (checksums are compared).
std::vector<NamedArray> parse_npz(std::string_view archive, const std::string& source);

} // namespace weyl
