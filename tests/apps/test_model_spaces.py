# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tools promise about spaces that are known exactly.

Run by CTest, or by hand: WEYL_BIN=build/release/bin python3 tests/apps/test_model_spaces.py
"""

import csv
import io
import json
import math
import os
import tempfile
import unittest
from pathlib import Path

from tools import ROOT, SANITIZED, TETRAHEDRON, document, off, parse_json, rectangle, run

CASES = Path(os.environ.get("WEYL_CASES_DIR", ROOT.parent / "shared" / "cases"))
SOLVERS = ("weyl-count", "weyl-spectrum")

# The expressions for the spaces of exact.json.
EXPRESSIONS = {
    "S^2": "sphere:2",
    "RP^2": "rp:2",
    "S^3": "sphere:3",
    "L(5,1)": "lens:5,1",
    "L(5,2)": "lens:5,2",
    "torus_hexagonal_side1": "lattice:[[1,0],[1/2,sqrt(3)/2]]",
    "klein_bottle_1x1_halfshift": "klein:1,1",
    "equilateral_side1_dirichlet": "equilateral:1;dirichlet",
    "disk_R1_dirichlet": "disk:1;dirichlet",
}


def count(space, *lambdas):
    """The entries of weyl-count's `counts`."""
    options = [word for value in lambdas for word in ("--lambda", value)]
    return document("weyl-count", space, *options)["counts"]


class ModelSpaces(unittest.TestCase):
    """Exact spectra on the command line."""

    def assert_refused(self, tool, *args, status=3):
        """One line of error, nothing else; returns it."""
        result = run(tool, *args)
        self.assertEqual((result.status, result.out), (status, ""), result.err)
        self.assertRegex(result.err, rf"\A{tool}: error: [^\n]+\n\Z")
        return result.err

    def test_eigenvalues_and_counts_agree_with_independent_ones(self):
        if not (CASES / "exact.json").exists():
            self.skipTest(f"no reference cases in {CASES}")
        for name, reference in json.loads((CASES / "exact.json").read_text()).items():
            with self.subTest(space=name):
                space = EXPRESSIONS[name]
                expected = reference["eigenvalues"]
                found = document("weyl-spectrum", space, "-k", len(expected))
                for a, b in zip(found["eigenvalues"], expected, strict=True):
                    self.assertLessEqual(abs(a - b), 1e-11 * b)
                self.assertAlmostEqual(found["space"]["volume"] / reference["measure"], 1, delta=1e-12)
                entries = count(space, *(repr(entry["lam"]) for entry in reference["counts"]))
                self.assertEqual([entry["count"] for entry in entries], [entry["N"] for entry in reference["counts"]])

    def test_a_count_at_an_eigenvalue_includes_it(self):
        entry, = count("sphere:2", "6")
        self.assertEqual((entry["below"], entry["count"], entry["at_eigenvalue"]), (4, 9, True))
        entry, = count("rectangle:1,1;dirichlet", "5pi^2")
        self.assertEqual((entry["below"], entry["count"], entry["at_eigenvalue"]), (1, 3, True))
        entry, = count("sphere:2", "5.999999999999999999999")
        self.assertEqual((entry["below"], entry["count"], entry["at_eigenvalue"]), (4, 4, False))

    def test_whole_numbers_that_a_double_would_round_are_strings(self):
        small, large = count("sphere:2", "1e15", "1e40")
        self.assertEqual(small["count"], ((math.isqrt(4 * 10 ** 15 + 1) + 1) // 2) ** 2)
        self.assertIsInstance(small["count"], int)
        self.assertIsInstance(large["count"], str)
        degree = (math.isqrt(4 * 10 ** 40 + 1) - 1) // 2
        self.assertEqual(int(large["count"]), (degree + 1) ** 2)
        self.assertAlmostEqual(large["weyl"] / 1e40, 1)

    def test_lambda_may_be_larger_than_any_double(self):
        entry, = count("sphere:1", "1e400")
        self.assertEqual(int(entry["count"]), 2 * 10 ** 200 + 1)

    def test_every_form_of_output_holds_the_same(self):
        args = ("torus:3/S", "--lambda", "10", "--lambda", "500")
        entries = document("weyl-count", *args)["counts"]
        rows = list(csv.DictReader(io.StringIO(run("weyl-count", *args, "--csv").out)))
        self.assertEqual([int(row["count"]) for row in rows], [entry["count"] for entry in entries])
        text = run("weyl-count", *args).out
        for entry in entries:
            self.assertRegex(text, rf"\b{entry['count']}\b")
        with tempfile.TemporaryDirectory() as folder:
            for tool in SOLVERS:
                page = Path(folder) / f"{tool}.html"
                result = run(tool, "torus:3/S", "--report", page, "-o", Path(folder) / "out.txt")
                self.assertEqual((result.status, result.out, result.err), (0, "", ""))
                self.assertIn("torus:3/S", page.read_text())

    def test_a_cut_multiplet_is_reported(self):
        found = document("weyl-spectrum", "sphere:3", "-k", "10")
        self.assertEqual(found["eigenvalues"], [0] + 4 * [3] + 5 * [8])
        self.assertEqual(found["last_multiplet"], {"complete": False, "cut": 4})
        self.assertIsNone(found["residuals"])

    def test_an_interval_holds_its_ends(self):
        found = document("weyl-spectrum", "sphere:2", "--interval", "2,12")
        self.assertEqual(found["eigenvalues"], 3 * [2] + 5 * [6] + 7 * [12])
        self.assertEqual(found["first"], 1)
        self.assertEqual(document("weyl-spectrum", "sphere:2", "--interval", "3,5")["eigenvalues"], [])

    def test_a_condition_comes_from_the_expression_or_from_the_option(self):
        self.assertEqual(count("disk:1;dirichlet", "100")[0]["count"],
                         document("weyl-count", "disk:1", "--lambda", "100", "--boundary", "dirichlet")["counts"][0]["count"])
        self.assertEqual(count("disk:1;neumann", "100")[0]["count"],
                         document("weyl-count", "disk:1;neumann", "--lambda", "100", "--boundary", "dirichlet")["counts"][0]["count"])
        result = run("weyl-count", "sphere:2", "--boundary", "dirichlet")
        self.assertEqual(result.status, 0)
        self.assertIn("no boundary", result.err)

    def test_dimension_and_volume_are_recovered(self):
        for space in ("sphere:2", "torus:2", "rectangle:1,2", "sphere:3/2I", "torus:3/S"):
            with self.subTest(space=space):
                fit = document("weyl-count", space, "--up-to", "20000")["fit"]
                truth = document("weyl-spectrum", space, "-k", "1")["space"]
                self.assertAlmostEqual(fit["dimension"]["value"], truth["dimension"], delta=0.25)

    def test_a_power_of_a_mesh_modulo_permutations_counts_multisets_of_its_eigenvalues(self):
        with tempfile.TemporaryDirectory() as folder:
            square = Path(folder) / "square.off"
            square.write_text(off(*rectangle(20, 20)), encoding="utf-8")
            single = document("weyl-spectrum", square, "-k", 12)["eigenvalues"]
            single = [0, *single[1:]]
            pairs = sorted(a + b for i, a in enumerate(single) for b in single[i:] if a + b < single[-1])
            found = document("weyl-spectrum", f"file:{square}^2/S", "-k", len(pairs))
            for a, b in zip(found["eigenvalues"], pairs, strict=True):
                self.assertAlmostEqual(a, b, delta=1e-9 * (1 + b))
            self.assertEqual((found["exact"], found["space"]["dimension"]), (False, 4))
            self.assertAlmostEqual(found["space"]["volume"], 0.5)
            top = found["resolved_up_to"]
            self.assert_refused("weyl-count", f"file:{square}^2/S", "--lambda", 2 * top, status=4)
            self.assertEqual(document("weyl-count", f"file:{square}*circle:1;dirichlet", "--lambda", 15)["counts"][0]["count"], 0)
            text = run("weyl-count", f"file:{square}^3/S").out
            self.assertIn("computed eigenvalues", text)
            self.assertNotIn("exact", text)
            self.assertIn("no such", self.assert_refused("weyl-count", "file:nowhere.off^2").lower())

    def test_an_exact_spectrum_is_analysed_when_asked(self):
        heard = document("weyl-spectrum", "disk:1;dirichlet", "-k", 300, "--analyse")["asymptotics"]
        self.assertLess(heard["volume"]["low"], math.pi)
        self.assertGreater(heard["volume"]["high"], math.pi)
        self.assertLess(heard["boundary"]["high"], 0)
        self.assertFalse(any(finding["alarm"] for finding in heard["findings"]))
        self.assertIn("From these 300 eigenvalues alone", run("weyl-spectrum", "sphere:2", "-k", 300, "--analyse").out)

    def test_an_error_names_the_column(self):
        for tool in SOLVERS:
            with self.subTest(tool=tool):
                self.assertIn("sphere:x: column 8: expected the dimension", self.assert_refused(tool, "sphere:x"))
                self.assertIn("column 10", self.assert_refused(tool, "sphere:2/Q"))

    def test_a_name_that_is_neither_file_nor_space_gets_one_line(self):
        for tool in SOLVERS:
            self.assertIn("no such file", self.assert_refused(tool, "sphree:2"))
            self.assertIn("nowhere.off", self.assert_refused(tool, "nowhere.off"))
            self.assertIn("missing.json", self.assert_refused(tool, "sphere:2/missing.json"))

    def test_a_file_wins_over_an_expression(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "sphere:2").write_text(off(*TETRAHEDRON))
            here = os.getcwd()
            os.chdir(folder)
            try:
                found = document("weyl-spectrum", "sphere:2", "-k", "4")
            finally:
                os.chdir(here)
            self.assertEqual(found["space"]["vertices"], 4)

    def test_what_would_take_too_long_is_refused_soon(self):
        for space, value in (("torus:100/S", "1e8"), ("torus:10", "1e12"), ("disk:1", "1e12"), ("sphere:40/S", "1e30")):
            with self.subTest(space=space):
                result = run("weyl-count", space, "--lambda", value)
                self.assertEqual((result.status, result.out), (4, ""), result.err)
                self.assertLess(result.megabytes, 1000)
        self.assert_refused("weyl-spectrum", "sphere:2", "-k", "2147483648", status=4)

    def test_extreme_spaces_end_within_seconds(self):
        spaces = ("annulus:1e-4,1", "annulus:1e-90,1", "torus:1000", "torus:720/C", "klein:1e-50,1e50", "sphere:2^10000")
        for space in spaces:
            for args in (("weyl-count",), ("weyl-count", "--lambda", "50"), ("weyl-spectrum", "-k", "10")):
                with self.subTest(space=space, tool=args):
                    result = run(args[0], space, *args[1:], timeout=300 if SANITIZED else 30)
                    if result.status == 0:
                        self.assertIn("exact spectrum", result.out)
                    else:
                        self.assertEqual((result.status, result.out), (4, ""))
                        self.assertRegex(result.err, rf"\A{args[0]}: error: [^\n]+\n\Z")

    def test_bad_numbers_are_refused(self):
        for value in ("-1", "x", "nan", "inf", "2pi", "1e999999", ""):
            with self.subTest(value=value):
                self.assert_refused("weyl-count", "sphere:2", f"--lambda={value}", status=2)

    def test_json_is_strict_where_a_number_overflows(self):
        for space in ("torus:300/S", "sphere:400", "torus:400"):
            parse_json(run("weyl-spectrum", space, "-k", "3", "--json").out)


if __name__ == "__main__":
    unittest.main()
