"""The protocol of a sample comparison: a workbook or a page to read, mark and sign.

A protocol may hold values of records; it is written where it was asked for and nowhere else.
"""

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from kirjaamo.errors import KirjaamoError
from kirjaamo.messages import LANGUAGES, N_, gettext
from kirjaamo.pages import render
from kirjaamo.tabular import Cell, Sheet, write_workbook

SAME, NOTE = N_("same? (yes/no)"), N_("note")
"""Columns that the person fills in."""

FIELDS, YES, NO = N_("Fields"), N_("yes"), N_("no")
"""Name of the sheet of fields, and the answers."""

TITLE = N_("Protocol of a sample comparison")
SIGNED = (N_("Place and date"), N_("Compared by"), N_("Signature"))
"""Lines to sign by hand."""

ENDINGS = (".xlsx", ".html")
"""Endings of the names of protocols."""


class ProtocolFormError(KirjaamoError):
    """The name of a protocol has an ending of no known form."""

    sentence = N_("The protocol {path} must end with .xlsx or .html.")


class UnreadProtocolError(KirjaamoError):
    """A filled protocol is no protocol of ours."""

    sentence = N_(
        "{path} is not a protocol of a sample comparison that can be read (.xlsx with the sheet "
        "of fields and its columns as they were written)."
    )


@dataclasses.dataclass(frozen=True, slots=True)
class Protocol:
    """What a protocol holds.

    Attributes:
        facts: What stands above: which sample of what.
        columns: Names of the columns, keys of the catalogue.
        rows: One row for each field of each sampled record; read once.
        widths: Widths of the columns in characters.
    """

    facts: Mapping[str, Cell]
    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[int]


@dataclasses.dataclass(frozen=True, slots=True)
class Marks:
    """How a filled protocol was marked.

    Attributes:
        same: Rows marked as equal.
        different: Rows marked as different.
        empty: Rows without a mark.
    """

    same: int
    different: int
    empty: int


def check_ending(path: Path) -> None:
    """Refuse a protocol whose name has an ending of no known form.

    Raises:
        ProtocolFormError: It has.
    """
    if path.suffix.lower() not in ENDINGS:
        raise ProtocolFormError(path=path)


def write(path: Path, protocol: Protocol, stream: BinaryIO) -> None:
    """Write a protocol in the form that the name of *path* ends with."""
    writers: Mapping[str, Callable[[Protocol, BinaryIO], None]] = {
        ".xlsx": _workbook,
        ".html": _page,
    }
    writers[path.suffix.lower()](protocol, stream)


def _workbook(protocol: Protocol, stream: BinaryIO) -> None:
    signed = [gettext(line) for line in SIGNED]
    front = Sheet(gettext("Protocol"), facts=protocol.facts, signed=signed, widths=(60, 60))
    answers = (gettext(YES), gettext(NO))
    fields = Sheet(
        gettext(FIELDS),
        columns=[gettext(name) for name in (*protocol.columns, SAME, NOTE)],
        rows=protocol.rows,
        widths=(*protocol.widths, 14, 30),
        choices={len(protocol.columns): answers},
    )
    write_workbook(stream, (front, fields))


def _page(protocol: Protocol, stream: BinaryIO) -> None:
    stream.write(
        render(
            "kirjaamo",
            "protocol.html.j2",
            title=gettext(TITLE),
            facts=list(protocol.facts.items()),
            columns=[gettext(name) for name in (*protocol.columns, SAME, NOTE)],
            rows=[(*row, "", "") for row in protocol.rows],
            signed=[gettext(line) for line in SIGNED],
        )
    )


def marks(path: Path) -> Marks:
    """Return how a filled protocol was marked, in whichever language it was written.

    Raises:
        UnreadProtocolError: It is no workbook that this program wrote.
    """
    every = [rows for language in LANGUAGES if (rows := _rows(path, language))]
    names = {gettext(SAME, language) for language in LANGUAGES}
    head = every[0][0] if every else []
    columns = [place for place, name in enumerate(head) if name in names]
    if not columns:
        raise UnreadProtocolError(path=path)
    return _counted([row[columns[0]] for row in every[0][1:]])


def _rows(path: Path, language: str) -> list[list[str | None]]:
    """Return the rows of the sheet of fields, if it is named in this language."""
    from kirjaamo.sources import xlsx
    from kirjaamo.sources.errors import MissingSheetError, SourceError

    try:
        return xlsx.rows(str(path), gettext(FIELDS, language))
    except MissingSheetError:
        return []
    except SourceError:
        raise UnreadProtocolError(path=path) from None


def _counted(cells: Sequence[str | None]) -> Marks:
    found = [(cell or "").strip().lower() for cell in cells]
    yes = {gettext(YES, language).lower() for language in LANGUAGES}
    same, empty = sum(cell in yes for cell in found), found.count("")
    return Marks(same, len(found) - same - empty, empty)
