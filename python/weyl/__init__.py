# SPDX-License-Identifier: GPL-3.0-or-later
"""Laplace-Beltrami spectra of meshes and of spaces with a closed form, Weyl's law, and what symmetry saves.

    >>> import weyl
    >>> V, F = weyl.make_mesh("icosphere", size=0.1)
    >>> K, M = weyl.laplacian(V, F, order=2)
    >>> evals, evecs = weyl.eigenpairs(K, M, k=9)

Vertices are (n, 3) arrays of float, cells (m, 3) arrays of int, 0-based; eigenvalues ascend and are those of -div grad;
eigenvectors are the columns of an (n, k) array with ``evecs.T @ M @ evecs`` the identity. Whatever takes ``V, F`` takes a
`Mesh` as well. Long computations leave the interpreter's lock to others and end on Ctrl-C.
"""

from ._asymptotics import analyse, fit_weyl, multiplets, read_eigenvalues, weyl_constant, weyl_count, weyl_lambda
from ._eigen import count, count_below, eigenpairs
from ._fem import Laplacian, geometry, laplacian, resolution
from ._learning import learning_curve
from ._mesh import describe, make_mesh, read_mesh, refine, write_mesh
from ._model import model_space
from ._symmetry import detect_symmetry, make_group, quotient
from ._weyl import (
    Curve,
    Description,
    Diagnosis,
    Eigenpairs,
    Error,
    Estimate,
    Finding,
    Gain,
    Geometry,
    Group,
    InputError,
    IrrepSpectrum,
    LearningCurve,
    Mesh,
    ModelSpace,
    Multiplet,
    NumericalError,
    Quotient,
    Representation,
    Resolution,
    WeylFit,
    __version__,
)

__all__ = [name for name in dir() if not name.startswith("_")] + ["__version__"]
