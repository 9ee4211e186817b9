// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Polygonal drums: corners in order, meshed by CGAL.

#include <array>
#include <string>
#include <vector>

#include "weyl/mesh/make.hpp"
#include "weyl/mesh/mesh.hpp"

namespace weyl {

/// The corners of a simple polygon, counter-clockwise, in some unit of length.
using Polygon = std::vector<std::array<double, 2>>;

/// Kinds of polygons that `polygon` knows, for help texts.
std::vector<MeshKind> polygon_kinds();

/// Whether `expression` names a polygon: "lshape", "drum:gww1", "drum:gww2", "ngon:N", "polygon:FILE".
bool names_polygon(const std::string& expression);

/// The polygon of an expression:
/// - lshape: three unit squares;
/// - drum:gww1, drum:gww2: the isospectral pair of Gordon, Webb & Wolpert (Bull. AMS 27, 1992), seven right isosceles
///   triangles with legs of length 2 each (corners as in Driscoll, SIAM Rev. 39, 1997);
/// - ngon:N: regular, circumradius 1, N from 3 to 1000, a corner at (1, 0);
/// - polygon:FILE: as `read_polygon`.
/// \throws InputError that says what is expected.
Polygon polygon(const std::string& expression);

/// Reads a file of corners in order, either way around: two numbers a line, empty lines and `#` comments left out. A
/// last corner that repeats the first is dropped.
/// \throws InputError with the line that cannot be used: not two numbers, a corner twice, edges that touch or cross.
Polygon read_polygon(const std::string& path);

/// Area and perimeter.
double area(const Polygon& polygon);
/// Length of the boundary.
double perimeter(const Polygon& polygon);

/// A Delaunay mesh of a simple polygon with angles above 20°, but for smaller ones between edges of the polygon
/// (Shewchuk's and Ruppert's refinement, CGAL's 2D meshes), its longest edge at most `size`, graded towards
/// corners where eigenfunctions are singular: triangles there are as small as h^(1/ν), which is what linear elements
/// need for errors of h². Without a size there are about 2,500 vertices beside those of the grading.
/// \throws InputError if the polygon is not simple or the mesh would be too large.
Mesh make_polygon(const Polygon& polygon, MeshSize size = {});

/// The coarsest such mesh, without grading: a start for adaptive refinement.
Mesh coarse_polygon(const Polygon& polygon);

} // namespace weyl
