"""Bounds that follow from one row at a time, again and again: coarser than a linear program and
much quicker. What they show to be too narrow is too narrow; they never show that a cell is safe."""

import numpy

SWEEPS_MAX = 60


def propagated(solver):
    """Outer bounds (low, high) of every column."""
    low, high = solver.low.copy(), solver.high.copy()
    row, index, value, row_low, row_high = solver.entries()
    size = len(row_low)
    positive = value > 0
    for _ in range(SWEEPS_MAX):
        # The least and the greatest that each entry can add to its row.
        least = value * numpy.where(positive, low[index], high[index])
        most = value * numpy.where(positive, high[index], low[index])
        others_least = numpy.bincount(row, weights=least, minlength=size)[row] - least
        others_most = numpy.bincount(row, weights=most, minlength=size)[row] - most
        upper, lower = row_high[row] - others_least, row_low[row] - others_most
        with numpy.errstate(divide="ignore", invalid="ignore"):
            above = numpy.where(positive, upper, lower) / value
            below = numpy.where(positive, lower, upper) / value
        narrower_high, narrower_low = high.copy(), low.copy()
        numpy.minimum.at(narrower_high, index, above)
        numpy.maximum.at(narrower_low, index, below)
        moved = (low < narrower_low - 1e-3) | (high > narrower_high + 1e-3)
        low, high = narrower_low, narrower_high
        if not moved.any():
            break
    return low, high
