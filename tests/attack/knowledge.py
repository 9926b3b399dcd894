"""Everything an attacker can write down about one site: its cells and the relations between them.

A label that no table names is not one unknown each: `None` stands for all of them together, and
`Unnamed(relation, parent)` for those that lie in one parent. A cell lies under
(family, period), (label, second).
"""

from typing import NamedTuple

from calendar_periods import Calendar
from folder import METRICS, RATES, TOTAL, VISITORS
from nesting import DISJOINT, parents_of
from system import INFINITE, System

BOUNCES = METRICS.index("bounces")
VISITS = METRICS.index("visits")
READING = METRICS.index("reading_seconds")

# Dimensions whose lines of nobody look like those of few, as long as one line is withheld.
QUIET = ("hour",)


class Unnamed(NamedTuple):
    """The values without a name that lie in one parent."""

    relation: int
    parent: str


class Knowledge:
    """The system of one folder, and where in it each cell lies."""

    def __init__(self, folder, believes_threshold=True):
        self.folder = folder
        self.believes_threshold = believes_threshold
        self.system = System()
        self.names = {}
        self.published_names = {}
        self.groups = {}
        self.cells = {}
        self.calendar = Calendar(folder)
        self._name_labels()
        for (family, period), table in sorted(folder.tables.items(), key=str):
            self._cells_of(family, period, table)
        self._add_times()
        self._add_totals()
        self._add_margins()
        for place, relation in enumerate(folder.nested):
            self._add_nesting(place, relation)

    def at(self, family, period, label, second=""):
        """The cell, `None` where it is known to be 0."""
        return self.cells[family, period][label, second]

    def labels(self, dimension):
        """The names of a dimension, the unnamed in groups, and last the unnamed together."""
        return [*self.names.get(dimension, []), *self.groups.get(dimension, []), None]

    def _name_labels(self):
        names = {}
        for ((dimension, crossed), _), table in self.folder.tables.items():
            for label, second in table.rows:
                names.setdefault(dimension, set()).add(label)
                if crossed is not None:
                    names.setdefault(crossed, set()).add(second)
        self.published_names = {dimension: sorted(found) for dimension, found in names.items()}
        # A child's name may tell a parent's, whose name may tell that of its own parent in turn.
        for _ in range(1 + len(self.folder.nested)):
            for relation in self.folder.nested:
                self._name_parents(relation, names)
        self.names = {dimension: sorted(found) for dimension, found in names.items()}
        for place, relation in enumerate(self.folder.nested):
            if relation["relation"] not in ("label", "same"):
                parents = self.names.get(relation["parent"], [])
                groups = [Unnamed(place, parent) for parent in parents]
                self.groups.setdefault(relation["child"], []).extend(groups)

    def _name_parents(self, relation, names):
        children = names.setdefault(relation["child"], set())
        parents = names.setdefault(relation["parent"], set())
        if relation["relation"] != "prefix":
            published = self.published_names.get(relation["parent"], [])
            for child in children:
                parents.update(parents_of(relation, child, published))
        if relation["relation"] == "label":
            parents.add(relation["label"])
        if relation["relation"] == "same":
            children.update(parents)

    def _cells_of(self, family, period, table):
        dimension, crossed = family
        labels = [""] if dimension == TOTAL else self.labels(dimension)
        seconds = [""] if crossed is None else self.labels(crossed)
        cells = self.cells[family, period] = {}
        for label in labels:
            for second in seconds:
                cells[label, second] = self._cell(family, table, (label, second))

    def _cell(self, family, table, key):
        row = table.rows.get(key)
        if row is None and table.remainder is None:
            return None
        base = self.system.cell()
        if row is not None and row.figures is not None:
            self._shown(base, row, family)
        else:
            status = table.remainder if row is None else row.confidential
            is_rest = any(one is None or isinstance(one, Unnamed) for one in key)
            self._withheld(base, status, row is not None, is_rest, family)
        self._orders(base, family, key)
        return base

    def _shown(self, base, row, family):
        folder, system = self.folder, self.system
        name = f"shown figures: {family}"
        for place, metric in enumerate(METRICS):
            figure = row.figures.get(metric)
            if figure is not None:
                low, high = folder.bounds(figure)
                system.at_least(base + place, low, name)
                system.at_most(base + place, high, name)
        if self.believes_threshold:
            self._threshold(base + VISITORS, family)
        for rate, counted, factor in zip(RATES, (BOUNCES, READING), (0.01, 1.0)):
            if row.figures.get(rate) is not None:
                half = row.steps.get(rate, 1) / 2
                for bound, low, high in ((-half, 0, INFINITE), (half, -INFINITE, 0)):
                    ratio = factor * (row.figures[rate] + bound)
                    entries = [(base + counted, 1), (base + VISITS, -ratio)]
                    system.row(entries, low, high, f"rates: {family}", rate)

    def _threshold(self, visitors, family):
        folder, name = self.folder, f"threshold: {family}"
        if folder.networks_least is not None:
            if self.system.high[visitors] > 0:
                self.system.at_least(visitors, folder.networks_least, name)
        elif self.system.high[visitors] >= folder.visitors_min:
            self.system.at_least(visitors, folder.visitors_min, name)
        else:
            # Fewer than the threshold would have been withheld: what is shown is nobody at all.
            self.system.at_most(visitors, 0, name)

    def _withheld(self, base, status, listed, is_rest, family):
        visitors = base + VISITORS
        if status == "A" and not is_rest and self.folder.networks_least is None:
            few = self.folder.visitors_min - 1
            self.system.at_most(visitors, few, f"withheld as small: {family}")
            if listed and family[0] not in QUIET:
                self.system.at_least(visitors, 1, f"withheld as small: {family}")

    def _orders(self, base, family, key):
        for smaller, greater in self.folder.orders_of(family):
            entries = [(base + METRICS.index(one), 1) for one in greater.split("+")]
            entries.append((base + METRICS.index(smaller), -1))
            self.system.row(entries, 0, INFINITE, f"orders: {family}", (smaller, greater, key))

    def _add_times(self):
        for family in self.folder.families():
            for period in self.folder.periods(family):
                parts, is_whole = self.calendar.parts(family, period)
                if not parts:
                    continue
                sense = "equal" if is_whole else "within"
                for key, whole in self.cells[family, period].items():
                    cells = [self.cells[family, part][key] for part in parts]
                    name = f"time: {family}"
                    self.system.parts(cells, whole, sense, METRICS, name, (period, key))

    def _add_totals(self):
        for family in self.folder.families():
            if family[1] is None and family[0] != TOTAL:
                for period in self.folder.periods(family):
                    if ((TOTAL, None), period) in self.cells:
                        whole = self.at((TOTAL, None), period, "")
                        wholes = [("", whole)]
                        self._sum(family, family[0], period, wholes, lambda _, one: (one, ""))

    def _add_margins(self):
        for family in self.folder.families():
            if family[1] is None:
                continue
            for period in self.folder.periods(family):
                for side, other in (family, family[::-1]):
                    own = (side, None)
                    if (own, period) not in self.cells:
                        continue
                    wholes = [(one, self.at(own, period, one)) for one in self.labels(side)]
                    if side == family[0]:
                        self._sum(family, other, period, wholes, lambda one, part: (one, part))
                    else:
                        self._sum(family, other, period, wholes, lambda one, part: (part, one))

    def _sum(self, family, summed, period, wholes, key):
        """Along the dimension `summed`, the cells of a table add up to each whole."""
        cells, folder = self.cells[family, period], self.folder
        labels = [*self.names.get(summed, []), None]
        sums = [("equal", "additive"), ("cover", "covering"), ("within", "within")]
        for one, whole in wholes:
            parts = [cells[key(one, part)] for part in labels]
            about = (period, one)
            for sense, kind in sums:
                metrics = folder.sums[kind].get(summed, ())
                self.system.parts(parts, whole, sense, metrics, f"{kind} sums: {family}", about)
            # Where they add up to the whole or to less, none is more than it anyway.
            metrics = set(METRICS) - folder.unbounded.get(summed, frozenset())
            metrics -= folder.sums["additive"].get(summed, frozenset())
            metrics -= folder.sums["within"].get(summed, frozenset())
            for part in parts[:-1]:
                name = f"no more than the whole: {family}"
                self.system.parts([part], whole, "within", metrics, name, about)

    def _add_nesting(self, place, relation):
        tables = self.folder.families()
        for parent in tables:
            child = (relation["child"], parent[1])
            if parent[0] == relation["parent"] and child in tables:
                for period in self.folder.periods(parent):
                    if (child, period) in self.cells:
                        self._nest(place, relation, parent, child, period)

    def _nest(self, place, relation, parent, child, period):
        inside, outside = self.cells[child, period], self.cells[parent, period]
        seconds = [""] if parent[1] is None else self.labels(parent[1])
        parents = self.published_names.get(relation["parent"], [])
        held = {}
        for name in self.names.get(relation["child"], []):
            for holder in parents_of(relation, name, parents):
                held.setdefault(holder, []).append(name)
        kind = relation["relation"]
        holders = [relation["label"]] if kind == "label" else self.names[relation["parent"]]
        for second in seconds:
            for holder in holders:
                parts = [inside[name, second] for name in held.get(holder, [])]
                if kind == "label":
                    rest = inside[None, second]
                elif kind == "same":
                    rest = None
                else:
                    rest = inside[Unnamed(place, holder), second]
                about = (period, holder, second)
                self._hold(relation, parts, rest, outside[holder, second], child, about)
            if kind == "label":
                continue
            groups = [inside[group, second] for group in self.groups.get(child[0], [])
                      if group.relation == place]
            self._nest_unnamed(relation, groups, inside[None, second], outside[None, second],
                               child, (period, None, second))

    def _hold(self, relation, parts, rest, whole, child, about):
        name = f"nested in {relation['parent']}: {child}"
        system = self.system
        sense = "equal" if relation["exact"] else "within"
        system.parts([*parts, rest], whole, sense, relation["metrics"], name, about)
        system.parts([*parts, rest], whole, "cover", relation["covering"], name, about)
        for part in parts:
            alone = set(METRICS) - relation["unbounded"] - relation["metrics"]
            system.parts([part], whole, "within", alone, name, about)

    def _nest_unnamed(self, relation, groups, rest, unnamed_parents, child, about):
        """What is unnamed in each parent is a part of all that is unnamed; where each child has one
        parent, the others lie in parents that are unnamed themselves."""
        system, name = self.system, f"unnamed in {relation['parent']}: {child}"
        if relation["relation"] not in DISJOINT:
            for group in groups:
                system.parts([group], rest, "within", METRICS, name, about)
            return
        system.parts(groups, rest, "within", METRICS, name, about)
        others = [group for group in groups if group is not None]
        sense = "equal" if relation["exact"] else "within"
        for kind, metrics in ((sense, relation["metrics"]), ("cover", relation["covering"])):
            low = -INFINITE if kind == "within" else 0.0
            high = INFINITE if kind == "cover" else 0.0
            for place, metric in enumerate(METRICS):
                if metric in metrics and rest is not None:
                    entries = [(rest + place, 1), *((group + place, -1) for group in others)]
                    if unnamed_parents is not None:
                        entries.append((unnamed_parents + place, -1))
                    system.row(entries, low, high, name, about)
