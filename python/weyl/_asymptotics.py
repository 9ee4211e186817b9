# SPDX-License-Identifier: GPL-3.0-or-later
"""Weyl's law, and what a list of eigenvalues says."""

from __future__ import annotations

import math
import os
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import _weyl
from ._weyl import Diagnosis, Geometry, InputError, Multiplet, Resolution, WeylFit


def as_list(name: str, values: ArrayLike) -> NDArray[np.float64]:
    result = np.asarray(values, dtype=float)
    if result.ndim != 1:
        raise InputError(f"{name}: an array of shape (k,) is expected, not {result.shape}")
    return result


def _terms(terms: int) -> int:
    if terms not in (1, 2):
        raise InputError(f"terms: must be 1 or 2, not {terms}")
    return terms


def weyl_constant(d: float) -> float:
    """ω_d/(2π)^d, ω_d the volume of the unit ball: N(λ) ~ weyl_constant(d) · volume · λ^(d/2)."""
    return _weyl.weyl_constant(d)


def weyl_count(geometry: Geometry, lam: ArrayLike, *, terms: Literal[1, 2] = 2) -> Any:
    """Weyl's law for N(λ), of one or two terms: a float, or an array of the shape of lam."""
    return _weyl.weyl_count(geometry, lam, _terms(terms))


def weyl_lambda(geometry: Geometry, count: ArrayLike, *, terms: Literal[1, 2] = 2) -> Any:
    """The λ at which Weyl's law of one or two terms has the given count; inverse of `weyl_count`."""
    return _weyl.weyl_lambda(geometry, count, _terms(terms))


def fit_weyl(lam: ArrayLike, counts: ArrayLike, geometry: Geometry, *, error_slope: float = 0.0) -> WeylFit:
    """Dimension and volume from a counting function, each with the other parts of the geometry taken as known.

    Parameters
    ----------
    lam, counts : (m,) arrays
        N(λ) at some λ > 0; m >= 6.
    error_slope
        Relative error of the discretization's eigenvalues per λ; ``resolution(...).slope``.
    """
    lambdas, values = as_list("lam", lam), as_list("counts", counts)
    if len(lambdas) != len(values):
        raise InputError(f"counts: {len(lambdas)} values are expected, as many as lam has, not {len(values)}")
    return _weyl.fit_weyl(lambdas, values, geometry, error_slope)


def analyse(
    eigenvalues: ArrayLike,
    *,
    dimension: int | None = None,
    volume: float | None = None,
    edge: Literal["unknown", "closed", "bounded"] = "unknown",
    discretized: bool = False,
    trusted_up_to: float = math.inf,
) -> Diagnosis:
    """Dimension, volume and boundary that a list of eigenvalues shows, and whether something is wrong with it.

    Parameters
    ----------
    eigenvalues : (k,) array
        Ascending, with multiplicity, from the smallest on.
    dimension, volume
        Where they are known.
    edge
        Whether the space has a boundary.
    discretized
        True: the eigenvalues are those of a mesh and drift at the end.
    trusted_up_to
        Eigenvalues beyond are not looked at.

    Returns
    -------
    Diagnosis
        Its ``findings`` are sentences with a confidence; ``repr`` prints them all.
    """
    return _weyl.analyse(as_list("eigenvalues", eigenvalues), dimension, volume, edge, discretized, trusted_up_to)


def read_eigenvalues(path: str | os.PathLike[str]) -> NDArray[np.float64]:
    """(k,) eigenvalues from a text, CSV, JSON or NPZ file, or from what a weyl tool wrote."""
    return _weyl.read_eigenvalues(os.fspath(path))


def multiplets(eigenvalues: ArrayLike, resolution: Resolution, *, dimension: int = 2) -> list[Multiplet]:
    """Groups of neighbouring eigenvalues that the mesh cannot tell apart."""
    return _weyl.multiplets(as_list("eigenvalues", eigenvalues), resolution, dimension)
