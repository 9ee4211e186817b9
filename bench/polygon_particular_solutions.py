# SPDX-License-Identifier: GPL-3.0-or-later
"""The first Dirichlet eigenvalue of a regular polygon by the method of particular solutions (Betcke & Trefethen, SIAM
Rev. 47, 2005): independent of any mesh, for docs/drums.md. Needs NumPy and SciPy.

    python3 bench/polygon_particular_solutions.py 5 7

By symmetry the first eigenfunction lives on the right triangle between the centre O, the middle M of an edge and a
corner V: zero on MV, even across OV and OM. J_mu(sqrt(lambda) r) sin(mu theta) around V, mu = (2m + 1) pi/alpha with
alpha the polygon's angle, has the first two properties exactly, and the right singularity. The third, no derivative
across OM, holds at an eigenvalue: where the smallest singular value of the conditions on OM, the functions normalized
in the triangle, vanishes.
"""

import sys

import numpy
from scipy.optimize import minimize_scalar
from scipy.special import jv, jvp


def smallest_angle(lam, n, terms):
    """The smallest singular value sigma(lambda) for the regular n-gon of circumradius 1."""
    alpha = numpy.pi * (1 - 2 / n)
    corner = numpy.array([1.0, 0.0])
    middle = numpy.cos(numpy.pi / n) * numpy.array([numpy.cos(numpy.pi / n), numpy.sin(numpy.pi / n)])
    along = (middle - corner) / numpy.linalg.norm(middle - corner)
    mu = (2 * numpy.arange(terms) + 1) * numpy.pi / alpha
    root = numpy.sqrt(lam)

    def polar(points):
        """r and theta around the corner, theta from the edge towards the centre, and its two unit vectors."""
        d = points - corner
        r = numpy.hypot(d[:, 0], d[:, 1])
        across = numpy.array([along[1], -along[0]])
        across = across if across @ -corner > 0 else -across
        theta = numpy.arctan2(d @ across, d @ along)
        radial = d / r[:, None]
        turning = numpy.cos(theta)[:, None] * across - numpy.sin(theta)[:, None] * along
        return r, theta, radial, turning

    t = (1 - numpy.cos(numpy.pi * (numpy.arange(4 * terms) + 0.5) / (4 * terms))) / 2
    r, theta, radial, turning = polar(t[:, None] * middle)
    normal = numpy.array([-middle[1], middle[0]]) / numpy.linalg.norm(middle)
    on_side = (root * jvp(mu, root * r[:, None]) * numpy.sin(mu * theta[:, None]) * (radial @ normal)[:, None]
               + mu / r[:, None] * jv(mu, root * r[:, None]) * numpy.cos(mu * theta[:, None])
               * (turning @ normal)[:, None])
    weights = numpy.random.default_rng(1).dirichlet([1, 1, 1], 6 * terms)
    r, theta, _, _ = polar(weights[:, :1] * corner + weights[:, 1:2] * middle)
    inside = jv(mu, root * r[:, None]) * numpy.sin(mu * theta[:, None])
    both = numpy.vstack([on_side, inside])
    both /= numpy.linalg.norm(both, axis=0)
    q, _ = numpy.linalg.qr(both)
    return numpy.linalg.svd(q[: len(on_side)], compute_uv=False)[-1]


def first_eigenvalue(n, terms):
    """The minimum of sigma near where the eigenvalues of the disk of the same area are."""
    area = n / 2 * numpy.sin(2 * numpy.pi / n)
    guess = 5.783185962946784 * numpy.pi / area * (1 + 4.808 / n**3)
    grid = guess * numpy.linspace(0.97, 1.03, 61)
    k = int(numpy.argmin([smallest_angle(x, n, terms) for x in grid]))
    low, high = grid[max(0, k - 1)], grid[min(60, k + 1)]
    # sigma is |lambda - lambda_1| near its minimum: cross its two branches, which loses no digits.
    for _ in range(3):
        x = minimize_scalar(lambda lam: smallest_angle(lam, n, terms), bounds=(low, high), method="bounded",
                            options={"xatol": 1e-13}).x
        d = (high - low) * 1e-2
        left, right = smallest_angle(x - d, n, terms), smallest_angle(x + d, n, terms)
        x += d * (left - right) / (left + right)
        low, high = x - d, x + d
    return x


for sides in map(int, sys.argv[1:] or ["5", "7"]):
    for count in (8, 12, 16, 20):
        value = first_eigenvalue(sides, count)
        edge = 2 * numpy.sin(numpy.pi / sides)
        print(f"{sides}-gon, {count:2d} terms: circumradius 1: {value:.12f}   edge 1: {value * edge * edge:.12f}")
