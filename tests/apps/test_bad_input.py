# SPDX-License-Identifier: GPL-3.0-or-later
"""What strangers hand to the tools, and the line that each of it is answered with. docs/reliability.md has the table.

Errors inside a format are in tests/mesh/test_bad_files.cpp, those of lists in tests/spectrum/test_read_eigenvalues.cpp.
Run by CTest, or by hand: WEYL_BIN=build/release/bin python3 tests/apps/test_bad_input.py
"""

import bz2
import gzip
import lzma
import os
import re
import struct
import subprocess
import tempfile
import threading
import unittest
from pathlib import Path

from tools import BIN, SANITIZED, document, run

TETRAHEDRON = """OFF
4 4 0
0 0 0
1 0 0
0 1 0
0 0 1
3 0 2 1
3 0 1 3
3 1 2 3
3 2 0 3
"""
TRIANGLE_OBJ = "v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n"
UNIT = "[[1,0,0],[0,1,0],[0,0,1]]"


def scaled_triangle(size):
    """A right triangle with legs of this length."""
    return f"OFF\n3 1 0\n0 0 0\n{size} 0 0\n0 {size} 0\n3 0 1 2\n"


class BadInputTest(unittest.TestCase):
    """A folder, and the one line of an error."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def write(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def refusal(self, tool, *args, status=3, **options):
        """The reason in the one line of error, the folder's name taken out."""
        result = run(tool, *args, timeout=60, **options)
        self.assertEqual((result.status, result.out), (status, ""), result.err)
        self.assertRegex(result.err, rf"\A{tool}: error: [^\n]+\n\Z")
        return result.err[len(f"{tool}: error: "):-1].replace(f"{self.folder}/", "")


class Meshes(BadInputTest):
    """Mesh files."""

    def test_each_bad_file_is_answered_with_its_line(self):
        too_large = "the mesh is {} across: scale it to a size between 1e-45 and 1e+45"
        for name, content, line in (
                ("empty.off", "", "empty.off: the file is empty"),
                ("cut.off", TETRAHEDRON[:30], "cut.off:6: unexpected end of file in the vertices (4 expected, 3 found)"),
                ("nan.off", TETRAHEDRON.replace("0 1 0\n", "0 nan 0\n", 1), "nan.off:5: coordinate is not finite"),
                ("inf.off", TETRAHEDRON.replace("1 0 0", "-inf 0 0"), "inf.off:4: coordinate is not finite"),
                ("index.off", TETRAHEDRON.replace("3 2 0 3", "3 2 0 4"),
                 "index.off:10: vertex index 4 is out of range (4 vertices)"),
                ("more.off", TETRAHEDRON.replace("4 4 0", "4 5 0"),
                 "more.off:10: unexpected end of file in the faces (5 expected, 4 found)"),
                ("huge.off", TETRAHEDRON.replace("4 4 0", "2000000000 4 0"),
                 "huge.off:2: the header promises 2000000000 vertices, but only 61 bytes follow"),
                ("large.off", scaled_triangle("1e300"), "large.off: " + too_large.format("1e+300")),
                ("small.off", scaled_triangle("1e-300"), "small.off: " + too_large.format("1e-300")),
                ("flat.off", "OFF\n3 1 0\n0 0 0\n1 0 0\n2 0 0\n3 0 1 2\n", "flat.off: no cell has a positive area"),
                ("repeated.off", "OFF\n3 1 0\n0 0 0\n1 0 0\n0 1 0\n3 0 1 1\n",
                 "repeated.off: no cell has a positive area (every cell repeats a vertex)"),
                ("points.off", "OFF\n3 0 0\n0 0 0\n1 0 0\n0 1 0\n",
                 "points.off: there is no cell (segment, polygon or tetrahedron)"),
                ("garbage.off", bytes(range(256)) * 20, "garbage.off:1: expected OFF, found '?????????'"),
                ("garbage.stl", b"\x00" * 80 + struct.pack("<I", 10**9) + b"\x01" * 60,
                 "garbage.stl: the header promises 1000000000 triangles (50000000084 bytes), but the file has 144 bytes, "
                 "at byte 84"),
                ("really.obj", TETRAHEDRON, "really.obj: the content is OFF, which .obj does not say; rename the file"),
                ("really.stl", "ply\nformat ascii 1.0\n",
                 "really.stl: the content is PLY, which .stl does not say; rename the file"),
                ("really.off", TRIANGLE_OBJ, "really.off:1: expected OFF, found 'v'"),
                ("picture.png", b"\x89PNG\r\n\x1a\n",
                 "picture.png: unknown mesh format; known extensions: .gii .inflated .mesh .msh .obj .off .orig .pial .ply "
                 ".smoothwm .sphere .stl .vtk .vtu .white"),
                ("a.off.gz", gzip.compress(TETRAHEDRON.encode()),
                 "a.off.gz: the file is gzip-compressed; decompress it first (gunzip)"),
                ("a.bz2", bz2.compress(TETRAHEDRON.encode()),
                 "a.bz2: the file is bzip2-compressed; decompress it first (bunzip2)"),
                ("a.off", lzma.compress(TETRAHEDRON.encode()), "a.off: the file is xz-compressed; decompress it first (unxz)"),
                ("zst.off", b"\x28\xb5\x2f\xfd....", "zst.off: the file is zstd-compressed; decompress it first (unzstd)"),
                ("a.zip", b"PK\x03\x04....", "a.zip: the file is a ZIP archive; unpack it first (unzip)"),
                ("wide.off", TETRAHEDRON.encode("utf-16"), "wide.off: the file is text in UTF-16; save it as UTF-8"),
                ("mac.off", TETRAHEDRON.replace("\n", "\r"),
                 "mac.off:1: unexpected end of file in the vertices (4 expected, 0 found)"),
        ):
            with self.subTest(name=name):
                self.assertEqual(self.refusal("weyl-count", self.write(name, content)), line)

    def test_odd_files_are_read(self):
        plain = document("weyl-mesh", self.write("plain.off", TETRAHEDRON))["space"]
        for name, content in (
                ("crlf.off", TETRAHEDRON.replace("\n", "\r\n")), ("bom.off", "\ufeff" + TETRAHEDRON),
                ("comments.off", "# one\n" + TETRAHEDRON.replace("4 4 0", "# two\n\n4 4 0 # three")),
                ("no-extension", TETRAHEDRON), ("letter.docx", TETRAHEDRON), ("UPPER.OFF", TETRAHEDRON),
                ("no-end.off", TETRAHEDRON[:-1])):
            with self.subTest(name=name):
                space = document("weyl-mesh", self.write(name, content))["space"]
                self.assertEqual({**space, "name": ""}, {**plain, "name": ""})
        for size in ("1e40", "1e-40"):
            mesh = self.write("extreme.off", scaled_triangle(size))
            self.assertEqual(document("weyl-mesh", mesh)["space"]["volume"], 0.5 * float(size)**2)
            values = document("weyl-spectrum", mesh, "-k", 3)["eigenvalues"]
            unit = document("weyl-spectrum", self.write("unit.off", scaled_triangle("1")), "-k", 3)["eigenvalues"]
            for value, expected in zip(values[1:], unit[1:]):
                self.assertAlmostEqual(value * float(size)**2 / expected, 1, places=9)

    def test_a_byte_order_mark_is_passed_over_in_every_text_format(self):
        for name, content in (
                ("a.obj", TRIANGLE_OBJ),
                ("a.ply", "ply\nformat ascii 1.0\nelement vertex 3\nproperty float x\nproperty float y\nproperty float z\n"
                          "element face 1\nproperty list uchar int vertex_indices\nend_header\n0 0 0\n1 0 0\n0 1 0\n"
                          "3 0 1 2\n"),
                ("a.stl", "solid a\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0 0\nvertex 0 1 0\nendloop\n"
                          "endfacet\nendsolid a\n"),
                ("a.vtk", "# vtk DataFile Version 3.0\nt\nASCII\nDATASET POLYDATA\nPOINTS 3 float\n0 0 0 1 0 0 0 1 0\n"
                          "POLYGONS 1 4\n3 0 1 2\n"),
                ("a.msh", "$MeshFormat\n2.2 0 8\n$EndMeshFormat\n$Nodes\n3\n1 0 0 0\n2 1 0 0\n3 0 1 0\n$EndNodes\n"
                          "$Elements\n1\n1 2 0 1 2 3\n$EndElements\n"),
                ("a.mesh", "MeshVersionFormatted 2\nDimension 2\nVertices 3\n0 0 0\n1 0 0\n0 1 0\nTriangles 1\n1 2 3 0\n"
                           "End\n")):
            for prefix, ending in (("", "\n"), ("\ufeff", "\n"), ("", "\r\n"), ("\ufeff", "\r\n")):
                with self.subTest(name=name, prefix=prefix, ending=ending):
                    mesh = self.write(name, prefix + content.replace("\n", ending))
                    self.assertEqual(document("weyl-mesh", mesh)["space"]["volume"], 0.5)

    def test_what_is_no_file(self):
        self.assertEqual(self.refusal("weyl-mesh", self.folder / "none.off"),
                         "none.off: cannot be read: No such file or directory")
        (self.folder / "folder.off").mkdir()
        self.assertEqual(self.refusal("weyl-mesh", self.folder / "folder.off"), "folder.off: is a directory, not a file")
        self.assertEqual(self.refusal("weyl-mesh", "/dev/zero"), "/dev/zero: is a device, not a file")
        self.assertEqual(self.refusal("weyl-mesh", "-"), "standard input: no mesh was given")
        self.assertEqual(self.refusal("weyl-mesh", "-", stdin="PLY\n"), "standard input:1: expected OFF, found 'PLY'")
        loop = self.folder / "loop.off"
        loop.symlink_to(loop)
        self.assertEqual(self.refusal("weyl-mesh", loop), "loop.off: cannot be read: Too many levels of symbolic links")

    @unittest.skipIf(os.geteuid() != 0, "needs another user")
    def test_a_file_that_may_not_be_read(self):
        secret = self.write("secret.off", TETRAHEDRON)
        secret.chmod(0)
        self.folder.chmod(0o755)
        result = subprocess.run([BIN / "weyl-mesh", secret], capture_output=True, text=True, user=65534, check=False)
        if result.returncode == 126:
            self.skipTest("the tool itself may not be read")
        self.assertEqual((result.returncode, result.stdout), (3, ""))
        self.assertEqual(result.stderr, f"weyl-mesh: error: {secret}: cannot be read: Permission denied\n")

    def test_a_pipe_is_read_to_its_end(self):
        pipe = self.folder / "pipe.off"
        os.mkfifo(pipe)
        for content, good in ((TETRAHEDRON, True), (TETRAHEDRON[:20], False)):
            writer = threading.Thread(target=pipe.write_text, args=(content,))
            writer.start()
            result = run("weyl-mesh", pipe)
            writer.join()
            self.assertEqual(result.status, 0 if good else 3, result.err)

    @unittest.skipIf(SANITIZED, "sanitizers take memory")
    def test_counts_that_lie_take_no_memory(self):
        lies = [("a.off", "OFF\n2000000000 2000000000 0\n" + "0 " * 1000), ("a.ply", "ply\nformat binary_little_endian 1.0\n"
                "element vertex 2000000000\nproperty float x\nproperty float y\nproperty float z\nend_header\n"),
                ("a.stl", b"\x00" * 80 + struct.pack("<I", 2**32 - 1) + b"\x00" * 50),
                ("a.msh", "$MeshFormat\n2.2 0 8\n$EndMeshFormat\n$Nodes\n2000000000\n1 0 0 0\n"),
                ("a.mesh", "MeshVersionFormatted 2\nDimension 3\nVertices 2000000000\n0 0 0 0\n"),
                ("a.vtk", "# vtk DataFile Version 3.0\nt\nASCII\nDATASET POLYDATA\nPOINTS 2000000000 float\n0 0 0\n"),
                ("a.vtu", '<VTKFile type="UnstructuredGrid"><UnstructuredGrid><Piece NumberOfPoints="2000000000" '
                          'NumberOfCells="2000000000"><Points><DataArray type="Float64" format="ascii">0</DataArray></Points>'
                          "</Piece></UnstructuredGrid></VTKFile>"),
                ("lh.white", b"\xff\xff\xfeby\n\n\x7f\xff\xff\xff\x7f\xff\xff\xff")]
        for name, content in lies:
            with self.subTest(name=name):
                result = run("weyl-mesh", self.write(name, content))
                self.assertEqual((result.status, result.out), (3, ""))
                self.assertLess(result.megabytes, 150)
                self.assertLess(result.seconds, 5)


class Expressions(BadInputTest):
    """The grammar of SPACE."""

    def test_each_bad_expression_is_answered_with_its_column(self):
        length = "a positive length, not above 1e100 or below 1e-100"
        group = ("a group: antipodal, a point group such as C5, D3h, Td or Ih, one of S A C B, SO:k, 2T 2O 2I, or a file "
                 "ending in .json")
        dimension = "the dimension, a whole number from 1 to 1000"
        for space, line in (
                ("sphere", "column 7: expected ':' (sphere:D), but it ends here"),
                ("sphere:", f"column 8: expected {dimension}, but it ends here"),
                ("sphere:0", f"column 8: expected {dimension}, but found '0'"),
                ("sphere:2.5", f"column 9: expected {dimension}, but found '.'"),
                ("sphere:-1", f"column 8: expected {dimension}, but found '-'"),
                ("sphere:99999999999999999999", f"column 8: expected {dimension}, but found '9'"),
                ("torus:nan", "column 7: expected a length such as 1.5, 2pi or sqrt(3)/2, but found 'n'"),
                ("torus:1e300", f"column 7: expected {length}, but found '1'"),
                ("torus:1e-300", f"column 7: expected {length}, but found '1'"),
                ("box:1,2", "column 8: expected ',' and another number (box:a,b,c), but it ends here"),
                ("box:1,2,3,4", "column 11: expected no more numbers (box:a,b,c), but found '4'"),
                ("sphere:2^0", "column 10: expected the exponent, a whole number from 1 to 10000, but found '0'"),
                ("sphere:2/", f"column 10: expected {group}, but it ends here"),
                ("sphere:2/Q", f"column 10: expected {group}, but found 'Q'"),
                ("(sphere:2", "column 10: expected ')', but it ends here"),
                ("sphere:2)", "column 9: expected one of * ^ / ; or the end, but found ')'"),
                ("sphere:2 ", "column 9: expected one of * ^ / ; or the end, but found ' '"),
                ("sphere:2;robin", "column 10: expected neumann or dirichlet, but found 'r'"),
                ("lattice:[[1,0],[0]]", "column 16: expected a vector of 2 numbers, as the first one, but found '['"),
                ("lattice:[[1,0],[2,0]]", "column 1: lattice: the vectors are linearly dependent"),
                ("annulus:2,1", "column 11: expected an outer radius above the inner one, but found '1'"),
                ("sphere:2/SO:9", "column 10: SO:9: leaves a point of sphere:2: k from 2 to 2 leaves more"),
                ("polygon:", "column 9: expected the name of a file, but it ends here"),
                ("drum:x", "column 6: expected gww1 or gww2, but found 'x'"),
        ):
            with self.subTest(space=space):
                self.assertEqual(self.refusal("weyl-spectrum", space), f"{space}: {line}")
        nothing = "there is no such file, and no model space begins with this name (sphere, torus, disk, ...)"
        for space in ("*sphere:2", ";dirichlet", "équilatéral:1", "a" * 5000):
            with self.subTest(space=space[:20]):
                self.assertEqual(self.refusal("weyl-spectrum", space), f"{space}: {nothing}")

    def test_long_expressions_end(self):
        self.refusal("weyl-count", "(" * 100000, "--lambda", 1)
        self.refusal("weyl-count", "sphere:2" + "^2" * 50000, "--lambda", 1)
        long = "circle:1*" * 300 + "circle:1"  # longer than the name of a file may be
        self.assertEqual(document("weyl-count", long, "--lambda", 1)["counts"][0]["count"], 1)

    def test_files_of_corners(self):
        missing = "expected two numbers, the coordinates of a corner"
        for name, content, line in (
                ("empty.txt", "", "empty.txt: a polygon needs three corners, but there are 0"),
                ("two.txt", "0 0\n1 0\n", "two.txt: a polygon needs three corners, but there are 2"),
                ("nan.txt", "0 0\nnan 0\n0 1\n", f"nan.txt:2: {missing}"),
                ("large.txt", "0 0\n1e300 0\n0 1\n", f"large.txt:2: {missing}"),
                ("three.txt", "0 0\n1 0 0\n0 1\n", f"three.txt:2: {missing}"),
                ("garbage.txt", bytes(range(1, 256)), f"garbage.txt:1: {missing}"),
                ("crossed.txt", "0 0\n1 1\n1 0\n0 1\n",
                 "crossed.txt:3: the edge from here meets the one from line 1: not a simple polygon")):
            with self.subTest(name=name):
                self.assertEqual(self.refusal("weyl-count", f"polygon:{self.write(name, content)}"), line)
        for content in ("0 0\r\n1 0\r\n1 1\r\n0 1\r\n", "# a square\n\n0 0\n1 0 # second\n1 1\n0 1\n0 0\n", "0,0\n1,0\n1,1\n0,1"):
            square = self.write("square.txt", content)
            self.assertEqual(document("weyl-count", f"polygon:{square}", "--lambda", 10)["space"]["volume"], 1)


class Groups(BadInputTest):
    """Files of generators."""

    def test_each_bad_file_of_a_model_space_is_answered_with_its_line(self):
        expected = 'a list of generators is expected, alone or under the key "generators"'
        rows = "the rows of a matrix are lists of one length from 1 to 64"
        entry = 'an entry is not a number or text such as "sqrt(3)/2"'
        for content, line in (
                ("", ":1: is no JSON document"), ("[[\n[1,\n", ":3: is no JSON document"),
                (b"\xff\xfe\x00garbage", ":1: is no JSON document"), (gzip.compress(b"[]"), ":1: is no JSON document"),
                ("[[[NaN]]]", ":1: is no JSON document"), ("[[[1e999]]]", ": has a number that is not finite"),
                ("{}", f": {expected}"), ("3", f": {expected}"), ("[]", f": {expected}"),
                ("[[[1,0,0],[0,1],[0,0,1]]]", f": {rows}"), ('[[["x",0,0],[0,1,0],[0,0,1]]]', f": {entry}: x"),
                ("[[[[1],0,0],[0,1,0],[0,0,1]]]", f": {entry}"),
                ("[" * 1000000 + "]" * 1000000, ": has more than 100 brackets in one another")):
            with self.subTest(content=content[:30]):
                file = self.write("group.json", content)
                for tool in ("weyl-count", "weyl-spectrum"):
                    self.assertEqual(self.refusal(tool, f"sphere:2/{file}"), f"group.json{line}")

    def test_generators_that_are_no_isometries_are_refused(self):
        for content in ("[[[2,0,0],[0,1,0],[0,0,1]]]", "[[[1e300,0,0],[0,1,0],[0,0,1]]]", "[[[1,0],[0,1]]]",
                        "[[[0.8,-0.6,0],[0.6,0.8,0],[0,0,1]]]"):
            with self.subTest(content=content):
                file = self.write("group.json", content)
                self.assertIn("group.json", self.refusal("weyl-spectrum", f"sphere:2/{file}"))

    def test_each_bad_file_of_a_mesh_is_answered_with_its_line(self):
        expected = ': expected {"matrices": [[[...]]]} or {"permutations": [[...]]}, of numbers'
        for content, line in (
                ("", ":1: is no JSON document"), ('{"matrices":\n[[[1', ":2: is no JSON document"), ("{}", expected),
                ("3", expected), ("[]", expected), ('{"matrices": [[["1",0,0],[0,1,0],[0,0,1]]]}', expected),
                ('{"matrices": [[[1,0],[0,1]]]}', ": a matrix is not 3 x 3"),
                ('{"matrices": [[[2,0,0],[0,1,0],[0,0,1]]]}', ": generator 0: it is not an orthogonal 3 x 3 matrix"),
                ('{"matrices": [[[1e300,0,0],[0,1,0],[0,0,1]]]}', ": generator 0: it is not an orthogonal 3 x 3 matrix"),
                ('{"permutations": [[0,1]]}', ": generator 0 has 2 images for 4 points"),
                ('{"permutations": [[0,1,2,4]]}', None), ('{"permutations": [[0,0,1,2]]}', None),
                ('{"permutations": [[-1,0,1,2]]}', ": has -1 where an index is expected"),
                ('{"permutations": [[0,1.5,2,3]]}', ": has 1.5 where an index is expected"),
                ('{"permutations": [[0,1,2,1e40]]}', ": has 1e+40 where an index is expected"),
                ('{"permutations": [[0,1,2,4294967299]]}', ": has 4294967299 where an index is expected"),
                ('{"permutations": [[0,1,2,[3]]]}', ": has [3] where an index is expected"), ('{"permutations": "x"}', expected)):
            with self.subTest(content=content[:40]):
                file = self.write("group.json", content)
                found = self.refusal("weyl-quotient", "mesh:tetrahedron@9", "--group", file)
                if line:
                    self.assertEqual(found, f"group.json{line}")
                else:
                    self.assertIn("group.json: generator 0", found)

    def test_odd_files_are_read(self):
        for content in (f"[{UNIT}]", f"\ufeff[{UNIT}]", f"[\r\n{UNIT}\r\n]", '{"generators": [%s], "by": "hand"}' % UNIT):
            file = self.write("group.json", content)
            for tool in ("weyl-count", "weyl-spectrum"):
                with self.subTest(content=content, tool=tool):
                    self.assertEqual(document(tool, f"sphere:2/{file}")["space"]["dimension"], 2)


class Lists(BadInputTest):
    """Lists of eigenvalues."""

    def test_each_bad_list_is_answered_with_its_line(self):
        column = "is no number, and no column is named lambda or eigenvalue"
        for name, content, line in (
                ("empty.csv", "", "empty.csv: has no eigenvalues"),
                ("names.csv", "k,lambda\n", "names.csv: has no eigenvalues"),
                ("cut.json", '{"eigenvalues": [0, 1,', "cut.json:1: is no JSON document"),
                ("nan.txt", "0\nnan\n", "nan.txt:2: 'nan' is not finite"),
                ("large.txt", "0\n1e999\n", None),
                ("order.txt", "0\n3\n2\n", "order.txt:3: 2 comes after 3; the list should ascend"),
                ("negative.txt", "-1\n3\n", "negative.txt:1: -1 is negative; eigenvalues are those of -div grad"),
                ("garbage.txt", bytes(range(128, 256)) * 3, None),
                ("mesh.txt", TETRAHEDRON, f"mesh.txt:1: 'OFF' {column}"),
                ("archive.csv", gzip.compress(b"0\n1\n"), None),
                ("key.json", '{"values": [1]}', 'key.json: has no key "eigenvalues"'),
                ("deep.json", "[" * 100000, "deep.json: has more than 100 brackets in one another"),
                ("none.csv", None, "none.csv: cannot be read: No such file or directory")):
            with self.subTest(name=name):
                file = self.folder / name if content is None else self.write(name, content)
                found = self.refusal("weyl-count", file)
                if line:
                    self.assertEqual(found, line)
                else:
                    self.assertTrue(found.startswith(name + ":"))
        (self.folder / "folder.csv").mkdir()
        self.assertEqual(self.refusal("weyl-count", self.folder / "folder.csv"), "folder.csv: is a directory, not a file")

    def test_lists_without_a_scale_or_of_any_scale_are_answered(self):
        """1e300 and 1e-300, all zeros, all equal: a result without NaN or one line, never worse."""
        for values in (["0"] * 200, ["1"] * 200, [f"{k}e300" for k in range(1, 9)] * 1, [f"{k}e-300" for k in range(1, 200)],
                       [f"{k}e298" for k in range(1, 200)], ["0"] + ["1e-320"] * 100, [str(2**k) for k in range(300)]):
            file = self.write("scale.txt", "\n".join(values))
            result = run("weyl-count", file, "--json", timeout=60)
            with self.subTest(first=values[:3], err=result.err):
                self.assertIn(result.status, (0, 3, 4))
                if result.status == 0:
                    self.assertIsNone(re.search(r"\b(nan|inf)\b", result.out))
                else:
                    self.assertRegex(result.err, r"\Aweyl-count: error: scale.txt|\Aweyl-count: error: [^\n]+\n\Z")


if __name__ == "__main__":
    unittest.main()
