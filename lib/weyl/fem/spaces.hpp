// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Model spaces for finite elements, with their exact metric: what elements of any order converge on.
///
/// `Division` says how fine: the target of the longest edge, in the space's own metric, and how often it is halved. The
/// metrics are analytic, so that the elements' polynomials are the only error. Where a space has positions they are on
/// it; the others are known by the lengths of their edges, which linear elements on `mesh` alone can use.

#include <string>
#include <vector>

#include <Eigen/Core>

#include "weyl/fem/metric.hpp"
#include "weyl/mesh/make.hpp"

namespace weyl {

/// Target of the longest edge (about 60, 1,000 or 3,000 cells in dimension 1, 2, 3 without one), and how often it is
/// halved.
struct Division {
  MeshSize size = {}; ///< longest edge, about
  int halvings = 0;   ///< of every cell, after that
};

/// R^n modulo the lattice of the columns of `basis`, n × d with d = 1 to 3. Triangulated by the reduced (obtuse) basis.
/// \throws InputError if the columns are dependent.
RiemannianMesh flat_torus(const Eigen::MatrixXd& basis, const Division& division = {});

/// R² modulo (x, y) → (x + a/2, −y) and (x, y) → (x, y + b).
RiemannianMesh klein_bottle(double a, double b, const Division& division = {});

/// The flat strip of the given width modulo (x, y) → (x + length, −y).
RiemannianMesh mobius_strip(double length, double width, const Division& division = {});

/// The flat rectangle, an interval for b = 0, or a box.
RiemannianMesh flat_box(const std::vector<double>& sides, const Division& division = {});

/// The equilateral triangle of side a.
RiemannianMesh equilateral_triangle(double a, const Division& division = {});

/// inner ≤ |x| ≤ outer in the plane.
RiemannianMesh flat_annulus(double inner, double outer, const Division& division = {});

/// The ball |x| ≤ R of R^d, d = 1 to 3: flat cells within R/2, beyond them a map that rounds the hexagon or
/// icosahedron.
RiemannianMesh flat_ball(int dimension, double radius, const Division& division = {});

/// The unit sphere of dimension 1 to 3: a polygon, icosahedron or 600-cell with the metric of its projection from the
/// centre.
RiemannianMesh round_sphere(int dimension, const Division& division = {});

/// The half x_{d+1} ≥ 0 of the unit sphere of dimension 2 or 3.
RiemannianMesh round_hemisphere(int dimension, const Division& division = {});

/// The unit sphere of dimension 2 or 3 modulo x → −x.
RiemannianMesh projective_space(int dimension, const Division& division = {});

/// L(p, q): the unit sphere of C² modulo (z, w) → (e^{2πi/p} z, e^{2πiq/p} w); p = 1 is the sphere itself.
/// \throws InputError unless 1 ≤ p ≤ 100 and q is prime to p.
RiemannianMesh lens_space(int p, int q, const Division& division = {});

/// x²/a² + y²/b² + z²/c² = 1.
RiemannianMesh ellipsoid(double a, double b, double c, const Division& division = {});

/// The torus swept by a circle of radius `minor` around an axis at the distance `major` > `minor` of its centre.
RiemannianMesh revolution_torus(double major, double minor, const Division& division = {});

/// The Bolza surface: genus 2, curvature −1, the regular octagon with angles π/4 and opposite sides glued, as 16
/// equilateral triangles {3, 8} of the hyperboloid model, projected from its centre.
RiemannianMesh bolza_surface(const Division& division = {});

/// A family of spaces, as `make_space` names it.
struct SpaceKind {
  std::string name;        ///< for example "lens"
  std::string usage;       ///< for example "lens:p,q"
  std::string description; ///< one line
};

/// Every kind that `make_space` knows.
std::vector<SpaceKind> space_kinds();

/// Whether `make_space` knows the kind of this expression.
bool names_space(const std::string& expression);

/// The space of an expression such as `sphere:3`, `torus:1,2`, `lattice:[[1,0],[0.5,1]]` or `bolza`.
/// \throws InputError that names the expression and says what is expected.
RiemannianMesh make_space(const std::string& expression, const Division& division = {});

} // namespace weyl
