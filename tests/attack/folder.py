"""Reads what is public about one site, and beside it the truth that only the verdict may use.

`public.json` holds everything that anybody can download, and the facts about the breakdowns that
the data dictionary tells:

    rule        {"visitors_min": 10, "rounded_to": 10}; figures go to the nearest multiple, and lines
                of fewer visitors are withheld. With "networks_least": 5 they go to either multiple
                beside them, what is not zero never to zero; published lines have as many visitors at
                least, and nothing is known of withheld ones
    tables      [{dimension, crossed, period, identified, rows, remainder}]
    additive    {dimension: [metric]}: the values add up exactly to the total
    covering    {dimension: [metric]}: the values add up to the total or more
    within      {dimension: [metric]}: the values add up to the total or less
    unbounded   {dimension: [metric]}: one value alone may be more than the total
    nested      [{parent, child, relation, label, exact, metrics, covering, unbounded}], see nesting
    orders      {dimension or "*": [[smaller, greater]]}: true in each cell of the dimension
    silent      "empty" or "unknown": what a day is of which no table at all is published

A table has the period `2026-10-05`, `2026-10` or `2026`. A row has `label`, `second` (crossings),
`figures` (nothing when withheld), `steps` (the step a rate is rounded to; 1 if absent) and
`conf_status`. The remainder is nothing where a table withholds nothing, so that a label it lacks
has 0; "A" where every withheld value has fewer visitors than the threshold; else "D". A withheld
line whose label everybody knows (`identified`: an hour, a day) is a row of its own with its code;
an hour that is withheld may be one of nobody.

`truth.json` has the same tables with exact figures and neither remainder nor codes.
"""

import json
import re
from dataclasses import dataclass, field

METRICS = ("views", "visitors", "visits", "bounces", "events", "reading_seconds")
RATES = ("bounce_rate", "visit_seconds")
VISITORS = METRICS.index("visitors")
TOTAL = "total"

# True of every breakdown of page views: a visitor makes a visit, a visit has a view, a bounce is a
# visit. Lines of events have no views, so a folder with such lines says its own orders for them.
ORDERS = (("visitors", "visits"), ("visits", "views"), ("bounces", "visits"))

_PERIOD = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


class Unreadable(Exception):
    """The folder cannot be judged: it is broken, or it contradicts itself or the truth."""


@dataclass
class Row:
    """One published row. No figures: withheld."""

    figures: dict | None
    steps: dict = field(default_factory=dict)
    confidential: str = "F"


@dataclass
class Table:
    """One published table, its rows by label and second label."""

    rows: dict
    remainder: str | None


@dataclass
class Folder:
    """Everything public. Tables lie under (family, period), a family is (dimension, crossed)."""

    visitors_min: int
    rounded_to: int
    networks_least: int | None
    tables: dict
    sums: dict
    unbounded: dict
    nested: list
    orders: dict
    silent_is_empty: bool

    def families(self):
        """Every family with a table, in a fixed order."""
        return sorted({family for family, _ in self.tables}, key=str)

    def periods(self, family):
        """Every period for which the family has a table."""
        return sorted(period for one, period in self.tables if one == family)

    def bounds(self, figure):
        """Between which counts a published figure lies."""
        wide = self.rounded_to - 1
        if self.networks_least is None:
            below = self.rounded_to // 2
            return figure - below, figure + wide - below
        if figure <= self.rounded_to:
            return min(figure, 1), min(figure, 1) * (figure + wide)
        return figure - wide, figure + wide

    def orders_of(self, family):
        """The pairs of figures whose order is known in every cell of the family."""
        dimension, crossed = family
        both = self.orders.get(f"{dimension},{crossed}")
        if both is not None:
            return both
        usual = self.orders.get("*", [])
        sides = [self.orders.get(one, usual) for one in family if one is not None]
        return [pair for pair in sides[0] if all(pair in side for side in sides)]


def read_public(path):
    """The folder's public half."""
    raw = _load(path)
    try:
        return _folder(raw)
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise Unreadable(f"{path}: {type(problem).__name__}: {problem}") from problem


def read_truth(path):
    """The exact figures as {(family, period): {(label, second): [figure of each metric]}}."""
    raw = _load(path)
    try:
        truth = {}
        for table in raw["tables"]:
            rows = {}
            for row in table["rows"]:
                figures = [row["figures"].get(metric, 0) for metric in METRICS]
                _place(rows, _key(table, row), figures)
            _place(truth, _address(table), rows)
        return truth
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise Unreadable(f"{path}: {type(problem).__name__}: {problem}") from problem


def _load(path):
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError) as problem:
        raise Unreadable(f"{path}: {problem}") from problem


def _folder(raw):
    tables = {}
    for table in raw["tables"]:
        _place(tables, _address(table), _table(table))
    if not tables:
        raise ValueError("no tables")
    sums = {kind: _by_dimension(raw, kind) for kind in ("additive", "covering", "within")}
    visitors_min, rounded_to = raw["rule"]["visitors_min"], raw["rule"]["rounded_to"]
    if visitors_min < 1 or rounded_to < 1:
        raise ValueError("the rule's numbers start at 1")
    silent = raw.get("silent", "empty")
    if silent not in ("empty", "unknown"):
        raise ValueError(f"silent is `empty` or `unknown`, not {silent!r}")
    return Folder(
        visitors_min=visitors_min,
        rounded_to=rounded_to,
        networks_least=raw["rule"].get("networks_least"),
        tables=tables,
        sums=sums,
        unbounded=_by_dimension(raw, "unbounded"),
        nested=[_relation(relation) for relation in raw.get("nested", [])],
        orders=_orders(raw.get("orders", {"*": ORDERS})),
        silent_is_empty=silent == "empty",
    )


def _table(table):
    remainder = table.get("remainder")
    if remainder not in (None, "A", "D"):
        raise ValueError(f"remainder {remainder!r}")
    rows = {}
    for row in table["rows"]:
        figures = row.get("figures")
        if figures is not None:
            unknown = set(figures) - set(METRICS) - set(RATES)
            if unknown:
                raise ValueError(f"figures {sorted(unknown)}")
        status = row.get("conf_status", "F")
        _place(rows, _key(table, row), Row(figures, row.get("steps") or {}, status))
    return Table(rows, remainder)


def _address(table):
    period = table["period"]
    if not _PERIOD.fullmatch(period):
        raise ValueError(f"period {period!r}")
    return (table["dimension"], table.get("crossed")), period


def _key(table, row):
    if table["dimension"] == TOTAL:
        return "", ""
    if table.get("crossed") is None:
        return str(row["label"]), ""
    return str(row["label"]), str(row["second"])


def _place(places, key, value):
    if key in places:
        raise ValueError(f"twice: {key}")
    places[key] = value


def _metrics(names):
    unknown = set(names) - set(METRICS)
    if unknown:
        raise ValueError(f"metrics {sorted(unknown)}")
    return frozenset(names)


def _by_dimension(raw, kind):
    return {dimension: _metrics(names) for dimension, names in raw.get(kind, {}).items()}


def _relation(relation):
    known = ("prefix", "code", "word_prefix", "before_tab", "label", "same")
    if relation["relation"] not in known:
        raise ValueError(f"relation {relation['relation']!r}")
    if (relation["relation"] == "label") != ("label" in relation):
        raise ValueError("`label` stands with the relation `label` and with no other")
    return {
        **relation,
        "exact": bool(relation["exact"]),
        "metrics": _metrics(relation["metrics"]),
        "covering": _metrics(relation.get("covering", [])),
        "unbounded": _metrics(relation.get("unbounded", [])),
    }


def _orders(raw):
    pairs = {"*": raw} if isinstance(raw, list) else raw
    read = {}
    for dimension, listed in pairs.items():
        read[dimension] = [(smaller, greater) for smaller, greater in listed]
        for smaller, greater in read[dimension]:
            _metrics([smaller, *greater.split("+")])
    return read
