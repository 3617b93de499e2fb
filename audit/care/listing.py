"""Worklists: records that rules would close, for people to decide on.

A worklist tells where a record stands in the export; what it is called, whose it is and who is
responsible is in it only when asked for.  The mark of a row changes with anything in the record,
so that a decision is never carried over to a record that has changed.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO, Final

import polars as pl

from kirjaamo.audit.care.rules import Rule
from kirjaamo.audit.care.simulating import Simulation
from kirjaamo.messages import N_, gettext
from kirjaamo.records import ROW, SOURCE
from kirjaamo.sources.tables import System
from kirjaamo.tabular import Cell, Sheet, write_csv, write_workbook

CLOSE, KEEP, UNCLEAR = N_("close"), N_("keep open"), N_("to be found out")
DECISIONS = (CLOSE, KEEP, UNCLEAR)
"""What a person may decide."""

SHEET = N_("To decide")
HELP = N_("Instructions")

HEADINGS: Final = {
    "unit": N_("Unit"),
    "worker": N_("Worker"),
    "client": N_("Client"),
    "record": N_("Record"),
    "service_task": N_("Service task"),
    "opened": N_("Opened"),
    "last_event": N_("Last event"),
    "reasons": N_("Why it could be closed"),
    "cautions": N_("Look twice"),
    "decision": N_("Choice"),
    "end": N_("Last day"),
    "end_reason": N_("Reason of the end"),
    "remark": N_("Remark"),
    "system": N_("System"),
    "subject": N_("Table"),
    "source": N_("Source"),
    "row": N_("Row"),
    "rules": N_("Rules"),
    "mark": N_("Mark"),
}
"""Column to its heading, in the order of the sheet; the last six are not to be changed."""

WIDTHS: Final = (28, 14, 14, 16, 12, 12, 12, 50, 30, 16, 12, 28, 30, 10, 12, 24, 8, 20, 14)

ABOUT: Final = (
    N_("Choose in the column “Choice”: close, keep open, or to be found out. Rows without a choice wait for the next round."),
    N_("“Last day” and “Reason of the end” hold a proposal; correct it when you close the record, and leave the rest as it is."),
    N_("Change nothing in the last six columns. Send the workbook back; nothing is closed before the system's own administrator loads the corrections."),
)  # fmt: skip

_MARK: Final = 12
"""Characters of a mark: two changes of one record meet by chance once in 2 to the power 48."""


def listed(found: Simulation, systems: Sequence[System]) -> pl.DataFrame:
    """Return what the rules would close, a row for each record, by unit and place.

    Columns: those of `HEADINGS` by their names, with days as days.
    """
    marks = {(s.name, name): marked(s, name) for s in systems for name in found.frames}
    parts = [_listed(found, subject, marks) for subject in found.frames]
    kept = [part for part in parts if part.width]
    if not kept:
        return pl.DataFrame(schema=dict.fromkeys(HEADINGS, pl.String))
    return pl.concat(kept).sort("unit", "worker", "system", "subject", "source", "row")


def _listed(
    found: Simulation, subject: str, marks: Mapping[tuple[str, str], pl.DataFrame]
) -> pl.DataFrame:
    rows = found.closed(subject)
    if not rows.width:
        return rows
    of_systems = [frame for (_, name), frame in marks.items() if name == subject]
    rows = rows.join(pl.concat(of_systems), on=[SOURCE, ROW], how="left", maintain_order="left")
    asked = found.of(subject)
    warned = [one for one in found.cautions if one.subject == subject]
    return rows.select(
        pl.col("unit_name").fill_null("").alias("unit"), pl.col("worker").fill_null(""),
        "client", "record", "service_task", "opened", "last_event",
        reasons=_told([(one.id, str(one.name)) for one in asked], "; "),
        cautions=_told([(one.id, str(one.name)) for one in warned], "; "),
        decision=pl.lit(None, pl.String), end=_end(asked),
        end_reason=_reason(asked), remark=pl.lit(None, pl.String),
        system="system", subject=pl.lit(subject), source=pl.col(SOURCE), row=pl.col(ROW),
        rules=_told([(one.id, one.id) for one in asked], " "), mark="mark",
    )  # fmt: skip


def _told(names: Sequence[tuple[str, str]], between: str) -> pl.Expr:
    """Return the names of the columns that are true."""
    told = [pl.when(pl.col(column)).then(pl.lit(name)) for column, name in names]
    return pl.concat_str(told, separator=between, ignore_nulls=True) if told else pl.lit("")


def _end(asked: Sequence[Rule]) -> pl.Expr:
    """Return the day that the first rule which speaks proposes, never before the last event."""
    days = [pl.when(pl.col(one.id)).then(pl.col(one.ends)) for one in asked if one.ends]
    if not days:
        return pl.lit(None, pl.Date)
    proposed = pl.coalesce(days)
    latest = pl.max_horizontal(proposed, "last_event", "opened")
    return pl.when(proposed.is_not_null()).then(latest)


def _reason(asked: Sequence[Rule]) -> pl.Expr:
    told = [
        pl.when(pl.col(one.id)).then(pl.lit(str(one.reason))) for one in asked if one.reason
    ]
    return pl.coalesce(told) if told else pl.lit(None, pl.String)


def marked(system: System, table: str) -> pl.DataFrame:
    """Return ``_source``, ``_row`` and the mark of every record of a table."""
    rows = system.tables.get(table)
    if rows is None:
        return pl.DataFrame(schema={SOURCE: pl.String, ROW: pl.UInt64, "mark": pl.String})
    cells = [
        (pl.col(name).list.join(",") if isinstance(kind, pl.List) else pl.col(name))
        .cast(pl.String)
        .fill_null("\x00")
        for name, kind in rows.drop(SOURCE, ROW).schema.items()
        if not name.endswith("_raw")
    ]
    whole = rows.select(SOURCE, ROW, mark=pl.concat_str(cells, separator="\x1f"))
    hashed = [hashlib.sha256(text.encode()).hexdigest()[:_MARK] for text in whole["mark"]]
    return whole.with_columns(mark=pl.Series(hashed, dtype=pl.String))


def hidden(rows: pl.DataFrame) -> pl.DataFrame:
    """Return a worklist without what names a record, a client or a worker."""
    none = pl.lit(None, pl.String)
    return rows.with_columns(none.alias("worker"), none.alias("client"), none.alias("record"))


def write(rows: pl.DataFrame, stream: BinaryIO, as_of: dt.date) -> None:
    """Write a worklist as a workbook with a sheet of instructions.

    Args:
        rows: Rows of `listed`.
        stream: Where the workbook goes.
        as_of: The day of the worklist.
    """
    headings = [gettext(name) for name in HEADINGS.values()]
    place = list(HEADINGS).index("decision")
    sheet = Sheet(
        gettext(SHEET), headings, _cells(rows), widths=WIDTHS,
        choices={place: [gettext(word) for word in DECISIONS]},
    )  # fmt: skip
    facts: dict[str, Cell] = {gettext(N_("Day of the worklist")): as_of}
    facts |= {str(number): gettext(text) for number, text in enumerate(ABOUT, start=1)}
    write_workbook(stream, [sheet, Sheet(gettext(HELP), facts=facts, widths=[24, 120])])


def _cells(rows: pl.DataFrame) -> Iterator[Sequence[Cell]]:
    yield from rows.select(list(HEADINGS)).iter_rows()


def write_plain(rows: pl.DataFrame, stream: BinaryIO) -> None:
    """Write a worklist as CSV."""
    named = {name: gettext(heading) for name, heading in HEADINGS.items()}
    write_csv(stream, rows.select(list(HEADINGS)).rename(named))
