"""The attack finds what is known to be betrayed, and finds nothing where nothing is:
`python3 -B -m unittest discover --start-directory tests/attack`, with `requirements.txt`.
"""

import contextlib
import io
import json
import os
import tempfile
import unittest

import numpy

import attack as program
from attack import attack
from folder import METRICS, Unreadable, read_public, read_truth
from invented import Site
from knowledge import Knowledge
from publishers import naive, steady, totals_only
from solver import Solver, conflict

CITY = {"visitors": 0, "visits": 0, "views": 0, "bounces": 0, "events": 0, "reading_seconds": 0}


def figures(visitors, **others):
    """A line: as many visits and views as visitors, unless it says otherwise."""
    line = {**CITY, "visitors": visitors, "visits": visitors, "views": visitors}
    return {**line, **others}


def rounded(line):
    """As it is published."""
    return {metric: (figure + 5) // 10 * 10 for metric, figure in line.items()}


def read(made):
    """Both halves, written and read again."""
    with tempfile.TemporaryDirectory() as folder:
        made.write(folder)
        return (read_public(os.path.join(folder, "public.json")),
                read_truth(os.path.join(folder, "truth.json")))


class Made:
    """A small folder made by hand, and its truth."""

    def __init__(self, visitors_min=10, **facts):
        rule = {"visitors_min": visitors_min, "rounded_to": 10}
        self.public = {"rule": rule, "tables": [], **facts}
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

    def write(self, folder):
        """Writes both halves."""
        for name, half in (("public", self.public), ("truth", self.truth)):
            with open(os.path.join(folder, f"{name}.json"), "w", encoding="utf-8") as file:
                json.dump(half, file)

    def report(self, **options):
        """What the attack says."""
        return attack(*read(self), **options)

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
        made.table("page", "2026-11-02",
                   {"/a": (figures(3), "hide"), "/b": (figures(9), "hide")}, "A")
        made.truth["tables"][0]["rows"].append({"label": "/b", "figures": figures(9)})
        made.public["tables"][0]["remainder"] = "A"
        # Of /b, which no table names, nothing is known but that it may be there.
        self.assertEqual(made.found(), {("2026-11-02", "/a", ""): [0, 4]})

    def test_a_year_betrays_its_one_withheld_month(self):
        for silent, found in (("empty", {("2026-12", "", ""): [11, 19]}), ("unknown", {})):
            made = Made(visitors_min=20, silent=silent).total("2026", figures(55))
            made.total("2026-11", figures(44)).total("2026-12", figures(11), "A")
            # 55 to 64 less 35 to 44 are 11 to 29, unless other months had visitors too.
            self.assertEqual(made.found(), found)

    def test_a_large_withheld_day_is_known_only_if_it_is_known_exactly(self):
        made = Made(visitors_min=20).total("2026-11", figures(60)).total("2026-11-01", figures(30))
        made.total("2026-11-02", figures(30), "D")
        # 55 to 64 less 25 to 34.
        self.assertEqual(made.found(), {})

    def test_a_year_is_the_sum_of_its_days_where_no_month_is_published(self):
        made = Made().total("2026", figures(14)).total("2026-11-30", figures(12))
        made.total("2026-12-01", figures(2), "A")
        self.assertEqual(made.found(), {("2026-12-01", "", ""): [1, 4]})

    def test_one_day_among_many_shown_ones_is_safe(self):
        made = Made().total("2026-11", figures(9 * 30 + 4))
        for day in range(1, 10):
            made.total(f"2026-11-{day:02}", figures(30))
        made.total("2026-11-10", figures(4), "A")
        self.assertEqual(made.report()["violations"], [])


class Tables(unittest.TestCase):
    """Lines against totals, margins and parents."""

    def test_the_total_betrays_the_smaller_of_two_countries(self):
        made = Made(additive={"country": list(METRICS)}).total("2026-11-01", figures(14))
        lines = {"FR": (figures(12), "show"), "DE": (figures(2), "hide")}
        made.table("country", "2026-11-01", lines, "A")
        # No table names DE, but whoever guesses it knows that it has four visitors at most.
        self.assertEqual(made.found(), {("2026-11-01", "DE", ""): [0, 4]})

    def test_a_third_country_protects_it(self):
        made = Made(additive={"country": list(METRICS)}).total("2026-11-01", figures(34))
        lines = {"FR": (figures(14), "show"), "DE": (figures(2), "hide"),
                 "BE": (figures(18), "hide")}
        made.table("country", "2026-11-01", lines, "D")
        self.assertEqual(made.report()["violations"], [])

    def test_the_day_betrays_its_one_withheld_hour(self):
        hits = ["views", "events", "reading_seconds"]
        made = Made(additive={"hour": hits}, covering={"hour": ["visitors", "visits"]})
        made.total("2026-11-01", figures(70, views=74))
        lines = {"09": (figures(14), "show"), "10": (figures(56), "show"),
                 "11": (figures(2, views=4), "A")}
        made.table("hour", "2026-11-01", lines)
        # 65 to 74 views less 10 to 14 and 55 to 64: the visitors may be the same people.
        self.assertEqual(made.found("views"), {})
        lines["10"] = (figures(54, views=55), "show")
        made = Made(additive={"hour": hits}, orders={"*": [["visitors", "views"]]})
        made.total("2026-11-01", figures(14, views=14))
        lines = {"09": (figures(12, views=12), "show"), "11": (figures(2, views=2), "A")}
        made.table("hour", "2026-11-01", lines)
        # One of few people or of nobody: hours of both look alike.
        self.assertEqual(made.found("views"), {("2026-11-01", "11", ""): [0, 4]})

    def test_a_margin_betrays_the_hidden_cell_of_a_crossing(self):
        facts = {"additive": {"country": list(METRICS), "device": list(METRICS)}}
        made = Made(**facts).table("country", "2026-11", {
            "FR": (figures(14), "show"), "DE": (figures(90), "show")})
        made.table("device", "2026-11", {
            "mobile": (figures(60), "show"), "desktop": (figures(44), "show")})
        cells = {("FR", "mobile"): (figures(11), "show"), ("FR", "desktop"): (figures(3), "hide"),
                 ("DE", "mobile"): (figures(49), "show"), ("DE", "desktop"): (figures(41), "show")}
        made.table("country", "2026-11", cells, "A", crossed="device")
        self.assertEqual(made.found(), {("2026-11", "FR", "desktop"): [0, 4]})

    def test_four_hidden_cells_of_a_crossing_protect_one_another(self):
        facts = {"additive": {"country": list(METRICS), "device": list(METRICS)}}
        made = Made(**facts).table("country", "2026-11", {
            "FR": (figures(14), "show"), "DE": (figures(90), "show")})
        made.table("device", "2026-11", {
            "mobile": (figures(60), "show"), "desktop": (figures(44), "show")})
        cells = {("FR", "mobile"): (figures(11), "hide"), ("FR", "desktop"): (figures(3), "hide"),
                 ("DE", "mobile"): (figures(49), "hide"), ("DE", "desktop"): (figures(41), "hide")}
        made.table("country", "2026-11", cells, "D", crossed="device")
        self.assertEqual(made.report()["violations"], [])

    def test_a_section_betrays_its_one_hidden_page(self):
        nested = {"parent": "section", "child": "page", "relation": "prefix", "exact": True,
                  "metrics": list(METRICS)}
        pages = {"/jobs/a": (figures(10), "show"), "/jobs/b": (figures(4), "hide"),
                 "/": (figures(80), "show")}
        made = Made(nested=[nested])
        made.table("section", "2026-11", {"/jobs/": (figures(14), "show")})
        made.table("page", "2026-11", pages, "A")
        self.assertEqual(made.found(), {("2026-11", "/jobs/b", ""): [0, 4]})
        made = Made(nested=[{**nested, "metrics": []}])
        made.table("section", "2026-11", {"/jobs/": (figures(14), "show")})
        made.table("page", "2026-11", pages, "A")
        # Without the sum it is still a part of the section, which may be 14.
        self.assertEqual(made.found(), {})

    def test_a_child_without_a_name_is_betrayed_by_the_rest_of_its_parent(self):
        nested = {"parent": "country", "child": "region", "exact": True, "metrics": list(METRICS)}
        for relation, parent, children, other in (
            ("code", "FR", ("FR-75", "FR-69"), "DE-BE"),
            ("word_prefix", "Fox", ("Fox 9", "Fox 10"), "Fox Focus 9"),
            ("before_tab", "/a", ("/a\t/x", "/a\t/y"), "/ab\t/x"),
        ):
            made = Made(nested=[{**nested, "relation": relation}])
            made.table("country", "2026-11", {parent: (figures(14), "show")}, "D")
            made.table("region", "2026-11", {
                children[0]: (figures(12), "show"), children[1]: (figures(2), "hide"),
                other: (figures(50), "hide")}, "D")
            # The rest of the table may be anything, but not that of the parent.
            made.truth["tables"][0]["rows"].append({"label": "other", "figures": figures(0)})
            outside = {"DE-BE": "DE", "Fox Focus 9": "Fox Focus", "/ab\t/x": "/ab"}[other]
            made.truth["tables"][0]["rows"].append({"label": outside, "figures": figures(50)})
            self.assertEqual(made.found(), {("2026-11", children[1], ""): [0, 4]}, relation)

    def test_what_is_unnamed_in_a_parent_takes_its_place_in_the_table(self):
        nested = {"parent": "country", "child": "region", "relation": "code", "exact": True,
                  "metrics": list(METRICS)}
        made = Made(visitors_min=20, nested=[nested], additive={"region": list(METRICS)})
        made.total("2026-11", figures(54))
        made.table("country", "2026-11", {"FR": (figures(50), "show"),
                                          "DE": (figures(4), "hide")}, "D")
        made.table("region", "2026-11", {
            "FR-75": (figures(24), "show"), "FR-69": (figures(26), "hide"),
            "DE-BE": (figures(4), "A")}, "D")
        # The unnamed of FR are 45 less 24 at least, and with the 20 shown take 41 of 54.
        self.assertEqual(made.found()[("2026-11", "DE-BE", "")], [1, 13])

    def test_the_same_value_of_another_breakdown_betrays_it(self):
        nested = {"parent": "page", "child": "entry_page", "relation": "same", "exact": True,
                  "metrics": ["bounces"]}
        for relations, found in (([], {}), ([nested], {("2026-11", "/", ""): [15, 22]})):
            made = Made(nested=relations).table("page", "2026-11", {
                "/": (figures(24, bounces=22), "show")})
            few = figures(9, visits=23, views=23, bounces=22)
            made.table("entry_page", "2026-11", {"/": (few, "D")})
            made.public["tables"][0]["rows"][0]["figures"]["bounce_rate"] = 92
            made.public["tables"][0]["rows"][0]["steps"] = {"bounce_rate": 2}
            self.assertEqual(made.found("bounces"), found)

    def test_the_downloads_are_all_in_their_event(self):
        nested = {"parent": "event", "child": "download", "relation": "label", "label": "download",
                  "exact": True, "metrics": ["visitors"]}
        made = Made(nested=[nested])
        made.table("event", "2026-11", {"download": (figures(14), "show")})
        made.table("download", "2026-11", {"a": (figures(12), "show"), "b": (figures(2), "hide")},
                   "A")
        self.assertEqual(made.found(), {("2026-11", "b", ""): [0, 4]})


class Rates(unittest.TestCase):
    """Ratios that give away their numerator."""

    def made(self, step):
        """Two pages, of which the hidden one's bounces are what the rates leave over."""
        made = Made(additive={"page": list(METRICS)})
        total = figures(113, visits=114, views=114, bounces=57)
        shown = figures(104, bounces=52)
        made.table("total", "2026-11", {"": (total, "show")}, rates={"": {"bounce_rate": 50}})
        lines = {"/": (shown, "show"), "/a": (figures(9, visits=10, views=10, bounces=5), "D")}
        made.table("page", "2026-11", lines, None, rates={"/": {"bounce_rate": 50}})
        for table in made.public["tables"]:
            table["rows"][0]["steps"] = {"bounce_rate": step}
        return made

    def test_an_exact_rate_is_inverted(self):
        # 55 to 64 bounces are half of 114 visits at most: 57; half of 95 to 104 visits are shown.
        self.assertEqual(self.made(0).found("bounces"), {("2026-11", "/a", ""): [3, 9]})

    def test_a_coarse_rate_is_not(self):
        self.assertEqual(self.made(20).found("bounces"), {})


class Judgements(unittest.TestCase):
    """What cannot be judged, and what is wrong before any program is solved."""

    def test_tables_that_contradict_one_another_are_named(self):
        made = Made().total("2026-11", figures(94)).total("2026-11-01", figures(34))
        knowledge = Knowledge(read(made)[0])
        self.assertEqual(conflict(knowledge.system), [
            "shown figures: ('total', None)", "time: ('total', None)"])
        with self.assertRaisesRegex(Unreadable, "contradict one another.*time: "):
            made.report()

    def test_a_wrong_belief_is_found_even_where_it_contradicts_nothing(self):
        made = Made(additive={"page": ["visitors"]}).total("2026-11", figures(40))
        made.table("page", "2026-11",
                   {"/": (figures(30), "hide"), "/a": (figures(25), "hide")}, "D")
        with self.assertRaisesRegex(Unreadable, "not true.*additive"):
            made.report()

    def test_a_small_cell_that_is_shown_is_a_violation(self):
        made = Made().table("page", "2026-11", {"/": (figures(6), "show")})
        report = made.report()
        self.assertFalse(report["protected"])
        self.assertEqual(report["violations"][0]["kind"], "shown though small")

    def test_a_table_that_says_it_withholds_nothing_must_not(self):
        made = Made().table("page", "2026-11",
                            {"/": (figures(60), "show"), "/a": (figures(3), "hide")})
        with self.assertRaisesRegex(Unreadable, "known to be 0"):
            made.report()

    def test_a_witness_that_misses_the_system_counts_for_nothing(self):
        made = Made().total("2026-11", figures(60)).total("2026-11-01", figures(30))
        made.total("2026-11-02", figures(30), "D")
        solver = Solver(Knowledge(read(made)[0]).system)
        self.assertTrue(solver.is_feasible())
        solver.point[0] += 1000
        seen = solver.highest.copy()
        free = numpy.arange(solver.size) == 1
        self.assertIsNone(solver.push(numpy.zeros(solver.size), free=free))
        self.assertEqual(list(solver.highest), list(seen))

    def test_the_exit_code_says_which(self):
        safe = Made().total("2026-11", figures(60))
        betrayed = Made().total("2026-11", figures(14)).total("2026-11-01", figures(12))
        betrayed.total("2026-11-02", figures(2), "D")
        broken = Made(additive={"page": ["viewers"]}).total("2026-11", figures(60))
        for made, code in ((safe, 0), (betrayed, 1), (broken, 2)):
            with tempfile.TemporaryDirectory() as folder:
                made.write(folder)
                said = io.StringIO()
                with contextlib.redirect_stdout(said):
                    self.assertEqual(program.main([folder]), code)
                self.assertEqual(json.loads(said.getvalue())["protected"],
                                 {0: True, 1: False, 2: None}[code])


class Sites(unittest.TestCase):
    """Invented sites and their publishers."""

    def report(self, site, public):
        """What the attack says of this publication of the site."""
        made = Made()
        made.public, made.truth = public, site.truth()
        return made.report(violations_max=10)

    def test_threshold_and_rounding_alone_do_not_protect(self):
        for seed in range(3):
            site = Site(seed, days=12, visitors_mean=30)
            self.assertFalse(self.report(site, naive(site))["protected"], seed)

    def test_a_site_that_publishes_its_totals_alone_is_protected(self):
        for seed in range(3):
            site = Site(seed, days=12, visitors_mean=30)
            self.assertEqual(self.report(site, totals_only(site))["violations"], [], seed)

    def test_a_pattern_that_never_changes_protects_a_site_of_two_months(self):
        site = Site(1, days=40, visitors_mean=60)
        report = self.report(site, steady(site))
        self.assertEqual(report["violations"], [])
        self.assertTrue(report["violations_complete"])
        self.assertGreater(report["shown"]["figures"], 100)
        self.assertGreater(report["questions"], 5_000)

    def test_a_threshold_lower_than_the_rule_says_is_found(self):
        site = Site(2, days=12, visitors_mean=30)
        kinds = {violation["kind"] for violation in self.report(
            site, naive(site, visitors_min=5, rule_says=10))["violations"]}
        self.assertIn("shown though small", kinds)


if __name__ == "__main__":
    unittest.main()
