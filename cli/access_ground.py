"""What the commands of ``kirjaamo access`` share: options, and what they read."""

from collections.abc import Callable, Sequence
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
    import polars as pl

    from kirjaamo.audit.access.ground import Terms
    from kirjaamo.run import Run
    from kirjaamo.sources.formats import Source
    from kirjaamo.sources.tables import System

TABLES = ("rules.csv", "rules.xlsx", "rules.yaml")
"""Names that the rule table of a workspace may have, the first one that is there is read."""


def access_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command paths, ``--profile``, ``--as-of`` and ``--rules``."""
    rules = option(
        "--rules", "rule_file", type=click.Path(dir_okay=False, path_type=Path),
        help=N_("Rule table (csv, xlsx, yaml); otherwise that of the workspace."),
    )  # fmt: skip
    return reading_options(rules(command))


@dataclass
class Ground(Reading):
    """What was asked for, read when it is needed."""

    rule_file: Path | None = None

    @cached_property
    def sources(self) -> "tuple[Source, ...]":
        """Return the sources that hold what the audit looks at.

        Raises:
            NoRightsError: There are none.
        """
        from kirjaamo.audit.access.errors import NoRightsError
        from kirjaamo.audit.access.ground import READ

        mine = tuple(one for one in super().sources if set(READ) & set(one.part.tables))
        if not mine:
            raise NoRightsError
        return mine

    @cached_property
    def systems(self) -> "list[System]":
        """Return what was read."""
        from kirjaamo.audit.access.ground import READ
        from kirjaamo.sources.tables import systems

        return systems(self.sources, READ)

    @cached_property
    def table(self) -> "pl.DataFrame | None":
        """Return the rule table: the one named, or that of the workspace, or None."""
        from kirjaamo.audit.access import rule_table

        if self.rule_file:
            return rule_table.read(self.rule_file)
        folder = self.workspace.access if self.workspace else None
        own = [folder / name for name in TABLES if (folder / name).exists()] if folder else []
        return rule_table.read(own[0]) if own else None

    def strange(self) -> list[int]:
        """Return the lines of the rule table whose service task the code list does not have."""
        import polars as pl

        from kirjaamo.audit.access.employees import TASKS
        from kirjaamo.audit.access.rule_table import EVERY

        found = self.codes.find(TASKS)
        if self.table is None or found is None:
            return []
        task = pl.col("service_task")
        return self.table.filter((task != EVERY) & ~found.known(task))["line"].to_list()

    @cached_property
    def terms(self) -> "Terms":
        """Return what rights are held against."""
        from kirjaamo.audit.access import sensitive
        from kirjaamo.audit.access.ground import Terms

        folder = self.workspace.access if self.workspace else None
        codes = tuple(one.code for one in sensitive.read(folder))
        return Terms(self.day, self.table, codes, self._thresholds())

    def _thresholds(self) -> dict[str, dict[str, int | float | str | bool]]:
        """Return the workspace's thresholds of these rules.

        Raises:
            KirjaamoError: One names a setting that a rule does not have.
        """
        from kirjaamo.audit.access import rules
        from kirjaamo.selection import hold

        mine = self.workspace.settings.access.thresholds if self.workspace else {}
        hold(rules(), mine)
        return mine

    def run(
        self,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        baseline: Path | None = None,
    ) -> "Run":
        """Check the rights; waivers of the workspace are in force.

        Raises:
            UnknownNameError: A code that no rule has.
        """
        from kirjaamo.audit.access import rules, running
        from kirjaamo.waivers import Known, in_force, read_baseline, read_waivers

        at = self.workspace
        waivers = in_force(read_waivers(at.waivers, rules()), self.day) if at else ()
        known = Known(waivers, read_baseline(baseline) if baseline else None)
        choice = (select, ignore, known)
        return running.check(self.sources, self.systems, self.terms, self.codes, choice)
