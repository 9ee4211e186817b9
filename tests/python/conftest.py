# SPDX-License-Identifier: GPL-3.0-or-later
"""Meshes that several tests look at."""

import pytest

import weyl


@pytest.fixture(scope="session")
def sphere():
    """A unit sphere of some thousand vertices."""
    return weyl.make_mesh("icosphere", size=0.08)


@pytest.fixture(scope="session")
def cube_surface():
    """The surface of a cube, 48 isometries."""
    return weyl.make_mesh("cube", size=0.25)
