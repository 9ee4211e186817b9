# SPDX-License-Identifier: GPL-3.0-or-later
"""Meshes to pencils, and how far these can be trusted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csc_matrix

from . import _weyl
from ._mesh import as_mesh
from ._weyl import Geometry, Mesh, Resolution

Mass = Literal["consistent", "lumped"]
Boundary = Literal["neumann", "dirichlet"]


class Laplacian:
    """The pencil of a mesh, K x = λ M x, and what its unknowns belong to. Unpacks as ``K, M = laplacian``.

    Attributes
    ----------
    stiffness, mass : (n, n) scipy.sparse.csc_matrix of float64
        K and M, both symmetric; K >= 0, M > 0.
    nodes : (n,) array of int32
        The node of each unknown: first the vertices of the mesh by their numbers, then nodes inside edges and cells. At
        order 1 with Neumann's condition the unknowns are the vertices.
    vertex_count : int
    """

    def __init__(self, stiffness: csc_matrix, mass: csc_matrix, nodes: NDArray[np.int32], vertex_count: int) -> None:
        self.stiffness = stiffness
        self.mass = mass
        self.nodes = nodes
        self.vertex_count = vertex_count

    def __iter__(self) -> Iterator[csc_matrix]:
        return iter((self.stiffness, self.mass))

    def __repr__(self) -> str:
        return f"<weyl.Laplacian: {len(self.nodes)} unknowns, {self.vertex_count} vertices>"

    def on_vertices(self, values: ArrayLike) -> NDArray[np.float64]:
        """Functions at the vertices of the mesh.

        Parameters
        ----------
        values : (n,) or (n, k) array
            One value an unknown, for example eigenvectors.

        Returns
        -------
        (vertex_count,) or (vertex_count, k) array
            0 at vertices that are no unknowns: those on a Dirichlet boundary.
        """
        values = np.asarray(values, dtype=float)
        if values.shape[:1] != (len(self.nodes),):
            raise _weyl.InputError(f"values: {len(self.nodes)} rows are expected, not shape {values.shape}")
        at_vertex = self.nodes < self.vertex_count
        result = np.zeros((self.vertex_count, *values.shape[1:]))
        result[self.nodes[at_vertex]] = values[at_vertex]
        return result


def laplacian(
    V: Mesh | ArrayLike,
    F: ArrayLike | None = None,
    *,
    order: int = 1,
    mass: Mass = "consistent",
    boundary: Boundary = "neumann",
    threads: int = 0,
) -> Laplacian:
    """Stiffness and mass of the Laplacian -div grad by finite elements.

    Parameters
    ----------
    V, F
        (n, 3) vertices and (m, 3) cells, or a Mesh; see `Mesh`.
    order
        Degree of the polynomials on each cell. 1: the cotangent Laplacian; 2 to 4 for the same digits with fewer unknowns.
    mass
        "lumped" is diagonal, for order 1.
    boundary
        "dirichlet" leaves out the unknowns of the boundary.
    threads
        0: one per hardware thread.

    Returns
    -------
    Laplacian
        ``K, M = weyl.laplacian(V, F)``; not copied from C++.

    Raises
    ------
    InputError
        For options that are unknown or do not go together, and for a mesh that cannot be used.
    """
    mesh = as_mesh(V, F)
    stiffness, weights, nodes = _weyl.laplacian(mesh, order, mass, boundary, threads)
    shape = (len(nodes), len(nodes))
    return Laplacian(csc_matrix(stiffness, shape), csc_matrix(weights, shape), nodes, mesh.vertex_count)


def geometry(V: Mesh | ArrayLike, F: ArrayLike | None = None, *, boundary: Boundary = "neumann") -> Geometry:
    """What Weyl's law reads of a mesh: dimension, volume, boundary."""
    return _weyl.geometry(as_mesh(V, F), boundary)


def resolution(
    V: Mesh | ArrayLike,
    F: ArrayLike | None = None,
    *,
    order: int = 1,
    mass: Mass = "consistent",
    boundary: Boundary = "neumann",
    threads: int = 0,
) -> Resolution:
    """How far the eigenvalues of `laplacian`, called with the same arguments, can be trusted.

    Compares counts with those of the other mass matrix, or at orders above 1 of one order less. An estimate, no bound.
    """
    return _weyl.resolution(as_mesh(V, F), order, mass, boundary, threads)
