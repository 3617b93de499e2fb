"""``kirjaamo care calendar``: the year clock."""

import datetime as dt
import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli.audit_ground import write
from kirjaamo.cli.base import command, option
from kirjaamo.cli.care_ground import Ground, own_or_shipped
from kirjaamo.cli.options import DAY, as_of_option, format_option
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    import polars as pl

    from kirjaamo.audit.care.yearclock import Due

YEAR = dt.timedelta(days=365)


@command(
    help=N_(
        "Write the year clock: the recurring tasks of data care, as a calendar (ics), a workbook "
        "(xlsx), by the name of the output, or a table. Days that are no working days move to the "
        "last working day before."
    )
)
@as_of_option
@option("--tasks", type=click.Path(dir_okay=False, path_type=Path),
        help=N_("File of tasks; otherwise care/yearclock.yaml of the workspace, or the shipped proposals."))  # fmt: skip
@option(
    "--until", type=DAY, default=None, help=N_("Last day; otherwise a year from the first.")
)
@option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), multiple=True,
        help=N_("File to write, .ics or .xlsx; may be given several times."))  # fmt: skip
@format_option
def calendar(
    as_of: dt.datetime | None, tasks: Path | None, until: dt.datetime | None,
    output: tuple[Path, ...], form: str,
) -> None:  # fmt: skip
    """Write the year clock."""
    from kirjaamo.cli.frames import show

    wrong = next(
        (path for path in output if path.suffix.lower() not in {".ics", ".xlsx"}), None
    )
    if wrong is not None:
        raise click.UsageError(gettext("{path} is neither .ics nor .xlsx.").format(path=wrong))
    ground = Ground(as_of=as_of)
    found = due(ground, tasks, until.date() if until else None)
    for path in output:
        write_clock(found, path, ground.day)
    if not output:
        show(clock_table(found), form, None, title=gettext("Year clock"))


def due(ground: Ground, path: Path | None, until: dt.date | None) -> "list[Due]":
    """Return the tasks from today until a day."""
    from kirjaamo.audit.care import yearclock

    clock = yearclock.read(path or own_or_shipped(ground.workspace, "yearclock.yaml"))
    return yearclock.due(clock, ground.day, until or ground.day + YEAR)


def write_clock(found: "Sequence[Due]", path: Path, as_of: dt.date) -> None:
    """Write the year clock in the form that the name ends with."""
    from kirjaamo.audit.care import yearclock

    if path.suffix.lower() == ".ics":
        write(path, yearclock.calendar(found, as_of))
        return
    stream = io.BytesIO()
    yearclock.write(found, stream)
    write(path, stream.getvalue())


def clock_table(found: "Sequence[Due]") -> "pl.DataFrame":
    """Return the year clock as a table."""
    import polars as pl

    rows = [
        (one.date, str(one.task.name), str(one.task.role), one.task.command, one.task.source)
        for one in found
    ]
    names = ("day", "task", "role", "command", "source")
    schema = dict.fromkeys(names, pl.String) | {"day": pl.Date}
    return pl.DataFrame(rows, schema=schema, orient="row")
