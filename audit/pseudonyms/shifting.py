"""Days moved by a number of days that belongs to the client: intervals stay as they were.

The number comes from a keyed hash of the client's identifier, so that every table moves alike.
A day is written in the form in which it stood; where that is not possible (a form that allows
“1.2.” and “01.02.”), the text that stood there is kept in the vault.
"""

import hmac
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from kirjaamo.audit.pseudonyms.columns import NOBODY, mapped
from kirjaamo.sources import dates
from kirjaamo.sources.canonical import raw
from kirjaamo.sources.profile import Forms, Part

_CLIENT = "_client"
_ROUTES = ("relationship", "matter", "document")
"""Tables through which a row without a client is led to one."""


@dataclass(slots=True)
class Links:
    """Which client each record belongs to; of several clients the first.

    Attributes:
        owners: Table to {key of a record: client}.
    """

    owners: dict[str, dict[str, str]] = field(default_factory=dict)

    def learn(self, frame: pl.DataFrame, part: Part, forms: Forms) -> None:
        """Remember whose the records of a part are."""
        columns = _columns(part, forms)
        for table in _ROUTES:
            key = columns.get((table, f"{table}_id"))
            client = _direct(columns, table)
            if key is not None and client is not None:
                known = frame.select(key=key, client=client).drop_nulls()
                self.owners.setdefault(table, {}).update(known.rows())

    def clients(self, frame: pl.DataFrame, part: Part, forms: Forms) -> pl.Series:
        """Return the client of every row, null where there is none."""
        columns = _columns(part, forms)
        ways = [
            found for table in part.tables if (found := _direct(columns, table)) is not None
        ]
        for (_, name), column in columns.items():
            route = name.removesuffix("_id")
            if name.endswith("_id") and route in self.owners:
                ways.append(column.replace_strict(self.owners[route], default=None))
        whole = pl.coalesce(ways) if ways else pl.lit(None, pl.String)
        return frame.with_columns(whole.cast(pl.String).alias(_CLIENT))[_CLIENT]


def _columns(part: Part, forms: Forms) -> dict[tuple[str, str], pl.Expr]:
    """Return the identifiers of a part: table and field to the column, of a list the first."""
    found = {}
    for table, named, column in mapped(part):
        if named.type in {"id", "ids"}:
            text = raw(column, forms)
            if named.type == "ids":
                first = text.str.split(column.separator or forms.separator).list.first()
                text = first.str.strip_chars()
            found[table, named.name] = text
    return found


def _direct(columns: Mapping[tuple[str, str], pl.Expr], table: str) -> pl.Expr | None:
    named = [columns[table, n] for n in ("client_id", "client_ids") if (table, n) in columns]
    return pl.coalesce(named) if named else None


def offsets(clients: pl.Series, key: bytes, most: int) -> pl.Series:
    """Return by how many days each client's days move, from -most to most, never 0.

    Args:
        clients: Identifiers of clients; null gives 0.
        key: Key of the shifting.
        most: Days at most, at least 1.
    """

    def one(client: str) -> int:
        number = int.from_bytes(hmac.digest(key, client.encode(), "sha256")[:8]) % (2 * most)
        return number - most if number < most else number - most + 1

    known = {client: one(client) for client in clients.drop_nulls().unique()}
    return clients.replace_strict(known, default=0, return_dtype=pl.Int64)


def moved(cells: pl.Series, days: pl.Series, forms: Sequence[str]) -> pl.Series:
    """Return the cells with their days moved; null where no form fits.

    Args:
        cells: Texts.
        days: By how many days each moves.
        forms: ``strptime`` forms, the first that fits is taken.
    """
    frame = pl.DataFrame({"cell": cells.cast(pl.String), "days": days})
    ways = [_in_form(form) for form in forms]
    return frame.select(pl.coalesce(ways).alias(cells.name)).to_series()


def _in_form(form: str) -> pl.Expr:
    cell, shift = pl.col("cell").str.strip_chars(), pl.duration(days=pl.col("days"))
    if form == dates.EXCEL:
        whole = cell.str.extract(r"^([0-9]{1,6})(?:\.[0-9]+)?$").cast(pl.Int64)
        rest = cell.str.extract(r"^[0-9]{1,6}(\.[0-9]+)$").fill_null("")
        return (whole + pl.col("days")).cast(pl.String) + rest
    if "%z" in form:
        return pl.lit(None, pl.String)
    return (dates.datetime(cell, (form,)) + shift).dt.to_string(form)


def forms_of(part: Part, forms: Forms) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the columns of days with the forms in which they are written."""
    for table, named, column in mapped(part):
        if named.type in {"date", "datetime"} and table not in NOBODY:
            usual = forms.date if named.type == "date" else forms.datetime
            yield column.column, (column.form,) if column.form else usual
