# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tools promise to those who call them: output, errors, exit statuses, files.

Run by CTest, or by hand: WEYL_BIN=build/release/bin python3 tests/apps/test_tools.py
"""

import csv
import html
import html.parser
import io
import math
import re
import shutil
import subprocess
import tempfile
import time
import unittest
import xml.etree.ElementTree
import zipfile
from pathlib import Path

from tools import (BIN, TETRAHEDRON, TRIANGLE, counts, document, eigenvalues, off, parse_json, rectangle, run,
                   union)

try:
    import numpy
except ImportError:
    numpy = None

SOLVERS = ("weyl-count", "weyl-spectrum")


class ToolTest(unittest.TestCase):
    """A folder to work in, with some meshes, and what all errors look like."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.tetrahedron = self.write("tetrahedron.off", off(*TETRAHEDRON))
        self.square = self.write("square.off", off(*rectangle(24, 24)))

    def write(self, name, text):
        """Writes a file into the folder of this test."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def assert_fails(self, result, status, tool):
        """The exit status, one line of error, and nothing else."""
        self.assertEqual(result.status, status, result.err)
        self.assertEqual(result.out, "")
        self.assertRegex(result.err, rf"\A{tool}: error: [^\n]+\n\Z")

    def assert_warns(self, result, tool):
        """Success with at least one warning, and nothing but warnings, on standard error."""
        self.assertEqual(result.status, 0, result.err)
        self.assertRegex(result.err, rf"\A({tool}: warning: [^\n]+\n)+\Z")

    def assert_close(self, actual, expected, relative=1e-9):
        """Numbers or lists of numbers, relative to the largest of them."""
        self.assertEqual(len(actual), len(expected))
        scale = max(map(abs, expected))
        for a, b in zip(actual, expected):
            self.assertLessEqual(abs(a - b), relative * scale, f"{actual} against {expected}")


class CommandLine(ToolTest):
    """What is on the command line."""

    def tools(self):
        """Every tool that was built."""
        names = sorted(path.name for path in BIN.glob("weyl-*"))
        self.assertLessEqual(set(SOLVERS), set(names), f"in {BIN}")
        return names

    def test_help_is_on_standard_output_with_status_0(self):
        for tool in self.tools():
            for width in ("80", "40"):
                with self.subTest(tool=tool, width=width):
                    result = run(tool, "--help", env={"COLUMNS": width})
                    self.assertEqual((result.status, result.err), (0, ""))
                    self.assertIn(tool, result.out)

    def test_version_is_the_name_and_the_number(self):
        for tool in self.tools():
            with self.subTest(tool=tool):
                result = run(tool, "--version")
                self.assertEqual((result.status, result.err), (0, ""))
                self.assertRegex(result.out, rf"\A{tool} \d+\.\d+\.\d+\n\Z")

    def test_an_unknown_option_is_named_with_status_2(self):
        for tool in self.tools():
            with self.subTest(tool=tool):
                result = run(tool, "--no-such-option")
                self.assert_fails(result, 2, tool)
                self.assertIn("--no-such-option", result.err)

    def test_a_missing_argument_has_status_2(self):
        for tool in self.tools():
            with self.subTest(tool=tool):
                self.assert_fails(run(tool), 2, tool)

    def test_a_bad_value_has_status_2(self):
        common = ["--mass heavy", "--boundary robin", "--refine -1", "--refine 99", "--refine x", "--threads 0",
                  "--seed x", "--progress often", "--json --csv", "-o", "second.off"]
        own = {
            "weyl-count": ["--lambda x", "--lambda -1", "--lambda nan", "--lambda inf", "--up-to 0", "--samples 0"],
            "weyl-spectrum": ["-k 0", "-k -1", "-k 1.5", "--interval 1", "--interval 1,2,3", "--interval 2,1",
                              "--interval 0,nan", "-k 3 --interval 1,2"],
        }
        for tool in SOLVERS:
            for words in common + own[tool]:
                with self.subTest(tool=tool, words=words):
                    self.assert_fails(run(tool, self.square, *words.split()), 2, tool)

    def test_a_narrow_terminal_changes_nothing(self):
        for tool in SOLVERS:
            with self.subTest(tool=tool):
                narrow = run(tool, self.square, env={"COLUMNS": "40"})
                self.assertEqual((narrow.status, narrow.err), (0, ""))
                self.assertEqual(narrow.out, run(tool, self.square, env={"COLUMNS": "200"}).out)


class BadInput(ToolTest):
    """Files that cannot be used."""

    def test_a_bad_file_is_told_with_its_line_and_status_3(self):
        text = off(*TETRAHEDRON).replace("3 1 3 2", "3 1 3 9")
        bad = self.write("bad.off", text)
        for tool in SOLVERS:
            with self.subTest(tool=tool):
                result = run(tool, bad, "--json")
                self.assert_fails(result, 3, tool)
                self.assertRegex(result.err, rf"error: {re.escape(str(bad))}:{len(text.splitlines())}: .*9")

    def test_a_file_that_is_not_there_is_named_with_status_3(self):
        for tool in SOLVERS:
            with self.subTest(tool=tool):
                result = run(tool, self.folder / "none.off")
                self.assert_fails(result, 3, tool)
                self.assertIn("none.off", result.err)

    def test_a_folder_is_not_a_mesh(self):
        for tool in SOLVERS:
            with self.subTest(tool=tool):
                self.assert_fails(run(tool, self.folder), 3, tool)

    def test_an_error_stays_on_one_line_whatever_the_file_is_called(self):
        for tool in SOLVERS:
            with self.subTest(tool=tool):
                self.assert_fails(run(tool, self.folder / "no\nsuch\x1b[31m.off"), 3, tool)

    def test_no_unknown_left_by_dirichlet_conditions_is_an_error(self):
        triangle = self.write("triangle.off", off(*TRIANGLE))
        for tool in SOLVERS:
            with self.subTest(tool=tool):
                self.assert_fails(run(tool, triangle, "--boundary", "dirichlet"), 3, tool)

    def test_dirichlet_conditions_without_a_boundary_are_warned_of_and_change_nothing(self):
        for tool in SOLVERS:
            with self.subTest(tool=tool):
                result = run(tool, self.tetrahedron, "--boundary", "dirichlet", "--csv")
                self.assert_warns(result, tool)
                self.assertEqual(counts(self.tetrahedron, [1.0, 3.0], "--boundary", "dirichlet"), [1, 4])


class Warnings(ToolTest):
    """What is odd but usable."""

    def setUp(self):
        super().setUp()
        points, faces = TETRAHEDRON
        self.lonely = self.write("lonely.off", off(points + [(5.0, 5.0, 5.0)], faces))

    def test_warnings_go_to_standard_error_and_the_result_stays_clean(self):
        for tool in SOLVERS:
            with self.subTest(tool=tool):
                result = run(tool, self.lonely, "--json")
                self.assert_warns(result, tool)
                self.assertEqual(parse_json(result.out)["space"]["vertices"], 4)

    def test_quiet_silences_warnings_and_progress(self):
        for tool in SOLVERS:
            with self.subTest(tool=tool):
                result = run(tool, self.lonely, "--quiet", "--progress", "always")
                self.assertEqual((result.status, result.err), (0, ""))

    def test_progress_is_silent_away_from_a_terminal_and_never_on_standard_output(self):
        plain = run("weyl-count", self.square, "--csv")
        loud = run("weyl-count", self.square, "--csv", "--progress", "always")
        self.assertEqual(plain.err, "")
        self.assertNotEqual(loud.err, "")
        self.assertEqual(plain.out, loud.out)


class Json(ToolTest):
    """The keys of the contract; others may come beside them."""

    NUMBER = (int, float)
    SPACE = {"name": str, "dimension": int, "volume": NUMBER, "boundary_volume": NUMBER, "euler_characteristic": int,
             "vertices": int, "cells": int, "components": int}
    DISCRETIZATION = {"order": int, "mass": str, "boundary": str, "dofs": int}
    COMMON = {"tool": str, "version": str, "space": dict, "discretization": dict, "seconds": NUMBER}
    COUNT = {"lambda": NUMBER, "count": int, "weyl": NUMBER, "weyl_two_term": NUMBER}

    def assert_keys(self, value, types):
        """`value` has every key of `types` with a value of that type; true and false are no numbers."""
        for key, kind in types.items():
            self.assertIn(key, value)
            self.assertIsInstance(value[key], kind, key)
            self.assertNotIsInstance(value[key], bool, key)

    def assert_preamble(self, result, tool):
        """What all documents have."""
        self.assert_keys(result, self.COMMON)
        self.assert_keys(result["space"], self.SPACE)
        self.assert_keys(result["discretization"], self.DISCRETIZATION)
        self.assertEqual(result["tool"], tool)
        self.assertEqual(f"{tool} {result['version']}\n", run(tool, "--version").out)

    def test_a_count_has_the_keys_of_the_contract(self):
        for space in (self.square, self.tetrahedron):
            with self.subTest(space=space.name):
                result = document("weyl-count", space)
                self.assert_preamble(result, "weyl-count")
                self.assert_keys(result, {"counts": list, "resolved_up_to": self.NUMBER, "fit": dict})
                self.assertTrue(result["counts"])
                for entry in result["counts"]:
                    self.assert_keys(entry, self.COUNT)
                for quantity in ("dimension", "volume"):  # null where the mesh is too small to tell
                    maybe = (int, float, type(None))
                    self.assert_keys(result["fit"][quantity], {"value": maybe, "low": maybe, "high": maybe})

    def test_a_spectrum_has_the_keys_of_the_contract(self):
        result = document("weyl-spectrum", self.square, "-k", 7)
        self.assert_preamble(result, "weyl-spectrum")
        for key in ("eigenvalues", "residuals"):
            self.assertEqual(len(result[key]), 7)
            for value in result[key]:
                self.assertIsInstance(value, float)
        self.assertEqual(result["eigenvalues"], sorted(result["eigenvalues"]))
        self.assertLess(max(result["residuals"]), 1e-8)

    def test_the_space_is_described_as_it_is(self):
        square = document("weyl-count", self.square)["space"]
        expected = {"dimension": 2, "euler_characteristic": 1, "vertices": 625, "cells": 1152, "components": 1}
        self.assertEqual({key: square[key] for key in expected}, expected)
        self.assert_close([square["volume"], square["boundary_volume"]], [1, 4])

    def test_the_discretization_is_what_was_asked_for(self):
        result = document("weyl-spectrum", self.square, "-k", 1, "--mass", "lumped", "--boundary", "dirichlet")
        expected = {"order": 1, "mass": "lumped", "boundary": "dirichlet", "dofs": 23 * 23}
        self.assertEqual({key: result["discretization"][key] for key in expected}, expected)

    def test_no_number_is_nan_even_for_the_smallest_meshes(self):
        for space in (self.tetrahedron, self.write("triangle.off", off(*TRIANGLE))):
            for args in ((), ("--lambda", "0"), ("--lambda", "1e300"), ("--samples", "1"), ("--up-to", "1e-9")):
                with self.subTest(space=space.name, args=args):
                    document("weyl-count", space, *args)
            with self.subTest(space=space.name):
                document("weyl-spectrum", space, "-k", 1000)


class Csv(ToolTest):
    """Values separated by commas."""

    def rows(self, tool, *args):
        """The lines as dictionaries."""
        result = run(tool, self.square, "--csv", *args)
        self.assertEqual((result.status, result.err), (0, ""))
        return list(csv.DictReader(io.StringIO(result.out)))

    def test_a_count_has_a_row_per_lambda_with_the_numbers_of_the_json(self):
        rows = self.rows("weyl-count")
        entries = document("weyl-count", self.square)["counts"]
        for key in ("lambda", "count", "weyl", "weyl_two_term"):
            self.assertEqual([float(row[key]) for row in rows], [entry[key] for entry in entries])

    def test_a_spectrum_has_a_row_per_eigenvalue_with_the_numbers_of_the_json(self):
        rows = self.rows("weyl-spectrum", "-k", "5")
        self.assertEqual(list(rows[0])[:3], ["k", "lambda", "residual"])
        self.assertEqual([int(row["k"]) for row in rows], list(range(5)))
        self.assertEqual([float(row["lambda"]) for row in rows], eigenvalues(self.square, 5))


class Files(ToolTest):
    """Files in, files out."""

    def test_a_minus_sign_reads_standard_input(self):
        for tool in SOLVERS:
            with self.subTest(tool=tool):
                piped = run(tool, "-", "--csv", stdin=self.square.read_text())
                self.assertEqual((piped.status, piped.err), (0, ""))
                self.assertEqual(piped.out, run(tool, self.square, "--csv").out)

    def test_an_output_file_holds_everything_and_standard_output_nothing(self):
        for tool in SOLVERS:
            for form in ((), ("--csv",)):
                with self.subTest(tool=tool, form=form):
                    file = self.folder / "result"
                    result = run(tool, self.square, *form, "-o", file)
                    self.assertEqual((result.status, result.out, result.err), (0, "", ""))
                    self.assertEqual(file.read_text(), run(tool, self.square, *form).out)

    def test_an_output_file_that_exists_is_replaced(self):
        file = self.write("result", "old " * 100000)
        self.assertEqual(run("weyl-count", self.square, "--csv", "-o", file).status, 0)
        self.assertEqual(file.read_text(), run("weyl-count", self.square, "--csv").out)

    def test_a_folder_that_is_not_there_has_status_3_and_leaves_nothing(self):
        before = sorted(self.folder.rglob("*"))
        for tool in SOLVERS:
            for option in ("-o", "--report") + (("--eigenvectors",) if tool == "weyl-spectrum" else ()):
                with self.subTest(tool=tool, option=option):
                    suffix = ".npz" if option == "--eigenvectors" else ".html"
                    result = run(tool, self.square, option, self.folder / "none" / ("result" + suffix))
                    self.assert_fails(result, 3, tool)
                    self.assertEqual(sorted(self.folder.rglob("*")), before)

    def test_a_failure_leaves_an_existing_output_file_as_it_was(self):
        file = self.write("result", "old")
        bad = self.write("bad.off", "OFF\n3 1 0\n")
        before = sorted(self.folder.rglob("*"))
        for tool in SOLVERS:
            with self.subTest(tool=tool):
                self.assert_fails(run(tool, bad, "-o", file, "--report", file), 3, tool)
                self.assertEqual(file.read_text(), "old")
                self.assertEqual(sorted(self.folder.rglob("*")), before)

    def test_standard_output_that_is_full_has_status_3(self):
        for tool in SOLVERS:
            with self.subTest(tool=tool), open("/dev/full", "wb") as full:
                self.assert_fails(run(tool, self.square, "--json", stdout=full), 3, tool)

    def test_a_killed_computation_goes_on_from_its_checkpoint(self):
        mesh = self.folder / "fine.off"
        self.assertEqual(run("weyl-mesh", "icosphere:1", "--size", "0.04", "-o", mesh).status, 0)
        args = [mesh, "-k", "600", "--slice", "50", "--threads", "1", "--json"]
        whole = parse_json(run("weyl-spectrum", *args).out)
        checkpoint = self.folder / "checkpoint"
        command = [str(BIN / "weyl-spectrum"), *map(str, args), "--checkpoint", str(checkpoint)]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            while len(list(checkpoint.glob("slice-*.npz"))) < 3:
                self.assertIsNone(process.poll(), "it must not end before it is killed")
                time.sleep(0.005)
            process.kill()
        resumed = parse_json(run("weyl-spectrum", *args, "--checkpoint", checkpoint).out)
        self.assertGreaterEqual(resumed["method"]["resumed"], 3)
        self.assertLess(resumed["method"]["resumed"], resumed["method"]["slices"])
        self.assertEqual(resumed["eigenvalues"], whole["eigenvalues"])
        self.assertEqual(resumed["residuals"], whole["residuals"])
        other = run("weyl-spectrum", mesh, "-k", "10", "--checkpoint", checkpoint)
        self.assertEqual(other.status, 3)
        self.assertIn("another computation", other.err)

    def test_progress_and_what_is_done_are_told_when_asked_for(self):
        result = run("weyl-spectrum", self.square, "-k", "40", "--progress", "always", "--verbose")
        self.assertEqual(result.status, 0)
        self.assertRegex(result.err, r"eigenvalues \[#{20}\] ([45]\d)/\1, 0 s left")
        self.assertRegex(result.err, r"weyl-spectrum: 625 unknowns; .* (AVX-512|AVX2|portable) kernels\n")

    def test_eigenvectors_in_npz_load_as_arrays(self):
        file = self.folder / "modes.npz"
        args = ("-k", "4", "--boundary", "dirichlet", "--json", "--eigenvectors", file)
        result = run("weyl-spectrum", self.square, *args)
        self.assertEqual((result.status, result.err), (0, ""))
        with zipfile.ZipFile(file) as archive:
            self.assertIsNone(archive.testzip())
            self.assertLessEqual({"evals.npy", "evecs.npy"}, set(archive.namelist()))
        if numpy:
            arrays = numpy.load(file)
            self.assertEqual(arrays["evals"].tolist(), parse_json(result.out)["eigenvalues"])
            self.assertEqual(arrays["evecs"].shape, (625, 4))
            self.assertEqual(arrays["evecs"][0].tolist(), [0] * 4, "the first vertex is on the boundary")

    def test_eigenvectors_in_npy_are_those_of_the_npz(self):
        args = ("-k", "30", "--boundary", "dirichlet", "--eigenvectors")
        archive, array = self.folder / "modes.npz", self.folder / "modes.npy"
        self.assertEqual(run("weyl-spectrum", self.square, *args, archive).status, 0)
        self.assertEqual(run("weyl-spectrum", self.square, *args, array).status, 0)
        self.assertEqual(array.stat().st_size, 128 + 8 * 625 * 30)
        if numpy:
            self.assertEqual(numpy.load(array, mmap_mode="r").tolist(), numpy.load(archive)["evecs"].tolist())

    def test_eigenvectors_in_vtu_stand_beside_the_mesh(self):
        file = self.folder / "modes.vtu"
        self.assertEqual(run("weyl-spectrum", self.square, "-k", "3", "--eigenvectors", file).status, 0)
        text = re.sub(rb"<AppendedData.*</AppendedData>", b"", file.read_bytes(), flags=re.DOTALL)  # may be raw bytes
        root = xml.etree.ElementTree.fromstring(text)
        self.assertEqual((root.tag, root.get("type")), ("VTKFile", "UnstructuredGrid"))
        piece = root.find("UnstructuredGrid/Piece")
        self.assertEqual((piece.get("NumberOfPoints"), piece.get("NumberOfCells")), ("625", "1152"))
        self.assertEqual([array.get("Name") for array in piece.findall("PointData/DataArray")],
                         ["mode_0", "mode_1", "mode_2"])

    def test_eigenvectors_in_ply_are_properties_of_the_vertices(self):
        file = self.folder / "modes.ply"
        self.assertEqual(run("weyl-spectrum", self.square, "-k", "3", "--eigenvectors", file).status, 0)
        header = file.read_bytes().split(b"end_header")[0].decode()
        self.assertTrue(header.startswith("ply\n"))
        self.assertIn("element vertex 625", header)
        self.assertEqual(len(re.findall(r"property \w+ mode_\d\n", header)), 3)

    def test_eigenvectors_in_an_unknown_format_are_refused(self):
        before = sorted(self.folder.rglob("*"))
        result = run("weyl-spectrum", self.square, "--eigenvectors", self.folder / "modes.docx")
        self.assertIn(result.status, (2, 3))
        self.assert_fails(result, result.status, "weyl-spectrum")
        self.assertEqual(sorted(self.folder.rglob("*")), before)


class Page(ToolTest):
    """The HTML page."""

    class Loads(html.parser.HTMLParser):
        """Collects the addresses that a page would load or lead to."""

        def __init__(self):
            super().__init__()
            self.addresses = []

        def handle_starttag(self, tag, attrs):
            for name, value in attrs:
                if name in ("src", "href", "srcset", "data", "action", "poster", "xlink:href"):
                    self.addresses.append(value)

    def test_a_page_loads_nothing(self):
        for tool in (*SOLVERS, "weyl-mesh"):
            with self.subTest(tool=tool):
                file = self.folder / "page.html"
                result = run(tool, self.square, "--report", file)
                self.assertEqual((result.status, result.err), (0, ""))
                self.assertEqual(result.out, run(tool, self.square).out)
                page = file.read_text(encoding="utf-8")
                loads = self.Loads()
                loads.feed(page)
                self.assertEqual([a for a in loads.addresses if not a.startswith(("data:", "#"))], [])
                self.assertIn("default-src 'none'", page)  # and may load nothing
                page = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)  # tests/browser sees what scripts do
                self.assertNotRegex(page, r"@import|url\(\s*['\"]?(?!data:|#)")
                self.assertNotRegex(page.replace('xmlns="http://www.w3.org/2000/svg"', ""), r"https?://")
                self.assertIn("<svg", page)
                self.assertNotRegex(page, r"\bnan\b|\binf\b")

    def test_a_name_cannot_put_markup_into_a_page(self):
        evil = self.write("<script>alert(1)<!--.off", off(*TETRAHEDRON))
        page = self.folder / "page.html"
        for tool in (*SOLVERS, "weyl-mesh"):
            with self.subTest(tool=tool):
                self.assertEqual(run(tool, evil, "--report", page).status, 0)
                self.assertNotIn("<script>alert", page.read_text(encoding="utf-8"))


@unittest.skipUnless(shutil.which("gnuplot"), "needs gnuplot")
class Picture(ToolTest):
    """Static pictures."""

    def test_pictures_are_vectors_or_pixels_and_change_nothing_else(self):
        for tool in SOLVERS:
            for suffix, begin in ((".svg", b"<?xml"), (".png", b"\x89PNG")):
                with self.subTest(tool=tool, suffix=suffix):
                    file = self.folder / ("picture" + suffix)
                    result = run(tool, self.square, "--plot", file)
                    self.assertEqual((result.status, result.err), (0, ""))
                    self.assertEqual(result.out, run(tool, self.square).out)
                    self.assertTrue(file.read_bytes().startswith(begin))

    def test_a_picture_has_labels_with_units_and_every_curve_has_a_name(self):
        file = self.folder / "picture.svg"
        run("weyl-spectrum", self.square, "-k", 20, "--plot", file)
        text = html.unescape(re.sub(r"<[^>]*>", "", file.read_text(encoding="utf-8")))
        for words in ("Counting function", "λ in 1/length²", "N(λ)", "Weyl, one term", "Weyl, two terms"):
            self.assertIn(words, text)

    def test_any_figure_of_the_page_can_be_drawn_and_what_is_none_is_named(self):
        file = self.folder / "picture.svg"
        for figure, title in (("remainder", "Remainder"), ("heat", "Heat trace"), ("spacing", "Level spacing")):
            self.assertEqual(run("weyl-spectrum", self.square, "-k", 40, "--plot", file, "--figure", figure).status, 0)
            self.assertIn(title, file.read_text(encoding="utf-8"))
        result = run("weyl-spectrum", self.square, "--plot", file, "--figure", "cow")
        self.assert_fails(result, 3, "weyl-spectrum")
        self.assertIn("counting remainder", result.err)

    def test_a_format_that_is_none_and_a_missing_gnuplot_are_said(self):
        self.assert_fails(run("weyl-count", self.square, "--plot", "a.pdf"), 2, "weyl-count")
        before = sorted(self.folder.rglob("*"))
        result = run("weyl-count", self.square, "--plot", self.folder / "a.svg", env={"PATH": "/nowhere"})
        self.assert_fails(result, 3, "weyl-count")
        self.assertIn("apt-get install gnuplot-nox", result.err)
        self.assertEqual(sorted(self.folder.rglob("*")), before)


class Numbers(ToolTest):
    """What the numbers of the tools owe to each other."""

    def test_a_lambda_that_is_an_eigenvalue_says_so_and_counts_it(self):
        entries = document("weyl-count", self.tetrahedron, "--lambda", 1.99, "--lambda", 2, "--lambda", 2.01)["counts"]
        self.assertEqual([entry["count"] for entry in entries], [1, 4, 4])
        self.assertEqual([entry["at_eigenvalue"] for entry in entries], [False, True, False])
        self.assertIn("eigenvalue", run("weyl-count", self.tetrahedron, "--lambda", 2).out)

    def test_zero_is_an_eigenvalue_of_every_component(self):
        pair = self.write("pair.off", off(*union(rectangle(3, 3), rectangle(3, 3, x=2.0))))
        self.assertEqual(counts(self.square, [0.0]), [1])
        self.assertEqual(counts(pair, [0.0]), [2])
        self.assertEqual(counts(self.square, [0.0], "--boundary", "dirichlet"), [0])

    def test_counts_grow_with_lambda_and_end_at_the_number_of_unknowns(self):
        lambdas = [0.0] + [10.0 * 1.5**i for i in range(25)]
        for mass in ("consistent", "lumped"):
            with self.subTest(mass=mass):
                values = counts(self.square, lambdas, "--mass", mass)
                self.assertEqual(values, sorted(values))
                self.assertEqual((values[0], values[-1]), (1, 625))

    def test_counts_are_told_in_the_order_they_were_asked_for(self):
        self.assertEqual(counts(self.tetrahedron, [3.0, 1.0, 3.0]), [4, 1, 4])

    def test_count_and_spectrum_agree(self):
        for boundary in ("neumann", "dirichlet"):
            for mass in ("consistent", "lumped"):
                with self.subTest(boundary=boundary, mass=mass):
                    options = ("--boundary", boundary, "--mass", mass)
                    values = eigenvalues(self.square, 40, *options)
                    gaps = [k for k in range(1, 40) if values[k] - values[k - 1] > 1e-6 * values[k]]
                    middles = [(values[k - 1] + values[k]) / 2 for k in gaps]
                    self.assertEqual(counts(self.square, middles, *options), gaps)

    def test_an_interval_holds_the_eigenvalues_that_the_counts_say(self):
        low, high = counts(self.square, [50.0, 300.0])
        result = document("weyl-spectrum", self.square, "--interval", "50,300")
        self.assertEqual(len(result["eigenvalues"]), high - low)
        self.assert_close(result["eigenvalues"], eigenvalues(self.square, high)[low:])

    def test_the_spectrum_of_two_components_is_that_of_both(self):
        first, second = rectangle(9, 7, 1.1, 0.8), rectangle(8, 5, 0.9, 0.5, x=3.0)
        spaces = [self.write(f"{i}.off", off(*mesh)) for i, mesh in enumerate((first, second, union(first, second)))]
        parts = [eigenvalues(space, 1000) for space in spaces]
        self.assert_close(parts[2], sorted(parts[0] + parts[1]))
        lambdas = [0.0, 33.0, 210.0, 1234.0]
        n = [counts(space, lambdas) for space in spaces]
        self.assertEqual(n[2], [a + b for a, b in zip(n[0], n[1])])

    def test_eigenvalues_scale_as_one_over_length_squared(self):
        points, faces = rectangle(9, 7, 1.1, 0.8)
        plain = eigenvalues(self.write("plain.off", off(points, faces)), 20)
        for scale in (1e-6, 1e6):
            with self.subTest(scale=scale):
                scaled = off([tuple(scale * x for x in point) for point in points], faces)
                values = eigenvalues(self.write("scaled.off", scaled), 20)
                self.assert_close([scale**2 * value for value in values], plain)

    def test_dirichlet_eigenvalues_lie_above_neumann_eigenvalues(self):
        neumann, dirichlet = (eigenvalues(self.square, 30, "--boundary", b) for b in ("neumann", "dirichlet"))
        for low, high in zip(neumann, dirichlet):
            self.assertLess(low, high)

    def test_refinement_brings_eigenvalues_down_to_the_exact_ones(self):
        exact = 9.869604401089358  # pi squared: the first positive one of the unit square
        coarse = self.write("coarse.off", off(*rectangle(4, 4)))
        errors = [eigenvalues(coarse, 2, "--refine", n)[1] - exact for n in range(4)]
        for before, after in zip(errors, errors[1:]):
            self.assertGreater(before / after, 3.5)
            self.assertGreater(after, 0)

    def test_intrinsic_delaunay_changes_neither_space_nor_unknowns(self):
        plain = document("weyl-spectrum", self.square, "-k", 5)
        flipped = document("weyl-spectrum", self.square, "-k", 5, "--intrinsic-delaunay")
        self.assertEqual(plain["space"], flipped["space"])
        self.assertEqual(plain["discretization"]["dofs"], flipped["discretization"]["dofs"])

    def test_threads_change_nothing_and_a_seed_repeats_a_run(self):
        for tool in SOLVERS:
            with self.subTest(tool=tool):
                runs = {run(tool, self.square, "--csv", "--seed", "3", "--threads", n).out for n in (1, 1, 2)}
                if tool == "weyl-count":
                    self.assertEqual(len(runs), 1)
                values = [eigenvalues(self.square, 10, "--threads", n) for n in (1, 2)]
                self.assert_close(*values)

    def test_lambda_without_help_stays_near_what_the_mesh_resolves(self):
        result = document("weyl-count", self.square)
        lambdas = [entry["lambda"] for entry in result["counts"]]
        self.assertEqual(lambdas, sorted(lambdas))
        self.assertIn(len(lambdas), range(8, 31))
        self.assertGreater(lambdas[-1], 0.5 * result["resolved_up_to"])


class Lists(ToolTest):
    """weyl-count on a list of eigenvalues, weyl-spectrum --analyse."""

    def setUp(self):
        super().setUp()
        # A rectangle of sides 1 and 1.5 with Dirichlet conditions: area 1.5, perimeter 5, c_2 = 4 corners = 1/4.
        self.values = sorted(math.pi**2 * (m * m + n * n / 2.25) for m in range(1, 50) for n in range(1, 70))[:800]
        self.list = self.write("rectangle.txt", "".join(f"{value!r}\n" for value in self.values))

    def test_a_list_tells_dimension_area_and_perimeter(self):
        result = document("weyl-count", self.list)
        self.assertEqual(result["tool"], "weyl-count")
        heard = result["asymptotics"]
        for key, truth in (("dimension", 2), ("volume", 1.5), ("boundary", -5), ("constant", 0.25)):
            self.assertLessEqual(heard[key]["low"], truth, key)
            self.assertGreaterEqual(heard[key]["high"], truth, key)
            self.assertLess(abs(heard[key]["value"] - truth), 1e-3, key)
        self.assertEqual(heard["edge"], "bounded")
        self.assertFalse(any(finding["alarm"] for finding in heard["findings"]))
        self.assertEqual(len(result["counts"]), 20)
        for entry in result["counts"]:
            self.assertEqual(entry["count"], sum(value <= entry["lambda"] for value in self.values))

    def test_counts_can_be_asked_for_but_not_beyond_the_list(self):
        self.assertEqual(counts(self.list, [100.0, 1000.0]),
                         [sum(value <= limit for value in self.values) for limit in (100.0, 1000.0)])
        self.assert_fails(run("weyl-count", self.list, "--lambda", "1e9"), 3, "weyl-count")

    def test_a_missing_eigenvalue_is_told_in_a_sentence(self):
        cut = self.write("cut.csv", "k,lambda\n" + "".join(f"{k},{value!r}\n" for k, value in enumerate(self.values)
                                                            if k != 400))
        result = run("weyl-count", cut)
        self.assertEqual((result.status, result.err), (0, ""))
        self.assertRegex(result.out, r"! 1 eigenvalue missing near lambda = ")

    def test_what_was_claimed_is_judged(self):
        result = run("weyl-count", self.list, "--dimension", 3, "--volume", 2)
        self.assertEqual(result.status, 0, result.err)
        self.assertIn("! The list is not of dimension 3", result.out)
        self.assertNotIn("!", run("weyl-count", self.list, "--dimension", 2, "--volume", 1.5).out)

    def test_a_bad_list_is_told_with_its_line_and_status_3(self):
        for text, place in (("0\n1\nx\n", ":3: "), ("0\nnan\n", ":2: "), ("0\n2\n1\n", ":3: "), ("", ": "),
                            ("0\n1\n2\n", ": ")):
            with self.subTest(text=text):
                result = run("weyl-count", self.write("bad.csv", text))
                self.assert_fails(result, 3, "weyl-count")
                if place != ": ":
                    self.assertIn(f"bad.csv{place}", result.err)

    def test_options_of_meshes_are_refused_for_lists_and_those_of_lists_for_meshes(self):
        self.assert_fails(run("weyl-count", self.list, "--refine", 1), 2, "weyl-count")
        self.assert_fails(run("weyl-count", self.list, "--boundary", "dirichlet"), 2, "weyl-count")
        self.assert_fails(run("weyl-count", self.square, "--volume", 1), 2, "weyl-count")

    def test_our_own_output_is_a_list(self):
        for option, name in (("--csv", "own.csv"), ("--json", "own.json")):
            with self.subTest(name=name):
                own = self.folder / name
                self.assertEqual(run("weyl-spectrum", self.square, "-k", 60, option, "-o", own).status, 0)
                self.assertEqual(document("weyl-count", own)["asymptotics"]["eigenvalues"], 60)

    def test_a_page_and_a_table_of_a_list(self):
        page = self.folder / "page.html"
        result = run("weyl-count", self.list, "--csv", "--report", page)
        self.assertEqual((result.status, result.err), (0, ""))
        self.assertEqual(len(list(csv.DictReader(io.StringIO(result.out)))), 20)
        self.assertIn("<svg", page.read_text(encoding="utf-8"))

    def test_the_spectrum_of_a_mesh_is_analysed_when_asked(self):
        fine = self.write("fine.off", off(*rectangle(40, 40)))
        heard = document("weyl-spectrum", fine, "-k", 150, "--boundary", "dirichlet", "--analyse")["asymptotics"]
        self.assertLess(abs(heard["volume"]["value"] - 1), 0.05)
        self.assertLess(heard["boundary"]["high"], 0)
        self.assertNotIn("asymptotics", document("weyl-spectrum", fine, "-k", 5))
        self.assert_fails(run("weyl-spectrum", fine, "--interval", "50,100", "--analyse"), 2, "weyl-spectrum")


class Meshes(ToolTest):
    """Meshes made, described and converted by weyl-mesh."""

    def make(self, *args):
        """Runs weyl-mesh and expects nothing but success."""
        result = run("weyl-mesh", *args)
        self.assertEqual((result.status, result.err), (0, ""))
        return result

    def test_a_model_sphere_has_the_eigenvalue_2_three_times(self):
        sphere = self.folder / "sphere.off"
        self.make("icosphere", "--size", "0.1", "-o", sphere)
        self.assert_close(eigenvalues(sphere, 4)[1:], [2, 2, 2], 0.01)

    def test_every_format_keeps_the_spectrum_to_the_last_digit(self):
        plain = counts(self.square, [100.0, 500.0]), eigenvalues(self.square, 8)
        for suffix in ("off", "obj", "ply", "vtu"):
            with self.subTest(suffix=suffix):
                converted = self.folder / f"converted.{suffix}"
                self.make(self.square, "-o", converted)
                self.assertEqual((counts(converted, [100.0, 500.0]), eigenvalues(converted, 8)), plain)

    def test_solids_survive_a_file(self):
        box = self.folder / "box.vtu"
        self.make("box:1,1,2", "--size", "0.5", "-o", box)
        space = document("weyl-count", box)["space"]
        self.assertEqual((space["dimension"], space["components"]), (3, 1))
        self.assert_close([space["volume"], space["boundary_volume"]], [2, 10])

    def test_a_description_in_json_has_the_keys_of_every_space(self):
        space = document("weyl-mesh", self.square)["space"]
        self.assertEqual(space, document("weyl-count", self.square)["space"])

    def test_refinement_before_is_refinement_after(self):
        fine = self.folder / "fine.ply"
        self.make(self.square, "--refine", "1", "-o", fine)
        self.assert_close(eigenvalues(fine, 8), eigenvalues(self.square, 8, "--refine", 1))

    def test_a_format_that_cannot_hold_the_mesh_is_refused_and_leaves_nothing(self):
        before = sorted(self.folder.rglob("*"))
        for kind, name in (("box", "box.ply"), ("flat-torus", "torus.off"), ("icosphere", "sphere.docx")):
            with self.subTest(kind=kind, name=name):
                self.assert_fails(run("weyl-mesh", kind, "-o", self.folder / name), 3, "weyl-mesh")
                self.assertEqual(sorted(self.folder.rglob("*")), before)

    def test_an_unknown_kind_is_named(self):
        result = run("weyl-mesh", "dodecahedral-space")
        self.assertIn(result.status, (2, 3))
        self.assert_fails(result, result.status, "weyl-mesh")
        self.assertIn("dodecahedral-space", result.err)


if __name__ == "__main__":
    unittest.main()
