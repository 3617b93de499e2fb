"""The fields that records must have at least: data of the organisation, and a starting set."""

import datetime as dt
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

import msgspec
import polars as pl

from kirjaamo import records
from kirjaamo.audit.care.stock import is_open
from kirjaamo.errors import SettingsError
from kirjaamo.messages import N_
from kirjaamo.settings import read_yaml
from kirjaamo.sources.tables import System

ENDS = {"relationship": "end", "matter": "closed"}
"""Table to the field that says that a record has ended."""

DAYS = {
    "relationship": "start", "matter": "opened", "document": "authored",
    "decision": "decided", "entry": "event_time",
}  # fmt: skip
"""Table to the day of its records."""

NO_FIELD = N_("the record model has no such table or field")
NO_END = N_("records of this table neither stay open nor end")
NO_DAY = N_("records of this table have no day")


class Requirement(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"since": "from"}):  # fmt: skip
    """What a record must have.

    Attributes:
        any_of: Fields of which one must be there.
        basis: What it rests on.
        when: Of which records.
        since: First day of the records that it is about.
    """

    any_of: tuple[str, ...]
    basis: str
    when: Literal["always", "open", "ended"] = "always"
    since: dt.date | None = None


Minimum = dict[str, tuple[Requirement, ...]]
"""Canonical table to what its records must have."""


def read(path: Path | Traversable) -> Minimum:
    """Return the requirements of a file.

    Raises:
        SettingsError: It is missing, broken, or names what the record model does not have.
    """
    found = read_yaml(path, Minimum)
    reason = next(_wrong(found), "")
    if reason:
        raise SettingsError(file=path, reason=reason)
    return found


def _wrong(found: Minimum) -> Iterator[str]:
    model = records.tables()
    for table, every in found.items():
        for one in every:
            if (
                table not in model
                or not one.any_of
                or not set(one.any_of) <= set(model[table].fields)
            ):
                yield NO_FIELD
            elif one.when != "always" and table not in ENDS:
                yield NO_END
            elif one.since and table not in DAYS:
                yield NO_DAY


def judged(system: System, table: str, one: Requirement) -> pl.Expr | None:
    """Return whether a record lacks what it must have; null where it need not have it.

    None is returned where the export has none of the fields: nobody can be blamed then.
    """
    has = [name for name in one.any_of if name in system.tables[table].columns]
    if not has:
        return None
    lacks = pl.all_horizontal(_is_empty(system, table, name) for name in has)
    return pl.when(_is_asked(system, table, one)).then(lacks)


def _is_empty(system: System, table: str, field: str) -> pl.Expr:
    """Return whether nothing stands in a field: what cannot be read is something."""
    if f"{field}_raw" in system.tables[table].columns:
        return pl.col(f"{field}_raw").is_null()
    column = pl.col(field)
    kind = records.get(table)[field].type
    return column.is_null() | (column.list.len() == 0 if kind == "ids" else pl.lit(value=False))


def texts(asked: Minimum) -> tuple[str, ...]:
    """Return the ``table.field`` names whose texts tell what is missing."""
    return tuple(
        f"{table}.{field}"
        for table, every in asked.items()
        for one in every
        for field in one.any_of
    )


def _is_asked(system: System, table: str, one: Requirement) -> pl.Expr:
    asked = pl.lit(value=True)
    if one.when != "always":
        open_ = is_open(system, table, ENDS[table])
        asked &= open_ if one.when == "open" else ~open_
    if one.since:
        has = DAYS[table] in system.tables[table].columns
        asked &= pl.col(DAYS[table]).cast(pl.Date) >= one.since if has else pl.lit(value=False)
    return asked
