# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens when memory, disk, time or patience ends: one line, no half file, and nothing lost that was computed.

docs/reliability.md has the table. Run by CTest, or by hand: WEYL_BIN=build/release/bin python3 tests/apps/test_faults.py
"""

import json
import os
import random
import resource
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from tools import BIN, SANITIZED, off, parse_json, rectangle, run

TOOLS = {  # what each of them is asked here
    "weyl-count": ["--lambda", "50"], "weyl-spectrum": ["-k", "20"], "weyl-quotient": ["--group", "C2", "-k", "5"],
    "weyl-mesh": ["--refine", "1"], "weyl-learn": ["--group", "C2", "--modes", "50", "--samples", "20,40"]}


class FaultTest(unittest.TestCase):
    """A folder with a mesh, and what every failure looks like."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.square = self.folder / "square.off"
        self.square.write_text(off(*rectangle(24, 24)), encoding="utf-8")

    def files(self):
        return sorted(self.folder.rglob("*"))

    def assert_fails(self, tool, result, status, line=None):
        """Status, empty standard output, one line of error."""
        self.assertEqual((result.status, result.out), (status, ""), result.err)
        self.assertRegex(result.err, rf"\A{tool}: error: [^\n]+\n\Z")
        if line:
            self.assertEqual(result.err, f"{tool}: error: {line}\n")

    def sphere(self, size):
        mesh = self.folder / "sphere.off"
        self.assertEqual(run("weyl-mesh", "icosphere", "--size", size, "-o", mesh).status, 0)
        return mesh


@unittest.skipIf(SANITIZED, "sanitizers take memory")
class Memory(FaultTest):
    """--memory-limit, ulimit -d and ulimit -v."""

    def test_wherever_memory_ends_there_is_a_result_or_one_line(self):
        mesh = self.sphere(0.05)
        for tool, args in TOOLS.items():
            outcomes = set()
            for megabytes in (1, 12, 28, 90, 200, 500):
                target = self.folder / "result"
                args_here = [*(args if tool != "weyl-mesh" else ["--refine", "2"]), "-o", target.with_suffix(".ply")]
                before = self.files()
                result = run(tool, mesh, *args_here, "--memory-limit", f"{megabytes}M")
                with self.subTest(tool=tool, megabytes=megabytes, err=result.err[:200]):
                    outcomes.add(result.status)
                    if result.status == 0:
                        for file in set(self.files()) - set(before):
                            file.unlink()
                    else:
                        self.assert_fails(tool, result, 4)
                        self.assertRegex(result.err, "memory")
                        self.assertEqual(self.files(), before)
            self.assertEqual(outcomes, {0, 4}, tool)

    def test_what_will_not_fit_is_refused_before_it_is_begun(self):
        mesh = self.sphere(0.05)
        for limits, args in (({}, ["--memory-limit", "300M"]), ({resource.RLIMIT_DATA: 300 << 20}, [])):
            result = run("weyl-spectrum", mesh, "-k", 3000, "--eigenvectors", self.folder / "modes.npz", *args, limits=limits)
            self.assert_fails("weyl-spectrum", result, 4)
            self.assertRegex(result.err, r"GiB of memory are needed .* only 0\.\d+ may be taken: ask for fewer")
            self.assertLess(result.megabytes, 200)


class Sizes(FaultTest):
    """What has more cells than a mesh may have."""

    def test_a_mesh_of_too_many_cells_is_refused_with_their_number(self):
        too_many = "cells, more than 2e+08"
        for args, line in ((["icosphere", "--size", "1e-4"],
                            f"icosphere: the mesh would have 3.5e+09 {too_many}; choose a larger size"),
                           (["box", "--size", "0.1", "--refine", "8"], None),
                           ([self.square, "--refine", "12"], f"refine: 12 levels would make 1.93e+10 {too_many}")):
            with self.subTest(args=args):
                result = run("weyl-mesh", *args)
                self.assert_fails("weyl-mesh", result, 3, line)
                self.assertIn(too_many, result.err)
                self.assertLess(result.megabytes, 300)  # the cells would take gigabytes


class Disk(FaultTest):
    """Files that cannot be written, or not to their end."""

    def outputs(self):
        """Every kind of file that a tool writes."""
        yield "weyl-count", self.square, ["-o"], "count.txt"
        yield "weyl-count", self.square, ["--report"], "page.html"
        yield "weyl-spectrum", self.square, ["--json", "-o"], "spectrum.json"
        for suffix in (".npz", ".npy", ".vtu", ".ply"):
            yield "weyl-spectrum", self.square, ["-k", "40", "--eigenvectors"], f"modes{suffix}"
        yield "weyl-quotient", self.square, ["-k", "5", "--json", "-o"], "quotient.json"
        yield "weyl-learn", "sphere:2", ["--group", "antipodal", "--json", "-o"], "learn.json"
        yield "weyl-mesh", self.square, ["-o"], "mesh.obj"

    def test_a_file_that_may_not_grow_is_not_there_afterwards(self):
        """RLIMIT_FSIZE: the system refuses to write on after 512 bytes."""
        before = self.files()
        for tool, space, args, name in self.outputs():
            with self.subTest(tool=tool, name=name):
                file = self.folder / name
                result = run(tool, space, *args, file, limits={resource.RLIMIT_FSIZE: 512})
                self.assert_fails(tool, result, 3, f"{file}: cannot be written: File too large")
                self.assertEqual(self.files(), before)

    @unittest.skipIf(os.geteuid() != 0, "only root may mount")
    def test_a_full_disk_leaves_what_was_there(self):
        disk = self.folder / "disk"
        disk.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], capture_output=True, check=False)
        if mounted.returncode != 0:
            self.skipTest("a small file system cannot be mounted here")
        try:
            for tool, space, args, name in self.outputs():
                with self.subTest(tool=tool, name=name):
                    file = disk / name
                    file.write_text("old", encoding="utf-8")
                    (disk / "ballast").write_bytes(b"x" * (60 << 10))
                    before = self.files()
                    result = run(tool, space, *args, file)
                    self.assert_fails(tool, result, 3, f"{file}: cannot be written: No space left on device")
                    self.assertEqual((file.read_text(encoding="utf-8"), self.files()), ("old", before))
                    file.unlink()
        finally:
            subprocess.run(["umount", disk], check=True)

    def test_a_device_that_is_full_is_told(self):
        for tool, space, args, name in self.outputs():
            if not name.startswith("modes") and tool != "weyl-mesh":  # whose names need an ending
                with self.subTest(tool=tool, name=name):
                    result = run(tool, space, *args, "/dev/full")
                    self.assert_fails(tool, result, 3, "/dev/full: cannot be written: No space left on device")

    def test_a_path_that_cannot_be_written(self):
        folder = self.folder / "folder.npz"
        folder.mkdir()
        before = self.files()
        for tool, space, args, name in self.outputs():
            missing = self.folder / "none" / name
            below_a_file = self.square / name
            for file, reason in ((missing, "No such file or directory"), (below_a_file, "Not a directory")):
                with self.subTest(tool=tool, file=file):
                    self.assert_fails(tool, run(tool, space, *args, file), 3, f"{file}: cannot be written: {reason}")
                    self.assertEqual(self.files(), before)
        self.assert_fails("weyl-spectrum", run("weyl-spectrum", self.square, "--eigenvectors", folder), 3,
                          f"{folder}: cannot be written: it is a directory")

    def test_no_output_takes_the_place_of_the_input_or_of_another_output(self):
        mesh = self.square.read_bytes()
        link = self.folder / "link.html"
        link.symlink_to(self.square)
        for tool, args, first, file in (
                ("weyl-count", ["-o", self.square], "SPACE and --output", self.square),
                ("weyl-quotient", ["--report", link], "SPACE and --report", link),
                ("weyl-spectrum", ["--eigenvectors", "a.npz", "-o", "a.npz"], "--eigenvectors and --output", "a.npz"),
                ("weyl-mesh", ["--report", "a.off", "-o", "a.off"], "--report and --output", "a.off")):
            with self.subTest(tool=tool):
                self.assert_fails(tool, run(tool, self.square, *args), 3, f"{file}: {first} name the same file")
                self.assertEqual(self.square.read_bytes(), mesh)
        self.assertEqual(run("weyl-mesh", self.square, "--refine", 1, "-o", self.square).status, 0)
        self.assertIn("2401 vertices", run("weyl-mesh", self.square).out)

    def test_standard_output_that_is_closed_or_that_nobody_reads(self):
        tool, *args = str(BIN / "weyl-count"), str(self.square), "--samples", "2000"
        closed = subprocess.run(["sh", "-c", '"$@" >&-', "sh", tool, *args], capture_output=True, text=True, check=False)
        self.assertEqual((closed.returncode, closed.stderr), (3, "weyl-count: error: standard output: cannot be written\n"))
        with subprocess.Popen([tool, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            process.stdout.close()
            self.assertEqual((process.wait(timeout=60), process.stderr.read()), (-signal.SIGPIPE, ""))

    @unittest.skipIf(os.geteuid() != 0, "needs another user")
    def test_a_folder_that_may_not_be_written(self):
        self.folder.chmod(0o755)
        file = self.folder / "count.txt"
        result = subprocess.run([BIN / "weyl-count", self.square, "-o", file], capture_output=True, text=True, user=65534,
                                check=False)
        if result.returncode == 126:
            self.skipTest("the tool itself may not be read")
        self.assertEqual((result.returncode, result.stdout), (3, ""))
        self.assertEqual(result.stderr, f"weyl-count: error: {file}: cannot be written: Permission denied\n")


class Signals(FaultTest):
    """Ctrl-C, kill, and the end of the time."""

    def blocked(self, tool, *args, **options):
        """The tool, waiting for the rest of its input; and what it waits on."""
        pipe = self.folder / "pipe.off"
        if not pipe.exists():
            os.mkfifo(pipe)
        process = subprocess.Popen([BIN / tool, pipe, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                   **options)
        while process.poll() is None:
            try:  # succeeds once the tool has opened it
                descriptor = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
            except OSError:
                time.sleep(0.002)
                continue
            os.set_blocking(descriptor, True)
            return process, open(descriptor, "w", encoding="utf-8")
        raise AssertionError(process.communicate())

    def test_a_signal_ends_every_tool_in_one_line_and_by_that_signal(self):
        for tool, args in TOOLS.items():
            for number, word in ((signal.SIGINT, "interrupted"), (signal.SIGTERM, "terminated")):
                with self.subTest(tool=tool, signal=word):
                    target = self.folder / "result.ply"
                    process, pipe = self.blocked(tool, *args, "-o", target)
                    before = self.files()
                    process.send_signal(number)
                    out, err = process.communicate(timeout=60)
                    pipe.close()
                    self.assertEqual((process.returncode, out, err), (-number, "", f"{tool}: error: {word}\n"))
                    self.assertEqual(self.files(), before)

    def test_an_ignored_signal_stays_ignored(self):
        process, pipe = self.blocked("weyl-count", preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
        process.send_signal(signal.SIGINT)
        pipe.write(self.square.read_text(encoding="utf-8"))
        pipe.close()
        out, err = process.communicate(timeout=60)
        self.assertEqual((process.returncode, err), (0, ""))
        self.assertIn("625 vertices", out)

    def test_a_time_limit_ends_every_tool_with_status_4(self):
        for tool, args in TOOLS.items():
            with self.subTest(tool=tool):
                process, pipe = self.blocked(tool, *args, "--time-limit", "0.3", "-o", self.folder / "result.ply")
                before = self.files()
                out, err = process.communicate(timeout=60)
                pipe.close()
                self.assertEqual((process.returncode, out), (4, ""))
                self.assertEqual(err, f"{tool}: error: not done within the time limit of 0.3 s\n")
                self.assertEqual(self.files(), before)

    def test_a_time_limit_ends_a_computation_and_disturbs_none_that_is_done(self):
        result = run("weyl-count", "mesh:icosphere@0.05", "--samples", 100000, "--up-to", 100, "--time-limit", "0.5")
        self.assert_fails("weyl-count", result, 4, "not done within the time limit of 0.5 s")
        self.assertLess(result.seconds, 10)
        self.assertEqual(run("weyl-count", self.square, "--time-limit", "600").out, run("weyl-count", self.square).out)
        self.assertEqual(run("weyl-count", self.square, "--time-limit", "0").status, 2)
        self.assertEqual(run("weyl-count", self.square, "--time-limit", "nan").status, 2)


class Checkpoints(FaultTest):
    """A computation of ten slices."""

    def setUp(self):
        super().setUp()
        self.mesh = self.sphere(0.1)
        self.checkpoint = self.folder / "checkpoint"
        self.args = [self.mesh, "-k", "150", "--slice", "16", "--threads", "1", "--json"]

    def start(self):
        command = [str(BIN / "weyl-spectrum"), *map(str, self.args), "--checkpoint", str(self.checkpoint)]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def slices(self):
        return sorted(self.checkpoint.glob("slice-*.npz"))

    def resume(self, resumed):
        """The rest is computed, and it is what an uninterrupted run computes, to the last bit."""
        result = run("weyl-spectrum", *self.args, "--checkpoint", self.checkpoint)
        self.assertEqual((result.status, result.err), (0, ""))
        document = parse_json(result.out)
        self.assertEqual(document["method"]["resumed"], resumed)
        whole = parse_json(run("weyl-spectrum", *self.args).out)
        for key in ("eigenvalues", "residuals"):
            self.assertEqual(document[key], whole[key])

    def test_killed_again_and_again_it_loses_no_slice(self):
        """SIGKILL at random times (seed 1), also while a slice is written: what a listing shows is whole."""
        rng = random.Random(1)
        kept = 0
        for _ in range(12):
            with self.start() as process:
                target = kept + rng.randrange(2)
                while len(self.slices()) < target and process.poll() is None:
                    time.sleep(0.001)
                time.sleep(rng.random() * 0.05)
                process.kill()
            self.assertGreaterEqual(len(self.slices()), kept)
            kept = len(self.slices())
            self.assertEqual({file.name for file in self.checkpoint.glob("*") if ".tmp-" in file.name}, set())
        self.resume(kept)

    def test_ctrl_c_says_where_finished_work_is(self):
        with self.start() as process:
            while not self.slices() and process.poll() is None:
                time.sleep(0.001)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=60)
        if process.returncode == 0:
            self.skipTest("it was done before the signal came")
        self.assertEqual((process.returncode, out), (-signal.SIGINT, ""))
        self.assertEqual(err, f"weyl-spectrum: error: interrupted; finished slices are kept in {self.checkpoint}, and the "
                              "same command goes on\n")
        self.resume(len(self.slices()))

    def test_a_full_disk_keeps_the_slices_before(self):
        result = run("weyl-spectrum", *self.args, "--eigenvectors", self.folder / "modes.npz", "--checkpoint", self.checkpoint,
                     limits={resource.RLIMIT_FSIZE: 4000})  # the plan, and no vectors
        self.assertEqual((result.status, result.out), (3, ""))
        self.assertRegex(result.err, r"\Aweyl-spectrum: error: \S*slice-0000\d.npz: cannot be written: File too large\n\Z")
        self.assertEqual([file.name for file in self.checkpoint.iterdir()], ["plan.json"])

    def test_a_damaged_slice_is_computed_again(self):
        self.assertEqual(run("weyl-spectrum", *self.args, "--checkpoint", self.checkpoint).status, 0)
        all_slices = len(self.slices())
        for damage in (lambda b: b[:len(b) // 2], lambda b: b"", lambda b: b[:200] + b"\xff" * 40 + b[240:],
                       lambda b: b"garbage" * 100):
            file = self.slices()[2]
            file.write_bytes(damage(file.read_bytes()))
            self.resume(all_slices - 1)
        self.resume(all_slices)

    def test_what_is_no_checkpoint_of_this_computation_is_refused(self):
        self.assertEqual(run("weyl-spectrum", *self.args, "--checkpoint", self.checkpoint).status, 0)
        before = {file: file.read_bytes() for file in self.checkpoint.iterdir()}
        delete = "name another folder, or delete this one"
        plan = self.checkpoint / "plan.json"
        good = plan.read_text(encoding="utf-8")
        deep = "[" * 1000000 + "]" * 1000000
        for content in ("", "{", "[]", "3", "garbage", good[:len(good) // 2], deep, '{"computation": 1}',
                        f'{{"computation": {deep}, "slices": []}}', f'{{"computation": "", "slices": {deep}}}',
                        '{"computation": "", "slices": 3}'):
            with self.subTest(content=content[:20]):
                plan.write_text(content, encoding="utf-8")
                self.assert_fails("weyl-spectrum", run("weyl-spectrum", *self.args, "--checkpoint", self.checkpoint), 3,
                                  f"{plan}: is not a plan of slices; {delete}")
        whole = json.loads(good)
        first, last = whole["slices"][0], whole["slices"][-1]
        for slices in ([], [[]], [{}], ["low"], whole["slices"][:-1], whole["slices"][1:], whole["slices"][::-1],
                       [{**first, "count": -1}], [{**first, "count": 10**12}], [{**first, "low": "x"}],
                       [first, {**last, "first": 10**18}], [{**first, "count": 1e300}]):
            with self.subTest(slices=str(slices)[:60]):
                plan.write_text(json.dumps({**whole, "slices": slices}), encoding="utf-8")
                result = run("weyl-spectrum", *self.args, "--checkpoint", self.checkpoint)
                self.assert_fails("weyl-spectrum", result, 3)
                self.assertIn(f"{plan}: is damaged", result.err)
        plan.write_text(good, encoding="utf-8")
        other = self.folder / "other.off"
        lines = self.mesh.read_text(encoding="utf-8").split("\n")
        lines[2] = " ".join(repr(float(x) * (1 + 1e-9)) for x in lines[2].split())  # one vertex, moved a little
        other.write_text("\n".join(lines), encoding="utf-8")
        for args in ([other, *self.args[1:]], [*self.args, "--seed", "2"], [*self.args, "--mass", "lumped"],
                     [self.square, *self.args[1:]]):
            result = run("weyl-spectrum", *args, "--checkpoint", self.checkpoint)
            self.assert_fails("weyl-spectrum", result, 3)
            self.assertRegex(result.err, rf"{self.checkpoint}: holds another computation, .*; {delete}\n")
        self.assertEqual({file: file.read_bytes() for file in self.checkpoint.iterdir()}, before)
        self.assert_fails("weyl-spectrum", run("weyl-spectrum", *self.args, "--checkpoint", self.mesh), 3)


@unittest.skipIf(SANITIZED, "a sanitizer sees no more here")
class Repeats(FaultTest):
    """The same command gives the same bytes; other numbers of threads the same numbers but for rounding."""

    def numbers(self, value):
        """All numbers of a document but times and plans, in order."""
        if isinstance(value, dict):
            for key, entry in value.items():
                if key not in ("seconds", "method", "residuals", "residual"):
                    yield from self.numbers(entry)
        elif isinstance(value, list):
            for entry in value:
                yield from self.numbers(entry)
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            yield value

    def test_bit_by_bit_and_across_threads_up_to_rounding(self):
        mesh = self.sphere(0.1)
        for tool, args in (("weyl-count", [mesh]), ("weyl-spectrum", [mesh, "-k", "150", "--slice", "32"]),
                           ("weyl-spectrum", ["lshape", "--digits", "4", "-k", "3"]),
                           ("weyl-quotient", [mesh, "--group", "C5v", "-k", "40"]),
                           ("weyl-learn", ["sphere:2/antipodal", "--samples", "30,60", "--simulate", "4"]),
                           ("weyl-learn", [mesh, "--group", "C2", "--modes", "50", "--samples", "20,40", "--simulate", "2"])):
            runs = {}
            for threads in (1, 3):
                documents = []
                for _ in range(2):
                    result = run(tool, *args, "--json", "--seed", "7", "--threads", threads)
                    self.assertEqual(result.status, 0, result.err)
                    documents.append({**parse_json(result.out), "seconds": 0})
                with self.subTest(tool=tool, args=args, threads=threads):
                    self.assertEqual(documents[0], documents[1])
                runs[threads] = list(self.numbers(documents[0]))
            with self.subTest(tool=tool, args=args):
                self.assertEqual(len(runs[1]), len(runs[3]))
                for a, b in zip(runs[1], runs[3]):
                    self.assertLessEqual(abs(a - b), 1e-9 * max(1, abs(a)))


if __name__ == "__main__":
    unittest.main()
