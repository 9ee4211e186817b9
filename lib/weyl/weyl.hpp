// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file Everything that weyl offers, stage by stage; every stage can be included alone.

// Errors, files, memory, the pencil.
#include "weyl/core/boundary.hpp"
#include "weyl/core/buffer.hpp"
#include "weyl/core/error.hpp"
#include "weyl/core/file.hpp"
#include "weyl/core/npz.hpp"
#include "weyl/core/pencil.hpp"
#include "weyl/core/version.hpp"

// A file, a model's name or edge lengths -> Mesh.
#include "weyl/mesh/edges.hpp"
#include "weyl/mesh/intrinsic_delaunay.hpp"
#include "weyl/mesh/make.hpp"
#include "weyl/mesh/mesh.hpp"
#include "weyl/mesh/read.hpp"
#include "weyl/mesh/refine.hpp"
#include "weyl/mesh/repair.hpp"
#include "weyl/mesh/soup.hpp"
#include "weyl/mesh/topology.hpp"
#include "weyl/mesh/write.hpp"

// Mesh -> Pencil.
#include "weyl/fem/laplacian.hpp"

// Pencil -> eigenpairs and counts.
#include "weyl/eigen/analysis.hpp"
#include "weyl/eigen/block.hpp"
#include "weyl/eigen/count.hpp"
#include "weyl/eigen/eigenpairs.hpp"
#include "weyl/eigen/ldlt.hpp"

// Eigenvalues -> Spectrum, and how far it can be trusted.
#include "weyl/spectrum/read_eigenvalues.hpp"
#include "weyl/spectrum/resolution.hpp"
#include "weyl/spectrum/spectrum.hpp"

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

// Results -> text, JSON, CSV, NPZ, HTML.
#include "weyl/report/asymptotics_report.hpp"
#include "weyl/report/count_report.hpp"
#include "weyl/report/description.hpp"
#include "weyl/report/html.hpp"
#include "weyl/report/mesh_report.hpp"
#include "weyl/report/spectrum_report.hpp"
