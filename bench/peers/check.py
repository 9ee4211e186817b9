# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether two solvers found the same eigenvalues, every copy of a multiple one included."""

TOLERANCE = 1e-8  # relative, of eigenvalues: far above their errors at a residual of 1e-9
GAP = 1e-6  # relative distance of neighbours between which inertia is certain


def read_values(path):
    with open(path, encoding="ascii") as file:
        return sorted(float(line) for line in file)


def compare(ours, theirs, scale):
    """Copies of ours that they lack, values of theirs that we lack (up to our largest), largest relative difference."""
    i = j = lost = extra = 0
    worst = 0.0
    while i < len(ours) and j < len(theirs):
        size = max(abs(ours[i]), scale)
        difference = theirs[j] - ours[i]
        if abs(difference) <= TOLERANCE * size:
            worst = max(worst, abs(difference) / size)
            i, j = i + 1, j + 1
        elif difference > 0:
            lost, i = lost + 1, i + 1
        else:
            extra, j = extra + 1, j + 1
    # What they have left lies above our largest value: the room that lost copies made.
    return {"lost": lost + len(ours) - i, "extra": extra, "difference": worst}


def last_gap(values, scale):
    """(λ, number of values below it) in the last gap between two values; None if there is none."""
    for i in range(len(values) - 1, 0, -1):
        if values[i] - values[i - 1] > GAP * max(abs(values[i]), scale):
            return (values[i] + values[i - 1]) / 2, i
    return None
