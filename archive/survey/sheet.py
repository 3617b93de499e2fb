"""What the survey workbook shows: its columns, its words, and the lines of every kind."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from kirjaamo.archive.retention.model import governing
from kirjaamo.archive.survey.completeness import incomplete, shares
from kirjaamo.archive.survey.metadata import METADATA
from kirjaamo.archive.survey.model import KEY, LISTS, Row
from kirjaamo.archive.survey.proposing import Proposal, Proposer
from kirjaamo.archive.survey.reading import Found
from kirjaamo.mappings.choices import BETWEEN, WAITING
from kirjaamo.mappings.workbook.shape import Column
from kirjaamo.mappings.workbook.sheets import years
from kirjaamo.messages import N_, gettext, language
from kirjaamo.records import get

HIDDEN: Final = "_kirjaamo"
"""The hidden sheet that says what the workbook was made from."""

FORM: Final = ("kirjaamo survey workbook", "1")
"""The first row of the hidden sheet."""

CHOICES: Final = "_choices"
"""The hidden sheet with the values of the drop-downs."""

INSTRUCTIONS_TITLE: Final = N_("Instructions")
TITLE: Final = N_("Survey")
COMPLETENESS: Final = N_("Completeness")

COLUMNS: Final[Mapping[str, Column]] = {
    "ref": Column(N_("Reference"), 11),
    "system": Column(N_("System"), 14),
    "table": Column(N_("Kind of record"), 14),
    "old": Column(N_("Local type"), 14),
    "old_name": Column(N_("Name in the old system"), 28),
    "task": Column(N_("Local service task"), 14),
    "records": Column(N_("Records"), 9, holds="count"),
    "years": Column(N_("Years"), 11),
    "units": Column(N_("Units"), 22),
    "incomplete": Column(N_("Incomplete metadata"), 30),
    "proposed": Column(N_("Proposals"), 60),
    "archived": Column(N_("Client document"), 11, open=True),
    "document_type": Column(N_("National document type"), 34, open=True),
    "structure": Column(N_("Structure"), 34, open=True),
    "service_task": Column(N_("Service task"), 24, open=True),
    "service_process": Column(N_("Service process"), 24, open=True),
    "retention": Column(N_("Retention"), 34, open=True),
    "status": Column(N_("Status"), 12, open=True),
    "confidence": Column(N_("Confidence"), 12, open=True),
    "owner": Column(N_("Owner"), 18, open=True),
    "reason": Column(N_("Reason"), 40, open=True),
}
"""Columns in order; those that are not open only inform."""

OPEN: Final = tuple(name for name, column in COLUMNS.items() if column.open)

YES_NO: Final = (N_("yes"), N_("no"))

INSTRUCTIONS: Final = (
    N_("How to fill in the survey of client documents"),
    N_(
        "Each row is one local kind of document. The grey columns tell how many records there are, "
        "from which years and units, which metadata are incomplete, and what is proposed with which "
        "evidence; the white ones are yours."
    ),
    N_(
        "The best proposals are filled in with the status proposed. Nothing is used before you have "
        "set the status to approved and named an owner."
    ),
    N_(
        "Choose from the lists. A value that begins with a question mark is a class whose official "
        "number is not known: it is filled in when the official list is imported."
    ),
    N_(
        "Records that are not client documents (logs, working copies) get “no” under Client "
        "document, and the reason."
    ),
    N_(
        "Do not change the grey columns, do not remove rows, do not merge cells, and do not write "
        "formulas: such a workbook is refused as a whole, and the cell is named."
    ),
    N_("Read the workbook back with: kirjaamo survey import FILE.xlsx"),
)
"""The instructions, a paragraph each."""

Line = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The content of a workbook.

    Attributes:
        lines: A line for each kind, the most frequent first.
        complete: A line for each kind with the share of every metadata field.
        offered: Column to the texts of its drop-down.
        keys: Reference to the kind and the name in the old system.
        edition: Edition of the survey that was there.
    """

    lines: Sequence[Line]
    complete: Sequence[Line]
    offered: Mapping[str, Sequence[str]]
    keys: Mapping[str, tuple[str, ...]]
    edition: str


def reference(key: Iterable[str]) -> str:
    """Return a short name of a kind.

    >>> reference(("A", "entry", "", "LAP"))
    'f35e6d2b'
    """
    return hashlib.sha256("\x1f".join(key).encode()).hexdigest()[:8]


def sheet(found: Found, proposer: Proposer) -> Sheet:
    """Return the content of a workbook."""
    known = proposer.survey.by_key
    kinds = found.kinds().to_dicts()
    keys = {reference(_key(one)): (*_key(one), str(one["old_name"] or "")) for one in kinds}
    offered = choices(proposer)
    lines = [_line(one, found, proposer, known.get(_key(one))) for one in kinds]
    complete = [_shares(one, found) for one in kinds]
    return Sheet(lines, complete, offered, keys, proposer.survey.edition)


def _key(kind: Line) -> tuple[str, ...]:
    return tuple(str(kind[name]) for name in KEY)


def _line(kind: Line, found: Found, proposer: Proposer, row: Row | None) -> Line:
    proposals = proposer.proposals(kind)
    told = {
        "ref": reference(_key(kind)),
        **{name: kind[name] for name in ("system", "old", "old_name", "task", "records", "units")},
        "table": str(get(str(kind["table"])).label),
        "years": years(_year(kind["first"]), _year(kind["last"])),
        "incomplete": incomplete(kind, found),
        "type": next((str(one) for one in proposals["document_type"]), ""),
        "proposed": "\n".join(str(one) for best in proposals.values() for one in best),
    }  # fmt: skip
    return {**told, **(_decided(row, proposer) if row else _filled(proposals))}


def _year(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _filled(proposals: Mapping[str, Sequence[Proposal]]) -> Line:
    """Return the open columns as the best proposals fill them in; nothing is approved."""
    best = {name: listed[0].label for name, listed in proposals.items() if listed}
    if listed := proposals["retention"]:
        best["retention"] = listed[0].name
    words = {"status": gettext("proposed"), "confidence": gettext("uncertain")}
    return {"archived": gettext("yes"), **best, **(words if best else {})}


def _decided(row: Row, proposer: Proposer) -> Line:
    labels = _labels(proposer)
    rules = {rule.name.fi: str(rule.name) for rule in governing(proposer.known.day).rules}
    coded = {
        name: labels[name].get(getattr(row, name), getattr(row, name) or _awaited(row, name))
        for name in (*LISTS, "structure")
    }
    words = {name: gettext(getattr(row, name)) for name in ("status", "confidence")}
    return {
        "archived": gettext("yes" if row.archived else "no"), **coded, **words,
        "retention": rules.get(row.retention, row.retention),
        "owner": row.owner, "reason": row.reason,
    }  # fmt: skip


def _awaited(row: Row, name: str) -> str:
    known = getattr(row, f"{name}_name", "")
    return BETWEEN.join([WAITING, known]) if known else ""


def _labels(proposer: Proposer) -> dict[str, dict[str | None, str]]:
    """Return column to value and the text of its drop-down."""
    lists: dict[str, dict[str | None, str]] = {
        name: {one.code: one.label for one in offered if one.code}
        for name, offered in proposer.offered.items()
    }
    return {**lists, "structure": {o: f"{o}{BETWEEN}{n}" for o, n in structures(proposer)}}


def structures(proposer: Proposer) -> list[tuple[str, str]]:
    """Return the OID and name of every structure in use, by document type."""
    name = "name_sv" if language() == "sv" else "name_fi"
    current = proposer.structures.versions().filter(pl.col("status") == "current")
    return list(current.select("oid", pl.coalesce(name, "name_fi")).iter_rows())


def choices(proposer: Proposer) -> dict[str, list[str]]:
    """Return the texts of every drop-down."""
    rules = governing(proposer.known.day).rules
    return {
        "archived": [gettext(word) for word in YES_NO],
        **{name: [one.label for one in listed] for name, listed in proposer.offered.items()},
        "structure": [BETWEEN.join(pair) for pair in structures(proposer)],
        "retention": [str(rule.name) for rule in rules],
        "status": [gettext(word) for word in ("proposed", "approved", "rejected")],
        "confidence": [gettext(word) for word in ("confirmed", "secondary", "uncertain")],
    }


def _shares(kind: Line, found: Found) -> Line:
    head = {name: kind[name] for name in ("system", "old", "old_name", "task", "records")}
    return {**head, "table": str(get(str(kind["table"])).label), **shares(kind, found)}


def complete_columns() -> dict[str, Column]:
    """Return the columns of the sheet of completeness."""
    head = ("system", "table", "old", "old_name", "task", "records")
    return {
        **{name: COLUMNS[name] for name in head},
        **{name: Column(one.name, 14) for name, one in METADATA.items()},
    }


def used_on(day: dt.datetime | None) -> dt.date:
    """Return the day on which new codes are used: the one given, or today."""
    return day.date() if day else dt.datetime.now(dt.UTC).astimezone().date()
