# SPDX-License-Identifier: GPL-3.0-or-later
"""Spaces whose spectra are known exactly."""

from __future__ import annotations

from . import _weyl
from ._fem import Boundary
from ._weyl import ModelSpace


def model_space(expression: str, *, boundary: Boundary = "neumann") -> ModelSpace:
    """A space whose spectrum is known exactly.

    Parameters
    ----------
    expression
        For example "sphere:3", "sphere:3/antipodal", "torus:2/C4", "rectangle:1,sqrt(2)", "sphere:2*circle:1",
        "(sphere:2)^5/S"; docs/model-spaces.md has the grammar.
    boundary
        Where the space has one.

    Returns
    -------
    ModelSpace
        ``count(lam)`` is an exact int of any size, ``eigenvalues(k)`` a (k,) array.

    Raises
    ------
    InputError
        With the place in the expression and what is possible there.
    """
    return _weyl.model_space(expression, boundary)
