# SPDX-License-Identifier: GPL-3.0-or-later
"""What symmetry saves a learner."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from . import _weyl
from ._asymptotics import as_list
from ._weyl import Geometry, InputError, LearningCurve, ModelSpace, Quotient

Space = ModelSpace | tuple[ArrayLike, Geometry]


def _modes(space: Space, modes: int, trusted_up_to: float) -> _weyl.Modes:
    if isinstance(space, ModelSpace):
        return _weyl.modes(space, modes)
    try:
        eigenvalues, geometry = space
    except (TypeError, ValueError):
        raise InputError("the space: a ModelSpace, a Quotient or (eigenvalues, geometry) is expected") from None
    return _weyl.modes(as_list("eigenvalues", eigenvalues), geometry, trusted_up_to)


def learning_curve(
    manifold: Space | Quotient,
    quotient: Space | None = None,
    *,
    samples: ArrayLike,
    kernel: str | None = None,
    noise: float = 0.1,
    target: float | ArrayLike | None = None,
    ridge: float | None = None,
    homogeneous: bool = False,
    modes: int = 20000,
    trusted_up_to: float = math.inf,
) -> LearningCurve:
    """Risk of kernel ridge regression on a space and with the invariant kernel, and bounds for it.

    Parameters
    ----------
    manifold, quotient
        M and M/G: each a ModelSpace, or ``(eigenvalues, geometry)`` from a mesh; or one Quotient, which has both. M/G
        is M if left out.
    samples : (m,) array
        Numbers of samples n.
    kernel
        "sobolev:S[,LENGTH]", "heat:T" or "band:CUTOFF"; if left out, "sobolev:S" with the least integer S above d/2.
    noise
        Standard deviation σ of what is added to the values.
    target
        A float α: f_k^2 ~ (1 + λ_k)^-α, 1 in total. Or (r, 2) or (r, 3) rows of λ, the power of the invariant
        eigenfunctions there, and the power of the others. If left out, an α as `weyl-learn` takes it.
    ridge
        δ of K + δI; the best one for each n if left out.
    homogeneous
        Whether isometries of M take any point to any other: then ``guaranteed_bound`` is known.
    modes
        Eigenvalues of a ModelSpace, at least.
    trusted_up_to
        Eigenvalues of meshes beyond do not count; for example ``weyl.resolution(V, F).resolved_up_to``.

    Returns
    -------
    LearningCurve
        ``manifold.risk``, ``quotient.risk``, … are arrays; ``gains(risks)`` compares the samples needed.

    Raises
    ------
    InputError
        For a kernel that is not of trace class, samples or ridge out of range, too few eigenvalues.
    """
    if isinstance(manifold, Quotient):
        both, top = manifold, manifold.up_to
        manifold = (np.append(both.manifold_eigenvalues, top), both.manifold)
        quotient = (np.append(both.eigenvalues, top), both.geometry)  # complete up to there
    of_manifold = _modes(manifold, modes, trusted_up_to)
    of_quotient = of_manifold if quotient is None else _modes(quotient, modes, trusted_up_to)
    alpha, rows = None, None
    if isinstance(target, (int, float)):
        alpha = float(target)
    elif target is not None:
        table = np.asarray(target, dtype=float)
        if table.ndim != 2 or table.shape[1] not in (2, 3):
            raise InputError(f"target: an array of shape (r, 2) or (r, 3) is expected, not {table.shape}")
        rows = np.column_stack([table, np.zeros((len(table), 3 - table.shape[1]))])
    numbers = as_list("samples", samples)
    if len(numbers) == 0 or not (numbers > 0).all():
        raise InputError("samples: positive numbers are expected")
    return _weyl.learning_curve(of_manifold, of_quotient, numbers, kernel, noise, alpha, rows, ridge, homogeneous)
