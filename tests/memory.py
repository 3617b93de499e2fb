"""A source that lives in a test: rows as text, through the real engine."""

import datetime as dt

import polars as pl

from kirjaamo import records
from kirjaamo.engines import driver
from kirjaamo.engines.pack import Context
from kirjaamo.sources import Piece, Unit
from kirjaamo.sources.profile import Column, Part, Profile, TableMap

LABEL = records.Label("testi", "test", "test")


class Rows:
    """A source of rows given as dictionaries; ``_ragged`` may be among the keys."""

    def __init__(self, location, profile, part, rows, fields):
        self.location, self.profile, self.part = location, profile, part
        self.rows, self.fields = rows, tuple(fields)

    def units(self, size):
        yield Unit(self.location, self.location, 0, 0, len(self.rows), self.fields)

    def read(self, unit):
        columns = {
            name: [None if row.get(name) in (None, "") else str(row[name]) for row in self.rows]
            for name in self.fields
        }
        frame = pl.DataFrame(
            columns, schema=dict.fromkeys(self.fields, pl.String)
        ).with_columns(
            pl.Series("_row", range(len(self.rows)), dtype=pl.UInt64),
            pl.Series(
                "_ragged", [bool(row.get("_ragged")) for row in self.rows], dtype=pl.Boolean
            ),
        )
        return Piece(frame, len(self.rows), "0" * 64)


def sources(tables, model=None, values=None):
    """Return one source for each table, with every field of the model mapped.

    *values* gives a field the codes of the source and what they become.
    """
    model = model or records.tables()
    parts = {
        name: Part(
            files="*", tables={name: TableMap(fields=columns(model[name], values or {}))}
        )
        for name in tables
    }
    profile = Profile(system="T", label=LABEL, parts=tuple(parts.values()))
    return [
        Rows(name, profile, parts[name], rows, model[name].fields)
        for name, rows in tables.items()
    ]


def columns(table, values):
    return {name: Column(column=name, values=values.get(name, {})) for name in table.fields}


def check(  # noqa: PLR0913 - what a case may say, each by name
    rules,
    tables,
    *,
    as_of=dt.date(2026, 1, 1),
    codes=None,
    settings=None,
    model=None,
    values=None,
):
    """Run *rules* over *tables* of text rows and return the `Run`."""
    context = Context(as_of, codes, settings or {})
    return driver.check(sources(tables, model, values), rules, context=context, model=model)
