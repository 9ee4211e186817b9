# SPDX-License-Identifier: GPL-3.0-or-later
"""The tools against reference cases that others computed and collected; they stand beside the checkout, if at all.

Run by CTest, or by hand: WEYL_BIN=build/release/bin WEYL_CASES_DIR=../shared/cases
python3 tests/apps/test_reference_cases.py
"""

import json
import os
import sys
import unittest
from pathlib import Path

from tools import ROOT, SANITIZED, counts, document, eigenvalues, parse_json, run

CASES = Path(os.environ.get("WEYL_CASES_DIR", ROOT.parent / "shared" / "cases"))
SKIPPED = 77  # CTest's SKIP_RETURN_CODE

SECONDS = 60 if SANITIZED else 10
MEGABYTES = 200


def references():
    """Every mesh with its reference."""
    for file in sorted((CASES / "meshes").glob("*.ref.json")):
        yield file.with_name(file.name.removesuffix(".ref.json")), json.loads(file.read_text())


def spectra(reference):
    """Every spectrum of a reference with the options that ask for it."""
    for name, spectrum in reference["spectra"].items():
        boundary, mass = name.split("_")
        yield name, spectrum, ("--boundary", boundary, "--mass", mass, "--quiet")


class RealMeshes(unittest.TestCase):
    """Meshes of other projects, with spectra that other programs computed."""

    def test_eigenvalues_agree_to_eight_digits(self):
        for mesh, reference in references():
            for name, spectrum, options in spectra(reference):
                with self.subTest(mesh=mesh.name, spectrum=name):
                    expected = spectrum["eigenvalues"]
                    actual = eigenvalues(mesh, len(expected), *options)
                    self.assertEqual(len(actual), len(expected))
                    zero = 1e-9 * expected[-1]
                    for k, (a, b) in enumerate(zip(actual, expected)):
                        self.assertLessEqual(abs(a - b), zero if abs(b) <= zero else 1e-8 * b, f"k = {k}: {a} and {b}")

    def test_counts_agree_exactly(self):
        for mesh, reference in references():
            for name, spectrum, options in spectra(reference):
                with self.subTest(mesh=mesh.name, spectrum=name):
                    entries = spectrum["counts"]
                    actual = counts(mesh, [entry["lam"] for entry in entries], *options)
                    self.assertEqual(actual, [entry["N_le"] for entry in entries])

    def test_topology_and_volume_agree(self):
        keys = {"vertices": "referenced_vertices", "cells": "faces", "components": "components",
                "euler_characteristic": "euler", "boundary_components": "boundary_edge_components",
                "nonmanifold_facets": "nonmanifold_edges"}
        for mesh, reference in references():
            with self.subTest(mesh=mesh.name):
                solid = "tets" in reference
                space = document("weyl-count", mesh, "--lambda", 0, "--quiet")["space"]
                expected = {ours: reference["tets" if solid and theirs == "faces" else theirs]
                            for ours, theirs in keys.items() if theirs in reference or theirs == "faces"}
                self.assertEqual({key: space[key] for key in expected}, expected)
                self.assertEqual(space["dimension"], 3 if solid else 2)
                volume = reference["volume" if solid else "area"]
                self.assertLessEqual(abs(space["volume"] - volume), 1e-9 * volume)

    def test_the_number_of_unknowns_agrees(self):
        for mesh, reference in references():
            for boundary in ("neumann", "dirichlet"):
                unknowns = reference[f"dof_{boundary}"]
                if unknowns:
                    with self.subTest(mesh=mesh.name, boundary=boundary):
                        result = document("weyl-count", mesh, "--lambda", 0, "--boundary", boundary, "--quiet")
                        self.assertEqual(result["discretization"]["dofs"], unknowns)


class BadFiles(unittest.TestCase):
    """Malformed and odd files: each is used or refused, quickly and in words."""

    def check(self, tool, args, kind):
        """Runs a tool on a file; returns its document, or None where it refused."""
        result = run(tool, *args, "--json", timeout=SECONDS)
        if not SANITIZED:  # a sanitizer's shadow is not ours
            self.assertLess(result.megabytes, MEGABYTES)
        self.assertIn(result.status, {"accept": (0,), "error": (3,), "either": (0, 3)}[kind], result.err)
        if result.status == 0:
            return parse_json(result.out)
        self.assertEqual(result.out, "")
        self.assertRegex(result.err, rf"\A{tool}: error: [^\n]+\n\Z")
        return None

    def test_every_file_is_used_or_refused_as_expected(self):
        for case in json.loads((CASES / "bad" / "expected.json").read_text()):
            file = CASES / "bad" / case["file"]
            for tool, args in (("weyl-count", (file,)), ("weyl-spectrum", (file, "-k", 3))):
                with self.subTest(file=file.name, tool=tool, expected=case["expected"]):
                    self.check(tool, args, case["kind"])

    def test_odd_ways_to_write_a_tetrahedron_have_its_spectrum(self):
        good = eigenvalues(CASES / "bad" / "00_good_tet.off", 4)
        for case in json.loads((CASES / "bad" / "expected.json").read_text()):
            if "must equal 00_good_tet.off" in case["expected"]:
                with self.subTest(file=case["file"]):
                    values = eigenvalues(CASES / "bad" / case["file"], 9, "--quiet")
                    self.assertEqual(len(values), len(good))
                    for a, b in zip(values, good):
                        self.assertLessEqual(abs(a - b), 1e-10 * good[-1])


if __name__ == "__main__":
    if not CASES.is_dir():
        print(f"skipped: there are no reference cases in {CASES}")
        sys.exit(SKIPPED)
    unittest.main()
