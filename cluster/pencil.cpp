// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/pencil.hpp"

#include <vector>

#include "cluster/session.hpp"
#include "weyl/fem/local_forms.hpp"

namespace weyl::cluster {

namespace {

/// Entries (i, j) of both matrices, to be summed.
struct Entries {
  std::vector<PetscInt> rows;
  std::vector<PetscInt> columns;
  std::vector<double> stiffness;
  std::vector<double> mass;
};

Entries integrate(const LocalCells& cells, Mass mass) {
  const RiemannianMesh space{.mesh = cells.mesh};
  const CellFunction no_potential;
  const LocalIntegrator integrator(space, no_potential, cells.order, 0);
  const Eigen::Index nodes = integrator.element().size();
  Entries all;
  LocalForms forms;
  for (std::size_t c = 0; c < cells.mesh.cell_count(); ++c) {
    integrator.integrate(c, forms);
    if (mass == Mass::lumped) {
      forms.mass = Eigen::MatrixXd(forms.mass.rowwise().sum().asDiagonal());
    }
    const PetscInt* unknown = cells.unknowns.data() + c * static_cast<std::size_t>(nodes);
    for (Eigen::Index a = 0; a < nodes; ++a) {
      for (Eigen::Index b = 0; b < nodes; ++b) {
        if (unknown[a] >= 0 && unknown[b] >= 0) {
          all.rows.push_back(unknown[a]);
          all.columns.push_back(unknown[b]);
          all.stiffness.push_back(forms.stiffness(a, b));
          all.mass.push_back(forms.mass(a, b));
        }
      }
    }
  }
  return all;
}

/// Σ of the entries; rows and columns are copies, which PETSc may reorder.
Matrix sum(PetscInt owned, std::vector<PetscInt> rows, std::vector<PetscInt> columns,
           const std::vector<double>& values) {
  Matrix matrix;
  check(MatCreate(PETSC_COMM_WORLD, matrix.out()));
  check(MatSetSizes(matrix.get(), owned, owned, PETSC_DETERMINE, PETSC_DETERMINE));
  check(MatSetType(matrix.get(), MATAIJ));
  check(MatSetPreallocationCOO(matrix.get(), static_cast<PetscCount>(rows.size()), rows.data(), columns.data()));
  check(MatSetValuesCOO(matrix.get(), values.data(), ADD_VALUES));
  check(MatSetOption(matrix.get(), MAT_SYMMETRIC, PETSC_TRUE));
  check(MatSetOption(matrix.get(), MAT_SYMMETRY_ETERNAL, PETSC_TRUE));
  return matrix;
}

double trace(const Matrix& matrix) {
  double result = 0;
  check(MatGetTrace(matrix.get(), &result));
  return result;
}

} // namespace

DistributedPencil assemble(const LocalCells& cells, Mass mass) {
  Entries all;
  together([&] { all = integrate(cells, mass); });
  DistributedPencil result;
  result.stiffness = sum(cells.owned, all.rows, all.columns, all.stiffness);
  result.mass = sum(cells.owned, std::move(all.rows), std::move(all.columns), all.mass);
  check(MatGetSize(result.stiffness.get(), &result.size, nullptr));
  const double mass_trace = trace(result.mass);
  result.scale = trace(result.stiffness) / (static_cast<double>(result.size) * mass_trace);
  result.mean_mass = mass_trace / static_cast<double>(result.size);
  return result;
}

} // namespace weyl::cluster
