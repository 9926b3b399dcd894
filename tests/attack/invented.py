"""Invents the audience of a site, visitor by visitor, and counts it exactly; so every relation that
an attacker may rely on holds in it by itself."""

import datetime
import random
from collections import Counter, defaultdict

from folder import METRICS

HITS = ["views", "events", "reading_seconds"]
PAGES = ["/", "/jobs/", "/jobs/1", "/jobs/2", "/news/", "/news/a", "/tax/", "/tax/form"]
SECTIONS = ["/jobs/", "/news/"]
REGIONS = {"FR": ["FR-75", "FR-69", ""], "DE": ["DE-BE"], "BE": ["BE-BRU", ""], "US": [""]}
DEVICES = ["desktop", "mobile", "tablet"]
BROWSERS = ["Firefox 130", "Firefox 131", "Chrome 129", "Chrome 130", "Safari 18"]
SOURCES = [":direct", "search.example", "press.example", "forum.example"]
FILES = ["a.example/form.pdf", "a.example/guide.pdf", "a.example/rare.pdf"]
CROSSINGS = [("page", "country"), ("country", "device")]

# What the data dictionary tells of these breakdowns.
FACTS = {
    "additive": {
        **{one: list(METRICS) for one in ("country", "device", "browser", "browser_version")},
        "source": [*HITS, "visits", "bounces"],
        "page": [*HITS, "bounces"],
        "hour": HITS,
    },
    "covering": {"source": ["visitors"], "page": ["visitors", "visits"],
                 "hour": ["visitors", "visits"]},
    "within": {"region": list(METRICS), "event": ["events"], "download": ["events"]},
    "nested": [
        {"parent": "section", "child": "page", "relation": "prefix", "exact": True,
         "metrics": [*HITS, "bounces"], "covering": ["visitors", "visits"]},
        {"parent": "country", "child": "region", "relation": "code", "exact": False,
         "metrics": list(METRICS)},
        {"parent": "browser", "child": "browser_version", "relation": "word_prefix",
         "exact": True, "metrics": list(METRICS)},
        {"parent": "event", "child": "download", "relation": "label", "label": "download",
         "exact": True, "metrics": ["events"], "covering": ["visitors", "visits"]},
    ],
    "orders": {
        "*": [["visitors", "visits"], ["visits", "views"], ["bounces", "visits"]],
        "event": [["visitors", "visits"], ["visits", "events"]],
        "download": [["visitors", "visits"], ["visits", "events"]],
    },
}


class Site:
    """The exact tables of an invented site: {(family, period): {(label, second): figures}}."""

    def __init__(self, seed, days=40, visitors_mean=40, first="2026-11-22"):
        self.chance = random.Random(seed)
        self.tables = defaultdict(dict)
        start = datetime.date.fromisoformat(first)
        self.popular = [self.chance.paretovariate(1.0) for _ in PAGES]
        for number in range(days):
            day = (start + datetime.timedelta(number)).isoformat()
            self._day(day, self.chance.randint(1, 2 * visitors_mean))

    def _day(self, day, visitors):
        cells = defaultdict(lambda: [Counter(), set(), set(), set()])
        for visitor in range(visitors):
            country = self.chance.choices(list(REGIONS), [60, 8, 4, 2])[0]
            version = self.chance.choices(BROWSERS, [5, 30, 10, 40, 6])[0]
            person = {
                "country": [country],
                "region": [one for one in [self.chance.choice(REGIONS[country])] if one],
                "device": self.chance.choices(DEVICES, [50, 40, 4]),
                "browser": [version.rsplit(" ", 1)[0]],
                "browser_version": [version],
            }
            for number in range(self.chance.choice([1, 1, 1, 2])):
                self._visit(cells, person, visitor, (visitor, number))
        for (family, key), (sums, people, visits, bounces) in cells.items():
            sums.update(visitors=len(people), visits=len(visits), bounces=len(bounces))
            figures = [sums[metric] for metric in METRICS]
            for period in (day, day[:7], day[:4]):
                if (family[1] and period == day) or (family[0] == "hour" and period != day):
                    continue
                rows = self.tables[family, period]
                rows[key] = [a + b for a, b in zip(rows.get(key, [0] * 6), figures)]

    def _visit(self, cells, person, visitor, visit):
        hour = self.chance.choices(range(6, 22))[0]
        source = self.chance.choices(SOURCES, [40, 50, 8, 2])
        hits = []
        for _ in range(self.chance.choice([1, 1, 2, 3, 5])):
            page = self.chance.choices(PAGES, self.popular)[0]
            now = {**person, "source": source, "page": [page], "hour": [f"{hour:02}"],
                   "section": [one for one in SECTIONS if page.startswith(one)]}
            hits.append((now, {"views": 1, "reading_seconds": self.chance.randint(0, 90)}))
            if self.chance.random() < 0.05:
                file = self.chance.choices(FILES, [20, 10, 1])
                deed = {"event": ["download"], "download": file}
                if self.chance.random() < 0.3:
                    deed = {"event": ["print"]}
                hits.append(({**now, **deed}, {"events": 1}))
        for values, sums in hits:
            for place in _places(values):
                cell = cells[place]
                cell[0].update(sums)
                cell[1].add(visitor)
                cell[2].add(visit)
                if len(hits) == 1:
                    cell[3].add(visit)

    def truth(self):
        """The tables as `truth.json` has them."""
        return {"tables": [
            {"dimension": family[0], "crossed": family[1], "period": period,
             "rows": [_row(key, dict(zip(METRICS, figures))) for key, figures in rows.items()]}
            for (family, period), rows in self.complete().items()
        ]}

    def complete(self):
        """The tables with the empty ones: a day without an event has a table of events too."""
        families = {family for family, _ in self.tables}
        periods = {period for _, period in self.tables}
        wanted = {
            (family, period) for family in families for period in periods
            if (family, period) in self.tables
            or not ((family[1] and len(period) == 10) or (family[0] == "hour" and len(period) < 10))
        }
        return {address: self.tables.get(address, {}) for address in sorted(wanted, key=str)}


def _places(values):
    yield ("total", None), ("", "")
    for dimension, found in values.items():
        for label in found:
            yield (dimension, None), (label, "")
    for first, second in CROSSINGS:
        for label in values[first]:
            for other in values[second]:
                yield (first, second), (label, other)


def _row(key, figures):
    return {"label": key[0], "second": key[1], "figures": figures}
