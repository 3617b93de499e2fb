"""A code on its way in: what every form of import gives, and the checks none may skip."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import polars as pl

from kirjaamo.classifications.codelist import (
    CONFIDENCES,
    DISPLAYS,
    SCHEMA,
    STATUSES,
    Names,
)
from kirjaamo.classifications.errors import CannotImportError
from kirjaamo.messages import N_

LIMIT = 64 * 1024 * 1024
"""Largest file, in bytes, that is taken for a code list; the largest real one is far below."""

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T[0-9:.]+(?:Z|[+-][0-9:]+)?)?")
_FINNISH = re.compile(r"(?P<d>[0-9]{1,2})\.(?P<m>[0-9]{1,2})\.(?P<y>[0-9]{4})")


@dataclass(frozen=True, slots=True)
class Concept:
    """One row of a list to be; *place* is where the file has it.

    Dates and status are still text, as the file gives them; empty means not stated.
    """

    code: str
    place: str
    name_fi: str = ""
    name_sv: str = ""
    parent: str = ""
    valid_from: str = ""
    valid_to: str = ""
    status: str = ""
    confidence: str = "confirmed"
    source: str = ""
    others: tuple[tuple[str, str], ...] = ()
    """Further names: pairs of Finnish and Swedish, either may be empty."""


@dataclass(frozen=True, slots=True)
class Export:
    """What a file, or the pages of a server, hold."""

    concepts: tuple[Concept, ...]
    oid: str = ""
    names: Names | None = None
    file: Path | str = field(default="", kw_only=True)


def tables(export: Export) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the codes and their further names, when they are consistent.

    Raises:
        CannotImportError: A code is missing, a date is no day, periods overlap, ...
    """
    if not export.concepts:
        raise CannotImportError(file=export.file, reason=N_("there are no codes in it"))
    rows = [_row(concept, export.file) for concept in export.concepts]
    _refuse_overlap(rows, export)
    source = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    return source, pl.DataFrame(_displays(export.concepts), schema=DISPLAYS, orient="row")


def day(text: str) -> dt.date | None:
    """Return a day given as ``2024-12-31`` (a time after it is dropped) or ``31.12.2024``.

    Raises:
        ValueError: It is neither, or not a day of the calendar.

    >>> day("1.3.2024"), day("1900-01-01T00:00:01"), day("")
    (datetime.date(2024, 3, 1), datetime.date(1900, 1, 1), None)
    """
    if not text:
        return None
    if iso := _ISO.fullmatch(text):
        return dt.date(int(iso[1]), int(iso[2]), int(iso[3]))
    if finnish := _FINNISH.fullmatch(text):
        return dt.date(int(finnish["y"]), int(finnish["m"]), int(finnish["d"]))
    raise ValueError(text)


def _row(concept: Concept, file: object) -> tuple[object, ...]:
    _refuse_code(concept, file)
    try:
        start, end = day(concept.valid_from), day(concept.valid_to)
    except ValueError:
        reason = N_("the date is not a day in the form 2024-12-31 or 31.12.2024")
        raise CannotImportError(file=file, place=concept.place, reason=reason) from None
    if start and end and end < start:
        reason = N_("the code ends before it begins")
        raise CannotImportError(file=file, place=concept.place, reason=reason)
    status = concept.status or "unknown"
    for word, known, reason in (
        (status, STATUSES, N_("the status is not one of {known}")),
        (concept.confidence, CONFIDENCES, N_("the confidence is not one of {known}")),
    ):
        if word not in known:
            facts = {"known": ", ".join(known)}
            raise CannotImportError(file=file, place=concept.place, reason=reason, **facts)
    names = _tidy(concept.name_fi), _tidy(concept.name_sv)
    return (
        concept.code, *names, concept.parent, start, end, status, concept.confidence, concept.source,
    )  # fmt: skip


def _refuse_code(concept: Concept, file: object) -> None:
    code, reason = concept.code, ""
    if not code:
        reason = N_("the code is missing")
    elif code != code.strip():
        reason = N_("the code has a space at its start or end")
    elif any(unicodedata.category(sign).startswith("C") for sign in code):
        reason = N_("the code holds a character that cannot be seen")
    if reason:
        raise CannotImportError(file=file, place=concept.place, reason=reason)


def _tidy(name: str) -> str:
    """Return a name on one line, with single spaces and without invisible characters."""
    seen = "".join(" " if unicodedata.category(s).startswith("C") else s for s in name)
    return " ".join(seen.split())


def _refuse_overlap(rows: list[tuple[object, ...]], export: Export) -> None:
    spans: dict[str, list[tuple[dt.date, dt.date, str]]] = {}
    for row, concept in zip(rows, export.concepts, strict=True):
        start, end = row[4] or dt.date.min, row[5] or dt.date.max
        assert isinstance(start, dt.date)  # noqa: S101 - tells the type checker what _row gives
        assert isinstance(end, dt.date)  # noqa: S101 - same
        spans.setdefault(concept.code, []).append((start, end, concept.place))
    for held in spans.values():
        for (_, end, earlier), (start, _, later) in pairwise(sorted(held)):
            if start <= end:
                reason = N_("the dates overlap those of the same code at {other}")
                raise CannotImportError(
                    file=export.file, place=later, reason=reason, other=earlier
                )


def _displays(concepts: Iterable[Concept]) -> list[tuple[str, ...]]:
    """Return every further name once, in the order of the concepts."""
    found = {
        (concept.code, _tidy(fi), _tidy(sv), concept.confidence, concept.source)
        for concept in concepts
        for fi, sv in concept.others
    }
    return sorted(found)
