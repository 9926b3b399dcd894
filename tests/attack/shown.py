"""How narrow the intervals of shown figures became: a statistic, no verdict."""

import numpy

from folder import METRICS
from solver import TOLERANCE

# A shown figure whose interval is narrower says more than its rounding meant to.
NARROW = 3

# Turns over the blocks that show most figures to be wide, before the rest is solved one by one.
TURNS = 3


def narrowest(solver, knowledge, blocks, programs_max):
    """Counts shown figures that are certainly narrow, and those that were not settled within so
    many programs; and the least ratio of interval to rounding among the settled ones."""
    columns, widths = _shown(knowledge)
    if not len(columns):
        return {"figures": 0, "narrow": 0, "unsettled": 0, "narrowest_ratio": None}
    for turn in range(TURNS if programs_max else 0):
        for free in blocks.turn(turn):
            for sign in (1.0, -1.0):
                costs = numpy.zeros(solver.size)
                costs[columns] = sign * blocks.chance.uniform(0.1, 1.0, len(columns))
                solver.push(costs, free=free)
    seen = solver.highest[columns] - solver.lowest[columns]
    unsettled = list(numpy.flatnonzero(seen < numpy.minimum(NARROW, widths) - TOLERANCE))
    unsettled.sort(key=lambda place: seen[place] / widths[place])
    narrow, ratios = 0, []
    while unsettled and 2 * len(ratios) + 2 <= programs_max:
        place = unsettled.pop(0)
        width = solver.greatest(columns[place]) - solver.least(columns[place])
        narrow += bool(width < min(NARROW, widths[place]) - TOLERANCE)
        ratios.append(width / widths[place])
    return {
        "figures": len(columns),
        "narrow": narrow,
        "unsettled": len(unsettled),
        "narrowest_ratio": round(float(min(ratios)), 3) if ratios else None,
    }


def _shown(knowledge):
    columns, widths = [], []
    system = knowledge.system
    for address, table in knowledge.folder.tables.items():
        for key, row in table.rows.items():
            for place, metric in enumerate(METRICS):
                base = knowledge.cells[address][key]
                if row.figures is not None and row.figures.get(metric) is not None:
                    # What the threshold alone narrows to one value is no finding.
                    width = system.high[base + place] - system.low[base + place]
                    if width > 0:
                        columns.append(base + place)
                        widths.append(width)
    return numpy.asarray(columns, dtype=int), numpy.asarray(widths)
