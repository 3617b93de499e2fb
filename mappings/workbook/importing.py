"""From a mapping workbook to crosswalks of the workspace: all of it, or nothing.

Every place that contradicts the workbook's own list, the code lists or another row is named by
sheet and cell.  Only rows that differ from the base become rows of the workspace, so that an
override stays visible as one.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from kirjaamo.classifications import CodeList, Codes
from kirjaamo.classifications.oid import same_list
from kirjaamo.mappings import consistency
from kirjaamo.mappings.choices import BETWEEN, NOTHING, WAITING
from kirjaamo.mappings.crosswalk import CONTENT, SCHEMA, Crosswalk
from kirjaamo.mappings.errors import ChangedMappingError, WorkbookRefusedError
from kirjaamo.mappings.workbook import reading
from kirjaamo.mappings.workbook.cells import Blame, Written
from kirjaamo.mappings.workbook.reading import ReadSheet
from kirjaamo.mappings.workbook.shape import (
    NO_CONFIDENCE,
    NO_STATUS,
    NO_SUCH_CLASS,
    OPEN,
    confidence,
    status,
)
from kirjaamo.messages import N_, gettext

NOT_CHOSEN = N_("no new value is chosen; choose one from the list, or the one with a hyphen")
UNKNOWN = N_(
    "the new value is not in the code list in use; choose one from the list, or import the "
    "official list with “kirjaamo codes import”"
)
NOT_IN_FORCE = N_("the new code is not in force on the day for which it is meant")
CHANGED = N_("this old value is not one that the sheet was made with; restore it")
REMOVED = N_(
    "rows that the sheet was made with are missing: {count}. Restore them, or give them the "
    "status rejected"
)
OTHER_LIST = N_("the sheet was made for other lists than those of the mapping in use")

_TEXTS: Final = ("owner", "reason", "evidence")


@dataclass(frozen=True, slots=True)
class Ground:
    """What an import stands on.

    Attributes:
        base: The crosswalks below the workspace, with known codes in place of awaited names.
        own: The workspace's own crosswalks.
        codes: The code lists.
        day: The day on which a new code must be in force, where its row has no days.
    """

    base: Mapping[str, Crosswalk]
    own: Mapping[str, Crosswalk]
    codes: Codes
    day: dt.date


def imported(path: Path, ground: Ground) -> dict[str, Crosswalk]:
    """Return the crosswalks of the workspace that a workbook amounts to, by name.

    Raises:
        UnreadableWorkbookError: The file is no mapping workbook.
        WorkbookRefusedError: Something in it is inconsistent.
        ChangedMappingError: A mapping has changed since the workbook was made.
    """
    sheets = reading.read(path)
    found = {sheet.name: _understood(sheet, ground) for sheet in sheets}
    blames = [blame for _, wrong in found.values() for blame in wrong]
    if blames:
        named = [(one.sheet, one.cell, one.reason) for one in dict.fromkeys(blames)]
        raise WorkbookRefusedError(file=path, problems=named)
    made = {sheet.name: _own(sheet, found[sheet.name][0], ground) for sheet in sheets}
    for sheet in sheets:
        before = ground.own.get(sheet.name)
        edition = before.edition if before else ""
        if edition not in (sheet.edition, made[sheet.name].edition):
            raise ChangedMappingError(name=sheet.name, file=path)
    return {name: one for name, one in made.items() if one.rows.height or name in ground.own}


def _understood(sheet: ReadSheet, ground: Ground) -> tuple[pl.DataFrame, list[Blame]]:
    """Return the decided rows of a sheet, and everything wrong with it, by row."""
    blames = [*sheet.blames, *_compared(sheet, ground)]
    if blames:
        return pl.DataFrame(schema=SCHEMA), blames
    target = ground.codes.find(sheet.target)
    written = [row for row in sheet.rows if _is_decided(row)]
    facts = [_facts(row, target) for row in written]
    for row, fact in zip(written, facts, strict=True):
        blames += (
            _blame(sheet, row, *wrong) for wrong in _wrong(row, fact, target, ground.day)
        )
    rows = pl.DataFrame(facts, schema=SCHEMA)
    same = same_list(sheet.source, sheet.target)
    known = {(one.sheet, one.cell) for one in blames}
    for problem in consistency.problems(rows, same_list=same):
        column = "new" if problem.column == "new_name" else problem.column
        blame = _blame(sheet, written[problem.row], column, problem.reason)
        if (blame.sheet, blame.cell) not in known:
            blames.append(blame)
    return rows, blames


def _blame(sheet: ReadSheet, row: Written, column: str, reason: str) -> Blame:
    return Blame(sheet.title, f"{sheet.letters[column]}{row.number}", reason)


def _compared(sheet: ReadSheet, ground: Ground) -> Iterator[Blame]:
    """Yield what differs from what the sheet was made with."""
    crosswalk = ground.own.get(sheet.name) or ground.base.get(sheet.name)
    if crosswalk and (
        crosswalk.source != sheet.source or not same_list(crosswalk.target, sheet.target)
    ):
        yield Blame(sheet.title, "", OTHER_LIST)
    if sheet.blames:
        return
    olds = {old for old, _ in sheet.expected}
    for row in sheet.rows:
        if row.texts["old"] not in olds:
            yield _blame(sheet, row, "old", CHANGED)
    there = {(row.texts["old"], row.texts["unit"]) for row in sheet.rows}
    kept = {old for old, _ in there}
    gone = [
        (old, unit)
        for old, unit in sheet.expected
        if (old, unit) not in there and (unit or old not in kept)
    ]
    if gone:
        yield Blame(sheet.title, "", gettext(REMOVED).format(count=len(gone)))


def _is_decided(row: Written) -> bool:
    """Tell whether a person has filled in anything."""
    return any(row.texts[c] for c in row.texts if c in OPEN) or any(row.days.values())


def _facts(row: Written, target: CodeList | None) -> dict[str, object]:
    """Return a row as a row of a crosswalk; what is not understood stays as it was written."""
    mark, _, name = row.texts["new"].partition(BETWEEN.strip())
    mark = mark.strip()
    word = row.texts["confidence"]
    return {
        "old": row.texts["old"],
        "unit": row.texts["unit"] or None,
        "new": None if mark in {"", WAITING, NOTHING} else mark,
        "new_name": _official(name.strip(), target) if mark == WAITING else "",
        "status": status(row.texts["status"]) or "",
        "confidence": (confidence(word) or "") if word else "uncertain",
        **{column: row.texts[column] for column in _TEXTS},
        **row.days,
        "origin": "workspace",
    }


def _official(name: str, target: CodeList | None) -> str:
    """Return the Finnish name of a class without a code, or the name as it is."""
    known = target.unnumbered if target else ()
    wanted = name.casefold()
    found = (one.fi for one in known if wanted in {one.fi.casefold(), one.sv.casefold()})
    return next(found, name)


def _wrong(
    row: Written, fact: Mapping[str, object], target: CodeList | None, day: dt.date
) -> Iterator[tuple[str, str]]:
    """Yield the column and the reason of everything wrong with one row by itself."""
    if not fact["status"]:
        yield "status", NO_STATUS
    if not fact["confidence"]:
        yield "confidence", NO_CONFIDENCE
    if not row.texts["new"]:
        yield "new", NOT_CHOSEN
    elif fact["new"] is not None:
        yield from (("new", reason) for reason in _of_code(fact, target, day))
    elif row.texts["new"].startswith(WAITING) and not _is_unnumbered(fact, target):
        yield "new", NO_SUCH_CLASS


def _is_unnumbered(fact: Mapping[str, object], target: CodeList | None) -> bool:
    return target is not None and fact["new_name"] in {one.fi for one in target.unnumbered}


def _of_code(
    fact: Mapping[str, object], target: CodeList | None, day: dt.date
) -> Iterator[str]:
    """Yield why a code cannot be used on the days for which its row is meant."""
    code = pl.lit(fact["new"], pl.String)
    if target is None or not pl.select(target.known(code)).item():
        yield UNKNOWN
        return
    days = [fact[column] for column in ("valid_from", "valid_to") if fact[column]] or [day]
    usable = (pl.select(target.valid_on(code, pl.lit(one, pl.Date))).item() for one in days)
    if fact["status"] != "rejected" and not all(usable):
        yield NOT_IN_FORCE


def _own(sheet: ReadSheet, rows: pl.DataFrame, ground: Ground) -> Crosswalk:
    """Return the rows that differ from the base, value by value."""
    base, before = ground.base.get(sheet.name), ground.own.get(sheet.name)
    below = base.rows if base else pl.DataFrame(schema=SCHEMA)
    groups = rows.partition_by(["old", "unit"], maintain_order=True)
    kept = [group for group in groups if not _alike(group, below)]
    content = pl.concat([pl.DataFrame(schema=SCHEMA), *kept])
    note = before.note if before else ""
    return Crosswalk(sheet.name, sheet.source, sheet.target, content, note)


def _alike(group: pl.DataFrame, below: pl.DataFrame) -> bool:
    """Tell whether the base has just the same rows for a value and unit."""
    same = below.join(group, on=["old", "unit"], how="semi", nulls_equal=True)
    columns = list(CONTENT)
    missing = group.join(same, on=columns, how="anti", nulls_equal=True)
    more = same.join(group, on=columns, how="anti", nulls_equal=True)
    return missing.is_empty() and more.is_empty()


def summary(before: Mapping[str, Crosswalk], after: Iterable[Crosswalk]) -> pl.DataFrame:
    """Return how many rows of each status an import leaves, and how many of them are new."""
    rows = [_counted(one, before.get(one.name)) for one in after]
    schema = dict.fromkeys(("proposed", "approved", "rejected", "changed"), pl.Int64)
    return pl.DataFrame(rows, schema={"mapping": pl.String, **schema}, orient="row")


def _counted(one: Crosswalk, before: Crosswalk | None) -> tuple[object, ...]:
    old = before.rows if before else pl.DataFrame(schema=SCHEMA)
    changed = one.rows.join(old, on=list(CONTENT), how="anti", nulls_equal=True)
    counts = (one.rows.filter(pl.col("status") == word).height for word in consistency.STATUSES)
    return (one.name, *counts, changed.height)
