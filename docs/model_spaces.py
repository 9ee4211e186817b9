#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the table of docs/model-spaces.md: first eigenvalues by weyl-spectrum, and the same by other means.

    python3 docs/model_spaces.py build/release/bin        (needs NumPy and SciPy)
"""

import itertools
import json
import math
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy
from scipy.optimize import brentq
from scipy.special import jn_zeros, jnp_zeros, jv, jvp, lpmv, spherical_jn, yv, yvp

BIN = Path(sys.argv[1] if len(sys.argv) > 1 else "build/release/bin")
FIRST = 6  # distinct eigenvalues shown
PI2 = math.pi ** 2


def levels(space):
    """(λ, multiplicity) of the first distinct eigenvalues by weyl-spectrum."""
    found = []
    count = 8
    while len(found) <= FIRST:
        done = subprocess.run([BIN / "weyl-spectrum", space, "-k", str(count), "--json"], check=True, capture_output=True)
        found = [(entry["mean"], entry["multiplicity"]) for entry in json.loads(done.stdout)["multiplets"]]
        count *= 2
    return found[:FIRST]


def merged(values, digits=9):
    """The smallest distinct values with their multiplicities."""
    groups = Counter(float(f"{value:.{digits}g}") for value in values)
    return sorted(groups.items())[:FIRST]


def lattice(dimension, norm, reach=12):
    """|k|² over a box of Z^dimension."""
    return [norm(k) for k in itertools.product(range(-reach, reach + 1), repeat=dimension)]


def orbits(dimension, representative, reach=5):
    """One value for each orbit of Z^dimension."""
    points = itertools.product(range(-reach, reach + 1), repeat=dimension)
    return [sum(x * x for x in k) for k in {representative(k) for k in points}]


def harmonics(dimension, group):
    """k(k + d − 1) with the trace of the projection on invariants: characters by power sums (Newton), in doubles."""
    values = []
    for k in range(40):
        total = 0
        for element in group:
            sums = [numpy.trace(numpy.linalg.matrix_power(element, j)) for j in range(1, k + 1)]
            h = [1.0]
            for n in range(1, k + 1):
                h.append(sum(sums[j - 1] * h[n - j] for j in range(1, n + 1)) / n)
            total += h[k] - (h[k - 2] if k > 1 else 0)
        values += [k * (k + dimension - 1)] * round(total / len(group))
    return values


def closure(generators):
    """All products of matrices."""
    group = [numpy.eye(len(generators[0]))]
    for element in group:
        for g in generators:
            if not any(numpy.allclose(element @ g, other) for other in group):
                group.append(element @ g)
    return group


def permutation(*images):
    """The matrix that sends e_i to e_images[i]."""
    return numpy.eye(len(images))[:, list(images)]


def rotation(n, turns):
    """Rotations of consecutive planes by parts of a full turn."""
    g = numpy.eye(n)
    for i, turn in enumerate(turns):
        c, s = math.cos(2 * math.pi * turn), math.sin(2 * math.pi * turn)
        g[2 * i:2 * i + 2, 2 * i:2 * i + 2] = [[c, -s], [s, c]]
    return g


def quaternion(w, x, y, z):
    """Multiplication from the left."""
    return numpy.array([[w, -x, -y, -z], [x, w, -z, y], [y, z, w, -x], [z, -y, x, w]])


def spheres(k):
    """(λ, multiplicity) of S² up to degree k."""
    return [(n * (n + 1), 2 * n + 1) for n in range(k)]


def sums(first, second):
    """Eigenvalues of a product."""
    return [a + b for a, m in first for b, n in second for _ in range(m * n)]


def roots(function, top, steps=4000):
    """Changes of sign on (0, top]."""
    grid = numpy.linspace(top / steps, top, steps)
    values = function(grid)
    return [brentq(function, a, b, xtol=1e-14) for a, b, u, v in zip(grid, grid[1:], values, values[1:]) if u * v < 0]


def disk(zeros, radius=1):
    """Squares of the zeros of each order, twice for m > 0."""
    return [(z / radius) ** 2 for m in range(12) for z in zeros(m, 8) for _ in range(2 if m else 1)]


def cap(function):
    """k(k + 1) for the roots k of each order, k = m the pole's singular ones left out."""
    return [k * (k + 1) for m in range(9) for k in roots(lambda k: function(m, k), 12) if k > m - 0.5
            for _ in range(2 if m else 1)]


def annulus(function):
    """Roots of a cross product for each order."""
    return [z * z for m in range(12) for z in roots(lambda k: function(m, k), 25) for _ in range(2 if m else 1)]


PHI = (1 + math.sqrt(5)) / 2
TURN = permutation(1, 2, 0)
OCTAHEDRAL = closure([TURN, rotation(3, [0.25])])
BINARY_TETRAHEDRAL = closure([quaternion(0, 1, 0, 0), quaternion(0.5, 0.5, 0.5, 0.5)])

# Space -> its eigenvalues by other means, and which.
REFERENCES = {
    "sphere:2": (sums(spheres(9), [(0, 1)]), "l(l+1), 2l+1 times"),
    "sphere:3": (harmonics(3, [numpy.eye(4)]), "harmonic polynomials by traces"),
    "rp:3": (harmonics(3, [numpy.eye(4), -numpy.eye(4)]), "traces of ±1"),
    "hemisphere:2;dirichlet": ([l * (l + 1) for l in range(9) for _ in range(l)], "l(l+1), l times (Courant–Hilbert)"),
    "cp:2": ([4 * k * (k + 2) for k in range(7) for _ in range((k + 1) ** 3)], "4k(k+2), (k+1)³ times (Berger et al. 1971)"),
    "lens:5,2": (harmonics(3, closure([rotation(4, [1 / 5, 2 / 5])])), "traces of the five rotations"),
    "sphere:2/C3v": (harmonics(2, closure([rotation(3, [1 / 3]), numpy.diag([1, -1, 1])])), "traces of the matrices"),
    "sphere:2/O": (harmonics(2, OCTAHEDRAL), "traces of the 24 matrices"),
    "sphere:2/Oh;dirichlet": ([9 * 10, 13 * 14, 15 * 16, 17 * 18, 19 * 20, 21 * 22, 21 * 22],
                              "t⁹/((1−t⁴)(1−t⁶)) (Bérard–Besson 1980)"),
    "sphere:2/Ih": ([l * (l + 1) for l in (0, 6, 10, 12, 16, 18)], "1/((1−t⁶)(1−t¹⁰)) (Meyer 1954)"),
    "sphere:3/S": (harmonics(3, closure([permutation(1, 2, 3, 0), permutation(1, 0, 2, 3)])), "traces of 24 matrices"),
    "sphere:3/C": (harmonics(3, closure([permutation(1, 2, 3, 0)])), "traces of 4 matrices"),
    "sphere:3/2T": (harmonics(3, BINARY_TETRAHEDRAL), "traces of the 24 quaternions"),
    "sphere:3/2I": ([k * (k + 2) for k, m in ((0, 1), (12, 13), (20, 21), (24, 25), (30, 31), (32, 33)) for _ in range(m)],
                    "k+1 times the invariants of I"),
    "sphere:3/SO:3": ([k * (k + 2) for k in range(9)], "Gegenbauer polynomials, each once"),
    "torus:3": (lattice(3, lambda k: sum(x * x for x in k)), "lattice points"),
    "torus:3/S": (orbits(3, lambda k: tuple(sorted(k))), "multisets"),
    "torus:4/C": (orbits(4, lambda k: min(k[i:] + k[:i] for i in range(4))), "necklaces"),
    "torus:3/B": (orbits(3, lambda k: tuple(sorted(map(abs, k)))), "multisets of absolute values"),
    "lattice:[[1,0],[1/2,sqrt(3)/2]]": (lattice(2, lambda k: 16 * PI2 / 3 * (k[0] ** 2 + k[0] * k[1] + k[1] ** 2)),
                                        "lattice points"),
    "klein:1,1": ([4 * PI2 * (m * m + n * n) for m in range(-9, 10) for n in range(10) if n or m % 2 == 0],
                  "functions of the double cover"),
    "mobius:2,1;dirichlet": ([PI2 * (m * m / 4 + n * n) for m in range(-9, 10) for n in range(1, 9) if (m + n) % 2],
                             "functions of the double cover"),
    "equilateral:1": ([16 * PI2 / 9 * (m * m + m * n + n * n) for m in range(9) for n in range(9)], "Lamé 1833"),
    "rectangle:1,2;dirichlet": ([PI2 * (m * m + n * n / 4) for m in range(1, 9) for n in range(1, 9)], "sines"),
    "disk:1": ([0] + disk(lambda m, n: jnp_zeros(m, n)), "SciPy jnp_zeros"),
    "disk:1;dirichlet": (disk(lambda m, n: jn_zeros(m, n)), "SciPy jn_zeros"),
    "annulus:0.5,1": ([0] + annulus(lambda m, k: jvp(m, k / 2) * yvp(m, k) - jvp(m, k) * yvp(m, k / 2)),
                      "SciPy, roots of the cross product"),
    "annulus:0.5,1;dirichlet": (annulus(lambda m, k: jv(m, k / 2) * yv(m, k) - jv(m, k) * yv(m, k / 2)),
                                "SciPy, roots of the cross product"),
    "ball:3,1": ([0] + [z * z for l in range(9) for z in roots(lambda x: spherical_jn(l, x, derivative=True), 12)
                        for _ in range(2 * l + 1)], "SciPy spherical_jn'"),
    "ball:3,1;dirichlet": ([z * z for l in range(9) for z in roots(lambda x: spherical_jn(l, x), 12)
                            for _ in range(2 * l + 1)], "SciPy spherical_jn"),
    "cap:2,1": ([0] + cap(lambda m, k: (k - m + 1) * lpmv(m, k + 1, math.cos(1)) - (k + 1) * math.cos(1) *
                          lpmv(m, k, math.cos(1))), "SciPy lpmv'"),
    "cap:2,1;dirichlet": (cap(lambda m, k: lpmv(m, k, math.cos(1))), "SciPy lpmv"),
    "sphere:2*circle:2pi": (sums(spheres(9), [(0, 1)] + [(k * k, 2) for k in range(1, 9)]), "sums"),
    "sphere:2^2/S": ([a + b for (a, _), (b, _) in itertools.combinations_with_replacement(
        [(l * (l + 1), m) for l in range(6) for m in range(2 * l + 1)], 2)], "pairs of modes"),
}


def main():
    """Prints the table; fails where a digit differs."""
    print("| space | first eigenvalues (multiplicity) | the same by |")
    print("|---|---|---|")
    for space, (values, source) in REFERENCES.items():
        found, expected = levels(space), merged(values)
        shown = ", ".join(f"{value:.9g} ({multiplicity})" for value, multiplicity in found)
        if merged([v for v, m in found for _ in range(m)])[:len(expected)] != expected[:FIRST]:
            sys.exit(f"{space}: {found} is not {expected}")
        print(f"| `{space}` | {shown} | {source} |")


if __name__ == "__main__":
    main()
