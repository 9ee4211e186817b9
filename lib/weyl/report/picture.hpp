// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// A figure as a picture for a paper, drawn by gnuplot.

#include <string>

#include "weyl/report/figure.hpp"

namespace weyl {

/// Vectors or pixels.
enum class PictureFormat { svg, png };

/// The format that a file name ends in. \throws InputError unless it is .svg or .png.
PictureFormat picture_format(const std::string& file);

/// What gnuplot reads to draw a figure: titles, labels and units, curves that differ in dashes and marks too.
std::string gnuplot_script(const Figure& figure, PictureFormat format);

/// The picture as the content of a file. Runs the program `gnuplot` (5.0 or later), which gets the script on standard
/// input. \throws InputError if there is no such program, with the package that has it, or if it fails, with its
/// reason.
std::string picture(const Figure& figure, PictureFormat format);

} // namespace weyl
