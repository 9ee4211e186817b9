#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Learning curves predicted and simulated, space by space: the tables of docs/learning.md.

    python3 bench/learning_curves.py [build/release/bin] [TRIALS] [SPACE]

A cell is predicted/simulated risk on M and on M/G; ~ marks what is near interpolation, ! what is off by more than 5 % and
two standard errors. The gain is n_M/n_(M/G) at the risk that M has at the largest n, by both curves.
"""

import json
import math
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build" / "release" / "bin")
TRIALS = sys.argv[2] if len(sys.argv) > 2 else "200"
ONLY = sys.argv[3] if len(sys.argv) > 3 else None
SAMPLES = (32, 128, 512, 2048)


def learn(samples, *options):
    """The document of weyl-learn."""
    call = [BIN / "weyl-learn", *options, "--samples", ",".join(map(str, samples)), "--simulate", TRIALS, "--json"]
    return json.loads(subprocess.run(list(map(str, call)), check=True, capture_output=True, text=True).stdout)


def agrees(point):
    """Within 5 % or two standard errors."""
    off = abs(point["risk"] - point["simulated"])
    return off <= max(0.05 * point["simulated"], 2 * point["simulated_stderr"])


def ratio(point):
    """One half of a cell."""
    mark = "~" if point["near_interpolation"] else ""
    return f"{point['risk'] / point['simulated']:.3f}{mark}{'' if agrees(point) else '!'}"


def samples_for(risk, curve, key):
    """n of a curve at a risk, by linear interpolation of its logarithms; beyond the ends the last piece goes on."""
    logs = [(math.log(p["n"]), math.log(p[key])) for p in curve]
    pieces = list(zip(logs, logs[1:]))
    (n0, r0), (n1, r1) = next((piece for piece in pieces if piece[1][1] <= math.log(risk)), pieces[-1])
    return math.exp(n0 + (n1 - n0) * (math.log(risk) - r0) / (r1 - r0))


def gain(document, key):
    """n_M/n_(M/G) by predicted or simulated risks."""
    manifold, quotient = document["manifold"]["curve"], document["quotient"]["curve"]
    return manifold[-1]["n"] / samples_for(manifold[-1][key], quotient, key)


def broken_bounds(document):
    """Simulated risks that pass a bound by more than three standard errors."""
    count = 0
    for side in ("manifold", "quotient"):
        for p in document[side]["curve"]:
            margin = 3 * p["simulated_stderr"]
            above = [p[key] for key in ("upper_bound", "guaranteed_bound") if p[key] is not None]
            count += p["simulated"] < p["lower_bound"] - margin or any(p["simulated"] > b + margin for b in above)
    return count


def main():
    """Prints both tables."""
    with tempfile.TemporaryDirectory() as folder:
        cow = Path(folder) / "cow.off"
        subprocess.run([sys.executable, ROOT / "docs/examples/symmetrize.py", ROOT / "meshes/cow.off", "2", "0", cow],
                       check=True, stdout=subprocess.DEVNULL)
        # On T³ the kernel at n = 2048 needs more functions than a simulation holds.
        spaces = (("S²", "±1", ("sphere:2", "--group", "antipodal"), "", SAMPLES),
                  ("S²", "I", ("sphere:2", "--group", "I"), "", SAMPLES),
                  ("S²", "SO(2)", ("sphere:2", "--group", "SO:2"), "", SAMPLES),
                  ("T²", "S₂", ("torus:2", "--group", "S"), "", SAMPLES),
                  ("T³", "S₃", ("torus:3", "--group", "S"), "", SAMPLES[:3]),
                  ("cow", "mirror", (cow, "--group", "auto", "--refine", "1"), ",0.1", SAMPLES))
        points = []
        broken = 0
        print("| space | group | s | σ | " + " | ".join(f"n = {n}" for n in SAMPLES) + " | gain, predicted | simulated |")
        print("|---|---|---|---|" + "---|" * len(SAMPLES) + "---|---|")
        for space, group, call, length, samples in spaces:
            if ONLY not in (None, space):
                continue
            for s in (2, 3):
                for sigma in (0.1, 0.5):
                    document = learn(samples, *call, "--kernel", f"sobolev:{s}{length}", "--noise", sigma)
                    both = list(zip(document["manifold"]["curve"], document["quotient"]["curve"]))
                    cells = [f"{ratio(m)} {ratio(q)}" for m, q in both] + [""] * (len(SAMPLES) - len(samples))
                    points += [p for pair in both for p in pair]
                    broken += broken_bounds(document)
                    print(f"| {space} | {group} | {s} | {sigma} | {' | '.join(cells)} | {gain(document, 'risk'):.2f} | "
                          f"{gain(document, 'simulated'):.2f} |", flush=True)
        for near, what in ((False, "away from interpolation"), (True, "near interpolation")):
            some = [p for p in points if p["near_interpolation"] == near]
            worst = max((abs(math.log(p["risk"] / p["simulated"])) for p in some), default=0)
            print(f"{what}: {sum(map(agrees, some))} of {len(some)} points agree, the worst ratio is off by "
                  f"{100 * math.expm1(worst):.1f} %")
        print(f"bounds broken by more than three standard errors: {broken} of {3 * len(points)}")


if __name__ == "__main__":
    main()
