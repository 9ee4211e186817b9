# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts and eigenpairs of any symmetric pencil."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from . import _weyl
from ._weyl import Eigenpairs, InputError

Matrix = Any  # a scipy.sparse matrix or array of any format, or a dense one; scipy has no type for it


def _arrays(name: str, matrix: Matrix) -> tuple[NDArray[np.float64], NDArray[np.int32], NDArray[np.int32]]:
    """data, indices, indptr of a canonical csc_matrix; a csc_matrix that is one already is not copied."""
    if np.iscomplexobj(matrix):
        raise InputError(f"{name}: is complex; real symmetric matrices are expected")
    try:
        columns = sparse.csc_matrix(matrix, dtype=float)
        columns.check_format(full_check=True)
    except (TypeError, ValueError) as error:
        raise InputError(f"{name}: is no matrix of numbers ({error})") from None
    if columns.shape[0] != columns.shape[1] or columns.shape[0] == 0:
        raise InputError(f"{name}: a square matrix is expected, not shape {columns.shape}")
    if columns.nnz > np.iinfo(np.int32).max:
        raise InputError(f"{name}: has {columns.nnz} entries, more than 2^31 - 1")
    if not columns.has_canonical_format:
        columns = columns.copy()
        columns.sum_duplicates()
    return columns.data, columns.indices, columns.indptr


def _pencil(K: Matrix, M: Matrix | None) -> tuple[Any, Any]:
    stiffness = _arrays("K", K)
    mass = _arrays("M", sparse.identity(len(stiffness[2]) - 1, format="csc") if M is None else M)
    if len(mass[2]) != len(stiffness[2]):
        raise InputError(f"M: has {len(mass[2]) - 1} rows and K has {len(stiffness[2]) - 1}")
    return stiffness, mass


def eigenpairs(
    K: Matrix,
    M: Matrix | None = None,
    k: int = 10,
    *,
    interval: tuple[float, float] | None = None,
    vectors: bool = True,
    tolerance: float = 1e-9,
    seed: int = 1,
    threads: int = 0,
) -> Eigenpairs:
    """The smallest eigenvalues of K x = λ M x, or all in an interval; none is missing, by Sylvester's law of inertia.

    Parameters
    ----------
    K, M : (n, n) scipy.sparse matrices
        Real and symmetric; M positive definite, the identity if left out. Any format; csc_matrix is not converted.
    k
        How many; more than n gives all n.
    interval
        ``(a, b)``: all eigenvalues in [a, b], in place of the smallest k.
    vectors
        False: eigenvalues and residuals only, in little memory.
    tolerance
        Largest relative residual accepted.
    seed
        Of the random starting vectors.
    threads
        0: one per hardware thread.

    Returns
    -------
    Eigenpairs
        ``evals, evecs = weyl.eigenpairs(K, M, k=100)``: (k,) ascending, (n, k) with ``evecs.T @ M @ evecs = 1``.

    Raises
    ------
    InputError
        For matrices that are not real, finite, symmetric and of one size, or an M that is not positive definite.
    NumericalError
        If the tolerance is not reached or memory runs out.
    KeyboardInterrupt
        On Ctrl-C, after the block of vectors or the elimination that is under way.
    """
    ends = None if interval is None else (float(interval[0]), float(interval[1]))
    return _weyl.eigenpairs(*_pencil(K, M), k, ends, vectors, tolerance, seed, threads)


def _count(K: Matrix, M: Matrix | None, lam: ArrayLike, threads: int, which: int) -> Any:
    lambdas = np.asarray(lam, dtype=float)
    counts = _weyl.counts(*_pencil(K, M), lambdas.ravel(), threads)[which]
    return int(counts[0]) if lambdas.ndim == 0 else counts.reshape(lambdas.shape)


def count(K: Matrix, M: Matrix | None, lam: ArrayLike, *, threads: int = 0) -> Any:
    """#{k : λ_k <= lam} of K x = λ M x, exact in floating point: the negative pivots of K - lam M.

    Parameters
    ----------
    K, M
        As `eigenpairs` takes them.
    lam : float or array
        Finite.

    Returns
    -------
    int, or an array of int64 of the shape of lam
    """
    return _count(K, M, lam, threads, 0)


def count_below(K: Matrix, M: Matrix | None, lam: ArrayLike, *, threads: int = 0) -> Any:
    """#{k : λ_k < lam} of K x = λ M x; otherwise as `count`."""
    return _count(K, M, lam, threads, 1)
