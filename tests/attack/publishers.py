"""Publishers to try the attack on: one that only withholds small cells and rounds the others, which
is not enough, and two that withhold far more than they need."""

from folder import METRICS, TOTAL, VISITORS
from invented import FACTS

IDENTIFIED = ((TOTAL, None), ("hour", None))


def naive(site, visitors_min=10, rule_says=None):
    """Threshold and rounding, without complementary suppression."""
    def shows(_family, _period, _key, figures):
        return figures[VISITORS] >= visitors_min

    return _public(site, rule_says or visitors_min, shows, tells_small=True)


def totals_only(site, visitors_min=10):
    """Nothing but the totals of months and years, and those of months only if none is small."""
    months = [rows[("", "")][VISITORS] for (family, period), rows in site.tables.items()
              if family == (TOTAL, None) and len(period) == 7]
    lengths = (4, 7) if min(months) >= visitors_min else (4,)

    def shows(family, period, _key, _figures):
        return family == (TOTAL, None) and len(period) in lengths

    return _public(site, visitors_min, shows, tells_small=False)


def steady(site, visitors_min=10):
    """A value is shown in all periods or in none: only if it is large in every one. Where that
    hides one value of a breakdown alone, the smallest of the others is hidden too."""
    tables, least = site.complete(), {}
    families = {family for family, _ in tables}
    for family in families:
        of_family = [rows for (one, _), rows in tables.items() if one == family]
        for key in {key for rows in of_family for key in rows}:
            counts = [rows.get(key, [0] * len(METRICS))[VISITORS] for rows in of_family]
            least[family, key] = min(counts)
    shown = {place for place, visitors in least.items() if visitors >= visitors_min}
    for family in families - {(TOTAL, None)}:
        keys = sorted((visitors, key) for (one, key), visitors in least.items() if one == family)
        hidden = [key for _, key in keys if (family, key) not in shown]
        if len(hidden) == 1:
            shown -= {(family, key) for _, key in keys[:2]}

    def shows(family, _period, key, _figures):
        return (family, key) in shown

    return _public(site, visitors_min, shows, tells_small=False)


def _public(site, visitors_min, shows, tells_small):
    tables = []
    for (family, period), rows in site.complete().items():
        is_identified = family in IDENTIFIED
        listed, remainder = [], None
        for key, figures in rows.items():
            row = {"label": key[0], "second": key[1]}
            is_small = tells_small and figures[VISITORS] < visitors_min
            if shows(family, period, key, figures):
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
