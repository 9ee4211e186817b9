// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// The metric of a space that is glued of simplices, at any point of a cell.

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include <Eigen/Core>

#include "weyl/mesh/mesh.hpp"

namespace weyl {

/// The metric of a cell at some of its points. Points are columns of (d+1) × n barycentric coordinates; the result is
/// d × (d·n), a Gram matrix G_ij = ⟨e_i, e_j⟩ after the other, with e_i = ∂x/∂ξ_i the tangent vectors of the
/// coordinates ξ_i = λ_i, i = 1 … d, λ_0 = 1 − Σ ξ_i. In a flat cell e_i is the edge from corner 0 to corner i. Unit:
/// length². Must be callable from several threads.
using Metric = std::function<Eigen::MatrixXd(std::size_t cell, const Eigen::MatrixXd& points)>;

/// A function on a space: its n values at some points of a cell.
using CellFunction = std::function<Eigen::VectorXd(std::size_t cell, const Eigen::MatrixXd& points)>;

/// A space: glued simplices and a Riemannian metric on each. What is done with it (volume, matrices) sees the metric
/// through G alone, so that all ways to give it are equal.
struct RiemannianMesh {
  Mesh mesh;                ///< how cells are glued; its positions or edge lengths are the metric if there is no other
  Metric metric = {};       ///< empty: the flat metric of `mesh`
  CellFunction weight = {}; ///< a density w that multiplies both forms, for example the volume of orbits; empty: 1
};

/// Coordinates of the corners of every cell in a chart R^c. Cells that share a vertex may know it by different
/// coordinates, so that sides of a polygon can be glued.
struct Charts {
  int dimension = 0;               ///< c ≤ 8
  std::vector<double> coordinates; ///< cell_count × (d+1) × c, row-major
};

/// A matrix of a point of a chart, of at most 8 rows and columns.
using ChartMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::ColMajor, 8, 8>;
/// Coordinates in a chart, d of them.
using ChartPoint = Eigen::Matrix<double, Eigen::Dynamic, 1, Eigen::ColMajor, 8, 1>;
/// The metric tensor, d × d, at a point of a chart.
using ChartFunction = std::function<ChartMatrix(const ChartPoint& x)>;

/// The pull-back of g(x) (c × c, symmetric) under the affine maps of simplices into a chart: G = EᵀgE, E the edges of
/// the cell. g may be degenerate across the cell, as the pull-back of the round metric under x ↦ x/|x| is: g = (I −
/// xxᵀ/|x|²)/|x|². There is no geometric error.
Metric chart_metric(Charts charts, ChartFunction g);

/// The pull-back of the Euclidean metric under a map F: R^c → R^n that is given by its n × c Jacobian matrix.
Metric mapped_metric(Charts charts, ChartFunction jacobian);

/// The coordinates of corners of an embedded mesh as charts.
Charts charts(const Mesh& mesh);

/// A function of the chart's coordinates, at points of cells.
CellFunction chart_function(Charts charts, std::function<double(const ChartPoint&)> f);

/// Isoparametric cells of the given order in R^n, n ≤ 8: the nodes of the flat cells of `mesh`, moved by `project` onto
/// an exact surface (it changes the n coordinates in place, and must give the same for the same point in every cell).
/// Polynomials of degree p leave O(h^(p+1)) of the surface's shape.
/// \throws InputError if a cell is inverted at one of its quadrature points of degree 2p: det(E₀ᵀE) ≤ 0, with E the
///   tangent vectors there and E₀ those of the flat cell.
Metric isoparametric(const Mesh& mesh, int order, const std::function<void(std::span<double>)>& project);

/// The Gram matrices of flat cells, as above. The mesh is kept by reference.
Metric flat_metric(const Mesh& mesh);

/// ∫ w dV over all cells, exact for flat cells, else by quadrature of the given degree. Cost: linear.
double volume(const RiemannianMesh& space, int degree = 8);

/// The same over the facets that belong to one cell only; their number for d = 1.
double boundary_volume(const RiemannianMesh& space, int degree = 8);

} // namespace weyl
