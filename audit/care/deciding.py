"""Worklists that come back: decisions, or every place that is inconsistent.

Nothing of a worklist is used unless all of it can be.  A place is told as sheet and cell, as
Excel writes them; what stands in the cell is not told.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import polars as pl

from kirjaamo.audit.care.errors import ChangedRecordError, WorklistError
from kirjaamo.audit.care.filled import FORMULA_SIGNS, Line
from kirjaamo.audit.care.listing import CLOSE, DECISIONS, marked
from kirjaamo.audit.care.stock import Stock
from kirjaamo.messages import LANGUAGES, N_, gettext
from kirjaamo.records import ROW, SOURCE
from kirjaamo.sources.tables import System

SCHEMA: Final = pl.Schema(
    {
        "system": pl.String, "subject": pl.String, "source": pl.String, "row": pl.UInt64,
        "mark": pl.String, "decision": pl.String, "end": pl.Date, "end_reason": pl.String,
        "rules": pl.String,
    }
)  # fmt: skip
"""A decision on one record; ``decision`` is `CLOSE`, `KEEP` or `UNCLEAR`."""


_FORMS: Final = ("%Y-%m-%d", "%d.%m.%Y", "%Y-%m-%dT%H:%M:%S")

UNKNOWN_WORD = N_("the decision is none of those that the cell offers")
NO_DAY = N_("a record is to be closed and there is no last day")
NOT_A_DAY = N_("the cell holds no day; write it as 31.1.2026 or 2026-01-31")
TO_COME = N_("the last day has not come yet")
TOO_EARLY = N_("the last day is before the record began")
BEFORE_EVENT = N_("the last day is before the last event of the record")
FORMULA = N_("the text begins with a character that a spreadsheet takes for a formula")
TWICE = N_("another worklist decides otherwise on the same record")
NO_PLACE = N_("the place of the record was changed or is missing")


def decided(
    worklists: Sequence[Sequence[Line]],
    stocks: Sequence[Stock],
    systems: Sequence[System],
    as_of: dt.date,
) -> pl.DataFrame:
    """Return the decisions of worklists, `SCHEMA`, each record once.

    Args:
        worklists: Rows of each worklist; see `kirjaamo.audit.care.filled`.
        stocks: The records as they are now.
        systems: What the stocks were made of.
        as_of: The day that counts as today.

    Raises:
        WorklistError: A cell is inconsistent.
        ChangedRecordError: A record has changed or gone.
    """
    known = _known(stocks, systems)
    taken: dict[tuple[str, str], tuple[object, ...]] = {}
    changed: list[str] = []
    for rows in worklists:
        problems: list[tuple[str, str]] = []
        for line in rows:
            found = _decision(line, known, as_of, problems, changed)
            if found is None:
                continue
            key = (str(found[2]), str(found[3]))
            if taken.setdefault(key, found) != found:
                problems.append((line.place("decision"), TWICE))
        if problems:
            raise WorklistError(file=rows[0].file, problems=problems)
    if changed:
        raise ChangedRecordError(many=len(changed), place=changed[0])
    return pl.DataFrame(list(taken.values()), schema=SCHEMA, orient="row")


Known = Mapping[tuple[str, str, str, str], Mapping[str, object]]
"""System, table, source and row of a record to its mark, its first and its last day."""


def _known(stocks: Sequence[Stock], systems: Sequence[System]) -> Known:
    by_name = {system.name: system for system in systems}
    found: dict[tuple[str, str, str, str], Mapping[str, object]] = {}
    for stock in stocks:
        marks = marked(by_name[stock.system], stock.subject)
        rows = stock.frame.join(marks, on=[SOURCE, ROW], how="left")
        for row in rows.select(SOURCE, ROW, "mark", "opened", "last_event").iter_rows():
            place = (stock.system, stock.subject, row[0], str(row[1]))
            found[place] = {"mark": row[2], "opened": row[3], "last_event": row[4]}
    return found


def _decision(
    line: Line,
    known: Known,
    as_of: dt.date,
    problems: list[tuple[str, str]],
    changed: list[str],
) -> tuple[object, ...] | None:
    """Return the decision of a line, or None where there is none to use."""
    word = _word(line.texts["decision"])
    if word is None:
        if line.texts["decision"]:
            problems.append((line.place("decision"), UNKNOWN_WORD))
        return None
    places = [line.texts[name] for name in ("system", "subject", "source", "row")]
    if not all(places) or not places[3].isascii() or not places[3].isdigit():
        problems.append((line.place("source"), NO_PLACE))
        return None
    record = known.get((places[0], places[1], places[2], places[3]))
    if record is None or record["mark"] != line.texts["mark"]:
        changed.append(f"{line.file}, {line.place('mark')}")
        return None
    wrong = list(_wrong(line, word, record, as_of))
    problems += wrong
    end = _day(line.texts["end"]) if word == CLOSE else None
    reason = line.texts["end_reason"] if word == CLOSE else ""
    return (*places[:3], int(places[3]), line.texts["mark"], word, end, reason or None,
            line.texts["rules"])  # fmt: skip


def _word(text: str) -> str | None:
    """Return the decision that a cell holds, in any language."""
    told = text.casefold()
    words = ((word, gettext(word, chosen)) for word in DECISIONS for chosen in LANGUAGES)
    return next((word for word, name in words if told == name.casefold()), None)


def _wrong(
    line: Line, word: str, record: Mapping[str, object], as_of: dt.date
) -> Iterator[tuple[str, str]]:
    if line.texts["end_reason"].lstrip().startswith(FORMULA_SIGNS):
        yield line.place("end_reason"), FORMULA
    if word != CLOSE:
        return
    if not line.texts["end"]:
        yield line.place("end"), NO_DAY
        return
    day = _day(line.texts["end"])
    reasons = _wrong_day(day, record, as_of)
    yield from ((line.place("end"), reason) for reason in reasons)


def _wrong_day(
    day: dt.date | None, record: Mapping[str, object], as_of: dt.date
) -> Iterator[str]:
    opened, last = record["opened"], record["last_event"]
    if day is None:
        yield NOT_A_DAY
    elif day > as_of:
        yield TO_COME
    elif isinstance(opened, dt.date) and day < opened:
        yield TOO_EARLY
    elif isinstance(last, dt.date) and day < last:
        yield BEFORE_EVENT


def _day(text: str) -> dt.date | None:
    for form in _FORMS:
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return None


def merged(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Return decisions with newer ones in the place of older ones on the same record."""
    keys = ["system", "subject", "source", "row"]
    kept = old.join(new, on=keys, how="anti")
    return pl.concat([kept, new]).sort(keys)


def read(path: Path) -> pl.DataFrame:
    """Return the decisions of a file that `write` made, none where there is no file."""
    if not path.exists():
        return pl.DataFrame(schema=SCHEMA)
    return pl.read_csv(path, schema=SCHEMA)


def written(rows: pl.DataFrame) -> bytes:
    """Return decisions as CSV for `read`."""
    return rows.write_csv().encode()


CLOSED = pl.col("decision") == CLOSE
"""Whether a decision closes the record."""
