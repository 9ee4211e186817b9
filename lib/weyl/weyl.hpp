// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// Everything that weyl offers, stage by stage; every stage can be included alone.

// Errors, files, memory, the pencil.
#include "weyl/core/boundary.hpp"
#include "weyl/core/buffer.hpp"
#include "weyl/core/enclosed_matrix.hpp"
#include "weyl/core/error.hpp"
#include "weyl/core/file.hpp"
#include "weyl/core/memory.hpp"
#include "weyl/core/npz.hpp"
#include "weyl/core/pencil.hpp"
#include "weyl/core/stop.hpp"
#include "weyl/core/table.hpp"
#include "weyl/core/version.hpp"

// A file, a model's name or edge lengths -> Mesh.
#include "weyl/mesh/bisect.hpp"
#include "weyl/mesh/clip.hpp"
#include "weyl/mesh/corners.hpp"
#include "weyl/mesh/edges.hpp"
#include "weyl/mesh/intrinsic_delaunay.hpp"
#include "weyl/mesh/make.hpp"
#include "weyl/mesh/mesh.hpp"
#include "weyl/mesh/polygon.hpp"
#include "weyl/mesh/read.hpp"
#include "weyl/mesh/refine.hpp"
#include "weyl/mesh/repair.hpp"
#include "weyl/mesh/soup.hpp"
#include "weyl/mesh/surface_distance.hpp"
#include "weyl/mesh/topology.hpp"
#include "weyl/mesh/write.hpp"

// Mesh -> Group and its representations.
#include "weyl/symmetry/cayley.hpp"
#include "weyl/symmetry/group.hpp"
#include "weyl/symmetry/isometries.hpp"
#include "weyl/symmetry/make_group.hpp"
#include "weyl/symmetry/mirrors.hpp"
#include "weyl/symmetry/point_group.hpp"
#include "weyl/symmetry/representation.hpp"
#include "weyl/symmetry/rigid_motions.hpp"
#include "weyl/symmetry/subgroups.hpp"
#include "weyl/symmetry/symmetrize.hpp"

// Mesh -> Pencil.
#include "weyl/fem/cell_enclosure.hpp"
#include "weyl/fem/cell_energy.hpp"
#include "weyl/fem/certified_forms.hpp"
#include "weyl/fem/isotypic.hpp"
#include "weyl/fem/lagrange.hpp"
#include "weyl/fem/lagrange_laplacian.hpp"
#include "weyl/fem/laplacian.hpp"
#include "weyl/fem/metric.hpp"
#include "weyl/fem/nodes.hpp"
#include "weyl/fem/quadrature.hpp"
#include "weyl/fem/revolution.hpp"
#include "weyl/fem/revolution_spaces.hpp"
#include "weyl/fem/spaces.hpp"

// Pencil -> eigenpairs and counts.
#include "weyl/eigen/analysis.hpp"
#include "weyl/eigen/backward_error.hpp"
#include "weyl/eigen/block.hpp"
#include "weyl/eigen/certified_inertia.hpp"
#include "weyl/eigen/count.hpp"
#include "weyl/eigen/eigenpairs.hpp"
#include "weyl/eigen/ldlt.hpp"
#include "weyl/eigen/ordered_pencil.hpp"

// Eigenvalues -> Spectrum, and how far it can be trusted.
#include "weyl/spectrum/blocks.hpp"
#include "weyl/spectrum/bracket.hpp"
#include "weyl/spectrum/read_eigenvalues.hpp"
#include "weyl/spectrum/resolution.hpp"
#include "weyl/spectrum/richardson.hpp"
#include "weyl/spectrum/spectrum.hpp"

// A model-space expression -> exact spectra.
#include "weyl/model/expression.hpp"
#include "weyl/model/model_space.hpp"
#include "weyl/model/molien.hpp"
#include "weyl/model/powers.hpp"
#include "weyl/model/series.hpp"
#include "weyl/model/value.hpp"

// Spectrum -> Weyl's law.
#include "weyl/asymptotics/diagnosis.hpp"
#include "weyl/asymptotics/heat_expansion.hpp"
#include "weyl/asymptotics/heat_fit.hpp"
#include "weyl/asymptotics/level_spacing.hpp"
#include "weyl/asymptotics/means.hpp"
#include "weyl/asymptotics/remainder.hpp"
#include "weyl/asymptotics/weyl_fit.hpp"
#include "weyl/asymptotics/weyl_law.hpp"
#include "weyl/asymptotics/zeta.hpp"

// Spectra of M and of M/G -> learning.
#include "weyl/learning/bounds.hpp"
#include "weyl/learning/curve.hpp"
#include "weyl/learning/effective_dimension.hpp"
#include "weyl/learning/kernel.hpp"
#include "weyl/learning/kernel_spectrum.hpp"
#include "weyl/learning/modes.hpp"
#include "weyl/learning/risk.hpp"
#include "weyl/learning/target.hpp"

// Results -> text, JSON, CSV, NPZ, HTML.
#include "weyl/report/asymptotics_report.hpp"
#include "weyl/report/count_report.hpp"
#include "weyl/report/description.hpp"
#include "weyl/report/html.hpp"
#include "weyl/report/learning_report.hpp"
#include "weyl/report/mesh_report.hpp"
#include "weyl/report/model_report.hpp"
#include "weyl/report/quotient_report.hpp"
#include "weyl/report/spectrum_report.hpp"
