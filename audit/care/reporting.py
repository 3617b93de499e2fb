"""What data care found, as a page, a workbook and a table of places; counts and places only."""

from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

import polars as pl

from kirjaamo.audit.care import boundary, checks, counting
from kirjaamo.audit.care.checking import Found
from kirjaamo.audit.care.checks import REGISTER
from kirjaamo.audit.reporting.wording import group_name
from kirjaamo.audit.trend.comparing import compared
from kirjaamo.audit.trend.score_files import ScoreFile
from kirjaamo.classifications import Codes
from kirjaamo.messages import N_, gettext
from kirjaamo.pages import render
from kirjaamo.tabular import Cell, Sheet, write_workbook
from kirjaamo.wording import per_cent

TITLE = N_("Data care")
BY = {"unit": N_("By unit"), "task": N_("By service task"), "year": N_("By year")}
SUMMARY = (N_("Check"), N_("Code"), N_("Field"), N_("Judged"), N_("To mend"), N_("Share"), N_("What to do"))  # fmt: skip
GROUPED = (N_("Check"), N_("Code"), N_("Group"), N_("Judged"), N_("To mend"), N_("Share"))
PLACES = (
    N_("Check"), N_("Code"), N_("System"), N_("Table"), N_("Source"), N_("Row"), N_("Field"),
    N_("Unit"), N_("Service task"), N_("Year"), N_("What to do"), N_("Done"),
)  # fmt: skip
LEFT = (N_("Check"), N_("System"), N_("Place"), N_("Records"), N_("Why it was not judged"))
SIGNS = (
    N_("System"), N_("Source"), N_("Row"), N_("Unit"), N_("Service task"), N_("Year"),
    N_("Signs"), N_("Belongs to"), N_("Remark"),
)  # fmt: skip


def places(found: Found) -> pl.DataFrame:
    """Return the flawed records: check, place and groups, no value of a record."""
    names = (
        "code",
        "system",
        "table",
        "source",
        "row",
        "field",
        "unit",
        "task",
        "year",
        "cause",
    )
    return found.flawed.select(names)


def summary(found: Found) -> Iterator[list[Cell]]:
    """Yield a row for each check and field, without those of which nothing was judged."""
    for row in counting.counts(found).iter_rows(named=True):
        yield [
            gettext(checks.title(row["code"])), row["code"], f"{row['table']}.{row['field']}",
            row["judged"], row["flawed"], _share(row), gettext(checks.advice(row["code"])),
        ]  # fmt: skip


def _share(row: Mapping[str, int]) -> str:
    """Return the share of flawed records, as a page shows it."""
    return per_cent(row["flawed"] / row["judged"]) if row["judged"] else ""


def groups(found: Found, by: str, codes: Codes) -> Iterator[list[Cell]]:
    """Yield a row for each check and group in which something is to be mended."""
    for row in counting.grouped(found, by).iter_rows(named=True):
        name = group_name(by, row["group"], codes)
        code = row["code"]
        yield [
            gettext(checks.title(code)),
            code,
            name,
            row["judged"],
            row["flawed"],
            _share(row),
        ]


def left(found: Found) -> Iterator[list[Cell]]:
    """Yield what could not be judged, for which the system is the cause."""
    for one in found.left:
        yield [gettext(checks.title(one.code)), one.system, one.place, one.records, gettext(one.reason)]  # fmt: skip


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
        day=found.as_of.isoformat(), rows=list(summary(found)),
        flawed=found.flawed.height, judged=found.rows.select("source", "row", "table").n_unique(),
        summary_columns=_headings(SUMMARY), left=list(left(found)), left_columns=_headings(LEFT),
        grouped=[(by, gettext(name), list(groups(found, by, codes))) for by, name in BY.items()],
        grouped_columns=_headings(GROUPED), changes=changes,
    )  # fmt: skip


def _headings(names: Sequence[str]) -> list[str]:
    return [gettext(name) for name in names]


def workbook(found: Found, codes: Codes, stream: BinaryIO) -> None:
    """Write a workbook: summary, counts by group, places to mend, the register boundary."""
    sheets = [Sheet(gettext(N_("Summary")), _headings(SUMMARY), summary(found), widths=[44, 8, 34, 10, 10, 10, 70])]  # fmt: skip
    sheets += [
        Sheet(gettext(name), _headings(GROUPED), groups(found, by, codes), widths=[44, 8, 34])
        for by, name in BY.items()
    ]
    done = (gettext(N_("yes")), gettext(N_("no")))
    sheets += [
        Sheet(gettext(N_("To mend")), _headings(PLACES), _to_mend(found),
              widths=[44, 8, 10, 14, 30, 8, 26, 28, 12, 8, 60, 8], choices={len(PLACES) - 1: done}),
        Sheet(gettext(N_("Register boundary")), _headings(SIGNS), _to_decide(found),
              widths=[10, 30, 8, 28, 12, 8, 40, 36, 30],
              choices={len(SIGNS) - 2: [gettext(name) for name in boundary.REGISTERS]}),
        Sheet(gettext(N_("Not judged")), _headings(LEFT), left(found), widths=[44, 10, 40, 10, 40]),
    ]  # fmt: skip
    write_workbook(stream, sheets)


def _to_mend(found: Found) -> Iterator[list[Cell]]:
    for row in found.flawed.filter(pl.col("code") != REGISTER).iter_rows(named=True):
        yield [
            gettext(checks.title(row["code"])), row["code"], row["system"], row["table"],
            row["source"], row["row"], row["field"], row["unit"], row["task"], row["year"],
            gettext(checks.advice(row["code"])), None,
        ]  # fmt: skip


def _to_decide(found: Found) -> Iterator[list[Cell]]:
    for row in found.flawed.filter(code=REGISTER).iter_rows(named=True):
        names = ("system", "source", "row", "unit", "task", "year", "signs")
        yield [*(row[name] for name in names), None, None]


def changes(before: ScoreFile, now: ScoreFile) -> Iterator[list[Cell]]:
    """Yield check, code, share before, share now, and what became of it."""
    for row in compared(before, now).iter_rows(named=True):
        code = row["measure"]
        yield [
            gettext(checks.title(code)), code, per_cent(row["before"]), per_cent(row["after"]),
            gettext(row["change"]),
        ]  # fmt: skip
