// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// One function a family of spaces (internal). Names and errors with columns are the caller's.

#include <string>
#include <vector>

#include "weyl/core/boundary.hpp"
#include "weyl/model/model_space.hpp"
#include "weyl/model/molien.hpp"
#include "weyl/model/series.hpp"

namespace weyl::model {

// Spheres and their quotients (spheres.cpp, sphere_quotients.cpp).

/// Volume of the unit sphere S^d, d ≥ 0.
long double sphere_volume(int d);

/// dim H_k(R^n), the harmonic polynomials of degree k.
BigInt harmonic_dimension(std::int64_t k, int n);

/// The largest k with scale·k(k + shift) ≤ λ (or < λ); −1 if there is none.
BigInt largest_degree(const Bound& bound, int scale, int shift);

/// Eigenvalues scale·k(k + shift) with multiplicity [t^k] of the series.
ModelSpace graded(const RationalSeries& multiplicities, int scale, int shift);

/// The series (1 + t)/(1 − t)^d of S^d.
RationalSeries sphere_series(int d);

ModelSpace sphere(int d);
ModelSpace complex_projective_space(int n);
ModelSpace hemisphere(int d, Boundary condition);

/// S^d modulo a named group; `k` is that of SO:k.
/// \throws InputError (source: the group) where it does not act, or Dirichlet conditions mean nothing.
ModelSpace sphere_quotient(int d, const std::string& group, int k, Boundary condition);

/// S^d modulo a finite group of matrices of size d + 1.
ModelSpace sphere_quotient(int d, const FiniteGroup& group);

// Flat spaces (flat.cpp, lattice.cpp).

ModelSpace circle(const Number& length);
/// cos k x alone: the circle modulo x → −x.
ModelSpace interval(const Number& length, Boundary condition);
ModelSpace klein(const Number& a, const Number& b);
ModelSpace mobius(const Number& length, const Number& width, Boundary condition);
ModelSpace equilateral(const Number& side, Boundary condition);
/// Rows are the basis vectors. \throws InputError (source: lattice) where they are dependent.
ModelSpace lattice(const std::vector<std::vector<Number>>& basis);
/// A flat torus modulo affine maps given in a JSON file, in coordinates of its basis.
ModelSpace lattice_quotient(const std::vector<std::vector<Number>>& basis, const std::string& file);

// Round domains (bessel.cpp, caps.cpp).

ModelSpace ball(int d, double radius, Boundary condition);
ModelSpace annulus(double inner, double outer, Boundary condition);
/// The points of S^d within `angle` of a pole. \throws InputError (source: cap) unless d ≥ 2, angle < π.
ModelSpace cap(int d, double angle, Boundary condition);

} // namespace weyl::model
