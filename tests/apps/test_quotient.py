# SPDX-License-Identifier: GPL-3.0-or-later
"""What weyl-quotient promises, and --group of the other tools.

Run by CTest, or by hand: WEYL_BIN=build/release/bin python3 tests/apps/test_quotient.py
"""

import json
import tempfile
import unittest
from pathlib import Path

from tools import counts, document, eigenvalues, run

SPHERE = "mesh:icosphere@0.2"


def close(first, second, relative=1e-8):
    """Lists agree relative to their largest entry."""
    scale = max(map(abs, second))
    return len(first) == len(second) and all(abs(a - b) <= relative * scale for a, b in zip(first, second))


class Quotient(unittest.TestCase):
    """A space against its quotients."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_the_group_of_an_icosphere_is_found_and_its_blocks_hold_the_spectrum(self):
        result = document("weyl-quotient", SPHERE, "-k", 60)
        self.assertEqual((result["group"]["name"], result["group"]["order"]), ("Ih", 120))
        self.assertEqual(len(result["irreps"]), 10)
        self.assertEqual(result["expected_ratio"], 120)
        values = result["manifold"]["eigenvalues"]
        self.assertGreaterEqual(len(values), 60)
        self.assertTrue(close(values, eigenvalues(SPHERE, len(values))))
        names = [space["content"] for space in result["eigenspaces"][:4]]
        self.assertEqual(names, ["Ag", "T1u", "Hg", "T2u"])

    def test_the_quotient_is_what_counts_and_spectra_of_a_group_are(self):
        result = document("weyl-quotient", SPHERE, "--group", "D5", "-k", 100)
        invariant = result["quotient"]["eigenvalues"]
        spectrum = document("weyl-spectrum", SPHERE, "--group", "D5", "-k", len(invariant))
        self.assertTrue(close(invariant, spectrum["eigenvalues"]))
        self.assertEqual(counts(SPHERE, [11.0], "--group", "D5"), [sum(v <= 11 for v in invariant)])
        of_type = [rho for rho in result["irreps"] if rho["dimension"] == 2][0]
        values = eigenvalues(SPHERE, len(of_type["eigenvalues"]), "--group", "D5", "--irrep", of_type["name"])
        self.assertTrue(close(of_type["eigenvalues"], values))

    def test_a_surface_is_made_symmetric_and_the_group_is_found_again(self):
        given, made = self.folder / "given.off", self.folder / "made.off"
        self.assertEqual(run("weyl-mesh", "ellipsoid:1,1.2,1.5", "--size", 0.3, "-o", given).status, 0)
        symmetry = document("weyl-mesh", given, "--symmetrize", "D2h", "-o", made)["symmetry"]
        self.assertEqual((symmetry["group"], symmetry["order"]), ("D2h", 8))
        self.assertLessEqual(max(symmetry["moved"], symmetry["strayed"]), symmetry["allowed"])
        found = document("weyl-quotient", made, "-k", 5)["group"]
        self.assertEqual(found["order"] % 8, 0)
        refused = run("weyl-mesh", given, "--symmetrize", "C3", "--tolerance", 0.01)
        self.assertEqual((refused.status, refused.out), (3, ""))
        self.assertIn("a rotation of order 3", refused.err)

    def test_rotations_leave_a_curve_of_the_sphere(self):
        result = document("weyl-quotient", "sphere:2", "--group", "SO:2", "-k", 100)
        self.assertEqual((result["group"]["name"], result["group"]["order"]), ("SO(2)", None))
        self.assertEqual((result["manifold"]["dimension"], result["quotient"]["dimension"]), (2, 1))
        exact = [k * (k + 1) for k in range(40) for _ in range(2 * k + 1)]
        values = result["manifold"]["eigenvalues"]
        self.assertGreaterEqual(len(values), 100)
        for value, truth in zip(values, exact):
            self.assertLessEqual(abs(value - truth), 1e-8 * max(truth, 1))
        for k, value in enumerate(result["quotient"]["eigenvalues"]):
            self.assertLessEqual(abs(value - k * (k + 1)), 1e-8 * max(k * (k + 1), 1))
        self.assertGreater(result["resolved_up_to"], 0)

    def test_rotations_of_other_spaces_agree_with_closed_forms(self):
        for space, group in [("sphere:4", "SO:4"), ("ball:3,1", "SO:3"), ("hemisphere:3", "SO:3"), ("disk:1", "SO:2"),
                             ("annulus:1,2", "SO:2")]:
            for boundary in [["--boundary", "dirichlet"]] if space != "sphere:4" else [[]]:
                with self.subTest(space=space):
                    name = space + (";dirichlet" if boundary else "")
                    values = document("weyl-quotient", space, "--group", group, "-k", 60, *boundary)["manifold"]
                    exact = document("weyl-spectrum", name, "-k", 60)["eigenvalues"]
                    self.assertTrue(close(values["eigenvalues"][:60], exact[:60]))

    def test_rotations_that_do_not_act_are_refused(self):
        for space, group, words in [("sphere:2", "SO:3", "sphere:3"), ("ellipsoid:1,2,3", "SO:2", "must be equal"),
                                    ("sphere:2", "SO:x", "expected SO:k"), (SPHERE, "SO:2", "finitely many")]:
            refused = run("weyl-quotient", space, "--group", group)
            self.assertEqual((refused.status, refused.out), (3, ""), f"{space} {group}")
            self.assertIn(words, refused.err)

    def test_elements_of_order_three_are_reduced_too(self):
        result = document("weyl-quotient", "mesh:icosphere@0.6", "--order", 3, "-k", 40)
        values = result["manifold"]["eigenvalues"]
        self.assertTrue(close(values, eigenvalues("mesh:icosphere@0.6", len(values), "--order", 3)))

    def test_eigenfunctions_of_a_type_are_written_on_the_whole_mesh(self):
        file = self.folder / "modes.vtu"
        result = run("weyl-spectrum", SPHERE, "--group", "auto", "--irrep", "T1u", "-k", 2, "--eigenvectors", file)
        self.assertEqual(result.status, 0, result.err)
        self.assertIn("mode_1", file.read_text(encoding="latin-1"))

    def test_a_flat_torus_has_its_translations(self):
        result = document("weyl-quotient", "mesh:flat-torus:1,1@0.3", "-k", 20)
        self.assertEqual(result["group"]["order"] % 8, 0)
        self.assertGreater(result["group"]["order"], 100)

    def test_the_drums_of_sunada_sound_the_same(self):
        listed = document("weyl-quotient", "mesh:sunada", "--refine", 2, "--list", "-k", 50)
        self.assertEqual(listed["group"]["order"], 168)
        numbers = [i + 1 for i, c in enumerate(listed["subgroups"]) if c["order"] == 24]
        self.assertEqual(len(numbers), 2)
        result = document("weyl-quotient", "mesh:sunada", "--refine", 2, "--group", f"auto:{numbers[0]}", "--against",
                          f"auto:{numbers[1]}", "--against", "auto:2", "-k", 400)
        pairs = [(pair["first"], pair["second"]) for pair in result["isospectral"]]
        self.assertEqual(pairs, [(0, 1)])

    def test_groups_from_a_file_and_about_an_axis(self):
        file = self.folder / "group.json"
        file.write_text(json.dumps({"matrices": [[[-1, 0, 0], [0, -1, 0], [0, 0, 1]]]}), encoding="utf-8")
        result = document("weyl-quotient", "mesh:box:1,2,3@1.2", "--group", file, "-k", 5)
        self.assertEqual(result["group"]["name"], "C2")
        result = document("weyl-quotient", "mesh:cube@0.5", "--group", "C4v", "--axis", "1,0,0", "-k", 5)
        self.assertEqual(result["group"]["order"], 8)

    def test_a_group_that_is_none_of_the_mesh_is_refused_in_one_line(self):
        for group, words in (("C7", "the image of vertex"), ("nonsense", "no group of isometries"),
                             ("auto:99", "auto:1 to auto:"), (self.folder / "none.json", "none.json")):
            with self.subTest(group=group):
                result = run("weyl-quotient", SPHERE, "--group", group)
                self.assertEqual((result.status, result.out), (3, ""))
                self.assertRegex(result.err, r"\Aweyl-quotient: error: [^\n]+\n\Z")
                self.assertIn(words, result.err)
        result = run("weyl-spectrum", SPHERE, "--group", "D5", "--irrep", "Q")
        self.assertEqual(result.status, 3)
        self.assertIn("A1", result.err)

    def test_text_csv_and_page(self):
        page = self.folder / "page.html"
        result = run("weyl-quotient", SPHERE, "--group", "Ih", "--against", "I", "--list", "--report", page)
        self.assertEqual(result.status, 0, result.err)
        for words in ("Ih", "T1u", "two-term law", "auto:K"):
            self.assertIn(words, result.out)
            self.assertIn(words, page.read_text(encoding="utf-8"))
        result = run("weyl-quotient", SPHERE, "--csv", "-k", 10)
        self.assertTrue(result.out.startswith("irrep,dimension,lambda\n"))


if __name__ == "__main__":
    unittest.main()
