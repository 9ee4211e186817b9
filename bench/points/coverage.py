# SPDX-License-Identifier: GPL-3.0-or-later
"""How often the 95 % intervals of dimension and volume hold the truth, over repeated samples of known spaces.

    /usr/bin/python3 bench/points/coverage.py [--points 4000] [--repeats 100] [--space S2 ...] [--bin build/release/bin]
                                              [--digits digits.csv.gz] [--ecg ecg.dat]

Prints a line a space. Of the digits of Debian's python3-sklearn (random parts of 1200 of 1797: fewer than 1024 have no
interval) and an electrocardiogram of python3-scipy (random halves), where they are there, it prints how often the
intervals of parts hold what the whole gives. Needs numpy.
"""

import argparse
import json
import math
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from samples import (BIN, DIGITS, ECG, ROLL_AREA, digits, electrocardiogram, projective_plane, rotations, sphere, swiss_roll,
                     torus)

SPACES = {
    "S2": (lambda r, n: sphere(2, r, n), 2, 4 * math.pi),
    "RP2": (projective_plane, 2, 2 * math.pi),
    "SO3": (rotations, 3, 8**1.5 * math.pi**2),
    "T4": (torus, 4, (2 * math.pi) ** 4),
    "S5": (lambda r, n: sphere(5, r, n), 5, math.pi**3),
    "roll": (swiss_roll, 2, ROLL_AREA),
}


def measured(binaries, file, points):
    """What weyl-spectrum says of a sample."""
    np.save(file, points)
    command = [binaries / "weyl-spectrum", file, "-k", "1", "--laplacian", "diffusion", "--landmarks", "100", "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)["sample"]


def holds(estimate, value):
    """Whether value is in its interval; null: no end."""
    return estimate["low"] <= value and (estimate["high"] is None or value <= estimate["high"])


def of_known_spaces(options, file):
    """A line a space."""
    print(f"{'space':6}{'points':>7}{'dimension held':>16}{'volume held':>13}{'mean d':>9}{'mean V/exact':>14}{'width V':>9}")
    for name in options.space:
        sample, dimension, volume = SPACES[name]
        held = np.zeros(2, dtype=int)
        values = []
        for seed in range(options.repeats):
            found = measured(options.bin, file, sample(np.random.default_rng(seed), options.points))
            d, v = found["dimension"], found["volume"]
            held += [holds(d, dimension), holds(v, volume)]
            values.append((d["value"], v["value"] / volume, ((v["high"] or math.inf) - v["low"]) / volume))
        mean = np.mean(values, axis=0)
        print(f"{name:6}{options.points:>7}{held[0]:>12}/{options.repeats}{held[1]:>9}/{options.repeats}"
              f"{mean[0]:>9.3f}{mean[1]:>14.4f}{mean[2]:>9.4f}", flush=True)


def of_data(name, points, size, options, file):
    """How often intervals of random parts of a data set hold what is estimated from all of it: the truth is unknown."""
    whole = measured(options.bin, file, points)
    parts = [measured(options.bin, file, points[np.random.default_rng(seed).permutation(len(points))[:size]])
             for seed in range(options.repeats)]
    for key in ("dimension", "kernel_dimension", "volume"):
        if whole[key]["high"] is None:
            print(f"{name}: no interval of the {key} from all {len(points)} points")
            continue
        found = [part[key] for part in parts]
        held = sum(holds(estimate, whole[key]["value"]) for estimate in found)
        print(f"{name}: {key} {whole[key]['value']:.4g} in [{whole[key]['low']:.4g}, {whole[key]['high']:.4g}] from "
              f"{len(points)} points; of {size}: {np.mean([e['value'] for e in found]):.4g} in the mean, and "
              f"{held}/{options.repeats} intervals hold the first number", flush=True)


def main():
    """Samples, measures, counts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--points", type=int, default=4000)
    parser.add_argument("--repeats", type=int, default=100)
    parser.add_argument("--space", nargs="*", choices=SPACES, default=list(SPACES))
    parser.add_argument("--digits", type=Path, default=DIGITS)
    parser.add_argument("--ecg", type=Path, default=ECG)
    parser.add_argument("--bin", type=Path, default=BIN)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sample.npy"
        of_known_spaces(options, file)
        if options.digits.exists():
            of_data("digits", digits(options.digits)[0], 1200, options, file)
        if options.ecg.exists():
            of_data("electrocardiogram", electrocardiogram(options.ecg), 4000, options, file)


if __name__ == "__main__":
    main()
