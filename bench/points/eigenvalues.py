# SPDX-License-Identifier: GPL-3.0-or-later
"""Eigenvalues of samples beside exact ones as the samples grow.

    /usr/bin/python3 bench/points/eigenvalues.py [--points 1000 2000 ...] [--seeds 3] [--space S2 ...] [--bin build/release/bin]

Prints, for the first groups of equal eigenvalues that are not 0, the mean relative error in per cent over the group and
the seeds 0, 1, ..., the root mean square of the single errors behind it, and the power of 1/N that fits the latter best
over the three largest N.
The exact values of the Swiss roll with a hole, which is isometric to a flat domain with Neumann conditions, are computed
by finite elements on that domain (weyl-spectrum --order 8, on two meshes that must agree).

A diffusion operator of bandwidth s turns lambda into (1 - exp(-s lambda))/s where it has nothing else to be wrong in. Rows
with a * have that inverted, to see what is left. Needs numpy.
"""

import argparse
import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from samples import BIN, HOLE, ROLL, projective_plane, rotations, sphere, swiss_roll, torus


TOLERANCE = 0.05  # of what weyl-spectrum calls resolved: s lambda/2 on a diffusion operator


def document(binaries, *args):
    """What weyl-spectrum says."""
    command = [str(arg) for arg in (binaries / "weyl-spectrum", *args, "--json", "--quiet")]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def inverted(found):
    """-log(1 - s lambda)/s, of a document on a diffusion operator."""
    s = 2 * TOLERANCE / found["resolved_up_to"]
    return -np.log(np.maximum(1 - s * np.array(found["eigenvalues"]), 1e-6)) / s


def flat_roll(path, pieces):
    """Writes the unrolled domain as triangles, its sides and those of the hole cut evenly; smaller towards the corners."""
    def cuts(start, end):
        return start + (end - start) * (1 - np.cos(np.pi * np.arange(pieces + 1) / pieces)) / 2

    def axis(outer, inner):
        return np.unique(np.concatenate([cuts(outer[0], inner[0]), cuts(*inner), cuts(inner[1], outer[1])]))

    xs, ys = axis(ROLL[0], HOLE[0]), axis(ROLL[1], HOLE[1])
    number, faces = {}, []
    for i in range(len(xs) - 1):
        for j in range(len(ys) - 1):
            if HOLE[0][0] < (xs[i] + xs[i + 1]) / 2 < HOLE[0][1] and HOLE[1][0] < (ys[j] + ys[j + 1]) / 2 < HOLE[1][1]:
                continue
            a, b, c, d = (number.setdefault(p, len(number)) for p in ((i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1)))
            faces += [(a, b, c), (a, c, d)]
    lines = ["OFF", f"{len(number)} {len(faces)} 0", *(f"{xs[i]!r} {ys[j]!r} 0" for i, j in number),
             *(f"3 {a} {b} {c}" for a, b, c in faces)]
    path.write_text("\n".join(lines).replace("np.float64(", "").replace(")", "") + "\n", encoding="utf-8")
    return path


def exact_roll(binaries, folder, count):
    """The first eigenvalues of the unrolled domain."""
    coarse, fine = (
        np.array(document(binaries, flat_roll(folder / "roll.off", pieces), "--order", 8, "-k", count)["eigenvalues"])
        for pieces in (8, 16))
    if np.max(np.abs(coarse - fine)[1:] / fine[1:]) > 1e-4:
        raise RuntimeError("the exact eigenvalues of the roll do not converge")
    return fine


# The first groups: (eigenvalue, multiplicity), and options of weyl-spectrum.
SPACES = {
    "S2": (lambda r, n: sphere(2, r, n), [(2, 3), (6, 5), (12, 7)], []),
    "RP2": (projective_plane, [(6, 5), (20, 9)], []),
    "S2/antipodal": (lambda r, n: sphere(2, r, n), [(6, 5), (20, 9)], ["--group", "antipodal"]),
    "roll": (swiss_roll, None, []),
    "SO3": (rotations, [(1, 9), (3, 25)], []),
    "T4": (torus, [(1, 8), (2, 24)], []),
    "S5": (lambda r, n: sphere(5, r, n), [(5, 6), (12, 20)], []),
}


def rate(counts, errors):
    """p of errors ~ N^-p."""
    return -np.polyfit(np.log(counts[-3:]), np.log(errors[-3:]), 1)[0] if len(counts) > 1 else float("nan")


def lines(name, counts, groups, errors):
    """A line for each group, of errors (seeds x eigenvalues) for each count."""
    start = 0
    for value, times in groups:
        part = [e[:, start:start + times] for e in errors]
        start += times
        sizes = [np.sqrt(np.mean(e * e)) for e in part]
        print(f"{name:13}{value:>9.5g}{times:>6}" + "".join(f"{np.mean(e):>9.2f} ({s:5.2f})" for e, s in zip(part, sizes))
              + f"{rate(counts, sizes):>7.2f}", flush=True)


def main():
    """Samples, solves, compares."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--points", type=int, nargs="+", default=[1000, 2000, 4000, 8000, 16000])
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--space", nargs="+", choices=SPACES, default=list(SPACES))
    parser.add_argument("--bin", type=Path, default=BIN)
    options = parser.parse_args()
    print(f"{'space':13}{'lambda':>9}{'times':>6}" + "".join(f"{n:>17}" for n in options.points) + f"{'rate':>7}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for space in options.space:
            sample, groups, more = SPACES[space]
            groups = groups or [(value, 1) for value in exact_roll(options.bin, folder, 5)[1:]]
            exact = np.concatenate([[value] * times for value, times in groups])
            plain, heat = [], []
            for n in options.points:
                found = []
                for seed in range(options.seeds):
                    np.save(folder / "sample.npy", sample(np.random.default_rng(seed), n))
                    found.append(document(options.bin, folder / "sample.npy", "-k", len(exact) + 1, "--landmarks", n, *more))
                plain.append(100 * (np.array([f["eigenvalues"] for f in found])[:, 1:] / exact - 1))
                heat.append(100 * (np.array([inverted(f) for f in found])[:, 1:] / exact - 1))
            lines(space, options.points, groups, plain)
            if found[0]["discretization"]["operator"] == "diffusion":
                lines(space + "*", options.points, groups, heat)


if __name__ == "__main__":
    main()
