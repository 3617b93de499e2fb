"""What rules report about records: a table of places, never of values.

A finding names a rule and a place: the file or sheet, the row a person sees there,
the field of the record model and the column of the person's own file.  It carries no
value of a record; parameters are counts, limits and names of lists.
"""

from collections.abc import Iterable
from enum import StrEnum

import polars as pl


class Severity(StrEnum):
    """How much a finding matters to the receiver of the record."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Cause(StrEnum):
    """Who can mend it: a person, the system that recorded it, or a repair of the data."""

    PERSON = "person"
    SYSTEM = "system"
    DATA = "data"


SEVERITIES = tuple(Severity)
"""Every severity, worst first."""

SCHEMA = pl.Schema(
    {
        "source": pl.String,  # file, or file and sheet, as the person knows it
        "table": pl.String,  # table of the record model, or the structure of a document
        "row": pl.UInt64,  # 1-based line or row in the source
        "field": pl.String,  # field of the record model, or path in a document
        "column": pl.String,  # the person's own name of the field
        "rule": pl.String,
        "severity": pl.String,
        "cause": pl.String,
        "parameters": pl.String,  # JSON object, "" when there are none
    }
)


def empty() -> pl.DataFrame:
    """Return a findings table without rows."""
    return pl.DataFrame(schema=SCHEMA)


def at_least(severity: Severity) -> tuple[str, ...]:
    """Return the severities that are as bad as *severity* or worse.

    >>> at_least(Severity.WARNING)
    ('error', 'warning')
    """
    return tuple(str(s) for s in SEVERITIES[: SEVERITIES.index(severity) + 1])


def concat(frames: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Return findings tables as one, in the order given."""
    return pl.concat([empty(), *frames])
