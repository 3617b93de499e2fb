"""Impossible date.

**What it checks.** A date is not from long before the records began, nor from a far future.
Birth dates have a rule of their own, LC018.
Where a date must not be in the future at all, LC019 alone reports the future.

**Why it matters.** Years such as 0202 or 2203 are slips of the keyboard that a program takes at
their word: a decision stays in force for two hundred years, a retention time has long passed.

**Example.** A decision is in force until 31 December 9999 or from 1 March 0202.
"""

import datetime as dt

import polars as pl
from dateutil.relativedelta import relativedelta

from kirjaamo.findings import Severity
from kirjaamo.records import Field, Table
from kirjaamo.rules import Setting, column_rule, each
from kirjaamo.validators.life_cycle.date_in_future import check as in_future

NEVER_FUTURE = frozenset((place.table, place.field) for place in in_future.places)


@column_rule(
    "DQ007",
    on=each(lambda field: field.type in {"date", "datetime"} and field.name != "birth_date"),
    severity=Severity.ERROR,
    basis="Act 703/2023, section 38",
    since="0.1.0",
    advice="Correct the year; leave the date empty where the system used a far date for none.",
    settings=(
        Setting(
            "earliest", 1850, "Earliest year that a date may have", "Kirjaamo's own default",
        ),
        Setting(
            "ahead", 50, "Years after the day of the check that a date may have",
            "Kirjaamo's own default",
        ),
    ),
)  # fmt: skip
def check(  # noqa: PLR0913 - the place and both thresholds, by name
    value: pl.Expr, *, as_of: dt.date, table: Table, field: Field, earliest: int, ahead: int
) -> pl.Expr:
    """Return whether the date is before *earliest* or more than *ahead* years away."""
    day = value.dt.date()
    too_early = day < dt.date(earliest, 1, 1)
    if (table.name, field.name) in NEVER_FUTURE:
        return too_early
    return too_early | (day > as_of + relativedelta(years=ahead))
