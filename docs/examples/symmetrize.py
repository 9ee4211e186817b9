#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a nearly symmetric OFF surface exactly symmetric: cuts it with a coordinate plane and glues the half that is
left to its mirror image.

    symmetrize.py IN.off AXIS PLANE OUT.off      # keeps coordinate AXIS (0, 1, 2) <= PLANE
"""

import sys


def main(source, axis, plane, target):
    with open(source, encoding="utf-8") as file:
        words = [line.split() for line in file if line.strip() and not line.startswith("#")]
    vertices, faces = int(words[1][0]), int(words[1][1])
    points = [list(map(float, row[:3])) for row in words[2 : 2 + vertices]]
    cells = [list(map(int, row[1:4])) for row in words[2 + vertices : 2 + vertices + faces]]
    side = [point[axis] - plane for point in points]
    edge = max(side) - min(side)
    for v, distance in enumerate(side):  # no slivers: what is nearly on the plane is on it
        if abs(distance) < 1e-3 * edge:
            points[v][axis], side[v] = plane, 0.0
    cuts = {}

    def cut(a, b):
        """The vertex where the edge ab meets the plane."""
        key = (min(a, b), max(a, b))
        if key not in cuts:
            t = side[a] / (side[a] - side[b])
            points.append([p + t * (q - p) for p, q in zip(points[a], points[b])])
            points[-1][axis] = plane
            cuts[key] = len(points) - 1
        return cuts[key]

    half = []
    for cell in cells:
        corners = []
        for a, b in zip(cell, cell[1:] + cell[:1]):
            if side[a] <= 0:
                corners.append(a)
            if side[a] * side[b] < 0:
                corners.append(cut(a, b))
        flat = all(points[v][axis] == plane for v in corners)  # a face in the plane would be there twice
        half += [] if flat else [[corners[0], corners[i], corners[i + 1]] for i in range(1, len(corners) - 1)]
    used = sorted({v for cell in half for v in cell})
    image = {v: v if points[v][axis] == plane else len(points) + i for i, v in enumerate(used)}
    mirrored = {image[v]: [2 * plane - x if i == axis else x for i, x in enumerate(points[v])] for v in used}
    whole = half + [[image[c], image[b], image[a]] for a, b, c in half]
    number = {v: i for i, v in enumerate(sorted({v for cell in whole for v in cell}))}
    with open(target, "w", encoding="utf-8") as file:
        file.write(f"OFF\n{len(number)} {len(whole)} 0\n")
        for v in number:
            file.write(" ".join(repr(x) for x in (mirrored[v] if v in mirrored else points[v])) + "\n")
        for cell in whole:
            file.write("3 " + " ".join(str(number[v]) for v in cell) + "\n")


main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), sys.argv[4])
