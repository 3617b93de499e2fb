"""Small systems for tests of the audit, made row by row."""

import datetime as dt

import polars as pl

from kirjaamo import records
from kirjaamo.audit import words
from kirjaamo.audit.scores.judging import Judged, Terms, judged
from kirjaamo.audit_settings import Audit
from kirjaamo.classifications import Codes
from kirjaamo.sources.tables import System

AS_OF = dt.date(2025, 12, 31)


def system(cannot=(), name="S", **tables):
    """Return a system with the rows given; a table has the fields that its rows name."""
    return System(name, {table: frame(table, rows) for table, rows in tables.items()},
                  frozenset(cannot), {})  # fmt: skip


def frame(table, rows):
    fields = records.get(table).fields
    names = list(dict.fromkeys(name for row in rows for name in row))
    schema = {name: fields[name].dtype for name in names}
    made = pl.DataFrame([{n: row.get(n) for n in names} for row in rows], schema=schema)
    place = [
        pl.lit(f"{table}.csv").alias("_source"),
        (pl.int_range(pl.len()) + 2).cast(pl.UInt64).alias("_row"),
    ]
    return made.select(*place, *names) if names else made


def terms(**settings) -> Terms:
    return Terms(AS_OF, Audit(**settings), words.read(), Codes())


def asked(code, *systems, **settings) -> Judged:
    return judged(systems, terms(**settings), [code])


def entry(
    number=1, *, text="Asiakas kertoi, että arki sujuu.", day=dt.datetime(2025, 5, 1, 9), **more
):
    return {
        "entry_id": f"E{number}", "client_id": f"A{number}", "matter_id": "M1", "author": f"T{number % 5}",
        "event_time": day, "recorded_time": day, "text": text, **more,
    }  # fmt: skip
