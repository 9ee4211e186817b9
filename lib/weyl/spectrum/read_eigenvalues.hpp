// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Lists of eigenvalues from any program.

#include <string>
#include <string_view>
#include <vector>

namespace weyl {

/// True for names that end in .csv, .tsv, .txt, .dat, .ev or .json.
bool names_eigenvalues(const std::string& path);

/// The eigenvalues in a file, ascending:
/// - text with one number a line; blank lines and what follows a # do not count;
/// - columns between commas, semicolons, tabs or blanks under a line of names, of which the first that contains
///   "lambda" or "eigenvalue" counts;
/// - LaPy's .ev (ShapeDNA): what stands between braces after "Eigenvalues:";
/// - JSON: an array of numbers, or an object with such an array named "eigenvalues", as `weyl-spectrum --json` writes.
///
/// Neighbours that are out of order by rounding (1e-9 of the largest) are put in order.
/// \throws InputError with the line for what is no finite number, out of order or negative beyond rounding; for a list
/// without numbers; with the reason of the operating system.
std::vector<double> read_eigenvalues(const std::string& path);

/// The same from a text in memory. \param source names it in errors.
std::vector<double> parse_eigenvalues(std::string_view content, const std::string& source);

} // namespace weyl
