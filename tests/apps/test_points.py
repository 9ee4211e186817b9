# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tools say of samples of points.

Run by CTest, or by hand: python3 tests/apps/test_points.py
"""

import math
import random
import tempfile
import unittest
from pathlib import Path

from tools import document, run


def sphere(count, seed=1):
    """Uniform points of the unit sphere, as the text of a file."""
    gauss = random.Random(seed).gauss
    lines = []
    for _ in range(count):
        point = [gauss(0, 1) for _ in range(3)]
        lines.append(" ".join(repr(x / math.hypot(*point)) for x in point))
    return "\n".join(lines) + "\n"


class Points(unittest.TestCase):
    """A file of points in place of a space."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.sample = self.folder / "sphere.xyz"
        self.sample.write_text(sphere(2000), encoding="utf-8")

    def test_the_spectrum_of_the_sphere_comes_from_points(self):
        found = document("weyl-spectrum", self.sample, "-k", 9)
        self.assertEqual(found["space"]["dimension"], 2)
        for value, exact in zip(found["eigenvalues"], [0] + 3 * [2] + 5 * [6]):
            self.assertAlmostEqual(value, exact, delta=0.03 * exact + 1e-9)

    def test_counts_come_with_dimension_and_area(self):
        found = document("weyl-count", self.sample)
        area = found["sample"]["volume"]
        half = (area["high"] - area["low"]) / 2
        self.assertLess(abs(area["value"] - 4 * math.pi), 2 * half)  # twice a 95 % interval
        self.assertGreater(len(found["counts"]), 3)

    def test_a_csv_is_one_of_points_if_told_so(self):
        csv = self.folder / "sphere.csv"
        csv.write_text("x,y,z\n" + sphere(1200).replace(" ", ","), encoding="utf-8")
        self.assertEqual(document("weyl-count", csv, "--points")["sample"]["points"], 1200)

    def test_a_diffusion_laplacian_can_be_asked_for(self):
        found = document("weyl-spectrum", self.sample, "-k", 4, "--laplacian", "diffusion", "--landmarks", 500)
        self.assertEqual(found["discretization"]["dofs"], 500)
        self.assertEqual(found["discretization"]["operator"], "diffusion")

    def test_a_group_gives_the_spectrum_of_the_projective_plane_and_what_it_saves(self):
        group = self.folder / "minus.json"
        group.write_text('{"matrices": [[[-1, 0, 0], [0, -1, 0], [0, 0, -1]]]}', encoding="utf-8")
        found = document("weyl-spectrum", self.sample, "-k", 6, "--group", group)
        for value in found["eigenvalues"][1:]:
            self.assertAlmostEqual(value, 6, delta=0.2)
        self.assertGreater(found["sample"]["invariance"]["p_value"], 0.001)

    def test_labels_predict_the_errors_on_labels_held_out_with_and_without_the_symmetry(self):
        noise = random.Random(2).gauss
        labels = self.folder / "labels.txt"
        rows = [list(map(float, line.split())) for line in self.sample.read_text(encoding="utf-8").splitlines()]
        labels.write_text("".join(f"{3 * z * z - 1 + 2 * x * y + noise(0, 0.3)}\n" for x, y, z in rows), encoding="utf-8")
        found = document("weyl-learn", self.sample, "--group", "antipodal", "--labels", labels, "--validate", 5,
                         "--samples", "200,800")
        self.assertEqual((found["group"]["order"], found["exact"]), (2, False))
        self.assertAlmostEqual(found["expected_gain"], 2, delta=0.1)
        invariance = found["labels"]["invariance"]
        self.assertLess(abs(invariance["violation"]), 4 * invariance["stderr"])
        for point in found["labels"]["curve"]:
            for side in ("manifold", "quotient"):  # the noise of 500 labels is known to 6 %; four times that
                self.assertLess(abs(point[side]["predicted"] / point[side]["measured"] - 1), 0.25)
            self.assertLess(point["quotient"]["measured"], point["manifold"]["measured"])

    def test_what_cannot_be_used_is_refused_in_one_line(self):
        bad = self.folder / "bad.npy"
        bad.write_text("junk", encoding="utf-8")
        for status, arguments in [(3, (bad,)), (2, (self.sample, "--refine", 1)), (3, (self.sample, "--group", "M24"))]:
            result = run("weyl-count", *arguments)
            self.assertEqual((result.status, result.out, result.err.count("\n")), (status, "", 1), result.err)


if __name__ == "__main__":
    unittest.main()
