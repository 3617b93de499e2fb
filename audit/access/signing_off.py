"""What a supervisor signs: the employees of a unit with their rights, each to be decided on.

The sheet names employees, because nobody can sign for people who are not named; it is written
only when it is asked for.
"""

import datetime as dt
from collections.abc import Iterator
from typing import BinaryIO, Final

import polars as pl

from kirjaamo.audit.access import employees, rules
from kirjaamo.classifications import Codes
from kirjaamo.messages import N_, gettext
from kirjaamo.pages import render
from kirjaamo.tabular import Cell, Sheet, write_workbook
from kirjaamo.wording import day as day_text
from kirjaamo.wording import visible

TITLE = N_("Sign-off of access rights")
COLUMNS: Final = ("worker", "name", "position", "held", "findings", *employees.ABILITIES)
HEADINGS: Final = employees.HEADINGS | {"held": N_("Rights in force")}
DECISION, REMARK = N_("Choice"), N_("Remark")
CHOICES: Final = (N_("rights are correct"), N_("to be changed"), N_("to be removed"))
WIDTHS: Final = (14, 26, 24, 44, 16, 14, 10, 10, 12, 18, 30)
SIGNED: Final = (N_("Supervisor"), N_("Date"), N_("Signature"))
NO_UNIT = N_("Without a unit")
ABOUT = N_(
    "I have gone through the access rights of the employees below. Each is needed for the work of "
    "the employee, or is marked to be changed or removed."
)


def units(rows: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield the name of each unit with its employees; those without a unit come last."""
    for part in rows.sort("unit", "name", "row", nulls_last=True).partition_by(
        "unit", maintain_order=True
    ):
        yield visible(part["unit"][0] or gettext(NO_UNIT)), part


def write(rows: pl.DataFrame, stream: BinaryIO, as_of: dt.date, codes: Codes) -> None:
    """Write a workbook with a sheet to sign for each unit.

    Args:
        rows: Rows of `employees.employees`.
        stream: Where the workbook goes.
        as_of: The day of the audit.
        codes: The code lists.
    """
    sheets = [
        _sheet(n, name, part, as_of, codes) for n, (name, part) in enumerate(units(rows), 1)
    ]
    told = {code: gettext(rules()[code].title) for code in _found(rows)}
    write_workbook(
        stream, [*sheets, Sheet(gettext(N_("Findings")), facts=told, widths=(12, 90))]
    )


def _found(rows: pl.DataFrame) -> list[str]:
    return sorted(rows["findings"].explode().drop_nulls().unique())


def _sheet(number: int, name: str, rows: pl.DataFrame, as_of: dt.date, codes: Codes) -> Sheet:
    headings = [gettext(HEADINGS[column]) for column in COLUMNS]
    facts: dict[str, Cell] = {
        gettext(N_("Unit")): name,
        gettext(N_("Day")): as_of,
        gettext(N_("Employees")): rows.height,
        gettext(N_("Statement")): gettext(ABOUT),
    }
    return Sheet(
        f"{number:03}",
        [*headings, gettext(DECISION), gettext(REMARK)],
        [[*row, None, None] for row in employees.cells(rows, COLUMNS, codes)],
        facts,
        WIDTHS,
        {len(COLUMNS): [gettext(choice) for choice in CHOICES]},
        [gettext(line) for line in SIGNED],
    )


def page(rows: pl.DataFrame, organisation: str, as_of: dt.date, codes: Codes) -> bytes:
    """Return a page with a part to print and sign for each unit.

    Args:
        rows: Rows of `employees.employees`.
        organisation: Its name.
        as_of: The day of the audit.
        codes: The code lists.
    """
    parts = [
        (name, [*map(_texts, employees.cells(part, COLUMNS, codes))])
        for name, part in units(rows)
    ]
    return render(
        "kirjaamo.audit",
        "sign-off.html.j2",
        title=gettext(TITLE),
        organisation=organisation,
        day=day_text(as_of),
        about=gettext(ABOUT),
        columns=[gettext(HEADINGS[column]) for column in COLUMNS] + [gettext(DECISION)],
        choices=[gettext(choice) for choice in CHOICES],
        signed=[gettext(line) for line in SIGNED],
        units=parts,
        told=[(code, gettext(rules()[code].title)) for code in _found(rows)],
    )


def _texts(cells: list[Cell]) -> list[list[str]]:
    """Return cells as lines of text."""
    return [str(cell).split("\n") for cell in cells]
