# SPDX-License-Identifier: GPL-3.0-or-later
"""Every command of docs/guide.md works, and prints the lines that stand there, numbers aside.

Run by CTest, or by hand: WEYL_BIN=build/release/bin python3 tests/apps/test_guide.py
"""

import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

from tools import BIN, ROOT

LINES = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8").splitlines()


def sessions():
    """(command, lines below it) of each line that begins with a dollar sign in an indented block."""
    found = []
    for line in LINES:
        if line.startswith("    $ "):
            found.append((line[6:], []))
        elif line.startswith("    ") and found and found[-1][1] is not None:
            found[-1][1].append(line[4:])
        elif line and found:
            found.append(("", []))  # text ends the output
    return [(command, shown) for command, shown in found if command]


def shape(line):
    """The line without what differs from machine to machine: numbers, and how wide they are."""
    return re.sub(r"\s+", " ", re.sub(r"[-+]?\d[\d.]*(e[-+]?\d+)?", "#", line)).strip()


class Guide(unittest.TestCase):
    def test_every_command_prints_what_the_guide_shows(self):
        self.assertGreater(len(sessions()), 10)
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "meshes").symlink_to(ROOT / "meshes")
            path = f"{BIN.resolve()}:{os.environ['PATH']}"
            for command, shown in sessions():
                with self.subTest(command=command):
                    result = subprocess.run(command, shell=True, cwd=folder, env={**os.environ, "PATH": path}, timeout=300,
                                            capture_output=True, text=True, check=False)
                    self.assertEqual((result.returncode, result.stderr), (0, ""))
                    printed = iter(map(shape, result.stdout.splitlines()))
                    for line in map(shape, shown):
                        if line and line != "...":
                            self.assertIn(line, printed, "lines in their order")


if __name__ == "__main__":
    unittest.main()
