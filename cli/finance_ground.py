"""What the commands about ledgers share: options, reading, mapping, and what stands beside."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli.base import argument, option
from kirjaamo.messages import N_

if TYPE_CHECKING:
    import polars as pl

    from kirjaamo.classifications import Codes
    from kirjaamo.finance.checking.running import Ground as CheckGround
    from kirjaamo.finance.datapoints import DataPoints
    from kirjaamo.finance.postings import Postings
    from kirjaamo.finance_settings import Finance
    from kirjaamo.run import Run
    from kirjaamo.sources.formats import Source
    from kirjaamo.workspace import Workspace


def reading_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command paths and ``--profile``."""
    for made in (
        option("-p", "--profile", metavar="NAME",
               help=N_("Source profile; otherwise the one that fits.")),
        argument("paths", metavar="[PATH]...", nargs=-1),
    ):  # fmt: skip
        command = made(command)
    return command


year_option = option(
    "--year",
    type=click.IntRange(1990, 2100),
    help=N_("Financial year; otherwise that of most postings."),
)


@dataclass
class Ground:
    """What was asked for, read when it is needed.

    Attributes:
        paths: Files, folders or database URLs; the sources of the workspace when empty.
        profile: The source profile asked for.
        asked_year: The financial year asked for.
        start: Where the workspace is looked for; the current folder when None.
    """

    paths: tuple[str, ...]
    profile: str | None
    asked_year: int | None = None
    start: Path | None = None

    @cached_property
    def workspace(self) -> "Workspace | None":
        """Return the workspace, or None outside of one."""
        from kirjaamo.workspace import find

        return find(self.start)

    @cached_property
    def finance(self) -> "Finance":
        """Return the settings of financial reports."""
        from kirjaamo.finance_settings import Finance

        return self.workspace.settings.finance if self.workspace else Finance()

    @cached_property
    def codes(self) -> "Codes":
        """Return the code lists, the workspace's own before the built-in ones."""
        from kirjaamo.classifications import Codes

        return Codes(self.workspace.classifications if self.workspace else None)

    @cached_property
    def sources(self) -> "tuple[Source, ...]":
        """Return the exports that hold tables."""
        from kirjaamo.cli.inputs import inputs

        return inputs(self.paths, self.profile, self.workspace).tables

    @cached_property
    def postings(self) -> "Postings":
        """Return the postings of the ledgers."""
        from kirjaamo.finance.postings.reading import read

        return read(self.sources)

    @cached_property
    def year(self) -> int:
        """Return the year asked for, or that of most postings."""
        from kirjaamo.sources.periods import main_year

        return self.asked_year or main_year(self.postings.frame)

    @cached_property
    def mapped(self) -> "pl.DataFrame":
        """Return the postings with their national codes."""
        from kirjaamo.finance.mapping.applying import apply
        from kirjaamo.mappings import load

        crosswalks = load(self.workspace, [source.profile for source in self.sources])
        return apply(self.postings.frame, crosswalks, self.finance.lists)

    def place(self, name: str) -> Path:
        """Return a file that the settings name, which stands below the workspace."""
        return (self.workspace.folder if self.workspace else Path()) / name

    def points(self, asked: Path | None = None) -> "DataPoints":
        """Return the data points of a file, or of the one that the settings name.

        Raises:
            NoDataPointsError: Nobody named one.
            DataPointsError: It cannot be used.
            OtherVersionError: It is of another taxonomy than the settings say.
        """
        from kirjaamo.finance.datapoints.errors import NoDataPointsError
        from kirjaamo.finance.datapoints.reading import read

        named = self.finance.datapoints
        if asked is None and not named:
            raise NoDataPointsError
        return read(asked or self.place(named), self.finance.version)

    def checked(self, as_of: dt.date) -> "CheckGround":
        """Return what the ledger is checked against."""
        from kirjaamo.finance.checking import beside
        from kirjaamo.finance.checking.running import Ground as CheckGround

        previous, activity = self.finance.previous, self.finance.activity
        return CheckGround(
            self.year,
            as_of,
            self.finance,
            self.codes,
            beside.previous(self.place(previous), self.finance) if previous else None,
            beside.activity(self.place(activity)) if activity else None,
            self.points().frame if self.finance.datapoints else None,
        )

    def run(
        self,
        day: dt.date,
        select: tuple[str, ...] = (),
        ignore: tuple[str, ...] = (),
        baseline: Path | None = None,
    ) -> "Run":
        """Check the ledgers; waivers of the workspace are in force.

        Raises:
            UnknownNameError: A code that no rule has.
        """
        from kirjaamo.finance import rules
        from kirjaamo.finance.checking import running
        from kirjaamo.waivers import Known, in_force, read_baseline, read_waivers

        at = self.workspace
        waivers = in_force(read_waivers(at.waivers, rules()), day) if at else ()
        known = Known(waivers, read_baseline(baseline) if baseline else None)
        choice = running.Choice(select, ignore, known)
        return running.check(self.postings, self.mapped, self.checked(day), choice)
