# SPDX-License-Identifier: GPL-3.0-or-later
"""Pencils, eigenpairs and counts, against SciPy and closed forms."""

import threading
import time

import numpy as np
import pytest
import scipy.linalg
import scipy.sparse as sp
import scipy.sparse.linalg

import weyl


@pytest.fixture(scope="module")
def pencil(sphere):
    return weyl.laplacian(sphere)


def test_the_pencil_is_symmetric_with_constants_in_its_kernel(sphere, pencil):
    K, M = pencil
    n = sphere.vertex_count
    assert sp.isspmatrix_csc(K) and K.shape == M.shape == (n, n)
    assert abs(K - K.T).max() == 0
    assert np.abs(K @ np.ones(n)).max() < 1e-12
    assert M.sum() == pytest.approx(sphere.volume)


def test_the_cotangent_formula(sphere, pencil):
    """Off the diagonal K_ij = -(cot α + cot β)/2, summed here triangle by triangle."""
    V, F = sphere
    n = len(V)
    expected = sp.csc_matrix((n, n))
    for i, j, k in ((0, 1, 2), (1, 2, 0), (2, 0, 1)):
        a, b = V[F[:, i]] - V[F[:, k]], V[F[:, j]] - V[F[:, k]]
        cotangent = (a * b).sum(1) / np.linalg.norm(np.cross(a, b), axis=1)
        expected += sp.csc_matrix((-cotangent / 2, (F[:, i], F[:, j])), (n, n))
    expected += expected.T
    K = pencil.stiffness - sp.diags(pencil.stiffness.diagonal())
    assert abs(K - expected).max() < 1e-12


@pytest.mark.parametrize("order", [1, 2, 3])
def test_higher_orders_come_closer_to_the_flat_torus(order):
    K, M = weyl.laplacian(weyl.make_mesh("flat-torus", size=0.2), order=order)
    evals = weyl.eigenpairs(K, M, k=5).values
    exact = (2 * np.pi) ** 2
    assert abs(evals[0]) < 1e-8
    np.testing.assert_allclose(evals[1:], exact, rtol={1: 0.2, 2: 4e-3, 3: 1e-4}[order])


def test_eigenpairs_are_those_of_scipy(pencil):
    K, M = pencil
    evals, evecs = weyl.eigenpairs(K, M, k=40)
    assert evals.shape == (40,) and evecs.shape == (K.shape[0], 40)
    expected = scipy.sparse.linalg.eigsh(K, 40, M, sigma=-0.1, return_eigenvectors=False)
    np.testing.assert_allclose(evals, np.sort(expected), atol=1e-8)
    np.testing.assert_allclose(evecs.T @ (M @ evecs), np.eye(40), atol=1e-9)
    residual = K @ evecs - (M @ evecs) * evals
    assert np.linalg.norm(residual, axis=0).max() < 1e-7


def test_all_eigenvalues_of_a_dense_random_pencil():
    rng = np.random.default_rng(8)
    a, b = rng.normal(size=(2, 30, 30))
    K, M = a + a.T, b @ b.T + 30 * np.eye(30)
    K += 20 * np.eye(30)
    evals = weyl.eigenpairs(K, M, k=30).values
    np.testing.assert_allclose(evals, scipy.linalg.eigh(K, M, eigvals_only=True), atol=1e-9)


def test_the_mass_is_the_identity_if_left_out():
    evals = weyl.eigenpairs(sp.diags([3.0, 1.0, 2.0]), k=2).values
    np.testing.assert_allclose(evals, [1, 2])


def test_an_interval_has_what_inertia_counts_in_it(pencil):
    K, M = pencil
    pairs = weyl.eigenpairs(K, M, interval=(5, 13), vectors=False)
    assert pairs.first == weyl.count_below(K, M, 5)
    assert len(pairs.values) == weyl.count(K, M, 13) - weyl.count_below(K, M, 5) == 5 + 7
    assert pairs.vectors.shape[1] == 0


def test_counts_are_those_of_all_eigenvalues():
    K, M = weyl.laplacian(weyl.make_mesh("disk", size=0.25), boundary="dirichlet")
    evals = scipy.linalg.eigh(K.toarray(), M.toarray(), eigvals_only=True)
    lam = np.array([[0.0, 10.0], [100.0, 1e4]])
    expected = np.searchsorted(evals, lam)
    counts = weyl.count_below(K, M, lam)
    assert counts.dtype == np.int64
    np.testing.assert_array_equal(counts, expected)
    assert weyl.count_below(K, M, 100) == expected[1, 0]


def test_below_and_up_to_differ_at_an_eigenvalue():
    K = sp.diags([0.0, 1, 1, 2])
    assert weyl.count_below(K, None, 1.0) == 1
    assert weyl.count(K, None, 1.0) == 3


def test_any_sparse_format_gives_the_same_and_stays_as_it_was(pencil):
    K, M = pencil
    expected = weyl.count_below(K, M, 50)
    doubled = sp.coo_matrix((np.r_[K.tocoo().data, K.tocoo().data], (np.r_[K.tocoo().row, K.tocoo().row],
                                                                     np.r_[K.tocoo().col, K.tocoo().col])), K.shape) / 2
    for stiffness in (K.tocsr(), K.tocoo(), doubled, sp.csc_array(K)):
        before = stiffness.copy()
        assert weyl.count_below(stiffness, M.tocsr(), 50) == expected
        assert abs(stiffness - before).sum() == 0


@pytest.mark.parametrize(
    ("K", "M", "message"),
    [
        (np.ones((2, 3)), None, "K: .*square"),
        (np.eye(3), np.eye(2), "M: has 2 rows"),
        (np.array([[1, 2], [0, 1.0]]), None, r"K: is not symmetric: entries \(.*differ by 2"),
        (np.array([[np.inf, 0], [0, 1]]), None, "K: .*not finite"),
        (np.eye(2) * 1j, None, "K: is complex"),
        (np.eye(2), np.diag([1.0, 0]), "M: is not positive definite: diagonal entry 1"),
        (-np.eye(2), None, "K: is negative"),
        (np.zeros((0, 0)), None, "K: .*square"),
        ([["a"]], None, "K: is no matrix"),
        (None, None, "K: is zero"),  # as SciPy reads it
    ],
)
def test_what_is_no_pencil_is_refused(K, M, message):
    with pytest.raises(weyl.InputError, match=message):
        weyl.eigenpairs(K, M, k=1)


@pytest.mark.parametrize("k", [0, -3])
def test_no_eigenvalues_are_refused(k):
    with pytest.raises(weyl.InputError):
        weyl.eigenpairs(np.eye(3), k=k)


def test_counts_at_what_is_no_number_are_refused():
    with pytest.raises(weyl.InputError, match="finite"):
        weyl.count_below(np.eye(3), None, np.nan)


def test_options_that_do_not_exist_are_named(sphere):
    with pytest.raises(weyl.InputError, match="neumann.*robin"):
        weyl.laplacian(sphere, boundary="robin")
    with pytest.raises(weyl.InputError, match="lumped"):
        weyl.laplacian(sphere, order=2, mass="lumped")
    with pytest.raises(weyl.InputError, match="F is missing"):
        weyl.laplacian(sphere.vertices)


def test_eigenvectors_on_vertices_vanish_on_a_dirichlet_boundary():
    mesh = weyl.make_mesh("disk", size=0.2)
    laplacian = weyl.laplacian(mesh, order=2, boundary="dirichlet")
    f = laplacian.on_vertices(weyl.eigenpairs(*laplacian, k=3).vectors)
    assert f.shape == (mesh.vertex_count, 3)
    rim = np.linalg.norm(mesh.vertices, axis=1) > 1 - 1e-9
    assert rim.any() and not f[rim].any() and f[~rim, 0].all()


def test_the_resolution_is_that_of_linear_elements(sphere):
    resolution = weyl.resolution(sphere)
    assert 20 < resolution.resolved_up_to < 2000
    assert resolution.error(resolution.resolved_up_to) == pytest.approx(0.05)


def test_eigenpairs_are_not_copied(pencil):
    pairs = weyl.eigenpairs(*pencil, k=4)
    assert np.shares_memory(pairs.vectors, pairs.vectors) and pairs.vectors.flags.f_contiguous
    evals, evecs = pairs
    del pairs
    assert evecs.flags.owndata is False and evals[0] == pytest.approx(0, abs=1e-9)


def test_other_threads_run_meanwhile(sphere):
    K, M = weyl.laplacian(weyl.refine(sphere, levels=1))
    ticks = 0
    done = threading.Event()

    def tick():
        nonlocal ticks
        while not done.is_set():
            ticks += 1
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    start = time.perf_counter()
    weyl.eigenpairs(K, M, k=100, threads=1)
    taken = time.perf_counter() - start
    during = ticks
    done.set()
    thread.join()
    assert during > 20 * taken  # of some 900 a second
