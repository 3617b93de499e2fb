"""What data care found, as a page, a workbook and a table of places; counts and places only."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO, Final

import polars as pl

from kirjaamo import records
from kirjaamo.audit.care import boundary, checks, counting
from kirjaamo.audit.care.checks import REGISTER
from kirjaamo.audit.care.verdicts import Found
from kirjaamo.audit.reporting.wording import group_name
from kirjaamo.audit.trend.comparing import compared
from kirjaamo.audit.trend.score_files import ScoreFile
from kirjaamo.classifications import Codes
from kirjaamo.messages import N_, gettext
from kirjaamo.pages import render
from kirjaamo.tabular import Cell, Sheet, write_workbook
from kirjaamo.wording import day, per_cent

TITLE = N_("Data care")
BETWEEN: Final = " / "
"""What stands between fields of which one must be there."""

BY = {"unit": N_("By unit"), "task": N_("By service task"), "year": N_("By year")}
SUMMARY = (N_("Check"), N_("Field"), N_("Judged"), N_("To mend"), N_("Share"), N_("What to do"))
GROUPED = (N_("Check"), N_("Group"), N_("Judged"), N_("To mend"), N_("Share"))
PLACES = (
    N_("Check"), N_("System"), N_("Table"), N_("Source"), N_("Row"), N_("Field"), N_("Column"),
    N_("Unit"), N_("Service task"), N_("Year"), N_("What to do"), N_("Done"),
)  # fmt: skip
LEFT = (N_("Check"), N_("System"), N_("Field"), N_("Records"), N_("Why it was not judged"))
SIGNS = (
    N_("System"), N_("Source"), N_("Row"), N_("Unit"), N_("Service task"), N_("Year"),
    N_("Signs"), N_("Belongs to"), N_("Remark"),
)  # fmt: skip


def places(found: Found) -> pl.DataFrame:
    """Return the flawed records: check, place and groups, no value of a record."""
    columns = [_columns(found, row) for row in found.flawed.iter_rows(named=True)]
    told = found.flawed.with_columns(column=pl.Series(columns, dtype=pl.String))
    return told.select(
        "code", "system", "table", "source", "row", "field", "column", "unit", "task", "year", "cause"
    )  # fmt: skip


def _columns(found: Found, row: Mapping[str, Any]) -> str:
    """Return the columns of the person's own file that a finding is about."""
    known = found.columns[row["system"]]
    named = (known.get(f"{row['table']}.{field}", "") for field in row["field"].split(BETWEEN))
    return BETWEEN.join(filter(None, named))


def check_name(code: str) -> str:
    """Return a check as people read it: its title with its code."""
    return f"{gettext(checks.title(code))} ({code})"


def field_name(table: str, fields: str) -> str:
    """Return a table and its fields by their labels in the language in use."""
    one = records.get(table)
    return (
        f"{one.label}: {BETWEEN.join(str(one[name].label) for name in fields.split(BETWEEN))}"
    )


def summary(found: Found) -> Iterator[list[Cell]]:
    """Yield a row for each check and field, those with most to mend first."""
    ordered = counting.counts(found).sort("flawed", descending=True, maintain_order=True)
    for row in ordered.iter_rows(named=True):
        advice = gettext(checks.advice(row["code"])) if row["flawed"] else ""
        field = field_name(row["table"], row["field"])
        yield [
            check_name(row["code"]),
            field,
            row["judged"],
            row["flawed"],
            _share(row),
            advice,
        ]


def _share(row: Mapping[str, int]) -> str:
    """Return the share of flawed records, as a page shows it."""
    return per_cent(row["flawed"] / row["judged"]) if row["judged"] else ""


def groups(found: Found, by: str, codes: Codes) -> Iterator[list[Cell]]:
    """Yield a row for each check and group in which something is to be mended."""
    for row in counting.grouped(found, by).iter_rows(named=True):
        name = group_name(by, row["group"], codes)
        yield [check_name(row["code"]), name, row["judged"], row["flawed"], _share(row)]


def left(found: Found) -> Iterator[list[Cell]]:
    """Yield what could not be judged, for which the system is the cause."""
    for one in found.left:
        field = field_name(*one.place.split(".", 1))
        yield [check_name(one.code), one.system, field, one.records, gettext(one.reason)]


def page(
    found: Found, organisation: str, codes: Codes, changes: Sequence[Sequence[Cell]]
) -> bytes:
    """Return a page for a browser, in the language in use.

    Args:
        found: What was found.
        organisation: Whose records these are, "" where it is not told.
        codes: Code lists, for the names of service tasks.
        changes: Rows of what changed since a snapshot; none when empty.
    """
    return render(
        "kirjaamo.audit", "care.html.j2", title=gettext(TITLE), organisation=organisation,
        day=day(found.as_of), rows=list(summary(found)),
        flawed=found.flawed.height, judged=found.rows.select("source", "row", "table").n_unique(),
        summary_columns=_headings(SUMMARY), left=list(left(found)), left_columns=_headings(LEFT),
        grouped=[(by, gettext(name), list(groups(found, by, codes))) for by, name in BY.items()],
        grouped_columns=_headings(GROUPED), changes=changes,
    )  # fmt: skip


def _headings(names: Sequence[str]) -> list[str]:
    return [gettext(name) for name in names]


def workbook(found: Found, codes: Codes, stream: BinaryIO) -> None:
    """Write a workbook: summary, counts by group, places to mend, the register boundary."""
    sheets = [
        Sheet(
            gettext(N_("Summary")),
            _headings(SUMMARY),
            summary(found),
            widths=[46, 50, 10, 12, 10, 70],
        )
    ]
    sheets += [
        Sheet(
            gettext(name),
            _headings(GROUPED),
            groups(found, by, codes),
            widths=[46, 34, 10, 12, 10],
        )
        for by, name in BY.items()
    ]
    sheets += [
        *_lists(found),
        Sheet(
            gettext(N_("Not judged")), _headings(LEFT), left(found), widths=[46, 10, 50, 10, 40]
        ),
    ]
    write_workbook(stream, sheets)


def _lists(found: Found) -> Iterator[Sheet]:
    """Yield the places to mend, and the register boundary."""
    done = (gettext(N_("yes")), gettext(N_("no")))
    yield Sheet(
        gettext(N_("To mend")), _headings(PLACES), _to_mend(found),
        widths=[46, 10, 20, 30, 8, 34, 26, 28, 12, 8, 60, 8], choices={len(PLACES) - 1: done},
    )  # fmt: skip
    registers = [gettext(name) for name in boundary.REGISTERS]
    yield Sheet(
        gettext(N_("Register boundary")), _headings(SIGNS), _to_decide(found),
        widths=[10, 30, 8, 28, 12, 8, 40, 36, 30], choices={len(SIGNS) - 2: registers},
    )  # fmt: skip


def _to_mend(found: Found) -> Iterator[list[Cell]]:
    for row in found.flawed.filter(pl.col("code") != REGISTER).iter_rows(named=True):
        yield [
            check_name(row["code"]), row["system"], str(records.get(row["table"]).label),
            row["source"], row["row"], field_name(row["table"], row["field"]),
            _columns(found, row), row["unit"], row["task"], row["year"],
            gettext(checks.advice(row["code"])), None,
        ]  # fmt: skip


def _to_decide(found: Found) -> Iterator[list[Cell]]:
    for row in found.flawed.filter(code=REGISTER).iter_rows(named=True):
        names = ("system", "source", "row", "unit", "task", "year", "signs")
        yield [*(row[name] for name in names), None, None]


def changes(before: ScoreFile, now: ScoreFile) -> Iterator[list[Cell]]:
    """Yield check, share before, share now, and what became of it."""
    for row in compared(before, now).iter_rows(named=True):
        code, before_, now_ = row["measure"], per_cent(row["before"]), per_cent(row["after"])
        yield [check_name(code), before_, now_, gettext(row["change"])]
