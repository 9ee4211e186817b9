// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Meshes of model spaces, at any resolution.
///
/// What all functions of this file share:
/// - `size` is the target H of the edge length, in the unit of the parameters: the longest edge of the mesh is at most
///   H, up to a relative rounding of 1e-12. A mesh is finer than asked where H is larger than the space's shortest
///   extent. Without a `size` the mesh has about 2,500 vertices.
/// - The mesh depends on H only through whole numbers of divisions, and maps a flat lattice smoothly (piece by piece)
///   onto the space: the shape of the cells stays bounded as H falls, and P1 eigenvalues converge as O(H²).
/// - Boundary vertices, and all vertices of closed surfaces, lie on the true one to rounding. Planar triangles turn
///   counter-clockwise, closed surfaces face outward, tetrahedra are positively oriented; no two vertices coincide.
/// - Tetrahedra are listed so that `refine` keeps their shape bounded.
/// - Every function throws InputError if a parameter or the size is not a number from 1e-100 to 1e100, or if the mesh
///   would have more than 2e8 cells; nothing is allocated before that is known. Cost: linear in the mesh made.

#include <optional>
#include <string>
#include <vector>

#include "weyl/mesh/mesh.hpp"

namespace weyl {

/// Target length H of the longest edge; about 2,500 vertices without a value.
using MeshSize = std::optional<double>;

/// The segment [0, length] of R^1.
Mesh make_interval(double length = 1, MeshSize size = {});

/// A circle of circumference `length` as a regular polygon in R^2. Its edges add up to `length` exactly, because the
/// metric of a curve is its arc length: the vertices lie on a circle slightly larger than length/2π.
Mesh make_circle(double length = 1, MeshSize size = {});

/// [0, a] × [0, b] in R^2: a grid of nearly square cells, each cut into four by its diagonals, so that the mesh has
/// every symmetry of the rectangle.
Mesh make_rectangle(double a = 1, double b = 1, MeshSize size = {});

/// The disk of the given radius about 0 in R^2: concentric rings, 6k vertices on ring k. The mesh has the symmetry of
/// the regular hexagon.
Mesh make_disk(double radius = 1, MeshSize size = {});

/// inner ≤ |x| ≤ outer in R^2: the image of a grid under the complex exponential, so that cells are as wide as high
/// (the cells at the inner circle are smaller by inner/outer).
/// \throws InputError also if inner ≥ outer.
Mesh make_annulus(double inner = 0.5, double outer = 1, MeshSize size = {});

/// A strip with one half twist in R^3, ruled by segments of the given width through a circle of the given length:
/// ((ρ + v cos(u/2)) cos u, (ρ + v cos(u/2)) sin u, v sin(u/2)), ρ = length/2π, |v| ≤ width/2. It is *not* flat: its
/// spectrum is not that of the flat Möbius strip, and its area exceeds length·width.
/// \throws InputError also if width ≥ length/π (the strip would cross itself).
Mesh make_mobius(double length = 8, double width = 1, MeshSize size = {});

/// The surface of the cube [−a/2, a/2]³, with every symmetry of the cube.
Mesh make_cube(double a = 1, MeshSize size = {});

/// The round sphere about 0 in R^3 as an icosphere: the faces of an icosahedron divided f times along every edge, then
/// projected from the centre. 10f² + 2 vertices; the triangles differ in area by a factor below 2.
Mesh make_sphere(double radius = 1, MeshSize size = {});

/// The surface swept in R^3 by a circle of radius `minor` whose centre runs around the z axis at distance `major`.
/// The image of a grid under a conformal map, so that cells are as wide as high (those on the inner equator are smaller
/// by (major − minor)/(major + minor)).
/// \throws InputError also if minor ≥ major.
Mesh make_torus(double major = 1, double minor = 0.5, MeshSize size = {});

/// (x/a)² + (y/b)² + (z/c)² = 1: an icosphere, stretched. Triangles are as thin as the semi-axes are unequal.
Mesh make_ellipsoid(double a = 1, double b = 0.75, double c = 0.5, MeshSize size = {});

/// The surface of a regular tetrahedron of edge `a` about 0, in flat equilateral triangles.
Mesh make_tetrahedron(double a = 1, MeshSize size = {});

/// The surface of a regular octahedron of edge `a` about 0, in flat equilateral triangles.
Mesh make_octahedron(double a = 1, MeshSize size = {});

/// The surface of a regular icosahedron of edge `a` about 0, in flat equilateral triangles.
Mesh make_icosahedron(double a = 1, MeshSize size = {});

/// The flat torus R²/(aZ × bZ), by edge lengths alone. The mesh has every symmetry of the rectangle, and the
/// translations by its cells.
Mesh make_flat_torus(double a = 1, double b = 1, MeshSize size = {});

/// The flat Klein bottle of area ab/2, by edge lengths alone: R² modulo (x, y) → (x + a/2, −y) and (x, y) → (x, y + b).
Mesh make_klein(double a = 1, double b = 1, MeshSize size = {});

/// The solid [0, a] × [0, b] × [0, c] in tetrahedra: cubes cut into six along the diagonal (Freudenthal, Ann. of Math.
/// 43, 1942; Kuhn), the diagonals pointing away from the centre (mirrored per octant), so that the mesh has every
/// symmetry of the box.
Mesh make_box(double a = 1, double b = 1, double c = 1, MeshSize size = {});

/// The solid ball about 0 in R^3 in tetrahedra: the icosahedron's twenty tetrahedra with the centre, divided f times
/// along every edge (Freudenthal), then moved along rays from the centre so that shell k is the icosphere of frequency
/// k and radius k·radius/f. The dihedral angles lie between 36° and 130° at every size.
Mesh make_ball(double radius = 1, MeshSize size = {});

/// A kind of model mesh, as `make_mesh` names it.
struct MeshKind {
  std::string name;        ///< for example "disk"
  std::string usage;       ///< name and parameters with their defaults, for example "disk:R (1)"
  std::string description; ///< one line
};

/// Every kind that `make_mesh` knows, in the order of dimension.
std::vector<MeshKind> mesh_kinds();

/// Makes the mesh of an expression `kind` or `kind:p1,p2,...` (all parameters or none), for example `disk`, `disk:2`
/// or `box:1,1,2`.
/// \throws InputError that names the expression and says what is expected.
Mesh make_mesh(const std::string& expression, MeshSize size = {});

} // namespace weyl
