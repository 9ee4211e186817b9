# SPDX-License-Identifier: GPL-3.0-or-later
"""The machine that the numbers belong to: processor, memory and its bandwidth, system, compiler, speed of each BLAS."""

import os
import re
import subprocess
from pathlib import Path

from solvers import CORES, THREADS, environment, installed_blas, run


def first_match(pattern, path, otherwise="unknown"):
    try:
        found = re.search(pattern, Path(path).read_text(encoding="utf-8"), re.MULTILINE)
    except OSError:
        found = None
    return found.group(1).strip() if found else otherwise


def compiler(build):
    path = first_match(r"^CMAKE_CXX_COMPILER:\w+=(.*)$", build / "CMakeCache.txt", "c++")
    return subprocess.run([path, "--version"], capture_output=True, text=True).stdout.splitlines()[0]


def describe(build, binaries):
    """Measures for some seconds."""
    return {
        "cpu": first_match(r"^model name\s*:(.*)$", "/proc/cpuinfo"),
        "cores": CORES,
        "memory_bytes": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        "system": first_match(r'^PRETTY_NAME="(.*)"$', "/etc/os-release"),
        "release": first_match(r"^(.*)$", "/etc/debian_version"),
        "compiler": compiler(build),
        "bandwidth": [run([binaries / "bandwidth", n], environment(None, None)) for n in THREADS],
        "dgemm": [{"name": blas, "threads": n, **run([binaries / "dgemm_speed"], environment(blas, n))}
                  for blas in installed_blas() for n in THREADS],
    }


def lines(machine):
    """The description as lines of Markdown."""
    text = [
        f"- {machine['cpu']}, {machine['cores']} cores, {machine['memory_bytes'] / 2**30:.0f} GiB; "
        f"{machine['system']} {machine['release']}; {machine['compiler']}"
    ]
    for b in machine["bandwidth"]:
        if b["status"] == "ok":
            text.append(f"- memory, {b['threads']} thread(s): triad {b['triad_GB_per_s']:.1f} GB/s, "
                        f"read {b['read_GB_per_s']:.1f} GB/s")
    for d in machine["dgemm"]:
        if d["status"] == "ok":
            text.append(f"- dgemm of {d['name']}, {d['threads']} thread(s): {d['gflops']:.0f} GFlop/s")
    return text
