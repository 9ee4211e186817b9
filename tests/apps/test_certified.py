# SPDX-License-Identifier: GPL-3.0-or-later
"""Brackets that hold and digits that are right, as the tools print them.

Run by CTest, or by hand: WEYL_BIN=build/release/bin python3 tests/apps/test_certified.py
"""

import csv
import io
import json
import math
import os
import unittest
from pathlib import Path

from test_tools import ToolTest
from tools import ROOT, SANITIZED, document, off, rectangle, run

CASES = Path(os.environ.get("WEYL_CASES_DIR", ROOT.parent / "shared" / "cases"))

# The first twenty-five Dirichlet eigenvalues of both drums with legs 2 begin so (Driscoll, SIAM Rev. 39, 1997); the 9th
# and the 21st are those of the tile, 5 pi^2/4 and 5 pi^2/2.
DRUM = [2.53794399980, 3.65550971352, 5.17555935622, 6.53755744376, 7.24807786256, 9.20929499840, 10.5969856913,
        11.5413953956, 12.3370055014, 13.0536540557]

# Three unit squares, Dirichlet (Betcke & Trefethen, SIAM Rev. 47, 2005, and later).
L_SHAPE = [9.6397238440219410, 15.197251926454308, 2 * math.pi**2, 29.521481114144848, 31.912635957137752,
           41.47450989021491, 44.94848778135119, 5 * math.pi**2, 5 * math.pi**2, 56.70960988738507]

# By the method of particular solutions (bench/polygon_particular_solutions.py), circumradius 1.
PENTAGON = 7.957089389349
HEPTAGON = 6.735099196685


def digits(space, number, count, *args):
    """Eigenvalues and their estimated errors."""
    result = document("weyl-spectrum", space, "--digits", number, "-k", count, "--quiet", *args, timeout=600)
    return result["eigenvalues"], result["errors"]


class Brackets(ToolTest):
    """--certify"""

    def test_counts_are_bracketed_in_every_format_and_the_bracket_narrows(self):
        widths = []
        for refine in (0, 1, 2):
            counts = document("weyl-count", self.square, "--certify", "--refine", refine, "--up-to", 2000, "--samples",
                              5)["counts"]
            truth = [sum(1 for i in range(30) for j in range(30) if math.pi**2 * (i * i + j * j) <= entry["lambda"])
                     for entry in counts]
            for entry, count in zip(counts, truth):
                self.assertLessEqual(entry["lower"], count)
                self.assertTrue(entry["upper"] is None or count <= entry["upper"])
            widths.append(sum(entry["upper"] - entry["lower"] for entry in counts))
        self.assertGreater(widths[0], widths[1])
        self.assertGreater(widths[1], widths[2])
        text = run("weyl-count", self.square, "--certify", "--lambda", 30).out
        self.assertRegex(text, r"at least +at most\n +30 +4 .* 4 +4\n")
        rows = list(csv.DictReader(io.StringIO(run("weyl-count", self.square, "--certify", "--lambda", 30, "--csv").out)))
        self.assertEqual((rows[0]["lower"], rows[0]["upper"]), ("4", "4"))
        page = self.folder / "page.html"
        run("weyl-count", self.square, "--certify", "--lambda", 30, "--report", page)
        self.assertIn("at most", page.read_text(encoding="utf-8"))

    def test_eigenvalues_are_bracketed(self):
        result = document("weyl-spectrum", self.square, "--certify", "--refine", 1, "-k", 6, "--boundary", "dirichlet")
        exact = sorted(math.pi**2 * (i * i + j * j) for i in range(1, 6) for j in range(1, 6))
        for low, value, high, true in zip(result["lower"], result["eigenvalues"], result["upper"], exact):
            self.assertLessEqual(low, true)
            self.assertLessEqual(true, high)
            self.assertLessEqual(value, high)
        result = document("weyl-spectrum", self.square, "--certify", "--interval", "9,20")
        self.assertEqual(len(result["lower"]), len(result["eigenvalues"]))
        self.assertLessEqual(result["lower"][0], math.pi**2)
        text = run("weyl-spectrum", self.square, "--certify", "-k", 4).out
        self.assertIn("lower <= lambda_k <= upper", text)

    def test_what_proves_nothing_is_refused(self):
        self.assert_fails(run("weyl-count", self.square, "--certify", "--mass", "lumped"), 2, "weyl-count")
        self.assert_fails(run("weyl-count", self.square, "--certify", "--intrinsic-delaunay"), 2, "weyl-count")
        flat = self.write("flat.off", off([(0.0, 0.0, 0.0), (1.0, 0.0, 0.0), (2.0, 0.0, 0.0), (0.0, 1.0, 0.0)],
                                          [(0, 1, 2), (0, 1, 3)]))
        result = run("weyl-count", flat, "--certify", "--lambda", 1, "--quiet")
        self.assert_fails(result, 3, "weyl-count")
        self.assertIn("cell 0 has no volume", result.err)

    def test_reference_meshes_are_bracketed(self):
        """Linear elements of others count no less than is certain, and brackets hold their own eigenvalues."""
        for file in sorted((CASES / "meshes").glob("*.ref.json")):
            mesh = file.with_name(file.name.removesuffix(".ref.json"))
            for name, spectrum in json.loads(file.read_text())["spectra"].items():
                boundary, mass = name.split("_")
                if mass != "consistent" or "spider" in mesh.name:  # the spider has cells without volume
                    continue
                with self.subTest(mesh=mesh.name, boundary=boundary):
                    entries = spectrum["counts"]
                    options = [word for entry in entries for word in ("--lambda", repr(entry["lam"]))]
                    found = document("weyl-count", mesh, "--certify", "--boundary", boundary, "--quiet", *options)
                    for entry, count in zip(entries, found["counts"]):
                        self.assertLessEqual(count["lower"], entry["N_le"])
                        self.assertGreaterEqual(count["lower"], entry["N_le"] - 1)  # at most an eigenvalue at lambda
                        self.assertTrue(count["upper"] is None or count["upper"] >= entry["N_le"])


class Digits(ToolTest):
    """--digits"""

    def assert_right(self, found, exact, relative):
        """True errors are below the estimates, and those below the digits asked for."""
        values, errors = found
        for value, error, true in zip(values, errors, exact):
            self.assertLessEqual(abs(value - true), error + 1e-15 * abs(true))
            self.assertLessEqual(error, relative * max(abs(value), 1e-3 * abs(values[-1])))

    def test_the_l_shape(self):
        for number in (3, 6, 10):
            with self.subTest(digits=number):
                found = digits("lshape", number, 10, "--boundary", "dirichlet")
                self.assert_right(found, L_SHAPE, 10.0**-number)
        self.assertLessEqual(abs(found[0][0] - L_SHAPE[0]), 1e-10)

    @unittest.skipIf(SANITIZED, "slow")
    def test_the_drums_sound_the_same(self):
        first, _ = digits("drum:gww1", 9, 25, "--boundary", "dirichlet")
        second, _ = digits("drum:gww2", 9, 25, "--boundary", "dirichlet")
        for a, b in zip(first, second):
            self.assertLessEqual(abs(a - b), 1e-9)
        for value, published in zip(first, DRUM):
            self.assertLessEqual(abs(value - published), 1e-8)
        self.assertLessEqual(abs(first[8] - 1.25 * math.pi**2), 1e-9)
        self.assertLessEqual(abs(first[20] - 2.5 * math.pi**2), 1e-9)

    def test_regular_polygons(self):
        for sides, exact in ((5, PENTAGON), (7, HEPTAGON)):
            values, errors = digits(f"ngon:{sides}", 10, 1, "--boundary", "dirichlet")
            self.assertLessEqual(abs(values[0] - exact), 1e-9)
            self.assertLessEqual(errors[0], 1e-9)

    def test_a_surface_from_a_file(self):
        """The regular tetrahedron is a flat torus modulo a half turn."""
        path = self.folder / "tetrahedron.off"
        run("weyl-mesh", "tetrahedron", "--size", 0.5, "-o", path)
        exact = sorted([0.0] + [4 * math.pi**2 / 3 * (p * p + p * q + q * q)
                                for p in range(-9, 10) for q in range(-9, 10) if p > 0 or (p == 0 and q > 0)])
        self.assert_right(digits(path, 10, 10), exact, 1e-10)

    def test_a_polygon_from_a_file(self):
        path = self.write("square.txt", "0 0\n1 0\n1 1\n0 1\n")
        exact = sorted(math.pi**2 * (i * i + j * j) for i in range(9) for j in range(9))
        self.assert_right(digits(f"polygon:{path}", 8, 6), exact, 1e-8)

    def test_solids_and_curves(self):
        box = self.folder / "box.vtu"
        run("weyl-mesh", "box", "--size", 0.9, "-o", box)
        exact = sorted(math.pi**2 * (i * i + j * j + k * k) for i in range(4) for j in range(4) for k in range(4))
        self.assert_right(digits(box, 6, 5), exact, 1e-6)

    def test_too_many_digits_are_refused(self):
        self.assert_fails(run("weyl-spectrum", "lshape", "--digits", 13), 2, "weyl-spectrum")
        self.assert_fails(run("weyl-spectrum", "lshape", "--digits", 5, "--order", 2), 2, "weyl-spectrum")
        bad = self.write("bad.txt", "0 0\n1 1\n1 0\n0 1\n")
        result = run("weyl-spectrum", f"polygon:{bad}", "--digits", 5)
        self.assert_fails(result, 3, "weyl-spectrum")
        self.assertIn("not a simple polygon", result.err)


if __name__ == "__main__":
    unittest.main()
