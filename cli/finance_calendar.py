"""``kirjaamo finance calendar``: which reports are due, and when."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli.base import command, option
from kirjaamo.cli.options import as_of_option, format_option
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    from kirjaamo.finance.calendar.dates import Deadline

HEADINGS = (
    N_("due"), N_("last working day"), N_("period"), N_("code"), N_("confidence"),
    N_("report"), N_("basis"),
)  # fmt: skip
"""Headings of deadlines."""

UNKNOWN = N_(
    "Only the points of {basis} whose text is known are listed; supplementary data are not. Codes "
    "without a confidence are not known. Read the decree in force before you rely on a day."
)


@command(
    help=N_(
        "Show the financial reports of a year with the days on which they are due, from decrees "
        "462/2022 (wellbeing services counties) and 524/2020 (municipalities).\n\n"
        "The day is that of the decree. Where it is no working day, the last working day before "
        "it stands beside it: who delivers by then is in time on any reading."
    )
)
@option("--group", "name", default="counties", show_default=True, metavar="NAME",
        help=N_("Who reports: counties or municipalities."))  # fmt: skip
@option("--year", type=click.IntRange(2021, 2100),
        help=N_("Financial year; otherwise everything that is due in the year to come."))  # fmt: skip
@as_of_option
@format_option
@option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path),
        help=N_("File to write instead of standard output: .ics, .csv or .xlsx."))  # fmt: skip
def calendar(
    name: str, year: int | None, as_of: dt.datetime | None, form: str, output: Path | None
) -> None:
    """Show deadlines."""
    from kirjaamo.finance.calendar.dates import ahead, deadlines

    day = (as_of or dt.datetime.now(dt.UTC)).date()
    found = ahead(name, day) if year is None else deadlines(name, year)
    _give(found, day, form, output)
    for basis in sorted({f"{one.group.decree} § {one.group.section}" for one in found}):
        click.echo(gettext(UNKNOWN).format(basis=basis), err=True)


def _give(found: "list[Deadline]", day: dt.date, form: str, output: Path | None) -> None:
    """Print the deadlines, or write them in the form that the file's name says."""
    from kirjaamo import files
    from kirjaamo.cli import frames, tables
    from kirjaamo.finance.calendar import ics
    from kirjaamo.finance.calendar.dates import table

    if output is None:
        frames.show(table(found), form, None, title="")
    elif output.suffix.lower() == ".ics":
        files.write(output, ics.write(found, day))
        click.echo(gettext("Wrote {path}").format(path=output), err=True)
    else:
        tables.write(table(found), output)
