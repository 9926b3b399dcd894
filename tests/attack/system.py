"""The attacker's unknowns and what he knows of them: columns with bounds, rows, each with a name.

A cell is six unknowns that stand together, one for each metric; a cell known to be 0 is `None`.
Every bound and every row carries a name, `group: family`, so that a contradiction can be told by
its names and not by its numbers.
"""

import math
from dataclasses import dataclass, field

import numpy

from folder import METRICS

INFINITE = math.inf


@dataclass
class Rows:
    """Rows as they are gathered: the entries of row i lie between starts[i] and starts[i + 1]."""

    columns: list = field(default_factory=list)
    factors: list = field(default_factory=list)
    starts: list = field(default_factory=lambda: [0])
    low: list = field(default_factory=list)
    high: list = field(default_factory=list)
    names: list = field(default_factory=list)
    about: list = field(default_factory=list)


class System:
    """All unknowns of one site and all that is known of them."""

    def __init__(self):
        self.low = []
        self.high = []
        self.rows = Rows()
        # (column, is it the upper bound, the bound, its name): to do without some of them.
        self.bounds = []

    def cell(self):
        """A new cell of which nothing is known but that nothing is negative."""
        base = len(self.low)
        self.low += [0.0] * len(METRICS)
        self.high += [INFINITE] * len(METRICS)
        return base

    def at_least(self, column, low, name):
        """Raises a lower bound."""
        if low > self.low[column]:
            self.low[column] = float(low)
            self.bounds.append((column, False, float(low), name))

    def at_most(self, column, high, name):
        """Lowers an upper bound."""
        if high < self.high[column]:
            self.high[column] = float(high)
            self.bounds.append((column, True, float(high), name))

    def row(self, entries, low, high, name, about):
        """low <= sum of factor times column <= high; entries of no column are zeros."""
        rows = self.rows
        for column, factor in entries:
            rows.columns.append(column)
            rows.factors.append(float(factor))
        rows.starts.append(len(rows.columns))
        rows.low.append(low)
        rows.high.append(high)
        rows.names.append(name)
        rows.about.append(about)

    def parts(self, parts, whole, sense, metrics, name, about):
        """The cells `parts` and the cell `whole`: `equal`, `cover` (parts >= whole) or `within`."""
        parts = [part for part in parts if part is not None]
        if whole is None and (not parts or sense == "cover"):
            return
        if not parts and sense == "within":
            return
        low = -INFINITE if sense == "within" else 0.0
        high = INFINITE if sense == "cover" else 0.0
        for place, metric in enumerate(METRICS):
            if metric not in metrics:
                continue
            entries = [(part + place, 1) for part in parts]
            if whole is not None:
                entries.append((whole + place, -1))
            self.row(entries, low, high, name, about)

    def breach(self, values):
        """The first bounds and rows that these values break, in words; unknown values are nan."""
        values = numpy.asarray(values, dtype=float)
        found = []
        for column, upper, bound, name in self.bounds:
            off = values[column] > bound + 1e-6 if upper else values[column] < bound - 1e-6
            if off:
                side = "at most" if upper else "at least"
                metric = METRICS[column % len(METRICS)]
                found.append(f"{name}: {metric} {side} {bound:g}, but it is {values[column]:g}")
        rows = self.rows
        terms = numpy.append(values[rows.columns] * numpy.asarray(rows.factors), 0.0)
        starts = numpy.asarray(rows.starts[:-1], dtype=int)
        empty = starts == numpy.asarray(rows.starts[1:])
        sums = numpy.where(empty, 0.0, numpy.add.reduceat(terms, starts)) if len(starts) else []
        for index, total in enumerate(sums):
            if total < rows.low[index] - 1e-6 or total > rows.high[index] + 1e-6:
                first = rows.starts[index]
                metric = METRICS[rows.columns[first] % len(METRICS)] if not empty[index] else ""
                found.append(f"{rows.names[index]}: {rows.about[index]} {metric}: off by {total:g}")
        return found
