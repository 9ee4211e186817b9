# SPDX-License-Identifier: GPL-3.0-or-later
"""Samples of known spaces, uniform in volume: what coverage.py and eigenvalues.py draw. Needs numpy."""

import gzip
import math
from pathlib import Path

import numpy as np

BIN = Path(__file__).resolve().parents[2] / "build" / "release" / "bin"
DIGITS = Path("/usr/lib/python3/dist-packages/sklearn/datasets/data/digits.csv.gz")
ECG = Path("/usr/lib/python3/dist-packages/scipy/misc/ecg.dat")


def sphere(dimension, random, count):
    """Points of the unit sphere."""
    points = random.normal(size=(count, dimension + 1))
    return points / np.linalg.norm(points, axis=1, keepdims=True)


def projective_plane(random, count):
    """Points xx^T/sqrt(2) in R^9 of the projective plane, of area 2 pi."""
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


def arc(turn):
    """Length of the spiral r = t from t = 0."""
    return (turn * np.sqrt(1 + turn * turn) + np.arcsinh(turn)) / 2


# The Swiss roll r = t, t in [1.5 pi, 4.5 pi], of height 21, is the rectangle ROLL, and its hole HOLE, in arc length and
# height: (from, to) twice.
ROLL = ((arc(1.5 * math.pi), arc(4.5 * math.pi)), (0.0, 21.0))
HOLE = ((arc(8.3), arc(10.7)), (7.5, 13.5))


def area(rectangle):
    """Of (from, to) twice."""
    return math.prod(end - start for start, end in rectangle)


ROLL_AREA = area(ROLL) - area(HOLE)


def swiss_roll(random, count):
    """The roll with its hole, isometric to a flat domain."""
    flat = np.empty((0, 2))
    while len(flat) < count:
        more = np.stack([random.uniform(*side, size=count) for side in ROLL], axis=1)
        inside = np.all([(start < x) & (x < end) for (start, end), x in zip(HOLE, more.T)], axis=0)
        flat = np.concatenate([flat, more[~inside]])[:count]
    turns = np.linspace(1.5 * math.pi, 4.5 * math.pi, 100001)
    turn = np.interp(flat[:, 0], arc(turns), turns)
    return np.stack([turn * np.cos(turn), flat[:, 1], turn * np.sin(turn)], axis=1)


def digits(path=DIGITS):
    """8 x 8 pixels of the 1797 handwritten digits of Debian's python3-sklearn, and their values."""
    with gzip.open(path, "rt") as file:
        table = np.loadtxt(file, delimiter=",")
    return table[:, :64], table[:, 64].astype(int)


def electrocardiogram(path=ECG, count=8000):
    """Eight values of the electrocardiogram of Debian's python3-scipy, 25 ms apart, from instants at random (seed 0)."""
    signal = np.load(path)["ecg"].astype(float)
    starts = np.random.default_rng(0).choice(len(signal) - 63, count, replace=False)
    return signal[starts[:, None] + 9 * np.arange(8)]
