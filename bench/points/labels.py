# SPDX-License-Identifier: GPL-3.0-or-later
"""Learning curves predicted from a quarter of the labels of a sample, beside those measured on labels held out.

    /usr/bin/python3 bench/points/labels.py [--bin build/release/bin] [--digits digits.csv.gz]

Samples: the sphere under its antipodal map, with labels that are invariant and labels that are not; a Swiss roll with a
hole; the 1797 handwritten digits of Debian's package python3-sklearn, 8 x 8 pixels, labelled by their number of holes or
their value, under the mirror that exchanges left and right. Needs numpy.
"""

import argparse
import gzip
import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np

BIN = Path(__file__).resolve().parents[2] / "build" / "release" / "bin"
DIGITS = Path("/usr/lib/python3/dist-packages/sklearn/datasets/data/digits.csv.gz")
HOLES = np.array([1, 0, 0, 0, 0, 0, 1, 0, 2, 1])  # of the figures 0 to 9


def sphere(random, odd):
    """An even function of x, y, z, noise of 0.3, and an odd part."""
    points = random.normal(size=(4000, 3))
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    x, y, z = points.T
    even = 3 * z * z - 1 + 2 * x * y + 14 * (x * y * z) ** 2 + 0.3 * np.abs(x) ** 3
    return points, even + odd * z + 0.3 * random.normal(size=len(points))


def swiss_roll(random):
    """A rolled-up rectangle, the middle of which is missing."""
    turn = 1.5 * np.pi * (1 + 2 * random.random(6000))
    height = 21 * random.random(6000)
    there = (np.abs(turn - 9.5) > 1.2) | (np.abs(height - 10.5) > 3)
    turn, height = turn[there], height[there]
    labels = np.sin(turn / 2) + np.cos(height / 4) + 0.2 * random.normal(size=len(turn))
    return np.stack([turn * np.cos(turn), height, turn * np.sin(turn)], axis=1), labels


def digits(path):
    """Pixels, and how many holes the figure has."""
    with gzip.open(path, "rt") as file:
        table = np.loadtxt(file, delimiter=",")
    return table[:, :64], HOLES[table[:, 64].astype(int)].astype(float)


def main():
    """Prints what weyl-learn says of each sample and its labels."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin", type=Path, default=BIN)
    parser.add_argument("--digits", type=Path, default=DIGITS)
    options = parser.parse_args()
    mirror = {"permutations": [[8 * (i // 8) + 7 - i % 8 for i in range(64)]]}
    samples = [("sphere, even labels", sphere(np.random.default_rng(1), 0), "antipodal"),
               ("sphere, labels with an odd part", sphere(np.random.default_rng(1), 0.5), "antipodal"),
               ("Swiss roll with a hole", swiss_roll(np.random.default_rng(2)), None)]
    if options.digits.exists():
        samples.append(("digits", digits(options.digits), mirror))
    with tempfile.TemporaryDirectory() as folder:
        points, labels, group = (Path(folder) / name for name in ("points.npy", "labels.npy", "group.json"))
        for name, (x, y), symmetry in samples:
            np.save(points, x)
            np.save(labels, y)
            command = [options.bin / "weyl-learn", points, "--labels", labels, "--validate", "20", "--samples", "64..1024"]
            if isinstance(symmetry, dict):
                group.write_text(json.dumps(symmetry), encoding="utf-8")
                symmetry = group
            command += ["--group", symmetry] if symmetry else []
            found = subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True).stdout
            lines = found.splitlines()
            kept = [line for line in lines if line.startswith(("M:", "M/G:", "  dimension", "!", "The sample"))]
            start = next(i for i, line in enumerate(lines) if line.startswith("Labels"))
            print("\n".join([f"== {name}: {len(x)} points", *kept, *lines[start:], ""]), flush=True)


if __name__ == "__main__":
    main()
