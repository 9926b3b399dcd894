"""The linear programs: one system, solved for one objective after the other, whole or in blocks.

A block lets some columns free and holds all others at a known solution: small, quickly solved, and
every solution of it is a solution of the whole. So a block can prove that a cell may take a value,
and only the whole can prove that it may not.
"""

import highspy
import numpy

from folder import Unreadable

TOLERANCE = 1e-6

# A witness may miss a row by this much: far less than one visitor, and more than the solver's own
# 1e-7 adds up to along a row.
ERROR_MAX = 1e-4

# What nothing bounds is bounded this many times above the greatest bound, far above every demand,
# so that each program has an end.
FAR = 100.0


class Solver:
    """The system as arrays, a solution of it, and what all solutions so far have shown."""

    def __init__(self, system):
        rows = system.rows
        self.low = numpy.asarray(system.low)
        self.high = _finite(system, system.high)
        self.size = len(self.low)
        self._index = numpy.asarray(rows.columns, dtype=numpy.int32)
        self._value = numpy.asarray(rows.factors, dtype=float)
        self._row = numpy.repeat(numpy.arange(len(rows.low)), numpy.diff(rows.starts))
        self._row_low, self._row_high = numpy.asarray(rows.low), numpy.asarray(rows.high)
        self.lowest = numpy.full(self.size, numpy.inf)
        self.highest = numpy.full(self.size, -numpy.inf)
        self.point = None
        self.programs = {"whole": 0, "block": 0}

    def entries(self):
        """The rows as (row, column, factor of each entry) and their (low, high)."""
        return self._row, self._index, self._value, self._row_low, self._row_high

    def is_feasible(self):
        """Has the system a solution at all? It is the first witness."""
        return self.push(numpy.zeros(self.size)) is not None

    def least(self, column):
        """The exact least value of one column."""
        return self._extreme(column, 1.0)

    def greatest(self, column):
        """The exact greatest value of one column."""
        return self._extreme(column, -1.0)

    def _extreme(self, column, sign):
        costs = numpy.zeros(self.size)
        costs[column] = sign
        values = self.push(costs)
        if values is None:
            raise Unreadable("the solver found no end")
        return values[column]

    def push(self, costs, low=None, high=None, free=None):
        """Minimises the sum of cost times column and keeps the witness. `low` and `high` may be
        tighter than the system's, as long as the last witness fulfils them; `free` makes a block
        of the columns it is true for. Nothing if there is no solution that is exact enough."""
        low = self.low if low is None else low
        high = self.high if high is None else high
        if free is None:
            self.programs["whole"] += 1
            values = _solved(self._whole(costs, low, high))
        else:
            self.programs["block"] += 1
            # Simplifying a small program takes longer than solving it.
            part = _solved(self._block(costs, low, high, free), presolve="off")
            values = None
            if part is not None:
                values = self.point.copy()
                values[free] = part
        if values is None or self._error(values) > ERROR_MAX:
            return None
        numpy.minimum(self.lowest, values, out=self.lowest)
        numpy.maximum(self.highest, values, out=self.highest)
        # Halfway between solutions is a solution with more room around it.
        self.point = values if self.point is None else (self.point + values) / 2
        return values

    def _error(self, values):
        """By how much these values miss the system: what the solver rounds must not add up."""
        sums = numpy.bincount(
            self._row, weights=self._value * values[self._index], minlength=len(self._row_low))
        misses = [self.low - values, values - self.high,
                  self._row_low - sums, sums - self._row_high]
        return max(miss.max(initial=0.0) for miss in misses)

    def _whole(self, costs, low, high):
        starts = numpy.searchsorted(self._row, numpy.arange(len(self._row_low) + 1))
        return _program(costs, (low, high), (self._row_low, self._row_high),
                        (starts, self._index, self._value))

    def _block(self, costs, low, high, free):
        entries = free[self._index]
        touched = numpy.zeros(len(self._row_low), dtype=bool)
        touched[self._row[entries]] = True
        held = numpy.where(entries, 0.0, self._value * self.point[self._index])
        sums = numpy.bincount(self._row, weights=held, minlength=len(touched))
        rows = numpy.cumsum(touched) - 1
        columns = numpy.cumsum(free) - 1
        starts = numpy.searchsorted(rows[self._row[entries]], numpy.arange(touched.sum() + 1))
        matrix = (starts, columns[self._index[entries]], self._value[entries])
        between = ((self._row_low - sums)[touched], (self._row_high - sums)[touched])
        return _program(costs[free], (low[free], high[free]), between, matrix)


def conflict(system):
    """Names of bounds and rows that contradict one another, none of which can be left out."""
    names = list(dict.fromkeys([name for *_, name in system.bounds] + system.rows.names))
    kept = set(names)
    for name in names:
        if not _has_solution(system, kept - {name}):
            kept.discard(name)
    return [name for name in names if name in kept]


def _has_solution(system, kept):
    low, high = numpy.zeros(len(system.low)), numpy.full(len(system.high), numpy.inf)
    for column, upper, bound, name in system.bounds:
        if name in kept and upper:
            high[column] = min(high[column], bound)
        elif name in kept:
            low[column] = max(low[column], bound)
    rows = system.rows
    wanted = numpy.asarray([name in kept for name in rows.names], dtype=bool)
    between = (numpy.where(wanted, rows.low, -numpy.inf), numpy.where(wanted, rows.high, numpy.inf))
    matrix = (rows.starts, rows.columns, rows.factors)
    costs = numpy.zeros(len(low))
    return _solved(_program(costs, (low, _finite(system, high)), between, matrix)) is not None


def _finite(system, high):
    bounds = [bound for *_, bound, _ in system.bounds]
    return numpy.minimum(high, FAR * (100.0 + max(bounds, default=0.0)))


def _program(costs, bounds, between, matrix):
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(costs), len(between[0])
    program.col_cost_ = costs
    program.col_lower_, program.col_upper_ = bounds
    program.row_lower_, program.row_upper_ = between
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = numpy.asarray(matrix[0], dtype=numpy.int32)
    program.a_matrix_.index_ = numpy.asarray(matrix[1], dtype=numpy.int32)
    program.a_matrix_.value_ = numpy.asarray(matrix[2], dtype=float)
    return program


def _solved(program, presolve="choose"):
    """A solution of the program, or nothing if it has none."""
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("presolve", presolve)
    highs.passModel(program)
    highs.run()
    status = highs.getModelStatus()
    if status == highspy.HighsModelStatus.kOptimal:
        return numpy.asarray(highs.getSolution().col_value)
    if status == highspy.HighsModelStatus.kInfeasible or presolve == "off":
        # A block that the solver gives up is no witness; nothing rests on it.
        return None
    raise Unreadable(f"the solver stopped: {status}")
