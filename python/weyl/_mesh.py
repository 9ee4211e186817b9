# SPDX-License-Identifier: GPL-3.0-or-later
"""Meshes from files, names and arrays."""

from __future__ import annotations

import os
from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from . import _weyl
from ._weyl import Description, InputError, Mesh


def as_mesh(V: Mesh | ArrayLike, F: ArrayLike | None = None) -> Mesh:
    """The mesh of ``V, F``, or V itself if it is one already."""
    if isinstance(V, Mesh):
        return V
    if F is None:
        raise InputError("F is missing: pass vertices and cells, or a weyl.Mesh")
    return Mesh(V, F)


def read_mesh(path: str | os.PathLike[str]) -> Mesh:
    """Reads a mesh file; the format is found by its content.

    Parameters
    ----------
    path
        OFF, OBJ, STL, PLY, VTK, VTU or Gmsh.

    Returns
    -------
    Mesh
        Unpacks as ``V, F = weyl.read_mesh(path)``: (n, 3) float64, (m, 3) int32.

    Raises
    ------
    InputError
        If the file cannot be read; the message names the file, the line, the reason and a remedy.

    Warns
    -----
    UserWarning
        For what was repaired: vertices without a cell, cells without volume.
    """
    return _weyl.read_mesh(os.fspath(path))


def write_mesh(
    path: str | os.PathLike[str],
    V: Mesh | ArrayLike,
    F: ArrayLike | None = None,
    *,
    fields: Mapping[str, ArrayLike] | None = None,
) -> None:
    """Writes a mesh, with values on its vertices where the format holds them.

    Parameters
    ----------
    path
        Ending in .off, .obj, .ply or .vtu.
    fields
        (n,) arrays by name, for .ply and .vtu; for example ``{"mode 3": evecs[:, 3]}``.
    """
    columns = {name: np.ascontiguousarray(values, dtype=float) for name, values in (fields or {}).items()}
    _weyl.write_mesh(os.fspath(path), as_mesh(V, F), columns)


def make_mesh(kind: str, size: float | None = None) -> Mesh:
    """A model mesh by name.

    Parameters
    ----------
    kind
        For example "disk", "icosphere:2", "torus:1,0.5", "cube", "ball"; `weyl-mesh --help` lists all.
    size
        Longest edge, in the mesh's unit of length; about 0.05 of its diameter if left out.

    Raises
    ------
    InputError
        For an unknown kind, with those that exist.
    """
    return _weyl.make_mesh(kind, size)


def refine(V: Mesh | ArrayLike, F: ArrayLike | None = None, *, levels: int = 1) -> Mesh:
    """Divides every edge at its midpoint, `levels` times: the same space with 2^(levels d) times as many cells.

    The old vertices keep their numbers.
    """
    return _weyl.refine(as_mesh(V, F), levels)


def describe(V: Mesh | ArrayLike, F: ArrayLike | None = None) -> Description:
    """What a mesh is like: counts, Euler characteristic, components, boundary, orientability, volume."""
    return _weyl.describe(as_mesh(V, F))
