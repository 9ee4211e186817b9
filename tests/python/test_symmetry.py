# SPDX-License-Identifier: GPL-3.0-or-later
"""Groups, quotients and model spaces."""

from fractions import Fraction

import numpy as np
import pytest

import weyl


@pytest.fixture(scope="module")
def group(cube_surface):
    return weyl.detect_symmetry(cube_surface)


def test_a_cube_has_48_isometries(cube_surface, group):
    assert (group.order, group.name) == (48, "Oh")
    assert group.permutations.shape == (48, cube_surface.vertex_count)
    assert group.table.shape == (48, 48)
    assert group.matrices.shape == (48, 3, 3)


def test_every_element_moves_the_vertices_as_its_matrix_does(cube_surface, group):
    V, _ = cube_surface
    center = V.mean(axis=0)
    for permutation, matrix in zip(group.permutations, group.matrices):
        np.testing.assert_allclose(V[permutation] - center, (V - center) @ matrix.T, atol=1e-12)


def test_the_table_is_composition(group):
    p = group.permutations
    for g, h in ((1, 2), (5, 40), (47, 13)):
        np.testing.assert_array_equal(p[group.table[g, h]], p[g][p[h]])


def test_the_pencil_commutes_with_the_group(cube_surface, group):
    K, _ = weyl.laplacian(cube_surface)
    for permutation in group.permutations[:8]:
        assert abs(K[permutation][:, permutation] - K).max() < 1e-12


def test_characters_are_orthonormal(group):
    irreps = group.irreducible_representations()
    assert len(irreps) == len(group.classes()) == 10
    characters = np.array([rho.character for rho in irreps])
    np.testing.assert_allclose(characters @ characters.T / group.order, np.eye(10), atol=1e-10)
    assert sum(rho.dimension**2 for rho in irreps) == group.order
    rho = irreps[-1]
    g, h = 7, 11
    np.testing.assert_allclose(rho.matrices[g] @ rho.matrices[h], rho.matrices[group.table[g, h]], atol=1e-10)


def test_blocks_together_have_the_spectrum_of_the_whole(cube_surface, group):
    quotient = weyl.quotient(cube_surface, group=group, k=60)
    whole = weyl.eigenpairs(*weyl.laplacian(cube_surface), k=60, vectors=False).values
    n = min(60, len(quotient.manifold_eigenvalues))
    np.testing.assert_allclose(quotient.manifold_eigenvalues[:n], whole[:n], atol=1e-7)
    assert sum(part.dimension * len(part.eigenvalues) for part in quotient.irreps) == len(quotient.manifold_eigenvalues)
    np.testing.assert_array_equal(quotient.eigenvalues, quotient.irreps[0].eigenvalues)
    assert quotient.geometry.volume == pytest.approx(quotient.manifold.volume / 48)


def test_a_group_by_name_is_checked(cube_surface):
    assert weyl.make_group(cube_surface, name="C4v").order == 8
    assert weyl.quotient(cube_surface, group="Ci", k=10).group.order == 2
    with pytest.raises(weyl.InputError):
        weyl.make_group(cube_surface, name="C5")


def test_model_spaces_count_exactly():
    space = weyl.model_space("sphere:3/antipodal")
    assert space.dimension == 3 and space.volume == pytest.approx(np.pi**2)
    # even degrees l only: λ = l(l+2), (l+1)² times
    assert space.count(8) == 1 + 9 and space.count_below(8) == 1
    assert space.count(10**30) > 2**63
    np.testing.assert_allclose(space.eigenvalues(11), [0] + [8] * 9 + [24])
    assert space.levels(10) == [(0.0, 1), (8.0, 9)]


def test_lambda_is_taken_exactly():
    torus = weyl.model_space("interval:1")  # λ = (kπ)²
    assert (torus.count("9pi^2"), torus.count_below("9pi^2")) == (4, 3)
    sphere = weyl.model_space("sphere:2")
    assert sphere.count(Fraction(2)) == 4 and sphere.count(2.0) == 4 and sphere.count(np.float64(2)) == 4
    for bad in (float("nan"), float("inf"), "pi^pi", None, []):
        with pytest.raises(weyl.InputError):
            sphere.count(bad)


def test_a_bad_expression_is_a_value_error():
    with pytest.raises(ValueError, match="sphere:0|sphere"):
        weyl.model_space("sphere:0/")


def test_a_mesh_comes_close_to_its_model_space(sphere):
    exact = weyl.model_space("sphere:2").eigenvalues(25)
    evals = weyl.eigenpairs(*weyl.laplacian(sphere, order=2), k=25).values
    np.testing.assert_allclose(evals, exact, rtol=5e-3, atol=1e-8)
