# SPDX-License-Identifier: GPL-3.0-or-later
"""Groups of isometries, and spectra cut by them."""

from __future__ import annotations

from collections.abc import Sequence

from numpy.typing import ArrayLike

from . import _weyl
from ._fem import Boundary, Mass
from ._mesh import as_mesh
from ._weyl import Group, Mesh, Quotient


def detect_symmetry(V: Mesh | ArrayLike, F: ArrayLike | None = None, *, tolerance: float = 1e-6) -> Group:
    """All isometries of a mesh that take vertices to vertices and cells to cells.

    Parameters
    ----------
    V, F
        (n, 3) vertices and (m, 3) cells, or a Mesh.
    tolerance
        Lengths and places may differ by this times V^(1/d).

    Returns
    -------
    Group
        With ``order``, ``name``, ``permutations`` (order, n) and ``matrices`` (order, 3, 3).

    Raises
    ------
    InputError
        For a mesh whose group is too large or that is not connected; with what to do.
    """
    return _weyl.detect_symmetry(as_mesh(V, F), tolerance)


def make_group(
    V: Mesh | ArrayLike,
    F: ArrayLike | None = None,
    *,
    name: str,
    axis: Sequence[float] | None = None,
    tolerance: float = 1e-6,
) -> Group:
    """A group by its name, as it acts on a mesh.

    Parameters
    ----------
    name
        A point group such as "C3v", "D2h", "Oh", "Ci"; or what `weyl-quotient --group` takes.
    axis
        Main axis of the point group; z if left out.

    Raises
    ------
    InputError
        If an element does not take the mesh to itself; the message says by how much.
    """
    return _weyl.make_group(as_mesh(V, F), name, None if axis is None else tuple(map(float, axis)), tolerance)


def quotient(
    V: Mesh | ArrayLike,
    F: ArrayLike | None = None,
    *,
    group: Group | str | None = None,
    k: int = 100,
    order: int = 1,
    mass: Mass = "consistent",
    boundary: Boundary = "neumann",
    seed: int = 1,
    threads: int = 0,
) -> Quotient:
    """The k smallest eigenvalues of a mesh M, block by block of its symmetry; the invariant ones are those of M/G.

    Parameters
    ----------
    V, F
        (n, 3) vertices and (m, 3) cells, or a Mesh.
    group
        A Group, a name for `make_group`, or nothing for all isometries.
    k
        Eigenvalues of M, with multiplicity.
    order, mass, boundary
        As `laplacian` takes them.

    Returns
    -------
    Quotient
        ``eigenvalues`` of M/G, ``manifold_eigenvalues`` of M, ``irreps`` one by one, ``geometry`` for Weyl's law.
    """
    mesh = as_mesh(V, F)
    if group is None:
        group = detect_symmetry(mesh)
    elif isinstance(group, str):
        group = make_group(mesh, name=group)
    return _weyl.quotient(mesh, group, k, order, mass, boundary, seed, threads)
