# SPDX-License-Identifier: GPL-3.0-or-later
"""Meshes in and out of Python."""

import numpy as np
import pytest

import weyl

TETRAHEDRON = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1.0]]), np.array([[0, 2, 1], [0, 1, 3], [1, 2, 3], [0, 3, 2]])


def test_a_mesh_unpacks_to_the_arrays_that_made_it():
    V, F = weyl.Mesh(*TETRAHEDRON)
    assert V.dtype == np.float64 and V.shape == (4, 3)
    assert F.dtype == np.int32 and F.shape == (4, 3)
    np.testing.assert_array_equal(V, TETRAHEDRON[0])
    np.testing.assert_array_equal(np.sort(F), np.sort(TETRAHEDRON[1]))


def test_arrays_are_views_that_cannot_be_written_and_outlive_the_mesh():
    mesh = weyl.Mesh(*TETRAHEDRON)
    V = mesh.vertices
    assert np.shares_memory(V, mesh.vertices) and not V.flags.writeable
    del mesh
    np.testing.assert_array_equal(V, TETRAHEDRON[0])


@pytest.mark.parametrize("dtype", [np.int32, np.int64, np.uint32])
@pytest.mark.parametrize("layout", ["C", "F"])
def test_any_integer_type_and_layout_is_welcome(dtype, layout):
    V, F = TETRAHEDRON
    mesh = weyl.Mesh(np.asarray(V, np.float32, order=layout), np.asarray(F, dtype, order=layout))
    assert mesh.volume == pytest.approx(1.5 + np.sqrt(3) / 2)


def test_plane_meshes_segments_and_tetrahedra():
    square = weyl.Mesh([[0, 0], [1, 0], [1, 1], [0, 1]], [[0, 1, 2], [0, 2, 3]])
    assert (square.dimension, square.volume) == (2, 1)
    path = weyl.Mesh([[0, 0, 0], [2, 0, 0]], [[0, 1]])
    assert (path.dimension, path.volume) == (1, 2)
    solid = weyl.Mesh(TETRAHEDRON[0], [[0, 1, 2, 3]])
    assert (solid.dimension, solid.volume) == (3, pytest.approx(1 / 6))


@pytest.mark.parametrize(
    ("V", "F", "message"),
    [
        (np.zeros((3, 4)), [[0, 1, 2]], r"vertices.*shape"),
        (np.zeros(3), [[0, 1, 2]], r"vertices.*shape"),
        (np.eye(3), [0, 1, 2], r"cells.*shape"),
        (np.eye(3), [[0, 1, 2, 0, 1]], r"cells.*shape"),
        (np.eye(3), [[0, 1, 3]], r"cells.*index 3 of cell 0"),
        (np.eye(3), [[0, 1, -1]], r"cells.*index -1"),
        (np.eye(3), [[0.0, 1.0, 2.0]], r"cells.*integers"),
        (np.eye(3) * np.nan, [[0, 1, 2]], r"vertex 0 is not finite"),
        (np.zeros((3, 3)), [[0, 1, 2]], r""),
        (np.zeros((0, 3)), np.zeros((0, 3), int), r""),
    ],
)
def test_what_is_no_mesh_is_a_value_error_with_the_reason(V, F, message):
    with pytest.raises(weyl.InputError, match=message) as caught:
        weyl.Mesh(V, F)
    assert isinstance(caught.value, ValueError) and isinstance(caught.value, weyl.Error)


def test_vertices_without_a_cell_are_dropped_with_a_warning():
    V, F = TETRAHEDRON
    with pytest.warns(UserWarning, match="vert"):
        mesh = weyl.Mesh(np.vstack([V, [[5, 5, 5]]]), F)
    assert mesh.vertex_count == 4


def test_files_are_read_as_they_were_written(tmp_path, cube_surface):
    path = tmp_path / "cube.ply"
    V, F = cube_surface
    weyl.write_mesh(path, V, F, fields={"height": V[:, 2]})
    again = weyl.read_mesh(path)
    np.testing.assert_array_equal(again.vertices, V)
    np.testing.assert_array_equal(again.cells, F)
    with pytest.raises(weyl.InputError, match="height"):
        weyl.write_mesh(path, cube_surface, fields={"height": V[:3, 2]})


def test_a_bad_file_is_named_with_its_line(tmp_path):
    path = tmp_path / "bad.off"
    path.write_text("OFF\n3 1 0\n0 0 0\n1 0 0\n0 1 0\n3 0 1 7\n")
    with pytest.raises(weyl.InputError, match=r"bad\.off:6"):
        weyl.read_mesh(path)
    with pytest.raises(weyl.InputError, match="absent.off"):
        weyl.read_mesh("absent.off")


def test_a_description_knows_the_topology():
    torus = weyl.describe(weyl.make_mesh("torus", size=0.3))
    assert (torus.euler_characteristic, torus.boundary_components, torus.orientable) == (0, 0, True)
    mobius = weyl.describe(weyl.make_mesh("mobius", size=0.5))
    assert (mobius.boundary_components, mobius.orientable) == (1, False)


def test_refinement_keeps_the_space_and_the_numbers(cube_surface):
    fine = weyl.refine(cube_surface, levels=2)
    assert len(fine.cells) == 16 * len(cube_surface.cells)
    assert fine.volume == pytest.approx(cube_surface.volume)
    np.testing.assert_array_equal(fine.vertices[: cube_surface.vertex_count], cube_surface.vertices)
