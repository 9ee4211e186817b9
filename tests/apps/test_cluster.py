# SPDX-License-Identifier: GPL-3.0-or-later
"""What weyl-cluster promises: the eigenvalues of the other tools on any number of processes, and one line of error.

Run by CTest where WEYL_WITH_SLEPC is on, or by hand: WEYL_BIN=build/release/bin python3 tests/apps/test_cluster.py
"""

import os
import re
import signal
import struct
import subprocess
import tempfile
import time
import unittest
from collections import Counter
from functools import reduce
from itertools import product
from pathlib import Path

from test_schema import validator
from tools import BIN, TETRAHEDRON, document, off, parse_json, rectangle, run, union

PROCESSES = (1, 2, 4)
MPIRUN = ("/usr/bin/mpirun", "-q", "--oversubscribe", "--allow-run-as-root")
ENVIRONMENT = {"OMP_NUM_THREADS": "1"}  # more threads than cores make BLAS crawl


def cluster(processes, *args):
    """Runs weyl-cluster on so many processes."""
    return run(MPIRUN[0], *MPIRUN[1:], "-n", processes, BIN / "weyl-cluster", *args, env=ENVIRONMENT)


class ClusterTest(unittest.TestCase):
    """A folder with some meshes, and what all results and errors look like."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.square = self.write("square.off", off(*rectangle(24, 24)))

    def write(self, name, text):
        """Writes a file into the folder of this test."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def document(self, processes, *args):
        """The JSON document of a run that says nothing else."""
        result = cluster(processes, *args, "--json")
        self.assertEqual((result.status, result.err), (0, ""))
        return parse_json(result.out)

    def assert_same_spectrum(self, space, *args, relative=1e-10):
        """weyl-cluster on 1, 2 and 4 processes finds what weyl-spectrum finds; returns their documents."""
        expected = document("weyl-spectrum", space, *args)
        documents = [self.document(processes, "spectrum", space, *args) for processes in PROCESSES]
        for found in documents:
            self.assertEqual(found["first"], expected["first"])
            self.assertEqual(len(found["eigenvalues"]), len(expected["eigenvalues"]))
            scale = max(expected["eigenvalues"], default=1)
            for value, other in zip(found["eigenvalues"], expected["eigenvalues"]):
                self.assertLessEqual(abs(value - other), relative * max(other, 1e-2 * scale))
            self.assertTrue(found["confirmed"])
            validator("weyl-spectrum").validate(found)
            for key in ("space", "discretization", "last_multiplet"):
                self.assertEqual(found[key], expected[key])
            self.assertAlmostEqual(found["resolved_up_to"] / expected["resolved_up_to"], 1, places=9)
        return documents

    def assert_fails(self, result, status, tool="weyl-cluster spectrum"):
        """The exit status, one line of error, and nothing else; a process that mpirun ends meanwhile may say so."""
        self.assertEqual(result.status, status, result.err)
        self.assertEqual(result.out, "")
        self.assertRegex(result.err, rf"\A{tool}: error: [^\n]+\n({tool}: error: terminated[^\n]*\n)*\Z")


class SameResults(ClusterTest):
    """The pencil is the same, however many processes hold it."""

    def test_the_smallest_eigenvalues_of_a_sphere(self):
        self.assert_same_spectrum("mesh:icosphere@0.1", "-k", 30)

    def test_elements_of_order_two_under_dirichlet_conditions(self):
        self.assert_same_spectrum(self.square, "-k", 12, "--order", 2, "--boundary", "dirichlet")

    def test_lumped_masses_on_a_refined_solid(self):
        self.assert_same_spectrum("mesh:box@0.6", "-k", 8, "--mass", "lumped", "--refine", 1)

    def test_a_surface_known_by_edge_lengths_alone(self):
        self.assert_same_spectrum("mesh:klein@0.1", "-k", 10)

    def test_a_flat_space_by_name_with_its_order_and_refinement(self):
        self.assert_same_spectrum("torus:2", "--size", 2.5, "--refine", 1, "-k", 9)

    def test_meshes_with_fewer_cells_than_processes_can_share(self):
        self.assert_same_spectrum(self.write("tetrahedron.off", off(*TETRAHEDRON)), "-k", 10)

    def test_an_interval_whose_ends_are_no_eigenvalues(self):
        self.assert_same_spectrum(self.square, "--interval", "30,200")

    def test_an_interval_without_eigenvalues(self):
        self.assert_same_spectrum(self.square, "--interval", "21,30")

    def test_groups_of_processes_share_an_interval(self):
        expected = document("weyl-spectrum", self.square, "--interval", "0,300")["eigenvalues"]
        for processes, groups in ((2, 2), (4, 2), (4, 4)):
            found = self.document(processes, "spectrum", self.square, "--interval", "0,300", "--partitions", groups)
            self.assertEqual(len(found["eigenvalues"]), len(expected))
            for value, other in zip(found["eigenvalues"], expected):
                self.assertLessEqual(abs(value - other), 1e-10 * max(other, 3))

    def test_counts_at_and_beside_eigenvalues(self):
        lambdas = [word for value in (0, 5, 100.5, 1000) for word in ("--lambda", value)]
        expected = document("weyl-count", self.square, *lambdas)["counts"]
        for processes in PROCESSES:
            found = self.document(processes, "count", self.square, *lambdas)
            validator("weyl-count").validate(found)
            for count, other in zip(found["counts"], expected):
                for key in ("lambda", "count", "below", "at_eigenvalue", "resolved"):
                    self.assertEqual(count[key], other[key])

    def test_copies_that_krylov_schur_misses_are_brought_back(self):
        copies = self.write("copies.off", off(*reduce(union, [rectangle(12, 12)] * 12)))
        recovered = [found["recovered"] for found in self.assert_same_spectrum(copies, "-k", 20)]
        self.assertGreater(max(recovered), 0)  # one vector at a time hardly finds 12 copies of each

    def test_multigrid_finds_the_same_and_says_that_nothing_counts_it(self):
        for space in (self.square, "mesh:ball@0.3"):
            expected = document("weyl-spectrum", space, "-k", 8)
            for processes in PROCESSES:
                found = self.document(processes, "spectrum", space, "-k", 8, "--solver", "lobpcg")
                self.assertFalse(found["confirmed"])
                self.assertLessEqual(found["resolved_up_to"], 1.5 * expected["resolved_up_to"])
                for value, other in zip(found["eigenvalues"], expected["eigenvalues"]):
                    self.assertLessEqual(abs(value - other), 1e-10 * max(other, 1))

    def columns(self, array):
        """The columns of a .npy file, as it is written: doubles, columns one after the other."""
        data = array.read_bytes()
        rows, count = map(int, re.search(rb"'fortran_order': True, 'shape': \((\d+), (\d+)\)", data[:200]).groups())
        values = struct.unpack(f"<{rows * count}d", data[-8 * rows * count:])
        return [values[k * rows:(k + 1) * rows] for k in range(count)]

    def assert_same_eigenspaces(self, array, other, multiplets, mass):
        """Eigenvectors of both are M-orthonormal and, in each of `multiplets` (ends of numbers), span the same."""
        found, expected = self.columns(array), self.columns(other)
        self.assertEqual((len(found), len(found[0])), (len(expected), len(expected[0])))
        inner = lambda u, v: sum(m * u[i] * v[j] for (i, j), m in mass.items())
        for begin, end in multiplets:
            for v in found[begin:end]:
                for u in found[:end]:
                    self.assertLessEqual(abs(inner(u, v) - (u is v)), 1e-8)
                # What the others' eigenspace holds of it.
                self.assertAlmostEqual(sum(inner(u, v)**2 for u in expected[begin:end]), 1, delta=1e-8)

    def test_eigenvectors_span_the_eigenspaces_of_weyl_spectrum(self):
        points, faces = rectangle(12, 12)
        mesh = self.write("small.off", off(points, faces))
        mass = Counter()
        for face in faces:  # of linear elements: area/12, twice on the diagonal
            for i, j in product(face, face):
                mass[i, j] += (1 + (i == j)) / 24 / 144
        local, array = self.folder / "local.npy", self.folder / "cluster.npy"
        for args in (["-k", 9], ["--interval", "5,90"]):
            values = document("weyl-spectrum", mesh, *args, "--eigenvectors", local)["eigenvalues"]
            starts = [k for k, value in enumerate(values) if k == 0 or value - values[k - 1] > 1e-6 * value]
            for processes in PROCESSES:
                self.document(processes, "spectrum", mesh, *args, "--eigenvectors", array)
                self.assert_same_eigenspaces(array, local, zip(starts, [*starts[1:], len(values)]), mass)

    def test_eigenvectors_in_every_format_and_of_every_order(self):
        array = self.folder / "modes.npy"
        for args, rows in ((["--boundary", "dirichlet"], 625), (["--order", 2], 2401), (["--solver", "lobpcg"], 625),
                           (["--interval", "1,60", "--partitions", 2], 625), (["--intrinsic-delaunay"], 625)):
            count = len(self.document(2, "spectrum", self.square, *args, "--eigenvectors", array)["eigenvalues"])
            columns = self.columns(array)
            self.assertEqual((len(columns), len(columns[0])), (count, rows))
            for x in columns:
                self.assertAlmostEqual(sum(value * value for value in x) / rows, 1, delta=0.3)  # ∫ u² over area 1
        for suffix in (".npz", ".vtu", ".ply"):
            file = self.folder / f"modes{suffix}"
            self.document(2, "spectrum", self.square, "-k", 3, "--eigenvectors", file)
            self.assertGreater(file.stat().st_size, 3 * 625 * 8)

    def test_options_behind_two_dashes_are_those_of_petsc(self):
        result = cluster(2, "spectrum", self.square, "-k", 3, "--csv", "-o", self.folder / "out.csv", "--",
                         "-eps_view")
        self.assertEqual((result.status, result.err), (0, ""))
        self.assertIn("EPS Object: 2 MPI processes", result.out)
        self.assertEqual(len((self.folder / "out.csv").read_text().splitlines()), 4)


class Failures(ClusterTest):
    """Process 0 alone speaks, once, and mpirun hands on its exit status."""

    def test_a_wrong_command_line(self):
        self.assert_fails(cluster(2, "spectrum", self.square, "-k", "many"), 2)
        self.assert_fails(cluster(2, "spectrum"), 2)
        self.assert_fails(cluster(2, "spectrum", self.square, "--interval", "0,9", "--solver", "lobpcg"), 2)
        self.assert_fails(cluster(2, "spectrum", self.square, "--interval", "0,9", "--partitions", 3), 2)
        self.assert_fails(cluster(2, "count", self.square), 2, "weyl-cluster count")
        self.assert_fails(cluster(2, "quotient", self.square), 2, "weyl-cluster")
        self.assert_fails(cluster(2), 2, "weyl-cluster")

    def test_input_that_cannot_be_used(self):
        self.assert_fails(cluster(2, "spectrum", self.folder / "missing.off"), 3)
        self.assert_fails(cluster(2, "spectrum", self.write("bad.off", "OFF\n3 1 0\n0 0 0\n")), 3)
        self.assert_fails(cluster(2, "spectrum", "bolza"), 3)
        self.assert_fails(cluster(2, "spectrum", self.square, "--order", 2, "--mass", "lumped"), 3)
        self.assert_fails(cluster(2, "spectrum", self.square, "-o", self.folder / "missing" / "out.json"), 3)
        self.assert_fails(cluster(2, "spectrum", self.square, "--eigenvectors", self.folder / "missing" / "x.npy"), 3)
        one = self.write("one.off", off([(0, 0, 0), (1, 0, 0), (0, 1, 0)], [(0, 1, 2)]))
        self.assert_fails(cluster(2, "spectrum", one, "--boundary", "dirichlet"), 3)

    def test_an_iteration_that_does_not_converge(self):
        result = cluster(2, "spectrum", self.square, "-k", 20, "--", "-eps_max_it", 1)
        self.assert_fails(result, 4)
        self.assertIn("-eps_max_it", result.err)

    def test_a_petsc_option_that_nothing_reads(self):
        result = cluster(2, "spectrum", self.square, "-k", 3, "--", "-eps_maxit", 5)
        self.assertEqual(result.status, 0)
        self.assertEqual(result.err,
                         "weyl-cluster spectrum: warning: nothing has read the PETSc option -eps_maxit\n")

    def interrupt(self, victim):
        """Starts a long run on two processes, and ends `victim` of ("mpirun", "0", "1") once they work."""
        out = self.folder / "out.json"
        command = [*MPIRUN, "-n", 2, BIN / "weyl-cluster", "spectrum", "mesh:icosphere@0.02", "-k", 300, "-o", out]
        started = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                   env={**os.environ, **ENVIRONMENT})
        children = Path(f"/proc/{started.pid}/task/{started.pid}/children")
        while len(children.read_text().split()) < 2:
            time.sleep(0.05)
        time.sleep(2)  # into the work
        if victim == "mpirun":
            started.send_signal(signal.SIGTERM)
        else:
            rank = f"OMPI_COMM_WORLD_RANK={victim}\0".encode()
            pid = next(pid for pid in children.read_text().split() if rank in Path(f"/proc/{pid}/environ").read_bytes())
            os.kill(int(pid), signal.SIGKILL)
        stdout, stderr = started.communicate(timeout=60)
        self.assertEqual(stdout, "")
        self.assertEqual(list(self.folder.glob("out*")), [])
        return started.returncode, stderr

    def test_a_process_that_dies_ends_the_others_in_one_line_and_leaves_no_file(self):
        status, stderr = self.interrupt("1")
        self.assertEqual(status, 128 + signal.SIGKILL)
        self.assertRegex(stderr, r"\Aweyl-cluster spectrum: error: terminated; another process has ended[^\n]*\n\Z")

    def test_without_process_0_which_speaks_the_others_end_too(self):
        self.assertEqual(self.interrupt("0"), (128 + signal.SIGKILL, ""))  # without -q mpirun says which

    def test_a_time_limit_is_kept_by_process_0_for_all(self):
        result = cluster(2, "spectrum", "mesh:icosphere@0.02", "-k", 300, "--time-limit", "1", "-o", self.folder / "out.json")
        self.assert_fails(result, 4)
        self.assertIn("not done within the time limit of 1 s", result.err)
        self.assertEqual(list(self.folder.glob("out*")), [])

    def test_a_memory_limit_holds_for_each_process(self):
        for limit in ("60M", "100M"):  # OpenBLAS alone takes 129
            self.assert_fails(cluster(2, "spectrum", self.square, "-k", 5, "--memory-limit", limit), 4)
        expected = self.document(2, "spectrum", self.square, "-k", 5)["eigenvalues"]
        found = self.document(2, "spectrum", self.square, "-k", 5, "--memory-limit", "2G")["eigenvalues"]
        for value, other in zip(found, expected):
            self.assertLessEqual(abs(value - other), 1e-10 * max(other, 1))

    def test_the_end_that_a_batch_system_sends_is_said_in_one_line(self):
        status, stderr = self.interrupt("mpirun")
        self.assertNotEqual(status, 0)
        self.assertRegex(stderr, r"\Aweyl-cluster spectrum: error: terminated; another process has ended[^\n]*\n\Z")


if __name__ == "__main__":
    unittest.main()
