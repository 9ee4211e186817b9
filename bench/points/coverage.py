# SPDX-License-Identifier: GPL-3.0-or-later
"""How often the 95 % intervals of dimension and volume hold the truth, over repeated samples of known spaces.

    /usr/bin/python3 bench/points/coverage.py [--points 4000] [--repeats 100] [--space S2 ...] [--bin build/release/bin]

Prints a line a space. Needs numpy.
"""

import argparse
import json
import math
import subprocess
import tempfile
from pathlib import Path

import numpy as np

BIN = Path(__file__).resolve().parents[2] / "build" / "release" / "bin"


def sphere(dimension, random, count):
    """Uniform points of the unit sphere."""
    points = random.normal(size=(count, dimension + 1))
    return points / np.linalg.norm(points, axis=1, keepdims=True)


def projective_plane(random, count):
    """Points xx^T of the projective plane in R^9: an isometry up to the factor sqrt(2)."""
    points = sphere(2, random, count)
    return np.einsum("ni,nj->nij", points, points).reshape(count, 9) / math.sqrt(2)


def rotations(random, count):
    """Matrices of SO(3) in R^9, from unit quaternions: the metric is 8 times that of S^3."""
    w, x, y, z = sphere(3, random, count).T
    rows = [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w),
            2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w),
            2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)]
    return np.stack(rows, axis=1)


def torus(random, count):
    """The flat torus (R/2 pi)^4 in R^8."""
    angles = random.uniform(0, 2 * math.pi, size=(count, 4))
    return np.concatenate([np.cos(angles), np.sin(angles)], axis=1)


SPACES = {
    "S2": (lambda r, n: sphere(2, r, n), 2, 4 * math.pi),
    "RP2": (projective_plane, 2, 2 * math.pi),
    "SO3": (rotations, 3, 8**1.5 * math.pi**2),
    "T4": (torus, 4, (2 * math.pi) ** 4),
    "S5": (lambda r, n: sphere(5, r, n), 5, math.pi**3),
}


def main():
    """Samples, measures, counts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--points", type=int, default=4000)
    parser.add_argument("--repeats", type=int, default=100)
    parser.add_argument("--space", nargs="+", choices=SPACES, default=list(SPACES))
    parser.add_argument("--bin", type=Path, default=BIN)
    options = parser.parse_args()
    print(f"{'space':6}{'dimension held':>16}{'volume held':>13}{'mean d':>9}{'mean V/exact':>14}{'width V':>9}")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sample.npy"
        for name in options.space:
            sample, dimension, volume = SPACES[name]
            held = np.zeros(2, dtype=int)
            values = []
            for seed in range(options.repeats):
                np.save(file, sample(np.random.default_rng(seed), options.points))
                command = [options.bin / "weyl-spectrum", file, "-k", "1", "--laplacian", "diffusion", "--landmarks", "100", "--json"]
                found = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)["sample"]
                d, v = found["dimension"], found["volume"]
                held += [d["low"] <= dimension <= d["high"], v["low"] <= volume <= v["high"]]
                values.append((d["value"], v["value"] / volume, (v["high"] - v["low"]) / volume))
            mean = np.mean(values, axis=0)
            print(f"{name:6}{held[0]:>12}/{options.repeats}{held[1]:>9}/{options.repeats}"
                  f"{mean[0]:>9.3f}{mean[1]:>14.4f}{mean[2]:>9.4f}", flush=True)


if __name__ == "__main__":
    main()
