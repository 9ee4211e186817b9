# SPDX-License-Identifier: GPL-3.0-or-later
"""Weyl's law, diagnoses and learning curves."""

import numpy as np
import pytest

import weyl


def test_weyls_law_and_its_inverse():
    disk = weyl.Geometry(2, np.pi, 2 * np.pi, "dirichlet")
    lam = np.array([[100.0, 1000.0]])
    counts = weyl.weyl_count(disk, lam)
    np.testing.assert_allclose(counts, lam / 4 - np.sqrt(lam) / 2)
    np.testing.assert_allclose(weyl.weyl_lambda(disk, counts), lam)
    assert weyl.weyl_count(disk, 100.0, terms=1) == pytest.approx(25)
    assert weyl.weyl_constant(2) == pytest.approx(1 / (4 * np.pi))
    with pytest.raises(weyl.InputError, match="terms"):
        weyl.weyl_count(disk, 1.0, terms=3)
    with pytest.raises(weyl.InputError, match="dimension"):
        weyl.Geometry(0, 1.0)


def test_a_fit_finds_dimension_and_volume():
    space = weyl.model_space("sphere:3")
    evals = space.eigenvalues(20000)
    lam = np.linspace(50, evals[-1] - 1, 200)
    fit = weyl.fit_weyl(lam, np.searchsorted(evals, lam, side="right"), space.geometry)
    assert fit.dimension.low < 3 < fit.dimension.high
    assert fit.volume.low < space.volume < fit.volume.high
    with pytest.raises(weyl.InputError, match="as many as lam"):
        weyl.fit_weyl(lam, lam[1:], space.geometry)


def test_a_list_is_heard():
    square = weyl.model_space("rectangle:1,1", boundary="dirichlet")
    diagnosis = weyl.analyse(square.eigenvalues(2000))
    assert diagnosis.dimension.low < 2 < diagnosis.dimension.high
    assert float(diagnosis.volume) == pytest.approx(1, rel=0.05)
    assert float(diagnosis.boundary) == pytest.approx(-4, rel=0.1)
    assert all(isinstance(f.sentence, str) for f in diagnosis.findings) and str(diagnosis)
    with pytest.raises(weyl.InputError, match="shape"):
        weyl.analyse(np.zeros((3, 3)))


def test_eigenvalues_of_a_file(tmp_path):
    path = tmp_path / "list.txt"
    path.write_text("0\n1.5\n2\n")
    np.testing.assert_array_equal(weyl.read_eigenvalues(path), [0, 1.5, 2])


def test_multiplets_of_a_sphere(sphere):
    K, M = weyl.laplacian(sphere)
    found = weyl.multiplets(weyl.eigenpairs(K, M, k=25).values, weyl.resolution(sphere))
    assert [m.size for m in found][:4] == [1, 3, 5, 7]


def test_antipodal_invariance_saves_half_of_the_samples():
    space, quotient = weyl.model_space("sphere:2"), weyl.model_space("sphere:2/antipodal")
    samples = [32, 256, 4096]
    curve = weyl.learning_curve(space, quotient, samples=samples, kernel="sobolev:2", homogeneous=True)
    np.testing.assert_array_equal(curve.manifold.samples, samples)
    # docs/learning.md shows the same figures of weyl-learn
    np.testing.assert_allclose(curve.manifold.risk, [0.003872, 0.0007626, 0.0001029], rtol=1e-3)
    np.testing.assert_allclose(curve.quotient.risk, [0.002204, 0.0004587, 6.271e-05], rtol=1e-3)
    np.testing.assert_allclose(curve.manifold.guaranteed_bound, [0.1942, 0.03049, 0.00239], rtol=1e-3)
    for side in (curve.manifold, curve.quotient):
        assert (side.lower_bound <= side.risk).all() and (side.risk <= side.upper_bound).all()
        np.testing.assert_allclose(side.bias + side.variance, side.risk)
    gain = curve.gains([1e-4])[0]
    assert gain.ratio == pytest.approx(2, rel=0.02)
    assert curve.quotient.samples_for(1e-4) == pytest.approx(gain.samples_quotient)


def test_a_mesh_learns_as_its_model_space_does(sphere):
    """The eigenvalues of the mesh are off by up to 5 % where they are trusted, and risks no more."""
    quotient = weyl.quotient(sphere, group="Ci", k=400, order=2)
    limit = weyl.resolution(sphere, order=2).resolved_up_to
    meshed = weyl.learning_curve(quotient, samples=[64, 256], target=3.5, trusted_up_to=limit)
    exact = weyl.learning_curve(
        weyl.model_space("sphere:2"), weyl.model_space("sphere:2/antipodal"), samples=[64, 256], target=3.5
    )
    np.testing.assert_allclose(meshed.manifold.risk, exact.manifold.risk, rtol=0.05)
    np.testing.assert_allclose(meshed.quotient.risk, exact.quotient.risk, rtol=0.05)


def test_a_target_that_breaks_the_symmetry_sets_a_floor():
    space, quotient = weyl.model_space("sphere:2"), weyl.model_space("sphere:2/antipodal")
    curve = weyl.learning_curve(space, quotient, samples=[1000], target=[[6, 1, 0], [2, 0, 0.01]])
    assert curve.quotient.risk[0] > 0.01 > curve.manifold.risk[0]
    assert curve.gains([0.005])[0].samples_quotient == np.inf
    assert np.isnan(curve.manifold.guaranteed_bound).all()


@pytest.mark.parametrize(
    "wrong",
    [
        {"samples": []},
        {"samples": [-1]},
        {"samples": [10], "kernel": "sobolev:1"},
        {"samples": [10], "kernel": "matern"},
        {"samples": [10], "target": [1, 2]},
        {"samples": [10], "target": [[1, -2]]},
        {"samples": [10], "target": np.zeros((0, 2))},
        {"samples": [10], "ridge": -1},
        {"samples": [10], "noise": -1},
        {"samples": [10], "noise": np.nan},
        {"samples": [np.nan]},
    ],
)
def test_options_out_of_range_are_refused(wrong):
    with pytest.raises(weyl.InputError):
        weyl.learning_curve(weyl.model_space("sphere:2"), **wrong)


def test_a_space_is_asked_for():
    with pytest.raises(weyl.InputError, match="ModelSpace"):
        weyl.learning_curve("sphere:2", samples=[10])
