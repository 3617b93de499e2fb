"""The check of data care and its snapshots, as the commands write them."""

import datetime as dt
import getpass
import io
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli.audit_ground import write
from kirjaamo.cli.care_ground import Ground, own_or_shipped
from kirjaamo.messages import N_, gettext

if TYPE_CHECKING:
    import polars as pl

    from kirjaamo.audit.care.checking import Terms
    from kirjaamo.audit.care.verdicts import Found
    from kirjaamo.audit.trend.score_files import ScoreFile
    from kirjaamo.ledger import Ledger
    from kirjaamo.tabular import Cell

FORMS = (".html", ".xlsx", ".csv")
NOW = N_("now")


def terms(ground: Ground) -> "Terms":
    """Return what is asked: the workspace's own data, or the shipped ones."""
    from kirjaamo.audit.care import boundary
    from kirjaamo.audit.care.checking import Terms

    signs = boundary.read(own_or_shipped(ground.workspace, "boundary.yaml"))
    return Terms(ground.minimum, signs, ground.day, ground.workspace)


def found(ground: Ground) -> "Found":
    """Return what the check found."""
    from kirjaamo.audit.care.checking import checked

    asked = terms(ground)  # wrong files are told before anything is read
    return checked(ground.sources, ground.systems, ground.stocks, asked)


def check(ground: Ground, output: Sequence[Path], since: str | None, form: str) -> int:
    """Write what was found, and return how many places are to be mended."""
    from kirjaamo.audit.care import counting, reporting
    from kirjaamo.cli.frames import show

    told = found(ground)
    for path in output:
        _write(told, path, ground, since)
    if not output:
        table = counting.counts(told)
        share = (table["flawed"] / table["judged"]).round(4).alias("share")
        show(table.with_columns(share), form, None, title=gettext(reporting.TITLE))
    return told.flawed.height


def _write(told: "Found", path: Path, ground: Ground, since: str | None) -> None:
    """Write what was found in the form that the name ends with."""
    from kirjaamo.audit.care import reporting
    from kirjaamo.classifications import Codes
    from kirjaamo.tabular import write_csv

    stream = io.BytesIO()
    at = ground.workspace
    codes = Codes(at.classifications if at else None)
    match path.suffix.lower():
        case ".html":
            name = at.settings.organisation.name if at else ""
            changes = _changes(told, ground, since)
            stream.write(reporting.page(told, name, codes, changes))
        case ".xlsx":
            reporting.workbook(told, codes, stream)
        case _:
            write_csv(stream, reporting.places(told))
    write(path, stream.getvalue())


def _changes(told: "Found", ground: Ground, since: str | None) -> "list[list[Cell]]":
    """Return what changed since a snapshot; nothing where there is none."""
    from kirjaamo.audit.care import counting, reporting
    from kirjaamo.audit.trend import score_files, snapshots
    from kirjaamo.cli.audit_files import has_ledger
    from kirjaamo.workspace import needed

    if since is None and not has_ledger(ground.workspace):
        return []
    with _ledger() as ledger:
        known = snapshots.names(ledger, counting.PREFIX)
        names = [counting.PREFIX + since] if since else known[-1:]
        before = snapshots.get(ledger, names[0]) if names else None
    if before is None:
        return []
    records = needed().settings.audit.records
    now = score_files.made(counting.scores(told, terms(ground), records), gettext(NOW))
    return list(reporting.changes(before, now))


def _ledger() -> "AbstractContextManager[Ledger]":
    from kirjaamo.ledger import of_workspace
    from kirjaamo.workspace import needed

    return of_workspace(needed(), lambda: dt.datetime.now(dt.UTC), getpass.getuser())


def keep(ground: Ground, name: str) -> None:
    """Keep the counts of a check as a snapshot."""
    from kirjaamo.audit.care import counting
    from kirjaamo.audit.trend import snapshots
    from kirjaamo.workspace import needed

    records = needed().settings.audit.records
    counts = counting.scores(found(ground), terms(ground), records)
    with _ledger() as ledger:
        snapshots.keep(ledger, counts, counting.PREFIX + name)
    click.echo(gettext("Kept the snapshot {name}.").format(name=name), err=True)


def compared(before: str | None, after: str | None, by: str) -> "tuple[pl.DataFrame, str]":
    """Return what changed between two snapshots, with a title.

    Raises:
        NoSnapshotError: There are fewer than two.
        UnknownNameError: One does not exist.
    """
    from kirjaamo.audit.care.counting import PREFIX
    from kirjaamo.audit.trend.comparing import compared as both
    from kirjaamo.cli.audit_files import rounded

    first, second = _pair(before, after)
    title = gettext("From {before} to {after}").format(
        before=first.label.removeprefix(PREFIX), after=second.label.removeprefix(PREFIX)
    )
    return rounded(both(first, second, by=(by,))), title


def _pair(before: str | None, after: str | None) -> "tuple[ScoreFile, ScoreFile]":
    from kirjaamo.audit.care.counting import PREFIX
    from kirjaamo.audit.trend import snapshots
    from kirjaamo.audit.trend.errors import NoCareSnapshotError

    with _ledger() as ledger:
        known = snapshots.names(ledger, PREFIX)
        last = PREFIX + after if after else (known or [""])[-1]
        names = [PREFIX + before, last] if before else known[-2:]
        if len(names) < 2 or not known:  # noqa: PLR2004 - a pair
            raise NoCareSnapshotError
        return snapshots.get(ledger, names[0]), snapshots.get(ledger, names[1])
