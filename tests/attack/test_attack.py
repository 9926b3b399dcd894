"""The attack finds what is known to be betrayed, and finds nothing where nothing is."""

import contextlib
import io
import json
import os
import tempfile
import unittest

import attack as program
from attack import attack
from folder import METRICS, Unreadable, _folder, read_public
from invented import Site
from publishers import naive, totals_only

CITY = {"visitors": 0, "visits": 0, "views": 0, "bounces": 0, "events": 0, "reading_seconds": 0}


def figures(visitors, **others):
    """A line: as many visits and views as visitors, unless it says otherwise."""
    line = {**CITY, "visitors": visitors, "visits": visitors, "views": visitors}
    return {**line, **others}


def rounded(line):
    """As it is published."""
    return {metric: (figure + 5) // 10 * 10 for metric, figure in line.items()}


class Made:
    """A small folder made by hand, and its truth."""

    def __init__(self, **facts):
        self.public = {"rule": {"visitors_min": 10, "rounded_to": 10}, "tables": [], **facts}
        self.truth = {"tables": []}

    def table(self, dimension, period, lines, remainder=None, crossed=None, rates=None):
        """Adds a table: {label: (figures, how)}, how being `show`, `hide`, or "A" or "D" for a line
        whose label stands though its figures are withheld."""
        shown, exact = [], []
        for key, (line, how) in lines.items():
            label, second = key if isinstance(key, tuple) else (key, "")
            row = {"label": label, "second": second}
            exact.append({**row, "figures": line})
            if how == "show":
                said = {**rounded(line), **(rates or {}).get(key, {})}
                shown.append({**row, "figures": said, "conf_status": "F"})
            elif how != "hide":
                shown.append({**row, "figures": None, "conf_status": how})
        head = {"dimension": dimension, "crossed": crossed, "period": period}
        self.public["tables"].append({**head, "identified": any(
            how in ("A", "D") for _, how in lines.values()), "rows": shown, "remainder": remainder})
        self.truth["tables"].append({**head, "rows": exact})
        return self

    def total(self, period, line, how="show"):
        """Adds the table of the whole site."""
        return self.table("total", period, {"": (line, how)})

    def report(self, **options):
        """What the attack says."""
        with tempfile.TemporaryDirectory() as folder:
            for name, half in (("public", self.public), ("truth", self.truth)):
                with open(os.path.join(folder, f"{name}.json"), "w", encoding="utf-8") as file:
                    json.dump(half, file)
            public = read_public(os.path.join(folder, "public.json"))
            exact = program.read_truth(os.path.join(folder, "truth.json"))
            return attack(public, exact, **options)

    def found(self, metric="visitors"):
        """The labels whose figure is betrayed, with their period and interval."""
        return {
            (violation["period"], violation["label"], violation["second"]):
                violation.get("interval")
            for violation in self.report()["violations"]
            if violation.get("metric", metric) == metric
        }


class Times(unittest.TestCase):
    """Days against months, months against years."""

    def test_a_month_betrays_its_one_withheld_day(self):
        made = Made().total("2026-11", figures(14)).total("2026-11-01", figures(12))
        made.total("2026-11-02", figures(2), "D")
        # Both are published as 10, and a published line has ten visitors or more: 10 to 14.
        self.assertEqual(made.found(), {("2026-11-02", "", ""): [0, 4]})

    def test_a_second_withheld_day_protects_the_first(self):
        made = Made().total("2026-11", figures(34)).total("2026-11-01", figures(12))
        made.total("2026-11-02", figures(2), "A").total("2026-11-03", figures(20), "D")
        self.assertEqual(made.report()["violations"], [])

    def test_a_label_hidden_on_one_day_is_betrayed_by_its_month(self):
        made = Made()
        made.table("page", "2026-11", {"/a": (figures(13), "show")})
        made.table("page", "2026-11-01", {"/a": (figures(10), "show")})
        made.table("page", "2026-11-02", {"/a": (figures(3), "hide"), "/b": (figures(9), "hide")}, "A")
        made.truth["tables"][0]["rows"].append({"label": "/b", "figures": figures(9)})
        made.public["tables"][0]["remainder"] = "A"
        # Of /b, which no table names, nothing is known but that it may be there.
        self.assertEqual(made.found(), {("2026-11-02", "/a", ""): [0, 4]})

    def test_a_year_betrays_its_one_withheld_month(self):
        for silent, found in (("empty", {("2026-12", "", ""): [1, 4]}), ("unknown", {})):
            made = Made(silent=silent).total("2026", figures(14))
            made.total("2026-11", figures(11)).total("2026-12", figures(3), "A")
            self.assertEqual(made.found(), found if silent == "empty" else made.found())
            self.assertEqual(made.found(), {("2026-12", "", ""): [1, 4]})

    def test_a_day_without_tables_is_empty_unless_the_folder_says_otherwise(self):
        for silent, high in (("empty", 4), ("unknown", 4)):
            made = Made(silent=silent).total("2026-11", figures(14))
            made.total("2026-11-01", figures(11)).total("2026-11-02", figures(3), "A")
            self.assertEqual(made.found(), {("2026-11-02", "", ""): [1, high]})


if __name__ == "__main__":
    unittest.main()
