"""Cuts the unknowns into blocks that are worth solving apart: groups of days, families that lean
on one another, and the long periods with a few days.

Which blocks there are decides nothing but speed: what they leave open the whole system answers.
"""

import numpy

from folder import METRICS

DAYS_TOGETHER = 5
DAYS_BESIDE_LONG = 4


class Blocks:
    """The blocks of a system, cut in another way each turn."""

    def __init__(self, knowledge, chance):
        self.chance = chance
        folder = knowledge.folder
        families, periods = folder.families(), sorted({period for _, period in folder.tables})
        size = len(knowledge.system.low)
        family_of, period_of = numpy.zeros(size, dtype=int), numpy.zeros(size, dtype=int)
        for (family, period), cells in knowledge.cells.items():
            for base in cells.values():
                if base is not None:
                    family_of[base : base + len(METRICS)] = families.index(family)
                    period_of[base : base + len(METRICS)] = periods.index(period)
        self.days = [place for place, period in enumerate(periods) if len(period) == 10]
        self.period_of = period_of
        self.is_long = ~numpy.isin(period_of, self.days)
        linked = {frozenset(_linked(family, families, folder)) for family in families}
        self.of_families = [
            numpy.isin(family_of, [families.index(one) for one in group])
            for group in sorted(linked, key=lambda group: sorted(group, key=str).__repr__())
        ]

    def turn(self, number):
        """The blocks of this turn, as masks of columns."""
        if number % 4 in (0, 2):
            days = self.chance.permutation(self.days)
            for first in range(0, len(days), DAYS_TOGETHER):
                yield numpy.isin(self.period_of, days[first : first + DAYS_TOGETHER])
        elif number % 4 == 1:
            yield from self.of_families
        else:
            days = self.chance.permutation(self.days)[:DAYS_BESIDE_LONG]
            yield self.is_long | numpy.isin(self.period_of, days)


def _linked(family, families, folder):
    """The family and those that share a sum with it, but for the total, which shares one with
    every family."""
    group = {family}
    for dimension in family:
        group.add((dimension, None))
    for relation in folder.nested:
        ends = (relation["parent"], relation["child"])
        if family[0] in ends:
            group.update((end, family[1]) for end in ends)
    return [one for one in group if one in families]
