"""Where the true figures lie among the attacker's unknowns: for the verdict, never for bounds."""

import numpy

from folder import METRICS, TOTAL, Unreadable
from knowledge import Unnamed
from nesting import parents_of

MISSING_TOLD = 5


class Truth:
    """The exact figures of every published table, laid beside the knowledge of an attacker."""

    def __init__(self, knowledge, exact):
        self.knowledge = knowledge
        self.exact = {address: rows for address, rows in exact.items()
                      if address in knowledge.cells}
        untold = set(knowledge.cells) - set(self.exact)
        if untold:
            raise Unreadable(f"the truth lacks {sorted(untold, key=str)[:MISSING_TOLD]}")

    def places(self, family, label, second):
        """Under which keys an attacker counts this cell: its own, or those of unnamed ones."""
        labels = self._sides(family[0], label)
        seconds = [""] if family[1] is None else self._sides(family[1], second)
        return [(one, other) for one in labels for other in seconds]

    def _sides(self, dimension, label):
        knowledge = self.knowledge
        if dimension == TOTAL or label in knowledge.names.get(dimension, ()):
            return [label]
        sides = [None]
        for place, relation in enumerate(knowledge.folder.nested):
            if relation["child"] == dimension and relation["relation"] not in ("label", "same"):
                published = knowledge.published_names.get(relation["parent"], [])
                named = knowledge.names.get(relation["parent"], ())
                for parent in parents_of(relation, label, published):
                    if parent in named:
                        sides.append(Unnamed(place, parent))
        return sides

    def lies(self):
        """What the attacker believes and the truth does not fulfil: then the folder tells lies
        about itself and no interval means anything."""
        values = numpy.zeros(len(self.knowledge.system.low))
        lies = []
        for (family, period), rows in self.exact.items():
            cells = self.knowledge.cells[family, period]
            for (label, second), figures in rows.items():
                for key in self.places(family, label, second):
                    base = cells[key]
                    if base is not None:
                        values[base : base + len(METRICS)] += figures
                    elif any(figures):
                        lies.append(f"known to be 0, but it is not: {family} {period} {key}")
        return lies + self.knowledge.system.breach(values)
