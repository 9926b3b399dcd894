"""Publishers to try the attack on: one that only withholds small cells and rounds the others, which
is not enough, and some that withhold far more than they need."""

from folder import METRICS, VISITORS
from invented import FACTS, HITS

IDENTIFIED = ("total", "hour")


def naive(site, visitors_min=10, rule_says=None):
    """Threshold and rounding, without complementary suppression."""
    return _public(site, rule_says or visitors_min,
                   lambda family, period, figures: figures[VISITORS] >= visitors_min)


def totals_only(site, visitors_min=10):
    """Nothing but the totals of months and years, and of them only if none is small."""
    totals = [rows[("", "")][VISITORS] for (family, period), rows in site.tables.items()
              if family[0] == "total" and len(period) < 10]
    are_large = min(totals) >= visitors_min
    return _public(site, visitors_min,
                   lambda family, period, _: family[0] == "total" and len(period) == 4 or
                   (family[0] == "total" and len(period) == 7 and are_large),
                   tells_small=False)


def steady(site, visitors_min=10):
    """A value is shown in all periods or in none: only if it is large on every day. Of the hidden
    ones there are two or more, and the totals of days are shown if all are large."""
    large, least = {}, {}
    days = len({period for _, period in site.tables if len(period) == 10})
    for (family, period), rows in site.tables.items():
        spans = days if len(period) == 10 else 1
        for key, figures in rows.items():
            counts = large.setdefault((family, key, len(period)), [])
            counts.append(figures[VISITORS])
            least[family, key] = min(least.get((family, key), figures[VISITORS]), figures[VISITORS])
            if family[0] != "hour" and spans == days:
                large[family, key, 10] = counts
    shown = {place for place, figure in least.items() if figure >= visitors_min and (
        len(large.get((*place, 10), [])) in (0, days))}
    for family in {family for family, _ in least}:
        keys = sorted((figure, key) for (one, key), figure in least.items() if one == family)
        hidden = [key for _, key in keys if (family, key) not in shown]
        if len(hidden) == 1 and family[0] != "total":
            shown.discard((family, next((key for _, key in keys if key != hidden[0]), None)))
    return _public(site, visitors_min, None, tells_small=False, shown=shown)


def _public(site, visitors_min, shows, tells_small=True, shown=()):
    tables = []
    for (family, period), rows in site.complete().items():
        is_identified = family[0] in IDENTIFIED and family[1] is None
        listed, remainder = [], None
        for (label, second), figures in rows.items():
            row = {"label": label, "second": second}
            is_small = tells_small and figures[VISITORS] < visitors_min
            if ((family, (label, second)) in shown if shows is None
                    else shows(family, period, figures)):
                listed.append({**row, **_shown(figures), "conf_status": "F"})
            elif is_identified:
                listed.append({**row, "figures": None, "conf_status": "A" if is_small else "D"})
            else:
                remainder = "A" if tells_small else "D"
        tables.append({"dimension": family[0], "crossed": family[1], "period": period,
                       "identified": is_identified, "rows": listed, "remainder": remainder})
    return {"rule": {"visitors_min": visitors_min, "rounded_to": 10}, "tables": tables, **FACTS}


def _shown(figures):
    shown = {metric: (figure + 5) // 10 * 10 for metric, figure in zip(METRICS, figures)}
    by_name = dict(zip(METRICS, figures))
    if by_name["visits"]:
        shown["bounce_rate"] = round(100 * by_name["bounces"] / by_name["visits"] / 5) * 5
        shown["visit_seconds"] = round(by_name["reading_seconds"] / by_name["visits"] / 10) * 10
    return {"figures": shown, "steps": {"bounce_rate": 5, "visit_seconds": 10}}
