"""From a survey workbook to the survey of the workspace: all of it, or nothing.

Every place that contradicts the exports, the code lists or another cell is named by sheet and
cell.  Kinds that the workbook does not show keep their rows.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import polars as pl

from kirjaamo.archive.retention.facts import KINDS
from kirjaamo.archive.retention.model import Rule, governing
from kirjaamo.archive.survey import faults
from kirjaamo.archive.survey.errors import ChangedSurveyError, UnreadableSurveyError
from kirjaamo.archive.survey.kinds import kind_of
from kirjaamo.archive.survey.model import LISTS, Row, Survey, folded
from kirjaamo.archive.survey.sheet import COLUMNS, FORM, HIDDEN, OPEN, YES_NO
from kirjaamo.classifications import CodeList, Codes
from kirjaamo.classifications.structures import Structures
from kirjaamo.mappings.choices import BETWEEN, WAITING
from kirjaamo.mappings.errors import WorkbookRefusedError
from kirjaamo.mappings.workbook import cells
from kirjaamo.mappings.workbook.cells import NO_SHEET, Blame, Book, Filled, Written
from kirjaamo.mappings.workbook.shape import (
    NO_CONFIDENCE,
    NO_STATUS,
    NO_SUCH_CLASS,
    columns_of,
    confidence,
    meaning,
    status,
)
from kirjaamo.messages import gettext

_TOLD: Final = ("ref", "system", "old", "task")
_REQUIRED: Final = ("document_type", "service_task", "retention")


@dataclass(frozen=True, slots=True)
class Ground:
    """What an import stands on.

    Attributes:
        before: The survey of the workspace.
        codes: The code lists.
        structures: The document structures.
        day: The day on which codes must be in force.
    """

    before: Survey
    codes: Codes
    structures: Structures
    day: dt.date

    def lists(self) -> dict[str, CodeList]:
        """Return column to its code list."""
        return {name: self.codes.get(oid) for name, oid in LISTS.items()}


def imported(path: Path, ground: Ground) -> Survey:
    """Return the survey that a workbook amounts to.

    Raises:
        UnreadableSurveyError: The file is no survey workbook.
        WorkbookRefusedError: Something in it is inconsistent.
        ChangedSurveyError: The survey has changed since the workbook was made.
    """
    book = cells.opened(path, UnreadableSurveyError)
    facts = cells.hidden(book, HIDDEN, FORM)
    if not facts or facts[0][0] != "sheet":
        raise UnreadableSurveyError(file=path, reason=faults.OTHER)
    title, edition = facts[0][1:3]
    keys = {row[1]: tuple(row[2:7]) for row in facts[1:] if row[0] == "kind"}
    rows, blames = _understood(book, title, keys, ground)
    if blames:
        named = [(one.sheet, one.cell, one.reason) for one in dict.fromkeys(blames)]
        raise WorkbookRefusedError(file=path, problems=named)
    kept = {row.key: row for row in ground.before.rows} | {row.key: row for row in rows}
    made = Survey(tuple(kept.values()))
    if ground.before.edition not in {edition, made.edition}:
        raise ChangedSurveyError(file=path)
    return made


def _understood(
    book: Book, title: str, keys: Mapping[str, tuple[str, ...]], ground: Ground
) -> tuple[list[Row], list[Blame]]:
    """Return the decided rows of the sheet, and everything wrong with it, by row."""
    if title not in book.sheetnames:
        return [], [Blame(title, "", NO_SHEET)]
    page = book[title]
    places = columns_of({cell.column: cells.plain(cell) for cell in page[1]}, COLUMNS)
    found = cells.filled(page, places, (*_TOLD, *OPEN))
    blames = [*found.blames, *(() if found.blames else _compared(title, found, keys))]
    if blames:
        return [], blames
    reader = _Reader(ground)
    rows = []
    for written in found.rows:
        if not any(written.texts[name] for name in OPEN if name != "archived"):
            continue
        row, wrong = reader.read(written, keys[written.texts["ref"]])
        blames += [_blame(title, found, written, *one) for one in wrong]
        rows += [row] if row else []
    return rows, blames


def _blame(title: str, found: Filled, row: Written, column: str, reason: str) -> Blame:
    return Blame(title, f"{found.letters[column]}{row.number}", reason)


def _compared(
    title: str, found: Filled, keys: Mapping[str, tuple[str, ...]]
) -> Iterator[Blame]:
    """Yield what differs from what the sheet was made with."""
    seen: set[str] = set()
    for row in found.rows:
        ref = row.texts["ref"]
        if ref not in keys:
            yield _blame(title, found, row, "ref", faults.CHANGED)
            continue
        if ref in seen:
            yield _blame(title, found, row, "ref", faults.TWICE)
        seen.add(ref)
        system, _, old, task, _ = keys[ref]
        for column, value in (("system", system), ("old", old), ("task", task)):
            if row.texts[column] != value:
                yield _blame(title, found, row, column, faults.CHANGED)
    gone = len(keys.keys() - seen)
    if gone:
        yield Blame(title, "", gettext(faults.REMOVED).format(count=gone))


class _Reader:
    """Reads rows against the code lists, structures and retention rules."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.lists = ground.lists()
        self.rules = {
            name.casefold(): rule
            for rule in governing(ground.day).rules
            for name in (rule.name.fi, rule.name.sv, rule.name.en)
        }
        self.types = dict(ground.structures.versions().select("oid", "code").iter_rows())
        self.unnumbered = {
            name: {folded(word): one.fi for one in known.unnumbered for word in (one.fi, one.sv)}
            for name, known in self.lists.items()
        }  # fmt: skip

    def read(
        self, written: Written, key: tuple[str, ...]
    ) -> tuple[Row | None, list[tuple[str, str]]]:
        """Return the row that a person wrote, or everything wrong with it: column and reason."""
        facts: dict[str, Any] = dict(zip(("system", "table", "old", "task", "old_name"), key, strict=True))  # fmt: skip
        wrong: list[tuple[str, str]] = []
        for part in (self._words(written), self._codes(written), self._rest(written)):
            for column, value, reason in part:
                if reason:
                    wrong.append((column, reason))
                else:
                    facts[column] = value
        wrong += () if wrong else self._decided(facts, key)
        return (None if wrong else Row(**facts)), wrong

    def _words(self, written: Written) -> Iterator[tuple[str, object, str]]:
        texts = written.texts
        word = meaning(texts["archived"] or "yes", YES_NO)
        yield "archived", word == "yes", "" if word else faults.YES_OR_NO
        known = status(texts["status"])
        yield "status", known, "" if known else NO_STATUS
        sure = confidence(texts["confidence"] or "uncertain")
        yield "confidence", sure, "" if sure else NO_CONFIDENCE
        for name in ("owner", "reason"):
            yield name, texts[name], ""

    def _codes(self, written: Written) -> Iterator[tuple[str, object, str]]:
        for column, known in self.lists.items():
            mark, _, name = written.texts[column].partition(BETWEEN.strip())
            code = mark.strip()
            if code == WAITING:
                awaited = self.unnumbered[column].get(folded(name.strip()), "")
                yield f"{column}_name", awaited, ""
                if not awaited:
                    yield column, None, NO_SUCH_CLASS
            elif code:
                yield column, code, _of_code(code, known, self.ground.day)

    def _rest(self, written: Written) -> Iterator[tuple[str, object, str]]:
        oid = written.texts["structure"].partition(BETWEEN.strip())[0].strip()
        if oid:
            yield "structure", oid, "" if oid in self.types else faults.NO_STRUCTURE
        text = written.texts["retention"].casefold()
        rule = self.rules.get(text)
        if text:
            yield "retention", rule.name.fi if rule else "", "" if rule else faults.NO_RULE

    def _decided(
        self, facts: Mapping[str, Any], key: tuple[str, ...]
    ) -> Iterator[tuple[str, str]]:
        """Yield what a row that can be read lacks, or where its columns contradict each other."""
        approved = facts["status"] == "approved"
        if approved and not facts["owner"]:
            yield "owner", faults.NO_OWNER
        if not facts["archived"]:
            if not facts["reason"]:
                yield "reason", faults.NO_REASON
            return
        for column in _REQUIRED if approved else ():
            if not (facts.get(column) or facts.get(f"{column}_name")):
                yield column, faults.NEEDED
        structure, code = facts.get("structure"), facts.get("document_type")
        if structure and code and self.types[structure] != code:
            yield "structure", faults.OTHER_TYPE
        if facts.get("retention"):
            yield from self._of_rule(self.rules[facts["retention"].casefold()], facts, key)

    def _of_rule(
        self, rule: Rule, facts: Mapping[str, Any], key: tuple[str, ...]
    ) -> Iterator[tuple[str, str]]:
        task = facts.get("service_task_name") or ""
        if facts.get("service_task"):
            task = self.lists["service_task"].display(facts["service_task"], "fi") or ""
        if rule.tasks and task and task not in rule.tasks:
            yield "retention", faults.OTHER_TASK
        told = set(rule.kinds) & {*KINDS.values(), "relationship", "permission"}
        if told and kind_of(facts.get("document_type"), key[1]) not in rule.kinds:
            yield "retention", faults.OTHER_KIND


def _of_code(code: str, known: CodeList, day: dt.date) -> str:
    """Return why a code cannot be used, or nothing."""
    value = pl.lit(code)
    if not pl.select(known.known(value)).item():
        return faults.UNKNOWN
    usable = pl.select(known.valid_on(value, pl.lit(day))).item()
    return "" if usable else faults.NOT_IN_FORCE
