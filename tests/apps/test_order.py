# SPDX-License-Identifier: GPL-3.0-or-later
"""Elements of higher order and spaces by name, as the tools offer them.

Run by CTest, or by hand: WEYL_BIN=build/release/bin python3 tests/apps/test_order.py
"""

import math
import tempfile
import unittest
from pathlib import Path

from tools import counts, document, eigenvalues, off, rectangle, run

try:
    import numpy
except ImportError:
    numpy = None


class OrderTest(unittest.TestCase):
    """What --order, --size and names of spaces promise."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.square = self.folder / "square.off"
        self.square.write_text(off(*rectangle(6, 6)), encoding="utf-8")

    def assert_refused(self, *args):
        result = run("weyl-spectrum", *args)
        self.assertEqual((result.status, result.out), (3, ""))
        self.assertRegex(result.err, r"\Aweyl-spectrum: error: [^\n]+\n\Z")

    def test_every_order_brings_eigenvalues_of_a_file_closer_to_the_exact_ones_from_above(self):
        for boundary, k, exact in (("neumann", 1, math.pi**2), ("dirichlet", 0, 2 * math.pi**2)):
            errors = [eigenvalues(self.square, 3, "--boundary", boundary, "--order", p)[k] - exact for p in range(1, 6)]
            for before, after in zip(errors, errors[1:]):
                self.assertGreater(after, -1e-11 * exact)
                self.assertLess(after, 0.1 * before)
            self.assertLess(errors[3], 1e-6)

    def test_the_document_says_which_order_was_used(self):
        found = document("weyl-spectrum", self.square, "--order", 3)["discretization"]
        self.assertEqual((found["order"], found["dofs"]), (3, 19 * 19))
        self.assertEqual(document("weyl-spectrum", self.square)["discretization"]["order"], 1)
        self.assertEqual(document("weyl-count", "torus:1,1", "--size", 0.4)["discretization"]["order"], 4)

    def test_refinement_and_order_go_together_and_count_and_spectrum_agree(self):
        values = eigenvalues(self.square, 40, "--order", 2, "--refine", 1)
        shifts = [0.5 * (a + b) for a, b in zip(values, values[1:]) if b - a > 1e-3]
        self.assertEqual(counts(self.square, shifts, "--order", 2, "--refine", 1),
                         [sum(value <= shift for value in values) for shift in shifts])

    def test_what_is_resolved_at_higher_order_is_resolved(self):
        for space in (self.square, "torus:1,1"):
            finer = ("--refine", 1) if space is self.square else ("--size", 0.15)
            found = document("weyl-spectrum", space, "--order", 3, "-k", 200, *finer)
            period = 1 if space is self.square else 2
            exact = sorted((period * math.pi)**2 * (m * m + n * n) for m in range(-60, 60) for n in range(-60, 60)
                           if period == 2 or min(m, n) >= 0)
            resolved = [(a, b) for a, b in zip(found["eigenvalues"], exact) if 0 < b and a <= found["resolved_up_to"]]
            self.assertGreater(len(resolved), 20)
            for value, truth in resolved:
                self.assertLess(abs(value - truth), 0.05 * truth)

    def test_spaces_by_name_have_their_spectra(self):
        for space, expected in (
                (("sphere:2", "--size", 0.4), [0, 2, 2, 2, 6]),
                (("lattice:[[1,0],[0.5,0.8660254037844386]]", "--size", 0.15), [0] + [16 * math.pi**2 / 3] * 6),
                (("bolza", "--size", 0.5), [0] + [3.8388872588] * 3 + [5.3536013412] * 4),
                (("disk:2", "--boundary", "dirichlet"), [5.783185962946784 / 4] + [14.681970642123893 / 4] * 2),
                (("interval:3", "--boundary", "dirichlet"), [(k * math.pi / 3)**2 for k in (1, 2, 3)]),
        ):
            with self.subTest(space=space[0]):
                values = eigenvalues(space[0], len(expected), *space[1:])
                for value, truth in zip(values, expected):
                    self.assertLess(abs(value - truth), 2e-7 * max(1, truth))

    def test_a_curved_space_is_described_by_its_exact_volume(self):
        space = document("weyl-count", "bolza", "--size", 0.6)["space"]
        self.assertLess(abs(space["volume"] - 4 * math.pi), 1e-5)
        self.assertEqual((space["euler_characteristic"], space["orientable"]), (-2, True))
        disk = document("weyl-count", "disk:1", "--size", 0.4, "--order", 1)
        self.assertLess(abs(disk["space"]["boundary_volume"] - 2 * math.pi), 1e-8)

    def test_eigenvectors_are_values_on_vertices_and_one_array_holds_all_nodes(self):
        modes = self.folder / "modes.npz"
        nodes = self.folder / "modes.npy"
        for file in (modes, nodes, self.folder / "modes.vtu"):
            args = ("-k", 3, "--order", 3, "--boundary", "dirichlet", "--eigenvectors", file)
            self.assertEqual(run("weyl-spectrum", self.square, *args).status, 0)
        if numpy:
            on_vertices, on_nodes = numpy.load(modes)["evecs"], numpy.load(nodes)
            self.assertEqual((on_vertices.shape, on_nodes.shape), ((49, 3), (19 * 19, 3)))
            self.assertLess(abs(on_vertices - on_nodes[:49]).max(), 1e-12)
            x, y = numpy.meshgrid(numpy.arange(7) / 6, numpy.arange(7) / 6)
            first = (2 * numpy.sin(math.pi * x) * numpy.sin(math.pi * y)).ravel()
            error = min(abs(on_vertices[:, 0] - first).max(), abs(on_vertices[:, 0] + first).max())
            self.assertLess(error, 1e-3)

    def test_what_does_not_go_together_is_refused_in_one_line(self):
        self.assert_refused(self.square, "--order", 2, "--mass", "lumped")
        self.assert_refused(self.square, "--size", 0.1)
        self.assert_refused("sphere:2", "--intrinsic-delaunay")
        self.assert_refused("sphere:2", "--size", 1e-7)
        self.assert_refused("lens:4,2", "--order", 2)
        self.assertEqual(run("weyl-spectrum", self.square, "--order", 11).status, 2)

    def test_a_condition_at_the_end_of_a_meshed_space_is_that_of_the_option(self):
        for space in ("lshape", "mesh:disk@0.3", self.square, "ngon:5"):
            with self.subTest(space=space):
                asked = document("weyl-spectrum", f"{space};dirichlet", "-k", 3)
                option = document("weyl-spectrum", space, "-k", 3, "--boundary", "dirichlet")
                self.assertEqual(asked["eigenvalues"], option["eigenvalues"])
                self.assertEqual(asked["discretization"]["boundary"], "dirichlet")
        free = document("weyl-spectrum", "lshape;neumann", "-k", 1, "--boundary", "dirichlet")
        self.assertLess(abs(free["eigenvalues"][0]), 1e-8)
        self.assert_refused("lshape;robin")

    def test_a_file_comes_before_a_space_of_the_same_name(self):
        named = self.folder / "bolza"
        named.write_text(off(*rectangle(2, 2)), encoding="utf-8")
        self.assertEqual(document("weyl-spectrum", named, "-k", 2)["space"]["euler_characteristic"], 1)


if __name__ == "__main__":
    unittest.main()
