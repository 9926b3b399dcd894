"""Which published periods add up to a longer one."""

import calendar

LENGTHS = {"year": 4, "month": 7, "day": 10}


def _months(year):
    return [f"{year}-{month:02}" for month in range(1, 13)]


def _days(month):
    year, number = (int(part) for part in month.split("-"))
    return [f"{month}-{day:02}" for day in range(1, calendar.monthrange(year, number)[1] + 1)]


class Calendar:
    """Knows for each period the finer ones that make it up, and whether they are all of it."""

    def __init__(self, folder):
        self.tables = set(folder.tables)
        self.silent_is_empty = folder.silent_is_empty
        self.days_spoken_of = {period[:10] for _, period in folder.tables if len(period) == 10}

    def parts(self, family, period):
        """The periods of tables of this family that make up `period`; and are they the whole? A day
        of which nothing at all is published had nothing, unless the folder says otherwise."""
        if len(period) == LENGTHS["day"]:
            return [], True
        if len(period) == LENGTHS["month"]:
            return self._parts_of_month(family, period)
        parts, is_whole = [], True
        for month in _months(period):
            if (family, month) in self.tables:
                parts.append(month)
            else:
                days, all_days = self._parts_of_month(family, month)
                parts += days
                is_whole = is_whole and all_days and (days or not self._is_told(month))
        return parts, is_whole

    def _parts_of_month(self, family, month):
        days = _days(month)
        parts = [day for day in days if (family, day) in self.tables]
        missing = [day for day in days if (family, day) not in self.tables]
        is_whole = all(self._is_empty(day) for day in missing)
        return parts, is_whole

    def _is_empty(self, day):
        return self.silent_is_empty and day not in self.days_spoken_of

    def _is_told(self, month):
        """Is anything published of this month as a month? Then a family without a table of it and
        of its days is unknown there, not empty."""
        return any(period == month for _, period in self.tables)
