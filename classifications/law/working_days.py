"""Working days in Finland, and the last day of a time limit.

A working day is a day from Monday to Friday that is no public holiday; Midsummer Eve and
Christmas Eve are holidays here, though no act names them so.  The statutes speak of
*arkipäivä* without defining it; not counting Saturdays gives the longer time, so that a limit
counted here is passed on any reading.  Movable feasts come from the library ``holidays``.
"""

import datetime as dt
from functools import cache

import holidays
from dateutil.relativedelta import relativedelta

SATURDAY, SHORTEST_MONTH = 5, 28
_DAY = dt.timedelta(days=1)


@cache
def _holidays(year: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("FI", years=year))


def is_working_day(day: dt.date) -> bool:
    """Return whether a day is from Monday to Friday and no holiday.

    >>> is_working_day(dt.date(2024, 6, 20)), is_working_day(dt.date(2024, 6, 21))
    (True, False)
    """
    return day.weekday() < SATURDAY and day not in _holidays(day.year)


def working_days_after(day: dt.date, count: int) -> dt.date:
    """Return the working day that is number *count* after a day, which is not counted.

    >>> working_days_after(dt.date(2024, 6, 12), 7)
    datetime.date(2024, 6, 24)
    """
    while count:
        day += _DAY
        count -= is_working_day(day)
    return day


def months_after(day: dt.date, count: int) -> dt.date:
    """Return the last day of a limit of *count* months after a day.

    It is the day of the same number, or the last of its month where there is none; a limit
    that would end on another than a working day ends on the next one.

    >>> months_after(dt.date(2023, 11, 30), 3), months_after(dt.date(2024, 3, 21), 3)
    (datetime.date(2024, 2, 29), datetime.date(2024, 6, 24))
    """
    last = day + relativedelta(months=count)
    return last if is_working_day(last) else working_days_after(last, 1)


def is_after_working_days(then: dt.date, day: dt.date, count: int) -> bool:
    """Return whether *then* is later than working day number *count* after *day*."""
    return (then - day).days > count and then > working_days_after(day, count)


def is_after_months(then: dt.date, day: dt.date, count: int) -> bool:
    """Return whether *then* is later than the last day of *count* months after *day*."""
    return (then - day).days > SHORTEST_MONTH * count and then > months_after(day, count)
