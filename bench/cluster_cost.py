# SPDX-License-Identifier: GPL-3.0-or-later
"""What weyl-cluster costs here, and what that makes of a cluster: the tables of docs/cluster.md.

python3 bench/cluster_cost.py; the tools are looked for in WEYL_BIN, by default build/release/bin.
"""

import json
import math
import os
import re
import subprocess
import sys
from pathlib import Path

BIN = Path(os.environ.get("WEYL_BIN", Path(__file__).resolve().parents[1] / "build" / "release" / "bin"))
KINDS = {
    "surface": ("mesh:icosphere@0.042", "mesh:icosphere@0.0213"),
    "solid": ("mesh:ball@0.16", "mesh:ball@0.1"),
}
# Nested dissection (George, SIAM J. Numer. Anal. 10, 1973; George & Liu 1981): entries and operations of a factor.
ENTRIES = {"surface": lambda n: n * math.log2(n), "solid": lambda n: n ** (4 / 3)}
FLOPS = {"surface": lambda n: n**1.5, "solid": lambda n: n**2.0}


def measure(processes, *args):
    """Seconds and unknowns that the document tells, and the gigabytes of the largest process."""
    command = ["mpirun", "-q", "--oversubscribe", "--allow-run-as-root", "-n", processes, BIN / "weyl-cluster", *args,
               "--json"]
    code = ("import resource, subprocess, sys; status = subprocess.call(sys.argv[1:]); "
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20, file=sys.stderr); sys.exit(status)")
    done = subprocess.run([sys.executable, "-c", code, *map(str, command)], capture_output=True, text=True, check=True,
                          env={**os.environ, "OMP_NUM_THREADS": "1"})
    document = json.loads(done.stdout)
    return document["seconds"], document["discretization"]["dofs"], float(done.stderr.split()[-1])


def predicted_factor(space):
    """Entries of a factor and its operations, as the local analysis (METIS) predicts them."""
    said = subprocess.run([BIN / "weyl-count", space, "--lambda", "1", "--verbose"], capture_output=True, text=True,
                          check=True).stderr
    entries, flops = re.search(r"a factor has (\S+) million entries and costs (\S+) GFlop", said).groups()
    return 1e6 * float(entries), 1e9 * float(flops)


def costs(processes, space):
    """Unknowns; seconds of a factorization, of one more eigenvalue and of 20 by LOBPCG; gigabytes with and without."""
    one, _, _ = measure(processes, "count", space, "--lambda", 30)
    five, _, _ = measure(processes, "count", space, *(f"--lambda={x}" for x in (10, 15, 20, 25, 30)))
    few, _, _ = measure(processes, "spectrum", space, "-k", 20)
    many, unknowns, factored = measure(processes, "spectrum", space, "-k", 60)
    multigrid, _, linear = measure(processes, "spectrum", space, "-k", 20, "--solver", "lobpcg")
    return unknowns, (five - one) / 8, (many - few) / 40, few, multigrid, factored, linear  # a count: at λ − ρ and λ + ρ


def main():
    """Measures, then scales what the largest mesh of each kind cost on one process."""
    print("| kind | P | unknowns | a factorization | another eigenvalue | 20 | 20, LOBPCG | largest process | LOBPCG |")
    print("|---|---|---|---|---|---|---|---|---|")
    inputs = {}
    for kind, spaces in KINDS.items():
        for space in spaces:
            for processes in (2, 1):
                n, *seconds, factored, linear = costs(processes, space)
                print(f"| {kind} | {processes} | {n} |", " | ".join(f"{value:.3g} s" for value in seconds),
                      f"| {factored:.2f} GB | {linear:.2f} GB |", flush=True)
            inputs[kind] = n, *seconds, factored, linear, *predicted_factor(space)
    print("\n| kind | a | b | GFlop/s | bytes an entry | ns an entry and eigenvalue | LOBPCG, ms an unknown | kB an unknown |")
    print("|---|---|---|---|---|---|---|---|")
    models = {}
    for kind, (n, factorization, eigenvalue, _, multigrid, factored, linear, entries, flops) in inputs.items():
        models[kind] = (entries / ENTRIES[kind](n), flops / FLOPS[kind](n), flops / factorization,
                        factored * 2**30 / entries, eigenvalue / entries, multigrid / n, linear * 2**30 / n)
        a, b, rate, size, step, iteration, vectors = models[kind]
        print(f"| {kind} | {a:.3g} | {b:.3g} | {1e-9 * rate:.2g} | {size:.3g} | {1e9 * step:.2g} | "
              f"{1e3 * iteration:.2g} | {1e-3 * vectors:.2g} |")
    print("\n| kind | n | entries | GFlop | memory | core-hours: a factorization | an eigenvalue | 20 by LOBPCG | memory |")
    print("|---|---|---|---|---|---|---|---|---|")
    for kind, (a, b, rate, size, step, iteration, vectors) in models.items():
        for n in (1e5, 1e6, 1e7, 1e8, 1e9):
            entries, flops = a * ENTRIES[kind](n), b * FLOPS[kind](n)
            print(f"| {kind} | {n:.0e} | {entries:.2g} | {1e-9 * flops:.2g} | {1e-9 * size * entries:.2g} GB | "
                  f"{flops / rate / 3600:.2g} | {step * entries / 3600:.2g} | {iteration * n / 3600:.2g} | "
                  f"{1e-9 * vectors * n:.2g} GB |")


if __name__ == "__main__":
    main()
