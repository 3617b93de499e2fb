"""What the commands about ledgers share: options, reading, mapping, and what stands beside."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli.base import option
from kirjaamo.cli.ground import Reading
from kirjaamo.cli.options import paths_argument, profile_option
from kirjaamo.messages import N_

if TYPE_CHECKING:
    import polars as pl

    from kirjaamo.finance.checking.running import Ground as CheckGround
    from kirjaamo.finance.datapoints import DataPoints
    from kirjaamo.finance.postings import Postings
    from kirjaamo.finance_settings import Finance
    from kirjaamo.run import Run


def ledger_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command paths and ``--profile``."""
    return paths_argument(profile_option(command))


year_option = option(
    "--year",
    type=click.IntRange(1990, 2100),
    help=N_("Financial year; otherwise that of most postings."),
)


@dataclass
class Ground(Reading):
    """What was asked for, read when it is needed.

    Attributes:
        asked_year: The financial year asked for.
    """

    asked_year: int | None = None

    @cached_property
    def finance(self) -> "Finance":
        """Return the settings of financial reports."""
        from kirjaamo.finance_settings import Finance

        return self.workspace.settings.finance if self.workspace else Finance()

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
