# SPDX-License-Identifier: GPL-3.0-or-later
"""The JSON documents of all tools obey the schemas of docs/schema, and what tools write is read back.

Run by CTest, or by hand: WEYL_BIN=build/release/bin python3 tests/apps/test_schema.py
"""

import copy
import csv
import io
import json
import math
import re
import sys
import tempfile
import unittest
import xml.etree.ElementTree
from pathlib import Path

from tools import BIN, ROOT, document, off, rectangle, run

try:
    import jsonschema
    import numpy
except ImportError:
    print("python3-jsonschema and python3-numpy are not installed")
    sys.exit(77)

SCHEMAS = ROOT / "docs" / "schema"
SPHERE = "mesh:icosphere@0.3"


def validator(tool):
    """The checker of the documents of a tool."""
    schema = json.loads((SCHEMAS / f"{tool}.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    resolver = jsonschema.RefResolver(SCHEMAS.as_uri() + "/", schema)
    return jsonschema.Draft202012Validator(schema, resolver=resolver)


class FilesTest(unittest.TestCase):
    """A folder with a square of 81 vertices, a list of eigenvalues, and 200 labelled points of R^3."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.square = self.folder / "square.off"
        self.square.write_text(off(*rectangle(8, 8)), encoding="utf-8")
        self.list = self.folder / "list.txt"
        self.sample = self.folder / "sample.npy"
        numpy.save(self.sample, numpy.random.default_rng(1).normal(size=(200, 3)))
        self.labels = self.folder / "labels.npy"
        numpy.save(self.labels, numpy.arange(200.0))
        values = sorted(math.pi**2 * (m * m + n * n) for m in range(1, 30) for n in range(1, 30))[:300]
        self.list.write_text("".join(f"{value!r}\n" for value in values), encoding="utf-8")


class Schema(FilesTest):
    """What the schemas say is what the tools print."""

    def variants(self):
        """Calls of every tool, in all the forms that its document has."""
        target = self.folder / "target.csv"
        target.write_text("lambda,power,violation\n0,1,0\n6,0.5,0.1\n", encoding="utf-8")
        return {
            "weyl-count": [
                [self.square], [self.square, "--lambda", 20, "--certify"], [self.square, "--lambda", "1e5", "--certify"],
                [self.square, "--boundary", "dirichlet", "--mass", "lumped", "--up-to", 500],
                [SPHERE, "--group", "auto", "--irrep", "T1u"], ["lshape", "--order", 2], ["sphere:2", "--size", 0.5],
                ["sphere:30/antipodal", "--lambda", "1e6"], ["torus:400", "--lambda", 50],
                ["disk:1;dirichlet", "--up-to", 100], [self.list], [self.list, "--volume", 1, "--dimension", 2],
                [self.sample], [self.sample, "--group", "antipodal", "--lambda", 2],
                [self.sample, "--dimension", 2, "--laplacian", "delaunay", "--up-to", 20]],
            "weyl-spectrum": [
                [self.square], [self.square, "-k", 200], [self.square, "--interval", "50,300"],
                [self.square, "--certify", "-k", 5], [SPHERE, "--group", "Ih", "-k", 3], [SPHERE, "-k", 150, "--analyse"],
                ["lshape", "--digits", 3, "-k", 2, "--boundary", "dirichlet"], ["klein:1,2", "--order", 3, "-k", 4],
                ["sphere:3", "-k", 20], ["sphere:2", "--interval", "5,20"], ["torus:2/S", "-k", 5],
                [self.sample, "-k", 5], [self.sample, "-k", 5, "--group", "S"]],
            "weyl-quotient": [
                [SPHERE, "-k", 20], [SPHERE, "--group", "C5v", "--against", "C5", "-k", 20, "--list"],
                [self.square, "--group", "auto", "--boundary", "dirichlet", "-k", 10]],
            "weyl-learn": [
                ["sphere:2", "--group", "antipodal", "--samples", "32..64"], ["sphere:2/SO:2", "--samples", "50"],
                ["torus:2", "--group", "S", "--target", target, "--kernel", "heat:0.1", "--ridge", 0.1],
                [SPHERE, "--group", "C2v", "--modes", 50, "--samples", "20,40", "--subgroups"],
                ["sphere:2/antipodal", "--samples", "20,40", "--simulate", 2],
                [self.sample, "--group", "antipodal", "--samples", 20],
                [self.sample, "--samples", "20,40", "--labels", self.labels, "--validate", 2],
                [self.sample, "--samples", 20, "--group", "S", "--labels", self.labels]],
            "weyl-mesh": [[self.square], ["icosphere", "--size", 0.5], ["box", "--size", 0.6], ["lshape"]],
        }

    def test_every_document_obeys_its_schema(self):
        variants = self.variants()
        tools = {path.name for path in BIN.glob("weyl-*")} & {path.stem for path in SCHEMAS.glob("weyl-*.json")}
        for tool in sorted(tools):
            check = validator(tool)
            for args in variants[tool]:
                with self.subTest(tool=tool, args=args):
                    errors = list(check.iter_errors(document(tool, *args, "--quiet")))
                    self.assertEqual([f"{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in errors], [])

    def test_a_schema_misses_no_key_and_allows_no_other(self):
        calls = [("weyl-count", [self.square]), ("weyl-spectrum", [self.square]),
                 ("weyl-quotient", [self.square, "--group", "auto", "-k", 5]), ("weyl-mesh", [self.square]),
                 ("weyl-learn", ["sphere:2", "--group", "antipodal", "--samples", "32"]),
                 ("weyl-count", [self.sample]), ("weyl-spectrum", [self.sample, "-k", 3])]
        for tool, args in calls:
            if not (BIN / tool).exists():
                continue
            check = validator(tool)
            result = document(tool, *args, "--quiet")
            for place in ("", "space", "discretization", "sample"):
                if place == "sample" and place not in result or not isinstance(result.get(place, result), dict):
                    continue
                for key in result.get(place, result):
                    if key in ("boundary_components", "nonmanifold_facets", "orientable", "exact"):
                        continue
                    with self.subTest(tool=tool, place=place, without=key):
                        less = copy.deepcopy(result)
                        del less.get(place, less)[key]
                        self.assertFalse(check.is_valid(less))
                with self.subTest(tool=tool, more=place):
                    more = copy.deepcopy(result)
                    more.get(place, more)["unheard_of"] = 1
                    self.assertFalse(check.is_valid(more))

    def test_the_columns_of_tables(self):
        count, spectrum = "lambda,count,weyl,weyl_two_term,resolved,at_eigenvalue", "k,lambda,residual"
        for tool, args, header in (
                ("weyl-count", [self.square, "--lambda", 20], count),
                ("weyl-count", [self.square, "--lambda", 20, "--certify"], count + ",lower,upper"),
                ("weyl-count", ["sphere:2", "--lambda", 20], count),
                ("weyl-count", [self.list], "lambda,count,weyl,weyl_two_term"),
                ("weyl-spectrum", [self.square], spectrum),
                ("weyl-spectrum", [self.square, "--certify", "-k", 3], spectrum + ",lower,upper"),
                ("weyl-spectrum", ["lshape", "--digits", 2, "-k", 1], spectrum + ",error"),
                ("weyl-spectrum", ["sphere:2"], "k,lambda,multiplicity"),
                ("weyl-quotient", [self.square, "-k", 5], "irrep,dimension,lambda")):
            with self.subTest(tool=tool, args=args):
                result = run(tool, *args, "--csv")
                self.assertEqual((result.status, result.err), (0, ""))
                rows = list(csv.reader(io.StringIO(result.out)))
                self.assertEqual(",".join(rows[0]), header)
                self.assertEqual({len(row) for row in rows}, {len(rows[0])})


class ReadBack(FilesTest):
    """What one tool writes another one, or NumPy, reads."""

    def modes(self, suffix, *args):
        """A file of six Dirichlet modes of the square."""
        file = self.folder / f"modes{suffix}"
        result = run("weyl-spectrum", self.square, "-k", 6, "--boundary", "dirichlet", "--eigenvectors", file, *args)
        self.assertEqual((result.status, result.err), (0, ""))
        return file

    def test_a_mesh_with_modes_is_the_mesh_again(self):
        plain = document("weyl-mesh", self.square)["space"]
        for suffix in (".vtu", ".ply"):
            with self.subTest(suffix=suffix):
                again = document("weyl-mesh", self.modes(suffix))["space"]
                self.assertEqual({**again, "name": ""}, {**plain, "name": ""})

    def test_modes_are_the_same_numbers_in_every_format(self):
        arrays = numpy.load(self.modes(".npz"))
        expected = arrays["evecs"]
        self.assertEqual((expected.shape, expected.dtype), ((81, 6), numpy.dtype("f8")))
        self.assertEqual(numpy.load(self.modes(".npy"), mmap_mode="r").tolist(), expected.tolist())
        self.assertEqual(self.vtu_fields(self.modes(".vtu").read_bytes()).tolist(), expected.tolist())
        self.assertEqual(self.ply_fields(self.modes(".ply").read_bytes()).tolist(), expected.tolist())

    def test_modes_are_orthonormal_in_the_mass_matrix(self):
        """Each square of side h is cut in two; with linear elements a triangle's mass is h^2/24 (1 + identity)."""
        evecs = numpy.load(self.modes(".npz"))["evecs"]
        _, faces = rectangle(8, 8)
        mass = numpy.zeros((81, 81))
        for face in faces:
            mass[numpy.ix_(face, face)] += (1 + numpy.eye(3)) / 64 / 24
        self.assertLess(abs(evecs.T @ mass @ evecs - numpy.eye(6)).max(), 1e-12)

    @staticmethod
    def vtu_fields(content):
        """The arrays of the points as columns, from the raw data at the end."""
        start = content.index(b'<AppendedData encoding="raw">\n_') + len(b'<AppendedData encoding="raw">\n_')
        root = xml.etree.ElementTree.fromstring(
            re.sub(rb"<AppendedData.*</AppendedData>", b"", content, flags=re.DOTALL))
        columns = []
        for array in root.findall("UnstructuredGrid/Piece/PointData/DataArray"):
            begin = start + int(array.get("offset"))
            size = int.from_bytes(content[begin:begin + 8], "little")
            columns.append(numpy.frombuffer(content[begin + 8:begin + 8 + size], "<f8"))
        return numpy.column_stack(columns)

    @staticmethod
    def ply_fields(content):
        """The properties of the vertices behind x, y, z."""
        header, body = content.split(b"end_header\n", 1)
        vertex = header.decode().split("element vertex")[1].split("element face")[0]
        properties = re.findall(r"property (\w+) (\w+)", vertex)
        kinds = {"double": "<f8", "float": "<f4"}
        table = numpy.frombuffer(body, numpy.dtype([(name, kinds[kind]) for kind, name in properties]), count=81)
        return numpy.column_stack([table[name] for _, name in properties[3:]])

    def test_exact_spectra_are_lists_of_eigenvalues(self):
        for option, name in (("--csv", "own.csv"), ("--json", "own.json")):
            with self.subTest(name=name):
                own = self.folder / name
                self.assertEqual(run("weyl-spectrum", "sphere:2", "-k", 400, option, "-o", own).status, 0)
                self.assertEqual(document("weyl-count", own)["asymptotics"]["eigenvalues"], 400)


if __name__ == "__main__":
    unittest.main()
