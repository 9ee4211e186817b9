# SPDX-License-Identifier: GPL-3.0-or-later
"""Running weyl's tools as processes, and small meshes to run them on.

The tools are looked for in the folder WEYL_BIN, by default build/release/bin.
"""

import json
import os
import resource
import subprocess
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(os.environ.get("WEYL_BIN", ROOT / "build" / "release" / "bin"))
SANITIZED = os.environ.get("WEYL_SANITIZED") == "1"


class Result(NamedTuple):
    """What a finished tool left behind."""

    status: int  # negative: ended by that signal
    out: str
    err: str
    seconds: float
    megabytes: float  # largest resident set


def run(tool, *args, stdin="", stdout=None, env=None, limits=None, timeout=120):
    """Runs a tool to its end, or raises TimeoutError; `stdout` is a file to use instead of a captured one, `limits` has
    values for constants of `resource`."""

    def set_limits():
        for which, value in limits.items():
            resource.setrlimit(which, (value, value))

    command = [str(BIN / tool), *map(str, args)]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, tempfile.TemporaryFile() as given:
        given.write(stdin.encode())
        given.seek(0)
        start = time.monotonic()
        environment = {**os.environ, **(env or {})}
        process = subprocess.Popen(command, stdin=given, stdout=stdout or out, stderr=err, env=environment,
                                   preexec_fn=set_limits if limits else None)
        pid = 0
        while not pid:  # wait4 tells the memory of this process alone
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if not pid and time.monotonic() - start > timeout:
                process.kill()
                process.wait()
                raise TimeoutError(f"{' '.join(command)} ran for more than {timeout} s")
            if not pid:
                time.sleep(0.002)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - start
        out.seek(0)
        err.seek(0)
        return Result(process.returncode, out.read().decode(), err.read().decode(), seconds, usage.ru_maxrss / 1024)


def refuse_constant(name):
    """JSON has no NaN and no Infinity, though Python would read them."""
    raise ValueError(f"{name} is not JSON")


def parse_json(text):
    """The one document in `text`; raises ValueError where it is not strict JSON."""
    return json.loads(text, parse_constant=refuse_constant)


def document(tool, *args, **options):
    """The JSON document that a tool prints; raises where it fails or says anything that is not JSON."""
    result = run(tool, *args, "--json", **options)
    if result.status != 0:
        raise AssertionError(f"{tool} {' '.join(map(str, args))}: exit status {result.status}\n{result.err}")
    return parse_json(result.out)


def eigenvalues(space, count, *args):
    """The `count` smallest eigenvalues that weyl-spectrum finds."""
    return document("weyl-spectrum", space, "-k", count, *args)["eigenvalues"]


def counts(space, lambdas, *args):
    """N at each of `lambdas` as weyl-count says."""
    options = [word for value in lambdas for word in ("--lambda", repr(value))]
    return [entry["count"] for entry in document("weyl-count", space, *options, *args)["counts"]]


def off(points, faces):
    """The text of an OFF file."""
    lines = ["OFF", f"{len(points)} {len(faces)} 0"]
    lines += [" ".join(map(repr, point)) for point in points]
    lines += [" ".join(map(str, (len(face), *face))) for face in faces]
    return "\n".join(lines) + "\n"


# Edge 2·sqrt(2): with the consistent mass matrix the eigenvalues are 0 and 16/8 = 2, three times.
TETRAHEDRON = (
    [(1.0, 1.0, 1.0), (1.0, -1.0, -1.0), (-1.0, 1.0, -1.0), (-1.0, -1.0, 1.0)],
    [(0, 1, 2), (0, 3, 1), (0, 2, 3), (1, 3, 2)],
)

TRIANGLE = ([(0.0, 0.0, 0.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0)], [(0, 1, 2)])


def rectangle(columns, rows, width=1.0, height=1.0, x=0.0):
    """A flat rectangle, its left side at `x`, of columns x rows squares, each cut in two."""
    points = [(x + width * i / columns, height * j / rows, 0.0) for j in range(rows + 1) for i in range(columns + 1)]
    faces = []
    for j in range(rows):
        for i in range(columns):
            corner = j * (columns + 1) + i
            faces.append((corner, corner + 1, corner + columns + 2))
            faces.append((corner, corner + columns + 2, corner + columns + 1))
    return points, faces


def union(first, second):
    """Both meshes as one of two components."""
    shift = len(first[0])
    return first[0] + second[0], first[1] + [tuple(shift + v for v in face) for face in second[1]]
