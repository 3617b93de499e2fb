"""What the commands of ``kirjaamo audit`` share: options, reading, judging, counting."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kirjaamo.cli.base import option
from kirjaamo.cli.ground import Reading
from kirjaamo.cli.options import reading_options
from kirjaamo.messages import N_

if TYPE_CHECKING:
    from kirjaamo.audit.reporting.content import Content
    from kirjaamo.audit.scores.counting import Scores
    from kirjaamo.audit.scores.judging import Judged, Terms
    from kirjaamo.audit.trend.score_files import ScoreFile
    from kirjaamo.sources.tables import System


def measuring_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command paths, ``--profile``, ``--as-of`` and ``--measure``."""
    measures = option(
        "--measure", "measures", multiple=True,
        help=N_("Measure to use, such as RQ001; all when none is named."),
    )  # fmt: skip
    return reading_options(measures(command))


reveal_option = option(
    "--reveal",
    is_flag=True,
    help=N_("Name records and workers; the audit trail tells it."),
)


@dataclass
class Ground(Reading):
    """What was asked for, read when it is needed."""

    measures: tuple[str, ...] = ()

    @cached_property
    def chosen(self) -> tuple[str, ...]:
        """Return the codes of the measures asked for.

        Raises:
            UnknownNameError: One does not exist.
        """
        from kirjaamo.audit.measures import get

        return tuple(get(name).code for name in self.measures)

    @cached_property
    def terms(self) -> "Terms":
        """Return thresholds, words and code lists."""
        from kirjaamo.audit import thresholds, words
        from kirjaamo.audit.scores.judging import Terms
        from kirjaamo.audit_settings import Audit

        at = self.workspace
        settings = at.settings.audit if at else Audit()
        thresholds.hold(settings)
        return Terms(self.day, settings, words.read(at), self.codes)

    @cached_property
    def systems(self) -> "list[System]":
        """Return what was read."""
        from kirjaamo.audit import ground
        from kirjaamo.sources import tables

        return tables.systems(self.sources, ground.READ)

    @cached_property
    def judged(self) -> "Judged":
        """Return every record with its verdicts."""
        from kirjaamo.audit.scores.judging import judged

        chosen, terms = self.chosen, self.terms  # wrong names and settings are told first
        return judged(self.systems, terms, chosen)

    @cached_property
    def scores(self) -> "Scores":
        """Return the counts; small groups are left out."""
        from kirjaamo.audit.scores.counting import counted

        return counted(self.judged, self.terms)

    def content(self, before: "ScoreFile | None" = None) -> "Content":
        """Return what a report tells."""
        from kirjaamo.audit.reporting.content import content

        settings = self.terms.settings
        name = self.workspace.settings.organisation.name if self.workspace else ""
        smallest = (settings.records, settings.workers)
        return content(self.scores, name, before, goal=settings.goal, smallest=smallest)


def write(path: Path, data: bytes) -> None:
    """Write a file and say so."""
    from kirjaamo import files
    from kirjaamo.messages import gettext

    files.write(path, data)
    click.echo(gettext("Wrote {path}").format(path=path), err=True)
